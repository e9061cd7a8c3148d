"""What changed between two sources, by line and inside a line by word, for a template to show.

Lines are compared first; a line that was rewritten in part is then compared by ICU's words, so a
Thai paragraph, which is one long line without spaces, shows the words that changed.
Myers' algorithm ("An O(ND) difference algorithm", 1986) with a budget of steps: texts that have
little in common, or were made to be slow, are compared by the items both hold exactly once.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from forums.text.words import segments

STEPS = 250_000  # elementary comparisons for one diff; about 0.1 s
CONTEXT = 2  # unchanged lines shown around a change
LONG = 400  # characters of an unchanged stretch, above which its middle is folded
KEPT = 120  # characters shown at either end of it
ALIKE = 0.4  # two lines sharing this part of their words are one line, changed
ALIGNED = 400  # pairs of lines looked at to find out which became which


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A stretch of one line; `folded` stands for unchanged text not shown, its text is empty."""

    op: Literal["same", "removed", "added", "folded"]
    text: str


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of the comparison; `folded` stands for `count` unchanged lines not shown."""

    kind: Literal["same", "removed", "added", "changed", "folded"]
    parts: tuple[DiffPart, ...] = ()
    count: int = 1


class _Budget:
    """Steps left for the whole comparison."""

    def __init__(self, steps: int) -> None:
        self.steps = steps


def diff(old: str, new: str) -> list[DiffLine]:
    """The lines of both texts in reading order; none when they are the same.

    Long texts take up to 0.1 s, and what many compare just now is mostly the same two: the last few are kept.
    """
    return list(_diff(old, new))


@lru_cache(maxsize=16)
def _diff(old: str, new: str) -> tuple[DiffLine, ...]:
    if old == new:
        return ()
    budget = _Budget(STEPS)
    before, after = old.split("\n"), new.split("\n")
    lines: list[DiffLine] = []
    i = j = 0
    for start_i, start_j, length in [
        *_matches(before, after, budget),
        (len(before), len(after), 0),
    ]:
        lines += _replaced(before[i:start_i], after[j:start_j], budget)
        lines += [DiffLine("same", _same(text)) for text in before[start_i : start_i + length]]
        i, j = start_i + length, start_j + length
    return tuple(_fold(lines))


def _replaced(removed: list[str], added: list[str], budget: _Budget) -> list[DiffLine]:
    lines: list[DiffLine] = []
    i = j = 0
    for pair_i, pair_j in [*_pairs(removed, added), (len(removed), len(added))]:
        lines += [DiffLine("removed", (DiffPart("removed", text),)) for text in removed[i:pair_i]]
        lines += [DiffLine("added", (DiffPart("added", text),)) for text in added[j:pair_j]]
        if pair_i < len(removed):
            lines += _changed(removed[pair_i], added[pair_j], budget)
        i, j = pair_i + 1, pair_j + 1
    return lines


def _pairs(removed: list[str], added: list[str]) -> list[tuple[int, int]]:
    """Which removed line became which added one: order kept, the most words shared in all."""
    if not removed or not added:
        return []
    old = [Counter(segments(line)) for line in removed[:ALIGNED]]
    new = [Counter(segments(line)) for line in added[:ALIGNED]]
    if len(removed) * len(added) > ALIGNED:
        places = range(min(len(old), len(new)))
        return [(place, place) for place in places if _alike(old[place], new[place]) >= ALIKE]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[_alike(a, b) for b in new] for a in old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if likeness[i][j] >= ALIKE and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _alike(old: Counter[str], new: Counter[str]) -> float:
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0


def _changed(old: str, new: str, budget: _Budget) -> list[DiffLine]:
    """One line with its changed words; as two lines when next to nothing stayed."""
    before, after = segments(old), segments(new)
    parts: list[DiffPart] = []
    removed = added = ""
    i = j = 0
    for start_i, start_j, length in [
        *_matches(before, after, budget),
        (len(before), len(after), 0),
    ]:
        removed += "".join(before[i:start_i])
        added += "".join(after[j:start_j])
        kept = "".join(before[start_i : start_i + length])
        i, j = start_i + length, start_j + length
        if not kept.strip() and (removed or added) and i < len(before) and j < len(after):
            removed += kept  # a space between two changed words is part of the change
            added += kept
            continue
        parts += [DiffPart("removed", removed)] * bool(removed) + [DiffPart("added", added)] * bool(
            added
        )
        parts += _same(kept) if kept else ()
        removed = added = ""
    if not any(part.op == "same" and part.text.strip() for part in parts):
        return [
            DiffLine("removed", (DiffPart("removed", old),)),
            DiffLine("added", (DiffPart("added", new),)),
        ]
    return [DiffLine("changed", tuple(parts))]


def _same(text: str) -> tuple[DiffPart, ...]:
    """Unchanged text, its middle folded when it is long; cut between words."""
    if len(text) <= LONG:
        return (DiffPart("same", text),)
    head, tail = "", ""
    for word in segments(text[: 2 * KEPT]):
        if len(head) + len(word) > KEPT:
            break
        head += word
    for word in reversed(segments(text[-2 * KEPT :])[1:]):
        if len(tail) + len(word) > KEPT:
            break
        tail = word + tail
    return (DiffPart("same", head), DiffPart("folded", ""), DiffPart("same", tail))


def _fold(lines: list[DiffLine]) -> list[DiffLine]:
    """Unchanged lines far from any change become one line that counts them."""
    near: set[int] = set()
    for place, line in enumerate(lines):
        if line.kind != "same":
            near.update(range(place - CONTEXT, place + CONTEXT + 1))
    folded: list[DiffLine] = []
    run: list[DiffLine] = []
    for place, line in enumerate([*lines, DiffLine("changed")]):
        if line.kind == "same" and place not in near:
            run.append(line)
            continue
        # Folding a single line would save nothing.
        folded += run if len(run) < 2 else [DiffLine("folded", (), len(run))]
        run = []
        folded.append(line)
    return folded[:-1]


def _matches(a: Sequence[str], b: Sequence[str], budget: _Budget) -> list[tuple[int, int, int]]:
    """Stretches both have in common as (place in a, place in b, length), in order."""
    start = 0
    while start < len(a) and start < len(b) and a[start] == b[start]:
        start += 1
    end = 0
    while end < len(a) - start and end < len(b) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    left, right = a[start : len(a) - end], b[start : len(b) - end]
    points = _myers(left, right, budget) if left and right else []
    if points is None:
        points = _anchors(left, right)
    found = [(start + i, start + j) for i, j in points]
    matches = [(0, 0, start)] * bool(start)
    for i, j in found:
        if (
            matches
            and matches[-1][0] + matches[-1][2] == i
            and matches[-1][1] + matches[-1][2] == j
        ):
            matches[-1] = (*matches[-1][:2], matches[-1][2] + 1)
        else:
            matches.append((i, j, 1))
    return matches + [(len(a) - end, len(b) - end, end)] * bool(end)


def _myers(a: Sequence[str], b: Sequence[str], budget: _Budget) -> list[tuple[int, int]] | None:
    """Places of equal items on a shortest edit path; None when the budget does not reach."""
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for depth in range(len(a) + len(b) + 1):
        trace.append(furthest.copy())
        budget.steps -= depth
        for k in range(-depth, depth + 1, 2):
            down = k == -depth or (k != depth and furthest[k - 1] < furthest[k + 1])
            i = begin = furthest[k + 1] if down else furthest[k - 1] + 1
            while i < len(a) and i - k < len(b) and a[i] == b[i - k]:
                i += 1
            furthest[k] = i
            budget.steps -= i - begin + 1
            if i >= len(a) and i - k >= len(b):
                return _path(trace, len(a), len(b))
        if budget.steps < 0:
            return None
    return None


def _path(trace: list[dict[int, int]], i: int, j: int) -> list[tuple[int, int]]:
    points: list[tuple[int, int]] = []
    for depth in reversed(range(len(trace))):
        furthest, k = trace[depth], i - j
        down = k == -depth or (k != depth and furthest[k - 1] < furthest[k + 1])
        previous = k + 1 if down else k - 1
        to_i = furthest[previous]
        to_j = to_i - previous
        while i > to_i and j > to_j and i > 0 and j > 0:
            i, j = i - 1, j - 1
            points.append((i, j))
        i, j = to_i, to_j
    points.reverse()
    return points


def _anchors(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Items both hold exactly once, the longest run of them in the same order (patience)."""
    once_a = {item for item, count in Counter(a).items() if count == 1}
    once_b = {item for item, count in Counter(b).items() if count == 1}
    place_b = {item: j for j, item in enumerate(b) if item in once_b}
    piles: list[int] = []  # the last place in b of the best run of each length
    heads: list[int] = []
    chain: list[tuple[int, int, int]] = []  # (i, j, the link before it)
    for i, item in enumerate(a):
        if item not in once_a or item not in place_b:
            continue
        j = place_b[item]
        low = bisect_left(piles, j)
        chain.append((i, j, heads[low - 1] if low else -1))
        if low == len(piles):
            piles.append(j)
            heads.append(len(chain) - 1)
        else:
            piles[low], heads[low] = j, len(chain) - 1
    points = []
    link = heads[-1] if heads else -1
    while link >= 0:
        i, j, link = chain[link]
        points.append((i, j))
    points.reverse()
    return points
