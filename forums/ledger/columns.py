"""Columns of a ledger's file, found by their headers, in Thai or English, in any order.

Income and expense may stand in a column each, as village books have them, or in one with its kind.
"""

import re
from collections.abc import Iterable

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from forums.text.thai import norm

SHOWN_NAMES = 6

Places = dict[str, int]  # where a column of COLUMNS stands in the file, counted from 0

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


def label_key(text: str) -> str:
    """What a header, or the label of a sum, is compared by."""
    return re.sub(r"[\s().:*]+", "", norm(text))


_COLUMN = {label_key(name): column for column, names in _HEADERS.items() for name in names}
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


def known(cells: Iterable[str]) -> int:
    """How many of these are headers we know."""
    return sum(label_key(cell) in _COLUMN for cell in cells)


def places_of(header: list[str]) -> tuple[Places, str]:
    """Where each column of ours stands, as far as the headers say, and what they do not say ("" for nothing)."""
    columns = [_COLUMN.get(label_key(cell), "") for cell in header]
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
