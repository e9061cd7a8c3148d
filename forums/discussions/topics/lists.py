"""Lists of topics: which order, which page, and what a row shows. Reads only.

Pages are keysets (`forums.base.keyset`).
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from accounts.models import member_url, picture_url
from forums.base.constant_sql import select
from forums.base.keyset import MOMENT, NUMBER, REAL, Keyset, Page, Value
from forums.base.visibility import reader
from forums.discussions.topics.models import (
    TOPIC_FOR_LIST,
    TOPIC_LISTED,
    TaggedTopic,
    Topic,
    TopicKind,
    TopicQuerySet,
    kind_icon,
    topic_url,
)
from forums.groups.memberships.models import roles_of
from forums.groups.networks.models import NETWORK_SHOWN, network_url
from forums.text import dates
from forums.text.thai import initial

SIZE = 20
EVERY = 5  # each fifth row of a member's latest list is from elsewhere
LIVELY = timedelta(days=60)  # … and was talked in lately
MET = 40  # how many of them an address remembers
Row = dict[str, Any]

_COLUMNS = (
    "id", "title", "slug", "kind", "created_at", "last_post_at", "hot", "reply_count",
    "taking_part", "locked_at", "pinned_at", "accepted_post_id", "board_id", "board__name",
    "board__slug", "author_id", "network_id", "voices",
)  # fmt: skip


def _by(column: str, value: Value) -> Keyset:
    return Keyset({column: value, "id": NUMBER}, falling=True, onward="before", back="after")


LATEST, NEWEST, HOTTEST = _by("last_post_at", MOMENT), _by("created_at", MOMENT), _by("hot", REAL)


def latest(topics: TopicQuerySet, query: Any) -> Page[Row]:
    """By the last post, newest first."""
    return _dressed(_page(LATEST, topics, query))


def latest_seeing_others(topics: TopicQuerySet, query: Any, *, member: Any) -> Page[Row]:
    """`latest`, in which every fifth row is from a network `member` is not in, and says so (`from_others`).

    What stood in a fifth row is left out of the pages after (`met` in their addresses): a reader never
    meets it twice. Where no such topic is left the list is the plain one.
    """
    met = _met(query)
    page = _page(LATEST, topics.exclude(pk__in=met) if met else topics, query)
    if query.get("after"):
        return _dressed(page)
    seen = [row["id"] for row in page.rows[: SIZE - SIZE // EVERY]]
    mine = list(roles_of(member))
    hers = Q(network__in=mine) | Q(board__network__in=mine)
    others = (
        topics.filter(Q(network__isnull=False) | Q(board__network__isnull=False))
        .exclude(pk__in=[*seen, *met])
        .filter(last_post_at__gt=timezone.now() - LIVELY)
        .order_by("-last_post_at", "-id")
    )
    found = _found((others.exclude(hers) if mine else others)[: SIZE // EVERY])
    if not found:
        return _dressed(page)
    for row in found:
        row["from_others"] = True
    away = {row["id"] for row in found}
    own = [row for row in page.rows if row["id"] not in away]
    cut = own[: SIZE - len(found)]
    onward = LATEST.onward_from(cut[-1]) if len(own) > len(cut) else page.next
    if onward:
        kept = [*met, *(row["id"] for row in found)][-MET:]
        onward += "&met=" + ".".join(map(str, kept))
    rows = []
    for place, row in enumerate(cut, start=1):
        rows.append(row)
        if place % (EVERY - 1) == 0 and found:
            rows.append(found.pop(0))
    return _dressed(replace(page, rows=[*rows, *found], next=onward))


def _met(query: Any) -> list[int]:
    """The topics that stood in fifth rows before; Http404 for a mangled list."""
    asked = query.get("met", "")
    if not asked:
        return []
    parts = asked.split(".")
    if len(parts) > MET or not all(p.isascii() and p.isdigit() and len(p) < 19 for p in parts):
        raise Http404
    return [int(part) for part in parts]


def newest(topics: TopicQuerySet, query: Any) -> Page[Row]:
    """By when they were started, newest first."""
    return _dressed(_page(NEWEST, topics, query))


def unanswered(topics: TopicQuerySet, query: Any) -> Page[Row]:
    """Those nobody has answered yet, newest first."""
    return _dressed(_page(NEWEST, topics.filter(reply_count=0), query))


def hot(topics: TopicQuerySet, query: Any) -> Page[Row]:
    """The liveliest first (`forums.discussions.posts.counters.hotness` is the formula)."""
    return _dressed(_page(HOTTEST, topics, query))


def with_pinned(topics: TopicQuerySet, query: Any) -> Page[Row]:
    """By the last post; on the first page the pinned topics (twenty at most) apart."""
    page = _page(LATEST, topics.filter(pinned_at=None), query)
    if page.is_first:
        pinned = topics.filter(pinned_at__isnull=False).order_by("-pinned_at")
        page = replace(page, apart=_found(pinned[:SIZE]))
    return _dressed(page)


def _page(order: Keyset, topics: TopicQuerySet, query: Any) -> Page[Row]:
    return order.page(topics, query, size=SIZE, read=_found)


def _dressed(page: Page[Row]) -> Page[Row]:
    _dress([*page.apart, *page.rows])
    return page


# Each board by its own index, then the topics the network takes part in: the plan is one for all
# networks, and following one index over all topics would suit only those with much in it.
_LATEST_OF = f"""
    WITH near AS MATERIALIZED (
        SELECT latest.id FROM unnest(%(boards)s::bigint[]) AS board(id), LATERAL (
            SELECT t.id FROM forums_topic t
            WHERE t.board_id = board.id AND {TOPIC_LISTED.sql}
            ORDER BY t.last_post_at DESC, t.id DESC LIMIT %(count)s) latest
        UNION (
            SELECT v.topic_id FROM forums_topicnetwork v
            WHERE v.network_id = %(network)s AND v.state = 'joined'
            ORDER BY v.topic_id DESC LIMIT 500))
    SELECT t.id, t.title, t.slug, t.kind, t.created_at, t.last_post_at, t.hot, t.reply_count,
        t.taking_part, t.locked_at, t.pinned_at, t.accepted_post_id, t.board_id, b.name, b.slug,
        t.author_id, t.network_id, t.voices
    FROM near JOIN forums_topic t ON t.id = near.id JOIN forums_board b ON b.id = t.board_id
    WHERE {TOPIC_FOR_LIST.sql}
    ORDER BY t.last_post_at DESC, t.id DESC LIMIT %(count)s
