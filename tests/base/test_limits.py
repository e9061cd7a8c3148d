"""What somebody typed, measured."""

import pytest

from forums.base.errors import BadText
from forums.base.limits import (
    fitting,
    fitting_line,
    fitting_link,
    fitting_name,
    fitting_title,
)


def test_what_fits_comes_back_and_what_does_not_is_refused_with_both_numbers():
    assert fitting("น้ำ", 3) == "น้ำ"
    with pytest.raises(BadText, match=r"4.*3"):
        fitting("น้ำา", 3)
    with pytest.raises(BadText, match=r"2.*1"):
        fitting("น้ำ", 1, count=lambda _text: 2)


def test_nothing_is_refused_only_where_there_are_words_for_it():
    assert fitting_line(" \u200b", 3) == ""
    with pytest.raises(BadText, match="write it"):
        fitting_line(" \u200b", 3, nothing="write it")


def test_a_title_is_one_clean_line():
    assert fitting_title("  นำ้ท่วม\nบ้าน  ", 40) == "น้ำท่วม บ้าน"
    for nothing in ("", " \n ", "\u200b"):
        with pytest.raises(BadText):
            fitting_title(nothing, 40)
    with pytest.raises(BadText, match=r"41.*40"):
        fitting_title("ก" * 41, 40)


def test_a_name_has_something_to_be_found_by():
    assert fitting_name(" คน  รักป่า ", 40, nothing="name it") == "คน รักป่า"
    for nothing in ("", "—", "!!"):
        with pytest.raises(BadText, match="name it"):
            fitting_name(nothing, 40, nothing="name it")


def test_a_link_is_a_whole_address_or_nothing():
    assert fitting_link(" https://example.org/ ", 40) == "https://example.org/"
    assert fitting_link(" ", 40) == ""
    for wrong in ("example.org", "javascript:alert(1)", "ftp://example.org/"):
        with pytest.raises(BadText):
            fitting_link(wrong, 40)
