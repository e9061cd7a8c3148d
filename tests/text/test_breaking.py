"""Lines end where a reader of Thai would end them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.text.breaking import broken
from forums.text.thai import graphemes

TITLE = "ชิงเผาหรือห้ามเผา คนในป่ากับคนในเมืองอยากได้อากาศก้อนเดียวกัน"


def lines(text: str, width: float, most: int = 3) -> list[str]:
    """Every grapheme is one wide."""
    return broken(text, width=width, most=most, measure=graphemes)


def test_what_fits_is_one_line():
    assert lines("น้ำขึ้น", 10) == ["น้ำขึ้น"]
    assert lines("  น้ำ   ขึ้น ", 20) == ["น้ำ ขึ้น"]
    assert lines("", 10) == []


def test_lines_end_between_words_and_are_of_nearly_one_length():
    first, second = lines(TITLE, 40)
    assert first + second in (TITLE, TITLE.replace(" ", ""))
    assert abs(graphemes(first) - graphemes(second)) < 12


@pytest.mark.parametrize("width", range(9, 30))
def test_no_known_word_is_parted(width):
    text = "เครือข่ายอาสาสมัครเล่าข้อเท็จจริงทั่วประเทศ"
    for line in lines(text, width, most=9):
        for word in ("เครือข่าย", "อาสาสมัคร", "ข้อเท็จจริง", "ทั่วประเทศ"):
            start = text.find(line)
            assert not any(
                text.find(word) < edge < text.find(word) + len(word)
                for edge in (start, start + len(line))
            )


@pytest.mark.parametrize(
    "text", ["เรื่องต่าง ๆ", "น้ำ “ใส” มาก", "(อสม.) ทำ", "COVID-19 ระบาด", "ราคา 3.50 บาท ฯลฯ"]
)
def test_signs_stay_with_their_word(text):
    for width in range(9, 14):
        for line in lines(text, width, most=9):
            assert line[0] not in "ๆฯ”).-%", (width, line)
            assert line[-1] not in "“(", (width, line)


def test_what_is_too_long_ends_in_an_ellipsis_after_a_word():
    *_, last = found = lines(TITLE, 14, most=2)
    assert len(found) == 2
    assert last.endswith("…")
    assert graphemes(last) <= 14
    assert lines("w" * 50, 10, most=2) == ["w" * 10, "w" * 9 + "…"]


def test_a_word_wider_than_a_line_is_parted_between_graphemes():
    assert lines("ที่" * 25, 10) == ["ที่" * 10, "ที่" * 10, "ที่" * 5]


@given(
    st.text(alphabet="กขนทปาำิี่้เแ ๆฯ“”().abc1😀", max_size=60), st.integers(2, 30), st.integers(1, 3)
)
def test_every_line_fits_and_nothing_is_lost_or_doubled(text, width, most):
    found = lines(text, width, most)
    assert len(found) <= most
    assert all(graphemes(line) <= width for line in found)
    said, kept = "".join(text.split()), "".join("".join(found).split())
    assert kept == said or said.startswith(kept.removesuffix("…"))
