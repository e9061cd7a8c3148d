"""Who may say that a comment is a reason."""

from typing import Any

from accounts.silence import may_write
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import is_kept
from forums.knowledge.statements.models import Fate, Statement


def can_give(member: Any, topic: Topic, statement: Statement) -> bool:
    """Whoever may write at all and reads the topic, about what is put to the vote; what she has written already also where
    the topic takes no more comments, unless it is kept as it is."""
    return (
        bool(member.is_authenticated)
        and may_write(member)
        and topic.is_shown
        and not is_kept(topic)
        and statement.topic_id == topic.pk
        and statement.fate is Fate.OPEN
    )


def can_point_at(member: Any, post: Post, statement: Statement) -> bool:
    """Her own comment in the statement's topic, which can be read."""
    return (
        post.author_id == member.pk
        and post.topic_id == statement.topic_id
        and post.number > 0
        and not post.is_gone
    )
