"""What listens to the pages hears what is wrong with one, also where most of it was heard before."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import axe

PAGE = """<!doctype html><html lang="th"><title>หน้า</title><style>
  :root {{ color-scheme: light dark; color: light-dark(#111, #eee); background: light-dark(#fff, #111) }}
  {style}
</style><main><h1>หัวเรื่อง</h1>{body}</main></html>"""
SOUND = """<div class="card"><p class="hint">ถ้อยคำ</p></div>
<p>ถ้อยคำที่ยาวกว่าลิงก์ในย่อหน้านี้ <a href="/">ลิงก์</a> แล้วมีถ้อยคำต่อท้าย</p>"""
NAMELESS = '<input type="text">'


@pytest.mark.parametrize(
    ("style", "more", "heard"),
    [
        (".hint { color: light-dark(#bbb, #eee) }", "", ["light, color-contrast"]),
        (".hint { color: light-dark(#111, #333) }", "", ["dark, color-contrast"]),
        (".card { background: light-dark(#fff, #ddd) }", "", ["dark, color-contrast"]),
        (
            "a { text-decoration: none; color: light-dark(#6a6a6a, #eef) }",
            "",
            ["dark, link-in-text-block"],
        ),
        ("", NAMELESS, ["light, label"]),
        (
            ".hint { color: light-dark(#bbb, #333) }",
            NAMELESS,
            ["light, label", "light, color-contrast", "dark, color-contrast"],
        ),
    ],
    ids=["faint by day", "faint at night", "on a light ground", "a link", "no label", "all"],
)
def test_what_is_wrong_is_heard_after_the_same_was_right_and_each_time(
    browse: Callable[..., Page], style: str, more: str, heard: list[str]
) -> None:
    page = browse(heard=True)

    def said(style: str, body: str) -> list[str]:
        page.emulate_media(color_scheme="light")
        page.goto("/healthz")  # or axe would stand in no page
        page.set_content(PAGE.format(style=style, body=body))
        return [each.partition(": ")[0] for each in axe(page)]

    assert said("", SOUND) == []
    for _time in range(2):
        assert said(style, SOUND + more) == heard
