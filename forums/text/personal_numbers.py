"""Numbers that are somebody's: telephones, identity cards, bank accounts.

A number is read group by group: 081-234-5678 is groups of 3, 3 and 4 digits. What it is follows from its digits and from
how they are grouped, for a date (06-08-2567 12) has the digits of a telephone, but not its groups.
"""

import re
from collections.abc import Iterator
from operator import mul
from typing import Literal

type Number = tuple[int, int, Literal["phone", "id_card", "account"]]

# Groups of digits with at most three signs between them. A comma, a slash or a colon ends a number: they stand in sums,
# dates and times.
_RUN = re.compile(r"[0-9](?=[0-9 .()–—‑·•_-]{7})[0-9]{0,15}(?:[ .()–—‑·•_-]{1,3}[0-9]{1,16}){0,23}")
_GLUED_BEFORE = re.compile(r"[A-Za-z0-9]|(?<=[0-9])[.,/:]")
_GROUP = re.compile(r"[0-9]+")
_DIGITS = "0123456789"
_MOST_GROUPS = 13  # of one number: each digit by itself
_MOST_LONG = 5  # groups, if they are not all of one digit
CARD = 13
_BY_ONES = (9, 10, CARD)  # so many digits may be written each by itself
_GLUED_AFTER = re.compile(r"[.,/:][0-9]|[A-Za-z0-9%]")

_MOBILE = {
    (10,),
    (3, 7),
    (3, 3, 4),
    (2, 4, 4),
    (2, 8),
    (4, 3, 3),
    (3, 4, 3),
    (4, 6),
    (6, 4),
    (3, 3, 2, 2),
    (3, 2, 2, 3),
    (3, 2, 3, 2),
    (2, 3, 5),
    (1,) * 10,
}
_LANDLINE = {
    (9,),
    (2, 7),
    (2, 3, 4),
    (3, 6),
    (3, 3, 3),
    (1, 4, 4),
    (2, 4, 3),
    (3, 2, 4),
    (1, 8),
    (1,) * 9,
}
_ABROAD = {  # after +66, without the 0
    (9,),
    (2, 7),
    (2, 3, 4),
    (1, 8),
    (1, 4, 4),
    (8,),
    (1, 7),
    (1, 3, 4),
    (2, 6),
    (2, 3, 3),
    (3, 3, 3),
    (3, 6),
    (1, 4, 3),
}
_CARD = (1, 4, 5, 2, 1)
_ACCOUNT = {(3, 1, 5, 1), (3, 1, 4, 1, 1), (3, 2, 4, 1), (3, 1, 6)}
_ACCOUNT_WORDS = re.compile(
    r"บัญชี|บ/ช|ธนาคาร|กสิกร|ไทยพาณิชย์|กรุงไทย|ธ\.? ?กรุงเทพ|แบงก์|ออมสิน|ธ\.?ก\.?ส|กรุงศรี|ทหารไทย|ทีทีบี|ธนชาต|อาคารสงเคราะห์|"
    r"(?<![A-Za-z])(?:ttb|scb|kbank|ktb|bbl|bay|gsb|baac|uob|cimb|kkp|lhb)(?![A-Za-z])",
    re.IGNORECASE,
)
_ACCOUNT_AT_ONCE = re.compile(
    r"(?:บัญชี|บ/ช)[ก-๎ ]{0,20}(?:เลข(?:ที่)?)?[\s:.=]{0,3}$|(?:เลข(?:ที่)?)บัญชี.{0,12}$"
)
_CARD_WORDS = re.compile(
    r"บัตรประชาชน|บัตร ?ปชช|ปชช\.|ประจำตัวประชาชน|บัตรประจำตัว|เลขประจำตัว 13|13 หลัก"
)
_PHONE_WORDS = re.compile(
    r"(?:โทร|เบอร์|มือถือ|พร้อมเพย์|ติดต่อ|วอทส์แอป|whatsapp|(?<![A-Za-z])tel)[^0-9]{0,24}$", re.IGNORECASE
)
_BOOK = re.compile(r"(?:isbn|issn|ean|บาร์โค้ด|รหัสสินค้า)[^0-9]{0,16}$", re.IGNORECASE)
_PARCEL = re.compile(
    r"(?:พัสดุ|แทร็?ก|tracking|เลขที่หนังสือ|ใบเสร็จ|ใบสั่ง|คำสั่งซื้อ|เลขที่อ้างอิง|อ้างอิง|ref|order|รหัสโครงการ|"
    r"เลขที่โครงการ|ทะเบียนนิติบุคคล|ผู้เสียภาษี|รหัสงบ\S{0,10}|รหัส)[^0-9]{0,16}$",
    re.IGNORECASE,
)
_WORDS = re.compile("[A-Za-zก-๎]")
_BEFORE, _AFTER = 40, 24  # letters around a number in which words say what it is


def numbers_in(text: str) -> Iterator[Number]:
    """Where such numbers stand in a text of plain digits, and what each is."""
    for run in _RUN.finditer(text):
        written = run[0]
        if sum(map(written.count, _DIGITS)) < 8:
            continue
        if run.start() and _GLUED_BEFORE.match(text, run.start() - 1):
            continue
        groups = list(_GROUP.finditer(text, run.start(), run.end()))
        sizes = [group.end() - group.start() for group in groups]
        ones = [0] * len(groups)  # how many groups of one digit follow, from each on
        for at in reversed(range(len(groups))):
            if sizes[at] == 1:
                ones[at] = 1 + (ones[at + 1] if at + 1 < len(groups) else 0)
        firsts = "".join([group[0][0] for group in groups])
        at = 0
        while at < len(groups):
            single = ones[at] > _MOST_LONG
            for upto in _by_ones(at, ones[at], firsts) if single else _numbers_from(at, sizes):
                kind = _kind(text, groups[at:upto], tuple(sizes[at:upto]))
                if kind and _stands_alone(text, groups, at, upto, kind):
                    start = groups[at].start()
                    while start and text[start - 1] in "+(":
                        start -= 1
                    yield start, groups[upto - 1].end(), kind
                    at = upto - 1
                    break
            at += 1


