import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forums.text.lengths import graphemes
from forums.text.passages import Needles, Piece, marked, needles, passage
from forums.text.render import with_marks
from tests.text.test_alignment import TYPED, borders
from tests.timing import assert_quick

FILLER = "เมื่อวานนี้พวกเราไปเดินเล่นที่ตลาดเก่าริมคลองแล้วกลับบ้านตอนเย็น "


def shown(pieces: list[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def mark(text: str, *terms: str, words: bool = False) -> str:
    return shown(marked(text, needles(terms, words=words)))


def cut(text: str, *terms: str, length: int = 180, words: bool = False) -> str:
    return shown(passage(text, needles(terms, words=words), length=length))


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("น้ำท่วมที่บ้าน", "น้ำ", "[น้ำ]ท่วมที่บ้าน"),
        ("ไป ท่\u200bวม บ้าน", "ท่วม", "ไป [ท่\u200bวม] บ้าน"),
        ("ดื่มน้ํา แล้ว", "น้ำ", "ดื่ม[น้ํา] แล้ว"),
        ("ดื่มนำ้ แล้ว", "น้ำ", "ดื่ม[นำ้] แล้ว"),
        ("ดื่มน้ำ แล้ว", "น้ํา", "ดื่ม[น้ำ] แล้ว"),
        ("เเมวดำ", "แมว", "[เเมว]ดำ"),
        ("ปี ๒๕๖๗ ครับ", "2567", "ปี [๒๕๖๗] ครับ"),
        ("ปี 2567 ครับ", "๒๕๖๗", "ปี [2567] ครับ"),
        ("อร่อยมากกกกกเลย", "มาก", "อร่อย[มากกกกก]เลย"),
        ("โรค COVID-19", "covid", "โรค [COVID]-19"),
        ("โรค ＣＯＶＩＤ", "Covid", "โรค [ＣＯＶＩＤ]"),
        ("ค่อย ๆ เดิน", "ค่อย", "[ค่อย] ๆ เดิน"),
        ("เก่งๆทั้งนั้น", "เก่ง", "[เก่ง]ๆทั้งนั้น"),
        ("ตาม พ.ร.บ. ใหม่", "พรบ", "ตาม [พ.ร.บ.] ใหม่"),
        ("จ่าย 1,500 บาท", "1500", "จ่าย [1,500] บาท"),
        ("จ่าย 1500 บาท", "1,500", "จ่าย [1500] บาท"),
        ("ร้าน cafe\u0301 ใหม่", "CAFÉ", "ร้าน [cafe\u0301] ใหม่"),
        ("ร้าน Café ใหม่", "cafe", "ร้าน [Café] ใหม่"),
        ("ร้าน cafe ใหม่", "Café", "ร้าน [cafe] ใหม่"),
        ("น้ำ\n ท่วม", "น้ำท่วม", "[น้ำ\n ท่วม]"),
        ("กก กก 11 111", "11", "กก กก [11] 111"),
        ("กก กก 11 111", "กก", "[กก] [กก] 11 111"),
        ("🇹🇭น้ำ👨‍👩‍👧", "น้ำ", "🇹🇭[น้ำ]👨‍👩‍👧"),
    ],
)
def test_however_it_was_typed_the_original_letters_are_marked(text, term, found):
    assert mark(text, term) == cut(text, term).replace("[น้ำ ท่วม]", "[น้ำ\n ท่วม]") == found


def test_tone_marks_keep_words_apart():
    assert mark("ขาว ข่าว ข้าว", "ขาว") == "[ขาว] ข่าว ข้าว"
    assert mark("ขาว ข่าว ข้าว", "ข่าว") == "ขาว [ข่าว] ข้าว"
    assert mark("ขาว ข่าว ข้าว", "ข้าว") == "ขาว ข่าว [ข้าว]"
    assert mark("ขาว ข่าว", "ข้าว") == "ขาว ข่าว"


def test_a_short_row_is_marked_inside_another_word_only_where_it_stands_nowhere_by_itself():
    assert mark("ตาราง ของ ตา", "ตา") == "ตาราง ของ [ตา]"
    assert mark("ดูตารางนี้", "ตา") == "ดู[ตา]รางนี้"
    assert mark("ตาราง" + FILLER * 3 + "คุณ ตา มา", "ตา").count("[") == 1
    assert mark("ประกันสังคมออนไลน์", "กันสังคม") == "ประ[กันสังคม]ออนไลน์"  # four clusters are sure


def test_what_is_begun_is_marked_where_words_begin_so():
    assert mark("ปลูก สมุนไพร ไว้", "สมุน*") == "ปลูก [สมุน]ไพร ไว้"
    assert mark("ปลูก สมุนไพร ไว้", "สม*") == "ปลูก [สมุ]นไพร ไว้"
    assert mark("อ่าน Wikipedia ก่อน", "wiki*") == "อ่าน [Wikipedia] ก่อน"
    assert mark("ไปเที่ยว", "เที*") == "ไป[เที่]ยว"


def test_single_words_are_marked_only_as_words_and_only_when_asked_for():
    text = "เพลี้ยกระโดดสีน้ำตาลอันตรายต่อข้าว"
    assert mark(text, "เพลี้ยกระโดดอันตราย") == text
    assert mark(text, "เพลี้ยกระโดดอันตราย", words=True) == "[เพลี้ยกระโดด]สีน้ำตาล[อันตราย]ต่อข้าว"
    assert mark("น้ำ ใน ตาราง", "น้ำ ตา", words=True) == "[น้ำ] ใน ตาราง"


