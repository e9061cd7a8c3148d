"""The two networks farthest apart."""

from forums.knowledge.differences.sides import sides_of
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.results.figures import NetworkShare, StatementFigures


def figures(*agree: tuple[int, int], finding: Finding = Finding.DIFFERS) -> StatementFigures:
    shares = tuple(NetworkShare(network, 20, share, 100 - share, 0) for network, share in agree)
    return StatementFigures(1, finding, shares)


def test_they_are_those_of_which_most_and_fewest_agree():
    assert sides_of(figures((1, 50), (2, 15), (3, 90))) == (3, 2)


def test_of_equal_ones_the_older_however_they_are_listed():
    assert sides_of(figures((4, 90), (3, 90), (2, 10), (1, 10))) == (3, 1)


def test_without_a_difference_there_are_none():
    assert sides_of(None) is None
    assert sides_of(figures((1, 90), (2, 85), finding=Finding.SHARED)) is None
    assert sides_of(figures((1, 90))) is None
