"""Lists of topics: which order, which page, and what a row shows. Reads only.

Pages are keysets: an address names the last row one saw, so a page costs the same however far
back it lies, and a reader never meets a row twice because somebody wrote meanwhile.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from accounts.models import member_url, picture_url
from forums.constant_sql import select
from forums.text import dates
from forums.text.thai import initial
from forums.topics.models import (
    Kind,
    Topic,
    TopicQuerySet,
    kind_icon,
    topic_url,
)

SIZE = 20
Row = dict[str, Any]

_COLUMNS = (
    "id", "title", "slug", "kind", "created_at", "last_post_at", "hot", "reply_count",
    "taking_part", "locked_at", "pinned_at", "accepted_post_id", "board_id", "board__name",
    "board__slug", "author_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the query strings of the neighbouring pages ('' where there is none)."""

    rows: list[Row]
    newer: str
    older: str
    is_first: bool
    pinned: Sequence[Row] = ()


def latest(topics: TopicQuerySet, query: Any) -> Page:
    """By the last post, newest first."""
    return _page(topics, query, key="last_post_at")


def newest(topics: TopicQuerySet, query: Any) -> Page:
    """By when they were started, newest first."""
    return _page(topics, query, key="created_at")


def unanswered(topics: TopicQuerySet, query: Any) -> Page:
    """Those nobody has answered yet, newest first."""
    return _page(topics.filter(reply_count=0), query, key="created_at")


def hot(topics: TopicQuerySet, query: Any) -> Page:
    """The liveliest first (`forums.posts.counters.hot` is the formula)."""
    return _page(topics, query, key="hot")


def with_pinned(topics: TopicQuerySet, query: Any) -> Page:
    """By the last post; on the first page the pinned topics (twenty at most) apart."""
    pinned: list[Row] = []
    if not query.get("before") and not query.get("after"):
        pinned = _found(topics.filter(pinned_at__isnull=False).order_by("-pinned_at")[:SIZE])
    return _page(topics.filter(pinned_at=None), query, key="last_post_at", pinned=pinned)


def first(topics: TopicQuerySet, count: int) -> list[Row]:
    """The rows of the few that were written in last, for a page about something else."""
    return _dress(_found(topics.order_by("-last_post_at", "-id")[:count]))


def of_ids(topics: TopicQuerySet, ids: list[int]) -> list[Row]:
    """The rows of these topics, in this order; those not in `topics` are left out."""
    rows = {row["id"]: row for row in _dress(_found(topics.filter(pk__in=ids)))}
    return [rows[pk] for pk in ids if pk in rows]


def _page(topics: TopicQuerySet, query: Any, *, key: str, pinned: Sequence[Row] = ()) -> Page:
    """`query` may hold `before` or `after`: a key and an id. Raises Http404 for a mangled one."""
    if after := query.get("after"):
        value, pk = _parse(after, key)
        found = topics.filter(
            Q(**{f"{key}__gte": value}), Q(**{f"{key}__gt": value}) | Q(pk__gt=pk)
        )
        rows = _found(found.order_by(key, "id")[: SIZE + 1])
        more = len(rows) > SIZE
        rows = _dress(rows[:SIZE][::-1])
        return Page(
            rows,
            _cursor("after", rows[:1], key) if more else "",
            _cursor("before", rows[-1:], key),
            False,
        )
    before = query.get("before")
    if before:
        value, pk = _parse(before, key)
        topics = topics.filter(
            Q(**{f"{key}__lte": value}), Q(**{f"{key}__lt": value}) | Q(pk__lt=pk)
        )
    rows = _found(topics.order_by(f"-{key}", "-id")[: SIZE + 1])
    older = _cursor("before", rows[SIZE - 1 : SIZE], key) if len(rows) > SIZE else ""
    rows = rows[:SIZE]
    _dress([*pinned, *rows])
    newer = _cursor("after", rows[:1], key) if before else ""
    return Page(rows, newer, older, not before, pinned)


