"""What is held here of a person, and what becomes of it when she leaves (`forums.base.personal`)."""

from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Basis, Leaves, Until, holds, moderated
from forums.moderation.queue.models import Case

holds(
    Case,
    "about",
    what=gettext_lazy("What waited for moderators and was about you"),
    area=Area.ORDER,
    leaves=Leaves.KEPT,
    basis=Basis.INTEREST,
    until=Until.ORDERLY.label,
    copied=False,
)
moderated(Case, "taken_by", "ended_by")
