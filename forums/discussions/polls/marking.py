"""What may stand on a ballot."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.base.errors import BadText
from forums.discussions.polls.models import Poll, PollKind
from forums.discussions.polls.tallies import YES


def refuse_unfit(poll: Poll, marks: Sequence[int]) -> None:
    """Raise BadText for marks that are no answer to this poll."""
    size = len(poll.options)
    highest = {PollKind.RANKED: size, PollKind.DATE: YES}.get(PollKind(poll.kind), 1)
    if len(marks) != size or not all(0 <= mark <= highest for mark in marks):
        raise BadText(_("This is no answer to this poll. Please choose again."))
    chosen = sum(mark > 0 for mark in marks)
    match poll.kind:
        case PollKind.ONE if chosen != 1:
            raise BadText(_("Please choose one."))
        case PollKind.SEVERAL if not poll.least <= chosen <= poll.most:
            raise BadText(f"{_how_many(poll)} {_chosen(chosen)}")
        case PollKind.RANKED if not chosen:
            raise BadText(_("Give at least one of them a rank."))


def how_many(poll: Poll) -> str:
    """How many may be chosen, as it is said above them."""
    return _how_many(poll) if poll.kind == PollKind.SEVERAL else ""


def _how_many(poll: Poll) -> str:
    least, most = poll.least, poll.most
    if least == most:
        return ngettext("Choose %(most)d.", "Choose %(most)d of them.", most) % {"most": most}
    if least == 1:
        return _("Choose up to %(most)d.") % {"most": most}
    return _("Choose %(least)d to %(most)d.") % {"least": least, "most": most}


def _chosen(count: int) -> str:
    return ngettext("You chose %(count)d.", "You chose %(count)d.", count) % {"count": count}
