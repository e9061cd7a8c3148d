"""Pictures for sharing beside what a browser draws: the same emblems, and Thai shaped the same way."""

import base64
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from forums.base.appearance import Emblem
from scripts.emblems import MASKS, drawn, symbols
from tests.sharing import ink

FONTS = settings.BASE_DIR / "static/fonts"
_PAGE = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: A; src: url(data:font/woff2;base64,{font}) }}
body {{ margin: 0; background: #000; color: #fff }}
p {{ margin: 0; position: absolute; left: 40px; top: 0; font: {size}px/400px A; white-space: pre }}
</style><p>{text}</p>"""


def test_each_emblem_has_a_picture_of_its_drawing(browser: Browser):
    assert {path.stem for path in MASKS.iterdir()} == symbols().keys() == {*Emblem.values}
    for name, drawing in symbols().items():
        with Image.open(MASKS / f"{name}.png") as kept:
            other = ImageChops.difference(kept, drawn(browser, drawing))
        assert max(other.reduce(4).getextrema()) < 40, f"{name}: run scripts/emblems.py"


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
