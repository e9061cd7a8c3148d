"""What is held of a person who guessed, and what is told anew by itself."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from forums.base.personal import Area, Leaves, Until, holds
from forums.knowledge.guesses.actions import tell_acquaintances
from forums.knowledge.guesses.models import GuessProgress
from forums.notifications.registry import scheduled

holds(
    GuessProgress,
    "member",
    what=_("How many times you guessed in a round; what you guessed is kept without you"),
    area=Area.WRITTEN,
    leaves=Leaves.DELETED,
    until=Until.STAYS.label,
    also=("round__topic_id",),
)


@scheduled("how well networks know each other")
def tell(_now: datetime) -> None:
    tell_acquaintances()
