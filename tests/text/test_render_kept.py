"""Nobody's words vanish or change: what is typed is read, but for what markup is."""

import html as entities
import json
import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forums.text.render import render
from tests.needs import needs_shared


def html(source: str) -> str:
    return render(source).html.strip()


def text(source: str) -> str:
    return entities.unescape(re.sub(r"<[^>]+>", "", html(source))).strip()


def links(source: str) -> list[str]:
    """The addresses as a person writes them."""
    found = re.findall(r'<a [^>]*?href="([^"]+)"', html(source))
    return [re.sub(r"xn--[\w.-]+", _host, unquote(entities.unescape(one))) for one in found]


def _host(name: re.Match[str]) -> str:
    return name[0].encode().decode("idna")


def test_the_cases_people_reported_elsewhere():
    """Each: what a reader must see and must not, and the links there are."""
    cases = json.loads(needs_shared("data", "cases", "markdown.json").read_text())
    assert len(cases) > 20
    for case in cases:
        source = case["source"]
        assert all(part in text(source) for part in case.get("text_has", [])), source
        assert not any(part in text(source) for part in case.get("text_lacks", [])), source
        assert all(part in html(source) for part in case.get("html_has", [])), source
        assert not any(part in html(source) for part in case.get("html_lacks", [])), source
        assert case.get("links", links(source)) == links(source), source


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("~~~ยินดีต้อนรับ~~~", "<p>~~~ยินดีต้อนรับ~~~</p>"),
        ("~~~~ สวัสดี ~~~~", "<p>~~~~ สวัสดี ~~~~</p>"),
        ("```ประกาศ", "<p>```ประกาศ</p>"),
        ("ก\n~~~ ข\nค", "<p>ก<br>\n~~~ ข<br>\nค</p>"),
        ("```ประกาศ\nข\n```\nค", '<pre tabindex="0"><code>ประกาศ\nข\n</code></pre>\n<p>ค</p>'),
        ("```python\nx\n```", '<pre tabindex="0"><code>x\n</code></pre>'),
        ("```python\nx", '<pre tabindex="0"><code>python\nx</code></pre>'),
        ("```hello\n```", '<pre tabindex="0"><code>hello\n</code></pre>'),
        ("```\nx", '<pre tabindex="0"><code>x</code></pre>'),
    ],
)
def test_words_behind_the_marks_of_program_text(source, shown):
    assert html(source) == shown


def test_definitions_no_link_names_and_the_second_of_one_name():
    assert html("ดู [1]\n\n[1]: https://example.org") == (
        '<p>ดู <a href="https://example.org" rel="ugc nofollow noopener">1</a></p>'
    )
    assert text("ก\n\n[1]: https://a.example/x\n[2]: https://b.example/ 'ชื่อ'") == (
        "ก\n[1]: https://a.example/x\n[2]: https://b.example/ 'ชื่อ'"
    )
    assert links("[1]: https://a.example/x") == ["https://a.example/x"]
    assert text("[1]\n\n[1]: https://a.example\n[1]: https://b.example") == (
        "1\n[1]: https://b.example"
    )


def test_the_title_of_a_link_stands_behind_it_and_is_said_once():
    assert text('[เว็บ](https://example.org "ของกลุ่ม")') == "เว็บ (ของกลุ่ม)"
    assert text('[ก][1] [ข][1]\n\n[1]: https://example.org "ของกลุ่ม"') == "ก (ของกลุ่ม) ข"
    assert render('[เว็บ](/t/1/ "ของกลุ่ม")').plain == "เว็บ (ของกลุ่ม)"
    assert text("[ ](https://example.org/a)") == "https://example.org/a"


def test_a_video_hides_nothing_written_behind_its_address():
    video = "https://youtu.be/dQw4w9WgXcQ"
    for behind in ("ดูนี่", "/ดูนี่", "?ดูนี่", "?t=5ดูนี่"):
        assert "ดูนี่" in text(video + behind)
    assert "youtube-link" in html(f"{video}?si=aB_-3&t=1m5s")


def test_cells_beyond_the_head_stay_in_their_row():
    made = html("| ก | ข |\n|---|---|\n| 1 | 2 | หมายเหตุ | **อีก** |\n| 3 |")
    assert "<td>2</td>\n<td>หมายเหตุ</td>\n<td><strong>อีก</strong></td>\n</tr>" in made
    assert made.count("<td>") == 6


def test_footnotes_of_one_name_inside_one_another_and_without_a_mark():
    assert "สอง" in text("ก[^1]\n\n[^1]: หนึ่ง\n\n[^1]: สอง")
    assert "หนึ่ง" in text("[^1]: หนึ่ง\n\n    [^2]: สอง")
    assert text("ก\n\n[^ที่มา]: กรม").split() == ["ก", "ที่มา:", "กรม"]


def test_the_title_of_a_spoiler_is_not_cut():
    assert "ท้ายสุด" in html(f"::: spoiler {'ยาว' * 100}ท้ายสุด\nก\n:::")


