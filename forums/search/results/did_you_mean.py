"""What may have been meant by a line that finds little: "did you mean".

A noisy channel (Kernighan, Church and Gale 1990, "A spelling correction program based on a noisy
channel model"): the likeliest line is one whose words are often written and that lies near what was
typed. Its words are only those that everyone may read (`SearchWord`). ICU cuts a misspelled word where
it likes, so the typed clusters are put together anew, by dynamic programming over all rows of them.
"""

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from forums.base.constant_sql import select
from forums.text.clusters import clusters
from forums.text.keyboard import other_layout
from forums.text.lexicon import is_often_written, knows
from forums.text.pairs import SURE
from forums.text.spelling import (
    AFTER,
    SEPARATOR,
    Spelled,
    distance,
    near_skeletons,
    said_alike,
    skeleton,
)
from forums.text.words import plain

MAX_LENGTH = 80  # characters; a longer line is a question, and is answered by the words in it
LONGEST = 12  # clusters of a word
ALIKE, OTHER_VOWELS, ONE_ERROR = 12, 30, 20  # words taken of one sound, the most written first
PROBES = 1_200  # sounds with one error that are looked up
ASKED = 5  # lines that `found` is asked about

# Costs in nats: the logarithm of how much less likely something makes a line.
_WORD = 2.0  # each word, so that few long ones are rather meant than many short ones
_CHANGED = 2.0  # each word written otherwise than it was typed,
_ERROR = 4.0  # and × distance
_UNKNOWN, _UNKNOWN_CLUSTER = 10.0, 3.0  # what was typed, though nobody has written it
_OTHER_LAYOUT = 2.0
_NOT_HEARD, _SAID_THE_SAME = (
    0.8,
    0.4,
)  # as `distance` counts: a letter more or less; one for another
_KNOWN = 3  # times in the lexicon
_TOO_DEAR = 12.0  # above what was typed, or above the best

_RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+|[a-z]+")

# What was typed and is a word; and words that sound like it. Lists come as one text: a list of a
# thousand parameters costs more to read than to answer.
_OF_ONE_SOUND = """SELECT near.* FROM unnest(string_to_array(%(sounds)s, ' ')) sound CROSS JOIN LATERAL (
        SELECT word, documents, skeleton FROM forums_searchword
        WHERE skeleton = sound AND skeleton <> '' ORDER BY documents DESC LIMIT %(of_one_sound)s) near"""
_ALIKE = f"""SELECT word, documents, '' FROM forums_searchword
        WHERE word = ANY(string_to_array(%(typed)s, ' '))
    UNION ALL {_OF_ONE_SOUND}"""  # noqa: S608 - made of constants
# Words with these consonants, whatever the vowels; and words that sound so.
_NEAR = f"""SELECT near.* FROM unnest(string_to_array(%(said)s, ' ')) said CROSS JOIN LATERAL (
        SELECT word, documents, skeleton FROM forums_searchword
        WHERE skeleton >= said || %(separator)s AND skeleton < said || %(after)s AND skeleton <> ''
        ORDER BY documents DESC LIMIT %(other_vowels)s) near
    UNION ALL {_OF_ONE_SOUND}"""  # noqa: S608 - made of constants

type _Span = tuple[int, int]


def spellings(
    text: str, *, limit: int = 3, found: Callable[[str], bool] | None = None
) -> list[str]:
    """Up to `limit` lines that may have been meant, the likeliest first; none equals what was typed.

    Two queries, whatever is asked. Each word of a suggestion stands in some post that everyone may
    read; whether they stand together, and where the reader may see it, `found` says: it is asked
    about one line after the other, five at most, until enough are found.
    """
    if len(text) > MAX_LENGTH:
        return []
    readings = [_Line(plain(text), 0)]
    if switched := other_layout(text):
        readings.append(_Line(plain(switched), _OTHER_LAYOUT))
    _look_up([run for reading in readings for run in reading.runs])
    lines: dict[str, float] = {}
    for reading in readings:
        for cost, line in reading.likeliest(ASKED + 1):
            lines[line] = min(cost, lines.get(line, math.inf))
    dearest = min(lines.values()) + _TOO_DEAR
    lines.pop(readings[0].typed, None)
    offered: list[str] = []
    for line in heapq.nsmallest(ASKED, lines, key=lines.__getitem__):
        if len(offered) == limit or lines[line] > dearest:
            break
        if found is None or found(line):
            offered.append(line)
    return offered


def is_a_slip(typed: str, line: str) -> bool:
    """Is `typed` what is written `line`, but for letters that are not heard (สังเกตุ)? Both are normalised.

    Of four clusters and more no other word sounds so by chance; of three, none that nobody knows and that has a letter for
    another that is said the same (โอกาศ).
    """
    length = min(len(clusters(typed)), len(clusters(line)))
    unknown = not knows(typed) and is_often_written(line, _KNOWN)
    if length < SURE - 1 or (length < SURE and not unknown):
        return False
    if typed[0] != line[0]:  # hardly anybody errs in the first letter
        return False
    least = _NOT_HEARD if length >= SURE else _SAID_THE_SAME
    near = distance(Spelled(typed), Spelled(line), within=least) <= least
    return near and said_alike(typed, line)


class _Way(NamedTuple):
    """A way to write something, and what it costs."""

    cost: float
    text: str


