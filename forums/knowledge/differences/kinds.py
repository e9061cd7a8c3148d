"""What is held of a person who said what kind of difference it is."""

from django.utils.translation import gettext_lazy as _

from forums.base.personal import Area, Leaves, Until, holds
from forums.knowledge.differences.models import DifferenceAnswer

holds(
    DifferenceAnswer,
    "member",
    what=_("What kind of difference you said it is; no other member sees it"),
    area=Area.WRITTEN,
    leaves=Leaves.DELETED,
    until=Until.STAYS.label,
    also=("statement__body",),
)
