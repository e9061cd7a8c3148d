import pytest

from forums.text.keyboard import beside, other_layout
from tests.timing import assert_quick


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("l;ylfu", "สวัสดี"),
        ("Nho", None),  # Shift and n is ์, which stands on nothing
        ("[hko", "บ้าน"),
        ("xitgmL", "ประเทศ"),
        ("ohemj;,", "น้ำท่วม"),
        ("้ำสสน", "hello"),
        ("ดฟแำินนา", "facebook"),
    ],
)
def test_what_was_typed_on_the_other_layout_is_read_from_the_keys(typed, meant):
    assert other_layout(typed) == meant


@pytest.mark.parametrize(
    "text",
    ["hello", "facebook", "water", "cat", "dog", "สวัสดี", "กา", "บ้าน", "ประเทส", "2569", "", " ", "é", "สวัสดี hello"],
)  # fmt: skip
def test_what_means_what_it_says_is_left_alone(text):
    assert other_layout(text) is None


def test_no_text_is_slow():
    for text in ("ก็" * 5000 + "x", "a" * 10_000, "ก" * 10_000 + "!", "ab " * 3000 + "1"):
        assert_quick(lambda text=text: other_layout(text), within=0.5, told=text[:9])


def test_neighbours_are_on_one_key_or_beside_each_other_in_a_row():
    assert {("ก", "ด"), ("ด", "ก"), ("ก", "ฏ"), ("q", "w")} <= beside
    assert ("ก", "ว") not in beside
