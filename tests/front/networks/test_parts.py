"""forums.front.networks.parts: where a contact leads, days in words, and how many joined."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from forums.front.networks.parts import MONTHS, parts
from forums.front.networks.timeline import JOINED_IN_MONTH
from forums.groups.contacts.wording import contact_url, term
from forums.groups.networks.models import Event, EventKind
from tests.make import make_network


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("081 234 5678", "tel:0812345678"),
        ("+66 81-234-5678", "tel:+66812345678"),
        ("klong@example.org", "mailto:klong@example.org"),
        ("https://line.me/ti/g/abc", "https://line.me/ti/g/abc"),
        ("javascript:alert(1)", ""),
        ("@klong", ""),
        ("12 หมู่ 4 ต.ท่าเรือ", ""),
        ("1669", ""),
    ],
)
def test_a_contact_leads_where_it_can(value, url):
    assert contact_url(value) == url
    assert not contact_url(value).startswith("javascript")


def test_a_term_says_the_ends_that_are_known():
    with translation.override("th"):
        assert term(date(2024, 3, 1), date(2026, 3, 1)) == "1 มี.ค. 2567 ถึง 1 มี.ค. 2569"
        assert term(None, date(2027, 5, 1)) == "ถึง 1 พ.ค. 2570"
        assert term(None, None) == ""


def test_of_each_month_all_who_joined_are_counted_and_none_of_before(malee):
    network = make_network("คนรักคลอง", malee)
    joined = [  # Bangkok is seven hours ahead
        datetime(2026, 6, 30, 16, 59, tzinfo=UTC),  # the last minute of June: not said in January
        datetime(2026, 6, 30, 17, 0, tzinfo=UTC),  # the first of July
        datetime(2026, 7, 1, 9, 0, tzinfo=UTC),
        datetime(2026, 11, 30, 16, 59, tzinfo=UTC),  # the last of November
        datetime(2026, 11, 30, 17, 0, tzinfo=UTC),  # December has begun
        datetime(2027, 1, 2, 9, 0, tzinfo=UTC),
    ]
    for moment in joined:
        Event.objects.create(network=network, what=EventKind.JOINED, actor=malee, created_at=moment)
    january = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    found = parts(network, None, month=january).events
    told = {row.at: row.count for row in found if row.what == JOINED_IN_MONTH}
    assert told == {joined[2]: 2, joined[3]: 1, joined[4]: 1, joined[5]: 1}
    assert MONTHS == 7
