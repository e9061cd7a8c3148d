"""What happened in a network, from its history: for everyone in part, for its coordinators every line.

Nobody is told here of what she may not read: a line about a topic, an activity or a network that is
not hers to know is left out of the timeline, and stands without its name in the history.
"""

from datetime import UTC, datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q
from django.db.models.functions import TruncMonth

from accounts.models import member_url
from forums.activities.models import ACTIVITY_VISIBLE, activity_url
from forums.base.constant_sql import select
from forums.base.keyset import MOMENT, NUMBER, Keyset, Page
from forums.base.visibility import EVERYTHING, reader, sees_all
from forums.discussions.topics.models import TOPIC_FOR_LIST, Topic, TopicKind, topic_url
from forums.groups.networks.models import NETWORK_VISIBLE, Event, EventKind, Network, network_url
from forums.groups.organisations.models import organisation_url
from forums.text.dates import BANGKOK

SIZE = 20
HISTORY_SIZE = 40
_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
_TIMELINE = Keyset({"at": MOMENT}, falling=True, onward="before")
_HISTORY = Keyset({"created_at": MOMENT, "id": NUMBER}, falling=True, onward="before")
Row = dict[str, Any]

# What strangers are told of. Who joined, was refused or removed is nobody else's business.
PUBLIC = (
    EventKind.REGISTERED, EventKind.ORGANISATION_JOINED, EventKind.ORGANISATION_LEFT, EventKind.LINKED,
    EventKind.UNLINKED, EventKind.ACTIVITY_REPORTED, EventKind.TOPIC_JOINED, EventKind.VIEW,
    EventKind.VERIFIED, EventKind.ARCHIVED, EventKind.REOPENED, EventKind.MERGED, EventKind.TAKEN_OVER,
)  # fmt: skip

_COLUMNS = (
    "id", "what", "created_at", "details",
    "actor__display_name", "actor__handle", "member__display_name", "member__handle",
    "organisation__name", "organisation__slug", "other__name", "other__slug",
    "topic_id", "topic__title", "topic__slug", "activity_id", "activity__title", "activity__slug",
)  # fmt: skip


def _knowable(member: Any) -> Q:
    """The condition that what a line is about may be known to `member`."""
    if sees_all(member):
        return EVERYTHING
    return (
        (Q(topic=None) | TOPIC_FOR_LIST.q(member, "topic__"))
        & (Q(activity=None) | ACTIVITY_VISIBLE.q(member, "activity__"))
        & (Q(other=None) | NETWORK_VISIBLE.q(member, "other__"))
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
    SELECT h.id, h.what, h.created_at, NULL, NULL, NULL, NULL, NULL, g.name, g.slug, n.name, n.slug,
        h.topic_id, t.title, t.slug, h.activity_id, a.title, a.slug
    FROM (SELECT * FROM lines ORDER BY created_at DESC, id DESC) h
    LEFT JOIN LATERAL (
        SELECT g.name, g.slug FROM forums_organisation g WHERE g.id = h.organisation_id OFFSET 0
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
    ORDER BY h.created_at DESC, h.id DESC LIMIT %(limit)s
"""  # noqa: S608 - made of constants


def events(
    network: Network, member: Any, *, before: datetime | None = None, limit: int = SIZE
) -> list[Row]:
    """The newest lines strangers are told of, as far as `member` may know what they are about.

    They name no persons and have no details.
    """
    found = select(
        _HAPPENINGS,
        network=network.pk,
        public=list(PUBLIC),
        before=before or _FOREVER,
        limit=limit,
        **reader(member),
    )
    return [_row(dict(zip(_COLUMNS, values, strict=True))) for values in found]


def timeline(network: Network, member: Any, query: Any) -> Page[Row]:
    """One page of the timeline: the history, the articles of its boards, and how many joined, by month.

    Three statements on every page. Lines of one moment are never parted.
    """
    place = _TIMELINE.place(query)
    before = place.values[0] if place else None
    rows = events(network, member, before=before, limit=SIZE + 1)
    rows += _articles(network, member, before)
    rows += _joins(network, before)
    rows.sort(key=lambda row: row["at"], reverse=True)
    last = rows[SIZE - 1]["at"] if len(rows) > SIZE else None
    shown = [row for row in rows if last is None or row["at"] >= last]
    onward = _TIMELINE.onward_from(shown[-1]) if len(shown) < len(rows) else ""
    return Page(shown, next=onward, is_first=before is None)


def _articles(network: Network, member: Any, before: datetime | None) -> list[Row]:
    articles = Topic.objects.for_list(member).filter(
        board__network=network.pk, kind=TopicKind.ARTICLE
    )
    if before:
        articles = articles.filter(created_at__lt=before)
    columns = ("id", "title", "slug", "created_at", "author__display_name", "author__handle")
    found = articles.order_by("-created_at", "-id").values_list(*columns)[: SIZE + 1]
    return [
        {
            "what": "article",
            "at": at,
            "topic": title,
            "topic_url": topic_url(pk, slug),
            "actor": name,
            "actor_url": member_url(handle),
        }
        for pk, title, slug, at, name, handle in found
    ]


def _joins(network: Network, before: datetime | None) -> list[Row]:
    """How many joined in each month: a number, no names."""
    found = (
        Event.objects.filter(network=network.pk, what=EventKind.JOINED)
        .values(month=TruncMonth("created_at", tzinfo=BANGKOK))
        .annotate(count=Count("*"), at=Max("created_at"))
        .filter(at__lt=before or _FOREVER)
        .order_by("-at")[: SIZE + 1]
    )
    return [
        joined(month=f"{row['month']:%Y-%m}", count=row["count"], at=row["at"]) for row in found
    ]


def joined(*, month: str, count: int, at: datetime) -> Row:
    """The line of a month (2026-11) in which so many joined, the last of them at `at`."""
    return {"what": "joined_month", "at": at, "month": month, "count": count}


def history(network: Network, member: Any, query: Any) -> Page[Row]:
    """One page of every line there is. What `member` may not read is not named."""
    found = Event.objects.filter(network=network.pk).annotate(
        known=ExpressionWrapper(_knowable(member), output_field=BooleanField())
    )
    page = _HISTORY.page(found.values(*_COLUMNS, "known"), query, size=HISTORY_SIZE)
    return page.with_rows([_row(row, known=bool(row["known"])) for row in page.rows])


def _row(row: Row, *, known: bool = True) -> Row:
    made: Row = {
        "id": row["id"],
        "what": row["what"],
        "at": row["created_at"],
        "details": row["details"] if isinstance(row["details"], dict) else {},
    }
    for who in ("actor", "member"):
        made[who] = row[f"{who}__display_name"] or ""
        made[f"{who}_url"] = member_url(row[f"{who}__handle"]) if made[who] else ""
    made["organisation"] = row["organisation__name"] or ""
    if made["organisation"]:
        made["organisation_url"] = organisation_url(row["organisation__slug"])
    for thing, there in (
        ("other", known and row["other__slug"]),
        ("topic", known and row["topic_id"]),
        ("activity", known and row["activity_id"]),
    ):
        made[thing] = (row.get(f"{thing}__title") or row.get(f"{thing}__name")) if there else ""
    if made["other"]:
        made["other_url"] = network_url(row["other__slug"])
    if made["topic"]:
        made["topic_url"] = topic_url(row["topic_id"], row["topic__slug"])
    if made["activity"]:
        made["activity_url"] = activity_url(row["activity_id"], row["activity__slug"])
    return made
