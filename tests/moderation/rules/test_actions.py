"""Rules are written, mended, retired; a number is never given twice."""

import pytest
from django.db import IntegrityError

from forums.base.errors import BadText, NotAllowed
from forums.moderation.rules.actions import retire_rule, write_rule
from forums.moderation.rules.models import HouseRule
from tests.threads import in_threads

WORDS = {"number": 101, "title": "ไม่ขายของ", "text": "ไม่โฆษณาขายของในห้องคุย"}


def test_a_moderator_writes_a_rule_and_it_holds(moderator):
    rule = write_rule(moderator=moderator, **WORDS)
    assert str(rule) == "101. ไม่ขายของ"
    assert rule in HouseRule.objects.in_force()


def test_a_member_writes_and_retires_none(malee, moderator):
    with pytest.raises(NotAllowed):
        write_rule(moderator=malee, **WORDS)
    rule = write_rule(moderator=moderator, **WORDS)
    with pytest.raises(NotAllowed):
        retire_rule(moderator=malee, rule=rule)


def test_a_number_is_never_given_twice(moderator):
    rule = write_rule(moderator=moderator, **WORDS)
    with pytest.raises(BadText, match="เลขข้อ"):
        write_rule(moderator=moderator, **WORDS | {"title": "อื่น"})
    assert write_rule(moderator=moderator, **WORDS) == rule  # the same form, sent twice


def test_a_rule_that_says_nothing_is_none(moderator):
    with pytest.raises(BadText):
        write_rule(moderator=moderator, **WORDS | {"text": " \u200b"})
    with pytest.raises(IntegrityError):
        HouseRule.objects.create(number=0, title="ศูนย์", text="ไม่มีข้อศูนย์")


def test_a_mended_rule_keeps_its_number(moderator):
    rule = write_rule(moderator=moderator, **WORDS)
    mended = write_rule(moderator=moderator, rule=rule, **WORDS | {"number": 7, "title": "ไม่ปล่อยกู้"})
    assert (mended.pk, mended.number, mended.title) == (rule.pk, 101, "ไม่ปล่อยกู้")


def test_a_retired_rule_may_hold_again(moderator):
    rule = write_rule(moderator=moderator, **WORDS)
    assert retire_rule(moderator=moderator, rule=rule)
    assert not retire_rule(moderator=moderator, rule=rule)
    assert rule not in HouseRule.objects.in_force()
    assert retire_rule(moderator=moderator, rule=rule, retired=False)
    assert rule in HouseRule.objects.in_force()


@pytest.mark.django_db(transaction=True)
def test_two_who_give_one_number_at_once_make_one_rule(moderator):
    def write(title):
        return write_rule(moderator=moderator, number=101, title=title, text="ขอให้ทำ").title

    made = in_threads(write, ["ก", "ข", "ค"])
    assert sum(isinstance(each, str) for each in made) == 1
    assert sum(isinstance(each, BadText) for each in made) == 2
