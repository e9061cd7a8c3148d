"""What a network's pages show, in a few statements whatever there is. Reads only."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, QuerySet
from django.utils import timezone

from accounts.models import member_url
from forums.base.constant_sql import select
from forums.base.visibility import reader
from forums.discussions.boards.models import BOARD_READABLE, Board, board_url
from forums.discussions.topics.models import TOPIC_LISTED, State, TopicNetwork, topic_url
from forums.front.networks.timeline import ARTICLE, JOINED_IN_MONTH, EventRow
from forums.groups.contacts.models import Contact, Office
from forums.groups.contacts.wording import contact_url, term
from forums.groups.invitations.models import Invitation
from forums.groups.links.models import NetworkLink
from forums.groups.memberships.models import JoinRequest, may_see
from forums.groups.networks.models import (
    NETWORK_SHOWN,
    Audience,
    Network,
    network_picture_url,
    network_url,
)
from forums.groups.networks.references import NetworkRef
from forums.groups.organisations.models import (
    ORGANISATION_SHOWN,
    NetworkOrganisation,
    organisation_url,
)
from forums.tags.references import TagRef
from forums.text.noted import true_today

MOST = 60  # of each part of a page; beyond it a page of its own is linked
MONTHS = 7  # of which it says how many joined: counted month by month, for to cut each row's moment down costs more


@dataclass(slots=True)
class ContactRow:
    """How one reaches a network; `url` is '' for what leads nowhere when it is pressed."""

    label: str
    value: str
    url: str
    audience: str


@dataclass(slots=True)
class OfficeRow:
    """A duty and who has it, a member (with her address) or not; from when to when, in words."""

    title: str
    holder: str
    url: str
    time: str
    past: bool


@dataclass(slots=True)
class AffiliatedRow:
    """An organisation in the network."""

    pk: int
    name: str
    url: str
    note: str


@dataclass(slots=True)
class LinkedRow(NetworkRef):
    """Another network, by its picture if it has one."""

    picture_url: str


@dataclass(slots=True)
class BoardRow:
    """A board of the network."""

    pk: int
    name: str
    url: str
    closed: bool  # not every visitor may read it


class OverviewRow(NamedTuple):
    """A row of any part, which leaves empty what it does not have; `_MADE` makes of it what is shown."""

    part: str
    pk: int  # of joins, how many
    name: str
    slug: str
    said: str  # beside its name
    emblem: str
    picture: str | None
    at: datetime
    since: date | None
    until: date | None


@dataclass(slots=True)
class Parts:
    """All that is small on the overview, and the rows it is made of."""

    rows: tuple[OverviewRow, ...]
    tags: list[TagRef]
    contacts: list[ContactRow]
    offices: list[OfficeRow]
    home: AffiliatedRow | None
    organisations: list[AffiliatedRow]  # without its home
    parents: list[LinkedRow]
    children: list[LinkedRow]
    linked: list[LinkedRow]
    boards: list[BoardRow]
    events: list[EventRow]  # articles, and how many joined, by month


# Columns with types, no JSON: to make that and read it cost as much as finding the rows.
_PARTS = f"""
    (SELECT 'tag', NULL::bigint, t.name, t.key, NULL, NULL, NULL, NULL::timestamptz, NULL::date, NULL::date
     FROM forums_taggednetwork g JOIN forums_tag t ON t.id = g.tag_id
     WHERE g.network_id = %(network)s ORDER BY g.id)
    UNION ALL
    (SELECT 'contact', NULL, label, audience, value, NULL, NULL, NULL, NULL, NULL
     FROM forums_contact WHERE network_id = %(network)s AND audience = ANY(%(audiences)s) ORDER BY position, id LIMIT {MOST})
    UNION ALL
    (SELECT 'office', NULL, o.title, m.handle, o.holder, NULL, NULL, NULL, o.since, o.until
     FROM forums_office o LEFT JOIN accounts_member m ON m.id = o.member_id
     WHERE o.network_id = %(network)s ORDER BY o.position, o.id LIMIT {MOST})
    UNION ALL
    (SELECT 'home', g.id, g.name, g.slug, '', NULL, NULL, NULL, NULL, NULL
     FROM forums_organisation g WHERE g.id = %(home)s AND {ORGANISATION_SHOWN.sql})
    UNION ALL
    (SELECT 'organisation', g.id, g.name, g.slug, n.note, NULL, NULL, NULL, NULL, NULL
     FROM forums_networkorganisation n JOIN forums_organisation g ON g.id = n.organisation_id
     WHERE n.network_id = %(network)s AND n.by_network_at IS NOT NULL AND n.by_organisation_at IS NOT NULL
        AND {ORGANISATION_SHOWN.sql}
     ORDER BY g.sort_key, g.id LIMIT {MOST})
    UNION ALL
    (SELECT CASE WHEN l.kind = 'linked' THEN 'linked' WHEN l.source_id = %(network)s THEN 'parent' ELSE 'child' END,
        NULL, n.name, n.slug, n.colour, n.emblem, n.picture::text, NULL, NULL, NULL
     FROM forums_networklink l
     JOIN forums_network n ON n.id = CASE WHEN l.source_id = %(network)s THEN l.target_id ELSE l.source_id END
     WHERE (l.source_id = %(network)s OR l.target_id = %(network)s) AND l.confirmed_at IS NOT NULL AND {NETWORK_SHOWN.sql}
     ORDER BY n.sort_key, n.id LIMIT {MOST})
    UNION ALL
    (SELECT 'board', b.id, b.name, b.slug, CASE WHEN b.read_level >= 0 THEN 'closed' END, NULL, NULL, NULL, NULL, NULL
     FROM forums_board b WHERE b.network_id = %(network)s AND {BOARD_READABLE.sql}
     ORDER BY b.position, b.id LIMIT {MOST})
    UNION ALL
    (SELECT 'article', t.id, t.title, t.slug, NULL, NULL, NULL, t.created_at, NULL, NULL
     FROM forums_board b, LATERAL (
        SELECT * FROM forums_topic t WHERE t.board_id = b.id AND t.kind = 'article' AND {TOPIC_LISTED.sql}
        ORDER BY t.created_at DESC, t.id DESC LIMIT 6) t
     WHERE b.network_id = %(network)s AND {BOARD_READABLE.sql}
     ORDER BY t.created_at DESC, t.id DESC LIMIT 6)
    UNION ALL
    (SELECT 'joins', its.n, NULL, NULL, NULL, NULL, NULL, its.last, NULL, NULL FROM (
        SELECT start AT TIME ZONE 'Asia/Bangkok' AS start, (start + interval '1 month') AT TIME ZONE 'Asia/Bangkok' AS next
        FROM generate_series(0, {MONTHS} - 1) AS back,
            LATERAL (SELECT %(month)s AT TIME ZONE 'Asia/Bangkok' - back * interval '1 month' AS start OFFSET 0) month
        ) month, LATERAL (
            SELECT count(*) AS n, max(created_at) AS last FROM forums_happening
            WHERE network_id = %(network)s AND what = 'joined'
                AND created_at >= month.start AND created_at < month.next) its
     WHERE its.n > 0)
