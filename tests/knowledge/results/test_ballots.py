"""Which ballots of one network are one."""

from datetime import timedelta

from django.utils import timezone

from forums.knowledge.results.ballots import Sent, repeated

NOON = timezone.now()
ROW = bytes([1, 2, 1, 3, 1, 1, 2])


def sent(number: int, first: float, last: float, *, network: int = 1, row: bytes = ROW) -> Sent:
    """Begun and last changed so many hours after noon."""
    at = (NOON + timedelta(hours=hours) for hours in (first, last))
    return Sent(number, network, row, *at)


def test_the_same_answers_that_came_within_an_hour_are_one():
    some = [sent(1, 0, 0.1), sent(2, 0.5, 0.9), sent(3, 5, 5.2), sent(4, 0, 0.1, network=2)]
    assert list(repeated(some)) == [(1, [1, 2])]
    assert list(repeated([sent(1, 0, 0, row=ROW[1:]), sent(2, 0, 0, row=ROW[1:])])) == []


def test_an_answer_changed_and_changed_back_later_does_not_make_them_two():
    assert list(repeated([sent(1, 0, 0.1), sent(2, 0, 3), sent(3, 0.1, 6)])) == [(1, [1, 2, 3])]


def test_begun_on_other_days_and_finished_together_they_are_one():
    assert list(repeated([sent(1, 0, 90), sent(2, 24, 90.2), sent(3, 48, 120)])) == [(1, [1, 2])]
