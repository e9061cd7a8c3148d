"""What networks register elsewhere: notifications, the rows of settings that turn them on, the picture of each."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from forums.base.personal import acted
from forums.groups.networks.models import Event, Network
from forums.groups.networks.sharing import sketch_of
from forums.notifications.registry import Group, switch, thing
from forums.sharing.registry import shared_kind

ASKED = switch(
    "asked",
    Group.NETWORKS,
    _("Requests and invitations"),
    _("to networks and organisations you look after"),
)
ANSWERED = switch("answered", Group.NETWORKS, _("Answers to what you asked"))
PART = switch("part", Group.NETWORKS, _("Your part in networks"), _("your role, and who merged"))


@thing("network")
@thing("other")
def networks(member: Any, ids: Collection[int]) -> Mapping[int, Network]:
    """Those she may know of; `other` is a second one in the same line."""
    return Network.objects.visible_to(member).in_bulk(ids)


shared_kind("networks")(sketch_of)


# -- What is held of a person ----------------------------------------------------------------------

acted(Network, "registered_by", "confirmed_by")
acted(Event, "actor", "member")
