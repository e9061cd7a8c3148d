"""Words a browser would part at the end of a line, so that they can be held together.

Browsers find Thai words as ICU does: the longest it knows, then on from there (ห|นึ่ง, รู้|จัก), and a
compound as its halves (เครือ|ข่าย). Where its border falls inside a word of the lexicon, the word is
held; all other borders are left to the browser, which joins nothing it would not have joined.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from forums.text.clusters import CLUSTER
from forums.text.lexicon import knows, starts
from forums.text.words import segments

# Compounds whose halves say something else; the lexicon, counted by ICU, does not have them.
_COMPOUNDS = "เครือข่าย|ข้อเท็จจริง|ทั่วประเทศ|มุมมอง|หลักฐาน|พาสคีย์|เฟซบุ๊ก|อาสาสมัคร|ร้อยพลัง"
_THAI = re.compile(f"{_COMPOUNDS}|((?:(?!{_COMPOUNDS})[\u0e01-\u0e3a\u0e40-\u0e4e])+)")


def parted(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a word that a browser would part; joined it is the text."""
    borders = set(accumulate(map(len, segments(text))))
    pieces, done = [], 0
    for start, end in _known_words(text):
        if any(place in borders for place in range(start + 1, end)):
            pieces += [(text[done:start], False), (text[start:end], True)]
            done = end
    return [(piece, held) for piece, held in [*pieces, (text[done:], False)] if piece]


def _known_words(text: str) -> Iterator[tuple[int, int]]:
    """Where each compound and each word of the lexicon begins and ends."""
    for found in _THAI.finditer(text):
        if not found[1]:
            yield found.span()
            continue
        row = CLUSTER.findall(found[1])
        begins = [*starts(row), True]
        edges = list(accumulate(map(len, row), initial=found.start()))
        words = [edge for edge, begin in zip(edges, begins, strict=True) if begin]
        for start, end in pairwise(words):
            if knows(text[start:end]):
                yield start, end
