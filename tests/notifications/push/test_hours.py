"""Quiet hours, over midnight and not; how long a message is good for."""

from datetime import datetime

import pytest

from forums.notifications.push.hours import quiet_until, seconds_to_quiet
from forums.text.dates import BANGKOK


def at(hour, minute=0, day=5):
    return datetime(2026, 12, day, hour, minute, tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("now", "start", "end", "over"),
    [
        (at(19, 59), 20, 7, None),
        (at(20), 20, 7, at(7, day=6)),
        (at(23, 59), 20, 7, at(7, day=6)),
        (at(0), 20, 7, at(7)),
        (at(6, 59), 20, 7, at(7)),
        (at(7), 20, 7, None),
        (at(12), 9, 17, at(17)),
        (at(17), 9, 17, None),
        (at(8, 59), 9, 17, None),
        (at(3), None, None, None),
        (at(23), 22, 0, at(0, day=6)),
        (at(0), 22, 0, None),
    ],
)
def test_when_it_is_over(now, start, end, over):
    assert quiet_until(now, start, end) == over


def test_a_message_is_good_until_it_would_come_at_night():
    assert seconds_to_quiet(at(19, 50), 20, most=3600) == 600
    assert seconds_to_quiet(at(12), 20, most=3600) == 3600
    assert seconds_to_quiet(at(12), None, most=3600) == 3600
    assert seconds_to_quiet(at(20), 20, most=10**6) == 24 * 3600
