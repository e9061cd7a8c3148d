"""Lists of topics: which order, and which page (`rows` says what a row shows). Reads only.

Pages are keysets (`forums.base.keyset`).
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core.cache import caches
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from forums.base.constant_sql import select
from forums.base.keyset import MOMENT, NUMBER, REAL, Keyset, Page, Place, Value
from forums.base.visibility import is_signed_in, reader
from forums.discussions.boards.models import BOARD_READABLE
from forums.discussions.topics.models import TOPIC_FOR_LIST, TOPIC_LISTED, TopicQuerySet
from forums.discussions.topics.rows import COLUMNS, FoundTopic, TopicRow, dressed
from forums.groups.memberships.models import roles_of

SIZE = 20
EVERY = 5  # each fifth row of a member's latest list is from elsewhere
LIVELY = timedelta(days=60)  # … and was talked in lately
MET = 40  # how many of them an address remembers
COUNTED = 100  # a count goes no further
FEW = 500  # topics a network takes part in that are looked at one by one
WALKED = (
    3_000  # of all topics, among which those of a network that takes part in more are looked for
)
_MINUTE = 60


def _by(column: str, value: Value) -> Keyset:
    return Keyset({column: value, "id": NUMBER}, falling=True, onward="before", back="after")


LATEST, NEWEST, HOTTEST = _by("last_post_at", MOMENT), _by("created_at", MOMENT), _by("hot", REAL)


def latest(topics: TopicQuerySet, query: Any, *, member: Any = None) -> Page[TopicRow]:
    """By the last post, newest first. As all lists, with what is new for `member`."""
    return _shown(_page(LATEST, topics, query), member)


def latest_seeing_others(topics: TopicQuerySet, query: Any, *, member: Any) -> Page[TopicRow]:
    """`latest`, in which every fifth row is from a network `member` is not in, and says so (`from_others`).

    What stood in a fifth row is left out of the pages after (`met` in their addresses): a reader never
    meets it twice. Where no such topic is left the list is the plain one.
    """
    met = _met(query)
    page = _page(LATEST, topics.exclude(pk__in=met) if met else topics, query)
    if query.get("after"):
        return _shown(page, member)
    seen = [row.id for row in page.rows[: SIZE - SIZE // EVERY]]
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
        return _shown(page, member)
    away = {row.id for row in found}
    own = [row for row in page.rows if row.id not in away]
    cut = own[: SIZE - len(found)]
    onward = LATEST.onward_from(cut[-1]) if len(own) > len(cut) else page.next
    if onward:
        kept = [*met, *(row.id for row in found)][-MET:]
        onward += "&met=" + ".".join(map(str, kept))
    rows = []
    for place, row in enumerate(cut, start=1):
        rows.append(row)
        if place % (EVERY - 1) == 0 and found:
            rows.append(found.pop(0))
    return _shown(replace(page, rows=[*rows, *found], next=onward), member, away)


def _met(query: Any) -> list[int]:
    """The topics that stood in fifth rows before; Http404 for a mangled list."""
    asked = query.get("met", "")
    if not asked:
        return []
    parts = asked.split(".")
    if len(parts) > MET or not all(p.isascii() and p.isdigit() and len(p) < 19 for p in parts):
        raise Http404
    return [int(part) for part in parts]


def newest(topics: TopicQuerySet, query: Any, *, member: Any = None) -> Page[TopicRow]:
    """By when they were started, newest first."""
    return _shown(_page(NEWEST, topics, query), member)


def unanswered(topics: TopicQuerySet, query: Any, *, member: Any = None) -> Page[TopicRow]:
    """Those nobody has answered yet, newest first."""
    return _shown(_page(NEWEST, topics.filter(reply_count=0), query), member)


def count_unanswered(topics: TopicQuerySet, member: Any) -> str:
    """How many of these, which `member` may read, nobody has answered yet; '' for none, 99+ for very many.

    One query, which counts no further; for visitors once a minute a process.
    """
    cache, key = caches["process"], "topics_unanswered"
    public = not is_signed_in(member)
    found: int | None = cache.get(key) if public else None
    if found is None:
        found = topics.filter(reply_count=0).order_by("-created_at", "-id")[:COUNTED].count()
        if public:
            cache.set(key, found, _MINUTE)
    return f"{COUNTED - 1}+" if found == COUNTED else str(found or "")


def hot(topics: TopicQuerySet, query: Any, *, member: Any = None) -> Page[TopicRow]:
    """The liveliest first (`forums.discussions.posts.counters.hotness` is the formula)."""
    return _shown(_page(HOTTEST, topics, query), member)


def with_pinned(topics: TopicQuerySet, query: Any, *, member: Any = None) -> Page[TopicRow]:
    """By the last post; on the first page the pinned topics (twenty at most) apart."""
    page = _page(LATEST, topics.filter(pinned_at=None), query)
    if page.is_first:
        pinned = topics.filter(pinned_at__isnull=False).order_by("-pinned_at")
        page = replace(page, apart=_found(pinned[:SIZE]))
    return _shown(page, member)


def chosen(topics: TopicQuerySet, ids: list[int], *, member: Any) -> list[TopicRow]:
    """Of these topics, those with these ids, in their order."""
    found = {row.id: row for row in _found(topics.filter(pk__in=ids))}
    return dressed([found[pk] for pk in ids if pk in found], member=member)


def _page(order: Keyset, topics: TopicQuerySet, query: Any) -> Page[FoundTopic]:
    return order.page(topics, query, size=SIZE, read=_found)


def _shown(page: Page[FoundTopic], member: Any, away: Collection[int] = ()) -> Page[TopicRow]:
    rows = dressed([*page.apart, *page.rows], away, member=member)
    apart = len(page.apart)
    return page.with_rows(rows[apart:], apart=rows[:apart])


# Each board by its own index. Of the topics the network takes part in, which no index has in this order: few
# are looked at one by one; of many, those said in last are met soon among all topics (index-only), and
# where a network has been silent so long that they are not, it is one by one after all.
_OF_NETWORK = """
    WITH near AS MATERIALIZED (
        SELECT latest.id FROM unnest(%(boards)s::bigint[]) AS board(id), LATERAL (
            SELECT t.id FROM forums_topic t
            WHERE t.board_id = board.id AND {listed} AND {beyond}
            ORDER BY {order} LIMIT {count}) latest
    ), met AS MATERIALIZED (
        SELECT t.id FROM (
            SELECT t.id, t.last_post_at FROM forums_topic t
            WHERE {listed} AND {beyond}
                AND (SELECT count(*) > {few} FROM (SELECT {joined} LIMIT {few} + 1) its)
            ORDER BY {order} LIMIT {walked}) t,
            LATERAL (SELECT v.topic_id {joined} AND v.topic_id = t.id LIMIT 1) its,
            LATERAL (SELECT FROM forums_topic s JOIN forums_board b ON b.id = s.board_id
                WHERE s.id = its.topic_id AND {readable} LIMIT 1) readable
        ORDER BY {order} LIMIT {count})
    SELECT t.id, t.title, t.slug, t.kind, t.created_at, t.last_post_at, t.hot, t.reply_count,
        t.taking_part, t.locked_at, t.pinned_at, t.accepted_post_id, b.name, b.slug,
        t.author_id, t.network_id, t.voices
    FROM forums_topic t JOIN forums_board b ON b.id = t.board_id
    WHERE t.id = ANY(ARRAY(
            SELECT id FROM near UNION SELECT id FROM met UNION
            SELECT v.topic_id {joined} AND (SELECT count(*) FROM met) < {count}))
        AND {for_list} AND {beyond}
    ORDER BY {order} LIMIT {count}
