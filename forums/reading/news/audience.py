"""Who is told that a post was written, and as what."""

import re
from collections.abc import Iterable

from forums.discussions.posts.models import Post
from forums.notifications.models import Telling
from forums.notifications.registry import Share
from forums.reading.following.levels import Batch, members_at, watchers_of, who_hear

MOST_QUOTED = 10  # posts quoted in one that tell their authors
# Within one line: a blank that may be a line's end would be tried from each line before it.
_QUOTED = re.compile(r"^[ \t]*+>.*\]\(/p/(\d{1,18})/\)", re.MULTILINE)


def who_is_told(telling: Telling) -> tuple[list[Share], int | None]:
    """The next members after `telling.after`, and how far that goes; None: nobody is left."""
    found = Post.objects.shown().select_related("topic").filter(pk=telling.data["post"])
    post = found.only("number", "body", "author_id", "parent_id", "topic__author_id").first()
    if post is None:
        return [], None
    author, after = post.author_id, telling.after
    watching = members_at(post.topic_id, writer=author, after=after)
    following = watchers_of(author, after=after) if post.number == 0 else Batch([], None)
    until = min((each.after for each in (watching, following) if each.after), default=None)
    told: dict[int, str] = {}
    _add(told, "replied", who_hear(post.topic_id, _answered(post), writer=author, named=True))
    _add(told, "named", who_hear(post.topic_id, telling.members, writer=author, named=True))
    _add(told, "quoted", who_hear(post.topic_id, _quoted(post), writer=author, named=True))
    _add(told, "watched", watching.members)
    if following.members:
        _add(told, "started", who_hear(post.topic_id, following.members, writer=author))
    shares = [
        Share(pk, kind, f"{kind}-{post.topic_id}")
        for pk, kind in sorted(told.items())
        if pk > after and (until is None or pk <= until)
    ]
    return shares, until


def _add(told: dict[int, str], kind: str, members: Iterable[int]) -> None:
    """The weightier kind comes first, and stays."""
    for pk in members:
        told.setdefault(pk, kind)


def _answered(post: Post) -> list[int]:
    """A reply answers whoever wrote its parent, a comment whoever started the topic."""
    if post.number == 0:
        return []
    if post.parent_id is None:
        return [post.topic.author_id]
    return list(Post.objects.filter(pk=post.parent_id).values_list("author_id", flat=True))


def _quoted(post: Post) -> list[int]:
    """Authors of the posts whose words it quotes (`posts.quoting`)."""
    ids = dict.fromkeys(int(pk) for pk in _QUOTED.findall(post.body))
    found = Post.objects.shown().filter(pk__in=list(ids)[:MOST_QUOTED])
    return list(found.values_list("author_id", flat=True)) if ids else []
