"""The demo's pictures, drawn here: shapes in the house's colours, no photograph, no letters but digits.

Each function fills a canvas; coordinates are in units of 1600 across, whatever the picture's height.
"""

import math
import random
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH = 1600
_SHARPER = 2  # drawn this many times larger, then reduced: smooth edges

GROUND, TINT, INK, THREAD, RULE = "#fdfcf6", "#f5f3e8", "#1d2446", "#bdc5e0", "#e4e1d4"
CHABA, DIN, TOEI, ANCHAN = "#b03a57", "#a9502a", "#3a7449", "#6a4ba0"
THALE, KHRAM, PHLAI, KHRANG = "#1c7379", "#34509f", "#75651a", "#8b2d55"
MARIGOLD, EDGE = "#f4a81c", "#878a9c"
FLOWERS = (CHABA, TOEI, ANCHAN, THALE, KHRAM, PHLAI, KHRANG, DIN)


class Canvas:
    """A drawing in units of the finished picture."""

    def __init__(self, height: int, ground: str = GROUND) -> None:
        self.height = height
        self.image = Image.new("RGB", (WIDTH * _SHARPER, height * _SHARPER), ground)
        self.draw = ImageDraw.Draw(self.image)

    def dot(self, x: float, y: float, r: float, fill: str) -> None:
        self.draw.ellipse(self._scaled(x - r, y - r, x + r, y + r), fill=fill)

    def box(self, x: float, y: float, to_x: float, to_y: float, fill: str) -> None:
        self.draw.rectangle(self._scaled(x, y, to_x, to_y), fill=fill)

    def area(self, *points: tuple[float, float], fill: str) -> None:
        self.draw.polygon(self._scaled(*(n for point in points for n in point)), fill=fill)

    def line(self, *points: tuple[float, float], fill: str, width: float = 6) -> None:
        flat = self._scaled(*(n for point in points for n in point))
        self.draw.line(flat, fill=fill, width=round(width * _SHARPER), joint="curve")

    def number(self, x: float, y: float, text: str, size: int = 34, fill: str = INK) -> None:
        font = ImageFont.load_default(size * _SHARPER)
        self.draw.text((x * _SHARPER, y * _SHARPER), text, fill=fill, font=font, anchor="ms")

    def flower(self, x: float, y: float, r: float, fill: str, heart: str = GROUND) -> None:
        for petal in range(6):
            turn = petal * math.pi / 3
            self.dot(x + math.cos(turn) * r * 0.6, y + math.sin(turn) * r * 0.6, r * 0.45, fill)
        self.dot(x, y, r * 0.32, heart)

    def png(self) -> BytesIO:
        """The finished picture as a file."""
        out = BytesIO()
        self.image.reduce(_SHARPER).save(out, "PNG", compress_level=1)
        out.seek(0)
        return out

    def _scaled(self, *numbers: float) -> list[float]:
        return [number * _SHARPER for number in numbers]


def draw(name: str) -> BytesIO:
    """The picture of this name (see content/pictures.json) as a PNG file."""
    return _PICTURES[name]().png()


def _chance(seed: int) -> random.Random:
    """The same picture every time."""
    return random.Random(seed)  # noqa: S311 - it hides nothing


def _garland() -> Canvas:
    canvas = Canvas(760)
    points = [(x, 130 + 430 * (1 - ((x - 800) / 800) ** 2)) for x in range(-20, WIDTH + 21, 20)]
    canvas.line(*points, fill=THREAD, width=7)
    for place, (x, y) in enumerate(points[4:-4:5]):
        if abs(x - 800) < 90:
            continue  # the marigold's place
        canvas.flower(x, y, 44 if place % 3 else 58, FLOWERS[place % 8])
    for x in (730, 800, 870):
        canvas.line((800, 570), (x, 716), fill=THREAD, width=5)
        canvas.dot(x, 722, 13, KHRAM)
    canvas.flower(800, 562, 92, MARIGOLD)
    return canvas


