"""The parts of a digest: wings to the right register theirs here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from forums.base.mail_bodies import MailSection

if TYPE_CHECKING:
    from accounts.models import Member


class Span(NamedTuple):
    """What a digest looks at: what was since the last one, and what is until the next."""

    since: datetime
    until: datetime


type Teller = Callable[["Member", Span], MailSection | None]


@dataclass(frozen=True, slots=True)
class Part:
    place: int
    tell: Teller
    alone: bool  # is reason enough for a letter


_PARTS: list[Part] = []


def digest_part(place: int, *, alone: bool = True) -> Callable[[Teller], Teller]:
    """Register a part: given a member and the Span, what it says to her, or None for nothing; a decorator.

    In the language of the letter, in a fixed number of queries. Parts stand by `place`; those that are not to stand
    `alone` come with others only.
    """

    def register(tell: Teller) -> Teller:
        _PARTS.append(Part(place, tell, alone))
        return tell

    return register


def sections(member: "Member", span: Span) -> list[MailSection]:
    """What is to be said to her; [] where nothing is worth a letter."""
    ordered = sorted(_PARTS, key=lambda part: part.place)
    weighty = {part.place: part.tell(member, span) for part in ordered if part.alone}
    if not any(weighty.values()):
        return []
    said = [weighty[part.place] if part.alone else part.tell(member, span) for part in ordered]
    return [section for section in said if section]