"""  # noqa: S608


def parts(network: Network, member: Any, *, month: datetime) -> Parts:
    """All that is small on the overview: one statement.

    How many joined is said of the month that begins there, in Bangkok, and of those before. Which contacts she is shown
    is asked here, not in the statement.
    """
    shown = [who for who in Audience.values if may_see(member, network.pk, who)]
    rows = select(
        _PARTS,
        network=network.pk,
        home=network.home_id,
        audiences=shown,
        month=month,
        **reader(member),
    )
    return made(tuple(map(OverviewRow._make, rows)), network.home_id)


def made(rows: tuple[OverviewRow, ...], home_id: int | None) -> Parts:
    """The parts that these rows are, of a network whose home is the organisation of this id."""
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.part].append(_MADE[row.part](row))
    return Parts(
        rows=rows,
        tags=found["tag"],
        contacts=found["contact"],
        offices=found["office"],
        home=next(iter(found["home"]), None),
        organisations=[each for each in found["organisation"] if each.pk != home_id],
        parents=found["parent"],
        children=found["child"],
        linked=found["linked"],
        boards=found["board"],
        events=found["article"] + found["joins"],
    )


def _tag(row: OverviewRow) -> TagRef:
    return TagRef(row.name, _tagged(row.slug))


@lru_cache(maxsize=4096)
def _tagged(key: str) -> str:
    return f"/networks/?{urlencode({'tag': key})}"


def _contact(row: OverviewRow) -> ContactRow:
    return ContactRow(row.name, row.said, contact_url(row.said), row.slug)


def _office(row: OverviewRow) -> OfficeRow:
    past = row.until is not None and row.until < timezone.localdate()
    if row.until is not None and not past:
        true_today(timezone.now())
    url = member_url(row.slug) if row.slug else ""
    return OfficeRow(row.name, row.said, url, term(row.since, row.until), past)


def _organisation(row: OverviewRow) -> AffiliatedRow:
    return AffiliatedRow(row.pk, row.name, organisation_url(row.slug), row.said)


def _network(row: OverviewRow) -> LinkedRow:
    picture_url = network_picture_url(row.picture, size=72)
    return LinkedRow(row.name, network_url(row.slug), row.said, row.emblem, picture_url)


def _board(row: OverviewRow) -> BoardRow:
    return BoardRow(row.pk, row.name, board_url(row.slug), closed=row.said is not None)


def _article(row: OverviewRow) -> EventRow:
    return EventRow(ARTICLE, row.at, row.name, topic_url(row.pk, row.slug))


def _joins(row: OverviewRow) -> EventRow:
    return EventRow(JOINED_IN_MONTH, row.at, count=row.pk)


_MADE: dict[str, Callable[[OverviewRow], Any]] = {
    "tag": _tag,
    "contact": _contact,
    "office": _office,
    "home": _organisation,
    "organisation": _organisation,
    "parent": _network,
    "child": _network,
    "linked": _network,
    "board": _board,
    "article": _article,
    "joins": _joins,
}


_BOARDS = (
    f"SELECT b.id FROM forums_board b WHERE b.network_id = %(network)s AND {BOARD_READABLE.sql}"  # noqa: S608
)


def boards_of(network: Network, member: Any) -> list[int]:
    """The boards of a network that `member` may enter, by id."""
    return [pk for (pk,) in select(_BOARDS, network=network.pk, **reader(member))]


def waiting(network: Network) -> dict[str, int]:
    """How much there is for a network's coordinators, of each kind: one query."""
    its = {
        "requests": JoinRequest.objects.filter(decided_at=None),
        "invitations": Invitation.objects.filter(
            revoked_at=None, expires_at__gt=timezone.now(), uses__lt=F("max_uses")
        ),
        "organisations": NetworkOrganisation.objects.filter(by_network_at=None),
        "contacts": Contact.objects.all(),
        "offices": Office.objects.all(),
        "boards": Board.objects.all(),
        "topics": TopicNetwork.objects.filter(state__in=[State.INVITED, State.ASKED]),
    }
    found = {name: rows.filter(network=network.pk) for name, rows in its.items()}
    found["links"] = NetworkLink.objects.filter(target=network.pk, confirmed_at=None)
    counts = Network.objects.filter(pk=network.pk).values_list(*map(_count, found.values())).get()
    return dict(zip(found, counts, strict=True))


def _count(rows: QuerySet[Any]) -> Func:
    return Func(
        ArraySubquery(rows.order_by().values("pk")),
        function="cardinality",
        output_field=IntegerField(),
    )
