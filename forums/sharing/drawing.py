"""Draws a `Sketch`: flat shapes on the light ground, whatever theme the reader has. No database, no file but our own."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw

from forums.sharing.letters import Letters, drawable
from forums.sharing.sketches import SIZE, DrawnBead, Sketch
from forums.text.breaking import broken

WIDTH, HEIGHT = SIZE
EDGE = 72
MIDDLE = 312  # where the words are in the middle of
SMOOTH = 4  # shapes are drawn so much larger first: Pillow's have hard edges
_STATIC = settings.BASE_DIR / "static"
_MARK_OF_ICON = (148, 96, 389, 430)  # where the mark is in img/icon-512.png, on the same ground
_LINE = 1.5  # of the size of letters
_LEAD_LINES, _TITLE_LINES = 2, 3


def draw(sketch: Sketch) -> bytes:
    """The picture as a PNG. Raises nothing for any text: what the fonts lack is left out."""
    picture = _paper().copy()
    on = ImageDraw.Draw(picture)
    _above(on, drawable(sketch.above))
    _words(picture, on, sketch)
    _beads(picture, sketch.strand)
    file = BytesIO()
    # Flat colours and the shades of their edges: 128 of them are all the eye sees, in half the bytes.
    picture.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


# -- words -----------------------------------------------------------------------------------------


def _above(on: ImageDraw.ImageDraw, text: str) -> None:
    """At the right of the head."""
    letters = Letters(500, 28)
    for line in broken(text, width=680, most=1, measure=letters.width):
        letters.draw(on, line, (WIDTH - EDGE - letters.width(line), 95), colours()["soft"])


def _words(picture: Image.Image, on: ImageDraw.ImageDraw, sketch: Sketch) -> None:
    """Title, lead, and who speaks from where: a block in the middle between head and garland."""
    left = EDGE + 228 if sketch.is_large else EDGE
    letters, title = _title(
        drawable(sketch.title) or "…", WIDTH - EDGE - left, large=sketch.is_large
    )
    small = Letters(500, 32)
    room = WIDTH - EDGE - left
    speaks = bool(sketch.name or sketch.network)
    most = 1 if speaks and len(title) == _TITLE_LINES else _LEAD_LINES
    lead = broken(drawable(sketch.lead), width=room, most=most, measure=small.width)
    step, lead_step = round(letters.size * _LINE), round(small.size * _LINE)
    gap = 12 if lead else 0
    height = step * len(title) + gap + lead_step * len(lead) + speaks * 76
    top = MIDDLE - height / 2
    for line in title:
        letters.draw(on, line, (left, top + step * 0.68), colours()["ink"])
        top += step
    top += gap
    for line in lead:
        small.draw(on, line, (left, top + lead_step * 0.68), colours()["soft"])
        top += lead_step
    if speaks:
        _speaker(picture, on, sketch, top + 46)
    if sketch.is_large:
        _paste_bead(picture, sketch.bead, (EDGE + 90, MIDDLE), 90)


def _title(text: str, width: float, *, large: bool) -> tuple[Letters, list[str]]:
    """In large letters on two lines, else in smaller ones on three."""
    letters = Letters(600, 64 if large else 60)
    lines = broken(text, width=width, most=_TITLE_LINES, measure=letters.width)
    if len(lines) < _TITLE_LINES:
        return letters, lines
    letters = Letters(600, 48)
    return letters, broken(text, width=width, most=_TITLE_LINES, measure=letters.width)


def _speaker(picture: Image.Image, on: ImageDraw.ImageDraw, sketch: Sketch, middle: float) -> None:
    letters = Letters(500, 32)
    _paste_bead(picture, sketch.bead, (EDGE + 24, round(middle)), 24)
    across, baseline = EDGE + 65.0, middle + 11
    for text, colour in (
        (sketch.name, "ink"),
        (sketch.network, sketch.bead.colour if sketch.bead else "soft"),
    ):
        room = WIDTH - EDGE - across
        for line in broken(drawable(text), width=room, most=1, measure=letters.width):
            across = letters.draw(on, line, (across, baseline), colours()[colour]) + 17


# -- the garland -----------------------------------------------------------------------------------


def _sag(across: float) -> float:
    """How low the thread hangs there: a parabola."""
    t = across / WIDTH
    return 510 + 240 * t * (1 - t)


def _beads(picture: Image.Image, strand: Sequence[DrawnBead | None]) -> None:
    apart = WIDTH / (len(strand) or 1)
    for place, bead in enumerate(strand):
        across = apart * (place + 0.5)
        for knot in (across - apart * 0.375, across + apart * 0.375):
            _paste_disc(picture, "thread", (knot, _sag(knot)), 8)
            _paste_disc(picture, "ground", (knot, _sag(knot)), 5)
        _paste_bead(picture, bead, (across, _sag(across)), 30)


def _paste_bead(
    picture: Image.Image, bead: DrawnBead | None, middle: tuple[float, float], radius: int
) -> None:
    """A network's emblem on its colour, or a white jasmine bud."""
    if bead:
        _paste_disc(picture, bead.colour, middle, radius)
    else:
        _paste_disc(picture, "thread", middle, radius)
        _paste_disc(picture, "ground", middle, radius - 3)
    glyph = _glyph(bead.emblem if bead else "bud", 2 * radius)
    _paste(picture, colours()["on-c" if bead else "soft"], glyph, middle)


