"""What somebody has begun to write and not sent yet, as the forms of every noun know it.

A form that keeps drafts carries the draft it writes into as `draft`, "<key>.<version>", nothing before the first is
kept. Opened with `?draft=` in the address it is filled in with that one; sent, the draft goes in the transaction of
what became of it. Where drafts are kept stands to the right, and registers here.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from django import forms
from django.db import transaction
from django.http import HttpRequest

if TYPE_CHECKING:
    from accounts.models import Member

_LONGEST = 50  # characters of a token


class Token(NamedTuple):
    """Which draft a form writes into, and the version of it that whoever writes has seen."""

    key: uuid.UUID
    version: int

    @classmethod
    def read(cls, text: str) -> "Token | None":
        """From a field of a form or an address; None for what is none."""
        key, _dot, version = text[:_LONGEST].partition(".")
        try:
            return cls(
                uuid.UUID(key), int(version) if version.isascii() and version.isdigit() else 0
            )
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.key}.{self.version}"


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """What a form is opened with: its draft, if it is opened with one, and others that wait at the same place."""

    token: Token | None
    fields: Mapping[str, Sequence[str]]
    offers: Sequence[Any]


class Keeper(Protocol):
    """Where drafts are kept."""

    def open(self, request: HttpRequest) -> OpenedDraft:
        """What there is for the form at this address."""

    def sent(self, member: "Member", token: Token, writer: str) -> None:
        """What stood in this draft has been sent. Called inside the transaction of the write."""


_KEEPERS: list[Keeper] = []  # one


def keep_drafts_in(keeper: Keeper) -> None:
    """Register where drafts are kept."""
    _KEEPERS[:] = [keeper]


def open_with_draft(request: HttpRequest, form: forms.BaseForm) -> None:
    """Fill a form that is opened with the draft its address names, and let it offer others."""
    for keeper in _KEEPERS:
        opened = keeper.open(request)
        form.draft = opened  # type: ignore[attr-defined]
        if opened.token:
            _fill_in(form, opened.fields)


def offered(form: forms.BaseForm) -> Sequence[Any]:
    """The drafts a form that is opened offers."""
    opened: OpenedDraft | None = getattr(form, "draft", None)
    return opened.offers if opened else ()


def carried(form: forms.BaseForm) -> str:
    """The draft a form writes into: which it is opened with, or was sent with."""
    opened: OpenedDraft | None = getattr(form, "draft", None)
    return str(opened.token or "") if opened else form.data.get("draft", "")


@contextmanager
def sending(request: HttpRequest | None) -> Iterator[None]:
    """Around the write a form leads to: when it is done, the draft the form wrote into is gone with it.

    A transaction only where a draft was kept, so that a form without one costs nothing more; and none around the
    encoding of a picture that came along, which takes seconds: then the draft goes right after.
    """
    token = Token.read(request.POST.get("draft", "")) if request else None
    if request is None or token is None or not request.user.is_authenticated:
        yield
        return
    with nullcontext() if request.FILES else transaction.atomic():
        yield
        for keeper in _KEEPERS:
            keeper.sent(request.user, token, request.POST.get("draft_writer", ""))


def _fill_in(form: forms.BaseForm, fields: Mapping[str, Sequence[str]]) -> None:
    for name, field in form.fields.items():
        several = getattr(field.widget, "allow_multiple_selected", False)
        if name in fields:
            values = list(fields[name])
            form.initial[name] = values if several else values[-1]
        elif isinstance(field.widget, forms.CheckboxInput) or several:
            form.initial[name] = [] if several else False  # a box that is not ticked is not sent
