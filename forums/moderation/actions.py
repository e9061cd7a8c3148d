"""Every decision about a topic, a post or a member: the state, the counters and the log, in one go.

Each takes `moderator` and `reason`, changes nothing when the state is already so (and then writes
no decision), and raises NotAllowed or BadText.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member, TrustLevel
from forums.boards.models import Board
from forums.errors import BadText, NotAllowed
from forums.moderation.models import Act, Decision
from forums.moderation.permissions import can_moderate, can_suspend
from forums.posts.actions import lock_topic, withdraw
from forums.posts.counters import recount
from forums.posts.models import Post
from forums.text.thai import clean_line
from forums.topics.actions import unlist
from forums.topics.counters import count_board, count_tags, is_public, tag_ids
from forums.topics.models import Topic

if TYPE_CHECKING:
    from django.db.models import Model


def _asked(moderator: Member, reason: str) -> str:
    """The reason, cleaned. Raises NotAllowed for one who does not moderate, BadText for no reason."""
    if not can_moderate(moderator):
        raise NotAllowed
    reason = clean_line(reason)
    if not reason:
        raise BadText(_("Please say why: the reason stands in the public log."))
    if len(reason) > 300:
        raise BadText(_("Up to 300 characters for the reason, please."))
    return reason


def _decide(act: Act, *, moderator: Member, reason: str, target: "Model", **details: Any) -> Decision:
    name = {Topic: "topic", Post: "post", Member: "member"}[type(target)]
    return Decision.objects.create(
        moderator=moderator, act=act, reason=reason, details=details, **{name: target}
    )


def _lock_with_boards(topic: Topic, *boards: Board) -> Topic:
    """Lock boards (ids ascending), then the topic: the order every writer keeps."""
    while True:
        ids = sorted({topic.board_id, *(board.pk for board in boards)})
        list(Board.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
        topic = lock_topic(topic.pk)
        if topic.board_id in ids:
            return topic


# -- topics -------------------------------------------------------------------------------------


@transaction.atomic
def hide_topic(*, moderator: Member, topic: Topic, reason: str) -> None:
    """Take a topic out of everyone's sight but its author's and the moderators'."""
    reason = _asked(moderator, reason)
    topic = _lock_with_boards(topic)
    if topic.hidden_at is not None:
        return
    if topic.is_listed:
        unlist(topic)
    Topic.objects.filter(pk=topic.pk).update(hidden_at=timezone.now())
    _decide(Act.HIDE, moderator=moderator, reason=reason, target=topic)


@transaction.atomic
def unhide_topic(*, moderator: Member, topic: Topic, reason: str) -> None:
    """Put a hidden topic back where it stood."""
    reason = _asked(moderator, reason)
    topic = _lock_with_boards(topic)
    if topic.hidden_at is None:
        return
    topic.hidden_at = None
    Topic.objects.filter(pk=topic.pk).update(hidden_at=None)
    if topic.is_listed:
        count_board(topic.board_id, 1)
        if is_public(topic, topic.board):
            count_tags(tag_ids(topic), 1)
    _decide(Act.UNHIDE, moderator=moderator, reason=reason, target=topic)


@transaction.atomic
def lock(*, moderator: Member, topic: Topic, reason: str) -> None:
    """Close a topic to replies; it stays readable."""
    _set(Act.LOCK, "locked_at", True, moderator, topic, reason)


@transaction.atomic
def unlock(*, moderator: Member, topic: Topic, reason: str) -> None:
    """Open a closed topic again."""
    _set(Act.UNLOCK, "locked_at", False, moderator, topic, reason)


@transaction.atomic
def pin(*, moderator: Member, topic: Topic, reason: str) -> None:
    """Put a topic at the head of its board."""
    _set(Act.PIN, "pinned_at", True, moderator, topic, reason)


@transaction.atomic
def unpin(*, moderator: Member, topic: Topic, reason: str) -> None:
    """Let a pinned topic take its place among the others."""
    _set(Act.UNPIN, "pinned_at", False, moderator, topic, reason)


