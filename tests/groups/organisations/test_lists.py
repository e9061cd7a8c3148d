"""Organisations in lists."""

import pytest

from forums.groups.organisations import lists
from tests.groups.organisations.make import enter, make_organisation
from tests.make import make_member

pytestmark = pytest.mark.django_db


def test_member_organisations_stand_in_dictionary_order_in_one_query(
    malee, network, django_assert_num_queries
):
    head = make_member()
    for name in ("แม่น้ำ", "กลุ่ม", "โรงเรียน", "มูลนิธิ", "เกษตร"):
        enter(network, make_organisation(name, coordinator=head), head)
    with django_assert_num_queries(1):
        ties = lists.ties_of_network(network)
        names = [tie.organisation.name for tie in ties]
    assert names == ["กลุ่ม", "เกษตร", "มูลนิธิ", "แม่น้ำ", "โรงเรียน"]
