"""A date is read as one word: no line ends inside it."""

from datetime import UTC, datetime

import pytest

from forums.text import dates

MORNING = datetime(2026, 11, 22, 1, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def as_it_is_shown(monkeypatch):
    monkeypatch.setattr(dates, "JOINT", "_")


def test_a_day_and_a_time_are_held_together():
    assert dates.day(MORNING) == "22_พ.ย._2569"
    assert dates.month(2026, 11) == "พ.ย._2569"
    assert dates.month(2026) == "2569"
    assert dates.clock(MORNING) == "8.20_น."
    assert dates.exactly(MORNING) == "22_พ.ย._2569 8.20_น."
