"""Clusters, and where words begin and end among them."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.text.clusters import clusters
from forums.text.lexicon import starts
from forums.text.words import words
from tests.needs import needs_shared
from tests.timing import assert_quick


def borders(text: str) -> str:
    """The clusters as text, | where a word ends."""
    return "".join(one.text + ("|" if one.ends else "") for one in clusters(text))


@pytest.mark.parametrize(
    ("typed", "cut"),
    [
        ("ตาราง", "ตาราง|"),
        ("น้ำท่วมบ้าน", "น้ำ|ท่วม|บ้าน|"),
        ("เพลี้ยกระโดด", "เพลี้ย|กระโดด|"),
        ("ปี๒๕๖๗ BTS", "ปี|2567|bts|"),
        ("ตอนเย็น ตา ยาย", "ตอน|เย็น|ตา|ยาย|"),  # a space is a border, whoever disagrees
        ("การกลับมา", "การกลับ|มา|"),  # ICU says การก|ลับ: no border where only one of the two has it
        ("", ""),
        ("!?…😀", ""),
    ],
)
def test_a_border_is_where_dictionary_and_lexicon_agree(typed, cut):
    assert borders(typed) == cut


def test_a_cluster_is_a_consonant_with_its_vowels_and_marks():
    assert [one.text for one in clusters("เที่ยวเกาะน้ำ")] == ["เที่", "ย", "ว", "เกาะ", "น้ำ"]


def test_every_border_drawn_by_people_is_one_between_clusters():
    path = needs_shared("data", "thai", "segmentation_gold.txt.gz")
    missed = borders_seen = 0
    with gzip.open(path, "rt") as lines:
        for number, line in enumerate(lines):
            if number % 40 or "\t" not in line:
                continue
            human = line.rstrip("\n").split("\t", 1)[1].split("|")
            text = "".join(human)
            if words(text) and "".join(words(text)) == text:  # nothing was normalised away
                places, place = set(), 0
                for one in clusters(text):
                    place += len(one.text)
                    places.add(place)
                place = 0
                for word in human:
                    place += len(word)
                    borders_seen += 1
                    missed += place not in places
    assert borders_seen > 200
    assert missed <= borders_seen * 0.005


@given(st.text("กขตาราง้่ิเแไะำ๑a1 .ๆ"))
def test_clusters_joined_are_the_words_joined(text):
    found = clusters(text)
    assert "".join(one.text for one in found) == "".join(words(text))
    assert all(this.ends == that.begins for this, that in zip(found, found[1:], strict=False))
    assert not found or (found[0].begins and found[-1].ends)


def test_a_row_begins_with_a_word_and_nothing_has_none():
    assert starts([]) == []
    assert starts(["ฆฺ", "ฬ์"])[0]


@pytest.mark.parametrize("hostile", ["นา" * 10_000, "่" * 20_000, "ก" * 20_000, "เ" * 20_000])
def test_time_grows_with_the_length_only(hostile):
    assert_quick(lambda: clusters(hostile), within=1)
