"""What follows when a text is written, or read: wings to the right register it in their `kinds.py`.

What follows writing is called inside the action's transaction, in the order in which it was registered.
"""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from forums.text.render import Rendered

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from accounts.models import Member
    from forums.discussions.boards.models import Board
    from forums.discussions.posts.models import Post
    from forums.discussions.posts.stream import PostRow
    from forums.discussions.topics.models import Topic


class PostWritten(Protocol):
    """Takes the post, what its text became and its author; for a topic's own text its title and tags."""

    def __call__(
        self,
        post: "Post",
        html: Rendered,
        *,
        author: "Member",
        title: str = "",
        tags: Sequence[str] = (),
    ) -> None: ...


BOOKMARKED, TOLD = "bookmark", "told"  # beside the kinds of reactions
_POSTS: list[PostWritten] = []
_MINE: list[str] = []
_TOPICS: list[Callable[[int], None]] = []
_FORGOTTEN: list[Callable[[Collection[int]], None]] = []


def on_post_written(then: PostWritten) -> None:
    """Call `then` after each text that is written or changed."""
    _POSTS.append(then)


def on_topic_written(then: Callable[[int], None]) -> None:
    """Call `then` with the topic's id after each topic that is started, or changed in title or tags."""
    _TOPICS.append(then)


def also_mine(statement: str) -> None:
    """Register what else is asked, with her reactions, of a reader (%(member)s) and the posts of a page (%(posts)s):
    a constant SELECT of post ids and what they are to her."""
    _MINE.append(statement)


def mine_too() -> list[str]:
    """Those statements."""
    return _MINE


def on_texts_forgotten(then: Callable[[Collection[int]], None]) -> None:
    """Call `then` with the ids of posts whose text, or whose author's name, is to be forgotten wherever it was copied."""
    _FORGOTTEN.append(then)


def texts_forgotten(posts: Collection[int]) -> None:
    """What was copied of these posts holds no more. Called by actions."""
    for then in _FORGOTTEN:
        then(posts)


def post_written(
    post: "Post",
    html: Rendered,
    *,
    author: "Member",
    title: str = "",
    tags: Sequence[str] = (),
) -> None:
    """A post was written or changed. Called by actions."""
    for then in _POSTS:
        then(post, html, author=author, title=title, tags=tags)


def topic_written(topic_id: int) -> None:
    """A topic was started, or changed; its text was said to `post_written`. Called by actions."""
    for then in _TOPICS:
        then(topic_id)


type Served = Callable[["HttpRequest", "HttpResponse", "Topic", Sequence["PostRow"]], None]
_SERVED: list[Served] = []


def on_posts_served(then: Served) -> Served:
    """Call `then` with each answer that shows posts of a topic in their order."""
    _SERVED.append(then)
    return then


def posts_served(
    request: "HttpRequest", response: "HttpResponse", topic: "Topic", rows: Sequence["PostRow"]
) -> None:
    """These posts of `topic` stand on the page that is answered with. Called by views."""
    for then in _SERVED:
        then(request, response, topic, rows)


@dataclass(slots=True)
class Writing:
    """A text on its way to be stored, which may be looked at first.

    `topic` is where it is said, None where it begins one; `post` what it stands in the place of, `reason` why. What looks at it
    may put other words into it, and say that it waits (`why`), with what in it met something (`met`), that its links
    are plain text, or that moderators want to know of it (`reported`).
    """

    author: "Member"
    board: "Board"
    body: str
    title: str = ""
    reason: str = ""
    tags: Sequence[str] = ()
    topic: "Topic | None" = None
    post: "Post | None" = None
    submission: uuid.UUID | None = None
    html: Rendered | None = None
    why: list[str] = field(default_factory=list)
    met: list[str] = field(default_factory=list)
    reported: list[str] = field(default_factory=list)
    plain_links: bool = False


type Looks = Callable[[Writing], None]
_READ: list[Looks] = []
_WEIGHED: list[Looks] = []
_TAKEN: list[Callable[["Post", Writing], None]] = []


def on_text_read(look: Looks) -> Looks:
    """Call `look` with each text before anything else: for its words alone. It may raise BadText."""
    _READ.append(look)
    return look


def on_text_weighed(look: Looks) -> Looks:
    """Call `look` with each text, rendered, under its author's lock. It may raise BadText."""
    _WEIGHED.append(look)
    return look


def on_text_taken(then: Callable[["Post", Writing], None]) -> Callable[["Post", Writing], None]:
    """Call `then` with each post that was stored, and what was found out about its text."""
    _TAKEN.append(then)
    return then


def text_read(writing: Writing) -> Writing:
    """Look at the words of a text. Called by actions; raises BadText."""
    for look in _READ:
        look(writing)
    return writing


def text_weighed(writing: Writing) -> None:
    """Look at a text, its author and what she wrote before. Called by actions that hold her lock; raises BadText."""
    for look in _WEIGHED:
        look(writing)


def text_taken(post: "Post", writing: Writing) -> None:
    """A text was stored: as `post`, its topic loaded. Called by actions."""
    for then in _TAKEN:
        then(post, writing)