def _cursor(name: str, rows: list[Row], key: str) -> str:
    if not rows:
        return ""
    value = rows[0][key]
    if isinstance(value, datetime):
        value = int((value - _EPOCH).total_seconds() * 1_000_000 + 0.5)
    return f"{name}={value}_{rows[0]['id']}"


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _parse(cursor: str, key: str) -> tuple[Any, int]:
    try:
        value, pk = cursor.split("_")
        if key == "hot":
            return float(value), int(pk)
        microseconds = int(value)
        if not 0 <= microseconds < 2**53 or not 0 <= int(pk) < 2**63:
            raise ValueError
        seconds, rest = divmod(microseconds, 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), int(pk)
    except (ValueError, OverflowError) as error:
        raise Http404 from error


def _found(topics: TopicQuerySet) -> list[Row]:
    return [dict(zip(_COLUMNS, row, strict=True)) for row in topics.values_list(*_COLUMNS)]


def _dress(found: list[Row]) -> list[Row]:
    """Add what a row shows: its tags and the names of its people, two queries for all of them."""
    tags = _tags(row["id"] for row in found)
    people = _people({pk for row in found for pk in (row["author_id"], *row["taking_part"])})
    kinds = {value: str(label) for value, label in Kind.choices}
    now = timezone.now()
    for row in found:
        row |= {
            "url": topic_url(row["id"], row.pop("slug")),
            "kind_label": kinds[row["kind"]],
            "icon": kind_icon(row["kind"]),
            "iso": row["last_post_at"].isoformat(timespec="seconds"),
            "board": row.pop("board__name"),
            "board_url": f"/b/{row.pop('board__slug')}/",
            "author": people[row["author_id"]]["name"],
            "author_url": people[row["author_id"]]["url"],
            "when": dates.ago(row["last_post_at"], now),
            "tags": tags.get(row["id"], []),
            "people": [people[pk] for pk in reversed(row.pop("taking_part")) if pk in people],
        }
    return found


_TAGS = """
    SELECT g.content_object_id, t.name, t.slug
    FROM forums_taggedtopic g JOIN forums_tag t ON t.id = g.tag_id
    WHERE g.content_object_id = ANY(%s) ORDER BY g.id
"""


def _tags(ids: Iterable[int]) -> dict[int, list[Row]]:
    tags: dict[int, list[Row]] = {}
    for topic_id, name, slug in select(_TAGS, list(ids)):
        tags.setdefault(topic_id, []).append({"name": name, "url": f"/tags/{slug}/"})
    return tags


_TAGS_AND_PEOPLE = """
    (SELECT t.name, t.slug, NULL::bigint, NULL::uuid
     FROM forums_taggedtopic g JOIN forums_tag t ON t.id = g.tag_id
     WHERE g.content_object_id = %s ORDER BY g.id)
    UNION ALL
    SELECT display_name, handle, id, picture FROM accounts_member WHERE id = ANY(%s)
"""


def tags_and_people(topic: Topic) -> tuple[list[Row], list[Row]]:
    """A topic's tags, and those who took part lately, the last first: one query."""
    tags, found = [], {}
    for name, slug, pk, picture in select(_TAGS_AND_PEOPLE, topic.pk, topic.taking_part):
        if pk is None:
            tags.append({"name": name, "url": f"/tags/{slug}/"})
        else:
            found[pk] = {
                "name": name,
                "url": member_url(slug),
                "picture": picture_url(picture, size=72),
            }
    return tags, [found[pk] for pk in topic.taking_part if pk in found]


def tags_of(topic_id: int) -> list[Row]:
    """One topic's tags."""
    return _tags([topic_id]).get(topic_id, [])


_PEOPLE = "SELECT id, display_name, handle, picture FROM accounts_member WHERE id = ANY(%s)"


def _people(ids: set[int]) -> dict[int, Row]:
    return {
        pk: {
            "name": name,
            "url": member_url(handle),
            "initial": initial(name),
            "picture": picture_url(picture, size=72),
        }
        for pk, name, handle, picture in select(_PEOPLE, list(ids))
    }