def _two_kinds() -> Canvas:
    canvas, chance = Canvas(760), _chance(7)
    canvas.area((170, 330), (400, 150), (630, 330), fill=RULE)
    few: list[tuple[float, float]] = [
        (400, 240),
        (290, 360),
        (510, 360),
        (240, 500),
        (400, 470),
        (560, 500),
        (400, 610),
    ]
    for first in few:
        for second in few:
            canvas.line(first, second, fill=THREAD, width=4)
    for place, (x, y) in enumerate(few):
        canvas.dot(x, y, 34, FLOWERS[place % 8])
    canvas.line((800, 120), (800, 640), fill=RULE, width=3)
    many = [(chance.uniform(900, 1540), chance.uniform(70, 690)) for _ in range(230)]
    canvas.line(*sorted(chance.sample(many, 14)), fill=THREAD, width=3)
    for x, y in many:
        canvas.dot(x, y, chance.choice((5, 6, 8, 11)), chance.choice(FLOWERS))
    return canvas


def _canal() -> Canvas:
    canvas, chance = Canvas(900, "#f7e6bf"), _chance(3)
    canvas.dot(1240, 190, 105, MARIGOLD)
    canvas.box(0, 560, WIDTH, 900, "#6f9ba3")
    x = 30.0
    for colour in (DIN, THALE, KHRANG, TOEI, DIN, KHRAM, PHLAI):
        width, top = chance.uniform(160, 215), chance.uniform(300, 370)
        for post in (0.15, 0.5, 0.85):
            canvas.box(x + width * post - 6, 480, x + width * post + 6, 640, INK)
        canvas.box(x, top, x + width, 500, colour)
        canvas.area((x - 25, top), (x + width / 2, top - 95), (x + width + 25, top), fill=INK)
        canvas.box(x + width * 0.4, top + 60, x + width * 0.62, 500, "#f7e6bf")
        x += width + 30
    for row in range(9):
        y = 590 + row * 34
        for _ in range(7):
            start = chance.uniform(-60, WIDTH)
            canvas.line((start, y), (start + chance.uniform(50, 190), y), fill="#9dbcc0", width=4)
    canvas.area((980, 745), (1290, 745), (1240, 800), (1030, 800), fill=INK)
    return canvas


def _savings() -> Canvas:
    canvas = Canvas(800)
    families = (78, 61, 49, 40, 34, 36, 39, 41, 47, 52, 55, 58, 60, 62)
    for lines in (20, 40, 60, 80):
        y = 700 - lines * 7.2
        canvas.line((90, y), (1560, y), fill=RULE, width=2)
        canvas.number(50, y + 11, str(lines), 28, EDGE)
    for place, count in enumerate(families):
        x = 120 + place * 103
        colour = CHABA if place == 4 else KHRAM if place in {0, 13} else THREAD
        canvas.box(x, 700 - count * 7.2, x + 72, 700, colour)
        if colour != THREAD:
            canvas.number(x + 36, 685 - count * 7.2, str(count))
    canvas.line((90, 700), (1560, 700), fill=INK, width=4)
    return canvas


def _footpath() -> Canvas:
    canvas = Canvas(760)
    canvas.box(0, 600, WIDTH, 760, EDGE)
    canvas.box(140, 560, 1460, 640, RULE)
    canvas.box(60, 120, 140, 640, TINT)
    canvas.box(300, 330, 330, 560, PHLAI)
    for x, y, r in ((315, 250, 120), (250, 300, 80), (385, 300, 80)):
        canvas.dot(x, y, r, TOEI)
    canvas.box(560, 90, 578, 560, INK)
    canvas.line((578, 110), (690, 110), fill=INK, width=10)
    canvas.box(690, 380, 820, 560, CHABA)
    canvas.area((900, 300), (1060, 220), (1220, 300), fill=MARIGOLD)
    canvas.box(1052, 290, 1066, 470, INK)
    canvas.box(920, 460, 1200, 486, DIN)
    for x in (940, 1168):
        canvas.box(x, 486, x + 14, 560, DIN)
    for x in (1230, 1440):
        canvas.line((x, 480), (x, 560), fill=KHRANG, width=4)
    canvas.line((1230, 520), (1440, 520), fill=KHRANG, width=6)
    canvas.number(1335, 500, "70", 48, KHRANG)
    canvas.line((140, 684), (1460, 684), fill=GROUND, width=4)
    canvas.number(800, 735, "250", 42, GROUND)
    return canvas


