"""What is held here of a person, and what becomes of it when she leaves (`forums.base.personal`)."""

from django.utils.translation import gettext_lazy

from forums.activities.models import CalendarKey
from forums.base.personal import Area, Leaves, holds

holds(
    CalendarKey,
    "member",
    what=gettext_lazy("The address of your calendar"),
    area=Area.READING,
    leaves=Leaves.DELETED,
    but=("secret",),
)
