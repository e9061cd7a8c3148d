"""Ledgers as files: CSV in, read whole or refused line by line. How a file is taken apart: forums/base/csv_files.py."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from forums.base.csv_files import (
    HEADER_WITHIN,
    MAX_LINES,
    Fault,
    NotASheet,
    SheetTooLarge,
    rows_in,
    unguarded,
)
from forums.base.errors import BadText
from forums.ledger import parsing
from forums.ledger.columns import Places, known, label_key, places_of

SHOWN_FAULTS = 100
LABEL = 80  # characters of a cell that may call a row a sum
DAY = 100  # characters in which a day with its hour stands

Reading = dict[str, list[Any]]
Entry = dict[str, Any]  # flow, date, source, purpose, amount, document_link: as Line has them


@dataclass(frozen=True, slots=True)
class Table:
    """A file's cells: what heads its columns, and each row below that has any, with the number of its line."""

    header: list[str]
    rows: list[tuple[int, list[str]]]


class UnknownColumns(NotASheet):
    """A table, of which it cannot be told which column is which."""

    def __init__(self, message: str, table: Table) -> None:
        super().__init__(message)
        self.table = table


@dataclass(slots=True)
class Sheet:
    """What a file says: its entries, or what is wrong, the first SHOWN_FAULTS of it in words.

    `reading` tells how it was read: `used`, pairs of a name in COLUMNS and the header; `left`, headers that
    were not; `sums`, pairs of a line and what it says, which were left out.
    """

    reading: Reading = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0


# -- In -----------------------------------------------------------------------------------------


def read_sheet(data: bytes) -> Sheet:
    """What `data`, a CSV file, says. Raises UnknownColumns, NotASheet or SheetTooLarge."""
    table = read_table(data)
    places, trouble = places_of(table.header)
    if trouble:
        raise UnknownColumns(trouble, table)
    return read_rows(table, places)


def read_table(data: bytes) -> Table:
    """The headers of a CSV file and the rows under them. Raises NotASheet or SheetTooLarge."""
    rows = list(rows_in(data, known))
    above = [cells for line, cells in rows if line <= HEADER_WITHIN]
    # The headers we know; else the first row of some cells: a title above the table has one or two.
    of_ours = [at for at, cells in enumerate(above) if known(cells) > 1]
    full = [at for at, cells in enumerate(above) if sum(map(bool, cells)) > 2]
    at = (of_ours or full or [-1])[0]
    if at not in full:
        raise NotASheet(_no_header())
    under = rows[at + 1 :]
    if not under:
        raise NotASheet(
            _("There is no line under the headers of this file. Fill it in, or choose another.")
        )
    if len(under) > MAX_LINES:
        raise SheetTooLarge
    return Table(above[at], under)


def read_rows(table: Table, places: Places) -> Sheet:
    """What a table says, its columns being at `places`. Sums under it or between are left out, and said."""
    sheet = Sheet(reading=_reading(table.header, places))
    read = cache(_cell)  # a day, a kind, a name stand in many lines
    for line, cells in table.rows:
        if total := _total(cells, places):
            sheet.reading["sums"] += [[line, total]]
            continue
        shown = (
            len(sheet.faults) < SHOWN_FAULTS
        )  # then all that is wrong is said, else one fault is enough
        entry, wrong = _entry(cells, places, len(table.header), read, every_fault=shown)
        if wrong:
            sheet.fault_count += 1
            if shown:
                sheet.faults.append(Fault(line, " ".join(wrong)))
        else:
            sheet.entries.append(entry)
    if not sheet.entries and not sheet.fault_count:
        raise NotASheet(
            _("There is no line under the headers of this file. Fill it in, or choose another.")
        )
    sheet.reading["sums"] = sheet.reading["sums"][:SHOWN_FAULTS]
    return sheet


