"""Who may ask a poll, answer it, close it, take it back, and see what was answered. The topic and its board are loaded."""

from typing import Any

from accounts.silence import may_write
from forums.discussions.polls.models import Poll, Shown
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import can_reply, is_kept
from forums.groups.memberships.models import roles_of
from forums.groups.memberships.permissions import can_moderate_in


def can_ask(member: Any, topic: Topic) -> bool:
    """Whoever may reply in the topic."""
    return bool(member.is_authenticated) and can_reply(member, topic)


def can_answer(member: Any, poll: Poll, asked: list[int]) -> bool:
    """Whoever reads the topic and may write at all, also where it is closed to replies; of `asked` networks, if there are
    any, who is a member of one. Whether it is over is another question."""
    topic = poll.topic
    if not (member.is_authenticated and may_write(member) and topic.is_shown):
        return False
    if is_kept(topic) or poll.hidden_at or poll.withdrawn_at:
        return False
    return not asked or any(network in roles_of(member) for network in asked)


def can_close(member: Any, poll: Poll) -> bool:
    """Who asked. Who keeps order there closes another's by a decision (`moderation.polls`), with its reason."""
    return poll.author_id == member.pk and not poll.is_over and may_write(member)


def can_keep_order(member: Any, poll: Poll) -> bool:
    """Who takes another's poll out of sight, shows it again, or closes it."""
    return poll.author_id != member.pk and can_moderate_in(member, poll.topic.board.network_id)


def can_take_back(member: Any, poll: Poll) -> bool:
    """Who asked, until somebody has answered."""
    return (
        poll.author_id == member.pk
        and poll.voted_at is None
        and poll.withdrawn_at is None
        and may_write(member)
    )


def sees_results(poll: Poll, *, answered: bool) -> bool:
    """As was said before anybody answered; when it has closed everyone does, and nobody sooner than others."""
    if poll.is_over or poll.shown == Shown.ALWAYS:
        return True
    return poll.shown == Shown.ANSWERED and answered