def _paste_disc(
    picture: Image.Image, colour: str, middle: tuple[float, float], radius: int
) -> None:
    _paste(picture, colours()[colour], _disc(radius), middle)


def _paste(
    picture: Image.Image, colour: str, mask: Image.Image, middle: tuple[float, float]
) -> None:
    place = round(middle[0] - mask.width / 2), round(middle[1] - mask.height / 2)
    picture.paste(colour, place, mask)


# -- what is drawn once a process ------------------------------------------------------------------


@cache
def colours() -> dict[str, str]:
    """The light colours of the site by their names."""
    tokens = (_STATIC / "css/src/tokens.css").read_text()
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", tokens))


@lru_cache(maxsize=16)
def _disc(radius: int) -> Image.Image:
    side = 2 * radius * SMOOTH
    mask = Image.new("L", (side, side))
    ImageDraw.Draw(mask).ellipse((0, 0, side - 1, side - 1), fill=255)
    return mask.reduce(SMOOTH)


@lru_cache(maxsize=64)
def _glyph(emblem: str, side: int) -> Image.Image:
    """An emblem without its ground (scripts/emblems.py)."""
    with Image.open(_STATIC / f"img/emblems/{emblem}.png") as mask:
        return mask.resize((side, side), Image.Resampling.LANCZOS)


@cache
def _paper() -> Image.Image:
    """What is the same on all of them: the ground, the mark with the site's name, the thread."""
    paper = Image.new("RGB", SIZE, colours()["ground"])
    with Image.open(_STATIC / "img/icon-512.png") as icon:
        mark = icon.convert("RGB").crop(_MARK_OF_ICON).resize((40, 56), Image.Resampling.LANCZOS)
    paper.paste(mark, (84, 59))
    Letters(600, 38).draw(ImageDraw.Draw(paper), settings.SITE_NAME, (150, 99), colours()["ink"])
    top, thick = 490, 4
    mask = Image.new("L", (WIDTH * SMOOTH, (HEIGHT - top) * SMOOTH))
    along = [(x * SMOOTH, (_sag(x) - top) * SMOOTH) for x in range(-8, WIDTH + 9, 8)]
    ImageDraw.Draw(mask).line(along, fill=255, width=thick * SMOOTH, joint="curve")
    paper.paste(colours()["thread"], (0, top), mask.reduce(SMOOTH))
    return paper
