"""Handles: the name in /u/<handle>/, in Thai or in Latin letters.

1. One script: whole Thai clusters, or the letters A-Z; digits anywhere; single . _ - between.
2. Unique by `handle_key`: what differs only in case, digits' shape or mark order is the same handle.
3. Names of offices are reserved, also when written with look-alikes.
"""

import re
from collections.abc import Mapping
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.text.cleaning import THAI_DIGITS, clean_line, norm

MIN_LENGTH = 2
MAX_LENGTH = 40

type HandleProblem = Literal[
    "too_short", "too_long", "mixed", "characters", "no_letter", "reserved"
]

HANDLE_MESSAGES: Mapping[HandleProblem, Promise] = {
    "too_short": _("A name for your address needs at least 2 letters."),
    "too_long": _("A name for your address has at most 40 letters."),
    "mixed": _("Use either Thai or English letters, not both."),
    "characters": _(
        "Use letters and digits only; a single dot, hyphen or underscore may stand between them."
    ),
    "no_letter": _("Use at least one letter, not only digits."),
    "reserved": _(
        "This name is kept for the people who look after the site. Please choose another."
    ),
}

_CLUSTER = "[เแโใไ]?[ก-ฮ][ัิ-ฺ็]?[่-์]?[ะาำๅ]{0,2}"
_THAI = re.compile(f"(?:[0-9]|{_CLUSTER})+(?:[._-](?:[0-9]|{_CLUSTER})+)*")
_LATIN = re.compile("[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
_HAS_THAI = re.compile("[\u0e00-\u0e7f]")
_HAS_LATIN = re.compile("[A-Za-z]")
_SEPARATORS = re.compile("[ ._-]+")

# Letters hard to tell apart on a small screen, each written as one of its group. Our own table,
# smaller than Unicode's: only what can stand in a handle.
_LOOK_ALIKE = str.maketrans(
    "ฃฅดตฏซฝฟฦๅใ" + "01ij25",
    "ขคคคฎชผพภาไ" + "olllzs",
)
_TWINS = str.maketrans("ฃฅๅ01ij", "ขคาolll")
_LOOK_ALIKE_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_NOT_SEEN = re.compile("[็-๎]")  # small marks over a letter

# Who a reader would take for someone in charge: also with look-alikes, and with digits behind.
_OFFICES = """
    admin administrator mod moderator official owner postmaster root staff support system team
    webmaster กรรมการ คณะกรรมการ เจ้าของเว็บ เจ้าหน้าที่ ทีมงาน ผู้ดูแล ระบบ เว็บมาสเตอร์ แอดมิน
"""
# What would be odd as a person's address, exactly so written.
_WORDS = """
    about account accounts all anonymous anyone api boards deleted everyone facebook feed guest help
    here home info login logout mail me member members networks new news nobody none null privacy
    search security settings signup static tags terms topics undefined unknown user users visitor
    กฎ การแจ้งเตือน ข่าวสาร เครือข่าย ค้นหา ช่วยเหลือ ตั้งค่า ทุกคน นิรนาม ผู้เยี่ยมชม ผู้ใช้ ไม่ระบุชื่อ ลบแล้ว สมาชิก
    ห้อง หน้าแรก
"""
_ANYWHERE = "administrator moderator roypalang roiphalang แอดมิน ผู้ดูแล ร้อยพลัง"


def clean_handle(handle: str, /) -> str:
    """What a form makes of what was typed: cleaned, and Thai digits as 0-9."""
    return clean_line(handle).translate(THAI_DIGITS)


def handle_problem(handle: str, /) -> HandleProblem | None:
    """What keeps this from being a handle, or None. `HANDLE_MESSAGES` says it to the member.

    Whether it is taken is the database's to say, by `handle_key`.
    """
    if len(handle) < MIN_LENGTH:
        return "too_short"
    if len(handle) > MAX_LENGTH:
        return "too_long"
    if not (_LATIN.fullmatch(handle) or _THAI.fullmatch(handle)):
        both = _HAS_THAI.search(handle) and _HAS_LATIN.search(handle)
        return "mixed" if both else "characters"
    if not (_HAS_THAI.search(handle) or _HAS_LATIN.search(handle)):
        return "no_letter"
    if _is_reserved(handle):
        return "reserved"
    return None


def handle_key(handle: str, /) -> str:
    """The key that must be unique: two handles with one key are one handle."""
    return norm(handle)


def twin(handle: str, /) -> str:
    """The same for handles no reader can tell apart: 0 and o, 1, l and i, rn and m, ข and ฃ.

    Finer than `skeleton`: tone marks count, and ด is not ค, so that แดง and แต่ง are two people.
    """
    bones = norm(handle).translate(_TWINS)
    for pair, one in _LOOK_ALIKE_PAIRS:
        bones = bones.replace(pair, one)
    return bones


def skeleton(handle: str, /) -> str:
    """The same for handles that look alike; to compare with the names of those who hold an office.

    Not for uniqueness among members: ด and ค are different letters.
    """
    bones = _SEPARATORS.sub("", norm(handle)).translate(_LOOK_ALIKE)
    bones = _NOT_SEEN.sub("", bones)
    for pair, one in _LOOK_ALIKE_PAIRS:
        bones = bones.replace(pair, one)
    return bones


def _is_reserved(handle: str) -> bool:
    bones = skeleton(handle)
    return (
        handle_key(handle) in _WORD_KEYS
        or bones in OFFICE_BONES
        or skeleton(handle.rstrip("0123456789._-")) in OFFICE_BONES
        or any(word in bones for word in _BONES_ANYWHERE)
    )


_WORD_KEYS = frozenset(map(handle_key, _WORDS.split()))
OFFICE_BONES = frozenset(map(skeleton, _OFFICES.split()))
_BONES_ANYWHERE = tuple(map(skeleton, _ANYWHERE.split()))
