import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.text.diff import DiffPart, _diff, diff
from tests.timing import assert_quick


def kinds(old, new):
    return [line.kind for line in diff(old, new)]


def test_the_same_text_has_no_differences():
    assert diff("ก\nข", "ก\nข") == []


def test_a_thai_line_is_compared_by_its_words():
    (line,) = diff("น้ำท่วมที่บ้านเมื่อวานนี้", "น้ำท่วมที่ตลาดเมื่อวานนี้")
    assert line.kind == "changed"
    assert line.parts == (
        DiffPart("same", "น้ำท่วมที่"),
        DiffPart("removed", "บ้าน"),
        DiffPart("added", "ตลาด"),
        DiffPart("same", "เมื่อวานนี้"),
    )


def test_words_changed_side_by_side_are_one_change():
    (line,) = diff("เชิญทุกคนมาประชุม old words ที่วัด", "เชิญทุกคนมาประชุม new things ที่วัด")
    assert [part for part in line.parts if part.op != "same"] == [
        DiffPart("removed", "old words"),
        DiffPart("added", "new things"),
    ]


def test_a_line_with_nothing_left_is_removed_and_another_added():
    assert kinds("มะม่วงสุก", "ประชุมวันศุกร์") == ["removed", "added"]


def test_lines_far_from_a_change_are_folded_and_counted():
    old = "\n".join(map(str, range(20)))
    lines = diff(old, old.replace("10", "สิบ"))
    assert [line.kind for line in lines] == [
        *("folded", "same", "same", "removed", "added", "same", "same", "folded"),
    ]
    assert (lines[0].count, lines[-1].count) == (8, 7)


def test_the_middle_of_a_long_unchanged_stretch_is_folded():
    long = "เรื่องเดิมที่ไม่ได้แก้ไข" * 40
    (line,) = diff(long + "ก่อน", long + "หลัง")
    assert [part.op for part in line.parts] == ["same", "folded", "same", "removed", "added"]
    assert sum(len(part.text) for part in line.parts) < 300


def test_an_added_line_among_changed_ones_is_seen_as_added():
    old = "ประชุมวันจันทร์ที่บ้านครูมาลี\nเตรียมน้ำและข้าวมาด้วย"
    new = "ประชุมวันอังคารที่บ้านครูมาลี\nมีรถรับที่วัด\nเตรียมน้ำและข้าวมาด้วยกัน"
    assert kinds(old, new) == ["changed", "added", "changed"]


@given(st.lists(st.sampled_from("กขค")), st.lists(st.sampled_from("กขค")))
def test_both_texts_can_be_read_out_of_the_difference(before, after):
    """Nothing is folded in texts this short around changes, so each side is whole."""
    old, new = "\n".join(before[:5]), "\n".join(after[:5])
    lines = diff(old, new)
    if lines and not any(line.kind == "folded" for line in lines):
        for text, other in ((old, "added"), (new, "removed")):
            sides = [line for line in lines if line.kind != other]
            said = ["".join(p.text for p in line.parts if p.op != other) for line in sides]
            assert "\n".join(said) == text


RNG = random.Random(3)
HOSTILE = {
    "alternating": ("ก\n" * 16_000, "ก\nข\n" * 8_000),
    "reversed": ("\n".join(map(str, range(6000))), "\n".join(map(str, range(6000, 0, -1)))),
    "random letters": (
        "".join(RNG.choices("กขค า", k=32_000)),
        "".join(RNG.choices("กขค า", k=32_000)),
    ),
    "random lines": (
        "\n".join(RNG.choices("กขabc", k=16_000)),
        "\n".join(RNG.choices("กขabc", k=16_000)),
    ),
    "shifted words": ("ab " * 10_000, "ba " * 10_000),
    "one long word": ("กา" * 16_000, "กา" * 8_000 + "ขา" * 8_000),
    "empty lines": ("\n" * 31_000, "ก\n" * 16_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_two_texts_take_long_to_compare(name):
    old, new = HOSTILE[name]
    assert diff(old, new)
    assert_quick(lambda: _diff.__wrapped__(old, new), within=1)


def test_two_texts_that_many_compare_are_compared_once():
    old, new = HOSTILE["shifted words"]
    assert diff(old, new) == diff(old, new)
    before = _diff.cache_info().hits
    diff(old, new)
    assert _diff.cache_info().hits == before + 1
