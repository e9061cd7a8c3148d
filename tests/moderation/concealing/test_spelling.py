"""One pattern finds the same words however they are written, and nothing else."""

import time

import pytest

from forums.discussions.posts.models import Post
from forums.moderation.concealing.spelling import Bare, any_spelling, asked_for, is_number
from tests.make import make_post, make_topic

PHONE = "081-000-2345"
SPELLINGS = [
    "0810002345",
    "081 000 2345",
    "081.000.2345",
    "๐๘๑-๐๐๐-๒๓๔๕",
    "๐๘๑ ๐๐๐ ๒๓๔๕",
    "０８１０００２３４５",
    "+66 81 000 2345",
    "66-81-000-2345",
    "(081) 000 2345",
    "0-8-1-0-0-0-2-3-4-5",
    "0 8 1 0 0 0 2 3 4 5",
    "08-1000-2345",
    "081–000–2345",
]


@pytest.mark.parametrize("said", SPELLINGS)
def test_a_number_is_found_in_every_spelling_of_every_other(said):
    for words in (PHONE, *SPELLINGS):
        assert any_spelling(words).search(f"โทร {said} นะ"), words


@pytest.mark.parametrize("said", SPELLINGS)
def test_by_its_bare_letters_a_text_is_never_passed_over(said):
    for words in (PHONE, *SPELLINGS):
        assert Bare.of(f"โทร {said} นะ").may_say(words), words
    assert Bare.of("คน. ใน-คลิป ABC ๑๒").may_say("คนในคลิป abc 12")
    assert not Bare.of("โทร 081-000-2346").may_say(PHONE)
    assert not Bare.of("คนในภาพ").may_say("คนในคลิป")


@pytest.mark.parametrize(
    "other", ["081-000-2346", "1081-000-2345", "081-000-23451", "๑๐๘๑๐๐๐๒๓๔๕", "081-000-234"]
)
def test_another_number_is_not_found(other):
    assert not any_spelling(PHONE).search(f"โทร {other} นะ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Malee.S@example.org", "เขียนถึง malee.s@EXAMPLE.org"),
        ("12/3 หมู่ 4 ต.บางสมมุติ", "บ้าน ๑๒/๓ หมู่ ๔ ต. บางสมมุติ"),
        ("กข 1234", "รถ กข-๑๒๓๔"),
        ("คนในคลิป คือคนนี้", "คนในคลิปคือคนนี้"),
        ("--", "a -- b"),
    ],
)
def test_other_words_are_found_in_small_letters_other_digits_and_with_other_gaps(words, said):
    assert any_spelling(words).search(said)


def test_words_that_end_in_a_digit_are_no_part_of_a_longer_number():
    assert not any_spelling("กข 1234").search("กข 12345")
    assert not is_number("กข 1234")


def test_the_database_finds_them_too(db):
    topic = make_topic()
    for said in SPELLINGS:
        make_post(topic, body=f"โทร {said} นะ")
    found = Post.objects.filter(topic=topic, body__iregex=asked_for(PHONE))
    assert found.count() == len(SPELLINGS)
    long = "คำ (ที่ยาว) * " * 140
    made = make_post(topic, body=f"ก {long} ข")
    assert list(Post.objects.filter(body__iregex=asked_for(long))) == [made]


@pytest.mark.parametrize(
    "text", ["0" * 30_000, "0 " * 15_000, "081 000 234 " * 2_500, "081" + "-" * 30_000]
)
def test_no_text_makes_it_slow(text):
    began = time.process_time()
    any_spelling(PHONE).search(text)
    assert time.process_time() - began < 0.25
