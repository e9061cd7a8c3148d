"""From a line, and the fields of the form beside it, to a question: its filters looked up.

Looked up is only what the reader may see. What she may not see is not found, in the same words as
what does not exist; its name is then looked for as words, as everything that cannot be read.
One query for each kind of filter that is used, none without filters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from forums.search.query.filters import FILTERS, SearchFilter
from forums.search.query.language import (
    MAX_FILTERS,
    MAX_TERMS,
    Filter,
    Question,
    SearchLine,
    Term,
    only_filters,
    only_terms,
    said,
)
from forums.search.query.lookups import Ids
from forums.text.thai import clean_line

_LONGEST = 200  # characters of a field


def ask(line: SearchLine, fields: Mapping[str, Any] | None = None, *, member: Any) -> Question:
    """The question a line and the fields ask together: several filters of one kind mean any of them.

    `fields` are by the `param` of a filter, each a text or a list; what is no value there (a date that
    is none) is left out: the form has said so.
    """
    notices = dict.fromkeys(line.notices)
    given = list(dict.fromkeys([*line.filters, *_filters(fields or {})]))
    if len(given) > MAX_FILTERS:
        notices[only_filters()] = None
    asked = _Asked(given[:MAX_FILTERS], member)
    terms = list(dict.fromkeys([*line.terms, *asked.terms]))
    if len(terms) > MAX_TERMS:
        notices[only_terms()] = None
    notices |= dict.fromkeys(asked.notices)
    return Question(
        terms=tuple(terms[:MAX_TERMS]),
        wanted=asked.for_question(excluded=False),
        without=asked.for_question(excluded=True),
        notices=tuple(notices),
    )


def _filters(fields: Mapping[str, Any]) -> Iterable[Filter]:
    for one in FILTERS.values():
        for typed in _typed(one, fields.get(one.param)):
            if value := one.read(typed):
                yield Filter(one.name, value, typed)


def _typed(one: SearchFilter, given: Any) -> list[str]:
    """What stands in a field, as it would behind a colon."""
    several = given if isinstance(given, list | tuple) else [given]
    lines = [clean_line(str(each)[:_LONGEST]) for each in several[:MAX_FILTERS] if each]
    return [typed for line in lines for typed in one.splits(line)]


class _Asked:
    """Filters in the hands of one reader: what each of them names, and what is none."""

    def __init__(self, filters: list[Filter], member: Any) -> None:
        self.filters = [_without_a_minus(each) for each in filters]
        self.found: dict[str, Ids] = {}
        self.terms: list[Term] = []
        self.notices: list[str] = []
        for name, one in FILTERS.items():
            typed = {each.value for each in filters if each.name == name}
            if typed and one.find:
                self.found[name] = one.find(typed, member)
        for each in self.filters:
            if each.name in self.found:
                self._settle(each)

    def _settle(self, asked: Filter) -> None:
        """Keep a filter only if it names something, and only one thing where one alone can be meant."""
        one, ids = FILTERS[asked.name], self.found[asked.name]
        here = ids.get(asked.value, set())
        if one.several and len(here) > 1:
            told = one.several
            ids[asked.value] = set()
        elif not here:
            told = one.missing
        else:
            return
        self.notices.append(str(told) % {"name": said(asked.value)})
        self.terms.append(Term(asked.value, exact=" " in asked.value, excluded=asked.excluded))

    def for_question(self, *, excluded: bool) -> dict[str, tuple[int | str, ...]]:
        """What the filters ask for, or leave out; only those there are."""
        found = {name: self._of(one, excluded) for name, one in FILTERS.items()}
        return {name: values for name, values in found.items() if values}

    def _of(self, one: SearchFilter, excluded: bool) -> tuple[int | str, ...]:
        asked = [e.value for e in self.filters if e.name == one.name and e.excluded == excluded]
        values = tuple(dict.fromkeys(asked))
        if one.find:
            ids = self.found.get(one.name, {})
            return tuple(sorted({pk for value in values for pk in ids.get(value, ())}))
        if not isinstance(one.sql, str) and len(values) == len(one.sql):
            return ()  # of two opposites either would do
        return values


def _without_a_minus(asked: Filter) -> Filter:
    """The same asked for the other way round, where that can be: what is not before a day is after it."""
    if asked.excluded and (opposite := FILTERS[asked.name].opposite(asked.value)):
        name, value = opposite
        return replace(asked, name=name, value=value, excluded=False)
    return asked
