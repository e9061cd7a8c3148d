"""Who a network is, on its first page: printed anew only when something of it is called otherwise, as what stands beside
lists is (`front/home/beside.py`). And the lines of its timeline, by shape, as posts are (decision 010).
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.provinces import PROVINCE_NAMES
from forums.front.networks.parts import OverviewRow, Parts, made
from forums.front.networks.sentences import SentenceRow
from forums.groups.networks.models import Network
from forums.text import dates
from forums.text.render import filled, stand_ins, trusted


def lines(told: Iterable[SentenceRow]) -> SafeString:
    """Of a timeline, one after the other; '' for none."""
    language = get_language() or ""
    return trusted(
        "".join(
            filled(
                _line(language, bool(line.about)),
                {"day": line.day, "text": line.text, "about": line.about, "url": line.url},
            )
            for line in told
        )
    )


@lru_cache(maxsize=8)
def _line(_language: str, has_about: bool) -> str:
    """Its template with `{name}` for every value."""
    line = {**stand_ins("day", "text", "url"), "about": "{about}" if has_about else ""}
    return render_to_string("networks/_line.html", {"line": line})


class Printed(NamedTuple):
    """As HTML: the facts beside its text; who does what in it and which organisations are in it, below."""

    facts: SafeString
    structure: SafeString


class _Said(NamedTuple):
    """What the facts say of the network itself."""

    since: str
    provinces: tuple[tuple[str, str], ...]
    nationwide: bool
    member_count: int
    organisation_count: int
    confirmed_at: datetime
    is_stale: bool


def printed(network: Network, found: Parts) -> Printed:
    """Of these parts, as they are shown to who asks."""
    since = dates.month(network.since_year, network.since_month) if network.since_year else ""
    codes = [code for code in network.provinces if code in PROVINCE_NAMES]
    said = _Said(
        since=since,
        provinces=tuple((code, PROVINCE_NAMES[code]) for code in codes),
        nationwide=network.nationwide,
        member_count=network.member_count,
        organisation_count=network.organisation_count,
        confirmed_at=network.confirmed_at,
        is_stale=network.is_stale,
    )
    language, today = get_language() or "", timezone.localdate()  # a duty is past from a day on
    return _printed(language, today, found.rows, network.home_id, said)


@lru_cache(maxsize=256)
def _printed(
    _language: str, _today: date, rows: tuple[OverviewRow, ...], home_id: int | None, said: _Said
) -> Printed:
    context = {"parts": made(rows, home_id), "network": said, **said._asdict()}
    facts, structure = (
        render_to_string(f"networks/_{part}.html", context) for part in Printed._fields
    )
    return Printed(facts, structure)
