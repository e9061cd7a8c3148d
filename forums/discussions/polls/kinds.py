"""What is told of polls, what falls due by itself, and what is held of a person."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Leaves, Until, acted, holds
from forums.discussions.polls.actions import (
    CLOSED,
    CLOSING,
    close_in_time,
    empty_polls,
    remind,
    take_answers_back,
)
from forums.discussions.polls.lists import with_mine
from forums.discussions.polls.models import POLL_SHOWN, Poll, PollBallot
from forums.discussions.polls.outcomes import outcome_for
from forums.discussions.topics.models import Topic
from forums.notifications.models import Notification
from forums.notifications.registry import Group, Sentence, notification, scheduled, switch, thing
from forums.notifications.seen import Seen, joined
from forums.text import dates

BEFORE = timedelta(days=1)
LOT = 200  # polls of one turn

POLLS = switch(
    "polls",
    Group.FOLLOWED,
    gettext_lazy("Polls"),
    gettext_lazy("that one you answered has closed; that one closes soon where you follow"),
)


@scheduled("polls that close")
def close_polls(now: datetime) -> None:
    """Those whose time is over; and a day before, once, of those that were open for longer than that."""
    over = Poll.objects.filter(closed_at=None, closes_at__lte=now).order_by("closes_at")
    for poll in over[:LOT]:
        close_in_time(poll=poll)
    soon = Poll.objects.asking().filter(
        reminded_at=None, closes_at__lte=now + BEFORE, closes_at__gt=F("created_at") + 2 * BEFORE
    )
    for poll in soon.order_by("closes_at")[:LOT]:
        remind(poll=poll)


@thing("poll")
def polls(member: Any, ids: Collection[int]) -> Mapping[int, Poll]:
    """Those that stand in topics of her lists, with her answer."""
    topics = Topic.objects.for_list(member)
    found = with_mine(Poll.objects.filter(POLL_SHOWN, topic__in=topics), member)
    return found.select_related("topic", "network").in_bulk(ids)


@notification(CLOSING, POLLS)
def closing_line(note: Notification, seen: Seen) -> Sentence | None:
    """As long as it is open and she has not answered."""
    poll = seen.one(note, "poll")
    if poll is None or poll.is_over or poll.mine is not None:
        return None
    text = _("The poll “%(question)s” closes soon, and you have not answered") % {
        "question": poll.question
    }
    closes = _("Closes %(when)s") % {"when": dates.exactly(poll.closes_at)}
    return Sentence(text, poll.get_absolute_url(), closes, icon="poll")


@notification(CLOSED, POLLS)
def closed_line(note: Notification, seen: Seen) -> Sentence | None:
    """With what came first."""
    poll = seen.one(note, "poll")
    if poll is None or not poll.is_over:
        return None
    text = _("The poll “%(question)s” has closed") % {"question": poll.question}
    outcome = outcome_for(poll, answered=poll.mine is not None)
    first = outcome.first if outcome else []
    came = _("First came: %(options)s") % {"options": joined(first)} if first else ""
    return Sentence(text, poll.get_absolute_url(), came, icon="poll")


# -- What is held of a person ----------------------------------------------------------------------

holds(
    Poll,
    "author",
    what=gettext_lazy("Polls you asked"),
    area=Area.WRITTEN,
    leaves=Leaves.AS_CHOSEN,
    until=Until.STAYS.label,
    but=("tally", "told_tally", "told_voters", "ready_tally", "ready_voters", "came_through"),
    also=("topic__title",),
    eraser=empty_polls,
)
holds(
    PollBallot,
    "member",
    what=gettext_lazy("How you answered polls"),
    area=Area.WRITTEN,
    leaves=Leaves.DELETED,
    until=Until.BACK.label,
    also=("poll__question", "poll__options"),
    eraser=take_answers_back,
)
acted(Poll, "closed_by")
