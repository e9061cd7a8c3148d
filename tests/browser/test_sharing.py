"""A topic passed on and a post cited; pictures for sharing beside what a browser draws: the same emblems and marks."""

import base64
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image, ImageChops
from playwright.sync_api import Browser, expect

from forums.base.appearance import Emblem
from scripts.emblems import MASKS, SIZE, drawn, symbols
from tests.browser.steps import post_saying
from tests.make import make_post, make_topic
from tests.sharing import ink

FONTS = settings.BASE_DIR / "static/fonts"
_PAGE = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: A; src: url(data:font/woff2;base64,{font}) }}
body {{ margin: 0; background: #000; color: #fff }}
p {{ margin: 0; position: absolute; left: 40px; top: 0; font: {size}px/400px A; white-space: pre }}
</style><p>{text}</p>"""


def test_each_emblem_has_a_picture_of_its_drawing(browser: Browser):
    assert {path.stem for path in MASKS.iterdir()} == symbols().keys() == {*Emblem.values}
    page = browser.new_page(viewport={"width": SIZE, "height": SIZE})
    for name, drawing in symbols().items():
        with Image.open(MASKS / f"{name}.png") as kept:
            other = ImageChops.difference(kept, drawn(page, drawing))
        assert max(other.reduce(4).getextrema()) < 40, f"{name}: run scripts/emblems.py"
    page.close()


@pytest.mark.parametrize("text", ["น้ำ", "ปี่ป่า", "ฝ้ายญู", "กั้นฐุ", "เกี๊ยะ", "ผู้ดื่มด่ำ"])
def test_marks_stand_where_a_browser_puts_them(browser: Browser, text):
    font = base64.b64encode((FONTS / "anuphan-thai-600.woff2").read_bytes()).decode()
    page = browser.new_page(viewport={"width": 900, "height": 400})
    page.set_content(_PAGE.format(font=font, size=ink.SIZE, text=text))
    page.evaluate("document.fonts.ready")
    shown = ink.pieces(Image.open(BytesIO(page.screenshot())).convert("L"))
    page.close()
    ours = ink.pieces(ink.drawn(text))
    assert len(ours) == len(shown)
    down = shown[0].bottom - ours[0].bottom  # where the baseline is, on the page
    for mine, other in zip(ours, shown, strict=True):
        assert mine == pytest.approx(
            (other.left, other.top - down, other.right, other.bottom - down), abs=3
        )


def test_a_topic_is_passed_on_by_its_short_address(browse, js, board):
    topic = make_topic(board=board)
    page = browse(js=js, permissions=["clipboard-read", "clipboard-write"])
    page.goto(topic.get_absolute_url())
    page.get_by_text(f"ส่งต่อ /t/{topic.pk}/").click()
    short = f"{settings.SITE_URL}/t/{topic.pk}/"
    expect(page.get_by_label("ลิงก์สั้นไว้ส่งต่อ")).to_have_value(short)
    expect(page.get_by_role("link", name="LINE")).to_be_visible()
    copy = page.get_by_role("button", name="คัดลอกลิงก์")
    if not js:  # the field is there to be copied by hand
        expect(copy).to_be_hidden()
        return
    copy.click()
    expect(page.locator(".copy [role=status]")).to_have_text("คัดลอกแล้ว")
    assert page.evaluate("navigator.clipboard.readText()") == short


def test_a_post_is_cited_from_its_menu(browse, js, board, somchai):
    topic = make_topic(board=board)
    comment = make_post(topic, somchai, body="ตากในร่มก่อนสองวัน")
    page = browse(js=js)
    page.goto(topic.get_absolute_url())
    post = post_saying(page, "ตากในร่ม")
    post.locator("summary").click()
    post.get_by_role("link", name="อ้างอิง ส่งต่อ").click()
    cited = page.get_by_label("ข้อความอ้างอิงไว้คัดลอก")
    assert cited.input_value().startswith(f"สมชาย ตั้งใจดี, “{topic.title}” ความคิดเห็นที่ 1, ร้อยพลัง, ")
    assert cited.input_value().endswith(f"{settings.SITE_URL}/p/{comment.pk}/")
