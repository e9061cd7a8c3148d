"""Emptying a profile."""

from django.db import transaction

from accounts import actions as accounts
from accounts.models import Member
from forums.moderation.actions import about_member, decide
from forums.moderation.models import Act, Decision
from forums.notifications.telling import tell


@transaction.atomic
def empty(*, moderator: Member, member: Member, reason: str) -> Decision | None:
    """Take off her page all she says of herself, name and picture too. She is told, and may write it anew.

    Returns None where nothing was there. Raises NotAllowed, or BadText for no reason.
    """
    moderator, member, reason = about_member(moderator, member, reason)
    if not accounts.empty_profile(member=member):
        return None
    decision = decide(Act.EMPTY, moderator=moderator, reason=reason, target=member)
    tell(
        "profile_emptied",
        key=f"profile-emptied-{decision.pk}",
        members=[member.pk],
        data={"decision": decision.pk},
    )
    return decision
