"""forums.front.networks.parts: where a contact leads, and days in words."""

from datetime import date

import pytest
from django.utils import translation

from forums.groups.contacts.wording import contact_url, term


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
