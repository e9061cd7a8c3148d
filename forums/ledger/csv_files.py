"""Ledgers as files: CSV out, for Excel to open, and CSV in, read whole or refused line by line.

Reading touches no table. The columns are found by their headers, in Thai or English, in any order;
income and expense may stand in a column each, as village books have them, or in one with its kind.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from forums.base.errors import BadText, ForumError
from forums.ledger import parsing
from forums.text.thai import norm

MAX_BYTES = 5 * 1024 * 1024
MAX_LINES = 10_000
SHOWN_FAULTS = 100
HEADER_WITHIN = 10  # lines: a title may stand above the table

MAX_COLUMNS = 50
HEAD = 20_000  # characters in which the headers stand
SHOWN_NAMES = 6

Places = dict[str, int]  # where a column of COLUMNS stands in the file, counted from 0
Reading = dict[str, list[Any]]
Entry = dict[str, Any]  # flow, date, source, purpose, amount, document_link: as Line has them


class NotASheet(ForumError):
    status = 400
    message: str | Promise = gettext_lazy(
        "This file is no CSV file we can read. In Excel choose Save as, then "
        "“CSV UTF-8 (Comma delimited)”."
    )


class SheetTooLarge(NotASheet):
    status = 413
    message = gettext_lazy("This file is too large. Up to 5 MB and 10,000 lines, please.")


@dataclass(frozen=True, slots=True)
class Fault:
    line: int  # as an editor counts them, from 1
    message: str


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


_HEADERS = {
    "date": ("วันที่", "วันเดือนปี", "ว/ด/ป", "ว.ด.ป.", "วันที่ทำรายการ", "date", "day", "transaction date"),
    "flow": ("ประเภท", "รับหรือจ่าย", "รับ/จ่าย", "รายรับ/รายจ่าย", "kind", "type"),
    "source": (
        "รับจาก/จ่ายให้", "ผู้รับ/ผู้จ่าย", "รับจากหรือจ่ายให้", "รับจาก", "จ่ายให้", "จากหรือถึงใคร", "จาก/ถึง", "แหล่งที่มา", "ที่มา",
        "ผู้จ่าย/ผู้รับ", "ผู้รับเงิน/ผู้จ่ายเงิน", "ผู้รับหรือผู้จ่าย", "ผู้รับ", "ผู้จ่าย", "ผู้รับเงิน", "ผู้จ่ายเงิน",
        "ชื่อ", "ชื่อผู้รับ/ผู้จ่าย", "payee", "payer", "payee/payer", "name", "from", "to",
        "from or to whom", "from/to", "source",
    ),
    "purpose": (
        "เพื่ออะไร", "รายการ", "รายละเอียด", "วัตถุประสงค์", "ใช้เพื่อ", "what for", "purpose", "item",
        "description",
    ),
    "amount": ("จำนวนเงิน (บาท)", "จำนวนเงิน", "จำนวน", "บาท", "amount (baht)", "amount", "baht"),
    "income": (
        "รายรับ", "รับ", "รายรับ (บาท)", "เงินเข้า", "รายได้", "ฝาก", "จำนวนเงินรับ", "income", "income (baht)", "in",
        "money in", "received", "deposit",
    ),
    "expense": (
        "รายจ่าย", "จ่าย", "รายจ่าย (บาท)", "เงินออก", "ค่าใช้จ่าย", "ถอน", "จำนวนเงินจ่าย", "expense", "expense (baht)",
        "out", "money out", "paid", "withdrawal",
    ),
    "document_link": ("ลิงก์หลักฐาน", "หลักฐาน", "เอกสาร", "ลิงก์", "link to the document", "document", "link"),
}  # fmt: skip

# What a file that goes out is headed with; the file in another language is read back as well.
TITLES = {
    "th": ["วันที่", "ประเภท", "รับจาก/จ่ายให้", "รายการ", "จำนวนเงิน (บาท)", "ลิงก์หลักฐาน"],
    "en": ["Date", "Kind", "From or to whom", "What for", "Amount (baht)", "Link to the document"],
}


def _header_key(text: str) -> str:
    return re.sub(r"[\s().:*]+", "", norm(text))


_COLUMN = {_header_key(name): column for column, names in _HEADERS.items() for name in names}
# What a column is called here; all there are, in the order they are asked for.
COLUMNS = {
    "date": gettext_lazy("date"),
    "source": gettext_lazy("from or to whom"),
    "purpose": gettext_lazy("what for"),
    "income": gettext_lazy("income (baht)"),
    "expense": gettext_lazy("expense (baht)"),
    "amount": gettext_lazy("amount (baht)"),
    "flow": gettext_lazy("income or expense"),
    "document_link": gettext_lazy("link to the document"),
}


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
    text = _decoded(data)
    rows = [row for row in _rows(text, _delimiter(text)) if row[1]]
    above = [cells for line, cells in rows if line <= HEADER_WITHIN]
    # The headers we know; else the first row of some cells: a title above the table has one or two.
    known = [at for at, cells in enumerate(above) if _known(cells) > 1]
    full = [at for at, cells in enumerate(above) if sum(map(bool, cells)) > 2]
    at = (known or full or [-1])[0]
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
    for line, cells in table.rows:
        if total := _total(cells, places):
            sheet.reading["sums"] += [[line, total]]
            continue
        entry, wrong = _entry(cells, places, len(table.header))
        if wrong:
            sheet.fault_count += 1
            if len(sheet.faults) < SHOWN_FAULTS:
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


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise SheetTooLarge
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NotASheet(
            _(
                "This is a workbook of Excel. Open it, choose Save as, then "
                "“CSV UTF-8 (Comma delimited)”, and send that file."
            )
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]  # “Unicode text” of Excel
    else:
        encodings = ["utf-8-sig", "cp874"]  # Windows-874 holds all of TIS-620
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f]", text):
            return text
    raise NotASheet


def _known(cells: list[str]) -> int:
    return sum(_header_key(cell) in _COLUMN for cell in cells)


def _delimiter(text: str) -> str:
    """Comma, semicolon or tab: whichever makes the most headers known, or else the most cells."""
    head = "\n".join(text[:HEAD].splitlines()[:HEADER_WITHIN])

    def found(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(io.StringIO(head), delimiter=delimiter))
        except csv.Error:
            return 0, 0
        return max(map(_known, rows), default=0), max(map(len, rows), default=0)

    return max(",;\t", key=found)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line it begins on; no empty cells at its end, none at all when it is empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    count = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise NotASheet(
                _("From line %(line)d on the quotation marks of this file do not match.")
                % {"line": line}
            ) from error
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise NotASheet(_("This file has more than %(most)d columns.") % {"most": MAX_COLUMNS})
        count += bool(cells)
        if count > MAX_LINES + HEADER_WITHIN:
            raise SheetTooLarge
        yield line, cells


def places_of(header: list[str]) -> tuple[Places, str]:
    """Where each column of ours stands, as far as the headers say, and what they do not say ("" for nothing)."""
    columns = [_COLUMN.get(_header_key(cell), "") for cell in header]
    twice = [name for name in dict.fromkeys(columns) if name and columns.count(name) > 1]
    places = {name: columns.index(name) for name in COLUMNS if columns.count(name) == 1}
    return places, what_is_missing(places, twice)


def what_is_missing(places: Places, twice: Iterable[str] = ()) -> str:
    """What keeps a table from being read with these columns, in words, with headers that would do; "" for nothing."""
    sides = {"income", "expense"} & places.keys()
    missing = [name for name in ("date", "source", "purpose") if name not in places]
    if "amount" in places and "flow" not in places:
        missing.append("flow")
    if "amount" not in places and not sides:
        missing.append("amount")
    if missing := [name for name in missing if name not in twice]:
        return " ".join(
            _("No column says “%(column)s”. Headers that would do: %(names)s.")
            % {"column": COLUMNS[name], "names": ", ".join(names_for(name))}
            for name in missing
        )
    if twice:
        names = ", ".join(str(COLUMNS[name]) for name in twice)
        return _("More than one column seems to say: %(names)s.") % {"names": names}
    if "amount" in places and sides:
        return _(
            "There is a column for amounts, and one for income or expense: only one of both, please."
        )
    return ""


def names_for(column: str) -> list[str]:
    """Headers this column is known by, the usual ones, in the reader's script first."""
    thai = get_language() == "th"
    return sorted(_HEADERS[column], key=lambda name: name.isascii() == thai)[:SHOWN_NAMES]


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
    "date": lambda text: parsing.clean_date(_CLOCK.sub("", text)),  # a program's day has an hour
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
    if day and not _TOTAL.fullmatch(_header_key(day)):
        return ""
    return next((cell[:40] for cell in cells if _TOTAL.fullmatch(_header_key(cell))), "")


