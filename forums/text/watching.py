"""Watched words and hosts found in a text: also in Thai, which is written without spaces, and through the usual tricks.

What is looked at is the text as `cleaning.norm` has it (case, forms, invisible signs, letters drawn out), each letter as one of
those it looks like, marks between letters (ส.ล็.อ.ต, s-l-o-t) left out. A Thai word inside a longer word that everybody
knows (หี in หีบ) is none. Aho-Corasick: the time grows with the text, not with the list.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

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
_SEPARATING = r"._\-*·•|~'’^+"
_BETWEEN = re.compile(rf"[{_SEPARATING}](?<=[{_THAI}].)[{_SEPARATING}]*(?=[{_THAI}])")
# One by itself, with its vowel and marks; a vowel or a mark put apart.
_LETTER = "(?:[เ-ไ]?[ก-ฮ][ะ-ฺ็-๎]*|[ะ-ฺเ-ไ็-๎]|[a-z])"
_SPELT = re.compile(
    rf"(?<![{_THAI}a-z])(?:{_LETTER}[ {_SEPARATING}/]+){{2,}}{_LETTER}(?![{_THAI}a-z])"
)
_MAY_BE_SPELT = re.compile(rf"[ {_SEPARATING}/]{_LETTER}[ {_SEPARATING}/]")
_NOT_LETTERS = re.compile(rf"[^{_THAI}a-z]")
_STRETCHED = re.compile(r"(.)\1\1+")
_GONE = "\0"  # in the place of each sign that is left out, until all of them are
_MARK = re.compile("[ัิ-ฺ็-๎ำะา]")
MOST = 200  # found in one text: more says no more
_AROUND = 24  # letters beside what was found, among which words are told apart
_ONE_BY_ONE = 50  # so many times; then the whole text is cut into words once
_MANY_SIGNS = 60  # different ones: then each letter is looked up instead


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
        if sign == _GONE:
            fold = " "
        if "๐" <= sign <= "๙":
            fold = _LIKE.get(str(ord(sign) - ord("๐")), str(ord(sign) - ord("๐")))
        self[code] = fold
        return fold


_FOLDS = _Folds()
_PLAIN = [chr(code) for code in (10, *range(32, 127), *range(0x0E01, 0x0E5C))]
# What most texts consist of counts as itself; a pattern in C finds the rest faster than each letter is looked up.
_OTHERS = re.compile(
    f"[^{re.escape(''.join(sign for sign in _PLAIN if _FOLDS[ord(sign)] == sign))}]"
)


def bare(text: str) -> str:
    """The text as it is looked at."""
    return _marked(_folded(text)).replace(_GONE, "")


def _folded(text: str) -> str:
    others = set(_OTHERS.findall(text))
    if len(others) > _MANY_SIGNS:
        return text.translate(_FOLDS)
    for sign in others:  # no sign counts as another that counts as a third
        text = text.replace(sign, _FOLDS[ord(sign)])
    return text


def _marked(folded: str) -> str:
    """A folded text, as long as it was, with `_GONE` for what is left out: marks between letters, letters drawn out."""
    if _MAY_BE_SPELT.search(folded):
        folded = _SPELT.sub(lambda spelt: _NOT_LETTERS.sub(_GONE, spelt[0]), folded)
    folded = _BETWEEN.sub(lambda marks: _GONE * len(marks[0]), folded)
    return _STRETCHED.sub(lambda signs: signs[1] + _GONE * (len(signs[0]) - 1), folded)


def _places(text: str) -> list[int]:
    """Where each letter of `bare(text)` stood: asked only where something was found."""
    places = [at for at, sign in enumerate(text) for _each in _FOLDS[ord(sign)]]
    marked = _marked(_folded(text))
    return [at for at, sign in zip(places, marked, strict=True) if sign != _GONE]


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
        words = _Words(looked_at)
        for last, (length, keys) in self._tree.iter(looked_at):
            start, end = last - length + 1, last + 1
            for key, kind, anywhere in keys:
                if anywhere or (
                    _is_host(looked_at, start, end) if kind == "host" else words.is_one(start, end)
                ):
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


class _Words:
    """The words of a text that is looked at."""

    def __init__(self, text: str) -> None:
        self._text, self._asked = text, 0
        self._whole: list[int] = []  # where words begin, once that is known

    def is_one(self, start: int, end: int) -> bool:
        """Does a word stand by itself here? In Thai: is it no part of a longer one that is known?"""
        text = self._text
        before, after = text[start - 1 : start], text[end : end + 1]
        if text[start].isascii() and before.isascii() and before.isalnum():
            return False
        if text[end - 1].isascii() and after.isascii() and after.isalnum():
            return False
        if after and _MARK.match(after):
            return False
        if text[start].isascii():
            return True
        return not any(
            at <= start and end <= at + len(word) and len(word) > end - start and knows(word)
            for at, word in self._around(start, end)
        )

    def _around(self, start: int, end: int) -> Iterable[tuple[int, str]]:
        """The words at a place, and where each begins."""
        self._asked += 1
        text = self._text
        if self._asked <= _ONE_BY_ONE:
            at = max(0, start - _AROUND)
            for word in segments(text[at : min(len(text), end + _AROUND)]):
                yield at, word
                at += len(word)
            return
        if not self._whole:
            self._whole = [0, *accumulate(map(len, segments(text)))]
        first = bisect_right(self._whole, start) - 1
        for at, until in pairwise(self._whole[first : first + 2]):
            yield at, text[at:until]
