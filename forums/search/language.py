"""What somebody asks for, read from the one line she typed. Nothing here looks into the database."""

from dataclasses import dataclass, field
from datetime import date

MAX_LENGTH = 200  # characters of a line that are read
MAX_TERMS = 12
MAX_FILTERS = 12


@dataclass(frozen=True, slots=True)
class Term:
    """Words to be found in a row: what stood between spaces, or between quotation marks."""

    text: str
    exact: bool = False  # it stood in quotation marks
    excluded: bool = False  # -not


@dataclass(frozen=True, slots=True)
class Filter:
    """`name` is one of FILTERS (author, board, network, tag, kind, before, after, has, is); `typed` as it stood."""

    name: str
    value: str
    typed: str
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line read: what to find, what to hold it against, and what was read otherwise than it was typed."""

    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    notices: tuple[str, ...] = ()  # sentences for the reader


@dataclass(frozen=True, slots=True)
class Question:
    """A line whose filters were looked up: everything `finding.find` goes by.

    Ids are of what the reader may see. Several of one kind mean any of them, but every tag.
    """

    terms: tuple[Term, ...] = ()
    authors: tuple[int, ...] = ()
    boards: tuple[int, ...] = ()
    networks: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    after: date | None = None  # from this day on (Bangkok)
    before: date | None = None  # before this day
    has_image: bool = False
    answered: bool | None = None
    without: dict[str, tuple[int | str, ...]] = field(
        default_factory=dict
    )  # -in:, -author:, -tag: …
    notices: tuple[str, ...] = ()
