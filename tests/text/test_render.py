import pytest
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from forums.text.render import MAX_SOURCE, TocEntry, clean, filled, render, trusted


def html(source: str, **options) -> str:
    return render(source, **options).html.strip()


def test_plain_text_is_a_paragraph_and_a_line_end_is_a_line_end():
    assert html("หนึ่ง\nสอง\n\nสาม") == "<p>หนึ่ง<br>\nสอง</p>\n<p>สาม</p>"


def test_markup_of_every_kind():
    source = "**หนา** *เอน* ~~ขีดฆ่า~~ `รหัส`\n\n- ก\n- ข\n\n3. ค\n\n> อ้าง\n\n***\n\n```py\n<x>\n```"
    assert html(source) == (
        "<p><strong>หนา</strong> <em>เอน</em> <s>ขีดฆ่า</s> <code>รหัส</code></p>\n"
        "<ul>\n<li>ก</li>\n<li>ข</li>\n</ul>\n"
        '<ol start="3">\n<li>ค</li>\n</ol>\n'
        "<blockquote>\n<p>อ้าง</p>\n</blockquote>\n<hr>\n"
        '<pre tabindex="0"><code>&lt;x&gt;\n</code></pre>'
    )


@pytest.mark.parametrize(
    ("source", "inside"),
    [
        ('**"หนา"**ครับ', '<strong>"หนา"</strong>ครับ'),
        ('เขา**"หนา"**ครับ', 'เขา<strong>"หนา"</strong>ครับ'),
        ("ดู**(เน้น)**นะ", "ดู<strong>(เน้น)</strong>นะ"),
        ('*"เอน"*ครับ', '<em>"เอน"</em>ครับ'),
        ('~~"ขีด"~~ครับ', '<s>"ขีด"</s>ครับ'),
        ("**หนา**ครับ **อีก**", "<strong>หนา</strong>ครับ <strong>อีก</strong>"),
        ("ราคา 2 * 3 * 4 บาท", "ราคา 2 * 3 * 4 บาท"),
        ("ไฟล์ my_own_file.py", "ไฟล์ my_own_file.py"),
        ("** ไม่หนา **ครับ", "** ไม่หนา **ครับ"),
        (r"\*\*ไม่หนา\*\*", "**ไม่หนา**"),
    ],
)
def test_emphasis_works_beside_thai_letters(source, inside):
    assert html(source) == f"<p>{inside}</p>"


