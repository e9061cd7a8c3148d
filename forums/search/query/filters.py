"""From a line, and the fields of the form beside it, to a question: its filters looked up.

Looked up is only what the reader may see. What she may not see is not found, in the same words as
what does not exist; its name is then looked for as words, as everything that cannot be read.
One query for each kind of filter that is used, none without filters.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forums.discussions.boards.models import Board
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.search.query.language import (
    MAX_FILTERS,
    MAX_TERMS,
    Filter,
    Line,
    Question,
    Term,
    only_filters,
    only_terms,
    said,
    value_of,
)
from forums.tags.models import Tag
from forums.text.handles import handle_key
from forums.text.slugs import slugify
from forums.text.thai import clean_line, name_key

# The fields of the form, and the filter each stands for.
FIELDS = {
    "author": "author", "in": "board", "network": "network", "tag": "tag", "kind": "kind",
    "before": "before", "after": "after", "image": "has", "answered": "is",
}  # fmt: skip
_LONGEST = 200  # characters of a field

type _Ids = dict[str, set[int]]  # by a filter's value, what it names


def ask(line: Line, fields: Mapping[str, Any] | None = None, *, member: Any) -> Question:
    """The question a line and the fields ask together: several filters of one kind mean any of them.

    `fields` are of `FIELDS`, each a text or a list; what is no value there (a date that is none) is
    left out: the form has said so.
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
        **{kind.field: asked.ids(name) for name, kind in _KINDS.items()},
        kinds=asked.values("kind"),
        after=max(asked.days("after", but="before"), default=None),
        before=min(asked.days("before", but="after"), default=None),
        has_image=asked.yes_or_no("has", "image"),
        answered=asked.yes_or_no("is", "answered", "unanswered"),
        without=asked.without(),
        notices=tuple(notices),
    )


def _filters(fields: Mapping[str, Any]) -> Iterable[Filter]:
    for field, name in FIELDS.items():
        for typed in _typed(field, fields.get(field)):
            if value := value_of(name, typed):
                yield Filter(name, value, typed)


def _typed(field: str, given: Any) -> list[str]:
    """What stands in a field, as it would behind a colon."""
    several = given if isinstance(given, list | tuple) else [given]
    typed = [clean_line(str(each)[:_LONGEST]) for each in several[:MAX_FILTERS] if each]
    if field == "image":
        return ["image"] if typed else []
    if field == "tag":
        return [tag for each in typed for tag in each.replace("#", " ").replace(",", " ").split()]
    return [each.removeprefix("@") for each in typed] if field == "author" else typed


class _Asked:
    """Filters in the hands of one reader: what each of them names, and what is none."""

    def __init__(self, filters: list[Filter], member: Any) -> None:
        self.filters = filters
        self.found: dict[str, _Ids] = {}
        self.terms: list[Term] = []
        self.notices: list[str] = []
        for name, kind in _KINDS.items():
            if typed := {each.value for each in filters if each.name == name}:
                self.found[name] = kind.find(typed, member)
        for each in filters:
            if each.name in _KINDS:
                self._settle(each)

    def _settle(self, one: Filter) -> None:
        """Keep a filter only if it names something, and an author only if it is one person."""
        kind, ids = _KINDS[one.name], self.found[one.name]
        here = ids.get(one.value, set())
        if one.name == "author" and len(here) > 1:
            told: str | Promise = _(
                "Several members are called “%(name)s”, so it was taken as words. "
                "Write @ and the name in the address of one of them."
            )
            ids[one.value] = set()
        elif not here:
            told = kind.missing
        else:
            return
        self.notices.append(str(told) % {"name": said(one.value)})
        self.terms.append(Term(one.value, exact=" " in one.value, excluded=one.excluded))

    def ids(self, name: str, *, excluded: bool = False) -> tuple[int, ...]:
        ids = self.found.get(name, {})
        return tuple(
            sorted({pk for value in self.values(name, excluded) for pk in ids.get(value, ())})
        )

    def values(self, name: str, excluded: bool = False) -> tuple[str, ...]:
        values = [e.value for e in self.filters if e.name == name and e.excluded == excluded]
        return tuple(dict.fromkeys(values))

    def days(self, name: str, *, but: str) -> list[date]:
        """Days of a filter; what is not before a day is after it."""
        days = self.values(name) + self.values(but, excluded=True)
        return [date.fromisoformat(day) for day in days]

    def yes_or_no(self, name: str, yes: str, no: str = "") -> bool | None:
        """True or False where one of two is asked for; None where neither is, or either would do."""
        wanted = {value == yes for value in self.values(name)}
        wanted |= {value != yes for value in self.values(name, excluded=True)}
        return wanted.pop() if len(wanted) == 1 else None

    def without(self) -> dict[str, tuple[int | str, ...]]:
        """What -author:, -in: … leave out, by the name of the question's field; only those there are."""
        found: dict[str, tuple[int | str, ...]] = {
            kind.field: self.ids(name, excluded=True) for name, kind in _KINDS.items()
        }
        found["kinds"] = self.values("kind", excluded=True)
        return {field: values for field, values in found.items() if values}


