"""The two layouts of a Thai keyboard, and what was meant when the wrong one was on.

Thai is Kedmanee as TIS 820-2538 lays it out, Latin is QWERTY; a key at the same place in both.
"""

import itertools
import re

from forums.text import lexicon
from forums.text.clusters import clusters

_LATIN = (r"`1234567890-=", "qwertyuiop[]\\", r"asdfghjkl;'", r"zxcvbnm,./")
_LATIN_SHIFTED = (r"~!@#$%^&*()_+", r"QWERTYUIOP{}|", r'ASDFGHJKL:"', r"ZXCVBNM<>?")
_THAI = ("_ๅ/-ภถุึคตจขช", "ๆไำพะัีรนยบลฃ", "ฟหกดเ้่าสวง", "ผปแอิืทมใฝ")
_THAI_SHIFTED = ("%+๑๒๓๔ู฿๕๖๗๘๙", '๐"ฎฑธํ๊ณฯญฐ,ฅ', "ฤฆฏโฌ็๋ษศซ.", "()ฉฮฺ์?ฒฬฦ")

_KEYS = list(zip("".join(_LATIN + _LATIN_SHIFTED), "".join(_THAI + _THAI_SHIFTED), strict=True))
_TO_THAI = {ord(latin): thai for latin, thai in _KEYS}
_TO_LATIN = {ord(thai): latin for latin, thai in _KEYS}

_ANY_THAI = re.compile("[ก-๛]")
# Each vowel and mark on a consonant, each leading vowel before one.
_WELL_FORMED = re.compile("(?:[เแโใไ]?[ก-ฮ][ัิ-ฺ็]?[่-๋]?์?[ะาำ]{0,2}|[ฤๆฯ0-9๐-๙ ])+")
_LATIN_WORDS = re.compile(
    r"(?:(?=[a-z]*[aeiouy])(?![a-z]*[^aeiouy0-9]{5})[a-z]{2,}[0-9]*(?: |$))+", re.IGNORECASE
)


def _neighbours() -> frozenset[tuple[str, str]]:
    """Letters on one key, or on keys beside each other in a row."""
    found: set[tuple[str, str]] = set()
    for plain, shifted in ((_LATIN, _LATIN_SHIFTED), (_THAI, _THAI_SHIFTED)):
        for low, high in zip(plain, shifted, strict=True):
            for row in (low, high):
                found |= set(itertools.pairwise(row))
            found |= set(zip(low, high, strict=True))
    return frozenset(found | {(other, one) for one, other in found})


beside = _neighbours()  # (letter, letter): a finger hits one for the other


def other_layout(text: str, /) -> str | None:
    """What was meant when the other layout was on: "l;ylfu" is สวัสดี. None when it means what it says.

    The whole text must map, the result must look like words, and Thai that is words is left alone.
    """
    text = text.strip()
    if _ANY_THAI.search(text):
        if _known_share(text) >= 0.5:
            return None
        meant = _mapped(text, _TO_LATIN)
        return meant if meant and _LATIN_WORDS.fullmatch(meant) else None
    meant = _mapped(text, _TO_THAI)
    return meant if meant and _known_share(meant) > 0.5 else None


def _mapped(text: str, table: dict[int, str]) -> str | None:
    if any(ord(letter) not in table for letter in text if letter != " "):
        return None
    return text.translate(table)


def _known_share(text: str) -> float:
    """How much of Thai stands in words that `lexicon` knows; 0 for what nobody could write."""
    if not _WELL_FORMED.fullmatch(text):
        return 0
    found = clusters(text)
    words: list[list[str]] = []
    begins = lexicon.starts([cluster.text for cluster in found])
    for cluster, begin in zip(found, begins, strict=True):
        if begin:
            words.append([])
        words[-1].append(cluster.text)
    known = [word for word in words if len("".join(word)) > 1 and lexicon.knows("".join(word))]
    return sum(map(len, known)) / max(len(found), 1)
