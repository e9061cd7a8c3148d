"""Letters in two or three files a face: a page of Thai is sent one of them, and no letter was lost on the way."""

import re

import pytest
from fontTools.ttLib import TTFont

from tests.needs import CHECKOUT

FONTS = CHECKOUT / "static" / "fonts"
SHEET = CHECKOUT / "static" / "css" / "src" / "fonts.css"
FACE = re.compile(
    r'font-family: "([^"]+)";\s+font-weight: (\d+);\s+font-display: swap;\s+'
    r'src: url\("\.\./fonts/([\w-]+\.woff2)"\) format\("woff2"\);\s+unicode-range: ([^;]+);'
)
THAI = "การประชุมเครือข่ายครั้งที่ 12/2569 “น้ำ ๆ” (5–8 พ.ย.) · 37.5% … 1,250 บาท? ‘ฤๅษี’ ฿ #ป่า ฃฅ ›"
PACKAGES = "ABCxyz&@[]~ ÀÉñöÿ Œœ ‚„•‹› €™ − ๐๑๙ ๏๚๛"


def _letters(said: str) -> set[int]:
    found: set[int] = set()
    for part in said.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


FACES = {
    (family, int(weight), file): _letters(said)
    for family, weight, file, said in FACE.findall(SHEET.read_text())
}


def _of_face(family: str, weight: int) -> dict[str, set[int]]:
    """The letters of each of its files."""
    return {
        file: letters
        for (of, heavy, file), letters in FACES.items()
        if (of, heavy) == (family, weight)
    }


each_face = pytest.mark.parametrize(
    ("family", "weight"),
    [
        ("Anuphan", 500),
        ("Anuphan", 600),
        ("Noto Sans Thai Looped", 400),
    ],
)


def test_the_sheet_says_of_every_file_what_it_holds():
    assert {file for _, _, file in FACES} == {path.name for path in FONTS.glob("*.woff2")}
    assert len(FACES) == SHEET.read_text().count("@font-face") == 8
    for (_, _, file), said in FACES.items():
        assert set(TTFont(FONTS / file).getBestCmap()) == said, file


@each_face
def test_thai_with_its_digits_and_marks_is_one_small_file(family, weight):
    files = _of_face(family, weight)
    [file] = [file for file, letters in files.items() if letters & set(map(ord, THAI))]
    assert set(map(ord, THAI)) <= files[file]
    assert "-thai-" in file
    with_latin = set(map(ord, "LINE, e-mail & @web [1]")) <= files[file]
    assert with_latin == (family != "Anuphan")
    assert (FONTS / file).stat().st_size < (13_600 if with_latin else 7_500)


@each_face
def test_each_letter_stands_in_one_file_and_none_is_lost(family, weight):
    files = _of_face(family, weight)
    assert len(files) == (3 if family == "Anuphan" else 2)
    assert sum(map(len, files.values())) == len(set().union(*files.values()))
    assert set(map(ord, PACKAGES)) <= set().union(*files.values())


@each_face
def test_a_line_is_as_high_whichever_file_its_letters_come_from(family, weight):
    heights = set()
    for file in _of_face(family, weight):
        font = TTFont(FONTS / file)
        line, os2 = font["hhea"], font["OS/2"]
        heights.add((font["head"].unitsPerEm, line.ascent, line.descent, line.lineGap,
                     os2.sTypoAscender, os2.sTypoDescender, os2.usWinAscent, os2.usWinDescent, os2.fsSelection & 128))  # fmt: skip
    assert len(heights) == 1