def _authors(typed: set[str], member: Any) -> _Ids:
    """Members by handle; by the name shown where no handle is like it. Their pages are open to all."""
    keys = {value: (handle_key(value), f"{name_key(value)}\x01") for value in typed}
    wanted = Q(handle_key__in=[key for key, _name in keys.values()])
    for _key, name in keys.values():
        wanted |= Q(sort_key__startswith=name)  # its parts are name_key's, then the name itself
    rows = list(Member.objects.filter(wanted).values_list("pk", "handle_key", "sort_key"))
    return {
        value: {pk for pk, handle, _by in rows if handle == key}
        or {pk for pk, _handle, by in rows if by.startswith(name)}
        for value, (key, name) in keys.items()
    }


# A board's name as it is compared: without case, spaces and signs, digits as 0-9.
_FROM = "๐๑๒๓๔๕๖๗๘๙" + " -_.,:;!?()[]/'\"“”‘’–—…·&+ๆฯ"
_TO = "0123456789"
_BARE = str.maketrans(dict.fromkeys(_FROM, "") | dict(zip(_FROM, _TO, strict=False)))


def _bare(name: str) -> str:
    return clean_line(name).lower().translate(_BARE)


def _boards(typed: set[str], member: Any) -> _Ids:
    """Boards by address or name. Networks may have boards of one name: then all of them."""
    bare = Lower(Func(F("name"), Value(_FROM), Value(_TO), function="translate"))
    slugs, names = _by(typed, _slugs), _by(typed, _bare)
    rows = list(
        Board.objects.visible_to(member)
        .order_by()
        .annotate(bare=bare)
        .filter(Q(slug__in=_all(slugs)) | Q(bare__in=list(names.values())))
        .values_list("pk", "slug", "bare")
    )
    return {
        value: {pk for pk, slug, name in rows if slug in slugs[value] or name == names[value]}
        for value in typed
    }


def _networks(typed: set[str], member: Any) -> _Ids:
    """Networks by address, also one they had before, or by name. One that was merged is the other."""
    slugs, names = _by(typed, _slugs), _by(typed, name_key)
    seen = Network.objects.visible_to(member)
    rows = list(
        seen.filter(
            Q(slug__in=_all(slugs))
            | Q(name_key__in=list(names.values()))
            | Q(old_addresses__slug__in=_all(slugs))
        )
        .filter(Q(merged_into=None) | Q(merged_into__in=seen))
        .values_list("pk", "merged_into", "slug", "old_addresses__slug", "name_key")
    )
    return {
        value: {
            into or pk
            for pk, into, slug, old, name in rows
            if slug in slugs[value] or old in slugs[value] or name == names[value]
        }
        for value in typed
    }


def _tags(typed: set[str], member: Any) -> _Ids:
    """Tags of topics the reader may read: what is spoken of in a closed board is not told by its tags."""
    slugs = _by(typed, slugify)
    hers = Exists(Topic.objects.for_list(member).filter(tags=OuterRef("pk")))
    rows = dict(
        Tag.objects.filter(Q(topic_count__gt=0) | hers, slug__in=list(slugs.values()))
        .order_by()
        .values_list("slug", "pk")
    )
    return {value: {rows[slug]} for value, slug in slugs.items() if slug in rows}


def _by[Key](typed: set[str], key: Callable[[str], Key]) -> dict[str, Key]:
    return {value: key(value) for value in typed}


def _slugs(value: str) -> set[str]:
    """The address, as typed or made from a name; '-' is that of any name without letters we know."""
    return {value, slugify(value)} - {"-"}


def _all(sets: Mapping[str, set[str]]) -> list[str]:
    return [each for some in sets.values() for each in some]


class _Kind(NamedTuple):
    """A filter that is looked up: the question's field, how, and what is said when nothing is found."""

    field: str
    find: Callable[[set[str], Any], _Ids]
    missing: Promise


_KINDS = {
    "author": _Kind(
        "authors", _authors, _("No member is called “%(name)s”, so it was taken as words.")
    ),
    "board": _Kind("boards", _boards, _("There is no board “%(name)s”, so it was taken as words.")),
    "network": _Kind(
        "networks", _networks, _("There is no network “%(name)s”, so it was taken as words.")
    ),
    "tag": _Kind("tags", _tags, _("There is no tag “%(name)s”, so it was taken as words.")),
}
