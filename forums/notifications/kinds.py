"""The kinds of letters there are: each says, when it is sent, what may still be told.

A noun to the right registers its kinds in its own `letters.py`, which `forums.apps` loads. So this
module knows none of them, and imports run one way.
"""

from collections.abc import Callable
from dataclasses import dataclass

from forums.notifications.models import Letter


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says: plain text; links are whole addresses."""

    subject: str
    body: str


type Writer = Callable[[Letter], Words | None]
_WRITERS: dict[str, Writer] = {}


def letter_kind(kind: str) -> Callable[[Writer], Writer]:
    """Register the function that words a kind of letter.

    It is given the Letter and returns its Words, in Thai, or None for what its reader may no longer
    know or need not be told any more: then nothing is sent, ever.
    """

    def register(writer: Writer) -> Writer:
        _WRITERS[kind] = writer
        return writer

    return register


def words_of(letter: Letter) -> Words | None:
    """What `letter` says now; None when nothing is left to say. Raises KeyError for an unknown kind."""
    return _WRITERS[letter.kind](letter)
