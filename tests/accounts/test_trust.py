"""What a member may, by her level."""

from dataclasses import fields

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Member, TrustLevel
from accounts.trust import RIGHTS, rights_of


def test_each_level_has_its_rights():
    assert set(RIGHTS) == set(TrustLevel)


def test_a_newcomer_is_held_short_and_nobody_else_is():
    new = rights_of(Member(trust_level=0))
    assert (new.links, new.pictures, new.mentions) == (2, 1, 2)
    assert (new.first_day_topics, new.first_day_replies, new.looked_at_first) == (3, 10, 2)
    for level in (1, 2, 3, 4):
        known = rights_of(Member(trust_level=level))
        assert known.links is known.pictures is known.mentions is known.first_day_topics is None
        assert known.looked_at_first == 0


def test_from_level_two_one_reports_twice_as_often():
    assert [rights_of(Member(trust_level=level)).reports_a_day for level in range(5)] == [
        10, 10, 20, 20, 20,
    ]  # fmt: skip


@pytest.mark.parametrize("lower", list(TrustLevel)[:-1])
def test_a_higher_level_has_never_less(lower):
    before, after = RIGHTS[lower], RIGHTS[TrustLevel(lower + 1)]
    for field in fields(before):
        was, becomes = getattr(before, field.name), getattr(after, field.name)
        if field.name in ("looked_at_first", "least_seconds"):
            assert becomes <= was
        else:
            assert becomes is None or (was is not None and becomes >= was), field.name


def test_a_moderator_has_the_rights_of_the_highest_level():
    assert rights_of(Member(trust_level=0, is_staff=True)) == RIGHTS[TrustLevel.KEEPER]


def test_a_visitor_has_those_of_a_newcomer():
    assert rights_of(AnonymousUser()) == RIGHTS[TrustLevel.NEW]
