"""Everything My networks shows: where I am, what waits for me, what I wait for. A fixed number of queries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.activities.models import Activity, Answer, Attendance
from forums.discussions.topics.models import TOPIC_LISTED, State, TopicNetwork
from forums.groups.invitations.models import Invitation
from forums.groups.links.models import NetworkLink
from forums.groups.memberships.lists import count_waiting
from forums.groups.memberships.models import JoinRequest, MyNetwork, Role, roles_of
from forums.groups.networks.models import CONFIRMED_FOR, NETWORK_LISTED, Network, network_url
from forums.groups.networks.references import NetworkRef
from forums.groups.organisations.models import (
    ORGANISATION_SHOWN,
    NetworkOrganisation,
    Representative,
    organisation_url,
)
from forums.text import dates

PENDING = 20
ACTIVITIES = 5


@dataclass(slots=True)
class MyNetworkRow(NetworkRef):
    """A network I am in, and as what."""

    role: str
    archived: bool


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Something that waits for me, where I answer it, and the network or organisation it is about."""

    words: str
    url: str
    about: str


@dataclass(frozen=True, slots=True)
class MyRequestRow:
    """A network I asked to join."""

    name: str
    url: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class MyInvitationRow:
    """A network I am invited to."""

    name: str
    url: str
    by: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class MyActivityRow:
    """An activity to come, and what I answered."""

    title: str
    url: str
    starts_at: datetime
    answer: str


def my_networks(member: Any, now: datetime) -> dict[str, Any]:
    """The context of the page: networks, waiting, requests, invitations, activities."""
    mine = roles_of(member)
    coordinated = {pk: each for pk, each in mine.items() if each.coordinates and each.is_open}
    return {
        "networks": [_network(each) for each in mine.values()],
        "waiting": [
            *_waiting_in(coordinated, now),
            *_waiting_for_organisations(member),
        ],
        "requests": _requests(member),
        "invitations": _invitations(member, now, list(mine)),
        "activities": _activities(member, now),
    }


def _network(mine: MyNetwork) -> MyNetworkRow:
    return MyNetworkRow(
        mine.name,
        mine.url,
        mine.colour,
        mine.emblem,
        role=str(Role(mine.role).label),
        archived=not mine.is_open,
    )


def _waiting_in(coordinated: dict[int, MyNetwork], now: datetime) -> list[WaitingRow]:
    """What the networks I coordinate wait for: one line each, the networks in their order."""
    ids = list(coordinated)
    rows: dict[int, list[WaitingRow]] = {pk: [] for pk in ids}

    def add(pk: int, words: str, where: str) -> None:
        rows[pk].append(WaitingRow(words, coordinated[pk].url + where, coordinated[pk].name))

    def add_counts(counts: dict[int, int], words: Callable[[int], str], where: str) -> None:
        for pk, count in counts.items():
            add(pk, words(count), where)

    add_counts(count_waiting(ids), _people_ask, "requests/")
    add_counts(_topics(ids), _topics_wait, "topics/waiting/")
    add_counts(
        _count(
            NetworkOrganisation.objects.filter(
                ORGANISATION_SHOWN.q(path="organisation__"), network__in=ids, by_network_at=None
            ),
            "network_id",
        ),
        _organisations_ask,
        "organisations/",
    )
    add_counts(
        _count(NetworkLink.objects.filter(target__in=ids, confirmed_at=None), "target_id"),
        _links_ask,
        "links/",
    )
    stale = Network.objects.filter(pk__in=ids, confirmed_at__lt=now - CONFIRMED_FOR)
    for pk, confirmed_at in stale.values_list("pk", "confirmed_at"):
        words = _("Nobody has confirmed its page since %(day)s") % {"day": dates.day(confirmed_at)}
        add(pk, words, "manage/")
    return [row for pk in ids for row in rows[pk]]


