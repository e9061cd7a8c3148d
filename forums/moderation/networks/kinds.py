"""How what was decided about a network is taken back."""

from accounts.models import Member
from forums.groups.memberships.permissions import coordinator_ids
from forums.moderation.grounds import Grounds
from forums.moderation.models import Act, Decision
from forums.moderation.networks import actions
from forums.moderation.registry import plainly, removed_by, undone_by


def _reopen(decision: Decision, moderator: Member, grounds: Grounds) -> Decision | None:
    """Open again, with who coordinated it; the moderator hands it over where nobody is left."""
    network = decision.network
    if network is None:
        return None
    found = Member.objects.filter(pk__in=coordinator_ids(network.pk), is_active=True)
    member = found.order_by("pk").first()
    if member is None:
        return None
    return actions.reopen(moderator=moderator, network=network, member=member, reason=grounds)


undone_by(Act.HIDE, "network", plainly(actions.unhide, "network"))
undone_by(Act.UNVERIFY, "network", plainly(actions.verify, "network"))
undone_by(Act.ARCHIVE, "network", _reopen)
removed_by("network", actions.hide)
