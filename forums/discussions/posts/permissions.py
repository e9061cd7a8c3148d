"""Who may do what with a post. Its topic, and the topic's board, must be loaded."""

from typing import Any

from forums.discussions.boards.models import access_to
from forums.discussions.posts.models import Post
from forums.discussions.topics.permissions import can_write
from forums.groups.memberships.models import roles_of
from forums.groups.memberships.permissions import can_moderate_in


def can_edit(member: Any, post: Post) -> bool:
    """Only its author, while the topic is open."""
    topic = post.topic
    return (
        post.author_id == member.pk
        and not post.is_gone
        and topic.is_listed
        and (topic.locked_at is None or member.is_staff)
        and can_write(member, topic)
    )


def can_delete(member: Any, post: Post) -> bool:
    """Only its author, even in a closed topic; the topic's own text goes with the topic."""
    return (
        member.is_authenticated
        and post.author_id == member.pk
        and post.number > 0
        and not post.is_gone
        and post.topic.is_listed
    )


def can_react(member: Any, post: Post) -> bool:
    """Any signed-in reader, to what others wrote."""
    return (
        member.is_authenticated
        and member.is_active
        and post.author_id != member.pk
        and not post.is_gone
        and post.topic.is_listed
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
