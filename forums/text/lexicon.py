"""Where words end, by how often they are written: a second opinion beside ICU's dictionary.

ICU takes the longest word it knows and goes on from there, so that การกลับมา becomes การก|ลับ|มา, and
it finds words it knows inside names it does not. `starts` weighs whole sentences instead. A border
both agree on is one nearly every reader would draw (docs/search.md has the figures).
"""

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("lexicon.tsv")
LONGEST = 9  # clusters of a word

# What an unknown word costs, in nats: once, and for each cluster of it. Dear enough that a known
# word is taken wherever one fits, and that unknown clusters stand together as one name.
_UNKNOWN, _UNKNOWN_CLUSTER = 14.0, 8.0
_OFTEN = 50  # times
_POST = 30  # words
_PREFIX = math.inf  # no word, but some word begins so


def starts(clusters: Sequence[str]) -> list[bool]:
    """Does a word begin at each of these clusters of one run of Thai? The first always does.

    The cheapest path through the run, a word costing -log of its share of all words (a unigram
    model, solved by dynamic programming). Time grows with the length of the run only.
    """
    costs = _costs()
    count = len(clusters)
    best = [math.inf] * (count + 1)
    best[0] = 0.0
    came_from = [0] * (count + 1)
    unknown, unknown_since = math.inf, 0  # the cheapest path that ends inside an unknown word
    find = costs.get
    for here in range(count):
        so_far = best[here]
        if so_far + _UNKNOWN < unknown:
            unknown, unknown_since = so_far + _UNKNOWN, here
        unknown += _UNKNOWN_CLUSTER
        if unknown < best[here + 1]:
            best[here + 1], came_from[here + 1] = unknown, unknown_since
        word = ""
        there = here
        for cluster in clusters[here : here + LONGEST]:
            word += cluster
            there += 1
            cost = find(word)
            if cost is None:
                break
            if so_far + cost < best[there]:
                best[there], came_from[there] = so_far + cost, here
    begins = [False] * count
    place = count
    while place:
        place = came_from[place]
        begins[place] = True
    return begins


def knows(word: str) -> bool:
    """Is it one of the words?"""
    return _costs().get(word, _PREFIX) < _PREFIX


def is_often_written(word: str, times: int = _OFTEN) -> bool:
    """Is it one that was counted so many times and more? A misspelling that many share was counted, too."""
    dearest = _costs()[""] + math.log(_OFTEN / times) + 1e-9  # counted just so often, it is
    return _costs().get(word, _PREFIX) <= dearest


def share(word: str) -> float:
    """In which share of posts (of thirty words) it would stand, going by how often it is written; 0 to 1."""
    cost = _costs().get(word, _PREFIX)
    return 1.0 - (1.0 - math.exp(-cost)) ** _POST


@cache
def _costs() -> dict[str, float]:
    """What each word costs; what some word begins with is there as well."""
    with FILE.open(encoding="utf-8") as lines:
        counts = {
            word: int(number)
            for word, number in (line.split("\t") for line in lines if line[0] != "#")
        }
    total = sum(counts.values())
    costs = {word[:end]: _PREFIX for word in counts for end in range(1, len(word))}
    costs |= {word: math.log(total / number) for word, number in counts.items()}
    costs[""] = math.log(total / _OFTEN)  # no row of clusters is empty
    return costs
