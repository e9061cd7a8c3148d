"""Who may say what another means, and who says whether it is so. A post's topic, board and author are loaded."""

from typing import Any

from accounts.silence import may_write
from forums.discussions.posts.models import Post
from forums.discussions.posts.permissions import can_react
from forums.knowledge.restatements.models import Restatement


def can_restate(member: Any, post: Post) -> bool:
    """Any member who reads it, of what another wrote who is still here to answer."""
    return bool(member.is_authenticated) and post.author.is_active and can_react(member, post)


def can_answer_at(member: Any, post: Post) -> bool:
    """Whose post it is, as long as it can be read."""
    return (
        bool(member.is_authenticated)
        and post.author_id == member.pk
        and not post.is_gone
        and post.topic.is_shown
        and may_write(member)
    )


def can_answer(member: Any, restatement: Restatement) -> bool:
    """The same of one of those at her post, unless it is hidden."""
    return restatement.hidden_at is None and can_answer_at(member, restatement.post)
