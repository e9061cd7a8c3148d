"""The page of rules: by number, each with an address; those that no longer hold stand below."""

import pytest

from forums.moderation.rules.actions import retire_rule, write_rule
from forums.moderation.rules.models import HouseRule


@pytest.fixture
def rules(moderator):
    HouseRule.objects.all().delete()
    return [
        write_rule(moderator=moderator, number=n, title=title, text=f"เรื่อง{title}")
        for n, title in [(1, "ค้านเรื่อง"), (2, "ไม่ขายของ")]
    ]


def test_everyone_reads_the_rules_by_number(as_, rules):
    page = as_(None).get("/rules/").content.decode()
    assert 'id="rule-1"' in page
    assert "ค้านเรื่อง" in page
    assert page.index("rule-1") < page.index("rule-2")
    assert "กติกาที่ไม่ใช้แล้ว" not in page
    assert "แก้กติกา" not in page


def test_a_retired_rule_keeps_its_place_below(as_, rules, moderator):
    retire_rule(moderator=moderator, rule=rules[0])
    page = as_(moderator).get("/rules/").content.decode()
    assert page.index('id="rule-2"') < page.index("กติกาที่ไม่ใช้แล้ว") < page.index('id="rule-1"')
    assert "แก้กติกา" in page


def test_the_page_asks_as_much_for_two_rules_as_for_twenty(
    as_, rules, django_assert_num_queries, moderator
):
    browser = as_(None)
    browser.get("/rules/")
    for n in range(3, 21):
        write_rule(moderator=moderator, number=n, title=f"ข้อ {n}", text="ขอให้ทำ")
    with django_assert_num_queries(1):
        browser.get("/rules/")
