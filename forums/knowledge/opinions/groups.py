"""Groups of opinion, as Pol.is finds them: two axes of the votes, and who stands near whom on them.

Source: polis, math/conversation.clj, pca.clj, clusters.clj (read, not copied). Differences, each so that
the same votes give the same groups: axes by a whole decomposition, not by iteration from a random
vector; k-means from many starts over people in the order of where they stand, not of when they came; the
number of groups by the votes alone, where Pol.is remembers what it said before.

Loads numpy and scikit-learn (the extra `groups`): asked by the worker and by commands only.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from threadpoolctl import threadpool_limits

from forums.knowledge.opinions.counted import PEOPLE, who_counts
from forums.knowledge.opinions.votes import Votes

MOST_GROUPS = 5
CELLS = 100
CELLS_A_GROUP = 12
STARTS = 20
# Silhouettes (−1 to 1) this near are one, and the fewer groups are kept: three made ones part people better
# by 0.05 and more than two, the same people by other cells by 0.02.
BETTER = 0.035


@dataclass(frozen=True, slots=True)
class Groups:
    """`of`: person → group, numbered from 0 by size, the largest first; `place`: person → (x, y), counted ones only.

    `axes`: for each statement, in the order of `Votes.statements`, how it lies on the two axes.
    """

    of: dict[int, int]
    place: dict[int, tuple[float, float]]
    axes: tuple[tuple[float, float], ...]

    @property
    def count(self) -> int:
        return len(set(self.of.values()))

    def sets(self, votes: Votes) -> dict[object, int]:
        """The groups as sets of people."""
        members: dict[object, list[int]] = {}
        for person, group in sorted(self.of.items(), key=lambda pair: pair[1]):
            members.setdefault(group, []).append(person)
        return {group: votes.set_of(people) for group, people in members.items()}


def find(
    votes: Votes, *, left_out: frozenset[int] = frozenset(), counted: int | None = None
) -> Groups:
    """Two to five groups among those who answered enough; none while fewer than fifteen did.

    `left_out`: statements that were refused; they stay a column of zeros, as Pol.is keeps them.
    `counted`: who counts, where somebody else has said so; else `who_counts`.
    """
    people = who_counts(votes) if counted is None else counted
    if people.bit_count() < PEOPLE or len(votes.statements) < 2:
        return Groups({}, {}, ())
    said, voted = _matrix(votes, left_out)
    with threadpool_limits(
        limits=1
    ):  # several would wait for one another, and add in another order
        axes, places = _projected(said, voted)
    members = np.array([index for index in range(len(votes.people)) if people >> index & 1])
    points = places[members]
    # Where they stand, not who they are, decides in which order the starts are drawn.
    order = np.lexsort((points[:, 1].round(9), points[:, 0].round(9)))
    labels = np.empty(len(points), dtype=int)
    with threadpool_limits(limits=1):
        labels[order] = _parted(points[order])
    return Groups(
        {votes.people[index]: int(label) for index, label in zip(members, labels, strict=True)},
        {
            votes.people[index]: (float(x), float(y))
            for index, (x, y) in zip(members, points, strict=True)
        },
        tuple((float(x), float(y)) for x, y in axes.T),
    )


def _matrix(votes: Votes, left_out: frozenset[int]) -> tuple[np.ndarray, np.ndarray]:
    """People × statements: 1, 0 or −1, and whether there is a vote. A byte each, for there may be two million."""
    size = len(votes.people)

    def column(bits: int) -> np.ndarray:
        raw = np.frombuffer(bits.to_bytes(size // 8 + 1, "little"), dtype=np.uint8)
        return np.unpackbits(raw, bitorder="little")[:size].astype(bool)

    said = np.zeros((size, len(votes.statements)), dtype=np.int8)
    voted = np.zeros(said.shape, dtype=bool)
    for index, statement in enumerate(votes.statements):
        if statement in left_out:
            voted[:, index] = True
            continue
        said[column(votes.agree[statement]), index] = 1
        said[column(votes.disagree[statement]), index] = -1
        voted[:, index] = column(votes.seen(statement))
    return said, voted


def _projected(said: np.ndarray, voted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two axes (2 × statements) and where each person stands on them (people × 2).

    A missing vote is its statement's mean; who answered few is drawn out from the middle by
    √(statements / votes), as Pol.is does, so that silence is not an opinion.
    """
    votes = voted.sum(axis=1)
    centre = said.sum(axis=0) / np.maximum(voted.sum(axis=0), 1)
    filled = said - centre
    filled[~voted] = 0.0
    # Of the smaller side's products: 10,000 × 200 costs a product of 200 × 200.
    if filled.shape[0] >= filled.shape[1]:
        _, vectors = np.linalg.eigh(filled.T @ filled)
        axes = vectors[:, ::-1][:, :2].T
    else:
        _, vectors = np.linalg.eigh(filled @ filled.T)
        axes = vectors[:, ::-1][:, :2].T @ filled
        lengths = np.linalg.norm(axes, axis=1, keepdims=True)
        axes = np.divide(axes, lengths, out=np.zeros_like(axes), where=lengths > 0)
    # An axis has no direction of its own: its largest part points up.
    largest = np.abs(axes.round(9)).argmax(axis=1)
    axes = axes * np.where(axes[np.arange(len(axes)), largest] < 0, -1.0, 1.0)[:, None]
    scale = np.sqrt(said.shape[1] / np.maximum(votes, 1))
    return axes, (filled @ axes.T) * scale[:, None]


def _parted(points: np.ndarray) -> np.ndarray:
    """A label for each point, 0 for the largest group; as many groups as part them best, fewer if as well."""
    distinct = len(np.unique(points.round(9), axis=0))
    if distinct < 3:
        return np.zeros(len(points), dtype=int)
    cells = KMeans(min(CELLS, distinct), n_init=1, random_state=0).fit(points).cluster_centers_
    parting, labels = -2.0, np.zeros(len(points), dtype=int)
    for k in range(2, min(MOST_GROUPS, 2 + len(cells) // CELLS_A_GROUP, distinct - 1) + 1):
        model = KMeans(k, n_init=STARTS, random_state=0).fit(points)
        near = model.predict(cells)
        parted = silhouette_score(cells, near) if 1 < len(set(near)) < len(cells) else -1.0
        if parted > parting + BETTER:
            parting, labels = parted, model.labels_
    sizes = np.bincount(labels)
    # Of groups of one size, the one that stands first.
    first = np.array([np.argmax(labels == group) for group in range(len(sizes))])
    rank = np.empty(len(sizes), dtype=int)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return rank[labels]
