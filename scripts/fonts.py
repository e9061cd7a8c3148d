#!/usr/bin/env python3
"""Makes the letters in static/fonts anew, their style sheet and their entries in static/vendor/vendor.json.

    .venv/bin/python scripts/fonts.py

From Fontsource's packages on npm, of the versions and sums vendor.json names (npm fetches them). Each face is two or
three files, so that a page of Thai is sent one of them: `thai` has what every Thai page needs, digits and marks
included, which Fontsource keeps with the Latin letters, and in the face of running text the letters of ASCII, which
hardly a page of it is without; `latin` has these of the other face; `other` whatever else the packages have. What is in
which stands below and nowhere else: the style sheet says what the files hold.
"""

import hashlib
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

STATIC = Path(__file__).resolve().parent.parent / "static"
VENDOR = STATIC / "vendor" / "vendor.json"
SHEET = STATIC / "css" / "src" / "fonts.css"

FACES = {"Anuphan": "anuphan", "Noto Sans Thai Looped": "looped"}
MARKS = (
    "0123456789 !\"#%'()+,-./:?"
    "\N{NO-BREAK SPACE}\N{MIDDLE DOT}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
)
# Thai as it is written today: its own digits and the signs of old books are in `other`.
THAI = {*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E4F), 0x200C, 0x200D} | {ord(c) for c in MARKS}
LATIN = set(range(0x20, 0x7F)) - THAI
WITH_LATIN = {"Noto Sans Thai Looped"}
"""Faces whose Thai file has the letters of ASCII as well: in a file of their own they weigh 1.2 kB more."""

_TOP = """/* Made by scripts/fonts.py: change it there. swap: text is readable before they arrive. */
"""
_FACE = """@font-face {{
  font-family: "{family}";
  font-weight: {weight};
  font-display: swap;
  src: url("../fonts/{file}") format("woff2");
  unicode-range: {range};
}}
"""


def fetched(package: str, version: str, folder: Path) -> Path:
    """Where a package of npm was unpacked."""
    subprocess.run(  # noqa: S603
        ["npm", "pack", f"{package}@{version}", "--silent", "--pack-destination", str(folder)],  # noqa: S607
        check=True,
        stdout=subprocess.DEVNULL,
    )
    to = folder / package.replace("/", "-").removeprefix("@")
    with tarfile.open(next(folder.glob(f"{to.name}-{version}.tgz"))) as archive:
        archive.extractall(to, filter="data")
    return to / "package"


def cut(source: Path, letters: Iterable[int], *, features: Iterable[str] = ()) -> TTFont:
    """The part of a font that has these letters, shaped by these features."""
    options = Options()
    options.layout_features = list(features)
    options.name_IDs = [1, 2]  # licence and copyright stand beside it
    options.drop_tables += ["STAT"]  # how it is one of a family: nothing a page asks
    options.glyph_names = False
    options.notdef_outline = True
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    return font


def joined(parts: list[TTFont], folder: Path) -> TTFont:
    """Several fonts as one, each with the layout of its own letters."""
    paths = []
    for number, part in enumerate(parts):
        part.flavor = None
        paths.append(folder / f"{number}.ttf")
        part.save(paths[-1])
    font = Merger().merge([str(path) for path in paths])
    font["post"].formatType = 3.0  # without the names of glyphs
    font.recalcTimestamp = False  # the same from the same, whenever it is made
    font["head"].created, font["head"].modified = (
        getattr(parts[0]["head"], when) for when in ("created", "modified")
    )
    return font


def made(thai: Path, latin: Path, folder: Path, *, with_latin: bool) -> dict[str, TTFont]:
    """The files of a face: which → the font."""
    of_thai, of_latin = (
        {letter for letter in TTFont(path).getBestCmap() if letter >= ord(" ")}
        for path in (thai, latin)
    )
    every = ["*"]
    marks, kerned = (THAI | LATIN, ["kern"]) if with_latin else (THAI, [])
    beside = cut(latin, (marks & of_latin) - of_thai, features=kerned)
    of_ascii = {} if with_latin else {"latin": cut(latin, LATIN & of_latin, features=every)}
    rest_of_latin = of_latin - THAI - LATIN
    return {
        "thai": joined([cut(thai, THAI & of_thai, features=every), beside], folder),
        **of_ascii,
        "other": joined(
            [
                cut(latin, rest_of_latin, features=["ccmp", "mark", "mkmk"]),
                cut(thai, of_thai - THAI - of_latin),
            ],
            folder,
        ),
    }


def ranges(letters: Iterable[int]) -> str:
    """As CSS says them: U+20-23,U+25."""
    found: list[list[int]] = []
    for letter in sorted(letters):
        if found and letter == found[-1][1] + 1:
            found[-1][1] = letter
        else:
            found.append([letter, letter])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in found)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    listed = json.loads(VENDOR.read_text())
    sheet = _TOP
    for thing in listed:
        face = FACES[thing["name"]]
        files: dict[str, str] = {}
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            package = fetched(thing["package"], thing["version"], folder)
            for source, sha256 in thing["sources"].items():
                if digest(package / "files" / source) != sha256:
                    raise SystemExit(f"{source} is not what it was")
            weights = sorted({int(source.split("-")[-2]) for source in thing["sources"]})
            for weight in weights:
                thai, latin = (
                    next((package / "files").glob(f"*-{script}-{weight}-normal.woff2"))
                    for script in ("thai", "latin")
                )
                face_of = made(thai, latin, folder, with_latin=thing["name"] in WITH_LATIN)
                for which, font in face_of.items():
                    path = STATIC / "fonts" / f"{face}-{which}-{weight}.woff2"
                    font.flavor = "woff2"
                    font.save(path)
                    files[f"fonts/{path.name}"] = digest(path)
                    sheet += _FACE.format(
                        family=thing["name"],
                        weight=weight,
                        file=path.name,
                        range=ranges(font.getBestCmap()),
                    )
        thing["files"] = dict(sorted(files.items()))
    SHEET.write_text(sheet)
    VENDOR.write_text(json.dumps(listed, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
