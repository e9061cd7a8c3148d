"""Polls as pages read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Now
from django.utils import timezone

from accounts.known import blocked_by
from accounts.models import Member
from accounts.references import MemberRef
from forums.base.keyset import NUMBER, Keyset, Page
from forums.base.visibility import is_signed_in
from forums.discussions.polls.models import Poll, PollBallot, PollKind, PollNetwork
from forums.discussions.polls.options import AnswerPart, moment_of, said_by
from forums.discussions.polls.outcomes import PollOutcome, outcome_for, waits_for_more
from forums.discussions.polls.permissions import can_answer
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import roles_of
from forums.groups.networks.models import Network
from forums.text.dates import BANGKOK

IN_TOPIC = 3  # polls that stand in their topic itself
SIZE = 20
NAMES = 50


@dataclass(frozen=True, slots=True)
class PollRow:
    """One poll, as cards and its page print it: `outcome` is None where she is not to see it yet."""

    poll: Poll
    mine: Sequence[int] | None  # her marks
    may_answer: bool
    outcome: PollOutcome | None
    waits_for_more: bool  # others' answers are shown once some more have answered

    @property
    def answered(self) -> bool:
        return self.mine is not None


def with_mine(polls: QuerySet[Poll], member: Any) -> QuerySet[Poll]:
    """With her marks (`mine`), None where she has not answered, whom it asks (`asked_ids`), and whose name it bears."""
    mine = PollBallot.objects.filter(
        poll=OuterRef("pk"), member=member.pk if is_signed_in(member) else 0
    )
    marks = Subquery(mine.values("marks")[:1])
    asked = PollNetwork.objects.filter(poll=OuterRef("pk")).values("network_id")
    found = polls.select_related("author", "network")
    return found.annotate(mine=marks, asked_ids=ArraySubquery(asked))


def row_of(poll: Poll, member: Any) -> PollRow:
    """Of one found by `with_mine`, with its topic and board."""
    known: Any = poll  # what was annotated
    answered = known.mine is not None
    return PollRow(
        poll=poll,
        mine=known.mine,
        may_answer=not poll.is_over and can_answer(member, poll, known.asked_ids),
        outcome=outcome_for(poll, answered=answered),
        waits_for_more=waits_for_more(poll, answered=answered),
    )


def polls_in(topic: Topic, member: Any) -> list[PollRow]:
    """Those that stand in the topic itself, open ones first, then the newest; one query, none where it has none."""
    if not topic.poll_count:
        return []
    is_over = Case(When(closed_at=None, closes_at__gt=Now(), then=0), default=1)
    found = with_mine(Poll.objects.shown().filter(topic=topic), member)
    return _rows(found.order_by(is_over, "-pk")[:IN_TOPIC], topic, member)


NEWEST = Keyset({"id": NUMBER}, falling=True, onward="before", back="after")


def page_of(topic: Topic, member: Any, query: Any) -> Page[PollRow]:
    """A page of all polls of a topic, the newest first."""
    found = with_mine(Poll.objects.visible_to(member).filter(topic=topic), member)
    page = NEWEST.page(found, query, size=SIZE)
    return page.with_rows(_rows(page.rows, topic, member))


def _rows(polls: Iterable[Poll], topic: Topic, member: Any) -> list[PollRow]:
    rows = []
    for poll in polls:
        poll.topic = topic
        rows.append(row_of(poll, member))
    return rows


def asked_by(poll: Poll) -> list[Network]:
    """The networks whose members it asks; none: it asks all who read the topic."""
    rows = PollNetwork.objects.filter(poll=poll).select_related("network")
    return [row.network for row in rows.order_by("network__sort_key", "network")]


@dataclass(frozen=True, slots=True)
class FoundDay:
    """The day a poll has found: in words, and in whose name the reader may announce something then, each with where."""

    label: str
    places: Sequence[tuple[str, str]]


def found_day(poll: Poll, outcome: PollOutcome | None, member: Any) -> FoundDay | None:
    """None while it is open, where days are level, when the day is past, or for who speaks for no network."""
    best = outcome.winner if outcome and poll.is_over and poll.kind == PollKind.DATE else None
    moment = moment_of(poll.options[best.number - 1]) if best else None
    if best is None or moment is None or moment[0] < timezone.localdate(timezone=BANGKOK):
        return None
    day, at = moment
    asked = {"topic": poll.topic_id, "day": day.isoformat()} | ({"at": f"{at:%H:%M}"} if at else {})
    places = [
        (place.name, f"{place.url}activities/new/?{urlencode(asked)}")
        for place in roles_of(member).values()
        if place.speaks
    ]
    return FoundDay(best.label, places) if places else None


@dataclass(frozen=True, slots=True)
class NamedAnswer:
    """What somebody answered, of a poll with names."""

    pk: int
    person: MemberRef
    said: Sequence[AnswerPart]


WHO = Keyset({"id": NUMBER}, onward="who")


def who_answered(
    poll: Poll, outcome: PollOutcome | None, member: Any, query: Any
) -> Page[NamedAnswer]:
    """A page of those who answered and what, first come first; nobody of a secret poll, of one whose outcome she is not
    to see, nor whom she blocked, or who has left."""
    if outcome is None or not poll.names_shown:
        return Page([])
    found = PollBallot.objects.filter(poll=poll, member__in=Member.objects.shown())
    found = found.exclude(member__in=blocked_by(member)).select_related("member")
    page = WHO.page(found, query, size=NAMES)
    return page.with_rows([_named(poll, ballot) for ballot in page.rows])


def _named(poll: Poll, ballot: PollBallot) -> NamedAnswer:
    who = ballot.member
    picture = who.picture if who.is_active else None
    return NamedAnswer(
        ballot.pk,
        MemberRef.of(who.display_name, who.handle, picture, is_staff=who.is_staff),
        said_by(poll, ballot.marks),
    )
