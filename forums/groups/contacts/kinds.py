"""What is held here of a person, and what becomes of it when she leaves (`forums.base.personal`)."""

from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Leaves, holds
from forums.groups.contacts.models import Office

holds(
    Office,
    "member",
    what=gettext_lazy("Duties in networks that name you"),
    area=Area.NETWORKS,
    leaves=Leaves.DELETED,
    also=("network__name",),
)
