"""Where in a text stands what somebody looks for: by the rules of the index, at a bounded cost.

Segmenting a text costs a millisecond for every few hundred letters, and a page of results shows
dozens of texts. So a coarse look (`alignment.skeleton`) says first where anything may stand; only
around the most promising places is the text cut into clusters.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from forums.text.alignment import Placed, marks, placed, skeleton
from forums.text.clusters import clusters
from forums.text.pairs import MOST, SURE
from forums.text.words import words as words_of

_MOST_SEEN = 80_000  # characters of a text that are looked at: more than a post can have
_MOST_PLACES = 100  # of one needle that are considered
_MOST_COMPARED = 2_000  # places of all needles whose marks are compared
_MARKED = 8  # characters of a letter with its marks
_LONGEST = 600  # characters one match may take: เอาาาาา…
_MOST_READ = 1_200  # characters cut into clusters: two milliseconds
_MOST_TRIES = 2  # promising windows read, when something was found in the first
_NEAR, _FAR = 10, 40  # characters around a place that are read with it, to the next space
_SHORT = 150  # a text read whole
_WITH_LAST = re.compile("[ะ-ฺๅ็-๎a-z0-9]", re.IGNORECASE)
_LEADING = tuple("เแโใไ")


@dataclass(frozen=True, slots=True)
class Needles:
    """`rows` of clusters are found whole; those that are `begun` go on where the text does; `words` are found as single words.

    A passage is rather cut around rows that say more: `says` is how much each says, 2 where it is empty.
    """

    rows: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    says: tuple[float, ...] = ()
    begun: frozenset[tuple[str, ...]] = frozenset()


class Match(NamedTuple):
    """text[start:end] is the needle of this number. `sure`: it stands there as the index means it."""

    start: int
    end: int
    number: int
    sure: bool


class _Needle(NamedTuple):
    text: str
    skeleton: str
    marks: frozenset[str]
    weight: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """What `Needles` come to, worked out once for all texts of a page."""

    needles: tuple[_Needle, ...]  # rows first, then words
    rows: dict[str, list[tuple[int, tuple[str, ...]]]]  # by their first cluster
    begun: list[tuple[int, tuple[str, ...]]]
    words: dict[str, int]
    longest: int  # characters of a word
    long: bool  # nothing but rows that are sure wherever they stand


def needles(
    terms: Iterable[str], *, words: bool, says: Mapping[str, float] | None = None
) -> Needles:
    """What to mark for typed terms: each as a row and, if `words`, every word of them as well.

    What ends in a star is begun: สมุน* marks สมุนไพร. `says` is how much each term says, above 0.
    """
    terms = list(terms)
    rows = [tuple(cluster.text for cluster in clusters(term)[:MOST]) for term in terms]
    begun = (row for term, row in zip(terms, rows, strict=True) if term.endswith("*") and row)
    single = (word for term in terms for word in words_of(term)) if words else ()
    said = {row: says[term] if says else 2.0 for term, row in zip(terms, rows, strict=True) if row}
    return Needles(
        tuple(said), frozenset(single), tuple(said.values()) if says else (), frozenset(begun)
    )


def find(text: str, sought: Needles, *, width: int, everywhere: bool = False) -> list[Match]:
    """Where the needles stand, in order; of a long text, around the `width` that holds most of them.

    Rows of up to three clusters, and words, must begin and end where words do; rows that stand so
    nowhere are taken from inside other words. With `everywhere`, all places are read, not the best.
    """
    plan = _plan(sought)
    seen = text[:_MOST_SEEN]
    maybe = _literal(seen, plan.needles, rows=len(sought.rows))
    if maybe and plan.long and all(_is_whole(text, match) for match in maybe):
        return [_with_dot(text, match._replace(sure=True)) for match in maybe]
    maybe = maybe or _places(seen, plan.needles)
    found: set[Match] = set()
    reached, left, tries = 0, _MOST_READ, 0
    while maybe and left > 0:
        chosen = maybe if everywhere else best(maybe, sought, width=width)
        if _worth(chosen, plan) <= reached or (reached and tries == _MOST_TRIES):
            break
        tries += 1
        here: list[Match] = []
        for start, end in _surroundings(text, chosen):
            part = text[start : min(end, start + max(left, 0))]
            left -= len(part)
            here += _standing(placed(part), plan, start)
        found.update(here)
        reached = max(reached, _worth((match for match in here if match.sure), plan))
        read = set(chosen)
        maybe = [match for match in maybe if match not in read]
    rows_stand = any(match.sure and match.number < len(sought.rows) for match in found)
    return sorted(_with_dot(text, match) for match in found if match.sure or not rows_stand)


def best(matches: Sequence[Match], sought: Needles, *, width: int) -> Sequence[Match]:
    """Those within `width` characters that are of the most, and the longest, different needles.

    The first such place. The matches are in order.
    """
    weights = [needle.weight for needle in _plan(sought).needles]
    counts: Counter[int] = Counter()
    score = top = first = 0
    chosen = slice(0, 1)
    for last, match in enumerate(matches):
        counts[match.number] += 1
        if counts[match.number] == 1:
            score += weights[match.number]
        while first < last and match.end - matches[first].start > width:
            counts[matches[first].number] -= 1
            if not counts[matches[first].number]:
                score -= weights[matches[first].number]
            first += 1
        if score > top or (score == top and first == chosen.start):
            top, chosen = score, slice(first, last + 1)
    return matches[chosen]


@lru_cache(maxsize=64)
def _plan(sought: Needles) -> _Plan:
    rows: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for number, row in enumerate(sought.rows):
        if row not in sought.begun:
            rows.setdefault(row[0], []).append((number, row))
    whole = ["".join(row) for row in sought.rows]
    single = sorted(sought.words.difference(whole))
    says = sought.says or (2,) * len(whole)
    return _Plan(
        needles=(
            *(_needle(text, weight=weight) for text, weight in zip(whole, says, strict=True)),
            *(_needle(text, weight=1) for text in single),
        ),
        rows=rows,
        begun=[each for each in enumerate(sought.rows) if each[1] in sought.begun],
        words={word: number for number, word in enumerate(single, start=len(whole))},
        longest=max(map(len, single), default=0),
        long=not single and all(len(row) >= SURE for row in sought.rows),
    )


def _needle(text: str, *, weight: float) -> _Needle:
    letters, _ = skeleton(text)
    return _Needle(text, letters, marks(text), round(weight * (4 + min(len(letters), 8))))


def _literal(text: str, sought: Sequence[_Needle], *, rows: int) -> list[Match]:
    """Where the needles (the rows are first) stand letter for letter: the quick look, right nearly always.

    Nothing where a row is missed that somehow must be there, nor any word.
    """
    text = text.lower()
    found: list[Match] = []
    for number, needle in enumerate(sought):
        at, kept = text.find(needle.text), 0
        if at < 0 and number < rows and rows == len(sought):
            return []
        while at >= 0 and kept < _MOST_PLACES:
            found.append(Match(at, at + len(needle.text), number, False))
            kept += 1
            at = text.find(needle.text, at + 1)
    return sorted(found)


def _is_whole(text: str, match: Match) -> bool:
    """Does it begin and end where clusters do? Marks after it, or a vowel before, would be of its own."""
    return (
        not _WITH_LAST.match(text, match.end)
        and text[match.start - 1 : match.start] not in _LEADING
    )


def _places(text: str, sought: Sequence[_Needle]) -> list[Match]:
    """Where the needles may stand: places with their letters, and their marks in some order."""
    letters, places = skeleton(text)
    places.append(len(text))
    found: list[Match] = []
    compared = 0
    for number, needle in enumerate(sought):
        kept = 0
        at = letters.find(needle.skeleton) if needle.skeleton else -1
        while at >= 0 and kept < _MOST_PLACES and compared < _MOST_COMPARED:
            compared += 1
            following = at + len(needle.skeleton)
            start, end = places[at], min(places[following], places[following - 1] + _MARKED)
            if end - start < _LONGEST and needle.marks <= marks(text[start:end]):
                found.append(Match(start, end, number, False))
                kept += 1
            at = letters.find(needle.skeleton, at + 1)
    return sorted(found)


def _surroundings(text: str, matches: Sequence[Match]) -> Iterator[tuple[int, int]]:
    """The parts of the text to read for these matches, each with some words around it."""
    if len(text) <= _SHORT:
        yield 0, len(text)
        return
    open_since, open_until = -1, -1
    for match in matches:
        start, end = _before(text, match.start), _after(text, match.end)
        if start > open_until and open_since >= 0:
            yield open_since, open_until
            open_since = -1
        if open_since < 0:
            open_since = start
        open_until = max(open_until, end)
    if open_since >= 0:
        yield open_since, open_until


def _before(text: str, place: int) -> int:
    far, near = max(0, place - _FAR), max(0, place - _NEAR)
    space = max(text.rfind(" ", far, near), text.rfind("\n", far, near))
    return far if space < 0 else space + 1


def _after(text: str, place: int) -> int:
    far, near = place + _FAR, place + _NEAR
    spaces = [text.find(space, near, far) for space in " \n"]
    return min((space for space in spaces if space >= 0), default=min(far, len(text)))


def _standing(part: Sequence[Placed], plan: _Plan, offset: int) -> Iterator[Match]:
    """The matches in a part of a text that begins at `offset`."""
    for number, cluster in enumerate(part):
        for needle, row in plan.rows.get(cluster.text, ()):
            there = part[number : number + len(row)]
            if tuple(other.text for other in there) == row:
                sure = len(row) >= SURE or (cluster.begins and there[-1].ends)
                yield Match(offset + cluster.start, offset + there[-1].end, needle, sure)
        for needle, row in plan.begun:
            there = part[number : number + len(row)]
            if len(there) == len(row) and _begins(there, row):
                sure = len(row) >= SURE or cluster.begins
                yield Match(offset + cluster.start, offset + there[-1].end, needle, sure)
        if not plan.words or not cluster.begins:
            continue
        word = ""
        for other in part[number:]:
            word += other.text
            if len(word) > plan.longest:
                break
            if other.ends and word in plan.words:
                start, end = offset + cluster.start, offset + other.end
                yield Match(start, end, plan.words[word], True)


def _begins(there: Sequence[Placed], row: Sequence[str]) -> bool:
    """Is it the row, with a last cluster that may have more to it?"""
    *first, last = (cluster.text for cluster in there)
    return last.startswith(row[-1]) and tuple(first) == tuple(row[:-1])


def _with_dot(text: str, match: Match) -> Match:
    """The last dot of an abbreviation belongs to it: พ.ร.บ."""
    start, end = match.start, match.end
    if text.startswith(".", end) and "." in text[start:end] and text[end - 1] >= "ก":
        return match._replace(end=end + 1)
    return match


def _worth(matches: Iterable[Match], plan: _Plan) -> int:
    return sum(plan.needles[number].weight for number in {match.number for match in matches})
