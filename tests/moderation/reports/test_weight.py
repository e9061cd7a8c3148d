"""What a report weighs, and whether two sides reported."""

from datetime import timedelta
from math import log

import pytest
from django.utils import timezone

from forums.groups.memberships.models import Membership
from forums.moderation.reports.models import ReporterRecord
from forums.moderation.reports.weight import accuracy, camps_of, learn, weight_of
from tests.make import join, make_member


def test_nothing_is_concluded_from_five_reports():
    assert accuracy(5, 0) == 0
    assert accuracy(0, 5) == 0


@pytest.mark.parametrize(
    ("upheld", "rejected", "expected"),
    [(6, 0, log(6, 4)), (0, 16, -2), (16, 0, 2), (7, 3, 0), (17, 3, 0.5 * log(20, 4))],
)
def test_being_right_or_wrong_counts_more_the_more_often(upheld, rejected, expected):
    assert accuracy(upheld, rejected) == pytest.approx(expected)


def test_a_report_weighs_one_and_the_level_of_its_reporter(db):
    assert weight_of(make_member(trust_level=0)) == 1
    assert weight_of(make_member(trust_level=2)) == 3


def test_who_was_mostly_wrong_weighs_nothing_and_never_less(db):
    member = make_member(trust_level=0)
    ReporterRecord.objects.create(member=member, upheld=0, rejected=64)
    assert weight_of(member) == 0


def test_records_are_made_where_there_is_none_and_counted_on(db):
    member = make_member()
    learn([member.pk], right=True)
    learn([member.pk], right=True)
    learn([member.pk], right=False)
    record = ReporterRecord.objects.get(member=member)
    assert (record.upheld, record.rejected) == (2, 1)


def test_a_network_counts_only_after_some_days_in_it(network):
    member = make_member()
    join(network, member)
    assert camps_of(member) == []
    week = timezone.now() - timedelta(days=8)
    Membership.objects.filter(member=member).update(joined_at=week)
    assert camps_of(member) == [network.pk]


def test_a_hidden_network_is_nobodys_side(network):
    member = make_member()
    join(network, member)
    month = timezone.now() - timedelta(days=30)
    Membership.objects.filter(member=member).update(joined_at=month)
    type(network).objects.filter(pk=network.pk).update(hidden_at=timezone.now())
    assert camps_of(member) == []
