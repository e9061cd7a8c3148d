"""Addresses as people pass them on: what may be meant by one that leads nowhere. Pure guesses, few, nearest first.

A chat takes the bracket or the full stop behind an address for a part of it; who writes Thai puts no space
before the next word; telephones and editors store ำ and tone marks in other orders; capitals and Thai digits are typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from forums.text.cleaning import clean_line, norm

LONGEST = 1_000  # characters that are thought about
_SIGNS, _PICTURES = "PZC", "PZCS"  # categories of Unicode that end no word; S has emoji
_ENDS_A_WORD = "+#%"  # C++, C#
_BELONGS_TO_SIGNS = "ๆฯ\ufe0f\u20e3"
_PAGE = re.compile(r"((?:[^&]*&)*page=(?:[0-9]+|last))(?:%[0-9A-Fa-f]{2}|[^0-9A-Za-z_=&%-])+")
# Nobody passes such on: a space before a word, digits raised or lowered, which compatibility forms take for digits.
_ODD = re.compile(r"/\s|[²³¹⁰-₉]")
# A word behind one in Latin letters or digits; a courtesy behind one in Thai.
_BEHIND_LATIN = re.compile(r"(?<=[0-9A-Za-z])[^\x00-\x7f].*$")
_COURTESIES = re.compile("(?:นะ|น้า|ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ|จ๊ะ|ฮะ|ขอบคุณ)+$")


def readings(path: str, /) -> list[str]:
    """The paths this may be, without the slash at the end: at most ten, and not the path itself."""
    typed = unquote(path)
    if len(path) > LONGEST or _ODD.search(typed):
        return []
    found = dict.fromkeys(
        each.rstrip("/") for one in _readings(typed) for each in (one, _folded(one))
    )
    # The home page is nothing that broken letters may mean.
    return [one for one in found if one != path.rstrip("/") and (one or "\ufffd" not in typed)]


def tidy_query(query: str, /) -> str:
    """What stands behind the ?, as it is sent, without what was written on: page=3) and page=3ครับ are page=3."""
    found = _PAGE.fullmatch(query)
    return found[1] if found else query


def _readings(path: str) -> Iterator[str]:
    """As typed in the stored order of marks, then with less and less of its end."""
    whole = "/".join(map(clean_line, path.split("/")))
    yield whole
    yield _without(whole, _SIGNS)
    rest = _without(whole, _PICTURES)
    yield rest
    before, slash, last = rest.rpartition("/")
    for behind in (_BEHIND_LATIN, _COURTESIES):
        yield _without(before + slash + behind.sub("", last), _PICTURES)
    if before and not last.isascii():
        yield _without(before, _PICTURES)


def _without(path: str, signs: str) -> str:
    """Without the signs at its end."""
    end = len(path)
    while end and path[end - 1] not in _ENDS_A_WORD:
        last = path[end - 1]
        if unicodedata.category(last)[0] not in signs and last not in _BELONGS_TO_SIGNS:
            break
        end -= 1
    return path[:end]


def _folded(path: str) -> str:
    """In the form addresses are made in: small letters, digits as 0-9, hyphens for spaces."""
    return "/".join(norm(part).replace(" ", "-") for part in path.split("/"))
