"""A quotation: whom, then her words, and nothing of it outside the quotation."""

import re

import pytest

from forums.discussions.posts.quoting import QUOTED, quoted
from forums.text.lengths import graphemes
from forums.text.render import render
from tests.make import make_member, make_post, make_topic

pytestmark = pytest.mark.django_db


def outside(markdown: str) -> str:
    """What a page shows of a quotation outside the quotation: its text without tags."""
    html = re.sub(r"<blockquote>.*</blockquote>", "", render(markdown).html, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", "", html).strip()


@pytest.mark.parametrize(
    "body",
    [
        "หนึ่ง\n\nสอง\n\nสาม",
        "```\nรหัส\n\nยังไม่ปิด",
        "~~~\nรหัส",
        "::: ซ่อน\nลับ\n\nยังไม่ปิด",
        "เหตุผล[^1]\n\n[^1]: อยู่ท้ายหน้า",
        "> ซ้อน\nต่อ\n\nจบ",
        "- ก\n\n  ข\n- ค",
        "| ก | ข |\n|---|---|\n| 1 | 2 |",
        "# หัวข้อ\r\n\r\nเนื้อ\u2028เรื่อง",
        "<!-- ก\n\nข -->",
    ],
)
def test_nothing_leaves_the_quotation(body):
    text = quoted(make_post(make_topic(), body=body))
    assert all(line.startswith(">") for line in text.rstrip().splitlines())
    assert text.endswith("\n\n")
    assert outside(text + "ฉันเห็นว่า") == "ฉันเห็นว่า"


def test_a_long_text_is_quoted_by_its_first_paragraphs():
    post = make_post(make_topic(), body="\n\n".join(f"ย่อหน้า {n} " + "ก ข" * 60 for n in range(9)))
    text = quoted(post)
    assert "ย่อหน้า 0" in text
    assert "ย่อหน้า 8" not in text
    assert text.rstrip().endswith("> …")
    assert len(text) < QUOTED + 200


def test_a_long_paragraph_is_cut_at_a_word_with_no_mark_left_open():
    body = "**เริ่ม** ||ความลับของบ้าน|| 1. *ตลาด* " + "น้ำท่วมทุกปี " * 200 + "||ท้าย||"
    text = quoted(make_post(make_topic(), body=body))
    assert "ความลับ" not in text
    assert graphemes(text) < QUOTED + 200
    assert "<strong>" not in render(text).html
    assert "น้ำท่วมทุกปี" in text


def test_a_name_that_looks_like_markdown_is_just_a_name():
    post = make_post(make_topic(), make_member(display_name="ลุง [ชิต] *เก่ง* ||"))
    html = render(quoted(post)).html
    assert "ลุง [ชิต] *เก่ง* ||" in html
