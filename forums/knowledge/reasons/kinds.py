"""What is held of a person who gave a reason."""

from django.utils.translation import gettext_lazy as _

from forums.base.personal import Area, Leaves, Until, holds
from forums.knowledge.reasons.actions import forget_reasons
from forums.knowledge.reasons.models import StatementReason

holds(
    StatementReason,
    "member",
    what=_("Of which comments you said that they say why, about which statement"),
    area=Area.WRITTEN,
    leaves=Leaves.AS_CHOSEN,
    until=Until.BACK.label,
    also=("statement__body",),
    eraser=forget_reasons,
)
