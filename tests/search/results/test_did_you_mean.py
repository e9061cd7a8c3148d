import pytest
from django.utils import timezone

from forums.search.index.models import SearchWord
from forums.search.results.did_you_mean import is_a_slip, spellings
from forums.text.spelling import skeleton

WORDS = {
    "เศรษฐกิจ": 70, "รัฐบาล": 60, "การ": 900, "ศึกษา": 30, "ร้าน": 27, "อาหาร": 109, "โรง": 30,
    "พยาบาล": 20, "สิ่ง": 240, "แวดล้อม": 12, "สวัสดี": 10, "ค่ะ": 80, "คะ": 60, "ต่าง": 200,
    "ประเทศ": 120, "นโยบาย": 10, "พนักงาน": 15, "facebook": 9, "google": 8, "กา": 5, "บาน": 2,
    "เศษ": 4, "กิจ": 9, "ใน": 500, "สังเกต": 15, "สังเกตุ": 3, "น้ำ": 50, "ท่วม": 20, "น้า": 4,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _counted(db):
    SearchWord.objects.bulk_create(
        SearchWord(
            word=word, documents=count, skeleton=skeleton(word), counted_at=timezone.now()
        )
        for word, count in [*WORDS.items(), ("", 4000)]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("เศษฐกิจ", "เศรษฐกิจ"),
        ("รัดถบาล", "รัฐบาล"),
        ("การศึกศา", "การศึกษา"),
        ("ร้านอาหาน", "ร้านอาหาร"),
        ("โรงพยาบาน", "โรงพยาบาล"),
        ("สิ่งแวดร้อม", "สิ่งแวดล้อม"),
        ("ต่างประเทด", "ต่างประเทศ"),
        ("นโนบาย", "นโยบาย"),
        ("พนังงาน", "พนักงาน"),
        ("สังเกตุ", "สังเกต"),  # the wrong spelling is written, too, only less
        ("คะ่", "ค่ะ"),
        ("faecbook", "facebook"),
        ("goole", "google"),
        ("l;ylfu", "สวัสดี"),
        ("ดฟแำินนา", "facebook"),
        ("ohe", "น้ำ"),
        ("เศษฐกิจในต่างประเทส 2569", "เศรษฐกิจในต่างประเทศ 2569"),
        ("นโนบาย รัดถบาล", "นโยบาย รัฐบาล"),
        ("นโนบาย ชะนีซุมบ้า", "นโยบาย ชะนีซุมบ้า"),  # what nobody knows stays as it is
    ],
)
def test_what_was_meant_comes_first(typed, meant):
    assert spellings(typed)[0] == meant


def test_what_was_typed_is_never_offered():
    for typed in ("เศรษฐกิจ", "Facebook", "น้ำท่วม", "นํ้าท่วม", "อะไรก็ได้", "่", "๒๕๖๙"):
        assert typed not in spellings(typed)
        assert "เศรษฐกิจ" not in spellings(typed)
        assert "facebook" not in spellings(typed)
        assert "น้ำท่วม" not in spellings(typed)


def test_nothing_is_offered_for_what_is_like_nothing():
    for typed in (
        "",
        " ",
        "่่",
        "2569",
        "& | ! <-> :*",
        "\x00",
        "日本",
        "ก" * 80,
        "ฆฌฐฑฒ",
        "x" * 10_000,
    ):
        assert spellings(typed) == []


def test_only_what_finds_something_is_offered_and_few_are_asked():
    asked = []

    def found(line: str) -> bool:
        asked.append(line)
        return line == "คะ"

    assert spellings("คะ่", found=found) == ["คะ"]
    assert asked[0] == "ค่ะ"
    assert len(asked) <= 10
    assert spellings("คะ่", limit=1) == ["ค่ะ"]


def test_two_queries_whatever_is_asked(django_assert_num_queries):
    for typed in ("เศษฐกิจ", "นโนบาย รัดถบาล ใน ต่างประเทส เศษฐกิจ", "l;ylfu", "กา" * 40):
        with django_assert_num_queries(2):
            spellings(typed)


@pytest.mark.parametrize(
    ("typed", "line", "is_one"),
    [
        ("สังเกตุ", "สังเกต", True),
        ("โอกาศ", "โอกาส", True),  # three clusters that nobody knows
        ("ลบ", "รบ", False),  # short, and both are words
        ("เสียน", "เสียง", False),  # heard
        ("พิเคราะห์", "วิเคราะห์", False),  # the first letter is another
        ("กาวน์", "กาว", False),  # short, and a letter more
        ("ผัดไทด", "ผัดไทย", False),  # nobody knows that one
    ],
)
def test_a_slip_is_a_letter_nobody_hears_in_a_word_that_is_no_other(typed, line, is_one):
    assert is_a_slip(typed, line) == is_one
