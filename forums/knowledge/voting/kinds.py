"""What is told of rounds, and that they end by themselves; what is held of a person who voted.

No line says what came of a round: who may know that yet is asked on the page.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Leaves, Until, acted, holds
from forums.discussions.topics.models import Topic
from forums.knowledge.voting.actions import end_rounds, take_votes_back
from forums.knowledge.voting.models import Ballot, Round, StatementVote
from forums.knowledge.voting.permissions import is_open
from forums.notifications.models import Notification, Telling
from forums.notifications.registry import (
    Group,
    Sentence,
    Share,
    audience,
    notification,
    scheduled,
    switch,
    thing,
)
from forums.notifications.seen import Seen
from forums.reading.following.levels import BATCH, Batch, members_at, who_hear
from forums.reading.following.models import Level

ROUNDS = switch(
    "rounds",
    Group.FOLLOWED,
    gettext_lazy("Rounds of statements to answer"),
    gettext_lazy("opened in a topic you follow; over, where you answered"),
)
NOBODY = 0  # a round that ends by itself is ended by nobody


@scheduled("rounds-over")
def rounds_over(now: datetime) -> None:
    """Those whose time is over are closed."""
    end_rounds(now=now)


@thing("round")
def rounds(member: Any, ids: Collection[int]) -> Mapping[int, Round]:
    """Those of topics in the lists she is shown."""
    seen = Topic.objects.for_list(member).values("pk")
    return Round.objects.filter(topic__in=seen).in_bulk(ids)


@audience("round-opened")
def who_may_answer(telling: Telling) -> tuple[Sequence[Share], int | None]:
    """Who follows the topic, and who answered in the round before; nobody, once it is over."""
    found = Round.objects.filter(pk=telling.data["round"]).first()
    if found is None or not is_open(found):
        return [], None
    writer, topic = found.opened_by_id, found.topic_id
    following = members_at(topic, Level.TRACKING, writer=writer, after=telling.after)
    before = _voters(topic, found.number - 1, after=telling.after)
    until = min((each.after for each in (following, before) if each.after), default=None)
    told = {*following.members, *_hearing(topic, before.members, writer)}
    return _shares(telling, told, until)


@audience("round-closed")
def who_answered(telling: Telling) -> tuple[Sequence[Share], int | None]:
    """Who voted in it."""
    found = Round.objects.filter(pk=telling.data["round"]).first()
    if found is None:
        return [], None
    voted = _voters(found.topic_id, found.number, after=telling.after)
    return _shares(telling, _hearing(found.topic_id, voted.members, NOBODY), voted.after)


def _voters(topic: int, number: int, *, after: int) -> Batch:
    found = Ballot.objects.filter(
        round__topic=topic, round__number=number, answered__gt=0, member__gt=after
    ).order_by("member_id")
    members = list(found.values_list("member_id", flat=True)[:BATCH])
    return Batch(members, members[-1] if len(members) == BATCH else None)


def _hearing(topic: int, members: list[int], writer: int) -> set[int]:
    """But for those who muted it."""
    return who_hear(topic, members, writer=writer) if members else set()


def _shares(
    telling: Telling, told: Collection[int], until: int | None
) -> tuple[Sequence[Share], int | None]:
    near = sorted(pk for pk in told if until is None or pk <= until)
    return [Share(pk, telling.kind, telling.key) for pk in near], until


@notification("round-opened", ROUNDS, again=False)
def opened_line(note: Notification, seen: Seen) -> Sentence | None:
    """As long as one can answer."""
    topic, round_ = seen.one(note, "topic"), seen.one(note, "round")
    if topic is None or round_ is None or not is_open(round_):
        return None
    text = _("You can answer the statements of “%(topic)s” now") % {"topic": topic.title}
    return Sentence(text, f"/t/{topic.pk}/common/vote/", icon="check")


@notification("round-closed", ROUNDS, again=False)
def closed_line(note: Notification, seen: Seen) -> Sentence | None:
    topic, round_ = seen.one(note, "topic"), seen.one(note, "round")
    if topic is None or round_ is None:
        return None
    text = _("The round in “%(topic)s” is over: see what came of it") % {"topic": topic.title}
    return Sentence(text, f"/t/{topic.pk}/common/", icon="check")


# -- What is held of a person ----------------------------------------------------------------------

_WHAT = gettext_lazy("How you answered statements; no other member sees it")

holds(
    Ballot,
    "member",
    what=_WHAT,
    area=Area.WRITTEN,
    leaves=Leaves.DELETED,
    until=Until.STAYS.label,
    also=("round__topic_id",),
    eraser=take_votes_back,
)
holds(
    StatementVote,
    "ballot__member",
    what=_WHAT,
    area=Area.WRITTEN,
    leaves=Leaves.DELETED,
    until=Until.STAYS.label,
    also=("statement__body",),
    eraser=take_votes_back,
)
acted(Round, "opened_by")
