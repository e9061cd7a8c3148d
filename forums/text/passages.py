"""What a reader looked for, marked in titles and in the best passage of a text.

Pieces are plain text; `render.with_marks` makes of them what a template prints.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from icu4py.breakers import CharacterBreaker

from forums.text.cleaning import SURROGATE
from forums.text.lengths import ELLIPSIS, excerpt
from forums.text.matching import Match, Needles, best, find, needles
from forums.text.words import segments

__all__ = ["Needles", "Piece", "marked", "needles", "passage"]

_LEAD = 30  # graphemes before the first match
_WHITE = re.compile(r"\s+")
_SURE_START = re.compile(r"[ก-ฮเ-ไa-zA-Z0-9\s]")  # no grapheme goes on with one of these


class Piece(NamedTuple):
    text: str
    marked: bool


def marked(text: str, needles: Needles) -> list[Piece]:
    """The whole text, cut where marks begin and end; joined again it is the text."""
    matches = find(text, needles, width=len(text), everywhere=True)
    if not matches:
        return [Piece(text, False)] if text else []
    spans = _spans(matches, _graphemes(text, 0))
    return [
        Piece(text[start:end], is_marked) for start, end, is_marked in _cut(0, len(text), spans)
    ]


def passage(text: str, needles: Needles, *, length: int = 180) -> list[Piece]:
    """At most `length` graphemes of the text on one line, around what was found, and … where it was cut.

    It shows the most different needles that stand near each other; the beginning if there are none.
    """
    text = SURROGATE.sub("\ufffd", text)
    lead = min(_LEAD, length // 6)
    matches = find(text, needles, width=length - lead)
    if not matches:
        start = excerpt(text, length)
        return [Piece(start, False)] if start else []
    first = best(matches, needles, width=length - lead)[0].start
    low, high = _region(text, first, lead, length)
    starts = _graphemes(text[low:high], low)
    at = bisect_right(starts, first) - 1
    begin, end = _window(text, starts, at=at, lead=lead, length=length)
    pieces = _one_line(
        Piece(text[start:end], is_marked)
        for start, end, is_marked in _cut(begin, end, _spans(matches, starts))
    )
    before = [Piece(ELLIPSIS, False)] if text[:begin].strip() else []
    after = [Piece(ELLIPSIS, False)] if text[end:].strip() else []
    return [*before, *pieces, *after]


def _region(text: str, first: int, lead: int, length: int) -> tuple[int, int]:
    """A part of the text, more than will be shown; it begins with a whole grapheme."""
    low = first - 2 * lead
    if len(text) - first < length:  # then there is room for more before
        low = min(low, len(text) - length * 3 // 2)
    if low > 0:
        start = _SURE_START.search(text, low, first)
        low = start.start() if start else first
    return max(0, low), min(len(text), first + length * 3 // 2 + 1)


def _graphemes(part: str, offset: int) -> list[int]:
    """Where the graphemes of a part of a text begin, and where the last one ends."""
    found = CharacterBreaker(SURROGATE.sub("\ufffd", part), "th")
    return list(accumulate(map(len, found), initial=offset))


def _window(text: str, starts: list[int], *, at: int, lead: int, length: int) -> tuple[int, int]:
    """What to show: text[begin:end], where grapheme number `at` begins what was found.

    Cut at borders between words; inside one only if it is endless.
    """
    count = len(starts) - 1
    last = starts[-1] == len(text)
    begin = max(0, at - lead)
    if last:
        begin = max(0, min(begin, count - length))
    if starts[begin] > 0:
        borders = _borders(text, starts[max(0, begin - lead)], starts[at])
        begin = next((n for n in range(begin or 1, at) if starts[n] in borders), at)
    end = min(begin + length, count)
    if end < count or not last:
        end = min(end, count - (not last))
        shortest = max(begin, min(at, end - 1), end - _LEAD) + 1
        borders = _borders(text, starts[max(0, end - 2 * _LEAD)], starts[min(end + 10, count)])
        end = next((n for n in range(end, shortest, -1) if starts[n] in borders), end)
    return starts[begin], starts[max(end, begin + 1)]


def _borders(text: str, start: int, end: int) -> set[int]:
    """Where ICU sees words begin in text[start:end]."""
    return set(accumulate(map(len, segments(text[start:end])), initial=start)) - {start, end}


def _spans(matches: Iterable[Match], starts: list[int]) -> list[tuple[int, int]]:
    """What to mark: whole graphemes; matches that touch are one."""
    spans: list[tuple[int, int]] = []
    for match in matches:
        if match.end <= starts[0] or match.start >= starts[-1]:
            continue
        begin = starts[max(0, bisect_right(starts, match.start) - 1)]
        end = starts[min(len(starts) - 1, bisect_left(starts, match.end))]
        if spans and begin <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((begin, end))
    return spans


def _cut(begin: int, end: int, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """From `begin` to `end` in parts: inside the spans (True) and between them."""
    for start, stop in spans:
        start, stop = max(start, begin), min(stop, end)
        if start >= stop:
            continue
        if begin < start:
            yield begin, start, False
        yield start, stop, True
        begin = stop
    if begin < end:
        yield begin, end, False


def _one_line(pieces: Iterable[Piece]) -> list[Piece]:
    """White space as one space, and none at the ends."""
    line: list[Piece] = []
    open_space = True
    for text, is_marked in pieces:
        text = _WHITE.sub(" ", text)
        if open_space:
            text = text.lstrip()
        if text:
            line.append(Piece(text, is_marked))
            open_space = text[-1] == " "
    if line and open_space:
        line[-1] = line[-1]._replace(text=line[-1].text.rstrip())
    return [piece for piece in line if piece.text]