@pytest.mark.parametrize(
    ("source", "inside"),
    [
        ("**ราคา:**100 บาท", "<strong>ราคา:</strong>100 บาท"),
        ("**ราคา:**๑๐๐ บาท", "<strong>ราคา:</strong>๑๐๐ บาท"),
        ("**Note:**text", "<strong>Note:</strong>text"),
        ("2569**“พร้อม”**2570", "2569<strong>“พร้อม”</strong>2570"),
        ("***สำคัญ!***2569", "<em><strong>สำคัญ!</strong></em>2569"),
        ("~~(200)~~150", "<s>(200)</s>150"),
        ("**ก** **ข**", "<strong>ก</strong> <strong>ข</strong>"),
        ("ก ** ข ** ค", "ก ** ข ** ค"),
        ("2*3*4", "2*3*4"),
        ("๒*๓*๔", "๒*๓*๔"),
        ("a*b*c", "a*b*c"),
        ("*เอน*ครับ", "<em>เอน</em>ครับ"),
        ("(*เอน*)", "(<em>เอน</em>)"),
        ("กด *123*1# แล้วกด *555*2#", "กด *123*1# แล้วกด *555*2#"),
        ("if (a||b||c) x", "if (a||b||c) x"),
        ("เฉลย||ลับ||ครับ", 'เฉลย<span class="spoiler-text" tabindex="0">ลับ</span>ครับ'),
        (">100 คน", "&gt;100 คน"),
        (">= 5", "&gt;= 5"),
        (">๑๐๐ คน", "&gt;๑๐๐ คน"),
        (">_< เหนื่อย", "&gt;_&lt; เหนื่อย"),
    ],
)
def test_signs_that_are_meant_and_signs_that_are_markup(source, inside):
    assert html(source) == f"<p>{inside}</p>"


def test_a_quotation_may_begin_without_a_space_and_hold_a_number():
    assert html(">ก") == html("> ก") == "<blockquote>\n<p>ก</p>\n</blockquote>"
    assert html("> ก\n>100 คน") == "<blockquote>\n<p>ก<br>\n100 คน</p>\n</blockquote>"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("https://forms.gle/AbC123ภายในวันศุกร์", ["https://forms.gle/AbC123"]),
        ("https://example.org/?id=12และ", ["https://example.org/?id=12"]),
        ("https://example.org/a,https://example.org/b", ["https://example.org/a", "https://example.org/b"]),
        ("https://web.example/2020/https://example.org/b", ["https://web.example/2020/https://example.org/b"]),
        ("https://example.org/2569-น้ำท่วม", ["https://example.org/2569-น้ำท่วม"]),
        ("https://example.org/ปี2569น้ำท่วม", ["https://example.org/ปี2569น้ำท่วม"]),
        ("https://example.org/a%20น้ำ", ["https://example.org/a น้ำ"]),
        ("https://คน.ไทย", ["https://คน.ไทย"]),
        ("https://คน.ไทยครับ", ["https://คน.ไทย"]),
        ("https://www.น้ำ.ไทย/ก?ข=1", ["https://www.น้ํา.ไทย/ก?ข=1"]),
        ("[น](https://example.orgคำ)", ["https://example.org"]),
        ("[น](https://xn--a.com)", []),
    ],
)  # fmt: skip
def test_where_an_address_ends(source, found):
    assert links(source) == found
    assert [one for one in re.findall("[ก-๎]+", source) if one not in text(source)] == []


def test_two_spaces_make_a_sublist_whatever_the_mark_above():
    assert html("1. ก\n  - ข\n    - ค\n  - ง\n2. จ") == (
        "<ol>\n<li>ก\n<ul>\n<li>ข\n<ul>\n<li>ค</li>\n</ul>\n</li>\n<li>ง</li>\n</ul>\n</li>\n<li>จ</li>\n</ol>"
    )
    assert html("10. ก\n  1. ข\n11. ค") == (
        '<ol start="10">\n<li>ก\n<ol>\n<li>ข</li>\n</ol>\n</li>\n<li>ค</li>\n</ol>'
    )
    assert html("1. ก\n\n  - ข\n\nค").endswith("<ul>\n<li>ข</li>\n</ul>\n</li>\n</ol>\n<p>ค</p>")
    assert html("- ก\n - ข") == "<ul>\n<li>ก</li>\n<li>ข</li>\n</ul>"


def test_numbers_that_were_written_stay():
    assert html("1. ก\n2. ข\n5. ค\n6. ง") == (
        '<ol>\n<li>ก</li>\n<li>ข</li>\n<li value="5">ค</li>\n<li>ง</li>\n</ol>'
    )
    assert html("1. ก\n1. ข") == "<ol>\n<li>ก</li>\n<li>ข</li>\n</ol>"
    assert html("3. ก\n3. ข\n4. ค") == '<ol start="3">\n<li>ก</li>\n<li>ข</li>\n<li>ค</li>\n</ol>'


MARKUP = [
    "* ", "*", "**", "***", "~~", "~~~", "```", "``", "`", "> ", ">", "- ", "1. ", "10. ", "7) ", "|", "||",
    "|---|---|\n", "[", "]", "](https://example.org/)", '](https://example.org/ "', '")', "![", "(", ")", "# ",
    "## ", "::: spoiler ", ":::", "\n", "\n\n", "\n  ", "\n   ", "\n    ", " ", "https://example.org/",
    "https://youtu.be/dQw4w9WgXcQ", "www.example.org", "[^1]: ", "[^1]", "[^", "[1]: https://example.org",
    '[1]: https://example.org "', "[1]", "[2]: <https://example.org> '", "<", ">", "&amp;", "\\", "_", "__", ":",
    '"', "'", "---", "===", "\t", "!", "+ ", "<https://example.org/", ".", ",", "=",
]  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.one_of(st.sampled_from(MARKUP), st.sampled_from(("คำน", "wx"))), max_size=16))
def test_every_word_typed_among_any_marks_is_on_the_page(parts):
    """Each word differs; one that became a part of an address counts as there."""
    words: list[str] = []
    for place, part in enumerate(parts):
        if part in ("คำน", "wx"):
            parts[place] = f"{part[:-1]}{len(words)}{part[-1]}"
            words.append(parts[place])
    page = unquote(entities.unescape(html("".join(parts))))
    assert [word for word in words if word not in page] == []
