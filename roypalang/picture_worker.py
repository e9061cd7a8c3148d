"""Decode one picture and encode it anew: runs as a process of its own, and imports only Pillow and pillow-heif.

    python -I picture_worker.py '{"widths": [480, 960, 1600], "square": false, …}' < picture

The picture comes on standard input. Standard output gets one line of JSON, then the WebP files one
after another: `{"width": …, "height": …, "moving": …, "files": [[480, <bytes>], …]}`, or
`{"error": "unreadable"}` or `{"error": "oversized"}`. Decoders are written in C and are fed by strangers: whatever one of them
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
BOXED = ("AVIF", "HEIF")  # these begin with a box called ftyp
MOVING = {
    "PNG",
    "WEBP",
    "GIF",
    "AVIF",
}  # a HEIF or a JPEG of several is a burst, or has a map of depth
MAX_HEIGHT = 8000  # a long screenshot gets narrower instead; WebP itself ends at 16,383
ORIENTATION = 0x0112  # EXIF: how the camera was held
# What a transparent picture may stand on, the first that does: white, ink, and the grey between.
GROUNDS = ((255, 255, 255), (29, 36, 70), (118, 118, 118))
STANDS_OUT = 2.5  # contrast, as WCAG counts it, from which on a shape is seen on its ground
ENOUGH = 0.85  # of what touches the ground: more does not make one ground better than another


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
    file: BytesIO, *, widths: list[int], square: bool, max_pixels: dict[str, int], max_side: int
) -> tuple[dict[str, Any], list[bytes]]:
    """The picture in its own width (or the largest wished for), and in each smaller one."""
    picture = open_picture(file, max_pixels=max_pixels, max_side=max_side)
    moving = picture.format in MOVING and getattr(picture, "is_animated", False)
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
    picture = in_srgb(on_ground(picture), profile)
    if turn is not None:
        picture = picture.transpose(turn)

    files = {}
    for width in [w for w in sorted(widths) if w < picture.width] + [picture.width]:
        out = BytesIO()
        smaller = resized(picture, (width, max(1, round(picture.height * width / picture.width))))
        smaller.save(out, "WEBP", quality=80, method=4, exif=b"", xmp=b"", icc_profile=None)
        files[width] = out.getvalue()
    head = {"width": picture.width, "height": picture.height, "moving": moving}
    return head | {"files": [[w, len(data)] for w, data in files.items()]}, list(files.values())


def open_picture(file: BytesIO, *, max_pixels: dict[str, int], max_side: int) -> Any:
    """Read the header, nothing more. Only these formats are tried, whatever the file is called.

    `max_pixels` is by format, with "" for all others: what decoding one costs differs widely.
    """
    from PIL import AvifImagePlugin, Image, WebPImagePlugin  # noqa: F401 - not loaded by itself

    Image.MAX_IMAGE_PIXELS = None  # the two lines below are stricter
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    formats: tuple[str, ...] = FORMATS
    if file.getbuffer()[4:8] == b"ftyp":
        from pillow_heif import register_heif_opener

        formats = BOXED
        register_heif_opener(
            thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
        )
    picture = Image.open(file, formats=formats)
    pixels = max_pixels.get(picture.format or "", max_pixels[""])
    if max(picture.size) > max_side or picture.width * picture.height > pixels:
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


def on_ground(picture: Any) -> Any:
    """Without transparency, on a ground it stands out from: the page is light for some, dark for others."""
    from PIL import Image

    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, ground_for(picture))
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def ground_for(picture: Any) -> tuple[int, int, int]:
    """The first of GROUNDS that enough of the picture's outer edge stands out from, or the best of them.

    Only what touches nothing counts: white boxes with black borders stand well on white.
    """
    from PIL import Image, ImageChops, ImageFilter

    small = picture.copy()
    small.thumbnail((600, 600), reducing_gap=2.0)
    inked = Image.new("L", (small.width + 2, small.height + 2))  # nothing all around it, too
    inked.paste(small.getchannel("A").point(lambda alpha: 255 if alpha > 63 else 0), (1, 1))
    edge = ImageChops.subtract(inked, inked.filter(ImageFilter.MinFilter(3)))
    edge = edge.crop((1, 1, small.width + 1, small.height + 1))
    shades = small.convert("RGB").convert("L").histogram(edge)

    def standing_out(ground: tuple[int, int, int]) -> float:
        """The share of the edge that does, up to ENOUGH."""
        (under,) = (light(n) for n in Image.new("RGB", (1, 1), ground).convert("L").tobytes())
        contrasts = [
            (max(light(s), under) + 0.05) / (min(light(s), under) + 0.05) for s in range(256)
        ]
        seen = sum(
            count
            for count, contrast in zip(shades, contrasts, strict=True)
            if contrast >= STANDS_OUT
        )
        return min(seen / (sum(shades) or 1), ENOUGH)

    return max(GROUNDS, key=standing_out)  # of equals the first


def light(shade: int) -> float:
    """How much light a shade of grey from 0 to 255 gives, from 0 to 1 (nearly sRGB's curve)."""
    return float((shade / 255) ** 2.2)


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
