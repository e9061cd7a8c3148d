"""Every decision about a topic, a post or a member: the state, the counters and the log, in one go.

In a network's boards its own moderators decide as well (all but moving), by the role they have when
the topic is locked; what the site's moderators decided only they take back.

Each takes `moderator` and `reason`, returns the Decision it wrote, changes nothing (and returns
None) when the state is already so, and raises NotAllowed or BadText. What hid itself by a rule (no moderator) a
moderator hides once more: then it is her decision.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.activities.locks import lock_activities, lock_activity
from forums.activities.models import Activity
from forums.base.caches import forget_at_once
from forums.base.errors import BadText, NotAllowed
from forums.base.rate_limits import one_at_a_time
from forums.discussions.boards.models import Board
from forums.discussions.posts.actions import bring_back, let_through, withdraw
from forums.discussions.posts.locks import lock_posts
from forums.discussions.posts.models import Post
from forums.discussions.topics.counters import count_board, is_public, tag_ids, unlist
from forums.discussions.topics.locks import lock_topic, lock_topics
from forums.discussions.topics.models import Topic
from forums.groups.networks.locks import lock_networks
from forums.groups.networks.models import Network
from forums.groups.organisations.actions import lock_organisations
from forums.groups.organisations.models import Organisation
from forums.groups.staff_requests.models import StaffRequest
from forums.moderation.grounds import Grounds, asked, clean_reason, refuse_undoing
from forums.moderation.locks import lock_members
from forums.moderation.models import Act, Decision, hid_itself
from forums.moderation.permissions import can_appoint, can_moderate, can_suspend
from forums.moderation.registry import decided
from forums.moderation.telling import tell_whose_it_is, was_kept_back
from forums.reading.messages.models import MessageReport
from forums.tags.counters import count_tags

if TYPE_CHECKING:
    from django.db.models import Model


MOST = 100  # targets of one `each`: what a person can have looked at before deciding
_NAMES = {
    Topic: "topic",
    Post: "post",
    Member: "member",
    Network: "network",
    StaffRequest: "staff_request",
    Activity: "activity",
    Organisation: "organisation",
    MessageReport: "report",
    Decision: "decision",
}


def decide(
    act: Act,
    *,
    moderator: Member | None,
    reason: str,
    target: "Model",
    **details: Any,
) -> Decision:
    """Write down what was decided about `target`; `details` are those of the Decision. No moderator: a rule did."""
    board = details.pop("board", None)
    if isinstance(board, Board):
        details["board"] = board.pk
        if moderator is not None and not can_moderate(moderator):
            details.setdefault("network", board.network_id)  # in whose name she decided
    forget_at_once()
    grounds = Grounds.of(reason)
    decision = Decision.objects.create(
        moderator=moderator,
        act=act,
        reason=reason,
        rule=grounds.rule,
        until=grounds.until,
        details=details,
        **{_NAMES[type(target)]: target},
    )
    tell_whose_it_is(decision)
    decided(decision)
    return decision


# -- topics -------------------------------------------------------------------------------------


@transaction.atomic
def hide_topic(*, moderator: Member | None, topic: Topic, reason: str) -> Decision | None:
    """Take a topic out of everyone's sight but its author's and the moderators'."""
    (topic,) = lock_topics([topic])
    reason = asked(moderator, reason, topic.board)
    if topic.hidden_at is None:
        if topic.is_listed:
            unlist(topic)
        Topic.objects.filter(pk=topic.pk).update(hidden_at=timezone.now())
    elif moderator is None or not hid_itself(topic):
        return None
    return about_topic(Act.HIDE, moderator, topic, reason)


@transaction.atomic
def unhide_topic(*, moderator: Member | None, topic: Topic, reason: str) -> Decision | None:
    """Put a hidden topic back where it stood."""
    (topic,) = lock_topics([topic])
    reason = asked(moderator, reason, topic.board)
    if topic.hidden_at is None or topic.held_at is not None:  # what waits is let through
        return None
    refuse_undoing(Act.UNHIDE, moderator, topic)
    if was_kept_back(topic):
        let_through(topic, topic.posts.select_related("author").get(number=0, reply_number=0))
        return about_topic(Act.UNHIDE, moderator, topic, reason)
    topic.hidden_at = None
    Topic.objects.filter(pk=topic.pk).update(hidden_at=None)
    if topic.is_listed:
        count_board(topic.board_id, 1)
        if is_public(topic, topic.board):
            count_tags(tag_ids(topic), 1)
    return about_topic(Act.UNHIDE, moderator, topic, reason)


