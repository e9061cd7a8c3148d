"""What a network's page tells of how well networks know each other."""

from datetime import date

import pytest
from django.utils import timezone

from forums.front.networks.neighbours import section
from forums.groups.networks.models import Network
from forums.knowledge.guesses.acquaintances import acquainted, guessed_pairs, to_step
from forums.knowledge.guesses.models import Acquaintance
from tests.knowledge.guesses.test_actions import guesses
from tests.knowledge.making import make_round, make_statement
from tests.make import make_network, make_topic

pytestmark = pytest.mark.django_db
MAY, JUNE = (2026, 5), (2026, 6)


@pytest.fixture
def about():
    statement = make_statement(make_topic())
    return {"statement": statement, "round_": make_round(statement.topic)}


def told(viewer, target, off, *months, guesses=10):
    Acquaintance.objects.create(
        viewer=viewer, target=target, guesses=guesses, off=off, months=list(months)
    )


def test_figures_go_by_steps_of_five():
    assert [to_step(each) for each in (0, 2.4, 2.6, 18, 50)] == [0, 0, 5, 20, 50]


def test_a_month_is_told_where_it_and_the_rest_are_of_five(about):
    one, other = make_network(), make_network()
    guesses(one, other, 0, 0, 0, 0, 0, month=MAY, **about)  # 50 off each
    guesses(one, other, 5, 5, 5, 5, 5, month=JUNE, **about)
    found = guessed_pairs()[one.pk, other.pk]
    assert (found.guesses, found.off) == (10, 25)
    assert found.months == ((date(2026, 5, 1), 50), (date(2026, 6, 1), 0))
    guesses(one, other, 5, month=(2026, 7), **about)
    assert guessed_pairs()[one.pk, other.pk].months == ()


def test_both_directions_stand_in_one_row_and_growth_beside():
    mine, other = make_network(), make_network("คนเฝ้าป่า")
    told(other, mine, 25, ["2026-05-01", 30], ["2026-06-01", 15])
    told(mine, other, 10)
    (row,) = acquainted(mine).rows
    assert (row.network.name, row.theirs.off, row.theirs.was) == ("คนเฝ้าป่า", "1.5", "3")
    assert (row.ours.off, row.ours.was) == ("1", "")
    assert (acquainted(mine).theirs, acquainted(mine).ours) == ("1.5", "1")


def test_a_network_that_is_hidden_is_not_told_of():
    mine, other = make_network(), make_network()
    told(other, mine, 25)
    told(mine, other, 10)
    Network.objects.filter(pk=other.pk).update(hidden_at=timezone.now())
    assert acquainted(mine).rows == ()


def test_two_networks_cost_as_much_as_ten(django_assert_num_queries):
    mine = make_network()
    for number in range(10):
        other = make_network()
        told(other, mine, 25)
        told(mine, other, 10)
        if number in (1, 9):
            with django_assert_num_queries(1):
                assert len(acquainted(mine).rows) == number + 1


def test_its_page_says_it_or_why_not_yet():
    mine, other = make_network(), make_network("คนเฝ้าป่า")
    assert "ยังบอกไม่ได้ว่ารู้จักกันแค่ไหน" in section(mine)
    told(other, mine, 15)
    told(mine, other, 10)
    page = section(other)
    assert "เดาใจเครือข่ายนี้คลาดไปราว 1 คนใน 10" in page
    assert str(mine.name) in page
