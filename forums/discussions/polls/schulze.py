"""The order of ranked options by the method of Markus Schulze: pure functions.

Schulze, "A new monotonic, clone-independent, reversal symmetric, and condorcet-consistent single-winner election method",
Social Choice and Welfare 36 (2011), 267–303; the strength of a link is the number of ballots for it ("winning votes").
"""

from collections.abc import Sequence

type Pairs = Sequence[Sequence[int]]  # [i][j]: how many put i before j


def strongest_paths(pairs: Pairs) -> list[list[int]]:
    """[i][j]: how strong the strongest path from i to j is, a path being as strong as its weakest link; O(n³)."""
    options = range(len(pairs))
    paths = [[pairs[i][j] if pairs[i][j] > pairs[j][i] else 0 for j in options] for i in options]
    for through in options:
        for i in options:
            if i == through:
                continue
            first = paths[i][through]
            for j in options:
                if j not in (i, through):
                    paths[i][j] = max(paths[i][j], min(first, paths[through][j]))
    return paths


def places(pairs: Pairs) -> list[int]:
    """The place of each option, 1 for the first; options neither of which beats the other may share one.

    i beats j where its path to j is stronger than that back. That is transitive, so who is beaten stands behind.
    """
    paths = strongest_paths(pairs)
    options = range(len(pairs))
    return [1 + sum(paths[i][j] > paths[j][i] for i in options) for j in options]
