"""Which text comes first, and when one fits as well as the other: by hand."""

import pytest

from forums.knowledge.portrayals.blind import own_first, passes


@pytest.mark.parametrize(
    ("given", "own", "fits"),
    [
        ((4, 4, 4, 4, 4), (4, 4, 4, 4, 4), True),
        ((5, 5, 5, 5, 5), (1, 1, 1, 1, 1), True),
        ((4, 4, 4, 4, 3), (4, 4, 4, 4, 4), True),  # 3.8 ≥ 4.0 − 0.25
        ((4, 4, 4, 3, 3), (4, 4, 4, 4, 4), False),  # 3.6 < 3.75
        ((3, 3, 3, 3, 3), (5, 5, 5, 5, 5), False),
    ],
)
def test_it_passes_within_a_quarter_of_a_step(given, own, fits):
    assert passes(judges=5, given=sum(given), own=sum(own)) is fits


def test_exactly_a_quarter_less_passes():
    assert passes(judges=8, given=30, own=32)  # 3.75 and 4.0
    assert not passes(judges=8, given=29, own=32)


def test_four_decide_nothing():
    assert not passes(judges=4, given=20, own=4)


def test_the_order_is_each_readers_own_always_the_same_and_even():
    orders = [own_first(7, judge) for judge in range(2000)]
    assert orders == [own_first(7, judge) for judge in range(2000)]
    assert 900 < sum(orders) < 1100
    assert orders[:60] != [own_first(8, judge) for judge in range(60)]
