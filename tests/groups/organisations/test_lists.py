"""Organisations in lists."""

import pytest
from django.db import connection
from django.db.models import F, Value

from forums.base.tsquery import Matches, TsQuery
from forums.groups.organisations import lists
from forums.groups.organisations.models import Organisation
from forums.search.results.boxes import boxes
from forums.search.upkeep.actions import count_words
from forums.text.thai import tsquery_all, words
from tests.groups.organisations.make import enter, make_organisation
from tests.make import make_member, make_topic

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


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ร้อยใจ", ["มูลนิธิร้อยใจ"]),
        ("รอยใจ", ["มูลนิธิร้อยใจ"]),  # a tone mark left out
        ("ร้อย ใจ", ["มูลนิธิร้อยใจ"]),
        ("น้ำว้าใต้", ["รพ.สต. น้ำว้าใต้"]),
        ("สหกรณ์ ท่าเรือ", ["สหกรณ์เคหสถานคลองท่าเรือ"]),  # words, with others between
        ("ป่าชุมชน", ["กลุ่มเงาไม้"]),  # what it does
        ("ไม่มีแน่", []),
        ("%", []),
    ],
)
def test_an_organisation_is_found_by_any_word_of_it(typed, found, as_, malee):
    for name in ("มูลนิธิร้อยใจ", "รพ.สต. น้ำว้าใต้", "สหกรณ์เคหสถานคลองท่าเรือ"):
        make_organisation(name)
    make_organisation("กลุ่มเงาไม้", about="ดูแลป่าชุมชนของตำบล")
    assert [row.name for row in lists.directory({"q": typed}).rows] == found
    assert [each.name for each in lists.best_named(Organisation.objects.listed(), typed)] == found
    assert [row.name for row in boxes(typed, member=None).organisations] == found
    page = as_(None).get("/search/", {"q": typed}).content.decode()
    assert all(f">{name}</a>" in page for name in found)


def test_a_name_nobody_writes_of_is_found_as_it_was_typed(as_, malee, board):
    """Not "did you mean" in its place: น้อยใจ is often written, ร้อยใจ only a name."""
    for n in range(3):
        make_topic(malee, board, title=f"น้อยใจ {n}", body="น้อยใจกันทำไม")
    count_words()
    make_organisation("มูลนิธิร้อยใจ")
    page = as_(None).get("/search/", {"q": "ร้อยใจ"}).content.decode()
    assert ">มูลนิธิร้อยใจ</a>" in page


def test_the_index_of_words_answers(malee):
    make_organisation("มูลนิธิร้อยใจ")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    asked = TsQuery(Value(tsquery_all(words("มูลนิธิ"))))
    plan = Organisation.objects.filter(Matches(F("search_words"), asked)).explain()
    assert "organisation_words" in plan
