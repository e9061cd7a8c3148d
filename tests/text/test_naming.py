import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.text.naming import initial, sort_key
from forums.text.slugs import first_free, slugify

# The order of the dictionary of the Royal Institute.
DICTIONARY = [
    "กก",
    "กฎ",
    "กรรม",
    "กระ",
    "กล",
    "กะ",
    "กัน",
    "กา",
    "ก่า",
    "ก้า",
    "ก๊า",
    "ก๋า",
    "กาก",
    "กากา",
    "กาก่า",
    "ก่ากา",
    "กิน",
    "กี่",
    "กุ้ง",
    "เก",
    "เกม",
    "เก่า",
    "แก",
    "แก้ว",
    "ไก",
    "ไก่",
    "ขา",
    "ข่า",
    "ข้า",
    "เขา",
    "เข่า",
    "เข้า",
    "ไข่",
    "คน",
    "ช้าง",
    "รัก",
    "เรือ",
    "ฤดู",
    "ลม",
    "สม",
    "ส้ม",
    "หมา",
    "หมู",
    "อา",
    "เอา",
    "ฮา",
]


def test_names_sort_as_in_a_thai_dictionary():
    shuffled = random.Random(1).sample(DICTIONARY, len(DICTIONARY))
    assert sorted(shuffled, key=sort_key) == DICTIONARY


def test_sorting_passes_over_punctuation_and_case():
    assert sorted(["b", "A", "(a)b", "C"], key=sort_key) == ["A", "(a)b", "b", "C"]


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("สมชาย", "ส"),
        ("เอก", "อ"),
        ("แดง", "ด"),
        ("ไก่", "ก"),
        ("โอ๋", "อ"),
        ("malee", "M"),
        ("\u200bเ\u200bดือน", "ด"),
        ("'มาลี'", "ม"),
        ("๙ชีวิต", "๙"),
        ("😀", "😀"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("ß", "ß"),
        ("", "?"),
        ("  ", "?"),
    ],
)
def test_the_bead_shows_the_first_consonant(name, letter):
    assert initial(name) == letter


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("น้ำท่วมที่บ้าน: ทำอย่างไรดี?", "น้ำท่วมที่บ้าน-ทำอย่างไรดี"),
        ("๒๕๖๗ Hello, World!", "2567-hello-world"),
        ("ี่ก็", "ก็"),
        ("พ.ร.บ.ป่าชุมชน", "พรบ-ป่าชุมชน"),
        ("???", "-"),
        ("", "-"),
        ("😀", "-"),
    ],
)
def test_slugs_keep_thai_with_its_marks(title, slug):
    assert slugify(title) == slug


def test_a_taken_address_gets_a_number():
    taken = {"คลอง", "คลอง-2"}
    assert first_free("คลอง", taken.__contains__) == "คลอง-3"
    assert first_free("นา", taken.__contains__) == "นา"


def test_long_slugs_are_cut_between_words():
    title = "ความเปลี่ยนแปลงสภาพภูมิอากาศกับชุมชนชายฝั่งทะเลอันดามันและแนวทางการปรับตัวของชาวบ้าน"
    assert slugify(title) == "ความเปลี่ยนแปลงสภาพภูมิอากาศกับชุมชนชายฝั่งทะเลอันดามันและ"
    assert slugify(title, 20) == "ความเปลี่ยนแปลงสภาพ"
    assert slugify("a" * 100) == "a" * 60


@given(st.text("กขเแไะาำิ่้์็ๆฯ -aB1๑?." + "é"), st.integers(5, 60))
def test_slugs_are_stable_and_never_begin_with_a_mark(title, length):
    slug = slugify(title, length)
    assert slugify(slug, length) == slug
    assert 1 <= len(slug) <= length
    assert slug[0] not in "ะัาำิีึืฺุูๅ็่้๊๋์ํ๎"
    assert "/" not in slug


@given(st.text())
def test_any_name_has_a_key_a_letter_and_a_slug(name):
    assert sort_key(name) == sort_key(name)
    assert initial(name)
    assert slugify(name)
