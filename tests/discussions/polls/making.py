"""Polls and those who answer them, as tests want them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Member
from forums.discussions.polls.actions import answer, ask
from forums.discussions.polls.models import Poll, PollKind
from forums.discussions.topics.models import Topic
from tests.make import in_days, make_member, make_topic

DAY = timedelta(days=1)


def make_poll(
    topic: Topic | None = None,
    author: Member | None = None,
    *,
    kind: str = PollKind.ONE,
    days: float = 7,
    **said: Any,
) -> Poll:
    topic = topic or make_topic(make_member())
    options = "วันเสาร์\nวันอาทิตย์\nวันจันทร์"
    if kind == PollKind.DATE:
        options = "\n".join(f"{in_days(at):%d/%m/%Y} 9:30" for at in (3, 4, 5))
    said = {"question": "ประชุมวันไหนดี", "options": options} | said
    closes_at = timezone.now() + days * DAY
    return ask(author=author or make_member(), topic=topic, kind=kind, closes_at=closes_at, **said)


def make_ballots(poll: Poll, *marks: list[int]) -> list[Member]:
    """Somebody new for each of these."""
    members = [make_member() for _each in marks]
    for member, each in zip(members, marks, strict=True):
        answer(member=member, poll=poll, marks=each)
    poll.refresh_from_db()
    return members


def end(poll: Poll) -> Poll:
    """Let its time be over, whoever answered it: what a trigger holds is not held back for that."""
    now = timezone.now()
    Poll.objects.filter(pk=poll.pk).update(closed_at=now)
    poll.refresh_from_db()
    return poll
