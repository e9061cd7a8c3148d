"""What moderators decide about an old version of a text; an author's own act stands in `posts.actions`."""

from django.db import transaction

from accounts.models import Member
from forums.discussions.posts.closing import is_closed, lock_version, settle_pictures
from forums.discussions.posts.models import ClosedVersion, Revision
from forums.moderation.actions import asked, decide, refuse_undoing
from forums.moderation.models import Act, Decision


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
