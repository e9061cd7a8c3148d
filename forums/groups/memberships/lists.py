"""What the pages of memberships show: who is in a network, who waits, which links there are. Reads only."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import member_url, picture_url
from accounts.provinces import PROVINCES
from forums.groups.memberships.models import JoinRequest, Membership, Role, may_see, role_in
from forums.groups.networks.models import NETWORK_LISTED, Event, EventKind, network_url
from forums.text.thai import clean_line, sort_key

SIZE = 50  # members a page
DUTIES = 100  # people with a duty on a page
WAITING = 20  # requests a page
NETWORKS = 30  # on a member's page
ASKS_AGAIN = timedelta(days=7)  # after a coordinator declined
_DUTIES = [Role.COORDINATOR, Role.SPOKESPERSON, Role.MODERATOR]
_PLACES = {code: str(name) for code, name in PROVINCES}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the query strings of the neighbouring pages ('' where there is none)."""

    rows: list[Row]
    newer: str = ""
    older: str = ""
    is_first: bool = True
    duties: list[Row] = field(default_factory=list)


# -- who is in it -------------------------------------------------------------------------------

_PERSON = ("member__display_name", "member__handle", "member__picture", "member__province")


def members(network_id: int, query: Any) -> Page:
    """The members in dictionary order; on the first page those with a duty apart.

    `query` may hold `q` (the beginning of a name), `after` or `before` (a membership's id).
    """
    everyone = Membership.objects.filter(network=network_id)
    if typed := clean_line(query.get("q", "")[:100]):
        letters = sort_key(typed).split("\x01")[0]
        found = everyone.filter(sort_key__startswith=letters) if letters else everyone.none()
    else:
        found = everyone.filter(role=Role.MEMBER)
    after, before = _known(everyone, query.get("after")), _known(everyone, query.get("before"))
    if before:
        found = found.filter(
            Q(sort_key__lte=before[0]), Q(sort_key__lt=before[0]) | Q(pk__lt=before[1])
        ).order_by("-sort_key", "-id")
    else:
        if after:
            found = found.filter(
                Q(sort_key__gte=after[0]), Q(sort_key__gt=after[0]) | Q(pk__gt=after[1])
            )
        found = found.order_by("sort_key", "id")
    rows = _people(found[: SIZE + 1])
    more, rows = len(rows) > SIZE, rows[:SIZE]
    if before:
        rows.reverse()
    newer = bool(after) or (bool(before) and more)
    older = bool(before) or more
    duties: list[Row] = []
    if not (typed or after or before):
        # By role first: so they are read from the index of duties, not found among all members.
        with_duty = everyone.filter(role__in=_DUTIES).order_by("role", "sort_key", "id")[:DUTIES]
        duties = sorted(_people(with_duty), key=lambda row: _DUTIES.index(row["role"]))
    return Page(
        rows,
        newer=f"before={rows[0]['pk']}" if newer and rows else "",
        older=f"after={rows[-1]['pk']}" if older and rows else "",
        is_first=not (after or before),
        duties=duties,
    )


def _known(everyone: Any, pk: str | None) -> tuple[str, int] | None:
    """Where a page goes on: (sort key, id); None for one who has left, so the first page it is."""
    if not (pk and pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    found: tuple[str, int] | None = everyone.filter(pk=pk).values_list("sort_key", "pk").first()
    return found


def _people(found: Any) -> list[Row]:
    labels = dict(Role.choices)
    return [
        {
            "pk": pk,
            "role": role,
            "role_label": labels[role],
            "joined_at": joined_at,
            **_person(name, handle, picture, province),
        }
        for pk, role, joined_at, name, handle, picture, province in found.values_list(
            "pk", "role", "joined_at", *_PERSON
        )
    ]


def _person(name: str, handle: str, picture: Any, province: str) -> Row:
    return {
        "name": name,
        "handle": handle,
        "url": member_url(handle),
        "picture_url": picture_url(picture, size=72),
        "place": _PLACES.get(province, ""),
    }


def networks_of(member_id: int, reader: Any) -> list[Row]:
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
    labels = dict(Role.choices)
    return [
        {
            "name": name,
            "url": network_url(slug),
            "colour": colour,
            "emblem": emblem,
            "role": labels[role] if role != Role.MEMBER else "",
        }
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


def waiting(network_id: int, query: Any) -> Page:
    """Requests nobody has answered, the oldest first; `after` is the id of the last one seen."""
    found = JoinRequest.objects.filter(network=network_id, decided_at=None)
    after = query.get("after", "")
    if after.isascii() and after.isdigit() and len(after) < 19:
        found = found.filter(pk__gt=after)
    else:
        after = ""
    rows = [
        {
            "pk": pk,
            "created_at": created_at,
            "said": list(zip(questions, answers, strict=False)),
            **_person(*person),
        }
        for pk, created_at, questions, answers, *person in found.order_by("pk").values_list(
            "pk", "created_at", "questions", "answers", *_PERSON
        )[: WAITING + 1]
    ]
    older = f"after={rows[WAITING - 1]['pk']}" if len(rows) > WAITING else ""
    return Page(rows[:WAITING], older=older, is_first=not after)


def count_waiting(network_ids: list[int]) -> dict[int, int]:
    """How many requests wait in each of these networks."""
    found = JoinRequest.objects.filter(network__in=network_ids, decided_at=None)
    counts = found.order_by().values_list("network_id").annotate(n=Count("pk"))
    return dict(counts)


def standing(member: Any, network_id: int) -> Row:
    """Where a member stands with a network: role, her waiting request, how the last one was answered."""
    mine = JoinRequest.objects.filter(network=network_id, member=member.pk)
    request = mine.order_by("-pk").first()
    pending = request if request and request.decided_at is None else None
    again = asks_again_from(member.pk, network_id) if request and not pending else None
    return {
        "role": role_in(member, network_id),
        "pending": pending,
        "said": list(zip(pending.questions, pending.answers, strict=False)) if pending else [],
        "declined": request if again else None,
        "again": again,
        "removed": was_removed(member.pk, network_id),
    }


# -- invitations --------------------------------------------------------------------------------
