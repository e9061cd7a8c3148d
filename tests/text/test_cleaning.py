import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forums.text.cleaning import clean_line, clean_text, norm, strip_invisible, valid_unicode
from forums.text.slugs import slugify
from tests.timing import assert_quick

# Thai letters and marks, what surrounds them, and everything that once broke idempotence.
THAI = st.text(
    "กขสทปนมรฤเแโใไะัาำิีึืฺุูๅ็่้๊๋์ํ๎ๆฯ .\n1๑Aaé\u0301\u200b\u200d\ufe0f👨❤＃ﬁﷺ\u00a8ßİ\u20e3\uf70a\ud800"
)
ANYTHING = st.one_of(THAI, st.text(st.characters(exclude_categories=())))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("น้ํา", "น้ำ"),  # NIKHAHIT and SARA AA after the tone
        ("นํ้า", "น้ำ"),  # before it
        ("นำ้", "น้ำ"),  # the tone after SARA AM
        ("เเม่เเล้ว", "แม่แล้ว"),
        ("ช้ัน", "ชั้น"),
        ("รุ้้", "รุ้"),
        ("สิทธิ์ พันธุ์ ที่ ผู้", "สิทธิ์ พันธุ์ ที่ ผู้"),
        ("e\u0301", "é"),
        ("ป\uf70aา", "ป่า"),  # a shifted tone mark out of a PDF file
    ],
)
def test_thai_is_stored_in_one_spelling(typed, stored):
    assert clean_line(typed) == stored
    assert clean_text(typed) == stored


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        " \t\n",
        "\u200b\u200c\u2060\ufeff",
        "\u202e\u2066",
        "\u3164\u2800\uffa0",
        "\x00\x1f\x7f",
        "\xad",
    ],
)
def test_what_shows_nothing_is_empty(nothing):
    assert clean_line(nothing) == ""
    assert clean_text(nothing) == ""


def test_invisible_characters_go_and_white_space_is_collapsed():
    assert clean_line("  ร้อย\u200bพลัง\u202e \u00a0 ของ\tเรา\x00\n") == "ร้อยพลัง ของ เรา"


@pytest.mark.parametrize("emoji", ["👨‍👩‍👧", "❤️", "👍🏽", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏳️‍🌈", "🇹🇭"])
def test_an_emoji_of_several_code_points_stays_whole(emoji):
    assert clean_line(f"ก{emoji}ข") == f"ก{emoji}ข"


def test_joiners_outside_emoji_go():
    assert clean_line("ก\u200dข\ufe0f 👨\u200d") == "กข 👨"


def test_flags_of_regions_have_keys_of_their_own():
    england, scotland = "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"
    assert len({norm(england), norm(scotland), norm("🏴")}) == 3


def test_surrogates_are_joined_or_replaced():
    assert valid_unicode("a\ud83d\ude00b") == "a😀b"
    assert clean_line("a\ud800b\udc00") == "a\ufffdb\ufffd"
    clean_text("\udfff\n\ud800").encode()


def test_a_tower_of_accents_is_cut():
    assert len(clean_line("ก" + "็" * 50)) == 2
    assert len(clean_line("x" + "\u0300\u0301\u0302\u0489" * 50)) <= 5


def test_a_body_keeps_its_lines_and_tabs():
    assert clean_text("\n\nหนึ่ง  สอง\r\n\tสาม\rสี่\u2028ห้า \n\n") == "หนึ่ง  สอง\n\tสาม\nสี่\nห้า"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("๒๕๖๗", "2567"),
        ("ＡＢＣ１", "abc1"),
        ("Straße", "STRASSE"),
        ("มากกกกกก", "มาก"),
        ("มากกก ครับบบ", "มาก ครับ"),
        ("อร่อยยย!", "อร่อย!"),
        ("แบบบบบ ระบบบ", "แบบ ระบบ"),
        ("งงงงง จริงงงง", "งง จริง"),
        ("หรืออออ", "หรือ"),
        ("จ้าาาา", "จ้า"),
        ("พ.ร.บ. ใหม่", "พรบ ใหม่"),
        ("พ.ร.บ.คอมพิวเตอร์", "พรบ คอมพิวเตอร์"),
        ("เด็กๆ", "เด็ก"),
        ("ต่างๆ นานา", "ต่าง นานา"),
        ("กรุงเทพฯ", "กรุงเทพ"),
        ("น้ํา", "น้ำ"),
        ("👍️", "👍"),
    ],
)
def test_what_is_the_same_to_a_reader_has_one_key(one, other):
    assert norm(one) == norm(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ขาว", "ข่าว"),
        ("ข่าว", "ข้าว"),
        ("เขา", "เข้า"),
        ("กรรม", "กรม"),
        ("จ.ตราด", "จตราด"),
        ("เนื้อออก", "เนื้อก"),
    ],
)
def test_what_is_different_to_a_reader_has_two_keys(one, other):
    assert norm(one) != norm(other)


@pytest.mark.parametrize(
    "typed",
    """แบบบ้าน แบบบันทึก แบบบังคับ ระบบบริการ ระบบบัญชี แบบบูรณาการ งงงัน กกกอด ถนนนคร ถนนนเรศวร คะแนนนิยม คะแนนโหวต
    คะแนนนโยบาย แวววาว วี่แววว่า กันแดดดี แดดด้วย กระโดดดู ธนนนท์ ยังงง ยิ่งงง ถักกกเป็นเสื่อ ไอออน สื่อออนไลน์ เหงื่อออก
    กกก ถถถ สสส งบสสส""".split(),
)
def test_three_of_one_consonant_are_no_stretching_where_words_meet(typed):
    assert norm(typed) == slugify(typed) == typed


def test_abbreviations_of_one_letter_are_no_stretching():
    assert norm("สสส. ททท. ป.ป.ป.") == "สสส. ททท. ปปป"


def test_sara_am_survives_compatibility_forms():
    assert norm("Ｘน้ำ") == "xน้ำ"


@given(ANYTHING)
@example("ำ" + "ํ" + "า")
@example("ก.ฯก.")
@example("กกกก.ก.ก.")
@example("าาำ👨")
def test_cleaning_twice_changes_nothing(text):
    for function in (clean_line, clean_text, norm, strip_invisible):
        once = function(text)
        assert function(once) == once


@given(ANYTHING)
def test_what_is_cleaned_can_be_stored(text):
    for function in (clean_line, clean_text, norm):
        cleaned = function(text)
        cleaned.encode()
        assert "\x00" not in cleaned
    assert "\n" not in clean_line(text)


HOSTILE = {
    "one tone mark": "่" * 20_000,
    "two tone marks": "่้" * 10_000,
    "sara am in pieces": "ํ่" * 10_000,
    "sara am and a tone": "ำ่" * 10_000,
    "sara e": "เ" * 20_000,
    "a stretched letter": "ก" * 20_000,
    "dots": "ก." * 10_000,
    "an endless abbreviation": "กก." * 6_666,
    "joiners": "👨\u200d" * 10_000,
    "a phrase in a letter": "ﷺ" * 20_000,
    "accents": "a" + "\u0301" * 20_000,
    "tags": "🏴" + "\U000e0067" * 20_000,
    "mai yamok": "ๆ " * 10_000,
    "spaces": " " * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_makes_cleaning_slow(name):
    """Quadratic steps would take seconds here."""
    assert_quick(lambda: norm(HOSTILE[name]), within=0.05)
