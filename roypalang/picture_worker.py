"""Decode one picture and encode it anew: runs as a process of its own, and imports only Pillow.

    python -I picture_worker.py '{"widths": [480, 960, 1600], "square": false, …}' < picture

The picture comes on standard input. Standard output gets one line of JSON, then the WebP files one
after another: `{"width": …, "height": …, "files": [[480, <bytes>], …]}`, or `{"error": "unreadable"}`
or `{"error": "oversized"}`. Decoders are written in C and are fed by strangers: whatever one of them
does to this process, it ends with it. `roypalang.pictures` starts it and reads the answer.
"""

import json
import resource
import sys
from io import BytesIO
from typing import Any

# Set before Pillow is even loaded: no more than this, whatever a file makes its decoder do.
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 15
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_HEIGHT = 8000  # a long screenshot gets narrower instead; WebP itself ends at 16,383
ORIENTATION = 0x0112  # EXIF: how the camera was held


class Oversized(Exception):
    """More pixels than the house takes."""


def main() -> None:
    wish = json.loads(sys.argv[1])
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),  # it writes no file
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))
    try:
        head, files = encode(BytesIO(sys.stdin.buffer.read()), **wish)
    except (Oversized, MemoryError):
        head, files = {"error": "oversized"}, []
    except Exception as error:  # a broken file makes decoders raise anything
        head, files = {"error": "unreadable", "why": repr(error)[:300]}, []
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")
    for file in files:
        sys.stdout.buffer.write(file)


def encode(
    file: BytesIO, *, widths: list[int], square: bool, max_pixels: int, max_side: int
) -> tuple[dict[str, Any], list[bytes]]:
    """The picture in its own width (or the largest wished for), and in each smaller one."""
    picture = open_picture(file, max_pixels=max_pixels, max_side=max_side)
    profile = picture.info.get("icc_profile")
    turn, on_its_side = orientation(picture)

    width, height = picture.size  # as stored; turning comes last, when there is least to turn
    if square:
        width = height = min(width, height)
    shown_width, shown_height = (height, width) if on_its_side else (width, height)
    scale = min(1.0, max(widths) / shown_width, MAX_HEIGHT / shown_height)
    size = max(1, round(width * scale)), max(1, round(height * scale))

    picture.draft(
        None, size
    )  # a JPEG is decoded at a half, a quarter or an eighth where that will do
    picture = eight_bits(picture)
    picture = resized(centre(picture) if square else picture, size)
    picture = in_srgb(on_white(picture), profile)
    if turn is not None:
        picture = picture.transpose(turn)

    files = {}
    for width in [w for w in sorted(widths) if w < picture.width] + [picture.width]:
        out = BytesIO()
        smaller = resized(picture, (width, max(1, round(picture.height * width / picture.width))))
        smaller.save(out, "WEBP", quality=80, method=4, exif=b"", xmp=b"", icc_profile=None)
        files[width] = out.getvalue()
    head = {"width": picture.width, "height": picture.height}
    return head | {"files": [[w, len(data)] for w, data in files.items()]}, list(files.values())


def open_picture(file: BytesIO, *, max_pixels: int, max_side: int) -> Any:
    """Read the header, nothing more. Only four formats are tried, whatever the file is called."""
    from PIL import Image, WebPImagePlugin  # noqa: F401 - the plugin that is not loaded by itself

    Image.MAX_IMAGE_PIXELS = None  # the two lines below are stricter
    picture = Image.open(file, formats=FORMATS)
    if max(picture.size) > max_side or picture.width * picture.height > max_pixels:
        raise Oversized
    return picture


def orientation(picture: Any) -> tuple[Any, bool]:
    """What turns the picture upright (None: nothing), and whether that swaps width and height."""
    from PIL.Image import Transpose

    try:
        held = picture.getexif().get(ORIENTATION)
    except Exception:  # a broken note about a picture is no broken picture
        return None, False
    turn = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(held)
    return turn, turn is not None and held >= 5


def eight_bits(picture: Any) -> Any:
    """The first frame, decoded, in a mode that can be resized: L, LA, RGB, RGBA or CMYK."""
    if picture.mode.startswith("I"):  # 16 bits of grey
        return picture.point(lambda value: value * (1 / 257)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in {"L", "CMYK"}:
        picture.load()
        return picture
    return picture.convert("RGB")


def centre(picture: Any) -> Any:
    """The largest square in the middle."""
    side = min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    return picture.crop((left, top, left + side, top + side))


def resized(picture: Any, size: tuple[int, int]) -> Any:
    """In this size; many pixels are averaged in blocks first, which is quick and as good."""
    if picture.size == size:
        return picture
    return picture.resize(size, reducing_gap=2.0)


def on_white(picture: Any) -> Any:
    """Without transparency: black writing on nothing could not be read on the dark page."""
    from PIL import Image

    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def in_srgb(picture: Any, profile: bytes | None) -> Any:
    """RGB as every screen reads it; a colour profile is applied, then forgotten."""
    if profile:
        from PIL import ImageCms

        try:
            return ImageCms.profileToProfile(
                picture, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a broken or foreign profile says nothing
    return picture.convert("RGB")


if __name__ == "__main__":
    main()
