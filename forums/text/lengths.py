"""Counting and cutting text the way a reader sees it: by graphemes, not by code points.

A Thai syllable such as ที่ is one grapheme of three code points; cutting inside it would leave a
letter without its vowel or change its tone.
"""

from icu4py.breakers import CharacterBreaker

from forums.text.cleaning import valid_unicode
from forums.text.words import segments

ELLIPSIS = "…"


def graphemes(s: str, /) -> int:
    """How many characters a reader counts."""
    if s.isascii() and "\r" not in s:
        return len(s)
    return sum(1 for _ in CharacterBreaker(valid_unicode(s), "th"))


def truncate(s: str, /, length: int) -> str:
    """At most `length` graphemes, the last of them … when something was cut off."""
    kept = _first(s, length)
    if kept is None:
        return s
    return kept.rstrip() + ELLIPSIS


def within(s: str, /, length: int) -> str:
    """The beginning of a text: at most `length` code points, cut between graphemes, nothing added."""
    if len(s) <= length:
        return s
    s = valid_unicode(s[: length + 1])
    end = 0
    for grapheme in CharacterBreaker(s, "th"):
        if end + len(grapheme) > length:
            break
        end += len(grapheme)
    return s[: end or length]  # one grapheme longer than all that is wanted: nobody typed it


def excerpt(s: str, /, length: int = 200) -> str:
    """The beginning of a text on one line: at most `length` graphemes, cut between words."""
    line = " ".join(s[: length * 12].split())  # no grapheme of a language has a dozen code points
    kept = _first(line, length)
    if kept is None:
        return line if len(s) <= length * 12 else truncate(line, length)
    end = 0
    for word in segments(line[: len(kept) + 40]):
        if end + len(word) > len(kept):
            break
        end += len(word)
    if end >= len(kept) // 2:  # else: one endless word
        kept = kept[:end]
    return kept.rstrip() + ELLIPSIS


def _first(s: str, length: int) -> str | None:
    """The first `length - 1` graphemes of a text with more than `length`; None for a shorter one."""
    if len(s) <= length:
        return None
    s = valid_unicode(s)
    place = kept = 0
    for count, grapheme in enumerate(CharacterBreaker(s, "th"), start=1):
        if count > length:
            return s[:kept]
        if count < length:
            kept = place + len(grapheme)
        place += len(grapheme)
    return None
