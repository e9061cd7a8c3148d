"""What wings to the right know of a topic and who reads it; each registers it in its `kinds.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_KNOWN: dict[str, str] = {}
_OF_MEMBERS: set[str] = set()


def known_with_topic(name: str, scalar: str, *, of_visitors: bool = False) -> None:
    """Register what is asked with a topic that a member opens, in the one statement that finds it: `topic.known[name]`.

    A scalar of SQL; the topic is `t`, its board `b`, the reader's id `%(me)s` (values of `forums.base.visibility.reader`).
    Every page of a topic asks it, so an index must answer it. Of a visitor only what is `of_visitors` too, which asks
    nothing of the reader.
    """
    _KNOWN[name] = scalar
    if not of_visitors:
        _OF_MEMBERS.add(name)


def known_sql(*, signed_in: bool) -> dict[str, str]:
    """What was registered, by name."""
    return {name: sql for name, sql in _KNOWN.items() if signed_in or name not in _OF_MEMBERS}


@dataclass(frozen=True, slots=True)
class News:
    """What a row says is new in its topic, and the way to the first of it."""

    label: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class NewsOfRows:
    """`sql` answers for the topics `%(topics)s`: its name, a topic's id, four texts and a NULL that is a uuid.

    `values` are what it asks of a reader; `worded` makes of the four texts what the row says.
    """

    sql: str
    values: Callable[[Any], dict[str, Any]]
    worded: Callable[[str, str, str, str], News]


_NEWS: dict[str, NewsOfRows] = {}


def news_of_rows(name: str, news: NewsOfRows) -> None:
    """Register what is asked for a member with the rows of a list, in the one statement about all of them."""
    _NEWS[name] = news


def all_news() -> dict[str, NewsOfRows]:
    """What was registered, by name."""
    return _NEWS
