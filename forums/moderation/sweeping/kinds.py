"""What the house holds by sweeps."""

from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Basis, Leaves, Until, holds, moderated
from forums.moderation.sweeping.models import Sweep

holds(
    Sweep,
    "member",
    what=gettext_lazy("What moderators took out of sight at once because it was spam"),
    area=Area.ORDER,
    leaves=Leaves.KEPT,
    basis=Basis.INTEREST,
    until=Until.ORDERLY.label,
    but=["posts", "topics", "parts", "entries"],
)
moderated(Sweep, "moderator", "undone_by")
