"""Watched words and hosts are found in Thai without spaces and through the usual tricks."""

import time

import pytest

from forums.text import watching
from forums.text.watching import Watch, masked
from tests.text.payloads import payloads

WORDS = Watch(
    [("สล็อต", "slot", False), ("หี", "h", False), ("casino", "casino", False), ("แทง", "in", True)],
    [("evil.example", "evil")],
)


def keys(text):
    return [met.key for met in WORDS.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "เล่นสล็อตออนไลน์", "ส ล็ อ ต แตกง่าย", "ส.ล็.อ.ต", "ส-ล็-อ-ต", "ส\u200bล็\u200bอ\u200bต",
        "สสสล็อต", "(สล็อต)", "เว็บสล็อต",
    ],
)  # fmt: skip
def test_a_thai_word_is_seen_through_tricks(text):
    assert keys(text) == ["slot"]


@pytest.mark.parametrize(
    "text", ["CASINO", "c@s1no", "сasino", "c-a-s-i-n-o", "ＣＡＳＩＮＯ", "cásino"]
)
def test_a_latin_word_is_seen_through_tricks(text):
    assert keys(text) == ["casino"]


@pytest.mark.parametrize("text", ["หีบเพลง", "เปิดหีบดู", "casinos", "occasino", "", "ก", "ส่ล็อต่าง"])
def test_a_word_inside_another_is_none(text):
    assert keys(text) == []


def test_vowels_put_apart_belong_to_their_word():
    watch = Watch([("เว็บตรง", "web", False)], [])
    for text in ("มา เ ว็ บ ต ร ง กัน", "เ-ว-็-บ-ต-ร-ง", "เว็บตรง"):
        assert [met.key for met in watch.find(text)] == ["web"], text
    assert not watch.find("เ ร า ไป ต ร ง นี้")


def test_a_word_that_is_watched_for_anywhere_is_found_inside_others():
    assert keys("ทิ่มแทงใจ") == ["in"]


@pytest.mark.parametrize(
    "text", ["evil.example", "https://www.evil.example/x", "ดูevil.example", "m.evil.example"]
)
def test_a_host_is_found_with_those_below_it(text):
    assert keys(text) == ["evil"]


@pytest.mark.parametrize("text", ["devil.example", "evil.examples", "not-evil.example"])
def test_another_host_is_none(text):
    assert keys(text) == []


def test_dots_stand_where_it_was_typed():
    text = "ก่อน ส.ล็.อ.ต หลัง"
    (met,) = WORDS.find(text)
    assert masked(text, [(met.start, met.end)]) == "ก่อน •••••••• หลัง"


def test_nothing_watched_for_finds_nothing():
    assert Watch([], []).find("สล็อต") == []


def test_the_time_grows_with_the_text_alone():
    for text in ("ก.ข." * 8000, "a " * 16000, "ส " * 16000, "สล็อต" * 6400, "่" * 32000, "ำ" * 32000):
        began = time.process_time()
        WORDS.find(text)
        assert time.process_time() - began < 1


def test_hostile_texts_are_read_through():
    for _name, payload in payloads("html_xss", "naughty_string", "md_dos"):
        for met in WORDS.find(payload):
            assert met.start < met.end


def test_whatever_a_sign_counts_as_counts_as_itself():
    """So the order in which signs are folded does not matter."""
    for code in range(0x110000):
        if not 0xD800 <= code < 0xE000:
            fold = watching._FOLDS[code]
            assert "".join(watching._FOLDS[ord(each)] for each in fold) == fold, hex(code)


def test_texts_of_few_signs_and_of_many_are_folded_alike():
    text = "".join(map(chr, range(0x21, 0x2500)))
    one_by_one = text.translate(watching._FOLDS)
    assert watching._folded(text) == one_by_one
    assert "".join(map(watching._folded, text)) == one_by_one


def test_a_word_within_known_ones_is_none_also_where_there_are_many():
    watch = Watch([("หี", 1, False)], [])
    assert watch.find("หีบ " * 300) == []
    assert len(watch.find("หีบ " * 100 + "หี ")) == 1