"""  # noqa: S608 - made of constants; the columns are _COLUMNS


def latest_of(member: Any, network_id: int, *, boards: list[int], count: int) -> list[Row]:
    """The few that were written in last, in these boards or with the network taking part: all she may read."""
    return _dress(_found_of(member, network_id, boards, count))


def first_page_of(member: Any, network_id: int, *, boards: list[int]) -> Page[Row]:
    """The first page of the same; `latest` turns the others."""
    rows = _found_of(member, network_id, boards, SIZE + 1)
    return _dressed(LATEST.page_of(rows, None, size=SIZE))


def _found_of(member: Any, network_id: int, boards: list[int], count: int) -> list[Row]:
    found = select(_LATEST_OF, boards=boards, network=network_id, count=count, **reader(member))
    return [dict(zip(_COLUMNS, row, strict=True)) for row in found]


def _found(topics: TopicQuerySet) -> list[Row]:
    return [dict(zip(_COLUMNS, row, strict=True)) for row in topics.values_list(*_COLUMNS)]


def _dress(found: list[Row]) -> list[Row]:
    """Add what a row shows: its tags, its people, its networks: one query for all of them."""
    if not found:
        return found
    tags, people, networks = _about(found)
    kinds = {value: str(label) for value, label in TopicKind.choices}
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
            "from": networks.get(row.pop("network_id")),
            "beads": [networks[pk] for pk in row.pop("voices") if pk in networks],
            "people": [people[pk] for pk in reversed(row.pop("taking_part")) if pk in people],
        }
        row["replies"] = str(
            row["reply_count"]
        )  # a template asks of a number how it is written here
        row["names"] = (", " if row["beads"] else " ").join(
            each["name"] for each in row["beads"] or row["people"]
        )
    return found


_ABOUT = f"""
    (SELECT 'tag', g.content_object_id, t.name, t.slug, NULL, NULL, NULL::uuid
     FROM forums_taggedtopic g JOIN forums_tag t ON t.id = g.tag_id
     WHERE g.content_object_id = ANY(%(topics)s) ORDER BY g.id)
    UNION ALL
    (SELECT 'person', id, display_name, handle, NULL, NULL, picture
     FROM accounts_member WHERE id = ANY(%(people)s))
    UNION ALL
    (SELECT 'network', n.id, n.name, n.slug, n.colour, n.emblem, NULL
     FROM forums_network n WHERE n.id = ANY(%(networks)s) AND {NETWORK_SHOWN.sql})
