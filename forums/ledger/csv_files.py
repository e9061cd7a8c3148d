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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.errors import BadText, ForumError
from forums.ledger import parsing
from forums.text.thai import norm

MAX_BYTES = 5 * 1024 * 1024
MAX_LINES = 10_000
SHOWN_FAULTS = 100
HEADER_WITHIN = 10  # lines: a title may stand above the table

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


@dataclass(slots=True)
class Sheet:
    """What a file says: its entries, or what is wrong, the first SHOWN_FAULTS of it in words."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0


_HEADERS = {
    "date": ("วันที่", "วันเดือนปี", "date", "day"),
    "flow": ("ประเภท", "รับหรือจ่าย", "รับ/จ่าย", "kind", "type"),
    "source": (
        "รับจากหรือจ่ายให้", "รับจาก/จ่ายให้", "รับจาก", "จ่ายให้", "จากหรือถึงใคร", "จาก/ถึง", "แหล่งที่มา", "ที่มา",
        "from or to whom", "from/to", "source",
    ),
    "purpose": (
        "เพื่ออะไร", "รายการ", "รายละเอียด", "วัตถุประสงค์", "ใช้เพื่อ", "what for", "purpose", "item",
        "description",
    ),
    "amount": ("จำนวนเงิน (บาท)", "จำนวนเงิน", "จำนวน", "บาท", "amount (baht)", "amount", "baht"),
    "income": ("รายรับ", "รับ", "รายรับ (บาท)", "income", "income (baht)"),
    "expense": ("รายจ่าย", "จ่าย", "รายจ่าย (บาท)", "expense", "expense (baht)"),
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
_NAMES = {
    "date": gettext_lazy("date"),
    "source": gettext_lazy("from or to whom"),
    "purpose": gettext_lazy("what for"),
    "amount": gettext_lazy("amount (baht)"),
}


# -- In -----------------------------------------------------------------------------------------


def read_sheet(data: bytes) -> Sheet:
    """What `data`, a CSV file, says. Raises NotASheet or SheetTooLarge."""
    text = _decoded(data)
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    columns = _find_header(rows)
    sheet = Sheet()
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(sheet.entries) + sheet.fault_count >= MAX_LINES:
            raise SheetTooLarge
        entry, wrong = _entry(cells, columns)
        if wrong:
            sheet.fault_count += 1
            if len(sheet.faults) < SHOWN_FAULTS:
                sheet.faults.append(Fault(line, " ".join(wrong)))
        else:
            sheet.entries.append(entry)
    if not sheet.entries and not sheet.fault_count:
        raise NotASheet(_("There is no line under the headers of this file."))
    return sheet


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


def _delimiter(text: str) -> str:
    """Comma, semicolon or tab: whichever makes the most headers known."""

    def known(delimiter: str) -> int:
        head = "\n".join(text.splitlines()[:HEADER_WITHIN])
        rows = csv.reader(io.StringIO(head), delimiter=delimiter)
        try:
            return max((sum(_header_key(c) in _COLUMN for c in row) for row in rows), default=0)
        except csv.Error:
            return 0

    return max(",;\t", key=known)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise NotASheet(
                _("From line %(line)d on the quotation marks of this file do not match.")
                % {"line": line}
            ) from error


def _find_header(rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    """The names of the columns, '' for one that is not ours; `rows` go on below the header."""
    for line, cells in rows:
        columns = [_COLUMN.get(_header_key(cell), "") for cell in cells]
        money = {"amount", "income", "expense"} & set(columns)
        if "date" in columns and money:
            break
        if line >= HEADER_WITHIN:
            break
    else:
        raise NotASheet(_no_header())
    if not ("date" in columns and money):
        raise NotASheet(_no_header())
    twice = [name for name in set(columns) - {""} if columns.count(name) > 1]
    missing = [str(_NAMES[name]) for name in ("source", "purpose") if name not in columns]
    if "amount" in columns and "flow" not in columns:
        missing.append(_("income or expense"))
    if "amount" in columns and len(money) > 1:
        twice.append("amount")
    if twice or missing:
        raise NotASheet(
            _("A column is missing: %(names)s.") % {"names": ", ".join(missing)}
            if missing
            else _("Two columns of this file have the same header.")
        )
    return columns


def _no_header() -> str:
    return _(
        "No line of headers was found at the top of this file. It needs the columns: date, kind, "
        "from or to whom, what for, amount."
    )


# What stands on the empty side of a book with two columns.
_NOTHING = " -–—.,0๐\u00a0"

_READ: dict[str, Callable[[str], Any]] = {
    "date": parsing.clean_date,
    "flow": parsing.clean_flow,
    "source": parsing.clean_source,
    "purpose": parsing.clean_purpose,
    "amount": parsing.clean_amount,
    "document_link": parsing.clean_link,
}


def _entry(cells: list[str], columns: list[str]) -> tuple[Entry, list[str]]:
    """One line as Line has it, and what is wrong with it."""
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        return {}, [
            _(
                "There are more cells than headers. Put an amount with a comma into quotation "
                'marks: "1,234.50".'
            )
        ]
    typed = dict.fromkeys(_READ, "")
    typed |= {name: _unguarded(cell) for name, cell in zip(columns, cells, strict=False) if name}
    if "amount" not in columns:
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
