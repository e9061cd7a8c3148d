"""CSV files as people make them: Excel's, a program's of the bank, one of twenty years ago; cells in, and cells out.

Reading touches no table, and knows nothing of what the cells mean. Whatever a file holds, each of its letters is looked
at a few times and no more: lines, columns and rows are cut or refused by their length before anything else is asked of
them.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.errors import ForumError

MAX_BYTES = 5 * 1024 * 1024
MAX_LINES = 10_000
HEADER_WITHIN = 10  # lines: a title may stand above the table
MAX_COLUMNS = 50
MAX_ROWS = 5 * MAX_LINES  # with the empty ones
LINE_LENGTH = 10_000  # characters
HEAD = 20_000  # characters in which the headers stand


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


# -- In -----------------------------------------------------------------------------------------


def rows_in(
    data: bytes, known: Callable[[list[str]], int], *, most_bytes: int = MAX_BYTES
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file that have any cell, each with the number of the line it begins on.

    `known` counts how many of some cells are headers one knows, by which the sign between cells is told.
    Raises NotASheet or SheetTooLarge, also while it is read.
    """
    text = _decoded(data, most_bytes)
    return (row for row in _rows(text, _delimiter(text, known)) if row[1])


def _decoded(data: bytes, most_bytes: int) -> str:
    if len(data) > most_bytes:
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


def _delimiter(text: str, known: Callable[[list[str]], int]) -> str:
    """Comma, semicolon or tab: whichever makes the most headers known, or else the most cells."""
    head = "\n".join(text[:HEAD].splitlines()[:HEADER_WITHIN])

    def found(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(io.StringIO(head), delimiter=delimiter))
        except csv.Error:
            return 0, 0
        rows = [row[:MAX_COLUMNS] for row in rows]
        return max(map(known, rows), default=0), max(map(len, rows), default=0)

    return max(",;\t", key=found)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line it begins on; no empty cells at its end, none at all when it is empty."""
    text = text.rstrip(" \t\r\n,;")  # a spreadsheet leaves thousands of empty rows below its table
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    rows = count = 0
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
        rows, count = rows + 1, count + bool(cells)
        if count > MAX_LINES + HEADER_WITHIN or rows > MAX_ROWS:
            raise SheetTooLarge
        yield line, cells


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > LINE_LENGTH:
            raise NotASheet(
                _("Line %(line)d of this file is longer than %(most)s characters.")
                % {"line": number, "most": f"{LINE_LENGTH:,}"}
            )
        yield line


# -- Out ----------------------------------------------------------------------------------------

_FORMULA = "=+-@＝＋－＠\t\r"


def _guarded(cell: str) -> str:
    """A cell no spreadsheet takes for a formula: what begins like one gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(tuple(_FORMULA)) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `written` guarded it."""
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
