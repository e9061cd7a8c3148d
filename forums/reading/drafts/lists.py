"""Drafts as pages show them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from forums.base.drafts import OpenedDraft, Token
from forums.reading.drafts.models import Draft
from forums.reading.drafts.places import named, place_of
from roypalang.given_back import labels_of

if TYPE_CHECKING:
    from accounts.models import Member


@dataclass(frozen=True, slots=True)
class DraftsAtPlace:
    """What she has begun to write at one place: one text, or several that differ."""

    label: str  # '' where she may no longer see it
    drafts: Sequence[Draft]

    @property
    def differ(self) -> bool:
        return len(self.drafts) > 1


def drafts_of(member: "Member") -> list[DraftsAtPlace]:
    """All of a member's drafts by their places, what was written last first."""
    by_place: dict[str, list[Draft]] = {}
    for draft in Draft.objects.visible_to(member).kept().for_list():
        by_place.setdefault(draft.place, []).append(draft)
    labels = named(member, by_place)
    return [DraftsAtPlace(labels[place], drafts) for place, drafts in by_place.items()]


def at_place(member: Any, place: str) -> list[Draft]:
    """What waits at a place, what was written last first."""
    return list(Draft.objects.visible_to(member).kept().filter(place=place).for_list())


def opened_with(member: Any, path: str, query: Mapping[str, str]) -> OpenedDraft:
    """The draft an address names (`?draft=`), if it is of the form at `path`, and what else waits there."""
    place = place_of(path, query)
    waiting = at_place(member, place) if place else []
    asked = Token.read(query.get("draft", ""))
    opened = next((each for each in waiting if asked and each.key == asked.key), None)
    return OpenedDraft(
        opened.token if opened else None,
        opened.fields if opened else {},
        [each for each in waiting if each is not opened],
    )


def thrown_away(member: Any, key: uuid.UUID) -> Draft | None:
    """The draft she has just thrown away, if it can be brought back."""
    thrown = Draft.objects.visible_to(member).filter(pk=key, gone_at__isnull=False)
    return thrown.exclude(fields={}).for_list().first()


@dataclass(frozen=True, slots=True)
class DraftText:
    """One text of a draft, under the label its form has for it."""

    label: str | Promise
    text: str
    rows: int


def texts_of(draft: Draft) -> list[DraftText]:
    """What somebody wrote into the fields of a draft, to be read and copied."""
    labels = labels_of(draft.fields)
    return [
        DraftText(labels[name].label, text, 10 if labels[name].is_long else 1)
        for name, values in draft.fields.items()
        if name in labels
        for text in values
        if text.strip()
    ]
