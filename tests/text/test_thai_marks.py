"""Thai on a page in another language is marked as Thai, and nothing else is touched."""

import re

import pytest

from forums.text.thai_marks import mark_thai
from tests.timing import assert_quick

CASES = [
    ("<p>English only</p>", "<p>English only</p>"),
    ("<p>มาลี</p>", '<p><bdi lang="th">มาลี</bdi></p>'),
    ("<p>by มาลี คำหล้า, 5 days</p>", '<p>by <bdi lang="th">มาลี คำหล้า</bdi>, 5 days</p>'),
    ("<p>ก &amp; ข</p>", '<p><bdi lang="th">ก</bdi> &amp; <bdi lang="th">ข</bdi></p>'),
    ("<p>ก&#39;ข</p>", '<p><bdi lang="th">ก</bdi>&#39;<bdi lang="th">ข</bdi></p>'),
    ("<title>ป่า · Site</title>", '<title lang="th">ป่า · Site</title>'),
    ('<option value="1">น่าน</option>', '<option value="1" lang="th">น่าน</option>'),
    ("<option>a</option>ข", '<option>a</option><bdi lang="th">ข</bdi>'),
    ("<textarea>ข</textarea>", '<textarea lang="th">ข</textarea>'),
    ("<svg><text>ข</text></svg>", '<svg><text lang="th">ข</text></svg>'),
    ('<p title="ก > ข">x</p>', '<p title="ก > ข">x</p>'),
    ("<script>var x = 'ก<b>';</script>", "<script>var x = 'ก<b>';</script>"),
    ("<!-- ก --><p>x</p>", "<!-- ก --><p>x</p>"),
    ("<p>1,000 ฿</p>", "<p>1,000 ฿</p>"),  # money, no word
]


@pytest.mark.parametrize(("page", "marked"), CASES)
def test_it_marks_runs_of_thai_between_tags(page, marked):
    assert mark_thai(page) == marked


def test_what_a_reader_sees_stays_letter_by_letter():
    page = "".join(f"<div>{page}</div>" for page, _marked in CASES)
    seen = [re.sub(r'</?bdi[^>]*>| lang="th"', "", text) for text in (mark_thai(page), page)]
    assert seen[0] == seen[1]


@pytest.mark.parametrize("odd", ["<" * 50_000, '<a b="' * 20_000, "ก" * 100_000, "<!--" * 20_000])
def test_odd_pages_take_no_long_time(odd):
    assert_quick(lambda: mark_thai(odd + "ก"), within=1)
