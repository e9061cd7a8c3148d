"""The letters of pictures: the site's own fonts, shaped by HarfBuzz (Pillow's raqm), each run of text in the file
that has it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings
from PIL import ImageDraw, ImageFont

_FONTS = settings.BASE_DIR / "static/fonts"
# What each of the three files of a weight has (scripts/fonts.py).
THAI = (
    "\u0e01-\u0e3a\u0e3f-\u0e4e"
    "\x20-\x23\x25\x27-\x29\x2b-\x3a\x3f\xa0\xb7\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2039\u203a"
)
LATIN = "\x24\x26\x2a\x3b-\x3e\x40-\x7e"
OTHER = "\u0e4f-\u0e5b\xa1-\xac\xae-\xb6\xb8-\xff\u0131\u0152\u0153\u201a\u201e\u2022\u2044\u20ac\u2122\u2191\u2193\u2212"
_RUN = re.compile(f"(?P<thai>[{THAI}]+)|(?P<latin>[{LATIN}]+)|(?P<other>[^{THAI}{LATIN}]+)")
_MISSING = re.compile(f"[^{THAI}{LATIN}{OTHER}]+")
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
def font(letters: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        _FONTS / f"anuphan-{letters}-{weight}.woff2", size, layout_engine=ImageFont.Layout.RAQM
    )


class Letters:
    """Letters of one weight (500, 600) and size in pixels."""

    def __init__(self, weight: int, size: int) -> None:
        self.weight, self.size = weight, size

    def width(self, text: str) -> float:
        """How wide a text is drawn."""
        return sum(face.getlength(run) for run, face in self._runs(text))

    def draw(
        self, on: ImageDraw.ImageDraw, text: str, place: tuple[float, float], colour: str
    ) -> float:
        """Draw a line that begins at this place of the baseline; returns where it ends."""
        across, baseline = place
        for run, face in self._runs(text):
            on.text((across, baseline), run, fill=colour, font=face, anchor="ls")
            across += face.getlength(run)
        return across

    def _runs(self, text: str) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
        for found in _RUN.finditer(text):
            yield found[0], font(str(found.lastgroup), self.weight, self.size)
