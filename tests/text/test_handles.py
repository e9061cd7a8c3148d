import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.text.handles import (
    HANDLE_MESSAGES,
    clean_handle,
    handle_key,
    handle_problem,
    skeleton,
)


@pytest.mark.parametrize(
    "handle",
    [
        "malee",
        "Malee",
        "member0001",
        "9arm",
        "somchai.t",
        "a-b_c",
        "สมชาย",
        "มาลี_คำหล้า",
        "ศิริ-ชัย",
        "น้ำ",
        "ณัฐวุฒิ",
        "สิทธิ์",
        "พันธุ์",
        "เกี๊ยว",
        "ฤๅษี",
        "กฤษณ์",
        "เสาวลักษณ์",
        "วันเพ็ญ.ใจดี",
        "บรรพต",
        "สมชาย2",
        "ไสว",
        "โพธิ์",
        "เปี๊ยะ",
        "mali",
        "modern",
    ],
)
def test_real_names_can_be_handles(handle):
    assert handle_problem(handle) is None


@pytest.mark.parametrize(
    ("handle", "problem"),
    [
        ("", "too_short"),
        ("ก", "too_short"),
        ("ก" * 41, "too_long"),
        ("สมชายx", "mixed"),
        ("xสมชาย", "mixed"),
        ("123", "no_letter"),
        ("1.2", "no_letter"),
        ("ma lee", "characters"),
        ("ma..lee", "characters"),
        ("_malee", "characters"),
        ("malee.", "characters"),
        ("mal/ee", "characters"),
        ("málee", "characters"),
        ("мalee", "characters"),  # a Cyrillic м
        ("ก\u200bข", "characters"),
        ("น้้ำ", "characters"),
        ("่สมชาย", "characters"),
        ("เเดง", "characters"),
        ("สมชายๆ", "characters"),
        ("๑๒", "characters"),
        ("malee\n", "characters"),
        ("admin", "reserved"),
        ("ad.min", "reserved"),
        ("adm1n", "reserved"),
        ("Admin2", "reserved"),
        ("MODERATOR", "reserved"),
        ("rnoderator", "reserved"),
        ("roypa1ang-team", "reserved"),
        ("api", "reserved"),
        ("ร้อยพลัง_ทีม", "reserved"),
        ("ผู้ดูแลเว็บ", "reserved"),
        ("ผู้คูแล", "reserved"),
        ("ทีมงาน", "reserved"),
    ],
)
def test_other_names_say_why_not(handle, problem):
    assert handle_problem(handle) == problem
    assert HANDLE_MESSAGES[problem]


def test_what_is_typed_with_thai_digits_and_spaces_around_is_cleaned():
    assert clean_handle("  สมชาย๑๒\u200b ") == "สมชาย12"


def test_one_key_for_what_is_one_name():
    assert handle_key("Malee") == handle_key("mALEE")
    assert handle_key("น้ํา") == handle_key("น้ำ")
    assert handle_key("สมชาย") != handle_key("สมซาย")
    assert handle_key("ma.lee") != handle_key("malee")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ดวงดาว", "ควงดาว"),
        ("ฎีกา", "ฏีกา"),
        ("ขวัญ", "ฃวัญ"),
        ("malee0", "maleeO"),
        ("lisa", "1isa"),
        ("Iisa", "lisa"),
        ("morn", "mom"),
        ("ผู้ใหญ่", "ผูใหญ"),
        ("ma.lee", "ma_lee"),
    ],
)
def test_look_alikes_share_a_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


def test_different_names_have_different_skeletons():
    assert len({skeleton(name) for name in ("malee", "somchai", "สมชาย", "มาลี", "มาลา")}) == 5


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text):
    assert handle_problem(text) in {None, *HANDLE_MESSAGES}
    assert isinstance(skeleton(text), str)
