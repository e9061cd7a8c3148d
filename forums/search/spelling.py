"""What may have been meant by a line that finds little: "did you mean".

A noisy channel (Kernighan, Church and Gale 1990, "A spelling correction program based on a noisy
channel model"): the likeliest line is one whose words are often written and that lies near what was
typed. Words are only those that everyone may read (`SearchWord`). ICU cuts a misspelled word where it
likes, so the typed clusters are put together anew, by dynamic programming over all their rows.
"""

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from forums.constant_sql import select
from forums.text.cleaning import norm
from forums.text.clusters import clusters
from forums.text.keyboard import other_layout
from forums.text.spelling import AFTER, SEPARATOR, distance, near_skeletons, skeleton

MAX_LENGTH = 100  # characters of a line that are looked at
LONGEST = 14  # clusters of a word
ALIKE = 12  # words taken of those that sound the same, the most written first
PROBES = 1500  # skeletons with one error that are looked up

# Costs in nats.
_WORD = 2.0  # each word, so that few long ones are rather meant than many short ones
_ERROR = 4.0  # × distance
_UNKNOWN, _UNKNOWN_CLUSTER = 10.0, 3.0  # what was typed, though nobody has written it
_OTHER_LAYOUT = 2.0
_FAR = 12.0  # dearer than what was typed, or than the best: not offered

_RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+|[a-z]+")

_ALIKE = """SELECT word, documents, '' FROM forums_searchword WHERE word = ANY(%s)
    UNION ALL SELECT alike.* FROM unnest(%s::text[]) sound CROSS JOIN LATERAL (
        SELECT word, documents, skeleton FROM forums_searchword
        WHERE skeleton = sound AND skeleton <> '' ORDER BY documents DESC LIMIT %s) alike"""
_NEAR = """SELECT alike.* FROM unnest(%s::text[]) said CROSS JOIN LATERAL (
        SELECT word, documents, skeleton FROM forums_searchword
        WHERE skeleton >= said || %s AND skeleton < said || %s AND skeleton <> ''
        ORDER BY documents DESC LIMIT 40) alike
    UNION ALL SELECT word, documents, skeleton FROM forums_searchword
        WHERE skeleton = ANY(%s) AND skeleton <> ''"""


def spellings(
    text: str, *, limit: int = 3, found: Callable[[str], bool] | None = None
) -> list[str]:
    """Up to `limit` lines that may have been meant, the likeliest first; none equals what was typed.

    Two queries, whatever is asked. Each word of a suggestion stands in some post that everyone may
    read; whether they stand together, and where the reader may see it, `found` says: it is asked
    about one line after the other until enough are found.
    """
    typed = norm(text[:MAX_LENGTH])
    readings = [_Line(typed, 0)]
    if switched := other_layout(text[:MAX_LENGTH]):
        readings.append(_Line(norm(switched), _OTHER_LAYOUT))
    _look_up([run for reading in readings for run in reading.runs])
    lines: dict[str, float] = {}
    for reading in readings:
        for cost, line in reading.likeliest(limit + 5):
            lines[line] = min(cost, lines.get(line, math.inf))
    as_typed = lines.pop(typed, math.inf)
    ranked = sorted(lines, key=lines.__getitem__)
    offered: list[str] = []
    for line in ranked:
        if len(offered) == limit or lines[line] > min(as_typed, lines[ranked[0]]) + _FAR:
            break
        if found is None or found(line):
            offered.append(line)
    return offered


class _Way(NamedTuple):
    """A way to write a row of clusters, and what it costs."""

    cost: float
    text: str


