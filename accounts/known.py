"""Who is signed in, and what is known with her (`accounts.registry.known_with_her`): one statement a page."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.db import DatabaseError
from django.utils.functional import SimpleLazyObject

from accounts.models import Member
from accounts.registry import known_names, known_sql
from forums.base.constant_sql import Columns, select_newest

SHOWN = 99  # of what waits for her the header counts no further
_CACHE = "_known"
_MEMBER = Columns(Member, "m")


@cache
def _known() -> str:
    """Once everything is registered."""
    return ", ".join(known_sql().values())


@cache
def her_columns() -> str:
    """All of her and what is known of her, for a statement in which she is `m`: `made_of` makes her of the values."""
    return f"{_MEMBER.text}, {_known()}"


def made_of(values: Sequence[Any]) -> Member | None:
    """None where there was none."""
    if values[0] is None:
        return None
    member = _MEMBER.made(values[: len(_MEMBER)])
    _keep(member, values[len(_MEMBER) :])
    return member


def member_at(pk: int) -> Member | None:
    """The member of this id, with what is known of her."""
    if (came := _came.get()) is not None and came.pk == pk:
        return came
    rows = select_newest(_AT.format(her_columns()), pk=pk)
    return made_of(rows[0]) if rows else None


_AT = "SELECT {} FROM accounts_member m WHERE m.id = %(pk)s"
_came: ContextVar[Member | None] = ContextVar("came", default=None)


@contextmanager
def who_came(member: Member | None) -> Iterator[None]:
    """Inside, `member_at` of her is this object, which the database gave just now."""
    token = _came.set(member)
    try:
        yield
    finally:
        _came.reset(token)


def known_of(member: Any, name: str) -> Any:
    """What is registered as `name` of `member`: asked with who is signed in, of anyone else once. None of a visitor."""
    if member is None or not member.is_authenticated:
        return None
    if getattr(member, _CACHE, None) is None:
        rows = select_newest(_AT.format(_known()), pk=member.pk)
        _keep(member, rows[0] if rows else [None] * len(known_names()))
    return getattr(member, _CACHE)[name]


def came_with(member: Any, name: str) -> tuple[bool, Any]:
    """Whether what is registered as `name` was asked with her, and what it was: for what has a statement of its own
    for everyone else."""
    known = getattr(member, _CACHE, None)
    return known is not None, known and known[name]


def count_in_header(request: Any, name: str) -> SimpleLazyObject:
    """How many of what is registered as `name` wait for whoever asks, as the header writes it, once it is asked for:
    “3”, “99+”, or '' for none and for a visitor.
    """
    return SimpleLazyObject(lambda: _written(getattr(request, "user", None), name))


def _written(member: Any, name: str) -> str:
    try:
        count = known_of(member, name) or 0
    except DatabaseError:  # an error page wears the header too
        return ""
    return f"{SHOWN}+" if count > SHOWN else str(count or "")


def blocked_by(member: Any) -> frozenset[int]:
    """Whom `member` does not want to hear, by id: their posts are folded for her, and nothing of theirs comes to her.

    For her own sight, and for what others would send her; never say it to them.
    """
    return frozenset(known_of(member, "blocked") or ())


def forget_known(member: Any) -> None:
    """Called by actions that change what is known: the object at hand must ask again."""
    setattr(member, _CACHE, None)


def _keep(member: Any, values: Any) -> None:
    setattr(member, _CACHE, dict(zip(known_names(), values, strict=True)))