def _hills() -> Canvas:
    canvas = Canvas(900, "#f3ecd6")
    canvas.dot(420, 300, 95, MARIGOLD)
    layers = (("#c3cdd8", 330, 70, 1.1), ("#93aeb0", 430, 90, 2.3), ("#5f8f7c", 560, 80, 3.7),
              (TOEI, 690, 70, 5.2), ("#24513a", 800, 45, 0.4))  # fmt: skip
    for colour, base, swing, phase in layers:
        ridge = [
            (x, base - swing * (math.sin(x / 230 + phase) + 0.45 * math.sin(x / 87 + phase * 2)))
            for x in range(0, WIDTH + 20, 20)
        ]
        canvas.area((0, 900), *ridge, (WIDTH, 900), fill=colour)
        if colour == "#5f8f7c":
            _school(canvas, 1180, 640)  # the next hill covers its feet
    return canvas


def _school(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x - 85, y, x + 85, y + 140, GROUND)
    canvas.area((x - 110, y), (x, y - 70), (x + 110, y), fill=DIN)
    canvas.box(x - 18, y + 28, x + 18, y + 140, KHRAM)
    canvas.line((x + 145, y - 80), (x + 145, y + 140), fill=INK, width=6)


def _waves() -> Canvas:
    canvas = Canvas(760, "#eef1ee")
    canvas.dot(1230, 230, 100, MARIGOLD)
    for place, colour in enumerate(("#cfe0df", "#9fc5c6", "#5fa0a4", THALE, "#124d52")):
        base = 300 + place * 95
        crest = [
            (x, base + (52 - place * 5) * math.sin(x / (150 + place * 22) + place * 1.7))
            for x in range(0, WIDTH + 20, 20)
        ]
        canvas.area((0, 760), *crest, (WIDTH, 760), fill=colour)
    return canvas


def _paper() -> Canvas:
    canvas, chance = Canvas(760, TINT), _chance(11)
    for place in range(26):
        x, y = 470 + chance.uniform(-32, 32), 660 - place * 20
        out = 150 if place == 17 else 0
        fill = MARIGOLD if out else (GROUND if place % 2 else RULE)
        canvas.box(x + out, y - 16, x + 640 + out, y, fill)
        canvas.line((x + out, y), (x + 640 + out, y), fill=THREAD, width=3)
    canvas.box(200, 660, 1400, 680, DIN)
    return canvas


def _circle() -> Canvas:
    canvas, chance = Canvas(760, "#e9eee0"), _chance(5)
    canvas.box(0, 470, WIDTH, 760, "#d9cfae")
    canvas.box(776, 130, 824, 420, DIN)
    for _ in range(150):
        turn, far = chance.uniform(0, 2 * math.pi), chance.uniform(0, 1) ** 0.5
        x, y = 800 + math.cos(turn) * 500 * far, 150 + math.sin(turn) * 115 * far
        canvas.dot(x, y, chance.uniform(34, 62), TOEI if chance.random() < 0.8 else "#5d8f55")
    people = 13
    for place in sorted(range(people), key=lambda p: math.sin(p * 2 * math.pi / people)):
        turn = place * 2 * math.pi / people
        x, y = 800 + math.cos(turn) * 470, 560 + math.sin(turn) * 110
        colour = FLOWERS[place % 8]
        canvas.dot(x, y + 26, 46, colour)
        canvas.box(x - 46, y + 26, x + 46, y + 72, colour)
        canvas.dot(x, y - 40, 28, INK)
    canvas.dot(800, 560, 60, GROUND)
    canvas.flower(800, 560, 44, MARIGOLD)
    return canvas


_PICTURES: dict[str, Callable[[], Canvas]] = {
    "garland": _garland,
    "two-kinds": _two_kinds,
    "canal": _canal,
    "savings": _savings,
    "footpath": _footpath,
    "hills": _hills,
    "waves": _waves,
    "paper": _paper,
    "circle": _circle,
}
