"""What a picture for sharing looks like, as far as a machine can see it, and what it costs."""

import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from forums.base.appearance import Colour, Emblem
from forums.sharing.drawing import colours, draw
from forums.sharing.letters import Letters
from forums.sharing.sketches import DrawnBead, Sketch, strand_of

TREE, HEART = DrawnBead("toei", "tree"), DrawnBead("chaba", "heart")
SKETCH = Sketch(
    "สนทนา · ป่าและต้นน้ำ",
    "ชิงเผาหรือห้ามเผา คนในป่ากับคนในเมืองอยากได้อากาศก้อนเดียวกัน",
    name="พ่อหลวงอินสม",
    network="คนเฝ้าป่าต้นน้ำ",
    bead=TREE,
    strand=strand_of([TREE, HEART]),
)
LONG = "อาสาสมัครสาธารณสุขประจำหมู่บ้านเดินเยี่ยมน้ำท่วมกันอย่างไร" * 4


def picture(sketch: Sketch) -> Image.Image:
    return Image.open(io.BytesIO(draw(sketch)), formats=["PNG"]).convert("RGB")


def rows(shown: Image.Image, box: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """From where to where there is anything dark, from above."""
    part = shown.crop(box).convert("L")
    dark = [min(part.crop((0, y, part.width, y + 1)).tobytes()) < 120 for y in range(part.height)]
    found: list[list[int]] = []
    for y, is_dark in enumerate(dark):
        if is_dark and (y == 0 or not dark[y - 1]):
            found.append([y, y])
        if is_dark:
            found[-1][1] = y
    return [(top + box[1], bottom + box[1]) for top, bottom in found]


def near(colour: tuple[int, ...], name: str) -> bool:
    wanted = bytes.fromhex(colours()[name].removeprefix("#").ljust(6, "f"))
    return all(abs(a - b) < 12 for a, b in zip(colour, wanted, strict=True))


def test_it_has_the_size_chats_ask_for_and_the_ground_of_the_house():
    shown = picture(SKETCH)
    assert shown.size == (1200, 630)
    assert near(shown.getpixel((5, 5)), "ground")
    assert near(shown.getpixel((105, 85)), "marigold") or near(
        shown.getpixel((100, 95)), "marigold"
    )


def test_its_beads_hang_on_the_garland():
    shown = picture(SKETCH)
    # Four beads: jasmine buds on both sides.
    assert near(shown.getpixel((450 + 24, 510 + 56)), "toei")
    assert near(shown.getpixel((750 + 24, 510 + 56)), "chaba")
    assert near(shown.getpixel((150 + 24, 510 + 26)), "ground")
    assert near(shown.getpixel((600, 570)), "thread")


def test_every_colour_and_emblem_can_be_drawn():
    for colour in Colour.values:
        bead = DrawnBead(colour, "bud")
        assert near(picture(Sketch("", "ก", bead=bead, is_large=True)).getpixel((90, 312)), colour)
    for emblem in Emblem.values:
        shown = picture(Sketch("", "ก", bead=DrawnBead("khram", emblem), is_large=True))
        shades = shown.crop((72, 222, 252, 402)).getcolors(5_000)
        assert sum(count for count, shade in shades if near(shade, "on-c")) > 500, emblem


@pytest.mark.parametrize("title", [SKETCH.title, LONG, "w" * 200, "ที่" * 200])
def test_titles_stand_on_three_lines_at_most_between_head_and_garland(title):
    shown = picture(SKETCH._replace(title=title))
    assert rows(shown, (72, 125, 1128, 150)) == rows(shown, (72, 470, 1128, 488)) == []
    assert not rows(shown, (1129, 125, 1200, 488))  # nor beside the margin
    assert 1 <= len(rows(shown, (200, 150, 1128, 385))) <= 9  # lines, with marks above them


def test_title_lead_and_speaker_do_not_run_into_each_other():
    large = Sketch("เครือข่าย", LONG, lead=LONG, bead=TREE, strand=(TREE,), is_large=True)
    for sketch in (large, Sketch("กิจกรรม", LONG, lead=LONG, network="ก" * 80, bead=HEART)):
        shown = picture(sketch)
        assert rows(shown, (300, 125, 1128, 132)) == []
        assert rows(shown, (300, 488, 1128, 500)) == []


@pytest.mark.parametrize("sketch", [SKETCH, SKETCH._replace(title=LONG, lead=LONG, above=LONG)])
def test_it_is_small(sketch):
    assert len(draw(sketch)) < 60_000


def test_it_costs_little():
    draw(SKETCH)  # the paper and the letters are there once a process
    sketch = SKETCH._replace(title=LONG, lead=LONG)
    spent = []
    for _try in range(5):
        begun = time.thread_time()
        draw(sketch)
        spent.append(time.thread_time() - begun)
    assert min(spent) < 0.150


@settings(max_examples=40)
@given(st.text(max_size=80), st.text(max_size=40), st.booleans())
def test_any_text_can_be_drawn(title, other, is_large):
    draw(Sketch(other, title, lead=other, name=title, network=other, is_large=is_large))


def test_what_is_drawn_alike_has_one_key_and_each_other_thing_another():
    others = [
        SKETCH._replace(**{name: value})
        for name, value in (
            ("above", "คำถาม · ป่า"), ("title", "ก"), ("lead", "ก"), ("name", "ก"), ("network", "ก"),
            ("bead", HEART), ("bead", None), ("strand", ()), ("strand", (TREE, None)), ("is_large", True),
        )
    ]  # fmt: skip
    keys = {sketch.key for sketch in (SKETCH, *others)}
    assert len(keys) == 11
    assert SKETCH._replace().key == SKETCH.key


def test_letters_are_as_wide_as_they_are_measured():
    letters = Letters(600, 60)
    assert letters.width("น้ำ ABC") == pytest.approx(letters.width("น้ำ") + letters.width(" ABC"))