@transaction.atomic
def lock(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Close a topic to replies; it stays readable."""
    return _set(Act.LOCK, "locked_at", True, moderator, topic, reason)


@transaction.atomic
def unlock(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Open a closed topic again."""
    return _set(Act.UNLOCK, "locked_at", False, moderator, topic, reason)


@transaction.atomic
def pin(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Put a topic at the head of its board."""
    return _set(Act.PIN, "pinned_at", True, moderator, topic, reason)


@transaction.atomic
def unpin(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Let a pinned topic take its place among the others."""
    return _set(Act.UNPIN, "pinned_at", False, moderator, topic, reason)


def _set(
    act: Act, column: str, on: bool, moderator: Member, topic: Topic, reason: str
) -> Decision | None:
    topic = lock_topic(topic.pk)
    reason = asked(moderator, reason, topic.board)
    if (getattr(topic, column) is not None) == on:
        return None
    if not on:
        refuse_undoing(act, moderator, topic)
    Topic.objects.filter(pk=topic.pk).update(**{column: timezone.now() if on else None})
    return about_topic(act, moderator, topic, reason)


@transaction.atomic
def move(*, moderator: Member, topic: Topic, board: Board, reason: str) -> Decision | None:
    """Take a topic to another board; its address stays, the counts of both boards and its tags follow."""
    reason = asked(moderator, reason)
    (topic,) = lock_topics([topic], board)
    board = Board.objects.get(pk=board.pk)
    source = topic.board
    if source.pk == board.pk:
        return None
    if topic.is_listed:
        count_board(source.pk, -1)
        count_board(board.pk, 1)
        if (change := is_public(topic, board) - is_public(topic, source)) != 0:
            count_tags(tag_ids(topic), change)
    Topic.objects.filter(pk=topic.pk).update(board=board, pinned_at=None)
    return about_topic(Act.MOVE, moderator, topic, reason, to=board.pk)


def about_topic(
    act: Act, moderator: Member | None, topic: Topic, reason: str, **details: Any
) -> Decision:
    """Write down what was decided about `topic` (locked, with its board)."""
    # The board it stood in: a private one must not show in the log when the topic leaves it.
    return decide(
        act, moderator=moderator, reason=reason, target=topic, board=topic.board, **details
    )


# -- posts --------------------------------------------------------------------------------------


@transaction.atomic
def hide_post(*, moderator: Member | None, post: Post, reason: str) -> Decision | None:
    """Put a placeholder in a post's place. The topic's own text is hidden with its topic."""
    topic = lock_topic(post.topic_id)
    reason = asked(moderator, reason, topic.board)
    if post.number == 0:
        raise BadText(_("This is the topic's own text: hide the topic instead."))
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if post.hidden_at is None:
        Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now())
        withdraw(topic, post)
    elif moderator is None or not hid_itself(post):
        return None
    return decide(Act.HIDE, moderator=moderator, reason=reason, target=post, board=topic.board)


@transaction.atomic
def unhide_post(*, moderator: Member | None, post: Post, reason: str) -> Decision | None:
    """Show a hidden post again."""
    topic = lock_topic(post.topic_id)
    reason = asked(moderator, reason, topic.board)
    post = Post.objects.select_for_update(of=("self",)).select_related("author").get(pk=post.pk)
    if (
        post.hidden_at is None or post.removed_at or post.held_at
    ):  # these are brought back, let through
        return None
    refuse_undoing(Act.UNHIDE, moderator, post)
    if was_kept_back(post):
        let_through(topic, post)
    else:
        Post.objects.filter(pk=post.pk).update(hidden_at=None)
        post.hidden_at = None
        bring_back(topic, post)
    return decide(Act.UNHIDE, moderator=moderator, reason=reason, target=post, board=topic.board)


# -- members ------------------------------------------------------------------------------------


@transaction.atomic
def about_member(moderator: Member, member: Member, reason: str) -> tuple[Member, Member, str]:
    """Both as they are now, locked, and the reason cleaned. Raises NotAllowed, or BadText for no reason."""
    reason = clean_reason(reason)
    moderator, member = lock_members(moderator, member)
    if not can_suspend(moderator, member):
        raise NotAllowed(
            _("Only an administrator can do this to a moderator, and nobody to herself.")
        )
    return moderator, member, reason


@transaction.atomic
def appoint(*, moderator: Member, member: Member, reason: str) -> Decision | None:
    """Make a member a moderator."""
    return _set_staff(Act.APPOINT, {"is_staff": True}, moderator, member, reason)


@transaction.atomic
def dismiss(*, moderator: Member, member: Member, reason: str) -> Decision | None:
    """Make a moderator a member like the others; an administrator loses both offices."""
    return _set_staff(
        Act.DISMISS, {"is_staff": False, "is_superuser": False}, moderator, member, reason
    )


def _set_staff(
    act: Act, offices: dict[str, bool], moderator: Member, member: Member, reason: str
) -> Decision | None:
    reason = clean_reason(reason)
    moderator, member = lock_members(moderator, member)
    if not can_appoint(moderator, member):
        raise NotAllowed(_("Only an administrator chooses the moderators, and nobody herself."))
    if member.is_staff == offices["is_staff"]:
        return None
    Member.objects.filter(pk=member.pk).update(**offices)
    return decide(act, moderator=moderator, reason=reason, target=member)


# -- activities ---------------------------------------------------------------------------------


@transaction.atomic
def hide_activity(*, moderator: Member | None, activity: Activity, reason: str) -> Decision | None:
    """Take an activity out of everyone's sight, calendars included; letters about it stay unsent."""
    return _set_activity_hidden(Act.HIDE, True, moderator, activity, reason)


@transaction.atomic
def unhide_activity(
    *, moderator: Member | None, activity: Activity, reason: str
) -> Decision | None:
    """Show a hidden activity again."""
    return _set_activity_hidden(Act.UNHIDE, False, moderator, activity, reason)


def _set_activity_hidden(
    act: Act, on: bool, moderator: Member | None, activity: Activity, reason: str
) -> Decision | None:
    reason = asked(moderator, reason)
    activity = lock_activity(activity.pk)
    if (activity.hidden_at is not None) != on:
        if not on:
            refuse_undoing(act, moderator, activity)
        Activity.objects.filter(pk=activity.pk).update(hidden_at=timezone.now() if on else None)
    elif not on or moderator is None or not hid_itself(activity):
        return None
    return decide(
        act, moderator=moderator, reason=reason, target=activity, open_to=activity.open_to
    )


# -- several at once ----------------------------------------------------------------------------


@transaction.atomic
def each(
    action: Callable[..., Any],
    targets: Iterable[Any],
    *,
    moderator: Member,
    **arguments: Any,
) -> int:
    """Run one action on up to `MOST` targets of one kind, all or none; returns how many it changed.

    All rows are locked before the first is changed, in the order every writer keeps: two of these
    at once wait for one another, never in a circle.
    """
    ordered: Sequence[Any] = sorted(targets, key=lambda target: target.pk)
    if len(ordered) > MOST:
        raise BadText(_("Up to %(most)d at once, please.") % {"most": MOST})
    if not can_moderate(moderator):
        raise NotAllowed
    if not ordered:
        return 0
    kind = type(ordered[0])
    if kind is Topic:
        into = filter(None, [arguments.get("into")])
        lock_topics([*ordered, *into], *filter(None, [arguments.get("board")]), tags=True)
    elif kind is Post:
        lock_posts(ordered)
    elif kind is Network:
        others = filter(None, [arguments.get("into")])
        lock_networks(*(network.pk for network in [*ordered, *others]))
    elif kind is Organisation:
        others = filter(None, [arguments.get("into")])
        lock_organisations(*ordered, *others)
    elif kind is StaffRequest:
        lock_networks(*(staff_request.network_id for staff_request in ordered))
    elif kind is Activity:
        lock_activities(each.pk for each in ordered)
    elif kind not in (MessageReport, Decision):  # of those each locks by itself, in this order
        for one in ordered:  # before her row: what she writes holds this first
            one_at_a_time(one)
        lock_members(moderator, *ordered)
    changed = 0
    for target in ordered:
        made = action(**{_NAMES[kind]: target}, moderator=moderator, **arguments)
        changed += made is not None
    return changed
