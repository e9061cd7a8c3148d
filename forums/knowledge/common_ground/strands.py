"""Lines of beads: of one network, how many of ten; printed by shape, for a page holds a hundred (decision 010)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from forums.groups.networks.references import NetworkRef
from forums.knowledge.results.beads import Beads
from forums.knowledge.results.figures import ROUGH, NetworkPart, NetworkShare
from forums.text.render import filled, stand_ins, trusted


class Measured(Enum):
    """What the figure at the end of a line counts."""

    AGREE = "agree"
    PASS = "pass"  # noqa: S105 - an answer
    FOUND = "found"  # those who agree with one of the few at least


def figure(what: Measured, percent: int, *, about: bool) -> str:
    """85% agree; about, of few people."""
    return _figure(get_language() or "", what, percent, about)


@lru_cache(maxsize=2048)
def _figure(_language: str, what: Measured, percent: int, about: bool) -> str:
    said: dict[tuple[Measured, bool], Callable[[], str]] = {
        (Measured.AGREE, False): lambda: _("%(percent)d%% agree"),
        (Measured.AGREE, True): lambda: _("about %(percent)d%% agree"),
        (Measured.PASS, False): lambda: _("%(percent)d%% passed"),
        (Measured.PASS, True): lambda: _("about %(percent)d%% passed"),
        (Measured.FOUND, False): lambda: _("%(percent)d%% are in it"),
        (Measured.FOUND, True): lambda: _("about %(percent)d%% are in it"),
    }
    return said[what, about]() % {"percent": percent}


def people(count: int) -> str:
    """23 people."""
    return _people(get_language() or "", count)


@lru_cache(maxsize=2048)
def _people(_language: str, count: int) -> str:
    return ngettext("%(n)d person", "%(n)d people", count) % {"n": count}


class Strands:
    """Lines for one page, which draws each pattern of ten beads once: `drawings`, known when all lines are made."""

    def __init__(self, networks: dict[int, NetworkRef]) -> None:
        self.networks = networks
        self.drawings: set[Beads] = set()

    def of_shares(self, shares: Iterable[NetworkShare], what: Measured) -> SafeString:
        """How each of some networks answered a statement."""
        return trusted(
            "".join(
                self._line(
                    share.network,
                    Beads.of_share(share),
                    figure(
                        what,
                        share.passed if what is Measured.PASS else share.agree,
                        about=share.is_about,
                    ),
                    share.people,
                )
                for share in shares
            )
        )

    def of_parts(self, parts: Iterable[NetworkPart]) -> SafeString:
        """Who of each network finds herself in the few shown."""
        return trusted(
            "".join(
                self._line(
                    part.network,
                    Beads.of_part(part.percent),
                    figure(Measured.FOUND, part.percent, about=part.people < ROUGH),
                    part.people,
                )
                for part in parts
            )
        )

    def _line(self, network: int, beads: Beads, said: str, count: int) -> SafeString:
        self.drawings.add(beads)
        named = self.networks[network]
        values = {
            "name": named.name,
            "colour": named.colour,
            "emblem": named.emblem,
            "beads": beads.key,
            "figure": said,
            "people": people(count),
        }
        return filled(_shape(get_language() or ""), values)


@lru_cache(maxsize=4)
def _shape(_language: str) -> str:
    names = ("name", "colour", "emblem", "beads", "figure", "people")
    return render_to_string("common_ground/_strand.html", stand_ins(*names))
