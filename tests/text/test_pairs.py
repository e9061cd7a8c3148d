"""The finer index: what PostgreSQL finds by pairs of clusters."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from forums.text.clusters import clusters
from forums.text.pairs import as_words, begun, inside, loosely, pairs_vector
from forums.text.words import runs

pytestmark = pytest.mark.django_db


def finds(text: str, typed: str, how=as_words) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s::tsvector @@ %s::tsquery",
            [pairs_vector([runs(text)]), how(clusters(typed))],
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("ยายเจ็บตามาก", "ตา"),
        ("ช่วยกันเพราะน้ำท่วมบ้าน", "น้ำท่วม"),
        ("ช่วยกันเพราะน้ำ ท่วมบ้าน", "น้ำท่วม"),
        ("โรงพยาบาลส่งเสริมสุขภาพ", "ส่งเสริมสุขภาพ"),
        ("ไปดูOLEDมา", "oled"),
        ("มี๑,๕๐๐บาท", "1500"),
        ("ซื้อcmซื้อ", "cmซื้อ"),
        ("น้ํามันแพง", "น้ำมัน"),
        ("เเม่เเละพ่อ", "แม่"),
    ],
)
def test_what_stands_there_as_words_is_found(text, typed):
    assert finds(text, typed)
    assert finds(text, typed, inside)


@pytest.mark.parametrize(
    ("text", "typed"),
    [("ดูตารางเวลา", "ตา"), ("หลวงพ่อช่วยไว้", "วง"), ("จังหวัดนี้", "หวัด"), ("ผลิตวัสดุ", "ดุ")],
)
def test_what_is_inside_another_word_is_found_only_inside(text, typed):
    assert not finds(text, typed)
    assert finds(text, typed, inside)


@pytest.mark.parametrize(
    ("text", "typed"), [("ผ้าสีขาว", "ข่าว"), ("กินข้าว", "ข่าว"), ("ข่าวด่วน", "ขาว")]
)
def test_words_that_differ_in_tone_stay_apart(text, typed):
    assert not finds(text, typed)
    assert not finds(text, typed, inside)


def test_four_clusters_are_found_wherever_the_borders_are():
    assert finds("คุณซิมป์สันมาแล้ว", "ซิมป์สัน")
    assert not finds("คุณซิมป์มาแล้วสัน", "ซิมป์สัน")


@pytest.mark.parametrize(
    ("text", "typed"), [("คุณซิมป์สันมาแล้ว", "ซิมป์สัน"), ("ยายกินข้าว", "กิน"), ("ดูตารางเวลา", "ตาราง")]
)
@pytest.mark.parametrize("how", [as_words, begun, inside])
def test_what_an_index_knows_by_itself_says_neither_where_nor_with_which_borders(text, typed, how):
    alone = loosely(how(clusters(typed)))
    assert finds(text, typed, lambda _: alone)
    assert "<->" not in alone
    assert not {"A", "B", "C", "D"} & set(alone)


def test_by_the_index_alone_the_pairs_of_a_row_may_stand_apart():
    apart = "ไปมาแล้วมาไป"
    assert not finds(apart, "ไปมาไปมา")
    assert finds(apart, "ไปมาไปมา", lambda row: loosely(as_words(row)))


def test_no_phrase_spans_two_fields():
    vector = pairs_vector([runs("น้ำ"), runs("ท่วม")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, as_words(clusters("น้ำท่วม"))])
        assert not cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("ปลูกสมุนไพร", "สมุน", True),
        ("ปลูกสมุนไพร", "สม", True),  # half a cluster
        ("ปลูกสมุนไพร", "สมุนไ", True),
        ("ปลูกสมุนไพร", "สมุนใ", False),
        ("ไปเที่ยวเกาะ", "เที่", True),
        ("ดูตารางเวลา", "ราง", False),  # inside a word
        ("คุณซิมป์สันมาแล้ว", "ซิมป์สั", True),
        ("อ่านWikipediaกัน", "wiki", True),
        ("อ่านmediawikiกัน", "wiki", False),
        ("อ่านWikipedia", "wikipedia", True),
        ("ตลาดน้ำ", "ตลา", True),
        ("ตลาดน้ำ", "ตลาดน้ำ", True),
    ],
)
def test_what_is_begun_is_found_where_words_begin_so(text, typed, found):
    assert finds(text, typed, begun) is found


@settings(max_examples=60)
@given(st.text("กตารางน้ำท่วม'\\/:*&|!<->() a1", min_size=1, max_size=30))
def test_whatever_is_typed_is_a_query_and_finds_itself(typed):
    row = clusters(typed)
    if row:
        assert finds(typed, typed, inside)
        assert finds(typed, typed)
        assert finds(typed, typed, begun)


@pytest.mark.parametrize("text", ["ก" * 32_000, "นา" * 16_000, "ﷺ" * 9_000, "a1" * 16_000])
def test_the_longest_texts_fit(text):
    vector = pairs_vector([runs(text), runs("น้ำ")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(%s::tsvector) > 0", [vector])
        assert cursor.fetchone()[0]
