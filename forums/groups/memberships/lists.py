"""What the pages of memberships show: who is in a network, and who waits. Reads only."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, When
from django.forms import Form
from django.utils import timezone

from accounts.models import member_url, picture_url
from accounts.provinces import PROVINCE_NAMES
from accounts.references import MemberRef
from forums.base.keyset import NUMBER, Keyset, Page, kept
from forums.groups.memberships.models import JoinRequest, Membership, Role, may_see, role_in
from forums.groups.networks.models import NETWORK_LISTED, Event, EventKind, network_url
from forums.groups.networks.references import NetworkRef
from forums.text.thai import clean_line, letters_of

SIZE = 50  # members a page
DUTIES = 100  # people with a duty on a page
WAITING = 20  # requests a page
NETWORKS = 30  # on a member's page
ASKS_AGAIN = timedelta(days=7)  # after a coordinator declined
_DUTIES = [Role.COORDINATOR, Role.SPOKESPERSON, Role.MODERATOR]

_BY_NAME = Keyset({"sort_key": None, "pk": NUMBER}, onward="after", back="before", forgiving=True)
_AS_ASKED = Keyset({"pk": NUMBER})


@dataclass(slots=True)
class PersonRow(MemberRef):
    """Somebody with her province."""

    place: str


# -- who is in it -------------------------------------------------------------------------------

_SHOWN_PICTURE = Case(When(member__is_active=True, then="member__picture"))
_PERSON = (
    "member__display_name", "member__handle", _SHOWN_PICTURE, "member__is_staff", "member__province"
)  # fmt: skip


@dataclass(slots=True)
class MemberRow(PersonRow):
    """A member of a network."""

    pk: int
    role: str
    duty: str  # what she is, '' for one who is only a member
    joined_at: datetime


def members(network_id: int, query: Any) -> Page[MemberRow]:
    """The members in dictionary order; on the first page those with a duty apart.

    `query` may hold `q` (the beginning of a name), `after` or `before` (a membership's id).
    """
    everyone = Membership.objects.filter(network=network_id)
    asked = query.get("q", "")[:100]
    if typed := clean_line(asked):
        letters = letters_of(typed)
        found = everyone.filter(sort_key__startswith=letters) if letters else everyone.none()
    else:
        found = everyone.filter(role=Role.MEMBER)
    page = _BY_NAME.page(found, query, size=SIZE, read=_people, among=everyone, keep=kept(q=asked))
    if typed or not page.is_first:
        return page
    # By role first: so they are read from the index of duties, not found among all members.
    with_duty = everyone.filter(role__in=_DUTIES).order_by("role", "sort_key", "id")[:DUTIES]
    return replace(page, apart=sorted(_people(with_duty), key=lambda row: _DUTIES.index(row.role)))


def _people(found: Any) -> list[MemberRow]:
    duties = _duties()
    return [
        MemberRow(
            *_person(*person),
            pk=pk,
            role=role,
            duty=duties[role],
            joined_at=joined_at,
        )
        for pk, role, joined_at, *person in found.values_list("pk", "role", "joined_at", *_PERSON)
    ]


def _duties() -> dict[str, str]:
    """What a role is called: '' where it is only that of a member."""
    return {role.value: str(role.label) if role != Role.MEMBER else "" for role in Role}


def _person(
    name: str, handle: str, picture: uuid.UUID | None, is_staff: bool, province: str
) -> tuple[str, str, str, str, bool, str]:
    """The fields of a PersonRow."""
    place = PROVINCE_NAMES.get(province, "")
    return name, member_url(handle), picture_url(picture, size=72), handle, is_staff, place


@dataclass(slots=True)
class MembershipRow(NetworkRef):
    """A network a member is in."""

    role: str  # '' for one who is only a member


def networks_of(member_id: int, reader: Any) -> list[MembershipRow]:
    """The networks a member is in, as far as each shows its members to `reader`; one query."""
    found = (
        Membership.objects.filter(NETWORK_LISTED.q(path="network__"), member=member_id)
        .order_by("network__sort_key", "network_id")
        .values_list(
            "network_id",
            "role",
            "network__name",
            "network__slug",
            "network__colour",
            "network__emblem",
            "network__members_shown_to",
        )[: NETWORKS * 4]
    )
    duties = _duties()
    return [
        MembershipRow(name, network_url(slug), colour, emblem, role=duties[role])
        for pk, role, name, slug, colour, emblem, shown_to in found
        if may_see(reader, pk, shown_to)
    ][:NETWORKS]


# -- who waits ----------------------------------------------------------------------------------


def removed_at(member_id: int, network_id: int) -> datetime | None:
    """When she was removed from this network, if that was the last that happened to her in it."""
    found = (
        Event.objects.filter(
            network=network_id, member=member_id, what__in=[EventKind.REMOVED, EventKind.JOINED]
        )
        .order_by("-created_at", "-id")
        .values_list("what", "created_at")
        .first()
    )
    return found[1] if found and found[0] == EventKind.REMOVED else None


def was_removed(member_id: int, network_id: int) -> bool:
    """Does she come back only by a coordinator's yes?"""
    return removed_at(member_id, network_id) is not None


def asks_again_from(member_id: int, network_id: int) -> datetime | None:
    """From when she may ask again, for one who was declined lately."""
    declined = JoinRequest.objects.filter(network=network_id, member=member_id, accepted=False)
    last = declined.order_by("-decided_at").values_list("decided_at", flat=True).first()
    again = last + ASKS_AGAIN if last else None
    return again if again and again > timezone.now() else None


@dataclass(slots=True)
class RequestRow(PersonRow):
    """Somebody who asks to be let in."""

    pk: int
    created_at: datetime
    said: list[tuple[str, str]]  # questions and answers
    form: Form | None = None  # to answer her: the view's


def waiting(network_id: int, query: Any) -> Page[RequestRow]:
    """Requests nobody has answered, the oldest first; `after` is the id of the last one seen."""
    found = JoinRequest.objects.filter(network=network_id, decided_at=None)
    return _AS_ASKED.page(found, query, size=WAITING, read=_requests)


def _requests(found: Any) -> list[RequestRow]:
    return [
        RequestRow(
            *_person(*person),
            pk=pk,
            created_at=created_at,
            said=list(zip(questions, answers, strict=False)),
        )
        for pk, created_at, questions, answers, *person in found.values_list(
            "pk", "created_at", "questions", "answers", *_PERSON
        )
    ]


def count_waiting(network_ids: list[int]) -> dict[int, int]:
    """How many requests wait in each of these networks."""
    found = JoinRequest.objects.filter(network__in=network_ids, decided_at=None)
    counts = found.order_by().values_list("network_id").annotate(n=Count("pk"))
    return dict(counts)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands with a network."""

    role: str
    asked_at: datetime | None  # when she asked to be let in, while nobody has answered
    said: list[tuple[str, str]]  # the questions and what she answered then
    asks_again_from: datetime | None  # once she was declined
    answer: str  # what a coordinator wrote when declining
    was_removed: bool


def standing(member: Any, network_id: int) -> Standing:
    """Her role, her waiting request, how the last one was answered."""
    mine = JoinRequest.objects.filter(network=network_id, member=member.pk)
    request = mine.order_by("-pk").first()
    pending = request if request and request.decided_at is None else None
    again = asks_again_from(member.pk, network_id) if request and not pending else None
    return Standing(
        role=role_in(member, network_id),
        asked_at=pending.created_at if pending else None,
        said=list(zip(pending.questions, pending.answers, strict=False)) if pending else [],
        asks_again_from=again,
        answer=request.answer if request and again else "",
        was_removed=was_removed(member.pk, network_id),
    )
