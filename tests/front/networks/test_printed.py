"""forums.front.networks.printed: who a network is, as it is now and as far as who asks may know."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.front.networks.printed import lines
from forums.front.networks.sentences import SentenceRow
from forums.groups.contacts.models import Contact, Office
from forums.groups.profiles.actions import edit_network
from tests.make import join, make_network


@pytest.fixture
def network(malee):
    return make_network("คนรักคลอง", malee)


@pytest.fixture
def page(as_, network):
    return lambda member=None: as_(member).get(network.get_absolute_url()).content.decode()


def test_what_changes_is_said_at_once(page, network, malee, somchai):
    for _twice in range(2):
        assert "1 คน" in page(malee)
    join(network, somchai)
    assert "2 คน" in page(malee)
    edit_network(editor=malee, network=network, provinces=["50"])
    assert "/networks/?province=50" in page(malee)


def test_each_is_told_what_she_may_know(page, network, malee, somchai):
    Contact.objects.create(network=network, label="โทร", value="0812345678", audience="network")
    for _twice in range(2):
        assert "0812345678" in page(malee)
        assert "0812345678" not in page(somchai)
        assert "0812345678" not in page()


def test_a_duty_is_past_from_the_day_after_its_last(page, network, malee, monkeypatch):
    today = timezone.localdate()
    Office.objects.create(network=network, title="เลขา", holder="น้อย", until=today)
    assert 'class="past"><dt>เลขา' not in page(malee)
    monkeypatch.setattr(timezone, "localdate", lambda: today + timedelta(days=1))
    assert 'class="past"><dt>เลขา' in page(malee)


def test_a_line_of_the_timeline_leads_where_it_tells_of_something():
    odd = '{text} <b>&" %s'
    html = lines([SentenceRow("1 ธ.ค. 2569", "เข้าร่วม", odd, "/t/1/?a&b"), SentenceRow(odd, "1 คน")])
    assert '<a href="/t/1/?a&amp;b">{text} &lt;b&gt;&amp;&quot; %s</a>' in html
    assert html.count("<li") == 2
    assert html.count("<a ") == 1
    assert lines([]) == ""