def test_html_in_a_source_is_text():
    assert html("<b onclick=x>ก</b><script>alert(1)</script>") == (
        "<p>&lt;b onclick=x&gt;ก&lt;/b&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )
    assert html("<div>\n\nก\n\n</div>") == "<p>&lt;div&gt;</p>\n<p>ก</p>\n<p>&lt;/div&gt;</p>"


def test_habits_of_thai_writers_are_not_markup():
    assert html("    ย่อหน้าที่เยื้องเข้าไป") == "<p>ย่อหน้าที่เยื้องเข้าไป</p>"
    assert html("ข้อความ\n---\nต่อ") == "<p>ข้อความ</p>\n<hr>\n<p>ต่อ</p>"
    assert html("#ร้อยพลัง") == "<p>#ร้อยพลัง</p>"
    assert html("[แก้ไข]: เพิ่มรูป") == "<p>[แก้ไข]: เพิ่มรูป</p>"
    assert html("[คำ](ความหมาย)") == "<p>[คำ](ความหมาย)</p>"


def test_headings_start_below_the_page_and_make_a_table_of_contents():
    rendered = render(
        "# น้ำท่วม **หนัก**\n\n## เหตุ\n\n## เหตุ\n\n> # ในคำอ้าง\n\n###### ลึก", prefix="p1-"
    )
    assert rendered.toc == (
        TocEntry(2, "p1-h-น้ำท่วม-หนัก", "น้ำท่วม หนัก"),
        TocEntry(3, "p1-h-เหตุ", "เหตุ"),
        TocEntry(3, "p1-h-เหตุ--2", "เหตุ"),
        TocEntry(4, "p1-h-ลึก", "ลึก"),
    )
    for entry in rendered.toc:
        assert f'<h{entry.level} id="{entry.id}">' in rendered.html


def test_headings_that_begin_with_two_signs_begin_at_the_same_place():
    assert [entry.level for entry in render("## หนึ่ง\n\n### สอง").toc] == [2, 3]


def test_a_head_of_a_table_without_words_is_a_plain_cell():
    made = html("| | ปีแรก |\n|---|---|\n| ครัวเรือน | 78 |")
    assert "<tr>\n<td></td>\n<th>ปีแรก</th>" in made


def test_tables_scroll_and_take_their_side_from_a_class():
    made = html("| ก | ข |\n|:-|-:|\n| 1 | 2 |")
    assert made.startswith('<div class="table" tabindex="0"><table>\n<thead>')
    assert '<th class="align-left">ก</th>' in made
    assert '<td class="align-right">2</td>' in made
    assert "style" not in made


def test_footnotes_have_their_own_ids_for_each_post():
    made = html("ก[^x] ข[^x]\n\n[^x]: หมายเหตุ", prefix="p9-")
    assert 'href="#p9-fn-1" id="p9-fnref-1"' in made
    assert '<li id="p9-fn-1"><p>หมายเหตุ <a class="footnote-back" href="#p9-fnref-1"' in made
    assert made.count('id="p9-fnref-1"') == 1


def test_a_footnote_nobody_points_to_does_not_vanish():
    assert "ฝากไว้" in html("ก\n\n[^1]: ฝากไว้")


def test_hidden_text_needs_a_click_or_the_focus():
    made = html("||จบแบบ **นี้**|| a || b || c")
    assert made == (
        '<p><span class="spoiler-text" tabindex="0">จบแบบ <strong>นี้</strong></span> a || b || c</p>'
    )
    made = html("::: spoiler ตอน <จบ>\nพระเอก\n\n::: spoiler\nใน\n:::\n\n:::\nต่อ")
    assert made == (
        '<details class="spoiler"><summary>ตอน &lt;จบ&gt;</summary>\n<p>พระเอก</p>\n'
        '<details class="spoiler"><summary>ข้อความที่ซ่อนไว้</summary>\n<p>ใน</p>\n</details>\n'
        "</details>\n<p>ต่อ</p>"
    )
    assert html(":::ซ่อน\nก") == html("::: spoiler\nก\n:::")


def test_a_spoiler_begins_under_a_line_and_ends_with_its_list():
    assert html("ก\n::: spoiler\nข") == (
        '<p>ก</p>\n<details class="spoiler"><summary>ข้อความที่ซ่อนไว้</summary>\n<p>ข</p>\n</details>'
    )
    assert html("- ::: spoiler\n  ก\n- ข\n\nค").endswith(
        "</details>\n</li>\n<li>ข</li>\n</ul>\n<p>ค</p>"
    )
    assert html("- ::: spoiler\n  ก\n\nค").endswith("</ul>\n<p>ค</p>")
    assert html("::: อื่น\nก") == "<p>::: อื่น<br>\nก</p>"


def test_plain_text_has_everything_but_markup_and_spoilers():
    source = (
        "# หัวข้อ\n\nข้อ**ความ** ||ลับ|| [ลิงก์](/t/1/) https://example.com[^1]\n\n"
        "```\nโค้ด\n```\n\n| ก | ข |\n|-|-|\n| 1 | 2 |\n\n::: spoiler ชื่อ\nเนื้อ\n:::\n\n[^1]: เชิง"
    )
    assert render(source).plain == ("หัวข้อ\nข้อความ ลิงก์ https://example.com\nโค้ด\nก ข\n1 2\nเชิง")


def test_quoting_a_post_is_plain_markdown():
    made = html("> [สมชาย](/p/3/) เขียนว่า:\n> ดี\n\nเห็นด้วย")
    assert '<a href="/p/3/">สมชาย</a> เขียนว่า:' in made
    assert made.endswith("</blockquote>\n<p>เห็นด้วย</p>")


def test_a_quotation_ends_where_its_marks_end():
    assert html("> ก\nตอบ") == "<blockquote>\n<p>ก</p>\n</blockquote>\n<p>ตอบ</p>"
    assert html("> > ก\n> ข") == (
        "<blockquote>\n<blockquote>\n<p>ก</p>\n</blockquote>\n<p>ข</p>\n</blockquote>"
    )
    assert html("- > ก\n  > ข\n- ค") == (
        "<ul>\n<li>\n<blockquote>\n<p>ก<br>\nข</p>\n</blockquote>\n</li>\n<li>ค</li>\n</ul>"
    )
    assert "<ul>\n<li>ก\n<ul>\n<li>ข</li>" in html("> - ก\n>\t- ข")


def test_what_is_nested_too_deep_is_still_there():
    made = html(">" * 30 + " ลึก\n\nต่อ")
    assert "ลึก" in made
    assert made.endswith("<p>ต่อ</p>")
    assert "ก้นบึ้ง" in html(
        "".join("  " * i + "- ก\n" for i in range(30)) + "  " * 30 + "- ก้นบึ้ง\n\nต่อ"
    )


def test_entities_bring_nothing_invisible_back():
    made = html("&#8238;ก&#8203;ข &#0; &lt;b&gt; [x](https://e.com/&#8238;)")
    assert "\u202e" not in made
    assert "\u200b" not in made
    assert "&lt;b&gt;" in made


def test_a_text_over_the_limit_is_refused():
    assert render("ก" * MAX_SOURCE).html
    with pytest.raises(ValueError, match="32001"):
        render("ก" * (MAX_SOURCE + 1))


def test_trusted_marks_what_is_stored_and_nothing_is_empty():
    assert trusted("<p>ก</p>").__html__() == "<p>ก</p>"
    assert trusted(None) == ""


@settings(max_examples=300)
@given(st.one_of(st.text(), st.text("กa่ \n*_~|[]()!^:#>-`<&;\\/.0๑www.httpsp\u202e")))
def test_any_text_renders_to_stable_html_and_leaves_nothing_invisible(source):
    rendered = render(source, prefix="p1-")
    assert clean(rendered.html) == rendered.html
    assert "\x00" not in rendered.plain
    rendered.html.encode()


def test_a_shape_is_filled_with_values_that_are_escaped_unless_they_are_html():
    shape = "<a {{x}} href='{url}'>{name}</a>{n}{name}{html}"
    values = {"url": "/a'b/", "name": "<มาลี> {n}", "n": 3, "html": trusted("<b>"), "unused": None}
    assert (
        filled(shape, values) == "<a {x} href='/a&#x27;b/'>&lt;มาลี&gt; {n}</a>3&lt;มาลี&gt; {n}<b>"
    )
    assert filled(shape, values | {"n": 4}).endswith("</a>4&lt;มาลี&gt; {n}<b>")
    with pytest.raises(KeyError):
        filled(shape, {})


@pytest.mark.parametrize(
    ("shape", "printed"),
    [
        ("100 %", "100 %"),
        ("{a}", "5 % of &lt;มาลี&gt;"),
        ("%s {a} %(a)s {{a}} {a}", "%s 5 % of &lt;มาลี&gt; %(a)s {a} 5 % of &lt;มาลี&gt;"),
        ("{b}{c}", "<b>%d</b>7"),
    ],
)
def test_signs_of_a_shape_and_of_a_value_stay_what_they_are(shape, printed):
    values = {"a": "5 % of <มาลี>", "b": trusted("<b>%d</b>"), "c": 7}
    assert filled(shape, values) == printed
    assert type(filled(shape, values)) is SafeString
