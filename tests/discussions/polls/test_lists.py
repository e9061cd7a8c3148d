"""The day a poll has found, and what who speaks for a network may do with it."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import unquote

import pytest
from django.utils import timezone

from forums.discussions.polls.lists import found_day
from forums.discussions.polls.models import PollKind
from forums.discussions.polls.outcomes import outcome_for
from tests.discussions.polls.making import end, make_ballots, make_poll
from tests.make import make_member, make_network, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return make_topic(make_member())


@pytest.fixture
def days(topic):
    """A poll for a day, which four can on the second, at half past six in the evening."""
    week = timezone.localdate() + timedelta(days=20)
    lines = f"{week:%d/%m/%Y}\n{week + timedelta(days=1):%d/%m/%Y} 18:30"
    poll = make_poll(topic, kind=PollKind.DATE, options=lines)
    make_ballots(poll, *[[1, 2]] * 4)
    return poll


def test_from_a_found_day_who_speaks_for_a_network_announces_an_activity(as_, topic, days):
    speaks = make_member()
    network = make_network("คนรักคลอง", speaks)
    address = f"/t/{topic.pk}/polls/{days.pk}/"
    assert "/activities/new/" not in as_(speaks).get(address).text  # it is open still
    end(days)
    page = as_(speaks).get(address).text
    assert "ได้วันแล้ว" in page
    link = unescape(re.search(r'href="(/n/[^"]*/activities/new/[^"]*)"', page)[1])
    assert unquote(link).startswith(f"/n/{network.slug}/activities/new/?topic={topic.pk}&day=")
    form = as_(speaks).get(link).text
    day = timezone.localdate() + timedelta(days=21)
    assert f'value="{day.day}/{day.month}/{day.year + 543}"' in form
    assert 'value="18.30"' in form
    for who in (make_member(), topic.author):
        assert "/activities/new/" not in as_(who).get(address).text


def test_no_day_is_found_where_two_are_level(as_, topic, days):
    speaks = make_member()
    make_network("คนรักคลอง", speaks)
    address = f"/t/{topic.pk}/polls/{days.pk}/"
    make_ballots(days, *[[2, 1]] * 4)
    end(days)
    assert "/activities/new/" not in as_(speaks).get(address).text


def test_a_day_that_is_past_is_none_to_announce_for(days):
    speaks = make_member()
    make_network("คนรักคลอง", speaks)
    end(days)
    outcome = outcome_for(days, answered=True)
    assert found_day(days, outcome, speaks)
    days.options = ["2026-01-01", "2026-01-02 18:30"]
    assert found_day(days, outcome, speaks) is None


@pytest.mark.parametrize(
    "wrong", ["day=x", "day=2026-13-40", "day=2027-01-05&at=25:00", "at=18:30"]
)
def test_a_day_that_is_none_fills_nothing_in(as_, wrong):
    speaks = make_member()
    network = make_network("คนรักคลอง", speaks)
    form = as_(speaks).get(f"{network.get_absolute_url()}activities/new/?{wrong}")
    assert form.status_code == 200
    assert 'name="starts" value' not in form.text