def _topics(ids: list[int]) -> dict[int, int]:
    """Topics that invite one of these networks, and networks that ask into a topic of theirs."""
    there = TopicNetwork.objects.filter(TOPIC_LISTED.q(path="topic__"))
    counts = _count(there.filter(network__in=ids, state=State.INVITED), "network_id")
    asked = there.filter(topic__board__network__in=ids, state=State.ASKED)
    for pk, count in _count(asked, "topic__board__network_id").items():
        counts[pk] = counts.get(pk, 0) + count
    return counts


def _count(rows: QuerySet[Any], key: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(key).annotate(n=Count("pk")))


def _people_ask(count: int) -> str:
    words = ngettext("%(count)d person asks to join", "%(count)d people ask to join", count)
    return words % {"count": count}


def _topics_wait(count: int) -> str:
    words = ngettext(
        "%(count)d topic waits for an answer", "%(count)d topics wait for an answer", count
    )
    return words % {"count": count}


def _organisations_ask(count: int) -> str:
    words = ngettext(
        "%(count)d organisation asks to be confirmed",
        "%(count)d organisations ask to be confirmed",
        count,
    )
    return words % {"count": count}


def _links_ask(count: int) -> str:
    words = ngettext(
        "%(count)d network asks to be linked", "%(count)d networks ask to be linked", count
    )
    return words % {"count": count}


def _waiting_for_organisations(member: Any) -> list[WaitingRow]:
    """What the organisations I look after wait for: networks, and people who say they represent them."""
    mine = Representative.objects.filter(member=member, is_coordinator=True)
    asked = NetworkOrganisation.objects.filter(
        organisation__in=mine.values("organisation"), by_organisation_at=None
    )
    claimed = Representative.objects.filter(
        organisation__in=mine.values("organisation"), confirmed_at=None
    )
    rows = []
    for found, words in (
        (asked, _("A network says the organisation is in it")),
        (claimed, _("Somebody says she represents the organisation")),
    ):
        named = found.order_by("organisation__sort_key", "organisation_id").values_list(
            "organisation__name", "organisation__slug"
        )
        for name, slug in named.distinct()[:PENDING]:
            rows.append(WaitingRow(words, organisation_url(slug), name))
    return rows


def _requests(member: Any) -> list[MyRequestRow]:
    waiting = JoinRequest.objects.filter(
        NETWORK_LISTED.q(path="network__"), member=member, decided_at=None
    )
    columns = ("network__name", "network__slug", "created_at")
    return [
        MyRequestRow(name, f"{network_url(slug)}join/", created_at)
        for name, slug, created_at in waiting.order_by("pk").values_list(*columns)[:PENDING]
    ]


def _invitations(member: Any, now: datetime, mine: list[int]) -> list[MyInvitationRow]:
    """Invitations sent to an address of mine that I have confirmed."""
    addresses = EmailAddress.objects.filter(user=member, verified=True).values("email")
    found = Invitation.objects.filter(
        NETWORK_LISTED.q(path="network__"),
        email__in=addresses,
        uses=0,
        revoked_at=None,
        expires_at__gt=now,
    ).exclude(network__in=mine)
    columns = ("network__name", "token", "created_by__display_name", "expires_at")
    return [
        MyInvitationRow(name, f"/join/{token}/", by, expires_at)
        for name, token, by, expires_at in found.order_by("-pk").values_list(*columns)[:PENDING]
    ]


def _activities(member: Any, now: datetime) -> list[MyActivityRow]:
    """The next activities I answered that I come to, may come to, or wait for."""
    answers = Attendance.objects.filter(
        member=member, answer__in=[Answer.GOING, Answer.WAITING, Answer.MAYBE]
    )
    coming = (
        Activity.objects.visible_to(member)
        .filter(pk__in=answers.values("activity"), cancelled_at=None, ends_at__gt=now)
        .order_by("starts_at", "id")[:ACTIVITIES]
    )
    mine = dict(
        answers.filter(activity__in=[a.pk for a in coming]).values_list("activity", "answer")
    )
    return [
        MyActivityRow(
            each.title, each.get_absolute_url(), each.starts_at, str(Answer(mine[each.pk]).label)
        )
        for each in coming
    ]
