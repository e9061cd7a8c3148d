"""Letters in the middle of a name find its network, however many names there are."""

from array import array

import pytest
from django.core.cache import caches
from hypothesis import given
from hypothesis import strategies as st

from forums.groups.directory import names
from forums.groups.networks.models import Network
from forums.text.thai import letters_of
from tests.make import make_network

pytestmark = pytest.mark.django_db


def found(letters: str) -> list[str]:
    by_id = dict(Network.objects.values_list("pk", "name"))
    return [by_id[pk] for pk in names.bearing(letters_of(letters), most=99)]


def test_the_middle_of_a_name_finds_it_and_tone_marks_do_not_matter():
    for name in ("คนรักคลองแสนแสบ", "ป่าชุมชนบ้านโคก", "โคกหนองนา"):
        make_network(name)
    assert found("แสนแสบ") == ["คนรักคลองแสนแสบ"]
    assert sorted(found("โคก")) == ["ป่าชุมชนบ้านโคก", "โคกหนองนา"]
    assert found("บานโคก") == ["ป่าชุมชนบ้านโคก"]
    assert found("ไม่มี") == found("") == []


def test_a_name_that_has_the_letters_twice_is_found_once_and_none_across_two_names():
    make_network("กากกา")
    make_network("ลำธาร")
    make_network("ธารใส")
    assert sorted(found("กา")) == ["กากกา"]
    assert found("ลำธารธาร") == found("ธารใสลำ") == []


def test_names_are_asked_for_once_a_minute(django_assert_num_queries):
    make_network("คลองสาน")
    letters = letters_of("คลอง")
    with django_assert_num_queries(1):
        names.bearing(letters, most=99)
        names.bearing(letters, most=99)
    make_network("คลองเตย")
    assert len(names.bearing(letters, most=99)) == 1
    caches["process"].clear()
    assert len(names.bearing(letters, most=99)) == 2


@given(st.lists(st.text("กขา", min_size=1, max_size=5)), st.text("กขา", min_size=1, max_size=3))
def test_it_is_what_looking_at_each_name_would_find(all_names, letters):
    text, starts = "", []
    for name in all_names:
        starts.append(len(text))
        text += name + "\n"
    caches["process"].set(
        "networks_letters",
        names._Names(text, array("q", range(len(starts))), array("q", starts)),
        9,
    )
    assert names.bearing(letters, most=99) == [
        place for place, name in enumerate(all_names) if letters in name
    ]
    caches["process"].clear()
