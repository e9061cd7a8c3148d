"""Words that no line may end inside of."""

import re
from pathlib import Path

import polib
from hypothesis import given
from hypothesis import strategies as st

from forums.text.joints import parted
from forums.text.render import held_together

ROOT = Path(__file__).parents[2]
TRANSLATED = re.compile(
    r"<(?:h[1-3]|legend|label)\b[^>]*>(?:\s*<a [^>]*>)?\s*\{% translate \"([^\"]+)\" %\}"
)


def held(text: str) -> list[str]:
    return [piece for piece, is_held in parted(text) if is_held]


def test_words_that_a_browser_would_part_are_held():
    assert held("หนึ่งในเครือข่ายบ้านมั่นคงคลองท่าเรือ") == ["เครือข่าย"]
    assert "กลับ" in held("การกลับมา")
    assert "เฟซบุ๊ก" in held("คุยกันในเฟซบุ๊ก")
    assert held("ชุมชนริมคลอง") == []
    assert held("") == held("Moved to 2027") == []


@given(st.text(alphabet="กขคงนรลวสหอะาิีึืุูเแโใไ่้์ๆ <&a1\u200b", max_size=60))
def test_nothing_is_added_to_a_text_and_nothing_lost(text):
    assert "".join(piece for piece, _ in parted(text)) == text


def test_it_is_html_that_holds_them_and_not_letters():
    assert held_together("<b>เครือข่าย</b>") == ('&lt;b&gt;<span class="nb">เครือข่าย</span>&lt;/b&gt;')


def test_headings_and_labels_of_the_site_hold_theirs():
    """`{{ _("…")|whole }}`, where what is shown in Thai has such a word."""
    catalogue = polib.pofile(str(ROOT / "locale/th/LC_MESSAGES/django.po"))
    thai = {each.msgid: each.msgstr for each in catalogue if not each.msgctxt}
    assert [
        f"{path.name}: {msgid}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for msgid in TRANSLATED.findall(path.read_text(encoding="utf-8"))
        if held(thai.get(msgid, ""))
    ] == []