def _reading(header: list[str], places: Places) -> Reading:
    left = [name for place, name in enumerate(header) if name and place not in places.values()]
    used = [[name, header[place]] for name, place in places.items()]
    return {"used": used, "left": left, "sums": []}


def _no_header() -> str:
    return _(
        "No line of headers was found at the top of this file. It needs the columns: date, kind, "
        "from or to whom, what for, amount."
    )


# What stands on the empty side of a book with two columns.
_NOTHING = " -–—.,0๐\u00a0"

_CLOCK = re.compile(
    r"(?<=\d)(?:T|\s+|,\s*)(?:เวลา\s*)?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"\s*(?:Z|[+-]\d{2}:?\d{2}|[AP]\.?M\.?|น\.?)?$",
    re.IGNORECASE,
)
_READ: dict[str, Callable[[str], Any]] = {
    # A program's day has an hour.
    "date": lambda text: parsing.clean_date(_CLOCK.sub("", text) if len(text) <= DAY else text),
    "flow": parsing.clean_flow,
    "source": parsing.clean_source,
    "purpose": parsing.clean_purpose,
    "amount": parsing.clean_amount,
    "document_link": parsing.clean_link,
}


# A row that adds up those above it. It has no day.
_TOTAL = re.compile(
    "(ยอด|ผล|จำนวน)?รวม(ยอด|เงิน|เป็นเงิน|จำนวนเงิน|ทั้งสิ้น|ทั้งหมด|สุทธิ|ราย|รับ|จ่าย|และ|ประจำ|บาท)*((เดือน|ปี|พศ|25|๒๕).*)?"
    "|(ยอด|เงิน)*คงเหลือ(ยกไป|สุทธิ|ทั้งสิ้น)?|(ยอด)?ยกไป|(grand|sub)?totals?(baht|income|expenses?)?|sum|balance"
)


def _total(cells: list[str], places: Places) -> str:
    """What a row calls itself that only adds up others ("" for a row of its own)."""
    at = places["date"]
    day = cells[at] if at < len(cells) else ""
    if day and (day[0].isdigit() or not _TOTAL.fullmatch(label_key(day[:LABEL]))):
        return ""
    keys = label_key("|".join(cell[:LABEL].replace("|", " ") for cell in cells)).split("|")
    labels = zip(cells, keys, strict=False)
    return next((cell[:40] for cell, key in labels if _TOTAL.fullmatch(key)), "")


def _entry(
    cells: list[str],
    places: Places,
    width: int,
    read: Callable[[str, str], tuple[Any, str]],
    *,
    every_fault: bool,
) -> tuple[Entry, list[str]]:
    """One line as Line has it, and what is wrong with it, or with the first wrong cell of it."""
    if len(cells) > width:
        return {}, [
            _(
                "There are more cells than headers. Put an amount with a comma into quotation "
                'marks: "1,234.50".'
            )
        ]
    typed = dict.fromkeys(_READ, "")
    typed |= {name: unguarded(cells[at]) for name, at in places.items() if at < len(cells)}
    if "amount" not in places:
        sides = [(flow, typed.pop(flow)) for flow in ("income", "expense") if flow in typed]
        sides = [side for side in sides if side[1].strip(_NOTHING)]
        if len(sides) != 1:
            return {}, [_("Please fill in either the income or the expense of this line.")]
        typed["flow"], typed["amount"] = sides[0]
    entry: Entry = {}
    wrong: list[str] = []
    for name in _READ:
        entry[name], fault = read(name, typed[name])
        if fault:
            wrong.append(fault)
            if not every_fault:
                break
    return entry, wrong


def _cell(column: str, typed: str) -> tuple[Any, str]:
    """What a cell of this column says, and what is wrong with it."""
    try:
        return _READ[column](typed), ""
    except BadText as error:
        return None, _said(typed, str(error.message))


def _said(typed: str, message: str) -> str:
    typed = typed.strip()
    return f"“{typed[:40]}{'…' if len(typed) > 40 else ''}”: {message}" if typed else message
