"""The beginning of a stored text in plain words."""

import pytest

from forums.text.glance import as_read, glance
from forums.text.lengths import graphemes
from forums.text.render import render


def of(source: str, length: int = 200) -> str:
    return glance(render(source).html, length)


def test_markup_is_gone_and_words_stay():
    said = of("# หัวข้อ\n\n**หนา** และ [ลิงก์](https://example.org/) & 1 < 2")
    assert said == "หัวข้อ หนา และ ลิงก์ & 1 < 2"


@pytest.mark.parametrize(
    "source",
    [
        "ก่อน ||ความลับ|| หลัง",
        "ก่อน\n\n::: spoiler ตอนจบ\nความลับ\n:::\n\nหลัง",
        "ก่อน\n\n:::: spoiler\nความลับ\n\n::: spoiler\nอีกชั้น ความลับ\n:::\n\nความลับ\n::::\n\nหลัง",
        "ก่อน ||**ความลับ** [ความลับ](https://example.org/)|| หลัง",
    ],
)
def test_what_is_behind_a_spoiler_stays_there(source):
    said = of(source)
    assert "ความลับ" not in said
    assert said.startswith("ก่อน")
    assert said.endswith("หลัง")


def test_a_spoiler_cut_in_the_middle_stays_closed():
    said = of("ก่อน\n\n::: spoiler ตอนจบ\n" + "ความลับ " * 3000 + "\n:::\n\nหลัง")
    assert said == "ก่อน"


def test_a_tag_cut_in_the_middle_is_no_text():
    html = "<p>" + "ก" * 5990 + '<a href="https://example.org/">ลิงก์</a></p>'
    assert "href" not in glance(html, 7000)


def test_it_is_short_and_on_one_line():
    said = of("บรรทัดหนึ่ง\nบรรทัดสอง\n\n" + "คำ " * 400, 50)
    assert graphemes(said) <= 50
    assert "\n" not in said
    assert said.endswith("…")


def test_nothing_is_nothing():
    assert glance("") == ""


def test_as_it_is_read_nothing_is_left_out():
    read = as_read(render("ก **ข**ค &#45; ||ง||\n\n<<<").html + '<img src="/x" alt="จ &amp; ฉ">')
    assert "ก ขค - ง" in read
    assert "<<<" in read
    assert "จ & ฉ" in read
