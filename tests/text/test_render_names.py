"""Names behind an @ in a text: which are links, and where nobody is named."""

from time import perf_counter

import pytest

from forums.text.render import MAX_SOURCE, MOST_NAMED, Name, linked_in, names_in, render

MALEE, SOMCHAI = Name("/u/malee/", (1,)), Name("/u/somchai/", (2,))
FOREST = Name("/n/forest-ป่า/", (3, 4), "คนเฝ้าป่า")
NAMES = {"มาลี": MALEE, "somchai": SOMCHAI, "อินสม": MALEE, "forest-ป่า": FOREST, "มาลีวรรณ": None}


def named(source, names=NAMES):
    return [each.url for each in render(source, names=names).named]


def link(url, words):
    return f'<a href="{url}" class="mention">{words}</a>'


@pytest.mark.parametrize(
    "source",
    [
        "@มาลี",
        "ขอบคุณ@มาลี",
        "ขอบคุณ @มาลี.",
        "(@มาลี)",
        "@มาลีๆ",
        "@มาลีช่วยดูหน่อย",
        "**@มาลี**",
        "_@มาลี_",
        "*@มาลี*ok",
        "||@มาลี||",
        "# เรื่องของ @มาลี",
        "- @มาลี",
        "| @มาลี | ข |\n|---|---|\n| ก | ข |",
        "อ่าน[ที่นี่](/t/1/)@มาลี",
        "[^1]\n\n[^1]: ถาม@มาลี",
        "@มาลี, @มาลี และ@มาลี",
    ],
)
def test_a_name_is_a_link_also_right_behind_thai_letters_and_before_them(source):
    html = render(source, names=NAMES)
    assert link("/u/malee/", "@มาลี") in html.html
    assert html.named == (MALEE,)
    assert "@มาลี" in html.plain or "||" in source


@pytest.mark.parametrize(
    "source",
    [
        "`@มาลี`",
        "```\n@มาลี\n```",
        "> @มาลี",
        "> ก\n>\n> - @มาลี",
        "[@มาลี](/t/1/)",
        "[ถาม @มาลี ดู](https://example.org/)",
        "https://example.org/@somchai",
        "example.org/@somchai",
        "mail@somchai",
        "a.b@somchai.org",
        "@@somchai",
        "\\@มาลี",
        "&#64;มาลี",
        "@ มาลี",
        "![@มาลี](/pictures/3f333df6-90a4-4fda-8dd3-9485d27cee36)",
        "@มาลีวรรณช่วยด้วย",
        "@somchai2",
        "@somchai.org",
        "@",
    ],
)
def test_here_nobody_is_named(source):
    html = render(source, names=NAMES)
    assert html.named == html.unnamed == ()
    assert "mention" not in html.html


def test_a_name_ends_where_its_script_or_a_word_does():
    assert named("@somchaiช่วยดู") == ["/u/somchai/"]
    assert named("@อินสมพูดถูก") == ["/u/malee/"]
    assert named("@forest-ป่าครับ") == ["/n/forest-ป่า/"]
    assert names_in("@มาลีช่วยดู") == [("มาลีช่วยดู", "มาลีช่วย", "มาลี")]
    assert names_in("@a.b.c @food-ป่าครับ") == [("a.b.c",), ("food-ป่าครับ", "food-ป่า", "food")]


def test_the_letters_stay_as_they_were_typed():
    both = {"Somchai": SOMCHAI, "somchai": SOMCHAI}
    html = render("@Somchai @somchai", names=both)
    assert html.named == (SOMCHAI,)
    assert link("/u/somchai/", "@Somchai") in html.html


def test_the_first_ten_count_and_the_rest_is_told():
    names = {f"m{number}": Name(f"/u/m{number}/", (number,)) for number in range(500)}
    source = "> @m499\n\n" + " ".join(f"@m{number}" for number in range(40)) + " @m3 @m39"
    html = render(source, names=names)
    assert [each.url for each in html.named] == [f"/u/m{n}/" for n in range(MOST_NAMED)]
    assert html.unnamed == tuple(f"@m{n}" for n in range(MOST_NAMED, 40))
    assert linked_in(html.html) == {each.url for each in html.named}
    assert html.html.count("mention") == MOST_NAMED + 1


def test_whom_stored_html_names_is_read_from_it_and_no_link_of_a_members_own():
    assert linked_in(render("@มาลี [x](/u/somchai/)", names=NAMES).html) == {"/u/malee/"}
    assert linked_in(render("ไม่มีใคร", names=NAMES).html) == set()


@pytest.mark.parametrize(
    "piece", ["@", "@a.", "@ก-", "@" + "ก" * 79 + " ", "@มาลี", "@มาลีวรรณ ", "> @มาลี\n", "[@มาลี"]
)
def test_hostile_texts_cost_little(piece):
    source = (piece * MAX_SOURCE)[:MAX_SOURCE]
    begun = perf_counter()
    assert len(names_in(source)) <= 100
    render(source, names=NAMES)
    assert perf_counter() - begun < 3
