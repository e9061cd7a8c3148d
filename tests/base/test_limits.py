"""A line somebody typed, measured."""

import pytest

from forums.base.errors import BadText
from forums.base.limits import clean_title, short


def test_what_fits_comes_back_and_what_does_not_is_refused_with_both_numbers():
    assert short("น้ำ", 3) == "น้ำ"
    with pytest.raises(BadText, match=r"4.*3"):
        short("น้ำา", 3)


def test_a_title_is_one_clean_line():
    assert clean_title("  นำ้ท่วม\nบ้าน  ", 40) == "น้ำท่วม บ้าน"
    for nothing in ("", " \n ", "\u200b"):
        with pytest.raises(BadText):
            clean_title(nothing, 40)
    with pytest.raises(BadText, match=r"41.*40"):
        clean_title("ก" * 41, 40)
