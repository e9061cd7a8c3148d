"""How well an answer fits what was judged. A document is relevant or it is not; there are no grades."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import fmean

NDCG_DEPTH = 10

type Figures = dict[str, float]


def measure(*, shown: Collection[str], ranked: Sequence[str], relevant: Collection[str]) -> Figures:
    """Figures of one query, each from 0 to 1.

    Precision, recall and F1 are over what is `shown` as matches; MAP, MRR, nDCG@10 and hit@1 over the
    page from top to bottom, `ranked`. Nothing shown counts 0 everywhere, precision too. Averages of
    these over queries are macro averages.
    """
    wanted, found = set(relevant), set(shown)
    hits = len(wanted & found)
    page = list(dict.fromkeys(ranked))  # a document may stand in several posts: its best counts
    places = [place for place, one in enumerate(page, start=1) if one in wanted]
    precise = sum(number / place for number, place in enumerate(places, start=1))
    return {
        "p": hits / len(found) if found else 0.0,
        "r": hits / len(wanted),
        "f1": 2 * hits / (len(found) + len(wanted)),
        "map": precise / len(wanted),
        "ndcg10": _gain(places) / _gain(range(1, len(wanted) + 1)),
        "mrr": 1 / places[0] if places else 0.0,
        "hit1": float(places[:1] == [1]),
        "zero_hits": float(not found),
    }


def holds_half(found: Iterable[str], relevant: Collection[str]) -> bool:
    """Whether at least half of the relevant documents are there."""
    return 2 * len(set(found) & set(relevant)) >= len(relevant)


def average(figures: Sequence[Mapping[str, float]]) -> Figures:
    """The mean of each figure over the queries, and how many `queries` they were."""
    names = figures[0] if figures else ()
    means = {name: fmean(one[name] for one in figures) for name in names}
    return {"queries": len(figures)} | means


def _gain(places: Iterable[int]) -> float:
    """Discounted gain of relevant documents at these places: 1/log2(1 + place) down to the tenth."""
    return sum(1 / math.log2(1 + place) for place in places if place <= NDCG_DEPTH)
