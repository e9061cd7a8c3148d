"""How fast one member may do one thing: generous to the lively, too slow for a machine."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from forums.base.advisory_locks import Lock, hold
from forums.base.errors import TooFast

if TYPE_CHECKING:
    from accounts.models import Member


def one_at_a_time(member: "Member") -> None:
    """Until this transaction ends, nothing else is written in `member`'s name.

    An advisory lock rather than her row: the row is read by everyone's
    foreign keys, and twenty copies of one form must queue, not run side by side.
    """
    hold(Lock.MEMBER_WRITES, member.pk)


def hold_pace(
    member: "Member", what: str, done: QuerySet[Any], *, error: type[TooFast] = TooFast
) -> None:
    """Raise `error` when `member` did `what` as often as FORUMS_PACE allows; moderators are not held.

    `done` are the rows that came of it, each with its `created_at`. Call with her lock held, so that
    parallel requests are counted. One query.
    """
    rules = settings.FORUMS_PACE.get(what, ())
    if member.is_staff or not rules:
        return
    now = timezone.now()
    lately = done.filter(created_at__gt=now - timedelta(seconds=max(rule[1] for rule in rules)))
    newest = lately.order_by("-created_at").values_list("created_at", flat=True)
    times = list(newest[: max(rule[0] for rule in rules)])
    for count, seconds in rules:
        since = now - timedelta(seconds=seconds)
        if len(times) >= count and times[count - 1] > since:
            wait = int((times[count - 1] - since).total_seconds()) + 1
            raise error(wait=wait, count=count)
