"""Pictures in a text: their address, and what the renderer is told of each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_PICTURES = 60  # shown in one text; further ones become their placeholder
# Text stands at most 41 rem wide.
SIZES_ATTRIBUTE = "(max-width: 44rem) 100vw, 41rem"

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_ADDRESS = re.compile(rf"/pictures/({_UUID})(?:/(?:\d+\.webp)?)?", re.IGNORECASE)
_IN_SOURCE = re.compile(rf"/pictures/({_UUID})(?![0-9a-z-])", re.IGNORECASE)
# What the sanitiser lets a picture load.
OWN_ADDRESS = re.compile(rf"/pictures/{_UUID}/\d{{1,5}}\.webp")
OWN_ADDRESSES = re.compile(
    rf"{OWN_ADDRESS.pattern} \d{{1,5}}w(?:, {OWN_ADDRESS.pattern} \d{{1,5}}w)*"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored picture: width and height in pixels of its largest size, and the widths there are."""

    id: str
    width: int
    height: int
    sizes: tuple[int, ...] | list[int]
    alt: str = ""
    caption: str = ""


def picture_address(*, id: str, size: int) -> str:
    """Where one size of a picture is served."""
    return f"/pictures/{id}/{size}.webp"


def picture_ids(source: str) -> tuple[str, ...]:
    """The ids of pictures a source may show, each once, in order: what to load before rendering."""
    if "/pictures/" not in source and "/PICTURES/" not in source.upper():
        return ()
    return tuple(dict.fromkeys(found.lower() for found in _IN_SOURCE.findall(source)))


def picture_id(href: str, hosts: tuple[str, ...]) -> str | None:
    """The id when this address is one of our pictures', here or with one of our hosts before it."""
    for host in hosts:
        for scheme in ("https://", "http://"):
            href = href.removeprefix(f"{scheme}{host}")
    found = _ADDRESS.fullmatch(href)
    return found[1].lower() if found else None


def picture_attributes(picture: Picture) -> Mapping[str, str]:
    """The attributes of <img> for a picture; `alt` is the caller's."""
    sizes = sorted(picture.sizes) or [picture.width]
    usual = max([size for size in sizes if size <= 960], default=sizes[0])
    return {
        "src": picture_address(id=picture.id, size=usual),
        "srcset": ", ".join(f"{picture_address(id=picture.id, size=s)} {s}w" for s in sizes),
        "sizes": SIZES_ATTRIBUTE,
        "width": str(picture.width),
        "height": str(picture.height),
        "loading": "lazy",
        "decoding": "async",
    }
