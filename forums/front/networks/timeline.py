"""What happened in a network, from its history: for everyone in part, for its coordinators every line.

Nobody is told here of what she may not read: a line about a topic, an activity or a network that is
not hers to know is left out of the timeline, and stands without its name in the history.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from forums.activities.models import ACTIVITY_VISIBLE, activity_url
from forums.base.constant_sql import select
from forums.base.keyset import MOMENT, NUMBER, Keyset, Page
from forums.base.visibility import EVERYTHING, reader, sees_all
from forums.discussions.topics.models import TOPIC_FOR_LIST, Topic, TopicKind, topic_url
from forums.groups.networks.models import NETWORK_VISIBLE, Event, EventKind, Network, network_url
from forums.groups.organisations.models import ORGANISATION_SHOWN, organisation_url

SIZE = 20
HISTORY_SIZE = 40
_EVER, _FOREVER = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_TIMELINE = Keyset({"at": MOMENT}, falling=True, onward="before")
_HISTORY = Keyset({"created_at": MOMENT, "id": NUMBER}, falling=True, onward="before")
ARTICLE, JOINED_IN_MONTH = "article", "joined_in_month"  # told beside what the history holds


@dataclass(slots=True)
class EventRow:
    """Something that happened, and what it is about, as far as the reader may know that."""

    what: str  # an EventKind or one of the two above
    at: datetime
    about: str = ""
    url: str = ""
    other: str = ""  # the network that did it, where it is not the one whose page this is
    count: int = 0  # of those who joined in the month of `at`


@dataclass(slots=True)
class HistoryRow(EventRow):
    """A line of the whole history: by whom and about whom too, by name, and what was noted of it."""

    actor: str = ""
    member: str = ""
    details: dict[str, Any] = field(default_factory=dict)


# What strangers are told of. Who joined, was refused or removed is nobody else's business.
PUBLIC = (
    EventKind.REGISTERED, EventKind.ORGANISATION_JOINED, EventKind.ORGANISATION_LEFT, EventKind.LINKED,
    EventKind.UNLINKED, EventKind.ACTIVITY_REPORTED, EventKind.TOPIC_JOINED, EventKind.VIEW,
    EventKind.VERIFIED, EventKind.ARCHIVED, EventKind.REOPENED, EventKind.MERGED, EventKind.TAKEN_OVER,
    EventKind.UNMERGED,
)  # fmt: skip

_PUBLIC = [kind.value for kind in PUBLIC]

# What a line may be about: `_about` makes words of it.
_THINGS = (
    "topic_id", "topic__title", "topic__slug", "activity_id", "activity__title", "activity__slug",
    "other__name", "other__slug", "organisation__name", "organisation__slug",
)  # fmt: skip


def _knowable(member: Any) -> Q:
    """The condition that what a line is about may be known to `member`."""
    if sees_all(member):
        return EVERYTHING
    return (
        (Q(topic=None) | TOPIC_FOR_LIST.q(member, "topic__"))
        & (Q(activity=None) | ACTIVITY_VISIBLE.q(member, "activity__"))
        & (Q(other=None) | NETWORK_VISIBLE.q(member, "other__"))
        & (Q(organisation=None) | ORGANISATION_SHOWN.q(path="organisation__"))
    )


# What `_knowable` says, for the lines strangers are told of. Joined, these tables cost the planner more
# than the page has: each is asked by itself (OFFSET 0), line by line, until there are enough. What is
# told is looked up one by one, too: of a large network nearly every line is one that is not.
_HAPPENINGS = f"""
    WITH lines AS MATERIALIZED (
        SELECT h.* FROM unnest(%(public)s::varchar[]) AS told(what), LATERAL (
            SELECT * FROM forums_happening
            WHERE network_id = %(network)s AND what = told.what AND created_at < %(before)s OFFSET 0
        ) h
    )
    SELECT h.what, h.created_at,
        h.topic_id, t.title, t.slug, h.activity_id, a.title, a.slug, n.name, n.slug, g.name, g.slug
    FROM (SELECT * FROM lines ORDER BY created_at DESC, id DESC) h
    LEFT JOIN LATERAL (
        SELECT g.id, g.name, g.slug FROM forums_organisation g
        WHERE g.id = h.organisation_id AND (%(sees_all)s OR {ORGANISATION_SHOWN.sql}) OFFSET 0
    ) g ON TRUE
    LEFT JOIN LATERAL (
        SELECT n.id, n.name, n.slug FROM forums_network n
        WHERE n.id = h.other_id AND {NETWORK_VISIBLE.sql} OFFSET 0
    ) n ON TRUE
    LEFT JOIN LATERAL (
        SELECT t.id, t.title, t.slug FROM forums_topic t JOIN forums_board b ON b.id = t.board_id
        WHERE t.id = h.topic_id AND (%(sees_all)s
            OR ({TOPIC_FOR_LIST.sql})) OFFSET 0
    ) t ON TRUE
    LEFT JOIN LATERAL (
        SELECT a.id, a.title, a.slug FROM forums_activity a WHERE a.id = h.activity_id AND {ACTIVITY_VISIBLE.sql}
        OFFSET 0
    ) a ON TRUE
    WHERE (h.other_id IS NULL OR n.id IS NOT NULL) AND (h.topic_id IS NULL OR t.id IS NOT NULL)
        AND (h.activity_id IS NULL OR a.id IS NOT NULL)
        AND (h.organisation_id IS NULL OR g.id IS NOT NULL)
    ORDER BY h.created_at DESC, h.id DESC LIMIT %(limit)s
