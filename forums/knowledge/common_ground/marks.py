"""What is said of a statement beside its figures: its mark, the trials it fails, and what is still missing."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.knowledge.opinions.firmness import Trial
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.results.figures import StatementFigures
from forums.text.dates import exactly

FIRM, FRAGILE = "firm", "fragile"
_FAILS = {
    Trial.WITHOUT_A_GROUP: gettext_lazy("Without one of the networks it would not pass."),
    Trial.WITHOUT_THE_ACTIVE: gettext_lazy("Without the five who answered most it would not pass."),
    Trial.BEFORE_THE_MARK: gettext_lazy(
        "By the answers from before this mark stood here it would not pass."
    ),
    Trial.SAME_BALLOTS_ONCE: gettext_lazy(
        "Were answers that are alike in everything counted once, it would not pass."
    ),
    Trial.WITHOUT_A_TWENTIETH: gettext_lazy(
        "Were one in twenty who answered here a stranger, it would not pass."
    ),
}


def shown(figures: StatementFigures) -> str:
    """Its mark, unless what stands above it says otherwise: one that is being lost stays a day, but not under "they differ"."""
    return "" if figures.finding in (Finding.DIFFERS, Finding.UNSURE) else figures.mark


def why(figures: StatementFigures) -> str:
    """What stands behind the mark: that it passes without any one network, or what it fails."""
    if figures.mark == FIRM:
        return _("They agree, whichever network is left out.")
    return " ".join(str(_FAILS[Trial(name)]) for name in figures.failed)


def missing(figures: StatementFigures, *, is_over: bool) -> str:
    """What a statement lacks to be told of, or, shared, to bear a mark; "" where nothing is. `is_over`: its round is, and
    nothing comes any more."""
    if figures.finding is Finding.UNHEARD:
        if is_over:
            return _("In this round, five people answered it from one network at most.")
        return _("Still missing: at least two networks, of each five people who answered.")
    if figures.finding is Finding.SHARED and not figures.mark:
        if is_over:
            return _("No mark: when the round closed, they had not agreed clearly for a whole day.")
        if figures.due_at:
            due = exactly(datetime.fromisoformat(figures.due_at))
            return _("No mark yet: it comes on %(when)s if it stays so.") % {"when": due}
        return _("No mark yet: for a whole day each network must agree clearly.")
    return ""
