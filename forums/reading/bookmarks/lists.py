"""A member's bookmarks as her list and her letters show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from forums.base.keyset import MOMENT, NUMBER, Keyset, Page, kept
from forums.discussions.posts.models import POST_SHOWN, POST_VISIBLE, Post
from forums.reading.bookmarks.models import Bookmark, BookmarkQuerySet
from forums.text.glance import glance

if TYPE_CHECKING:
    from accounts.models import Member

SIZE = 20
WORDS = 5  # of a search; more narrow nothing that five do not
_NEWEST = Keyset({"created_at": MOMENT, "id": NUMBER}, falling=True, onward="before")


@dataclass(frozen=True, slots=True)
class BookmarkRow:
    """A bookmark, and of its post what may be read now: nothing at all where `url` is ''."""

    pk: int
    note: str
    remind_on: date | None
    created_at: datetime
    url: str = ""
    topic: str = ""
    label: str = ""  # the number of a comment, '' for a topic's own text
    author: str = ""
    beginning: str = ""


def page_of(
    member: "Member", query: Any, *, asked: str = "", without: Iterable[int] = ()
) -> Page[BookmarkRow]:
    """The page of her bookmarks that `query` asks for, newest first; of those that hold all words of `asked`.

    `without` are those that stand by themselves.
    """
    mine = Bookmark.objects.visible_to(member).exclude(pk__in=list(without))
    page: Page[Bookmark] = _NEWEST.page(
        _holding(mine, member, asked.split()[:WORDS]), query, size=SIZE, keep=kept(q=asked)
    )
    return page.with_rows(rows(page.rows, member))


def due(member: "Member", today: date) -> list[BookmarkRow]:
    """What she wanted to be reminded of by today, what waits longest first: as many as a page holds."""
    waiting = Bookmark.objects.visible_to(member).filter(remind_on__lte=today)
    return rows(waiting.order_by("remind_on", "id")[:SIZE], member)


def rows(found: Iterable[Bookmark], member: "Member") -> list[BookmarkRow]:
    """Bookmarks with what may be read of their posts, one query for all."""
    bookmarks = list(found)
    readable = (
        Post.objects.visible_to(member)
        .shown()
        .filter(pk__in=[each.post_id for each in bookmarks])
        .select_related("topic", "author")
        .only("number", "reply_number", "body_html", "topic__title", "author__display_name")
    )
    posts = {post.pk: post for post in readable}
    return [_row(each, posts.get(each.post_id)) for each in bookmarks]


def _row(bookmark: Bookmark, post: Post | None) -> BookmarkRow:
    own = (bookmark.pk, bookmark.note, bookmark.remind_on, bookmark.created_at)
    if post is None:
        return BookmarkRow(*own)
    return BookmarkRow(
        *own,
        url=post.get_absolute_url(),
        topic=post.topic.title,
        label=post.label if post.number else "",
        author=post.author.display_name,
        beginning=glance(post.body_html),
    )


def _holding(mine: BookmarkQuerySet, member: "Member", words: list[str]) -> BookmarkQuerySet:
    """Those whose note, title or text hold each of the words; of what she may not read only the note is asked."""
    readable = POST_VISIBLE.q(member, "post__") & POST_SHOWN.q(member, "post__")
    for word in words:
        there = Q(post__topic__title__icontains=word) | Q(post__body__icontains=word)
        mine = mine.filter(Q(note__icontains=word) | readable & there)
    return mine
