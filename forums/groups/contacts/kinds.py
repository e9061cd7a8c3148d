"""What is held here of a person, and what becomes of it when she leaves (`forums.base.personal`); which numbers are public."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy

from forums.base.asking_first import publicly_known
from forums.base.personal import Area, Leaves, holds
from forums.groups.contacts.actions import forget_holder
from forums.groups.contacts.models import Contact, Office, telling_end
from forums.groups.networks.models import NETWORK_SHOWN, Audience
from forums.text.personal_data import keys_in

_TELLING = 8  # digits at the end of a number

holds(
    Office,
    "member",
    what=gettext_lazy("Duties in networks that name you"),
    area=Area.NETWORKS,
    leaves=Leaves.NAMELESS,
    eraser=forget_holder,
    also=("network__name",),
)


@publicly_known
def _told_by_networks(keys: Collection[str]) -> set[str]:
    """Those that a network's own page tells everyone."""
    ends = [key if "@" in key else key[-_TELLING:] for key in keys]
    told = Contact.objects.filter(NETWORK_SHOWN.q(None, "network__"), audience=Audience.EVERYONE)
    values = told.alias(end=telling_end()).filter(end__in=ends).values_list("value", flat=True)
    return {key for value in values for key in keys_in(value) if key in keys}
