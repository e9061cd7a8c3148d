"""The letters of pictures: the site's own fonts, shaped by HarfBuzz (Pillow's raqm), each run of text in the file
that has it."""

import re
import unicodedata
from functools import lru_cache

from django.conf import settings
from PIL import ImageDraw, ImageFont

_FONTS = settings.BASE_DIR / "static/fonts"
# What each of the two files of a weight has (static/css/src/fonts.css says more than is in them).
THAI = "\u0e01-\u0e3a\u0e3f-\u0e5b"
LATIN = (
    "\x20-\x7e\xa0-\xac\xae-\xff\u0131\u0152\u0153\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026"
    "\u2039\u203a\u2044\u20ac\u2122\u2191\u2193\u2212"
)
_RUN = re.compile(f"[{THAI}]+|[^{THAI}]+")
_MISSING = re.compile(f"[^{THAI}{LATIN}]+")
# The same to a reader.
_ALIKE = str.maketrans("‐‑‒―−", "---—-")


def drawable(text: str) -> str:
    """`text` as the fonts can show it: emoji and signs they lack are left out, words of other scripts are a …"""
    text = unicodedata.normalize("NFC", text).translate(_ALIKE)
    return " ".join(_MISSING.sub(_instead, text).split())


def _instead(found: re.Match[str]) -> str:
    is_a_word = any(unicodedata.category(letter)[0] in "LN" for letter in found[0])
    return "…" if is_a_word else " " if any(map(str.isspace, found[0])) else ""


@lru_cache(maxsize=32)
def font(script: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        _FONTS / f"anuphan-{script}-{weight}.woff2", size, layout_engine=ImageFont.Layout.RAQM
    )


class Letters:
    """Letters of one weight (500, 600) and size in pixels."""

    def __init__(self, weight: int, size: int) -> None:
        self.weight, self.size = weight, size

    def width(self, text: str) -> float:
        """How wide a text is drawn."""
        return sum(self._font(run).getlength(run) for run in _RUN.findall(text))

    def draw(
        self, on: ImageDraw.ImageDraw, text: str, place: tuple[float, float], colour: str
    ) -> float:
        """Draw a line that begins at this place of the baseline; returns where it ends."""
        across, baseline = place
        for run in _RUN.findall(text):
            face = self._font(run)
            on.text((across, baseline), run, fill=colour, font=face, anchor="ls")
            across += face.getlength(run)
        return across

    def _font(self, run: str) -> ImageFont.FreeTypeFont:
        script = "thai" if _IS_THAI.match(run) else "latin"
        return font(script, self.weight, self.size)


_IS_THAI = re.compile(f"[{THAI}]")
