"""Levels are reckoned about once an hour; who rose is told."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member, TrustLevel
from forums.base.personal import Area, Basis, Leaves, holds
from forums.moderation.grounds import Grounds
from forums.moderation.kinds import CARE
from forums.moderation.models import Act, Decision
from forums.moderation.registry import undone_by
from forums.moderation.trust.actions import RISEN, raise_some, set_trust
from forums.moderation.trust.models import HeldDown
from forums.moderation.trust.reckoning import SEEN
from forums.notifications.models import Notification
from forums.notifications.registry import Sentence, notification, scheduled
from forums.notifications.seen import Seen

LOTS = 20  # in one go: what is left comes an hour later, or by `manage.py levels`


@scheduled("trust levels")
def raise_levels(now: datetime) -> None:
    """Those who were here lately, a lot at a time."""
    after: int | None = 0
    for _lot in range(LOTS):
        if after is None:
            break
        after, _risen = raise_some(after=after, since=now - SEEN, now=now)


@notification(RISEN, CARE)
def risen_line(note: Notification, seen: Seen) -> Sentence | None:
    """Her level, as it is now."""
    if seen.member is None or seen.member.trust_level == TrustLevel.NEW:
        return None
    text = _("Your trust level is “%(level)s” now") % {
        "level": seen.member.get_trust_level_display()
    }
    return Sentence(text, "/levels/", _("See what it allows"), icon="shield")


holds(
    HeldDown,
    "member",
    what=gettext_lazy("That your trust level is held down by a decision"),
    area=Area.ORDER,
    leaves=Leaves.DELETED,
    basis=Basis.INTEREST,
)


# -- taking back ----------------------------------------------------------------------------------


def _level_back(decision: Decision, moderator: Member, grounds: Grounds) -> Decision | None:
    """The level she had, held down no longer; nothing where she has risen since or it was changed again."""
    member, change = decision.member, decision.details
    if member is None or member.trust_level != change["to"]:
        return None
    return set_trust(moderator=moderator, member=member, level=change["from"], reason=grounds)


undone_by(Act.TRUST, "member", _level_back)
