"""What is held here of a person, and what becomes of it when she leaves (`forums.base.personal`)."""

from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Leaves, holds
from forums.discussions.standpoints.models import Standpoint

holds(
    Standpoint,
    "member",
    what=gettext_lazy("From where you spoke last in a topic"),
    area=Area.WRITTEN,
    leaves=Leaves.DELETED,
)
