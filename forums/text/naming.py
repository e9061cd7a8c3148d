"""How a name is sorted in a list, and which one letter stands for it."""

import re
from functools import lru_cache

from icu4py.breakers import CharacterBreaker

from forums.text.cleaning import clean_line, norm, valid_unicode

_LEADING_VOWELS = "เแโใไ"
_LEADING = re.compile(f"([{_LEADING_VOWELS}])([ก-ฮ])")
_SORTED_MARKS = "็่้๊๋์ํ๎"
_MARK_WEIGHT = {mark: str(weight) for weight, mark in enumerate(_SORTED_MARKS, start=1)}
_NOT_SORTED = re.compile(r"[^\w\u0e30-\u0e4e]+|_+")

_LETTER = re.compile(r"[ก-ฮ]|[^\W\d_]|\d")
_BETWEEN_WORDS = re.compile(r"[\s_/\\‐-―-]+")  # of a tag


def sort_key(name: str, /) -> str:
    """What to sort by, under COLLATE "C", for the order of a Thai dictionary.

    Three parts joined by U+0001: the letters, each leading vowel behind its consonant; then tone
    and other marks by place; then the name itself. Punctuation, ๆ and ฯ do not count.
    """
    whole = norm(name)
    letters = _LEADING.sub(r"\2\1", _NOT_SORTED.sub("", whole))
    primary: list[str] = []
    marks: list[str] = []
    for letter in letters:
        if letter in _MARK_WEIGHT:
            marks.append(_MARK_WEIGHT[letter])
        else:
            primary.append(letter)
            marks.append("0")  # so that a mark further right weighs less
    return "\x01".join(("".join(primary), "".join(marks).rstrip("0"), whole))


def name_key(name: str, /) -> str:
    """The same for names a dictionary would put at one place: what must be unique among names.

    Case, spaces, punctuation, the shape of digits and what cannot be seen do not count; tone marks do.
    """
    return "\x01".join(sort_key(name).split("\x01")[:2])


def letters_of(name: str, /) -> str:
    """What two names share that differ in tone marks, spaces, punctuation and case only."""
    return letters_in(sort_key(name))


def letters_in(key: str, /) -> str:
    """The same, of a `sort_key` or `name_key`."""
    return key.partition("\x01")[0]


def tag_key(name: str, /) -> str:
    """The same for two names of one tag, in every script; '' where nothing is left of it.

    The normal form, in which what stands between words is one hyphen. Other signs count: C, C++ and C# are three.
    What is only a sign that normal forms leave out (ๆ) stands for itself.
    """
    name = clean_line(name)
    key = _BETWEEN_WORDS.sub("-", norm(name) or name)
    return key.lstrip("#-").rstrip("-")


@lru_cache(maxsize=4096)  # lists ask for the same few again and again
def initial(name: str, /) -> str:
    """The one letter that stands for a name in a bead: its first consonant or letter, upper case.

    Vowels written before their consonant (เแโใไ) are passed over. A name without any letter or
    digit gives its first grapheme; an empty one gives '?'.
    """
    name = clean_line(name)
    if found := _LETTER.search(name.lstrip(_LEADING_VOWELS)):
        upper = found[0].upper()
        return upper if len(upper) == 1 else found[0]
    return next(iter(CharacterBreaker(valid_unicode(name), "th")), "?") if name else "?"
