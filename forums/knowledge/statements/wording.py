"""The words of a statement: cleaned, bounded, and what makes two nearly the same."""

from collections.abc import Iterable
from unicodedata import category

from django.utils.translation import gettext as _

from forums.base.errors import BadText
from forums.base.limits import fitting, read_length
from forums.knowledge.statements.models import LENGTH, Statement
from forums.text.naming import letters_of, name_key
from forums.text.thai import clean_line

# Of pairs of letters that two share; above it a reader should look at both. Found on made pairs.
NEAR = 0.5
OFFERED = 3


def clean(body: str) -> str:
    """One line, as it is stored. Raises BadText for one of nothing, or of more than 140 characters."""
    line = clean_line(body)
    if not any(
        category(sign)[0] in "LN" for sign in letters_of(line)
    ):  # a vowel sign alone is none
        raise BadText(_("Write the statement first."))
    return fitting(line, LENGTH, count=read_length)


def key_of(body: str) -> str:
    """The same for statements that differ in spaces, punctuation, case and the shape of digits only."""
    return name_key(body)[: LENGTH * 4]


def similar(body: str, among: Iterable[Statement], *, count: int = OFFERED) -> list[Statement]:
    """Those nearest in letters to `body`, nearest first; none that only share a word."""
    mine = _pairs(body)
    near = [(_shared(mine, _pairs(each.body)), each) for each in among]
    near = [pair for pair in near if pair[0] >= NEAR]
    near.sort(key=lambda pair: (-pair[0], pair[1].number))
    return [each for _share, each in near[:count]]


def _pairs(text: str) -> set[str]:
    letters = letters_of(text)
    return {letters[at : at + 2] for at in range(len(letters) - 1)} or {letters}


def _shared(one: set[str], other: set[str]) -> float:
    """Dice's coefficient: 0 for nothing in common, 1 for the same pairs."""
    return 2 * len(one & other) / (len(one) + len(other))