class _Run:
    """A run of one script, and how each row of its clusters may be written."""

    def __init__(self, text: str) -> None:
        self.units = [text] if text.isascii() else [cluster.text for cluster in clusters(text)]
        count = len(self.units)
        self.spans = {
            (start, end): "".join(self.units[start:end])
            for start in range(count)
            for end in range(start + 1, min(start + LONGEST, count) + 1)
        }
        self.sounds = {span: skeleton(typed) for span, typed in self.spans.items()}
        self.ways: dict[tuple[int, int], dict[str, float]] = {
            (start, end): {typed: _UNKNOWN + _UNKNOWN_CLUSTER * (end - start)}
            for (start, end), typed in self.spans.items()
        }
        self.known: set[tuple[int, int]] = set()

    def add(self, span: tuple[int, int], word: str, rare: float) -> None:
        """`word` may have been meant by the clusters of `span`."""
        typed = self.spans[span]
        cost = _WORD + rare
        if word == typed:
            self.known.add(span)
        else:
            if abs(len(word) - len(typed)) > 4:
                return
            far = distance(typed, word)
            if far > 0.4 + 0.22 * len(typed):
                return
            cost += _ERROR * far
        self.ways[span][word] = min(cost, self.ways[span].get(word, math.inf))

    def doubtful(self) -> list[tuple[int, int]]:
        """Rows of clusters with nothing but known words before and after them: an error is in one of them."""
        count = len(self.units)
        before, after = {0}, {count}
        for start, end in sorted(self.known):
            if start in before:
                before.add(end)
        for start, end in sorted(self.known, key=lambda span: -span[1]):
            if end in after:
                after.add(start)
        return [span for span in self.spans if span[0] in before and span[1] in after]

    def likeliest(self, most: int) -> list[_Way]:
        best: list[list[_Way]] = [[_Way(0, "")]]
        for end in range(1, len(self.units) + 1):
            ways: dict[str, float] = {}
            for start in range(max(0, end - LONGEST), end):
                for word, cost in self.ways[start, end].items():
                    for before in best[start]:
                        text, whole = before.text + word, before.cost + cost
                        if whole < ways.get(text, math.inf):
                            ways[text] = whole
            best.append(heapq.nsmallest(most, (_Way(cost, text) for text, cost in ways.items())))
        return best[-1]


class _Line:
    """A line as runs of letters that may be misspelled, and what stands between them."""

    def __init__(self, text: str, cost: float) -> None:
        self.cost = cost
        self.parts: list[str | _Run] = []
        place = 0
        for match in _RUN.finditer(text):
            self.parts += [text[place : match.start()], _Run(match[0])]
            place = match.end()
        self.parts.append(text[place:])

    @property
    def runs(self) -> list[_Run]:
        return [part for part in self.parts if isinstance(part, _Run)]

    def likeliest(self, most: int) -> list[_Way]:
        lines = [_Way(self.cost, "")]
        for part in self.parts:
            ways = part.likeliest(most) if isinstance(part, _Run) else [_Way(0, part)]
            joined = (
                _Way(line.cost + way.cost, line.text + way.text) for line in lines for way in ways
            )
            lines = heapq.nsmallest(most, joined)
        return lines


def _look_up(runs: Iterable[_Run]) -> None:
    """Give each run the words it may mean: those that sound the same, and those with one error."""
    runs = list(runs)
    typed = {text for run in runs for text in run.spans.values() if len(text) > 1}
    sounds = {sound for run in runs for sound in run.sounds.values() if sound}
    rows = select(_ALIKE, [*typed, ""], list(sounds), ALIKE)
    posts = max((documents for word, documents, _ in rows if not word), default=1)
    _add(runs, rows, posts, {sound: {sound} for sound in sounds})
    near: dict[str, set[str]] = defaultdict(set)  # from a sound that is looked up: typed sounds
    said: set[str] = set()
    doubtful = {run.sounds[span] for run in runs for span in run.doubtful()} - {""}
    for sound in sorted(doubtful, key=len, reverse=True):
        others = near_skeletons(sound)
        if len(near) + len(others) > PROBES:
            break
        for other in others:
            near[other].add(sound)
        said.add(sound.partition(SEPARATOR)[0])
    rows = select(_NEAR, list(said), SEPARATOR, AFTER, list(near))
    for sound in said:
        pass
    for _, _, other in rows:
        consonants = other.partition(SEPARATOR)[0]
        if consonants in said:
            near[other] |= {s for s in doubtful if s.partition(SEPARATOR)[0] == consonants}
    _add(runs, rows, posts, near)


def _add(
    runs: list[_Run], rows: list[tuple[str, int, str]], posts: int, near: dict[str, set[str]]
) -> None:
    spans: dict[str, list[tuple[_Run, tuple[int, int]]]] = defaultdict(list)
    for run in runs:
        for span, sound in run.sounds.items():
            spans[sound].append((run, span))
            spans[run.spans[span]].append((run, span))
    for word, documents, sound in rows:
        rare = math.log((posts + 1) / max(documents, 1))
        if not sound:
            for run, span in spans.get(word, ()):
                if run.spans[span] == word:
                    run.add(span, word, rare)
            continue
        for typed in near.get(sound, ()):
            for run, span in spans[typed]:
                run.add(span, word, rare)
