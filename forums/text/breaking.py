"""A text broken into lines where a reader would break it: for pictures, which have no browser to do it.

Thai has no spaces between words: a line ends at a space, or between two Thai words as ICU and the lexicon find
them (`forums/text/joints.py`), never inside one, before a mark, or between a word and the sign that closes it.
"""

import re
from collections.abc import Callable

from icu4py.breakers import CharacterBreaker

from forums.text.joints import parted
from forums.text.lengths import ELLIPSIS
from forums.text.words import segments

type Measure = Callable[[str], float]  # how wide a text is drawn

_ENDS_THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]$")
_BEGINS_THAI = re.compile(r"[ก-ฮเแโใไ]")


def broken(text: str, /, *, width: float, most: int, measure: Measure) -> list[str]:
    """`text` in at most `most` lines no wider than `width`, of nearly one length; the last ends in … when something
    was left out. A word wider than a line is broken between graphemes.
    """
    words = [piece for word in _words(text) for piece in _cut(word, width, measure)]
    sizes = {word: (measure(word), measure(word.rstrip())) for word in {*words}}
    lines = _filled(words, sizes, width)
    if len(lines) > most:
        rest = [word for line in lines[most - 1 :] for word in line]
        return [*map(_joined, lines[: most - 1]), _shortened(rest, width, measure)]
    narrow = max((bare for _whole, bare in sizes.values()), default=0)
    while width - narrow > 8 and len(lines) > 1:  # no line much shorter than the others
        middle = (narrow + width) / 2
        tried = _filled(words, sizes, middle)
        if len(tried) == len(lines):
            width, lines = middle, tried
        else:
            narrow = middle
    return list(map(_joined, lines))


def _words(text: str) -> list[str]:
    """What no line may end inside of, each with the space behind it."""
    pieces: list[str] = []
    for part, held in parted(" ".join(text.split())):
        pieces += [part] if held else segments(part)
    words: list[str] = []
    for piece in pieces:
        if words and not _may_end(words[-1], piece):
            words[-1] += piece
        else:
            words.append(piece)
    return words


def _may_end(before: str, after: str) -> bool:
    """May a line end between these?"""
    if (
        after[0] in "ๆฯ"
    ):  # they say again, or cut short, what is before them, though a space may be between
        return False
    if before.endswith(" "):
        return True
    return bool(_ENDS_THAI.search(before) and _BEGINS_THAI.match(after))


def _cut(word: str, width: float, measure: Measure) -> list[str]:
    """A word in pieces that each fit a line: mostly one."""
    if measure(word.rstrip()) <= width:
        return [word]
    pieces = [""]
    for grapheme in CharacterBreaker(word, "th"):
        if pieces[-1] and measure(pieces[-1] + grapheme) > width:
            pieces.append("")
        pieces[-1] += grapheme
    return pieces


def _filled(
    words: list[str], sizes: dict[str, tuple[float, float]], width: float
) -> list[list[str]]:
    """As many words in each line as fit; the space at its end needs no room."""
    lines: list[list[str]] = []
    used = 0.0
    for word in words:
        whole, bare = sizes[word]
        if not lines or used + bare > width:
            lines.append([])
            used = 0.0
        lines[-1].append(word)
        used += whole
    return lines


def _joined(words: list[str]) -> str:
    return "".join(words).rstrip()


def _shortened(words: list[str], width: float, measure: Measure) -> str:
    """As much of the words as fits one line with … at its end; of a word as wide as the line, its beginning."""
    line = ""
    for word in words:
        if measure((line + word).rstrip() + ELLIPSIS) > width:
            break
        line += word
    for grapheme in CharacterBreaker(words[0], "th") if not line else ():
        if measure(line + grapheme + ELLIPSIS) > width:
            break
        line += grapheme
    return line.rstrip() + ELLIPSIS
