"""What a file of addresses says, or what is wrong with its lines. Reading touches no table."""

import re
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.base.csv_files import HEADER_WITHIN, NotASheet, rows_in, unguarded
from forums.groups.invitations.addresses import addresses_in, is_address

MAX_BYTES = 1024 * 1024
MAX_LINES = 2_000
MOST = 500  # addresses that are taken
CELL = 400  # characters of a cell that are looked at
BRACKETS = 5  # <…> in it
SHOWN = 60  # characters of it that are kept with a fault

WHY: dict[str, str | Promise] = {
    "none": _("There is no e-mail address in this line."),
    "bad": _("This is no e-mail address."),
    "several": _("There are several addresses. Keep one in a line."),
    "double": _("This address stands in a line above already."),
    "invited": _("This address was invited already, and has not answered yet."),
    "joined": _("Somebody came in by an invitation to this address already."),
    "over": _("This is one too many: up to 500 in a file. Put it into the next."),
}
_SIGNS = re.compile(r"[\W_]+")


class RosterTooLarge(NotASheet):
    status = 413
    message = _("This file is too large. Up to 1 MB and 2,000 lines, please.")


@dataclass(slots=True)
class RosterReading:
    """The addresses of a file by their lines, and its faults as `Roster` keeps them."""

    addresses: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[int, str, str]] = field(default_factory=list)

    def refuse(self, line: int, typed: str, why: str) -> None:
        self.faults.append((line, typed[:SHOWN], why))


def _key(cell: str) -> str:
    return _SIGNS.sub("", cell[:CELL].lower())


_HEADERS = {
    _key(each)
    for each in (
        "อีเมล", "อีเมล์", "อีเมลล์", "อีเมลสมาชิก", "ที่อยู่อีเมล", "ที่อยู่อีเมล์", "เมล", "email",
        "e-mail", "mail", "email address", "e-mail address", "mail address",
    )
}  # fmt: skip


def _known(cells: list[str]) -> int:
    """How many of these cells head a column of addresses."""
    return sum(_key(cell) in _HEADERS for cell in cells)


def read_roster(data: bytes) -> RosterReading:
    """One address a line: from the column that is headed so, else from the one cell with an @.

    Rows above the first address that hold none are a title or headers. Raises NotASheet or RosterTooLarge.
    """
    if len(data) > MAX_BYTES:
        raise RosterTooLarge
    found, column, begun = RosterReading(), None, False
    for count, (line, cells) in enumerate(rows_in(data, _known), start=1):
        if count > MAX_LINES:
            raise RosterTooLarge
        if not begun and count <= HEADER_WITHIN and _known(cells):
            column = next(at for at, cell in enumerate(cells) if _key(cell) in _HEADERS)
            begun = True
            continue
        typed = _typed(cells, column)
        if not begun and count <= HEADER_WITHIN and not typed:
            continue
        begun = True
        _take(found, line, typed, cells)
    return found


def _typed(cells: list[str], column: int | None) -> list[str]:
    """What stands for an address in a row."""
    if column is None:
        holding = [cell for cell in cells if "@" in cell]
    else:
        holding = [cell for cell in cells[column : column + 1] if cell]
    return [each for cell in holding for each in _split(unguarded(cell)[:CELL])]


def _split(cell: str) -> list[str]:
    """The addresses in a cell, or all of it. What has many brackets is none, and costs much to take apart."""
    found = [] if cell.count("<") > BRACKETS else list(addresses_in(cell))
    return found or [cell]


def _take(found: RosterReading, line: int, typed: list[str], cells: list[str]) -> None:
    addresses = list(dict.fromkeys(each.lower() for each in typed))
    if not addresses:
        found.refuse(line, next(filter(None, cells), ""), "none")
    elif len(addresses) > 1:
        found.refuse(line, " ".join(addresses), "several")
    elif not is_address(addresses[0]):
        found.refuse(line, typed[0], "bad")
    elif addresses[0] in found.addresses:
        found.refuse(line, addresses[0], "double")
    elif len(found.addresses) >= MOST:
        found.refuse(line, addresses[0], "over")
    else:
        found.addresses[addresses[0]] = line
