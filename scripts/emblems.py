"""Draws the emblems as pictures for `forums/sharing/`, from the one place they are defined in.

    .venv/bin/python scripts/emblems.py

Run it after an emblem was added or changed (templates/components/emblems.html); what it writes,
static/img/emblems/<name>.png, is kept in git: the glyph alone, white, as a mask. Needs Chromium, as the tests
that use a browser do (docs: README.md); tests/browser/test_sharing.py says when a picture is not its emblem's.
"""

import io
import re
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

CHECKOUT = Path(__file__).resolve().parent.parent
SYMBOLS = CHECKOUT / "templates/components/emblems.html"
MASKS = CHECKOUT / "static/img/emblems"
SIZE = 240  # pixels: ten to a unit of the grid, more than the largest bead has
_PAGE = """<!doctype html><style>
body {{ margin: 0; background: #000 }}
svg {{ display: block; width: {size}px; height: {size}px; fill: none; stroke: #fff; stroke-width: 1.7;
    stroke-linecap: round; stroke-linejoin: round }}
</style><svg viewBox="0 0 24 24">{drawing}</svg>"""
# Of a page that stands on no screen yet, no picture can be taken: on a busy machine that is a while.
_SHOWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def symbols() -> dict[str, str]:
    """The drawing of each emblem, by its name."""
    found = re.findall(
        r'<symbol id="e-([a-z]+)" viewBox="0 0 24 24">(.*?)</symbol>', SYMBOLS.read_text(), re.S
    )
    return dict(found)


def drawn(page: Page, drawing: str) -> Image.Image:
    """The mask of one emblem, drawn on a page of SIZE: 255 where it is inked."""
    page.set_content(_PAGE.format(size=SIZE, drawing=drawing))
    page.evaluate(_SHOWN)
    return Image.open(io.BytesIO(page.screenshot())).convert("L")


def main() -> None:
    MASKS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
            args=["--no-sandbox"],
        )
        page = browser.new_page(viewport={"width": SIZE, "height": SIZE})
        for name, drawing in symbols().items():
            # Sixteen shades are enough for its edges, and a third of the bytes.
            mask = drawn(page, drawing).quantize(16).convert("L")
            mask.save(MASKS / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
