"""Pictures are decoded apart from the site, and nothing but their pixels comes back."""

import io
import os
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from roypalang import pictures
from roypalang.pictures import OversizedPicture, PictureError, UnreadablePicture, encode
from tests.needs import needs_shared

WIDTHS = (480, 960, 1600)
RED, BLUE = (255, 0, 0), (0, 0, 255)


def file_of(picture: Image.Image, kind: str, **how) -> io.BytesIO:
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file


def shown(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data), formats=["WEBP"])
    picture.load()
    return picture


def near(colour, other) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(colour, other, strict=True))


def png_header(width: int, height: int) -> io.BytesIO:
    """A PNG that says how large it is, and has hardly anything inside."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + head + body)


def test_a_large_picture_comes_in_three_widths():
    made = encode(file_of(Image.new("RGB", (2400, 1200), RED), "JPEG"), widths=WIDTHS)
    assert (made.width, made.height) == (1600, 800)
    assert {width: shown(data).size for width, data in made.files.items()} == {
        480: (480, 240),
        960: (960, 480),
        1600: (1600, 800),
    }
    assert near(shown(made.files[480]).getpixel((100, 100)), RED)


def test_a_small_picture_keeps_its_own_width():
    made = encode(file_of(Image.new("RGB", (700, 300)), "PNG"), widths=WIDTHS)
    assert (made.width, made.height, list(made.files)) == (700, 300, [480, 700])
    made = encode(file_of(Image.new("RGB", (1, 1)), "GIF"), widths=WIDTHS)
    assert (made.width, made.height, list(made.files)) == (1, 1, [1])


def test_a_square_is_taken_from_the_middle():
    wide = Image.new("RGB", (900, 300), BLUE)
    wide.paste(RED, (300, 0, 600, 300))
    made = encode(file_of(wide, "PNG"), widths=(72, 192), square=True)
    assert (made.width, made.height) == (192, 192)
    small = shown(made.files[72])
    assert small.size == (72, 72)
    assert near(small.getpixel((4, 36)), RED)
    assert near(small.getpixel((67, 36)), RED)


@pytest.mark.parametrize("held", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(held):
    upright = Image.new("RGB", (400, 200), BLUE)
    upright.paste(RED, (0, 0, 200, 100))  # red in the upper left
    # The stored picture is the upright one, turned the other way round.
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose
    stored = upright.transpose(Image.Transpose(turns[held])) if held in turns else upright
    exif = Image.Exif()
    exif[0x0112] = held
    made = encode(file_of(stored, "JPEG", exif=exif, quality=95), widths=WIDTHS)
    assert (made.width, made.height) == (400, 200)
    picture = shown(made.files[400])
    assert near(picture.getpixel((20, 20)), RED)
    assert near(picture.getpixel((380, 20)), BLUE)
    assert near(picture.getpixel((20, 180)), BLUE)


def test_nothing_but_pixels_comes_out():
    exif = Image.Exif()
    exif[0x010E] = "SECRET-DESCRIPTION"
    exif.get_ifd(0x8825)[1] = "N"
    file = file_of(Image.new("RGB", (500, 500), RED), "JPEG", exif=exif, comment=b"SECRET-COMMENT")
    file.seek(0, io.SEEK_END)
    file.write(b"PK\x03\x04SECRET-ARCHIVE")
    made = encode(file, widths=WIDTHS)
    for data in made.files.values():
        assert b"SECRET" not in data
        assert not {b"EXIF", b"XMP ", b"ICCP"} & {data[i : i + 4] for i in range(len(data))}
        assert not shown(data).getexif()


def test_nothing_at_all_becomes_white():
    made = encode(file_of(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"), widths=WIDTHS)
    picture = shown(made.files[50])
    assert picture.mode == "RGB"
    assert near(picture.getpixel((25, 25)), (255, 255, 255))


def logo(colour, other=None) -> Image.Image:
    """A ring, and a bar under it, on nothing."""
    picture = Image.new("RGBA", (240, 120), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((80, 10, 160, 90), outline=colour, width=6)
    ImageDraw.Draw(picture).rectangle((40, 100, 200, 110), fill=other or colour)
    return picture


def contrast(one, other) -> float:
    """WCAG's, of two colours."""
    lights = sorted(
        sum(
            part * (shade / 12.92 if shade <= 0.04045 else ((shade + 0.055) / 1.055) ** 2.4)
            for part, shade in zip(
                (0.2126, 0.7152, 0.0722), (value / 255 for value in colour), strict=True
            )
        )
        for colour in (one, other)
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize(
    "colours",
    [
        ("white",),
        ("black",),
        ("#fff3b0",),  # pale yellow
        ("#ffd400",),
        ("#1d2446",),
        ("#c62828",),
        ("white", "black"),
    ],
    ids=" ".join,
)
def test_a_logo_on_nothing_gets_a_ground_it_stands_out_from(kind, colours):
    """Whatever theme it is seen in: the ground is a part of the picture."""
    made = shown(encode(file_of(logo(*colours), kind), widths=WIDTHS).files[240])
    ground = made.getpixel((2, 2))
    for place, colour in zip([(120, 13), (120, 105)], (colours * 2)[:2], strict=True):
        assert contrast(ground, made.getpixel(place)) > 2.4, (ground, colour)
    if colours in {("black",), ("#1d2446",), ("#c62828",)}:
        assert near(ground, (255, 255, 255))


def test_the_shared_white_logo_can_be_seen():
    file = needs_shared("data", "cases", "white_logo_transparent.png")
    made = shown(encode(io.BytesIO(file.read_bytes()), widths=WIDTHS).files[240])
    assert max(contrast(colour, made.getpixel((0, 0))) for _n, colour in made.getcolors(20_000)) > 7


def test_what_lies_on_white_itself_stays_on_white():
    """White boxes with black borders, as a diagram has them; a drop of shadow changes nothing."""
    picture = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((24, 24, 284, 184), fill=(0, 0, 0, 40))
    ImageDraw.Draw(picture).rectangle((20, 20, 280, 180), fill="white", outline="black", width=2)
    made = shown(encode(file_of(picture, "PNG"), widths=WIDTHS).files[300])
    assert near(made.getpixel((2, 2)), (255, 255, 255))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_an_animation_becomes_its_first_frame_and_is_said_to_have_moved(kind):
    frames = [Image.new("RGB", (60, 60), colour) for colour in (RED, BLUE)]
    file = file_of(frames[0], kind, save_all=True, append_images=frames[1:])
    made = encode(file, widths=WIDTHS)
    picture = shown(made.files[60])
    assert made.moving
    assert not encode(file_of(frames[0], kind), widths=WIDTHS).moving
    assert getattr(picture, "n_frames", 1) == 1
    assert near(picture.getpixel((30, 30)), RED)


# -- Telephones ---------------------------------------------------------------------------------


def photo(width: int, height: int) -> Image.Image:
    grain = Image.effect_noise((width // 4, height // 4), 60).resize((width, height))
    return Image.merge("RGB", (grain, grain, grain))


@pytest.mark.parametrize("how", [{}, {"progressive": True, "subsampling": 0}], ids=str)
@pytest.mark.parametrize("size", [(8160, 6144), (9248, 6936), (6936, 9248)], ids=str)
def test_telephones_of_fifty_and_sixty_four_megapixels_pass(size, how):
    file = file_of(photo(*size), "JPEG", quality=50, **how)
    before = os.times()
    made = encode(file, widths=WIDTHS)
    after = os.times()
    assert made.width == 1600
    assert sum(after[2:4]) - sum(before[2:4]) < 4


def test_the_shared_telephones_picture_takes_a_quarter_of_the_memory_there_is(
    tmp_path, monkeypatch
):
    worker = pictures._WORKER.read_text()
    assert "MEMORY = 1024 *" in worker
    poorer = tmp_path / "worker.py"
    poorer.write_text(worker.replace("MEMORY = 1024 *", "MEMORY = 256 *"))
    monkeypatch.setattr(pictures, "_WORKER", poorer)
    file = needs_shared("data", "cases", "phone_50mp_8160x6144.jpg")
    made = encode(io.BytesIO(file.read_bytes()), widths=WIDTHS)
    assert (made.width, made.height) == (1600, 1205)


def heic(name: str) -> io.BytesIO:
    return io.BytesIO((Path(__file__).parent / "heic" / name).read_bytes())


def test_an_iphones_photo_is_taken_upright_and_without_what_it_says_of_its_camera():
    made = encode(heic("turned.heic"), widths=WIDTHS)
    assert (made.width, made.height) == (240, 320)
    assert b"SECRETCAM" not in made.files[240]
    assert not made.moving
    assert near(shown(made.files[240]).getpixel((210, 40)), BLUE)


def test_a_transparent_heic_and_an_avif_are_taken():
    assert encode(heic("transparent.heic"), widths=WIDTHS).width == 320
    avif = encode(file_of(Image.new("RGB", (700, 300), RED), "AVIF"), widths=WIDTHS)
    assert near(shown(avif.files[700]).getpixel((30, 30)), RED)


@pytest.mark.parametrize("cut", [12, 40, 200, 400])
def test_a_broken_heic_or_avif_is_refused(cut):
    avif = file_of(photo(400, 300), "AVIF")
    for file in (heic("turned.heic"), avif):
        with pytest.raises(UnreadablePicture):
            encode(io.BytesIO(file.getvalue()[:cut]), widths=WIDTHS)


def test_a_heic_larger_than_a_telephones_is_refused_before_it_is_decoded():
    data = heic("turned.heic").getvalue()
    size = struct.pack(">4sIII", b"ispe", 0, 320, 240)
    assert size in data
    large = data.replace(size, struct.pack(">4sIII", b"ispe", 0, 12_000, 9_000))
    with pytest.raises((OversizedPicture, UnreadablePicture)):
        encode(io.BytesIO(large), widths=WIDTHS)


def test_sixteen_bits_of_grey_and_printers_colours_are_read():
    grey = encode(file_of(Image.new("I;16", (60, 60), 32768), "PNG"), widths=WIDTHS)
    assert near(shown(grey.files[60]).getpixel((30, 30)), (128, 128, 128))
    cyan = encode(file_of(Image.new("CMYK", (60, 60), (255, 0, 0, 0)), "JPEG"), widths=WIDTHS)
    assert shown(cyan.files[60]).getpixel((30, 30))[0] < 60


def test_a_long_screenshot_gets_narrower():
    made = encode(file_of(Image.new("L", (1080, 12000)), "PNG"), widths=WIDTHS)
    assert (made.width, made.height) == (720, 8000)
    made = encode(file_of(Image.new("L", (1, 20000)), "PNG"), widths=WIDTHS)
    assert (made.width, made.height) == (1, 8000)


def test_what_is_no_picture_is_refused_whatever_it_is_called():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("a.txt", "no picture")
    archive.name = "holiday.jpg"
    svg = io.BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    tiff = file_of(Image.new("RGB", (9, 9)), "TIFF")
    for file in (archive, svg, tiff, io.BytesIO(b""), io.BytesIO(b"\0" * 1000)):
        with pytest.raises(UnreadablePicture):
            encode(file, widths=WIDTHS)


def test_a_truncated_picture_is_refused():
    whole = file_of(Image.effect_noise((400, 400), 50), "JPEG").getvalue()
    with pytest.raises(UnreadablePicture):
        encode(io.BytesIO(whole[: len(whole) // 2]), widths=WIDTHS)


@pytest.mark.parametrize("size", [(60_000, 60_000), (20_001, 1), (1, 20_001), (10_000, 5_001)])
def test_too_many_pixels_are_refused_from_the_header_alone(size):
    with pytest.raises(OversizedPicture) as refusal:
        encode(png_header(*size), widths=WIDTHS)
    assert refusal.value.status == 413


def test_too_many_bytes_are_refused_before_anything_looks_at_them(monkeypatch):
    monkeypatch.setattr(subprocess, "run", None)
    with pytest.raises(OversizedPicture):
        encode(io.BytesIO(b"\xff\xd8" + b"\0" * 13_000_000), widths=WIDTHS)


def test_a_worker_that_crashes_or_hangs_is_an_unreadable_picture(monkeypatch, tmp_path):
    broken = tmp_path / "worker.py"
    monkeypatch.setattr(pictures, "_WORKER", broken)
    monkeypatch.setattr(pictures, "SECONDS", 1)
    for program in ("import os; os.abort()", "import time; time.sleep(30)"):
        broken.write_text(program)
        with pytest.raises(UnreadablePicture):
            encode(io.BytesIO(b"x"), widths=WIDTHS)


def test_the_worker_may_not_take_more_memory_than_it_is_given():
    program = (
        "import sys; sys.argv = ['', '{}']; from roypalang import picture_worker as w\n"
        "w.encode = lambda file: bytearray(2 * w.MEMORY)\nw.main()"
    )
    from sys import executable

    done = subprocess.run([executable, "-c", program], input=b"", capture_output=True, check=False)
    assert b"oversized" in done.stdout


def test_the_worker_finds_pillow_compiled():
    """It may write no file: unless scripts/bootstrap.sh has compiled it, it would be for each picture."""
    from sys import executable

    program = "import importlib.util as u; print(u.find_spec('PIL.Image').cached, end='')"
    done = subprocess.run([executable, "-I", "-c", program], env={}, stdout=subprocess.PIPE)
    assert Path(os.fsdecode(done.stdout)).is_file()


def test_who_waits_too_long_is_told_to_come_back(monkeypatch):
    monkeypatch.setattr(pictures, "SECONDS", 0.05)
    with pictures._turn, pytest.raises(PictureError) as refusal:
        encode(io.BytesIO(b"x"), widths=WIDTHS)
    assert refusal.value.status == 503
