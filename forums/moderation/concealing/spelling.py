"""The same words, however they are written, found by one pattern.

Of a number its digits count, of whatever kind and in whatever groups, and +66 is the 0 of a telephone. Of all else letters,
small or large, and digits; not how many spaces, dots and hyphens stand between. Gaps are short and hold nothing of what is
looked for, so no pattern takes long. Making one does, so a text is asked first whether it holds the bare letters at all.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from forums.text.cleaning import THAI_DIGITS
from forums.text.personal_data import key_of

_BETWEEN = r"(?:\W|_){0,3}"  # two digits of a number
_APART = r"[\s.-]{0,8}"  # two parts of other words
_DIGITS = {str(n): f"[{n}{chr(0x0E50 + n)}{chr(0xFF10 + n)}]" for n in range(10)}
_DIGIT = "[0-9๐-๙０-９]"
_PARTS = re.compile(r"[0-9]+|[^0-9\s.-]+")
_NUMBER = re.compile("[0-9]{9,16}")
_GAPS = re.compile(r"[\s.-]+")
_NO_DIGITS = re.compile("[^0-9]+")
_PLAIN_DIGITS = {ord(sign): digit for digit, signs in _DIGITS.items() for sign in signs[1:-1]}
_ASKED = 100  # letters of words the database is asked for


def is_number(words: str) -> bool:
    """Is it a telephone, a card, an account, by its digits alone?"""
    return _NUMBER.fullmatch(key_of(words)) is not None


class Bare(NamedTuple):
    """What counts of a text: its letters without gaps, and its digits alone."""

    letters: str
    digits: str

    @classmethod
    def of(cls, text: str) -> "Bare":
        plain = text.translate(_PLAIN_DIGITS)
        return cls(_GAPS.sub("", plain.casefold()), _NO_DIGITS.sub("", plain))

    def may_say(self, words: str) -> bool:
        """False where the text says these words in no spelling. No pattern is made."""
        if is_number(words):
            return key_of(words)[1:] in self.digits
        return Bare.of(words).letters in self.letters


@lru_cache(maxsize=1000)
def any_spelling(words: str) -> re.Pattern[str]:
    """These words, however they are written; where they begin or end with a digit, no part of a longer number."""
    ends = [each.translate(THAI_DIGITS).isdigit() for each in (words[:1], words[-1:])]
    before = f"(?<!{_DIGIT})" if ends[0] or is_number(words) else ""
    after = f"(?!{_DIGIT})" if ends[1] else ""
    return re.compile(f"{before}{_spelt(words)}{after}", re.IGNORECASE)


def asked_for(words: str) -> str:
    """The same as a pattern of the database: it may find more."""
    return _spelt(words if is_number(words) else words[:_ASKED])


def _spelt(words: str) -> str:
    if is_number(words):
        first, *more = (_DIGITS[digit] for digit in key_of(words))
        if first == _DIGITS["0"]:
            six = _DIGITS["6"]
            first = f"(?:{first}|{six}{_BETWEEN}{six}(?:{_BETWEEN}{first})?)"
        return r"[+(]{0,2}" + _BETWEEN.join([first, *more])
    parts = _PARTS.findall(words.translate(THAI_DIGITS)) or [words]
    return _APART.join("".join(map(_sign, part)) for part in parts)


def _sign(sign: str) -> str:
    return _DIGITS.get(sign) or re.escape(sign)
