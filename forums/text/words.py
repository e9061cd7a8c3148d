"""Words of a text, and the tsvector and tsquery built from them.

PostgreSQL cannot segment Thai, so ICU's dictionary does it here, and the database is given finished
lexemes with their positions. Bump `INDEX_VERSION` when ICU, `norm`, `clusters` or the lexicon changes
what comes out: `manage.py reindex` then finds the entries of the older form.
"""

import re
import unicodedata
from collections.abc import Iterable

from icu4py.breakers import WordBreaker

from forums.text.cleaning import norm, valid_unicode

INDEX_VERSION = 4

MAX_LEXEME = 100  # characters; PostgreSQL takes 2,046 bytes
MAX_POSITION = 16383  # PostgreSQL counts no further
MAX_PLACES = 200  # positions kept per lexeme; PostgreSQL keeps 255
FIELD_GAP = 20  # positions between two fields, so that no phrase spans them

# ICU does not break between Thai and Latin letters or digits, so runs are parted before it.
_RUN = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]+|[0-9]+|[a-z\x80-\u0dff\u0e80-\U0010ffff]+")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")


def _without_accents() -> dict[int, str]:
    """Each small Latin letter with something over, under or through it → the letters it is typed as without."""
    found = {"æ": "ae", "œ": "oe", "þ": "th", "ð": "d"} | dict(zip("øđłħŧı", "odlhti", strict=True))
    for code in (*range(0xE0, 0x250), *range(0x1E00, 0x1F00)):
        letter = unicodedata.normalize("NFD", chr(code))[0]
        letter = found.get(letter, letter)
        if letter.isascii():
            found[chr(code)] = letter.lower()
    # What norm could not put together with its letter.
    return str.maketrans(found | {chr(mark): "" for mark in range(0x300, 0x370)})


WITHOUT_ACCENTS = _without_accents()
_ACCENTED = re.compile("[\xe0-\u024f\u0300-\u036f\u1e00-\u1eff]")


def plain(s: str, /) -> str:
    """`norm(s)`, and Latin letters without accents: cafe finds Café, and café cafe. Names keep theirs, to tell them apart."""
    s = norm(s)
    return s.translate(WITHOUT_ACCENTS) if _ACCENTED.search(s) else s


def words(s: str, /) -> list[str]:
    """The words of `plain(s)` in order; spaces, punctuation and emoji are left out."""
    return [word for run in runs(s) for word in run]


def runs(s: str, /) -> list[list[str]]:
    """The same, one list for what is written without anything between: there a word surely ends."""
    s = plain(s)
    if "," in s:
        s = _THOUSANDS.sub("", s)
    text = " ".join(_RUN.findall(s))
    if text.isascii():
        return [[word[:MAX_LEXEME]] for word in text.split()]
    found: list[list[str]] = [[]]
    for word in WordBreaker(text, "th"):
        if _has_letter(word):
            found[-1].append(word[:MAX_LEXEME])
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


def segments(s: str, /) -> list[str]:
    """The text as typed, cut at ICU's word borders: joined again it is the same text.

    Lone surrogates come back as U+FFFD.
    """
    return list(WordBreaker(valid_unicode(s), "th")) if s else []


def tsvector(fields: Iterable[tuple[str, str]]) -> str:
    """Text for `%s::tsvector`, from (weight, text) pairs; weights are A, B, C or D.

    What lies beyond PostgreSQL's limits (position 16,383; 200 places of one lexeme) is left out.
    """
    return words_vector((weight, words(text)) for weight, text in fields)


def words_vector(fields: Iterable[tuple[str, Iterable[str]]]) -> str:
    """`tsvector` of texts whose words were found already."""
    places: dict[str, list[str]] = {}
    position = 0
    for weight, found in fields:
        for word in found:
            position += 1
            if position > MAX_POSITION:
                break
            kept = places.setdefault(word, [])
            if len(kept) < MAX_PLACES:
                kept.append(f"{position}{weight}")
        position += FIELD_GAP
    # Words hold neither quotation mark nor backslash: nothing need be escaped, as `quoted` would.
    return " ".join([f"'{word}':{','.join(kept)}" for word, kept in places.items()])


def tsquery_any(found: Iterable[str]) -> str:
    """Text for `%s::tsquery`: at least one of the words. Empty, which matches nothing, for none."""
    return " | ".join(map(quoted, found))


def tsquery_all(found: Iterable[str]) -> str:
    """Text for `%s::tsquery`: every one of the words, anywhere."""
    return " & ".join(map(quoted, found))


def tsquery_phrase(found: Iterable[str]) -> str:
    """Text for `%s::tsquery`: the words one right after the other."""
    return " <-> ".join(map(quoted, found))


def _has_letter(word: str) -> bool:
    return word.isalnum() or any(map(str.isalnum, word))


def quoted(word: str) -> str:
    """A lexeme in quotes: inside them PostgreSQL reads no operator."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