"""  # the columns are rows.COLUMNS


def of_network(member: Any, network_id: int, query: Any, *, boards: list[int]) -> Page[TopicRow]:
    """The topics of these boards, and those the network takes part in, all she may read: by the last post."""
    place = LATEST.place(query)
    rows = _found_of(member, network_id, boards, SIZE + 1, place)
    return _shown(LATEST.page_of(rows, place, size=SIZE), member)


def latest_of(member: Any, network_id: int, *, boards: list[int], count: int) -> list[TopicRow]:
    """The first few of the same."""
    return dressed(_found_of(member, network_id, boards, count), member=member)


def _found_of(
    member: Any, network_id: int, boards: list[int], count: int, place: Place | None = None
) -> list[FoundTopic]:
    columns = ["t.last_post_at", "t.id"]
    statement = _OF_NETWORK.format(
        listed=TOPIC_LISTED.sql,
        readable=BOARD_READABLE.sql,
        for_list=TOPIC_FOR_LIST.sql,
        joined="FROM forums_topicnetwork v WHERE v.network_id = %(network)s AND v.state = 'joined'",
        order=LATEST.order_sql(columns, place),
        beyond=LATEST.beyond_sql(columns, place) if place else "TRUE",
        # Written, not given: of a number it does not know the planner thinks the worst.
        count=count,
        few=FEW,
        walked=WALKED,
    )
    found = select(
        statement,
        boards=boards,
        network=network_id,
        **reader(member),
        **(LATEST.values_sql(place) if place else {}),
    )
    return [FoundTopic(*row) for row in found]


def _found(topics: TopicQuerySet) -> list[FoundTopic]:
    return [FoundTopic(*row) for row in topics.values_list(*COLUMNS)]