"""  # noqa: S608 - made of constants


def _about(found: list[Row]) -> tuple[dict[int, list[Row]], dict[int, Row], dict[int, Row]]:
    """The tags of these topics, by topic; the people and networks they name, by id. Hidden ones have no mark."""
    people_ids = {pk for row in found for pk in (row["author_id"], *row["taking_part"])}
    network_ids = {pk for row in found for pk in (row["network_id"], *row["voices"]) if pk}
    tags: dict[int, list[Row]] = {}
    people: dict[int, Row] = {}
    networks: dict[int, Row] = {}
    for what, pk, name, slug, colour, emblem, picture in select(
        _ABOUT,
        topics=[row["id"] for row in found],
        people=list(people_ids),
        networks=list(network_ids),
    ):
        if what == "tag":
            tags.setdefault(pk, []).append({"name": name, "url": f"/tags/{slug}/"})
        elif what == "person":
            people[pk] = {
                "name": name,
                "url": member_url(slug),
                "initial": initial(name),
                "picture": picture_url(picture, size=72),
            }
        else:
            networks[pk] = {
                "name": name, "url": network_url(slug), "colour": colour, "emblem": emblem,
            }  # fmt: skip
    return tags, people, networks


MOST_NETWORKS = 24  # beside one topic

_AROUND = f"""
    (SELECT t.name, t.slug, NULL::bigint, NULL::uuid, NULL, NULL, NULL::integer, NULL::boolean
     FROM forums_taggedtopic g JOIN forums_tag t ON t.id = g.tag_id
     WHERE g.content_object_id = %(topic)s ORDER BY g.id)
    UNION ALL
    (SELECT display_name, handle, id, picture, NULL, NULL, NULL, NULL
     FROM accounts_member WHERE id = ANY(%(people)s))
    UNION ALL
    (SELECT n.name, n.slug, n.id, NULL, n.colour, n.emblem, v.post_count,
        EXISTS (SELECT FROM forums_view w WHERE w.topic_id = v.topic_id AND w.network_id = n.id)
     FROM forums_topicnetwork v JOIN forums_network n ON n.id = v.network_id
     WHERE v.topic_id = %(topic)s AND {NETWORK_SHOWN.sql} AND (v.post_count > 0 OR v.state = 'joined')
     ORDER BY v.first_at, v.id LIMIT {MOST_NETWORKS})
"""  # noqa: S608 - made of constants


def around(topic: Topic) -> tuple[list[Row], list[Row], list[Row]]:
    """A topic's tags; those who took part lately, the last first; its networks as they came: one query."""
    tags, found, networks = [], {}, []
    for name, slug, pk, picture, colour, emblem, posts, view in select(
        _AROUND, topic=topic.pk, people=topic.taking_part
    ):
        if pk is None:
            tags.append({"name": name, "url": f"/tags/{slug}/"})
        elif colour is not None:
            networks.append(
                {
                    "id": pk,
                    "name": name,
                    "slug": slug,
                    "url": network_url(slug),
                    "colour": colour,
                    "emblem": emblem,
                    "posts": posts,
                    "view": view,
                }
            )
        else:
            found[pk] = {
                "name": name,
                "url": member_url(slug),
                "picture": picture_url(picture, size=72),
            }
    return tags, [found[pk] for pk in topic.taking_part if pk in found], networks


def tags_of(topic_id: int) -> list[Row]:
    """One topic's tags."""
    tags = TaggedTopic.objects.filter(content_object=topic_id).order_by("pk")
    return [
        {"name": name, "url": f"/tags/{slug}/"}
        for name, slug in tags.values_list("tag__name", "tag__slug")
    ]
