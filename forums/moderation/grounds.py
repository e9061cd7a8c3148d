"""What a decision rests on, as actions are given it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from forums.base.errors import NotAllowed
from forums.base.limits import fitting_line
from forums.discussions.boards.models import Board
from forums.groups.memberships.models import forget_roles
from forums.moderation.models import REASON_LENGTH, TRAITS, Act
from forums.moderation.parties import refuse_party
from forums.moderation.permissions import can_keep_order, can_moderate

if TYPE_CHECKING:
    from accounts.models import Member
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


def asked(moderator: "Member | None", reason: str, board: Board | None = None) -> Grounds:
    """The reason, cleaned. Raises NotAllowed for one who does not moderate, BadText for no reason.

    With `board` the moderators of its network may too, as their roles are now: its topic is locked. None: a rule decides.
    """
    if moderator is None:
        return clean_reason(reason)
    if board is not None:
        forget_roles(moderator)
    may = can_moderate(moderator) if board is None else can_keep_order(moderator, board)
    if not may:
        raise NotAllowed
    return clean_reason(reason)


def refuse_undoing(
    act: Act, moderator: "Member | None", target: Any, *, thing: Any = None, **about: Any
) -> None:
    """Raise NotAllowed when somebody takes back what another, or a rule, decided about what is her own; and when a
    network's moderator takes back what the site's decided, which is not what a rule did.

    `thing`: what it was decided about, where that is a part of `target` and somebody else's.
    """
    if moderator is None:
        return
    undone = [each for each in (TRAITS[act].undoes, TRAITS[act].undoes_too) if each is not None]
    before = target.decisions.filter(act=act, **about).order_by("-pk").values("pk")[:1]
    since = Q(pk__gt=Coalesce(Subquery(before), 0))
    decided = target.decisions.filter(since, act__in=undone, **about).order_by("-pk")
    makers = list(decided.values_list("moderator", "details"))
    if any(maker != moderator.pk for maker, _details in makers):
        refuse_party(moderator, thing or target)
    if can_moderate(moderator) or not makers:
        return
    maker, details = makers[0]
    if maker is not None and "network" not in details:
        raise NotAllowed(_("The site's moderators decided this, and only they take it back."))
