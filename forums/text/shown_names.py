"""Names members and networks show: none that a reader takes for a moderator's, or for the site's own.

Freer than handles: any script, spaces, signs. So a name is compared by its bones: what is left when signs,
accents and look-alikes of every kind are taken for the plain letters they are drawn like.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.text.cleaning import norm
from forums.text.handles import OFFICE_BONES, skeleton

type NameProblem = Literal["reserved", "badge"]

NAME_MESSAGES: Mapping[NameProblem, Promise] = {
    "reserved": _(
        "This name looks like a moderator's or the site's own, and readers could be misled. Please choose "
        "another."
    ),
    "badge": _(
        "Names stand here without check marks and badges, so that nobody takes them for the site's word. "
        "Please leave them out."
    ),
}

# Drawn like a Latin letter: signs, Cyrillic and Armenian, Greek, small capitals.
_DRAWN_LIKE = str.maketrans(
    "@$!|ı" + "авеіјкмнорстухѕԁԛԝոս" + "αβεηικνορτυχγω" + "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "asili" + "abeijkmhopctyxsdqwnu" + "abenikvoptuxyw" + "abcdefghijklmnoprstuvwyz",
)
_BADGE = re.compile("[✓✔✅☑🗸🗹⍻√™®℠🛡👮🔰🏅🎖🆗🔵🔷🔹]")
_NO_LETTER = re.compile("[^0-9a-z\u0e00-\u0e7f]+")
_DIGITS = "0123456789"

# Wherever they stand in a name; as words of their own; and before or behind other letters (badminton is neither).
_OF_THE_HOUSE = """
    administrator moderator webmaster postmaster roypalang royphalang roiphalang roipalang
    แอดมิน ร้อยพลัง ผู้ดูแลเว็บ ผู้ดูแลระบบ ผู้ดูแลห้อง ทีมงานเว็บ เว็บมาสเตอร์ เจ้าของเว็บ
"""
_ANYWHERE = _OF_THE_HOUSE + "ผู้ดูแล ทีมงาน"
_AS_WORDS = "mod mods official staff support"
_AT_AN_END = "admin"


def name_bones(name: str, /) -> str:
    """The same for names that look alike; '' where nothing of a name is Thai, Latin or drawn like it."""
    return "".join(_bones_of_words(name))


def name_problem(name: str, /) -> NameProblem | None:
    """What keeps a member from showing this name, or None. Whether a moderator has it, the database says."""
    return _problem(name, _BONES_ANYWHERE)


def network_name_problem(name: str, /) -> NameProblem | None:
    """The same of a network, whose name stands beside its members'. People who look after the sick may say so."""
    return _problem(name, _BONES_OF_THE_HOUSE)


def _problem(name: str, nowhere: tuple[str, ...]) -> NameProblem | None:
    if _BADGE.search(name):
        return "badge"
    words = _bones_of_words(name)
    bones = "".join(words)
    reserved = (
        bones in OFFICE_BONES
        or any(word in bones for word in nowhere)
        or any(word in _BONES_AS_WORDS for word in words)
        or any(
            word.startswith(_BONES_AT_AN_END) or word.endswith(_BONES_AT_AN_END) for word in words
        )
    )
    return "reserved" if reserved else None


def _bones_of_words(name: str) -> list[str]:
    """Its words, without the digits behind them, as they look."""
    plain = unicodedata.normalize("NFD", norm(name).translate(_DRAWN_LIKE))
    plain = "".join(
        one for one in plain if not unicodedata.combining(one) or "\u0e00" <= one <= "\u0e7f"
    )
    words = (word.rstrip(_DIGITS) for word in _NO_LETTER.split(plain))
    return [skeleton(word) for word in words if word]


_BONES_ANYWHERE = tuple(map(skeleton, _ANYWHERE.split()))
_BONES_OF_THE_HOUSE = tuple(map(skeleton, _OF_THE_HOUSE.split()))
_BONES_AS_WORDS = frozenset(map(skeleton, _AS_WORDS.split()))
_BONES_AT_AN_END = skeleton(_AT_AN_END)