def test_needles_hold_rows_of_clusters_and_their_words():
    assert needles(["น้ำท่วม", "?!", "covid"], words=False) == Needles(
        (("น้ำ", "ท่", "ว", "ม"), ("covid",)), frozenset()
    )
    assert needles(iter(["น้ำท่วม", "covid"]), words=True).words == {"น้ำ", "ท่วม", "covid"}


def test_nothing_to_mark_leaves_the_text_as_it_is():
    assert marked("", needles(["น้ำ"], words=True)) == []
    assert marked("ไฟ", needles([], words=True)) == [Piece("ไฟ", False)]
    assert passage("", needles(["น้ำ"], words=True)) == []
    assert cut("ไฟ\n\n ดับ", "น้ำ") == "ไฟ ดับ"
    beginning = cut(FILLER * 10, "รถไฟ", length=50)
    assert beginning.startswith("เมื่อวานนี้")
    assert beginning.endswith("…")


def test_a_passage_begins_a_little_before_the_first_match_and_is_cut_between_words():
    found = cut(FILLER * 5 + "แต่น้ำท่วม\n\nหนักมาก " + FILLER * 5, "น้ำท่วม")
    before, after = found.split("[น้ำท่วม]")
    assert before.startswith("…")
    assert before.endswith("เย็น แต่")
    assert 10 <= graphemes(before) <= 32
    assert before[1:].strip() in FILLER + "แต่"
    assert after.startswith(" หนักมาก เมื่อวาน")
    assert after.endswith("…")
    assert 150 < graphemes(found) <= 184
    assert cut("น้ำท่วม" + FILLER * 9, "น้ำท่วม").startswith("[น้ำท่วม]เมื่อ")
    end = cut(FILLER * 9 + "น้ำท่วม", "น้ำท่วม")
    assert end.endswith("[น้ำท่วม]")
    assert 140 < graphemes(end) <= 183


def test_a_passage_shows_the_most_different_needles_near_each_other():
    text = "น้ำ น้ำ น้ำ น้ำ " + FILLER * 8 + "น้ำ และ ไฟฟ้า " + FILLER * 8 + "ไฟฟ้า"
    assert "[น้ำ] และ [ไฟฟ้า]" in cut(text, "น้ำ", "ไฟฟ้า")
    assert cut(FILLER + "ตาราง " + FILLER * 8 + "คุณ ตา มา" + FILLER * 4, "ตา").count("[ตา]") == 1


def test_a_passage_is_rather_cut_around_what_says_most():
    text = "ต้องทำก่อน ต้องทำทีหลัง " + FILLER * 8 + "ฝุ่นลงหนัก " + FILLER * 8
    says = {"ทำ": 2.0, "ต้อง": 2.5, "ฝุ่น": 6.0}
    plain, weighed = (
        "".join(piece.text for piece in passage(text, needles(says, words=True, says=way)))
        for way in (None, says)
    )
    assert "ต้องทำ" in plain
    assert "ฝุ่นลงหนัก" in weighed


def test_html_stays_text():
    text = "<script>น้ำ</script> <b>&amp; น้ำ"
    pieces = marked(text, needles(["น้ำ", "script"], words=False))
    assert with_marks(pieces) == (
        "&lt;<mark>script</mark>&gt;<mark>น้ำ</mark>&lt;/<mark>script</mark>&gt; "
        "&lt;b&gt;&amp;amp; <mark>น้ำ</mark>"
    )


def hostile() -> list[str]:
    chance = random.Random(5)
    units = [
        "ก",
        "่",
        "ำ",
        "เ",
        "น้ำ",
        "กข",
        "ก่",
        "น้ำท่วม",
        "นำ้ ",
        "ก\u200b",
        "ฯลฯ",
        "5",
        "1,",
        "👍",
        "🇹🇭",
        "ก.",
        "a",
        " ",
        "\n",
        "มากก",
    ]
    noise = "".join(chance.choices("กขนมาะำเ่้ิ ", k=32_000))
    words = " ".join(chance.choices(["น้ำ", "ตาราง", "ไฟฟ้า", "มา", "ที่"], k=8_000))
    return [*[unit * (32_000 // len(unit)) for unit in units], noise, words, "ก" * 31_000 + " น้ำ"]


def test_hostile_texts_take_bounded_time():
    sought = needles(["น้ำท่วม", "ก", "ตา", "กขกข", "น้ำ", "5", "a", "มากกก"], words=True)
    for text in hostile():
        assert_quick(lambda text=text: passage(text, sought), within=0.15, told=text[:10])


def test_a_word_near_the_end_of_a_long_post_is_found():
    text = FILLER * 400 + "แล้วไดโนเสาร์ก็มา " + FILLER * 50
    assert "[ไดโนเสาร์]" in cut(text, "ไดโนเสาร์")


TERMS = st.lists(st.one_of(TYPED, st.sampled_from(["กา", "น้ำ", "a", "มา", "แม"])), max_size=4)


@settings(max_examples=300)
@given(st.one_of(TYPED, st.text()), TERMS, st.booleans())
def test_joined_again_it_is_the_text_and_marks_hold_whole_graphemes(text, terms, words):
    pieces = marked(text, needles(terms, words=words))
    assert "".join(piece.text for piece in pieces) == text
    place, whole = 0, borders(text)
    for piece in pieces:
        assert piece.text
        place += len(piece.text)
        assert place in whole


@settings(max_examples=300)
@given(st.one_of(TYPED, st.lists(TYPED, max_size=8).map("".join)), TERMS, st.integers(1, 60))
def test_a_passage_is_never_longer_than_asked_for_and_on_one_line(text, terms, length):
    pieces = passage(text, needles(terms, words=True), length=length)
    joined = "".join(piece.text for piece in pieces)
    assert graphemes(joined.removeprefix("…").removesuffix("…")) <= length
    assert "\n" not in joined
    assert joined == joined.strip()
