"""What is decided about an old version of a text, or of a network's view; an author's own act stands in
`posts.actions`."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import Member
from forums.base.errors import NotAllowed
from forums.discussions.posts.closing import is_closed, lock_version, settle_pictures
from forums.discussions.posts.models import ClosedVersion, Revision
from forums.discussions.voices.closing import lock_view
from forums.discussions.voices.models import View
from forums.discussions.voices.permissions import can_close_view
from forums.groups.memberships.models import forget_roles
from forums.moderation.actions import asked, decide, refuse_undoing
from forums.moderation.grounds import clean_reason
from forums.moderation.models import Act, Decision
from forums.moderation.permissions import can_keep_order

VIEW_CLOSERS = gettext_lazy(
    "Only the network's coordinators and the moderators can close an old version of its view."
)


@transaction.atomic
def close_version(*, moderator: Member, version: Revision, reason: str) -> Decision | None:
    """Take an old version of a text from everyone's sight but its author's and the moderators'."""
    return _set_version_closed(Act.CLOSE, True, moderator, version, reason)


@transaction.atomic
def open_version(*, moderator: Member, version: Revision, reason: str) -> Decision | None:
    """Let everyone read a closed version again, whoever closed it; but what the site's moderators closed only they."""
    return _set_version_closed(Act.OPEN, False, moderator, version, reason)


def _set_version_closed(
    act: Act, on: bool, moderator: Member, version: Revision, reason: str
) -> Decision | None:
    topic, post = lock_version(version)
    reason = asked(moderator, reason, topic.board)
    target = post if post.number else topic
    if is_closed(version) == on:
        return None
    if on:
        ClosedVersion.objects.create(revision=version, member=moderator)
    else:
        refuse_undoing(act, moderator, target, details__version=version.number)
        ClosedVersion.objects.filter(revision=version).delete()
    settle_pictures(post)
    return decide(
        act,
        moderator=moderator,
        reason=reason,
        target=target,
        board=topic.board,
        version=version.number,
    )


@transaction.atomic
def close_view(*, moderator: Member, view: View, reason: str) -> Decision | None:
    """Take an old version of a network's view from everyone's sight but its coordinators' and the moderators'."""
    return _set_view_closed(Act.CLOSE, True, moderator, view, reason)


@transaction.atomic
def open_view(*, moderator: Member, view: View, reason: str) -> Decision | None:
    """Let everyone read a closed version of a view again; but what the site's moderators closed only they."""
    return _set_view_closed(Act.OPEN, False, moderator, view, reason)


def _set_view_closed(
    act: Act, on: bool, moderator: Member, view: View, reason: str
) -> Decision | None:
    topic, view = lock_view(view)
    forget_roles(moderator)
    if not can_close_view(moderator, topic, view.network_id):
        raise NotAllowed(VIEW_CLOSERS)
    reason = clean_reason(reason)
    if (view.closed_at is not None) == on:
        return None
    if not on:
        refuse_undoing(act, moderator, topic, thing=view, details__view=view.pk)
    View.objects.filter(pk=view.pk).update(closed_at=timezone.now() if on else None)
    own = not can_keep_order(moderator, topic.board)  # as a coordinator, in her own network's name
    return decide(
        act,
        moderator=moderator,
        reason=reason,
        target=topic,
        board=topic.board,
        view=view.pk,
        version=view.number,
        **({"network": view.network_id} if own else {}),
    )
