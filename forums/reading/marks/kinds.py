"""What marks register elsewhere: what is known with a member and a topic, rows' news, what follows on a page of posts."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.registry import known_with_her
from forums.base.afterwards import afterwards, is_looked_at
from forums.base.personal import Area, Leaves, holds
from forums.discussions.posts.registry import on_posts_served
from forums.discussions.posts.stream import PostRow
from forums.discussions.topics.models import Topic
from forums.discussions.topics.registry import NewsOfRows, known_with_topic, news_of_rows
from forums.notifications.registry import scheduled
from forums.reading.marks import actions, news
from forums.reading.marks.models import ReaderState, ReadMark
from forums.reading.marks.outlook import KNOWN, outlook

if TYPE_CHECKING:
    from accounts.models import Member

known_with_her("reading", KNOWN)
known_with_topic("mark", news.OF_TOPIC)
news_of_rows(
    "news", NewsOfRows(news.OF_ROWS, lambda member: outlook(member).values(member), news.worded)
)


@on_posts_served
def move_on(
    request: HttpRequest, response: HttpResponse, topic: Topic, rows: Sequence[PostRow]
) -> None:
    """Her mark moves up to the last of these posts, when the page has gone out; that she is here is noted too.

    Nothing is written where she knew all of them.
    """
    if not rows or not is_looked_at(request):
        return
    member, mark = cast("Member", request.user), news.mark_of(topic)
    number, newest = max(row.number for row in rows), max(row.created_at for row in rows)
    if not mark or number > mark.number or newest > mark.seen_at:
        served = [row.pk for row in rows if mark is None or row.created_at > mark.seen_at]
        move = partial(
            actions.move_mark,
            member_id=member.pk,
            topic_id=topic.pk,
            number=number,
            newest=newest,
            served=served,
        )
        afterwards(response, move)
    if not outlook(member).is_noted:
        afterwards(response, partial(actions.note_visit, member_id=member.pk, now=timezone.now()))


@scheduled("marks of topics that went silent")
def forget_marks(now: datetime) -> None:
    """Of some members each hour."""
    actions.forget_marks(now)


# -- What is held of a person ----------------------------------------------------------------------

holds(
    ReadMark,
    "member",
    what=gettext_lazy("How far you have read, and when you were here"),
    area=Area.READING,
    leaves=Leaves.DELETED,
)
holds(
    ReaderState,
    "member",
    what=gettext_lazy("How far you have read, and when you were here"),
    area=Area.READING,
    leaves=Leaves.DELETED,
    but=("undo",),
)
