"""How fast one member may write: generous to a lively talk, too slow for a machine."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils import timezone

from forums.errors import TooFast
from forums.posts.models import Post

if TYPE_CHECKING:
    from accounts.models import Member


def one_at_a_time(author: "Member") -> None:
    """Until this transaction ends, nothing else is written in `author`'s name.

    An advisory lock (class 1, the member's id) rather than her row: the row is read by everyone's
    foreign keys, and twenty copies of one form must queue, not run side by side.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(1, %s)", [author.pk % 2**31])


def hold_pace(author: "Member", *, topics: bool = False) -> None:
    """Raise TooFast when `author` wrote as much as FORUMS_PACE allows; moderators are not held.

    Call with the author's lock held, so that parallel requests are counted.
    """
    rules = settings.FORUMS_PACE["topics" if topics else "posts"]
    if author.is_staff or not rules:
        return
    posts = Post.objects.filter(author=author)
    if topics:
        posts = posts.filter(number=0)
    now = timezone.now()
    times = list(
        posts.filter(created_at__gt=now - timedelta(seconds=max(rule[1] for rule in rules)))
        .order_by("-created_at", "-id")
        .values_list("created_at", flat=True)[: max(rule[0] for rule in rules)]
    )
    for count, seconds in rules:
        since = now - timedelta(seconds=seconds)
        if len(times) >= count and times[count - 1] > since:
            raise TooFast(wait=int((times[count - 1] - since).total_seconds()) + 1)