def _numbers_from(at: int, sizes: list[int]) -> list[int]:
    """Up to which groups a number may reach that begins here, the longest first."""
    may: list[int] = []
    digits = 0
    for upto in range(at + 1, min(len(sizes), at + _MOST_GROUPS) + 1):
        digits += sizes[upto - 1]
        if digits > 16:
            break
        if digits >= 8 and (upto - at <= _MOST_LONG or digits == upto - at in _BY_ONES):
            may.insert(0, upto)
    return may


def _by_ones(at: int, count: int, digits: str) -> list[int]:
    """The same where so many digits follow each by itself: only what can be one, for rows of them cost most."""
    if digits[at] != "0":
        return [at + CARD] if count >= CARD and is_id_card(digits[at : at + CARD]) else []
    long = 10 if digits[at + 1] in "689" else 9 if digits[at + 1] in "23457" else count + 1
    return [at + long] if count >= long else []


def _kind(
    text: str, groups: list[re.Match[str]], shape: tuple[int, ...]
) -> Literal["phone", "id_card", "account"] | None:
    digits = "".join(group[0] for group in groups)
    start, end = groups[0].start(), groups[-1].end()
    before = text[max(0, start - _BEFORE) : start]
    if not _WORDS.search(before):  # a list of numbers: none of the words below
        before = ""
    if len(digits) == 13 and _is_card(digits, shape, before):
        return "id_card"
    may_be_account = 10 <= len(digits) <= 15 and len(shape) <= 5
    may_be_phone = (digits[0] == "0" and len(digits) < 11) or digits.startswith("66")
    if not (may_be_phone or may_be_account):
        return None
    if _BOOK.search(before) or _PARCEL.search(before):
        return None
    said_account = _ACCOUNT_AT_ONCE.search(before)
    if may_be_phone and not said_account and _is_phone(digits, shape, groups, text, before):
        return "phone"
    if shape in _ACCOUNT and len(digits) == 10:
        return "account"
    if may_be_account and (
        said_account
        or _ACCOUNT_WORDS.search(before)
        or _ACCOUNT_WORDS.search(text[end : end + _AFTER])
    ):
        return "account" if not _sum(text, end) else None
    return None


def _is_card(digits: str, shape: tuple[int, ...], before: str) -> bool:
    """Thirteen digits whose last is the check digit; as on the card, or said to be one, also where somebody mistyped it."""
    checked = is_id_card(digits)
    if not checked and shape != _CARD:
        return False
    if _BOOK.search(before) or (shape != _CARD and digits[:3] in ("978", "979")):
        return False
    if not checked or shape not in (_CARD, (13,), (1,) * 13):
        return _CARD_WORDS.search(before) is not None
    return shape != (13,) or not _PARCEL.search(before) or _CARD_WORDS.search(before) is not None


def is_id_card(digits: str) -> bool:
    """The thirteenth digit is (11 - sum of digit x weight 13..2 mod 11) mod 10."""
    total = sum(map(mul, map(int, digits), range(13, 1, -1)))
    return digits[0] != "0" and (11 - total % 11) % 10 == int(digits[12])


def _is_phone(
    digits: str, shape: tuple[int, ...], groups: list[re.Match[str]], text: str, before: str
) -> bool:
    if digits.startswith("66"):
        plus = text[groups[0].start() - 1 : groups[0].start()] == "+"
        rest = digits[2:]
        first = shape[1:] if shape[0] == 2 else (shape[0] - 2, *shape[1:])
        if rest[:1] == "0":
            rest = rest[1:]
            first = first[1:] if first[0] == 1 else (first[0] - 1, *first[1:])
        if first not in _ABROAD:
            return False
        mobile = len(rest) == 9 and rest[0] in "689"
        return mobile or (plus and len(rest) == 8 and rest[0] in "23457")
    if digits[0] != "0":
        return False
    if len(digits) == 10 and digits[1] in "689":
        return shape in _MOBILE or (
            shape in ((2,) * 5, (2, 2, 2, 4), (2, 3, 2, 3))
            and _PHONE_WORDS.search(before) is not None
        )
    return len(digits) == 9 and digits[1] in "23457" and shape in _LANDLINE


def _stands_alone(text: str, groups: list[re.Match[str]], at: int, upto: int, kind: str) -> bool:
    """Whether it is no part of a longer number: what is joined to it by a hyphen or a dot is."""
    start, end = groups[at].start(), groups[upto - 1].end()
    if at and "".join(text[groups[at - 1].end() : start].split()) not in ("", "(", ")", "·", "•"):
        return False
    if upto < len(groups):
        between = text[end : groups[upto].start()]
        is_range = kind == "phone" and "-" in between and len(groups[upto][0]) <= 2
        if between.strip(" ()·•") and not is_range and between.strip(" ") == between:
            return False
    return not (_GLUED_AFTER.match(text, end) and upto == len(groups))


def _sum(text: str, end: int) -> bool:
    """Whether it is money."""
    return text[end : end + 8].lstrip().startswith(("บาท", "ล้าน"))
