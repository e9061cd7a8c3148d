"""The lines a look shows, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Member
from forums.base.constant_sql import select_planned
from forums.base.keyset import MOMENT, NUMBER, Keyset, Page, Place
from forums.privacy.traffic.days import TABLE
from forums.privacy.traffic.models import TrafficLook

SIZE = 100
NEWEST = Keyset({"at": MOMENT, "number": NUMBER}, falling=True, onward="before")


@dataclass(frozen=True, slots=True)
class TrafficRow:
    """A line, with the handle its account bears now ('' for a visitor, and for who is no more)."""

    at: datetime
    number: int
    address: str
    port: int | None
    account: int | None
    kind: str
    handle: str


def lines_of(look: TrafficLook, query: Any) -> Page[TrafficRow]:
    """A page of what was looked for; Http404 for a mangled place."""
    place = NEWEST.place(query)
    return NEWEST.page_of(_rows(look, place), place, size=SIZE)


def all_lines_of(look: TrafficLook) -> Iterator[TrafficRow]:
    """All of it, a page at a time."""
    place: Place | None = None
    while rows := _rows(look, place):
        yield from rows[:SIZE]
        if len(rows) <= SIZE:
            return
        place = Place((rows[SIZE - 1].at, rows[SIZE - 1].number))


def _rows(look: TrafficLook, place: Place | None) -> list[TrafficRow]:
    wanted: dict[str, Any] = {"since": look.since, "until": look.until, "most": SIZE + 1}
    where = ["e.at >= %(since)s", "e.at < %(until)s"]
    if look.account is not None:
        where.append("e.account = %(account)s")
        wanted["account"] = look.account
    if look.net:
        where.append("e.address <<= %(net)s::inet")
        wanted["net"] = look.net
    if place is not None:
        where.append(NEWEST.beyond_sql(["e.at", "e.number"], place))
        wanted |= NEWEST.values_sql(place)
    found = select_planned(
        "SELECT e.at, e.number, host(e.address), e.port, e.account, e.kind "  # noqa: S608 - constants
        f"FROM {TABLE} e WHERE {' AND '.join(where)} "
        f"ORDER BY {NEWEST.order_sql(['e.at', 'e.number'], place)} LIMIT %(most)s",
        **wanted,
    )
    accounts = {row[4] for row in found if row[4] is not None}
    handles = dict(Member.objects.filter(pk__in=accounts).values_list("pk", "handle"))
    return [
        TrafficRow(at, number, address or "", port, account, kind, handles.get(account, ""))
        for at, number, address, port, account, kind in found
    ]
