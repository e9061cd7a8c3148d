"""Lists a page at a time: the address of a page names the row after which it begins, never a number.

So a page costs the same however far back it lies, and nobody meets a row twice because somebody
wrote meanwhile (decision 007). A list says once how it is ordered, and its pages follow from that:

    NEWEST = Keyset({"created_at": MOMENT, "id": NUMBER}, falling=True, onward="before", back="after")

    def newest(topics: TopicQuerySet, query: Any) -> Page[Topic]:
        return NEWEST.page(topics, query, size=20)

A place is written as the row's values with "_" between them: ?before=1767225600000000_123. What was
not written so, letter for letter, is 404.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import isfinite
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from django.db.models import Q, QuerySet
from django.http import Http404

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_TEXT = 200  # letters


# -- Values in an address -----------------------------------------------------------------------


class Value(NamedTuple):
    """How a value is written into an address, and read from one: ValueError for what is none."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _number(text: str) -> int:
    if not 0 <= (number := int(text)) < 2**63:
        raise ValueError
    return number


def _moment(text: str) -> datetime:
    if (number := _number(text)) >= 2**53:  # in the year 2255
        raise ValueError
    return _EPOCH + number * _MICROSECOND


def _real(text: str) -> float:
    if not isfinite(number := float(text)):
        raise ValueError
    return number


def _text(text: str) -> str:
    if not 0 < len(text) <= _TEXT or "\0" in text:
        raise ValueError
    return text


