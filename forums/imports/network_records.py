"""Networks as `seed_load` makes them up, before they are rows. Files do not hold any."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """Somebody in a network. The first of each is its coordinator."""

    handle: str
    role: str
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class NetworkBoardRecord:
    key: str
    name: str
    open_to: str


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """An organisation in a network; `both`: confirmed from both sides, not only asked for."""

    name: str
    sector: str
    province: str
    both: bool


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    title: str
    body: str
    starts_at: datetime
    hours: int
    place: str
    province: str
    open_to: str
    answers: tuple[tuple[str, str], ...]  # handle, answer
    report: str = ""


@dataclass(frozen=True, slots=True)
class NetworkRecord:
    """`key` is its address; `linked` are addresses of networks before it, with which it works."""

    key: str
    name: str
    aim: str
    story: str
    kind: str
    sectors: tuple[str, ...]
    provinces: tuple[str, ...]
    nationwide: bool
    colour: str
    emblem: str
    since_year: int
    joining: str
    created_at: datetime
    confirmed_at: datetime
    archived_at: datetime | None
    tags: tuple[str, ...]
    contacts: tuple[tuple[str, str, str], ...]  # label, value, shown to
    offices: tuple[tuple[str, str], ...]  # duty, who holds it
    members: tuple[PlaceRecord, ...]
    boards: tuple[NetworkBoardRecord, ...]
    organisations: tuple[OrganisationRecord, ...]
    linked: tuple[str, ...]
    activities: tuple[ActivityRecord, ...]
