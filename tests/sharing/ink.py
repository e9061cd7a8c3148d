"""What of a drawn text is inked: its pieces that touch nothing else, as boxes."""

from typing import NamedTuple

from PIL import Image, ImageDraw

from forums.sharing.letters import Letters

SIZE = 120
BASELINE = 200


class Piece(NamedTuple):
    """A box of ink, in pixels of a text whose baseline is BASELINE."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> int:
        return self.right - self.left


def drawn(text: str, *, weight: int = 600, size: int = SIZE) -> Image.Image:
    letters = Letters(weight, size)
    picture = Image.new("L", (round(letters.width(text)) + 80, 300))
    letters.draw(ImageDraw.Draw(picture), text, (40, BASELINE), "white")
    return picture


def pieces(picture: Image.Image) -> list[Piece]:
    """Every piece of ink, from left to right."""
    width, height = picture.size
    inked = {n for n, shade in enumerate(picture.tobytes()) if shade > 127}
    found = []
    while inked:
        edge = [inked.pop()]
        across, down = [], []
        while edge:
            place = edge.pop()
            y, x = divmod(place, width)
            across.append(x)
            down.append(y)
            for near in (place - 1, place + 1, place - width, place + width):
                if near in inked:
                    inked.remove(near)
                    edge.append(near)
        found.append(Piece(min(across), min(down), max(across) + 1, max(down) + 1))
    return sorted(found)
