"""Thai in its smallest pieces that stand alone: a consonant with its vowels and marks.

Words are a matter of opinion, clusters are not: every border between words, wherever a reader draws
it, is one between clusters. So what a reader types is found as a row of clusters, and the borders
say whether it stands there as a word of its own (ตา) or inside another (ตาราง).
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from forums.text.lexicon import starts
from forums.text.words import runs

CLUSTER = re.compile("[เแโใไ]?[ก-ฮ][ัิีึืฺุู็่้๊๋์ํ๎]*[ะาำๅ]*|[^ก-ฮ]")


class Cluster(NamedTuple):
    """`begins` and `ends`: is there a border between words before and after it?"""

    text: str
    begins: bool
    ends: bool


def clusters(s: str, /) -> list[Cluster]:
    """The clusters of `norm(s)`; a number or a word of another script is one.

    A border inside Thai is one that ICU and `lexicon` agree on.
    """
    return clusters_of(runs(s))


def clusters_of(found_runs: Iterable[list[str]]) -> list[Cluster]:
    """The same of a text that was cut into runs already."""
    return list(map(Cluster._make, plain_clusters(found_runs)))


def plain_clusters(found_runs: Iterable[list[str]]) -> list[tuple[str, bool, bool]]:
    """The same as plain tuples: a post has hundreds, and naming their parts takes as long as finding them."""
    found: list[tuple[str, bool, bool]] = []
    for run in found_runs:
        if is_thai(run[0]):
            _add(run, found)
        else:
            found += [(word, True, True) for word in run]
    return found


def is_thai(cluster: str) -> bool:
    """Or a number, or a word of another script?"""
    return "ก" <= cluster[:1] <= "๎"


def words_of(found: Iterable[Cluster]) -> list[str]:
    """What stands between the borders."""
    whole: list[str] = []
    for cluster in found:
        if cluster.begins:
            whole.append("")
        whole[-1] += cluster.text
    return whole


def _add(run: list[str], found: list[tuple[str, bool, bool]]) -> None:
    if len(run) == 1:  # for ICU there is no border inside, whatever the lexicon would say
        pieces: list[str] = CLUSTER.findall(run[0])
        last = len(pieces) - 1
        found += [(piece, not n, n == last) for n, piece in enumerate(pieces)]
        return
    pieces = CLUSTER.findall("".join(run))
    ends = set()
    place = 0
    for word in run:
        place += len(word)
        ends.add(place)
    begins = [*starts(pieces)[1:], True]
    place = 0
    here = True
    for piece, may_end in zip(pieces, begins, strict=True):
        place += len(piece)
        there = may_end and place in ends
        found.append((piece, here, there))
        here = there
