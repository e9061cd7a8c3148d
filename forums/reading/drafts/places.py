"""Where a draft is written: its place in words, as far as she may still see it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.urls import Resolver404, resolve

from forums.reading.drafts.models import PATH_LENGTH
from forums.reading.drafts.registry import PlaceKind, kind_of

if TYPE_CHECKING:
    from accounts.models import Member


def place_of(path: str, fields: Mapping[str, Any]) -> str:
    """The place of a form at `path` with these values: '' where no form keeps drafts."""
    kind, _key = _kind_at(path) if len(path) <= PATH_LENGTH and "\0" not in path else (None, None)
    if kind is None:
        return ""
    by = fields.get(kind.by, "") if kind.by else ""
    return f"{path}?{kind.by}={by}" if by.isascii() and by.isdigit() and len(by) < 19 else path


def named(member: "Member", places: Iterable[str]) -> dict[str, str]:
    """What places are called: '' for one she may no longer see. A query for each kind of thing among them."""
    found = {place: _kind_at(place.partition("?")[0]) for place in set(places)}
    keys: dict[Any, set[Any]] = {}
    for kind, key in found.values():
        if kind and kind.names:
            keys.setdefault(kind.names, set()).add(key)
    names = {ask: ask(member, asked) for ask, asked in keys.items()}
    return {place: _label(kind, key, names) for place, (kind, key) in found.items()}


def _kind_at(path: str) -> tuple[PlaceKind | None, Any]:
    try:
        match = resolve(path)
    except Resolver404:
        return None, None
    kind = kind_of(match.url_name)
    return (kind, match.kwargs.get(kind.argument)) if kind else (None, None)


def _label(kind: PlaceKind | None, key: Any, names: Mapping[Any, Mapping[Any, str]]) -> str:
    if kind is None:
        return ""
    if kind.names is None:
        return str(kind.label)
    name = names[kind.names].get(key)
    return str(kind.label) % {"name": name} if name else ""
