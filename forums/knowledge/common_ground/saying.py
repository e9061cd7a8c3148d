"""Whole sentences of the page's head: which round, how far it is, who answered."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.knowledge.common_ground.reading import Reading, Stage
from forums.knowledge.common_ground.strands import people
from forums.knowledge.voting.models import Round
from forums.text.dates import day


def of_round(reading: Reading) -> list[str]:
    """Which round, until when; and, where it may be told, who answered: short pieces, told one after another."""
    if reading.round is None or reading.stage is Stage.EMPTY:
        return []
    said = [_when(reading.round, is_open=reading.is_open)]
    if figures := reading.figures:
        networks = len(figures.heard)
        from_where = ngettext(
            "%(people)s from %(n)d network answered",
            "%(people)s from %(n)d networks answered",
            networks,
        )
        said.append(from_where % {"people": people(figures.people), "n": networks})
        if figures.apart:
            apart = _("%(people)s answered too and count from the next round on")
            said.append(apart % {"people": people(figures.apart)})
    return said


def _when(round_: Round, *, is_open: bool) -> str:
    if is_open:
        said = _("Round %(number)d, open until %(day)s")
        return said % {"number": round_.number, "day": day(round_.closes_at)}
    said = _("Round %(number)d, closed on %(day)s")
    return said % {"number": round_.number, "day": day(round_.closed_at or round_.closes_at)}


def of_the_button(reading: Reading, left: int) -> str:
    """What the one button in marigold says: begin, or how many are left; "" for who has answered all."""
    if reading.access.ballot is None:
        return _("Begin to answer")
    if not left:
        return ""
    return ngettext("Answer %(n)d more", "Answer %(n)d more", left) % {"n": left}


def own_first(reading: Reading) -> str:
    """Above the page that shows nothing yet: first yourself, five."""
    count = reading.own_first
    return ngettext("First yourself: one", "First yourself: %(n)d", count) % {"n": count}