def _set(act: Act, column: str, on: bool, moderator: Member, topic: Topic, reason: str) -> None:
    reason = _asked(moderator, reason)
    topic = lock_topic(topic.pk)
    if (getattr(topic, column) is not None) == on:
        return
    Topic.objects.filter(pk=topic.pk).update(**{column: timezone.now() if on else None})
    _decide(act, moderator=moderator, reason=reason, target=topic)


@transaction.atomic
def move(*, moderator: Member, topic: Topic, board: Board, reason: str) -> None:
    """Take a topic to another board; its address stays, the counts of both boards and its tags follow."""
    reason = _asked(moderator, reason)
    topic = _lock_with_boards(topic, board)
    board = Board.objects.get(pk=board.pk)
    source = topic.board
    if source.pk == board.pk:
        return
    if topic.is_listed:
        count_board(source.pk, -1)
        count_board(board.pk, 1)
        if (change := is_public(topic, board) - is_public(topic, source)) != 0:
            count_tags(tag_ids(topic), change)
    Topic.objects.filter(pk=topic.pk).update(board=board, pinned_at=None)
    _decide(
        Act.MOVE,
        moderator=moderator,
        reason=reason,
        target=topic,
        **{"from": source.pk, "to": board.pk},
    )


# -- posts --------------------------------------------------------------------------------------


@transaction.atomic
def hide_post(*, moderator: Member, post: Post, reason: str) -> None:
    """Put a placeholder in a post's place. The topic's own text is hidden with its topic."""
    reason = _asked(moderator, reason)
    if post.number == 0:
        raise BadText(_("This is the topic's own text: hide the topic instead."))
    topic = lock_topic(post.topic_id)
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if post.hidden_at is not None:
        return
    Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now())
    withdraw(topic, post)
    _decide(Act.HIDE, moderator=moderator, reason=reason, target=post)


@transaction.atomic
def unhide_post(*, moderator: Member, post: Post, reason: str) -> None:
    """Show a hidden post again."""
    reason = _asked(moderator, reason)
    topic = lock_topic(post.topic_id)
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if post.hidden_at is None:
        return
    Post.objects.filter(pk=post.pk).update(hidden_at=None)
    recount(topic)
    _decide(Act.UNHIDE, moderator=moderator, reason=reason, target=post)


# -- members ------------------------------------------------------------------------------------


@transaction.atomic
def suspend(*, moderator: Member, member: Member, reason: str) -> None:
    """A member may not sign in; those signed in are out at their next click (`is_active`)."""
    _set_active(Act.SUSPEND, False, moderator, member, reason)


@transaction.atomic
def restore(*, moderator: Member, member: Member, reason: str) -> None:
    """A suspended member may sign in again."""
    _set_active(Act.RESTORE, True, moderator, member, reason)


def _set_active(act: Act, on: bool, moderator: Member, member: Member, reason: str) -> None:
    reason = _asked(moderator, reason)
    member = Member.objects.select_for_update().get(pk=member.pk)
    if not can_suspend(moderator, member):
        raise NotAllowed(_("Only an administrator can do this to a moderator."))
    if member.is_active == on:
        return
    Member.objects.filter(pk=member.pk).update(is_active=on)
    _decide(act, moderator=moderator, reason=reason, target=member)


@transaction.atomic
def set_trust(*, moderator: Member, member: Member, level: int, reason: str) -> None:
    """Give a member a trust level (0 to 4)."""
    reason = _asked(moderator, reason)
    if level not in TrustLevel.values:
        raise BadText(_("There is no such trust level."))
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.trust_level == level:
        return
    Member.objects.filter(pk=member.pk).update(trust_level=level)
    _decide(
        Act.TRUST,
        moderator=moderator,
        reason=reason,
        target=member,
        **{"from": member.trust_level, "to": level},
    )


def each(action: Any, targets: Iterable[Any], **arguments: Any) -> int:
    """Run one action on several targets, ids ascending, all or none; returns how many there were."""
    ordered = sorted(targets, key=lambda target: target.pk)
    name = {Topic: "topic", Post: "post", Member: "member"}
    with transaction.atomic():
        if ordered and isinstance(ordered[0], Topic):
            # All boards first: two of these at once must not wait for each other in a circle.
            list(Board.objects.select_for_update().order_by("pk"))
        for target in ordered:
            action(**{name[type(target)]: target}, **arguments)
    return len(ordered)