"""  # noqa: S608 - made of constants


def events(
    network: Network, member: Any, *, before: datetime | None = None, limit: int = SIZE
) -> list[EventRow]:
    """The newest lines strangers are told of, as far as `member` may know what they are about.

    They name no persons and have no details.
    """
    found = select(
        _HAPPENINGS,
        network=network.pk,
        public=_PUBLIC,
        before=before or _FOREVER,
        limit=limit,
        **reader(member),
    )
    return [EventRow(what, at, *_about(*things)) for what, at, *things in found]


def timeline(network: Network, member: Any, query: Any) -> Page[EventRow]:
    """One page of the timeline: the history, the articles of its boards, and how many joined, by month.

    Three statements on every page. Lines of one moment are never parted.
    """
    place = _TIMELINE.place(query)
    before = place.values[0] if place else None
    rows = events(network, member, before=before, limit=SIZE + 1)
    rows += _articles(network, member, before)
    rows.sort(key=lambda row: row.at, reverse=True)
    floor = rows[SIZE].at if len(rows) > SIZE else _EVER
    rows += _joins(network, before or _FOREVER, floor)
    rows.sort(key=lambda row: row.at, reverse=True)
    last = rows[SIZE - 1].at if len(rows) > SIZE else None
    shown = [row for row in rows if last is None or row.at >= last]
    onward = _TIMELINE.onward_from(shown[-1]) if len(shown) < len(rows) else ""
    return Page(shown, next=onward, is_first=before is None)


def _articles(network: Network, member: Any, before: datetime | None) -> list[EventRow]:
    articles = Topic.objects.for_list(member).filter(
        board__network=network.pk, kind=TopicKind.ARTICLE
    )
    if before:
        articles = articles.filter(created_at__lt=before)
    columns = ("id", "title", "slug", "created_at")
    found = articles.order_by("-created_at", "-id").values_list(*columns)[: SIZE + 1]
    return [EventRow(ARTICLE, at, title, topic_url(pk, slug)) for pk, title, slug, at in found]


# From month to month in which anybody joined, back to the one of `floor`; only these are counted. What stands first
# is none, and the month of `before` is no line of this page if anybody joined in it later.
_JOINS = """
    WITH RECURSIVE month AS (
        SELECT %(before)s AT TIME ZONE 'Asia/Bangkok' AS start, 0 AS place
        UNION ALL
        SELECT date_trunc('month', last.created_at AT TIME ZONE 'Asia/Bangkok'), place + 1
        FROM month, LATERAL (
            SELECT created_at FROM forums_happening
            WHERE network_id = %(network)s AND what = 'joined'
                AND created_at < month.start AT TIME ZONE 'Asia/Bangkok'
            ORDER BY created_at DESC LIMIT 1) last
        WHERE place <= %(limit)s AND month.start AT TIME ZONE 'Asia/Bangkok' > %(floor)s
    )
    SELECT joined.last, joined.count FROM month, LATERAL (
        SELECT max(created_at) AS last, count(*) FROM forums_happening
        WHERE network_id = %(network)s AND what = 'joined'
            AND created_at >= month.start AT TIME ZONE 'Asia/Bangkok'
            AND created_at < (month.start + interval '1 month') AT TIME ZONE 'Asia/Bangkok') joined
    WHERE month.place > 0 AND joined.last < %(before)s ORDER BY joined.last DESC
"""


def _joins(network: Network, before: datetime, floor: datetime) -> list[EventRow]:
    """How many joined in each month, of the months that may stand on this page: a number, no names."""
    found = select(_JOINS, network=network.pk, before=before, floor=floor, limit=SIZE + 1)
    return [EventRow(JOINED_IN_MONTH, at, count=count) for at, count in found]


def history(network: Network, member: Any, query: Any) -> Page[HistoryRow]:
    """One page of every line there is. What `member` may not read is not named."""
    found = (
        Event.objects.filter(network=network.pk)
        .annotate(known=ExpressionWrapper(_knowable(member), output_field=BooleanField()))
        .values_list(
            "id", "what", "created_at", "details", "actor__display_name", "member__display_name",
            "known", *_THINGS, named=True,
        )
    )  # fmt: skip
    page = _HISTORY.page(found, query, size=HISTORY_SIZE)
    return page.with_rows(
        [
            HistoryRow(
                what,
                at,
                *_about(*things, known=known),
                actor=actor or "",
                member=about or "",
                details=details if isinstance(details, dict) else {},
            )
            for _pk, what, at, details, actor, about, known, *things in page.rows
        ]
    )


def _about(
    topic_id: int | None,
    topic: str,
    topic_slug: str,
    activity_id: int | None,
    activity: str,
    activity_slug: str,
    network: str | None,
    network_slug: str | None,
    organisation: str | None,
    organisation_slug: str | None,
    *,
    known: bool = True,
) -> tuple[str, str, str]:
    """The name and the address of what a line is about, '' for nothing; and of a topic the name of the network that came
    into it, where that is another than the one whose page this is."""
    if known and topic_id:
        return topic, topic_url(topic_id, topic_slug), network or ""
    if known and activity_id:
        return activity, activity_url(activity_id, activity_slug), ""
    if known and network and network_slug:
        return network, network_url(network_slug), ""
    if known and organisation and organisation_slug:
        return organisation, organisation_url(organisation_slug), ""
    return "", "", ""
