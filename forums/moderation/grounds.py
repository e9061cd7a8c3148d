"""What a decision rests on, as actions are given it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from forums.base.limits import fitting_line
from forums.moderation.models import REASON_LENGTH

if TYPE_CHECKING:
    from forums.moderation.rules.models import HouseRule


class Grounds(str):
    """Why something is decided: the words, the house rule they rest on, and until when it holds. Every action takes it for
    its `reason`; plain words rest on no rule."""

    rule: "HouseRule | None"
    until: datetime | None

    def __new__(
        cls, words: str, rule: "HouseRule | None" = None, until: datetime | None = None
    ) -> "Grounds":
        grounds = super().__new__(cls, words)
        grounds.rule, grounds.until = rule, until
        return grounds

    @classmethod
    def of(cls, reason: str) -> "Grounds":
        """The reason, whatever it was given as."""
        return reason if isinstance(reason, cls) else cls(reason)


def clean_reason(reason: str) -> Grounds:
    """The reason as it is stored. Raises BadText when nothing visible is left, or too much is."""
    nothing = _("Please say why: the reason stands in the public log.")
    given = Grounds.of(reason)
    return Grounds(fitting_line(given, REASON_LENGTH, nothing=nothing), given.rule, given.until)
