"""Asking the moderators: to verify a network, or to hand a dormant one over."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import NotAllowed
from forums.base.limits import fitting
from forums.base.rate_limits import one_at_a_time
from forums.groups.networks.locks import lock_network
from forums.groups.networks.models import Network
from forums.groups.staff_requests.models import REASON_LENGTH, StaffRequest, StaffRequestKind
from forums.groups.staff_requests.permissions import requests_open_to
from forums.groups.staff_requests.registry import asked
from forums.text.thai import clean_text

if TYPE_CHECKING:
    from accounts.models import Member

MOST_REQUESTS = 5  # that wait, of one member


@transaction.atomic
def ask_moderators(*, member: "Member", network: Network, kind: str, reason: str) -> StaffRequest:
    """Ask the site's moderators to verify a network, or to hand a dormant one over.

    Raises BadText, or NotAllowed for what is not `member`'s to ask, or waits for an answer already.
    """
    reason = fitting(clean_text(reason).strip(), REASON_LENGTH, nothing=_("Please say why."))
    one_at_a_time(member)
    network = lock_network(network.pk)
    if kind not in requests_open_to(member, network):
        raise NotAllowed(_("This cannot be asked for this network, or not by you."))
    waiting = StaffRequest.objects.filter(member=member, decided_at=None)
    if waiting.filter(network=network, kind=kind).exists():
        raise NotAllowed(_("You have asked this already; the moderators have not answered yet."))
    if waiting.count() >= MOST_REQUESTS:
        raise NotAllowed(_("Several requests of yours wait for an answer. Please wait for those."))
    made = StaffRequest.objects.create(
        network=network,
        kind=StaffRequestKind(kind),
        member=member,
        reason=reason,
        created_at=timezone.now(),
    )
    asked(made)
    return made