NUMBER = Value(str, _number)  # from 0 on: an id, a count
MOMENT = Value(lambda at: str((at - _EPOCH) // _MICROSECOND), _moment)
REAL = Value(repr, _real)
DAY = Value(date.isoformat, date.fromisoformat)
TEXT = Value(str, _text)


# -- Pages --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page[Row]:
    """Rows, and the query strings of the pages beside them ('' where there is none).

    `components/keyset_pager.html` links to those.
    """

    rows: list[Row]
    previous: str = ""
    next: str = ""
    is_first: bool = True
    start: str = ""  # the query string of the first page
    apart: Sequence[Row] = ()  # what stands by itself on the first page: pinned topics

    def with_rows[Other](self, rows: list[Other], *, apart: Sequence[Other] = ()) -> "Page[Other]":
        """The same page with what is shown of its rows, and of those that stand `apart`."""
        return Page(rows, self.previous, self.next, self.is_first, self.start, apart)


class Place(NamedTuple):
    """Where a page begins: beyond a row with these values, onward or back towards the first page."""

    values: tuple[Any, ...]
    is_back: bool = False


class Keyset:
    """The order of a list by one column or several, the last of which tells its rows apart.

    `onward` and `back` are the names under which addresses carry a place; without `back` a list is
    only read onward. A column without a Value stays out of addresses: it is looked up by the others;
    a row that is gone meanwhile is 404, or where rows come and go (`forgiving`) the first page.
    """

    def __init__(
        self,
        columns: Mapping[str, Value | None],
        *,
        falling: bool = False,
        onward: str = "after",
        back: str = "",
        forgiving: bool = False,
    ) -> None:
        self.forgiving = forgiving
        self.columns = list(columns)
        self.written = {name: value for name, value in columns.items() if value}
        self.falling, self.onward, self.back = falling, onward, back

    def page(
        self,
        found: QuerySet[Any],
        query: Any,
        *,
        size: int,
        read: Callable[[Any], list[Any]] = list,
        among: QuerySet[Any] | None = None,
        keep: str = "",
    ) -> Page[Any]:
        """The page of `found` that `query` asks for. Raises Http404 for a mangled place.

        `read` makes rows of what was found; `among` is where the row of a place is looked up;
        `keep` is the query string that stays the same from page to page.
        """
        place = self.place(query, among=among)
        if place:
            found = found.filter(self.beyond(place))
        rows = read(found.order_by(*self.order(place))[: size + 1])
        return self.page_of(rows, place, size=size, keep=keep)

    def page_of[Row](
        self, rows: list[Row], place: Place | None, *, size: int, keep: str = ""
    ) -> Page[Row]:
        """The page that begins at `place`, of the rows found there: `size` of them and, if there are more, one."""
        is_back = place is not None and place.is_back
        more, rows = len(rows) > size, rows[:size]
        if is_back:
            rows.reverse()
        has_previous = more if is_back else place is not None and self.back
        return Page(
            rows,
            previous=self._link(self.back, rows[0], keep) if rows and has_previous else "",
            next=self.onward_from(rows[-1], keep) if rows and (is_back or more) else "",
            is_first=place is None,
            start=keep,
        )

    def onward_from(self, row: Any, keep: str = "") -> str:
        """The query string of the page that begins after `row`."""
        return self._link(self.onward, row, keep)

    def place(self, query: Any, *, among: QuerySet[Any] | None = None) -> Place | None:
        """The place `query` asks for; None for the first page. Raises Http404 for a mangled one."""
        for name in filter(None, (self.back, self.onward)):
            if typed := query.get(name):
                values = self._read(typed, among)
                return Place(values, is_back=name == self.back) if values else None
        return None

    # -- The same for the ORM, and for statements written as text --

    def order(self, place: Place | None = None) -> list[str]:
        """For order_by(): how rows are read from a place on, the nearest to it first."""
        return [f"-{name}" if self._falls(place) else name for name in self.columns]

    def beyond(self, place: Place) -> Q:
        """The condition that a row stands beyond a place."""
        way = "lt" if self._falls(place) else "gt"
        *others, last = zip(self.columns, place.values, strict=True)
        condition = Q(**{f"{last[0]}__{way}": last[1]})
        for name, value in reversed(others):
            # The first half says nothing new, but an index is read from there on.
            condition = Q(**{f"{name}__{way}e": value}) & (
                Q(**{f"{name}__{way}": value}) | condition
            )
        return condition

    def order_sql(self, columns: list[str], place: Place | None = None) -> str:
        """What stands behind ORDER BY; `columns` are the statement's names for this keyset's."""
        way = "DESC" if self._falls(place) else "ASC"
        return ", ".join(f"{column} {way}" for column in columns)

    def beyond_sql(self, columns: list[str], place: Place) -> str:
        """What stands behind WHERE; its parameters are `values_sql`."""
        sign = "<" if self._falls(place) else ">"
        values = ", ".join(f"%(beyond_{name})s" for name in self.columns)
        return f"({', '.join(columns)}) {sign} ({values})"

    def values_sql(self, place: Place) -> dict[str, Any]:
        """The values `beyond_sql` asks for, by name."""
        return {
            f"beyond_{name}": value for name, value in zip(self.columns, place.values, strict=True)
        }

    def _falls(self, place: Place | None) -> bool:
        return self.falling != (place is not None and place.is_back)

    # -- In addresses --

    def _link(self, name: str, row: Any, keep: str) -> str:
        values = row if isinstance(row, Mapping) else {n: getattr(row, n) for n in self.written}
        link = f"{name}={quote(self._write(values))}"
        return f"{keep}&{link}" if keep else link

    def _write(self, values: Mapping[str, Any]) -> str:
        return "_".join(value.write(values[name]) for name, value in self.written.items())

    def _read(self, typed: str, among: QuerySet[Any] | None) -> tuple[Any, ...] | None:
        parts = typed.rsplit("_", len(self.written) - 1)  # a text may hold the sign, too
        try:
            values = {
                name: value.read(part)
                for (name, value), part in zip(self.written.items(), parts, strict=True)
            }
        except ValueError as error:
            raise Http404 from error
        if self._write(values) != typed:  # numbers can be read from much that nobody wrote
            raise Http404
        if among is None:
            return tuple(values.values())
        row = among.filter(**values).values_list(*self.columns).first()
        if row is None and not self.forgiving:
            raise Http404
        return row


def kept(**asked: str) -> str:
    """The query string of what stays asked for from page to page; '' when nothing is."""
    asked = {name: value for name, value in asked.items() if value}
    return urlencode(asked, quote_via=quote, safe="/")
