"""Thai in pictures: every mark where a reader looks for it, seen in the ink itself."""

import pytest
from PIL import ImageFont, features

from forums.sharing import letters
from forums.sharing.letters import drawable
from tests.sharing.ink import BASELINE, SIZE, drawn, pieces


def test_thai_is_shaped():
    assert features.check("raqm")


def test_sara_am_parts_into_its_ring_above_and_its_foot_and_the_tone_stands_above_the_ring():
    consonant, tone, ring, foot = pieces(drawn("น้ำ"))
    assert tone.bottom <= ring.top
    assert ring.bottom <= consonant.top
    assert consonant.left < ring.middle < consonant.right + 5
    assert abs(tone.middle - ring.middle) < 10
    assert foot.left > consonant.right
    assert foot.bottom == pytest.approx(BASELINE, abs=2)
    _consonant, ring_alone, _foot = pieces(drawn("นำ"))
    assert ring_alone == ring  # the tone makes room for itself, not the ring


@pytest.mark.parametrize("syllable", ["ที่", "ก้", "กั้", "ดี่", "เดื้อ"])
def test_tones_stand_on_what_is_below_them_and_touch_nothing(syllable):
    found = pieces(drawn(syllable))
    lowest_first = sorted(found, key=lambda piece: -piece.bottom)
    for mark in lowest_first:
        for other in found:
            across = other.left < mark.right and mark.left < other.right
            down = other.top < mark.bottom and mark.top < other.bottom
            assert other is mark or not (across and down) or other.bottom > mark.bottom
    *_, tone = sorted(found, key=lambda piece: piece.bottom, reverse=True)
    assert tone.bottom < BASELINE - SIZE * 0.6


@pytest.mark.parametrize("syllable", ["ป่", "ฝ้", "ฟ้"])
def test_over_a_high_stroke_the_tone_makes_way(syllable):
    """The stroke of ป is where the tone of ก is."""
    (base, tone), (plain, plain_tone) = pieces(drawn(syllable)), pieces(drawn("ก" + syllable[1]))
    assert base.right - tone.right > 10
    assert tone.top > BASELINE - SIZE  # and no higher than over ก
    assert tone.right - base.left < plain_tone.right - plain.left


@pytest.mark.parametrize("consonant", ["ญ", "ฐ"])
def test_a_foot_makes_way_for_a_vowel_below(consonant):
    with_foot, with_vowel = pieces(drawn(consonant)), pieces(drawn(consonant + "ู"))
    assert max(piece.bottom for piece in with_foot) > BASELINE + 10
    assert len(with_vowel) == 2
    letter, vowel = sorted(with_vowel, key=lambda piece: piece.bottom)
    assert letter.bottom == pytest.approx(BASELINE, abs=2)
    assert vowel.top > letter.bottom


def test_without_shaping_these_tests_would_fail(monkeypatch):
    plain = {
        which: ImageFont.truetype(
            letters._FONTS / f"anuphan-{which}-600.woff2",
            SIZE,
            layout_engine=ImageFont.Layout.BASIC,
        )
        for which in ("thai", "latin", "other")
    }
    monkeypatch.setattr(letters, "font", lambda which, *_: plain[which])
    with pytest.raises((AssertionError, ValueError)):
        test_sara_am_parts_into_its_ring_above_and_its_foot_and_the_tone_stands_above_the_ring()


@pytest.mark.parametrize("which", ["thai", "latin", "other"])
@pytest.mark.parametrize("weight", [500, 600])
def test_the_fonts_have_every_letter_they_are_asked_for(which, weight):
    face = letters.font(which, weight, 60)
    missing = bytes(face.getmask("\u4e2d"))
    of = [c for c in map(chr, range(0x20, 0x2300)) if letters._MISSING.sub("", c)]
    mine = [c for c in of if letters._RUN.match(c).lastgroup == which]
    assert len(mine) > 60
    assert [c for c in mine if bytes(face.getmask(c)) == missing and c != "\u4e2d"] == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ต้นกล้า 🌾 ของเรา", "ต้นกล้า ของเรา"),
        ("น้ำ👨‍👩‍👧ใส", "น้ำใส"),
        ("ชาวမြန်မာกับไทย", "ชาว…กับไทย"),
        ("中文 ข่าว", "… ข่าว"),
        ("งบ\u00a03−2‐1 ", "งบ 3-2-1"),
        ("🌾", ""),
        ("café “ก” …", "café “ก” …"),
    ],
)
def test_what_the_fonts_lack_is_left_out(typed, shown):
    assert drawable(typed) == shown


def test_latin_and_thai_stand_on_one_line():
    found = pieces(drawn("กHก"))
    assert {piece.bottom for piece in found} <= set(range(BASELINE - 1, BASELINE + 3))
