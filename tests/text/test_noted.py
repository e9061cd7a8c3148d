"""What a page says of itself: until when it is true, to the second."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.text import dates
from forums.text.noted import noted_now, noting, rests_on, true_today, true_until

NOW = datetime(2026, 11, 22, 1, 20, 30, tzinfo=UTC)


def said(moment, now):
    """How long ago, and until when that is so."""
    with noting("of now") as noted:
        return dates.ago(moment, now), noted.until


@given(st.integers(0, 4 * 24 * 3600), st.integers(0, 24 * 3600))
def test_how_long_ago_is_true_until_it_is_said_otherwise(age, of_day):
    now = NOW + timedelta(seconds=of_day)
    moment = now - timedelta(seconds=age)
    words, until = said(moment, now)
    assert until > now
    if until.year == 9999:
        assert said(moment, now + timedelta(days=400))[0] == words
        return
    assert said(moment, until - timedelta(seconds=1))[0] == words
    assert said(moment, until)[0] != words


def test_the_soonest_end_counts():
    with noting("of now") as noted:
        true_until(NOW + timedelta(hours=2))
        true_until(NOW + timedelta(hours=1))
        true_until(NOW + timedelta(hours=3))
        true_today(NOW)
    assert noted.until == NOW + timedelta(hours=1)


def test_a_day_ends_at_midnight_in_bangkok():
    with noting("of now") as noted:
        true_today(NOW)
    assert noted.until == datetime(2026, 11, 22, 17, tzinfo=UTC)


def test_topics_beside_are_noted():
    with noting("of now") as noted:
        rests_on([1, 2])
        rests_on([2])
    assert noted.topics == {1, 2}


def test_nothing_is_noted_where_nobody_notes():
    true_until(NOW)
    true_today(NOW)
    rests_on([1])
    assert noted_now() is None
    with noting("of now") as noted:
        assert noted_now() is noted
    assert noted_now() is None


@pytest.mark.parametrize("age", [59, 3599, 6 * 3600 - 1])
def test_the_last_second_of_words(age):
    words, until = said(NOW - timedelta(seconds=age), NOW)
    assert until == NOW + timedelta(seconds=1)
    assert said(NOW - timedelta(seconds=age), until)[0] != words