def _entry(cells: list[str], places: Places, width: int) -> tuple[Entry, list[str]]:
    """One line as Line has it, and what is wrong with it."""
    if len(cells) > width:
        return {}, [
            _(
                "There are more cells than headers. Put an amount with a comma into quotation "
                'marks: "1,234.50".'
            )
        ]
    typed = dict.fromkeys(_READ, "")
    typed |= {name: _unguarded(cells[at]) for name, at in places.items() if at < len(cells)}
    if "amount" not in places:
        sides = [(flow, typed.pop(flow)) for flow in ("income", "expense") if flow in typed]
        sides = [side for side in sides if side[1].strip(_NOTHING)]
        if len(sides) != 1:
            return {}, [_("Please fill in either the income or the expense of this line.")]
        typed["flow"], typed["amount"] = sides[0]
    entry: Entry = {}
    wrong: list[str] = []
    for name, read in _READ.items():
        try:
            entry[name] = read(typed[name])
        except BadText as error:
            wrong.append(_said(typed[name], str(error.message)))
    return entry, wrong


def _said(typed: str, message: str) -> str:
    typed = typed.strip()
    return f"“{typed[:40]}{'…' if len(typed) > 40 else ''}”: {message}" if typed else message


# -- Out ----------------------------------------------------------------------------------------

_FORMULA = "=+-@＝＋－＠\t\r"


def _guarded(cell: str) -> str:
    """A cell no spreadsheet takes for a formula: what begins like one gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(tuple(_FORMULA)) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple(_FORMULA) else cell


class _Echo:
    def write(self, text: str) -> str:
        return text


def written(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """CSV, row by row, beginning with the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([_guarded(cell) for cell in row])
