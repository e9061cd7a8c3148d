"""Every write to notifications: what was told is spread, a line is read or not, what is old is forgotten."""

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from accounts.known import forget_known
from forums.base.constant_sql import Columns, select, take_time, write_each
from forums.base.database import is_away
from forums.notifications.inbox.spreading import next_shares, write_lines
from forums.notifications.models import Notification, Telling

if TYPE_CHECKING:
    from accounts.models import Member

logger = logging.getLogger(__name__)

KEPT = timedelta(days=180)
MOST = 10_000  # lines of a member that are kept
LOT = 5_000  # rows forgotten in one go
LOOKED_THROUGH = 500  # unread lines of a member, when she is shown posts
TRIES = 6
WAIT = timedelta(minutes=1)  # doubled with each try


# -- By the worker ------------------------------------------------------------------------------


def spread(limit: int = 1000, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Make lines of what was told, up to `limit` batches; returns how many lines were written.

    Each batch and the place it came to are one transaction, and others pass over what is in work: killed at any
    moment, whoever goes on begins where this one ended.
    """
    written = 0
    for _each in range(limit):
        if stop():
            break
        telling = None
        try:
            with transaction.atomic():
                if (telling := _take()) is None:
                    break
                written += _spread_some(telling)
        except Exception as error:
            if telling is None or is_away(error):
                raise
            logger.exception("Telling %s (%s) could not be spread", telling.pk, telling.kind)
            _put_off(telling)
    return written


_TELLING = Columns(Telling, "t")
_TAKE = f"""
    SELECT {_TELLING.text} FROM forums_telling t WHERE t.due_at <= %(now)s
    ORDER BY t.id LIMIT 1 FOR UPDATE SKIP LOCKED
"""  # noqa: S608 - made of constants
_TOLD = "DELETE FROM forums_telling WHERE id = %(telling)s"


def _take() -> Telling | None:
    rows = select(_TAKE, now=timezone.now())
    return _TELLING.made(rows[0]) if rows else None


def _spread_some(telling: Telling) -> int:
    shares, after = next_shares(telling)
    written = write_lines(telling, shares)
    if after is None:
        write_each(_TOLD, [{"telling": telling.pk}])
    else:
        Telling.objects.filter(pk=telling.pk).update(after=after)
    return written


@transaction.atomic
def _put_off(telling: Telling) -> None:
    """What cannot be told must not hold up the rest; nor is it tried for ever."""
    mine = Telling.objects.filter(pk=telling.pk)
    if telling.tries + 1 >= TRIES:
        mine.delete()
        return
    wait = WAIT * 2**telling.tries
    mine.update(tries=telling.tries + 1, due_at=timezone.now() + wait)


# -- By her who reads ---------------------------------------------------------------------------


@transaction.atomic
def mark_read(*, member: "Member", notes: Collection[int]) -> None:
    """Say of these lines of hers (ids) that they were read."""
    hers = Notification.objects.filter(member=member, pk__in=notes, read_at=None)
    if hers.update(read_at=timezone.now()):
        forget_known(member)


@transaction.atomic
def mark_read_about(*, member: "Member", key: str) -> None:
    """The line of hers of this key is read: she has been where it leads."""
    if Notification.objects.filter(member=member, key=key, read_at=None).update(
        read_at=timezone.now()
    ):
        forget_known(member)


@transaction.atomic
def mark_unread(*, member: "Member", note: int) -> None:
    """Leave a line for later."""
    Notification.objects.filter(member=member, pk=note).update(read_at=None)
    forget_known(member)


@transaction.atomic
def mark_all_read(*, member: "Member", until: datetime) -> datetime | None:
    """Say of all that she was told up to then that it was read; returns when, or None where nothing was unread."""
    now = timezone.now()
    hers = Notification.objects.filter(member=member, read_at=None, newest_at__lte=until)
    found = hers.update(read_at=now)
    forget_known(member)
    return now if found else None


@transaction.atomic
def take_back(*, member: "Member", at: datetime) -> None:
    """What `mark_all_read` did at that moment, undone."""
    Notification.objects.filter(member=member, read_at=at).update(read_at=None)
    forget_known(member)


def mark_shown(*, member_id: int, posts: Collection[int]) -> None:
    """She was shown these posts: her lines whose newest is among them are read. One statement, of her newest lines.

    What is told meanwhile brings a newer post, and stays.
    """
    values = {"member": member_id, "posts": [str(post) for post in posts], "now": timezone.now()}
    write_each(_SHOWN, [values])


# The newest posts that unread lines of %(member)s speak of.
UNREAD_POSTS = f"""
    SELECT data->>'post' AS post FROM (
        SELECT data FROM forums_notification WHERE member_id = %(member)s AND read_at IS NULL
        ORDER BY newest_at DESC, id DESC LIMIT {LOOKED_THROUGH}) newest
"""  # noqa: S608 - made of constants
# After pages of topics that a member opens: the query compiler would cost ten times what this does. What a line is
# about is looked at again where it is locked: it may be told of something newer meanwhile.
_ABOUT = "data->>'post' = ANY(%(posts)s::text[])"
_SHOWN = f"""
    UPDATE forums_notification SET read_at = %(now)s
    WHERE read_at IS NULL AND {_ABOUT} AND id = ANY(ARRAY(
        SELECT id FROM (
            SELECT id, data FROM forums_notification
            WHERE member_id = %(member)s AND read_at IS NULL
            ORDER BY newest_at DESC, id DESC LIMIT {LOOKED_THROUGH}
        ) newest WHERE {_ABOUT}
    ))
"""  # noqa: S608 - made of constants


# -- By night -----------------------------------------------------------------------------------


@transaction.atomic
def forget_old(now: datetime) -> int:
    """Drop lines of more than KEPT ago, a lot at a time; returns how many."""
    old = Notification.objects.filter(newest_at__lt=now - KEPT).order_by("newest_at")
    return _drop(list(old.values_list("pk", flat=True)[:LOT]))


@transaction.atomic
def forget_many() -> int:
    """Drop what a member has beyond MOST lines, her oldest, a lot at a time; returns how many."""
    take_time()  # every line is counted, by an index
    members = Notification.objects.values("member").alias(lines=Count("pk"))
    many = members.filter(lines__gt=MOST).values_list("member", flat=True)
    left, dropped = LOT, 0
    for member in list(many[:100]):
        hers = Notification.objects.filter(member=member).order_by("-newest_at", "-id")
        gone = _drop(list(hers.values_list("pk", flat=True)[MOST : MOST + left]))
        left, dropped = left - gone, dropped + gone
        if left <= 0:
            break
    return dropped


def _drop(ids: list[int]) -> int:
    return Notification.objects.filter(pk__in=ids).delete()[0]
