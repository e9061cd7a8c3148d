import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.text.lengths import excerpt, graphemes, truncate, within


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("abc", 3), ("น้ำท่วมที่", 5), ("👨‍👩‍👧🇹🇭", 2), ("กำ", 1), ("e\u0301", 1), ("\ud800", 1)],
)
def test_a_reader_counts_graphemes(text, count):
    assert graphemes(text) == count


def test_nothing_is_cut_inside_a_syllable():
    assert truncate("น้ำท่วมที่บ้าน", 4) == "น้ำท่ว…"
    assert truncate("น้ำท่วม", 4) == "น้ำท่วม"
    assert truncate("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 2) == "👨‍👩‍👧…"


def test_an_excerpt_is_one_line_cut_between_words():
    text = "น้ำท่วมที่บ้าน\n\nเมื่อวานนี้  หนักมาก"
    assert excerpt(text, 11) == "น้ำท่วมที่บ้าน…"
    assert excerpt(text, 100) == "น้ำท่วมที่บ้าน เมื่อวานนี้ หนักมาก"
    assert 10 <= graphemes(excerpt("ก" * 500, 20)) <= 20
    assert excerpt("", 20) == ""


@given(st.one_of(st.text(), st.text("กานที่้ำเ \n👨\u200da")), st.integers(1, 40))
def test_cut_texts_are_never_longer_than_asked(text, length):
    for cut in (truncate, excerpt):
        assert graphemes(cut(text, length)) <= length


@given(st.one_of(st.text(), st.text("กานที่้ำเ \n👨\u200d\u0301a")), st.integers(1, 40))
def test_a_text_within_a_length_is_its_beginning(text, length):
    cut = within(text, length)
    assert text.startswith(cut)
    assert len(cut) == len(text) or 0 < len(cut) <= length


def test_a_length_in_code_points_does_not_cut_a_syllable():
    assert within("ที่นี่", 5) == "ที่"
    assert within("ที่นี่", 6) == "ที่นี่"
