"""Passwords that are known from breaches: whoever tries passwords tries those first.

The list is a file beside this one, so nobody is asked: 40 bits of each password's digest, sorted. One in ten million
passwords is refused though it is none of them; who gets such a one chooses another. From where the list is, what it may be
used for, and how the file is made: accounts/breached.md.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 10  # letters: what is shorter is refused for that (AUTH_PASSWORD_VALIDATORS)
_SIZE = 5  # bytes
_FILE = Path(__file__).with_name("breached.bin")

# A Thai keyboard and a Latin one, key by key: a well-known word is no better typed on the wrong one.
_LATIN = "1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
_THAI = "ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ"
_LATIN_SHIFTED = '!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
_THAI_SHIFTED = '+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_TO_LATIN = str.maketrans(_THAI_SHIFTED + _THAI, _LATIN_SHIFTED + _LATIN)


def digest(password: str) -> bytes:
    """What stands in the file for a password; capitals make no difference to who tries."""
    return blake2b(password.lower().encode(), digest_size=_SIZE).digest()


def is_breached(password: str) -> bool:
    """Whether it is one of them, as typed or as the same keys give on a Latin keyboard."""
    return any(_has(digest(each)) for each in _readings(password))


class BreachedPasswordValidator:
    """Refuses them where a password is chosen."""

    def validate(self, password: str, user: Any = None) -> None:
        if is_breached(password):
            raise ValidationError(
                _(
                    "This password was found among passwords stolen elsewhere, so those who break in try it first. "
                    "Please choose another: three or four words that do not belong together are good."
                ),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return _("It cannot be one that is known from breaches.")


def _readings(password: str) -> Iterator[str]:
    yield password
    if any("\u0e00" <= letter <= "\u0e7f" for letter in password):
        yield password.translate(_TO_LATIN)


@cache
def _known() -> bytes:
    """Half a megabyte, read with the first password that is chosen."""
    return _FILE.read_bytes()


def _has(wanted: bytes) -> bool:
    known = _known()
    at = bisect_left(_Rows(known), wanted)
    return known[at * _SIZE : (at + 1) * _SIZE] == wanted


class _Rows:
    """The file as a sorted list."""

    def __init__(self, known: bytes) -> None:
        self._known = known

    def __len__(self) -> int:
        return len(self._known) // _SIZE

    def __getitem__(self, at: int) -> bytes:
        return self._known[at * _SIZE : (at + 1) * _SIZE]
