"""Where a cluster of the index stands in the text as it was typed.

`norm` changes a text in a dozen ways, and following each of them step by step would mean writing `norm`
a second time. But letters are only ever folded one by one or left out: they never change places, while
marks do. So the letters of the clusters, folded to their simplest form, are found in the same order
among those of the typed text, and each cluster reaches from its first letter to its last with the
marks around it.
"""

import re
import unicodedata
from itertools import compress
from typing import NamedTuple

from forums.text.cleaning import PRIVATE, THAI_DIGITS
from forums.text.clusters import Cluster, clusters
from forums.text.words import WITHOUT_ACCENTS

_MARKS = {mark: mark for mark in "ัิีึืฺุู็่้๊๋์ํ๎"} | {"ำ": "ํ"}
_MARKS |= {chr(old): _MARKS[mark] for old, mark in PRIVATE.items() if mark in _MARKS}
_AGAIN = re.compile(r"(.)\1+", re.DOTALL)
_KEPT = 20_000  # folded letters remembered; nobody's text needs more


class Placed(NamedTuple):
    """A `Cluster`, and where it was typed: text[start:end]."""

    text: str
    begins: bool
    ends: bool
    start: int
    end: int


class _Folded(dict[str, str]):
    """A typed character → its letters without marks, case, width; "" when it is no letter.

    ๆ and ฯ are none, as in `norm`; แ counts as เ, because เเ is a common way to type it.
    """

    def __missing__(self, typed: str) -> str:
        letters = unicodedata.normalize("NFKD", typed.translate(PRIVATE).translate(THAI_DIGITS))
        letters = unicodedata.normalize("NFKD", letters.casefold())
        letters = "".join(filter(str.isalnum, letters.translate(WITHOUT_ACCENTS)))
        if len(self) < _KEPT:
            self[typed] = typed if letters == typed else letters
        return letters


_FOLDED = _Folded({"แ": "เ", "ๆ": "", "ฯ": "", "\ufdfa": "", "\ufdfb": ""})


def skeleton(text: str, /) -> tuple[str, list[int]]:
    """The folded letters of a text, one for many in a row, and the place of each.

    Cheap, and coarser than `norm`: where two texts have clusters in common, their skeletons have
    letters in common.
    """
    folded = list(map(_FOLDED.__getitem__, _without_and_so_on(text)))
    letters = "".join(folded)
    places = list(compress(range(len(text)), folded))
    if len(places) != len(letters):  # ﬁ is two letters
        places = [place for place, some in enumerate(folded) for _ in some]
    kept = bytearray(b"1" * len(letters))
    for match in _AGAIN.finditer(letters):
        start, end = match.span()
        kept[start + 1 : end] = bytes(end - start - 1)
    return _AGAIN.sub(r"\1", letters), list(compress(places, kept))


def marks(text: str, /) -> frozenset[str]:
    """The Thai marks in a text, in any order: what tells ขาว from ข้าว, and a skeleton does not."""
    return frozenset([_MARKS[char] for char in text if char in _MARKS])


def placed(text: str, /) -> list[Placed]:
    """`clusters(text)`, each with its place: without white space around it, with all of its marks.

    Where a text cannot be followed any further (lone halves of surrogate pairs), the rest is left out.
    """
    found = clusters(text)
    return _as_typed(text, found) or _followed(text, found)


def _as_typed(text: str, found: list[Cluster]) -> list[Placed]:
    """The quick way, for a text that has its clusters letter for letter; empty if it has not."""
    lower = text.lower()
    if len(lower) != len(text):
        return []
    done: list[Placed] = []
    place = 0
    for cluster in found:
        length = len(cluster.text)
        while not lower.startswith(cluster.text, place):
            if place >= len(text) or _FOLDED[text[place]] or text[place] in _MARKS:
                return []
            place += 1
        start, place = place, place + length
        if place < len(text) and not _FOLDED[text[place]]:
            place = _end_of_marks(text, place, len(text))
        done.append(Placed(*cluster, start, place))
    return done


def _followed(text: str, found: list[Cluster]) -> list[Placed]:
    """The sure way: letter after letter."""
    folded = _FOLDED
    typed = [
        (letter, place)
        for place, char in enumerate(_without_and_so_on(text))
        for letter in folded[char]
    ]
    typed.append(("", len(text)))
    sought = ["".join([folded[char] for char in cluster.text]) for cluster in found]
    sought.append("")
    done: list[Placed] = []
    here = end = 0  # in `typed`; in `text`
    last = len(typed) - 1
    for number, (cluster, following) in enumerate(zip(found, sought[1:], strict=True)):
        start = -1
        for letter in sought[number]:
            while typed[here][0] != letter:
                here += 1
                if here > last:
                    return done
            if start < 0:
                start = typed[here][1]
            end = typed[here][1] + 1
            here += 1
        if start < 0:  # a mark alone, beside what came before it
            start = done[-1].start if done else end
        else:
            while typed[here][0] == letter and not following.startswith(letter):
                end = typed[here][1] + 1  # stretched: มากกกก
                here += 1
            end = _end_of_marks(text, end, typed[here][1])
        done.append(Placed(*cluster, start, end))
    return done


def _end_of_marks(text: str, place: int, stop: int) -> int:
    """Where the marks end that stand at `place`, with what is drawn as nothing between them."""
    for ahead in range(place, stop):
        kind = unicodedata.category(text[ahead])
        if kind[0] == "M" or kind == "Co" or text[ahead] in "ﾞﾟ":
            place = ahead + 1
        elif kind != "Cf":
            break
    return place


def _without_and_so_on(text: str) -> str:
    """ฯลฯ is the one sign with a letter in it, which `norm` takes out."""
    return text.replace("ฯลฯ", "   ") if "ฯลฯ" in text else text
