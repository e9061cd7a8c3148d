import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from forums.text.words import (
    MAX_PLACES,
    MAX_POSITION,
    segments,
    tsquery_all,
    tsquery_any,
    tsquery_phrase,
    tsvector,
    words,
)


def in_database(vector: str, query: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, query])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("น้ำท่วมที่บ้าน", ["น้ำ", "ท่วม", "ที่", "บ้าน"]),
        ("ปี2567เดือน10", ["ปี", "2567", "เดือน", "10"]),
        ("โควิด COVID-19!", ["โค", "วิด", "covid", "19"]),
        ("1,500 บาท", ["1500", "บาท"]),
        ("café 😀 — ๙", ["cafe", "9"]),
        ("", []),
        ("!?…", []),
    ],
)
def test_words_are_cut_where_scripts_and_icu_cut_them(text, found):
    assert words(text) == found


def test_segments_joined_are_the_text():
    text = "น้ำท่วม  ที่\tบ้าน, เลขที่ 12/3 👨‍👩‍👧"
    assert "".join(segments(text)) == text
    assert segments("") == []


def test_title_and_body_keep_their_weights_and_a_gap():
    assert tsvector([("A", "น้ำท่วม น้ำ"), ("D", "น้ำ")]) == "'น้ำ':1A,3A,24D 'ท่วม':2A"


def test_vectors_stay_within_what_postgresql_counts():
    vector = tsvector([("D", "น้ำ ไฟ " * 20_000)])
    places = [int(place[:-1]) for place in vector.split("'น้ำ':")[1].split(" ")[0].split(",")]
    assert len(places) == MAX_PLACES
    assert max(places) <= MAX_POSITION


@pytest.mark.django_db
def test_postgresql_finds_a_phrase_and_no_phrase_across_fields():
    vector = tsvector([("A", "น้ำท่วม"), ("D", "บ้านเรา")])
    assert in_database(vector, tsquery_phrase(words("น้ำท่วม")))
    assert not in_database(vector, tsquery_phrase(["ท่วม", "บ้าน"]))
    assert in_database(vector, tsquery_all(["บ้าน", "น้ำ"]))
    assert not in_database(vector, tsquery_all(["บ้าน", "ไฟ"]))
    assert in_database(vector, tsquery_any(["ไฟ", "น้ำ"]))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "operator", ["&", "|", "!", "( )", ":*", "<->", "'", "\\", "a' | 'น้ำ", "\\' | น้ำ"]
)
def test_no_operator_of_a_reader_is_parsed(operator):
    vector = tsvector([("D", "น้ำ")])
    for build in (tsquery_any, tsquery_all, tsquery_phrase):
        assert not in_database(vector, build([operator]))


@pytest.mark.django_db
def test_the_longest_texts_fit_into_a_vector():
    for text in ("ﷺ" * 32_000, "ก" * 32_000, " ".join(map(str, range(40_000))), "a" * 32_000):
        in_database(tsvector([("D", text)]), tsquery_any(["ก"]))


@given(st.text())
def test_any_text_has_words_and_a_vector(text):
    found = words(text)
    assert all(any(letter.isalnum() for letter in word) for word in found)
    assert bool(tsvector([("D", text)])) == bool(found)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Café au lait", ["cafe", "au", "lait"]),
        ("cafe\u0301", ["cafe"]),
        ("Phở ở Hà Nội", ["pho", "o", "ha", "noi"]),
        ("Ærø Łódź İzmir", ["aero", "lodz", "izmir"]),
        ("Йод ελιά น้ำ", ["йод", "ελιά", "น้ำ"]),  # letters of their own
    ],
)
def test_latin_letters_are_found_without_what_stands_over_them(typed, found):
    assert words(typed) == found
    assert words(" ".join(found)) == found
