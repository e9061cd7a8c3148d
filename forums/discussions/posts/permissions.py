"""Who may do what with a post. Its topic, and the topic's board, must be loaded."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.silence import may_write
from forums.base.rate_limits import AHEAD
from forums.discussions.boards.models import access_to
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import TAKE_BACK, can_write, is_in_time, is_shut
from forums.groups.memberships.models import roles_of
from forums.groups.memberships.permissions import can_moderate_in


def waits(member: Any, topic: Topic) -> int:
    """How many seconds `member` waits before she may write once more in a topic that goes slowly; 0: none.

    A text that she took back counts as well. Whoever keeps order there waits for nothing.
    """
    if not topic.slow_minutes or can_moderate_in(member, topic.board.network_id):
        return 0
    now = timezone.now()
    since = now - timedelta(minutes=topic.slow_minutes)
    hers = Post.objects.filter(author=member.pk, topic=topic.pk, number__gt=0)
    late = hers.filter(created_at__gt=since, created_at__lt=now + AHEAD).order_by("-created_at")
    found = late.values_list("created_at").first()
    return int((found[0] - since).total_seconds()) + 1 if found else 0


def can_edit(member: Any, post: Post) -> bool:
    """Only its author, while the topic is open, as long after writing as her level lets her."""
    topic = post.topic
    return (
        post.author_id == member.pk
        and not post.is_gone
        and topic.is_shown
        and (not is_shut(topic) or member.is_staff)
        and is_in_time(member, post.created_at)
        and can_write(member, topic)
    )


def can_delete(member: Any, post: Post) -> bool:
    """Only its author, even in a closed topic; the topic's own text goes with the topic."""
    return (
        member.is_authenticated
        and post.author_id == member.pk
        and post.number > 0
        and not post.is_gone
        and post.topic.is_shown
    )


def can_take_back(member: Any, post: Post) -> bool:
    """Only its author, for an hour after she deleted it, where it could be read still."""
    return (
        post.author_id == member.pk
        and may_write(member)
        and post.hidden_at is None
        and post.deleted_at is not None
        and timezone.now() - post.deleted_at < TAKE_BACK
        and post.topic.is_shown
        and post.topic.archived_at is None
    )


def can_react(member: Any, post: Post) -> bool:
    """Any signed-in reader, to what others wrote."""
    return (
        may_write(member)
        and post.author_id != member.pk
        and not post.is_gone
        and post.topic.is_shown
        and post.topic.archived_at is None
        and access_to(member, post.topic.board) >= post.topic.board.read_level
    )


def can_see_history(member: Any, post: Post) -> bool:
    """A hidden or deleted text has no history to show, but to moderators."""
    return not post.is_gone or (member.is_authenticated and member.is_staff)


def can_close_version(member: Any, post: Post) -> bool:
    """Its author takes an old version of her text from everyone's sight, also when the topic is closed."""
    return member.is_authenticated and member.is_active and post.author_id == member.pk


def can_read_closed(member: Any, post: Post) -> bool:
    """Closed versions are for their author and for who moderates where it stands."""
    return can_close_version(member, post) or can_moderate_in(member, post.topic.board.network_id)


def is_new_here(member: Any) -> bool:
    """In no network, and has written nothing: the first step is before her."""
    return (
        member.is_authenticated
        and not roles_of(member)
        and not Post.objects.filter(author=member).exists()
    )