class _Run:
    """A run of one script, and how each row of its clusters may be written."""

    def __init__(self, text: str) -> None:
        units = [text] if text.isascii() else [cluster.text for cluster in clusters(text)]
        self.text = "".join(units)
        self.count = len(units)
        self.typed: dict[_Span, str] = {
            (start, end): "".join(units[start:end])
            for start in range(self.count)
            for end in range(start + 1, min(start + LONGEST, self.count) + 1)
        }
        self.sounds = {span: skeleton(typed) for span, typed in self.typed.items()}
        self.ways: dict[_Span, dict[str, float]] = {
            (start, end): {typed: _UNKNOWN + _UNKNOWN_CLUSTER * (end - start)}
            for (start, end), typed in self.typed.items()
        }
        self.known: set[_Span] = set()
        self._spelled: dict[_Span, Spelled] = {}

    def know(self, span: _Span, rare: float) -> None:
        """What was typed there is a word."""
        self.known.add(span)
        self.ways[span][self.typed[span]] = _WORD + rare

    def add(self, span: _Span, word: Spelled, rare: float) -> None:
        """`word` may have been meant there, if it is near enough."""
        typed = self.typed[span]
        within = 0.4 + 0.22 * len(typed)
        if word.word in self.ways[span] or abs(len(word.word) - len(typed)) > 4:
            return
        if (spelled := self._spelled.get(span)) is None:
            spelled = self._spelled[span] = Spelled(typed)
        if (far := distance(spelled, word, within=within)) <= within:
            self.ways[span][word.word] = _WORD + rare + _CHANGED + _ERROR * far

    def doubtful(self) -> list[_Span]:
        """Rows of clusters with only known words before and after them: one of them holds the error."""
        before, after = {0}, {self.count}
        for start, end in sorted(self.known):
            if start in before:
                before.add(end)
        for start, end in sorted(self.known, key=lambda span: span[1], reverse=True):
            if end in after:
                after.add(start)
        return [
            (start, end)
            for start, end in self.typed
            if start in before
            and end in after
            # An error in a single consonant leaves nothing to go by: only where it is all there is.
            and len(_consonants(self.sounds[start, end])) > (end - start < self.count)
        ]

    def likeliest(self, most: int) -> list[_Way]:
        best = [[_Way(0, "")]]
        for end in range(1, self.count + 1):
            costs: dict[str, float] = {}
            for start in range(max(0, end - LONGEST), end):
                for word, cost in self.ways[start, end].items():
                    for before in best[start]:
                        text, whole = before.text + word, before.cost + cost
                        if whole < costs.get(text, math.inf):
                            costs[text] = whole
            best.append(heapq.nsmallest(most, (_Way(cost, text) for text, cost in costs.items())))
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
    def typed(self) -> str:
        return "".join(part.text if isinstance(part, _Run) else part for part in self.parts)

    @property
    def runs(self) -> list[_Run]:
        return [part for part in self.parts if isinstance(part, _Run)]

    def likeliest(self, most: int) -> list[_Way]:
        lines = [_Way(self.cost, "")]
        for part in self.parts:
            ways = part.likeliest(most) if isinstance(part, _Run) else [_Way(0, part)]
            joined = (_Way(so_far.cost + way.cost, so_far.text + way.text)
                      for so_far in lines for way in ways)  # fmt: skip
            lines = heapq.nsmallest(most, joined)
        return lines


type _Places = dict[str, list[tuple[_Run, _Span]]]


def _look_up(runs: list[_Run]) -> None:
    """Give each run the words it may mean: those that sound the same, and those with one error."""
    typed: _Places = defaultdict(list)
    alike: _Places = defaultdict(list)
    for run in runs:
        for span, sound in run.sounds.items():
            typed[run.typed[span]].append((run, span))
            if sound:
                alike[sound].append((run, span))
    several = [word for word in typed if len(word) > 1]
    rows = select(
        _ALIKE, typed=" ".join(["", *several]), sounds=" ".join(alike), of_one_sound=ALIKE
    )
    posts = next((documents for word, documents, _ in rows if not word), 1)
    for word, documents, sound in rows:
        if not sound:
            for run, span in typed.get(word, ()):
                run.know(span, _rare(documents, posts))
    _add(rows, posts, alike, {})

    near: _Places = defaultdict(list)  # one consonant wrong and the vowels right,
    said: _Places = defaultdict(list)  # or the other way round
    doubtful = [(run, span) for run in runs for span in run.doubtful()]
    for run, span in sorted(doubtful, key=lambda each: each[1][0] - each[1][1]):  # longest first
        sounds = near_skeletons(run.sounds[span])
        if len(near) + len(sounds) > PROBES:
            break
        said[_consonants(run.sounds[span])].append((run, span))
        for sound in sounds:
            near[sound].append((run, span))
    rows = select(
        _NEAR,
        said=" ".join(said),
        separator=SEPARATOR,
        after=AFTER,
        other_vowels=OTHER_VOWELS,
        sounds=" ".join(near),
        of_one_sound=ONE_ERROR,
    )
    _add(rows, posts, near, said)


def _add(rows: list[tuple[str, int, str]], posts: int, sounds: _Places, said: _Places) -> None:
    for word, documents, sound in rows:
        if not sound:
            continue
        spelled, rare = Spelled(word), _rare(documents, posts)
        for run, span in sounds.get(sound, []) + said.get(_consonants(sound), []):
            run.add(span, spelled, rare)


def _rare(documents: int, posts: int) -> float:
    return math.log((posts + 1) / max(documents, 1))


def _consonants(sound: str) -> str:
    return sound.partition(SEPARATOR)[0]
