"""The finer index: a text as overlapping pairs of clusters, and the queries on it.

A pair says more than its two halves: hardly a post holds all pairs of a word without holding the word,
so the index alone nearly answers. Where words begin and end is kept as the weight of the pair:

    A  a word begins with the first cluster and one ends with the second
    B  one begins with the first        C  one ends with the second        D  neither

so one tsquery asks for น้ำท่วม "as words of its own": begins there and ends there, however many
words are inside. Weights are not in a GIN index, and ว beside ง is in every other post: so words of up
to three clusters stand there whole as well, without a place, and narrow down what must be looked at.
"""

import itertools
import re
from collections.abc import Iterable, Sequence

from forums.text.clusters import Cluster, is_thai, plain_clusters
from forums.text.words import FIELD_GAP, MAX_POSITION, quoted

# Clusters in a row that mean the same wherever the borders are: chance does not repeat them.
SURE = 4
LEAST = 3  # letters of another script that a longer word may begin with
MOST = 40  # clusters of one term that are looked for
_WEIGHT = {(True, True): "A", (True, False): "B", (False, True): "C", (False, False): "D"}
_BETWEEN = "/"  # no cluster holds one
_WEIGHED = re.compile(r"(?<='):(\*?)[A-D]+")  # in a query; no cluster holds a quotation mark
_END = ("", True, True)  # what follows the last cluster


def pairs_vector(texts: Iterable[list[list[str]]]) -> str:
    """Text for `%s::tsvector` of the fields of one entry, given as `words.runs`; no phrase spans two.

    What lies beyond PostgreSQL's limits (position 16,383; 255 places of one pair) is found as a
    pair, but not in a longer row.
    """
    return clusters_vector(map(plain_clusters, texts))


def clusters_vector(fields: Iterable[list[tuple[str, bool, bool]]]) -> str:
    """`pairs_vector` of texts whose clusters (`plain_clusters`) were found already."""
    places: dict[str, str] = {}
    whole: dict[str, None] = {}
    position = 0
    for found in fields:
        word, length = "", 0
        for (this, begins, ends), (that, _, closes) in zip(found, [*found[1:], _END], strict=False):
            if position < MAX_POSITION:
                position += 1
            pair = this + _BETWEEN + that
            place = f"{position}{_WEIGHT[begins, closes]}"
            places[pair] = f"{places[pair]},{place}" if pair in places else place
            word, length = (this, 1) if begins else (word + this, length + 1)
            if ends and length < SURE:
                whole[word] = None
        position = min(position + FIELD_GAP, MAX_POSITION)
    # Words hold neither quotation mark nor backslash, so nothing need be escaped.
    vector = [f"'{pair}':{kept}" for pair, kept in places.items()]
    return " ".join([*vector, *(f"'{word}'" for word in whole)])


def as_words(found: Sequence[Cluster]) -> str:
    """Text for `%s::tsquery`: the row of clusters, standing for itself.

    Up to three clusters must begin and end where words do; more are sure as they are.
    """
    if len(found) >= SURE:
        return inside(found)
    texts = [cluster.text for cluster in found]
    whole = quoted("".join(texts))
    if len(texts) == 1:
        return whole
    first, last = quoted(texts[0]), quoted(texts[-1])
    if len(texts) == 2:
        return f"({whole} | {first} & {last} & {quoted(_BETWEEN.join(texts))}:A)"
    one, other = map(quoted, _pairs(texts))
    begin, end = quoted(texts[0] + texts[1]), quoted(texts[1] + texts[2])
    parts = f"{first} & {end} | {begin} & {last} | {first} & {quoted(texts[1])} & {last}"
    return f"({whole} | ({parts}) & ({one}:AB <-> {other}:AC))"


def inside(found: Sequence[Cluster]) -> str:
    """Text for `%s::tsquery`: the row of clusters, in other words too.

    A last word of another script may go on: adidas is inside adidasoriginals.
    """
    row = found[:MOST]
    texts = [cluster.text for cluster in row]
    goes_on = not is_thai(texts[-1]) and len(texts[-1]) >= LEAST
    if len(texts) == 1:
        return quoted(texts[0] if goes_on else texts[0] + _BETWEEN) + ":*"
    pairs = [quoted(pair) for pair in _pairs(texts)]
    return f"({' <-> '.join(pairs)}{':*' if goes_on else ''})"


def begun(found: Sequence[Cluster]) -> str:
    """Text for `%s::tsquery`: words that begin with the row. Its last cluster, too, may be the half of one: สม begins สมุนไพร."""
    row = found[:MOST]
    texts = [cluster.text for cluster in row]
    parts = [quoted(pair) for pair in _pairs(texts)] or [quoted(texts[0])]
    ends = [""] * (len(parts) - 1) + ["*"]
    if len(texts) < SURE:
        ends[0] += "AB"
    return f"({' <-> '.join(f'{part}:{end}' if end else part for part, end in zip(parts, ends, strict=True))})"


def loosely(query: str) -> str:
    """What of a query made here an index knows by itself: neither where pairs stand nor with which borders.

    It must say nothing of what shall not stand there: of that it would leave out more.
    """
    unweighed = _WEIGHED.sub(lambda kept: kept[1] and ":*", query)
    return unweighed.replace(" <-> ", " & ")


def _pairs(texts: Sequence[str]) -> list[str]:
    return [one + _BETWEEN + other for one, other in itertools.pairwise(texts)]
