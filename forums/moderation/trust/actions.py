"""Every write to levels: they rise, and moderators set them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member, TrustLevel
from forums.base.errors import BadText
from forums.moderation.actions import about_member, decide
from forums.moderation.models import Act, Decision
from forums.moderation.trust.models import HeldDown
from forums.moderation.trust.reckoning import rise
from forums.notifications.telling import tell

RISEN = "risen"  # the kind of what is told to who rose


@transaction.atomic
def set_trust(*, moderator: Member, member: Member, level: int, reason: str) -> Decision | None:
    """Give a member a trust level (0 to 4). One lower than it was is held down; any other lets it go."""
    if level not in TrustLevel.values:
        raise BadText(_("There is no such trust level."))
    moderator, member, reason = about_member(moderator, member, reason)
    held = HeldDown.objects.filter(member=member)
    if member.trust_level == level and not held.exists():
        return None
    Member.objects.filter(pk=member.pk).update(trust_level=level)
    change = {"from": member.trust_level, "to": level}
    decision = decide(Act.TRUST, moderator=moderator, reason=reason, target=member, **change)
    held.delete()
    if level < member.trust_level:
        HeldDown.objects.create(member=member, decision=decision)
    return decision


@transaction.atomic
def raise_some(*, after: int, since: datetime, now: datetime) -> tuple[int | None, int]:
    """Raise who of the next lot of those who were here `since` has what the next level asks for, and tell them.

    Returns the id to go on after (None: no more), and how many rose.
    """
    last, risen = rise(after, since=since, now=now)
    for pk, level in risen:
        tell(RISEN, key=f"{RISEN}-{pk}-{level}", members=[pk])
    return last, len(risen)
