"""A work shared among processes."""

import os
from collections.abc import Callable

import pytest

from forums.management.crew import CrewError, share


def doubling(further: int) -> Callable[[int], int]:
    return lambda number: 2 * number + further


def who(_: int) -> Callable[[int], int]:
    return lambda _number: os.getpid()


def failing() -> Callable[[int], int]:
    def fail(number: int) -> int:
        if number == 3:
            raise ValueError("three is too many")
        return number

    return fail


@pytest.mark.django_db(transaction=True)
def test_each_task_is_done_once_by_one_of_several():
    assert sorted(share(range(9), doubling, 1, processes=2)) == [1, 3, 5, 7, 9, 11, 13, 15, 17]
    there = set(share(range(4), who, 0, processes=2))
    assert os.getpid() not in there


@pytest.mark.django_db(transaction=True)
def test_one_that_fails_says_why_and_ends_the_work():
    with pytest.raises(CrewError, match="three is too many"):
        list(share(range(9), failing, processes=2))


@pytest.mark.django_db
def test_inside_a_transaction_it_is_done_here():
    assert set(share(range(4), who, 0, processes=2)) == {os.getpid()}
