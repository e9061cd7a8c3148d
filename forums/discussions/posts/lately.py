"""What is asked of an author once her lock is held, in one statement: is this form a post already, how fast does she
write, may she write at all. One form filled in once is one post, however often it is sent.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.silence import refuse_until
from forums.base.constant_sql import select
from forums.base.rate_limits import hold_pace, looked_at
from forums.base.sent_twice import SENT_TWICE
from forums.discussions.posts.models import POST_SHOWN, Post
from forums.discussions.topics.models import TOPIC_LISTED

if TYPE_CHECKING:
    from accounts.models import Member

_HERS = f"""
    SELECT m.silenced_until,
        (SELECT p.id FROM forums_post p WHERE p.author_id = m.id AND p.submission = %(submission)s::uuid),
        (SELECT p.id FROM forums_post p {{joined}}
         WHERE p.author_id = m.id AND p.created_at > %(lately)s AND p.body = %(body)s AND {{twin}}
            AND ({POST_SHOWN.sql} OR p.held_at IS NOT NULL AND p.deleted_at IS NULL)
         ORDER BY p.id LIMIT 1),
        ARRAY(SELECT p.created_at FROM forums_post p
         WHERE p.author_id = m.id AND {{kind}} AND p.created_at > %(since)s AND p.created_at < %(ahead)s
         ORDER BY p.created_at DESC LIMIT %(most)s)
    FROM accounts_member m WHERE m.id = %(me)s
"""  # noqa: S608 - made of constants
_OF_REPLY = _HERS.format(
    joined="",
    # + 0: by her texts of a moment, for which the server would read all of a long topic's, too.
    twin="p.topic_id + 0 = %(topic)s AND p.number > 0 AND p.parent_id IS NOT DISTINCT FROM %(parent)s::bigint",
    kind="TRUE",
)
_OF_TOPIC = _HERS.format(
    joined="JOIN forums_topic t ON t.id = p.topic_id",
    twin=f"p.number = 0 AND t.board_id = %(board)s AND t.title = %(title)s AND ({TOPIC_LISTED.sql} OR t.held_at IS NOT NULL)",
    kind="p.number = 0",
)


@dataclass(frozen=True, slots=True)
class Lately:
    """What an author wrote lately: `sent` is the post that the form has become; else `submission` names the new one."""

    author: "Member"
    pace: str
    sent: Post | None
    submission: uuid.UUID | None
    silenced_until: datetime | None
    times: list[datetime]

    def refuse(self) -> None:
        """Raise Silenced where she may only read as of now, TooFast where she writes faster than the pace."""
        refuse_until(self.author, self.silenced_until)
        hold_pace(self.author, self.pace, self.times)


def before_reply(
    *,
    author: "Member",
    submission: uuid.UUID | None,
    topic_id: int,
    parent_id: int | None,
    body: str,
) -> Lately:
    """Before a comment in a topic, or a reply to the post `parent_id`. Call with the author's lock held."""

    def same(post: Post) -> bool:
        return post.topic_id == topic_id and post.number > 0 and post.body == body

    values = {"topic": topic_id, "parent": parent_id, "body": body}
    return _asked(_OF_REPLY, values, author, "posts", submission, f"{topic_id} {body}", same)


def before_topic(
    *, author: "Member", submission: uuid.UUID | None, board_id: int, title: str, body: str
) -> Lately:
    """Before a topic in a board: what is `sent` has its topic loaded. Call with the author's lock held."""

    def same(post: Post) -> bool:
        return post.number == 0 and (post.topic.title, post.body) == (title, body)

    values = {"board": board_id, "title": title, "body": body}
    return _asked(_OF_TOPIC, values, author, "topics", submission, f"{title} {body}", same)


def _asked(
    statement: str,
    values: dict[str, Any],
    author: "Member",
    pace: str,
    submission: uuid.UUID | None,
    text: str,
    same: Callable[[Post], bool],
) -> Lately:
    """A browser's Back button brings a sent form back as it was, name and all. With another `text` it is another post, and
    gets a name made of both: sent twice, this too is one. `same` says whether a post is what is being sent. Where Back
    loads the page anew the form has another name and the same text: then it is what she sent a moment ago, as long as
    that can be read or waits.
    """
    now = timezone.now()
    values |= {"me": author.pk, "lately": now - SENT_TWICE, **looked_at(pace, now)}
    for name in (submission, uuid.uuid5(submission, text)) if submission else (None,):
        found = select(statement, submission=name, **values)
        until, named, twin, times = found[0] if found else (None, None, None, [])
        if named is None:
            sent = _answering_to(name, twin) if name and twin else None
            return Lately(author, pace, sent, name, until, times)
        if same(post := _post(named)):
            return Lately(author, pace, post, name, until, times)
    return Lately(author, pace, None, None, until, times)  # both names are those of other texts


def _answering_to(name: uuid.UUID, pk: int) -> Post:
    """What she sent a moment ago answers to the new name of its form, too."""
    Post.objects.filter(pk=pk).update(submission=name)
    return _post(pk)


def _post(pk: int) -> Post:
    return Post.objects.select_related("topic").get(pk=pk)
