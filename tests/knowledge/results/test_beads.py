"""Ten beads say what percents say, as nearly as ten can."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from forums.knowledge.results.beads import Beads
from forums.knowledge.results.figures import NetworkShare


@pytest.mark.parametrize(
    ("percents", "beads"),
    [
        ((85, 5, 10), (9, 0, 1)),  # two rests are equal: the larger share has the bead
        ((90, 10, 0), (9, 1, 0)),
        ((100, 0, 0), (10, 0, 0)),
        ((34, 33, 33), (4, 3, 3)),
        ((30, 50, 20), (3, 5, 2)),
        ((5, 5, 90), (1, 0, 9)),
    ],
)
def test_beads_are_the_nearest_tenths(percents, beads):
    assert Beads.of(*percents) == beads


@given(st.integers(0, 100), st.integers(0, 100))
def test_beads_are_always_ten_and_none_is_more_than_a_bead_off(agree, passed):
    agree, passed = min(agree, passed), abs(agree - passed)
    shares = (agree, passed, 100 - agree - passed)
    beads = Beads.of(*shares)
    assert sum(beads) == 10
    assert all(abs(10 * bead - share) < 10 for bead, share in zip(beads, shares, strict=True))


def test_a_part_has_no_grain():
    assert Beads.of_part(95) == (10, 0, 0)
    assert Beads.of_part(40) == (4, 0, 6)
    assert Beads.of_share(NetworkShare(1, 23, 70, 20, 10)) == (7, 1, 2)


def test_each_bead_is_drawn_where_it_hangs():
    drawn = render_to_string("components/ten_beads.html", {"drawings": [Beads(1, 8, 1)]})
    assert 'id="ten-1-8-1"' in drawn
    assert '<circle class="ten-y" cx="8" cy="7" r="5.2" />' in drawn
    assert '<circle class="ten-p" cx="136" cy="7" r="1.9" />' in drawn
    assert '<circle class="ten-n" cx="152" cy="7" r="4.6" />' in drawn
