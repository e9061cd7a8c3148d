"""Watched words and hosts found in a text: also in Thai, which is written without spaces, and through the usual tricks.

What is looked at is the text as `cleaning.norm` has it (case, forms, invisible signs, letters drawn out), each letter as one of
those it looks like, marks between letters (ส.ล็.อ.ต, s-l-o-t) left out. A Thai word inside a longer word that everybody
knows (หี in หีบ) is none. Aho-Corasick: the time grows with the text, not with the list.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import ahocorasick

from forums.text.lexicon import knows
from forums.text.words import segments

_LIKE = dict(
    zip(
        "аεерсухіјѕԁɡһոοορτυνкмтвн" + "01345@$i" + "ฃฅๅ",
        "aeepcyxljsdghnooptuvkmtbh" + "oleasasl" + "ขคา",
        strict=True,
    )
)
_THAI = "\u0e01-\u0e4e"
_BETWEEN = re.compile(rf"(?<=[{_THAI}])[._\-*·•|~'’^+]+(?=[{_THAI}])")
_SPELT = re.compile(
    rf"(?<![{_THAI}a-z])(?:(?:[เ-ไ]?[ก-ฮ][ะ-ฺ็-๎]*|[a-z])[ ._\-*·•|~'’^+/]+){{2,}}(?:[เ-ไ]?[ก-ฮ][ะ-ฺ็-๎]*|[a-z])(?![{_THAI}a-z])"
)
_NOT_LETTERS = re.compile(rf"[^{_THAI}a-z]+")
_STRETCHED = re.compile(r"(.)\1{2,}")
_MARK = re.compile("[ัิ-ฺ็-๎ำะา]")
MOST = 200  # found in one text: more says no more
_AROUND = 24  # letters beside what was found, among which words are told apart


class _Folds(dict[int, str]):
    """What each sign counts as; looked up once a process."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if unicodedata.category(sign) == "Cf":
            fold = ""
        else:
            fold = (
                "".join(
                    _LIKE.get(each, each)
                    for each in unicodedata.normalize("NFKD", sign).casefold()
                    if "\u0e00" <= each <= "\u0e7f" or not unicodedata.combining(each)
                )
                if sign != "ำ"
                else sign
            )
        if "๐" <= sign <= "๙":
            fold = _LIKE.get(str(ord(sign) - ord("๐")), str(ord(sign) - ord("๐")))
        self[code] = fold
        return fold


_FOLDS = _Folds()


def bare(text: str) -> str:
    """The text as it is looked at."""
    folded = text.translate(_FOLDS)
    return _without(folded, _gaps(folded))


def _gaps(folded: str) -> list[tuple[int, int]]:
    """What is left out of a folded text, in order: marks between letters, letters drawn out."""
    spans = [match.span() for match in _BETWEEN.finditer(folded)]
    spans += [
        (spelt.start() + gap.start(), spelt.start() + gap.end())
        for spelt in _SPELT.finditer(folded)
        for gap in _NOT_LETTERS.finditer(spelt[0])
    ]
    spans += [(match.start() + 1, match.end()) for match in _STRETCHED.finditer(folded)]
    if len(spans) < 2:
        return spans
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _without(folded: str, gaps: list[tuple[int, int]]) -> str:
    if not gaps:
        return folded
    starts = [0, *(end for _start, end in gaps)]
    ends = [*(start for start, _end in gaps), len(folded)]
    return "".join([folded[start:end] for start, end in zip(starts, ends, strict=True)])


def _places(text: str) -> list[int]:
    """Where each letter of `bare(text)` stood: asked only where something was found."""
    folded = text.translate(_FOLDS)
    places = [at for at, sign in enumerate(text) for _each in _FOLDS[ord(sign)]]
    kept: list[int] = []
    last = 0
    for start, end in _gaps(folded):
        kept += places[last:start]
        last = end
    return kept + places[last:]


@dataclass(frozen=True, slots=True)
class Met[Key: Hashable]:
    """Where in the text as typed something watched stands, and the key it was given with."""

    key: Key
    start: int
    end: int


class Watch[Key: Hashable]:
    """A list to look for: words (whole ones, or `anywhere`) and hosts, each with the key it is known by."""

    def __init__(
        self, words: Iterable[tuple[str, Key, bool]], hosts: Iterable[tuple[str, Key]]
    ) -> None:
        self._tree = ahocorasick.Automaton()
        found: dict[str, list[tuple[Key, str, bool]]] = {}
        for word, key, anywhere in words:
            if looked_for := bare(word):
                found.setdefault(looked_for, []).append((key, "word", anywhere))
        for host, key in hosts:
            found.setdefault(bare(host), []).append((key, "host", False))
        for looked_for, keys in found.items():
            self._tree.add_word(looked_for, (len(looked_for), keys))
        if found:
            self._tree.make_automaton()
        self.size = len(found)

    def find(self, text: str) -> list[Met[Key]]:
        """All that stands in the text, in order."""
        if not self.size or not text:
            return []
        looked_at = bare(text)
        places: list[int] = []
        found = []
        for last, (length, keys) in self._tree.iter(looked_at):
            start, end = last - length + 1, last + 1
            for key, kind, anywhere in keys:
                fits = _is_host if kind == "host" else _is_word
                if anywhere or fits(looked_at, start, end):
                    places = places or _places(text)
                    found.append(Met(key, places[start], places[last] + 1))
                    if len(found) == MOST:
                        return found
        return found


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a dot in the place of each letter of these spans."""
    for start, end in spans:
        text = text[:start] + "•" * (end - start) + text[end:]
    return text


def _is_host(text: str, start: int, end: int) -> bool:
    """Does a host begin here, or after a dot, and end here?"""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or before == "-") and not (after.isalnum() or after == "-")


def _is_word(text: str, start: int, end: int) -> bool:
    """Does a word stand by itself here? In Thai: is it no part of a longer one that is known?"""
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start].isascii() and before.isascii() and before.isalnum():
        return False
    if text[end - 1].isascii() and after.isascii() and after.isalnum():
        return False
    if after and _MARK.match(after):
        return False
    if text[start].isascii():
        return True
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    at = low
    for segment in segments(text[low:high]):
        inside = at <= start and end <= at + len(segment) and len(segment) > end - start
        if inside and knows(segment):
            return False
        at += len(segment)
    return True
