"""What is held of a person who voted."""

from django.utils.translation import gettext_lazy as _

from forums.base.personal import Area, Leaves, Until, acted, holds
from forums.knowledge.voting.actions import take_votes_back
from forums.knowledge.voting.models import Ballot, Round, StatementVote

_WHAT = _("How you answered statements; nobody else sees it")

holds(
    Ballot,
    "member",
    what=_WHAT,
    area=Area.WRITTEN,
    leaves=Leaves.DELETED,
    until=Until.STAYS.label,
    also=("round__topic_id",),
    eraser=take_votes_back,
)
holds(
    StatementVote,
    "ballot__member",
    what=_WHAT,
    area=Area.WRITTEN,
    leaves=Leaves.DELETED,
    until=Until.STAYS.label,
    also=("statement__body",),
    eraser=take_votes_back,
)
acted(Round, "opened_by")
