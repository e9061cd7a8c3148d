"""Lists of topics: which order, and which page (`rows` says what a row shows). Reads only.

Pages are keysets (`forums.base.keyset`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.cache import caches
from django.http import Http404
from django.utils import timezone

from forums.base.constant_sql import select, select_planned
from forums.base.keyset import MOMENT, NUMBER, REAL, Keyset, Page, Place, Value
from forums.base.visibility import is_signed_in, reader
from forums.discussions.boards.models import BOARD_READABLE, Board
from forums.discussions.topics.cards import set_cards
from forums.discussions.topics.models import TOPIC_FOR_LIST, TOPIC_LISTED
from forums.discussions.topics.rows import COLUMNS, FoundTopic, TopicRow, dressed
from forums.tags.models import Tag

if TYPE_CHECKING:
    from accounts.models import Member

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


def _columns(order: Keyset) -> list[str]:
    """As statements name them."""
    return [f"t.{name}" for name in order.columns]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which topics a list is of, beside what its reader may see: a condition, with its values."""

    condition: str = "TRUE"
    values: Mapping[str, Any] = field(default_factory=dict)
    # Of some, nearly all topics are, of others hardly any: no way to them serves both (decision 034).
    uneven: bool = False

    def where(self, condition: str, **values: Any) -> "Narrowed":
        """Those of them of which this is true too."""
        both = f"{self.condition} AND {condition}"
        return Narrowed(both, {**self.values, **values}, self.uneven)


EVERYWHERE = Narrowed()


def in_board(board: Board) -> Narrowed:
    """Those of this board."""
    return Narrowed("t.board_id = %(board)s", {"board": board.pk})


def started_by(author: "Member") -> Narrowed:
    """Those she started."""
    return Narrowed("t.author_id = %(author)s", {"author": author.pk})


def with_tag(tag: Tag) -> Narrowed:
    """Those that have it."""
    tagged = (
        "SELECT FROM forums_taggedtopic g WHERE g.content_object_id = t.id AND g.tag_id = %(tag)s"
    )
    return Narrowed(f"EXISTS ({tagged})", {"tag": tag.pk}, uneven=True)


def latest(query: Any, *, member: Any) -> Page[TopicRow]:
    """By the last post, newest first. As all lists, what `member` may read, with what is new for her."""
    return _shown(_page(LATEST, EVERYWHERE, query, member), member)


def latest_seeing_others(query: Any, *, member: Any) -> Page[TopicRow]:
    """`latest`, in which every fifth row is from a network `member` is not in, and says so (`from_others`).

    What stood in a fifth row is left out of the pages after (`met` in their addresses): a reader never
    meets it twice. Where no such topic is left the list is the plain one.
    """
    met = _met(query)
    not_met = EVERYWHERE.where(_NOT_AMONG, met=met)
    page = _page(LATEST, not_met if met else EVERYWHERE, query, member)
    if query.get("after"):
        return _shown(page, member)
    seen = [row.id for row in page.rows[: SIZE - SIZE // EVERY]]
    others = EVERYWHERE.where(_OF_OTHERS, floor=timezone.now() - LIVELY)
    others = others.where(_NOT_AMONG, met=[*seen, *met])
    found = _found(others, member, order=LATEST.order_sql(_columns(LATEST)), count=SIZE // EVERY)
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


_NOT_AMONG = "t.id <> ALL(%(met)s::bigint[])"
_OF_OTHERS = """t.last_post_at > %(floor)s AND (t.network_id IS NOT NULL OR b.network_id IS NOT NULL)
    AND (t.network_id = ANY(%(mine)s::bigint[])) IS NOT TRUE AND (b.network_id = ANY(%(mine)s::bigint[])) IS NOT TRUE"""


def _met(query: Any) -> list[int]:
    """The topics that stood in fifth rows before; Http404 for a mangled list."""
    asked = query.get("met", "")
    if not asked:
        return []
    parts = asked.split(".")
    if len(parts) > MET or not all(p.isascii() and p.isdigit() and len(p) < 19 for p in parts):
        raise Http404
    return [int(part) for part in parts]


def newest(query: Any, *, member: Any, among: Narrowed = EVERYWHERE) -> Page[TopicRow]:
    """By when they were started, newest first."""
    return _shown(_page(NEWEST, among, query, member), member)


def unanswered(query: Any, *, member: Any) -> Page[TopicRow]:
    """Those nobody has answered yet, newest first."""
    return _shown(_page(NEWEST, EVERYWHERE.where(_UNANSWERED), query, member), member)


_UNANSWERED = "t.reply_count = 0"
_COUNT_UNANSWERED = f"""
    SELECT count(*) FROM (
        SELECT FROM forums_topic t JOIN forums_board b ON b.id = t.board_id
        WHERE {TOPIC_FOR_LIST.sql} AND {_UNANSWERED} ORDER BY t.created_at DESC, t.id DESC LIMIT {COUNTED}) few
"""  # noqa: S608 - made of constants


def count_unanswered(member: Any) -> str:
    """How many of those `member` may read nobody has answered yet; '' for none, 99+ for very many.

    One query, which counts no further; for visitors once a minute a process.
    """
    cache, key = caches["process"], "topics_unanswered"
    public = not is_signed_in(member)
    found: int | None = cache.get(key) if public else None
    if found is None:
        ((found,),) = select(_COUNT_UNANSWERED, **reader(member))
        if public:
            cache.set(key, found, _MINUTE)
    return f"{COUNTED - 1}+" if found == COUNTED else str(found or "")


def hot(query: Any, *, member: Any) -> Page[TopicRow]:
    """The liveliest first (`forums.discussions.posts.counters.hotness` is the formula)."""
    return _shown(_page(HOTTEST, EVERYWHERE, query, member), member)


def of_board(board: Board, query: Any, *, member: Any) -> Page[TopicRow]:
    """By the last post; on the first page the pinned topics (twenty at most) apart."""
    among = in_board(board)
    page = _page(LATEST, among.where("t.pinned_at IS NULL"), query, member)
    if page.is_first:
        pinned = among.where("t.pinned_at IS NOT NULL")
        page = replace(
            page, apart=_found(pinned, member, order="t.pinned_at DESC, t.id DESC", count=SIZE)
        )
    return _shown(page, member, here=True)


def chosen(ids: list[int], *, member: Any) -> list[TopicRow]:
    """Of those she may read, those with these ids (a page of them at most), in their order."""
    if not ids:
        return []
    among = EVERYWHERE.where("t.id = ANY(%(ids)s::bigint[])", ids=ids)
    found = {row.id: row for row in _found(among, member, order="t.id", count=SIZE)}
    return _printed([found[pk] for pk in ids if pk in found], member=member)


_LIST = """
    SELECT {columns} FROM forums_topic t JOIN forums_board b ON b.id = t.board_id
    WHERE {for_list} AND {among} ORDER BY {order} LIMIT {count}
"""


def _found(among: Narrowed, member: Any, *, order: str, count: int) -> list[FoundTopic]:
    statement = _LIST.format(
        columns=COLUMNS,
        for_list=TOPIC_FOR_LIST.sql,
        among=among.condition,
        order=order,
        count=count,  # written, not given: of a number it does not know the planner thinks the worst
    )
    ask = select_planned if among.uneven else select
    return [FoundTopic(*row) for row in ask(statement, **reader(member), **among.values)]


def _page(order: Keyset, among: Narrowed, query: Any, member: Any) -> Page[FoundTopic]:
    columns = _columns(order)
    if place := order.place(query):
        among = among.where(order.beyond_sql(columns, place), **order.values_sql(place))
    rows = _found(among, member, order=order.order_sql(columns, place), count=SIZE + 1)
    return order.page_of(rows, place, size=SIZE)


def _shown(
    page: Page[FoundTopic], member: Any, away: Collection[int] = (), *, here: bool = False
) -> Page[TopicRow]:
    rows = _printed([*page.apart, *page.rows], away, member=member, here=here)
    apart = len(page.apart)
    return page.with_rows(rows[apart:], apart=rows[:apart])


def _printed(
    found: list[FoundTopic], away: Collection[int] = (), *, member: Any, here: bool = False
) -> list[TopicRow]:
    rows = dressed(found, away, member=member)
    set_cards(rows, here=here)
    return rows


# Each board by its own index. Of the topics the network takes part in, which no index has in this order: few
# are looked at one by one; of many, those said in last are met soon among all topics (index-only), and
# where a network has been silent so long that they are not, it is one by one after all. Whether she may enter their
# boards is asked in their order, until there are enough.
_OF_NETWORK = """
    WITH near AS MATERIALIZED (
        SELECT t.id FROM unnest(%(boards)s::bigint[]) AS board(id), LATERAL (
            SELECT t.id, t.last_post_at FROM forums_topic t
            WHERE t.board_id = board.id AND {listed} AND {beyond}
            ORDER BY {order} LIMIT {count}) t
        ORDER BY {order} LIMIT {count}
    ), met AS MATERIALIZED (
        SELECT t.id FROM (
            SELECT t.id, t.last_post_at FROM forums_topic t
            WHERE {listed} AND {beyond}
                AND EXISTS (SELECT {joined} OFFSET {few})
            ORDER BY {order} LIMIT {walked}) t,
            LATERAL (SELECT v.topic_id {joined} AND v.topic_id = t.id LIMIT 1) its,
            LATERAL (SELECT FROM forums_topic s JOIN forums_board b ON b.id = s.board_id
                WHERE s.id = its.topic_id AND {readable} LIMIT 1) readable
        ORDER BY {order} LIMIT {count})
    SELECT {columns} FROM (
        SELECT t.id, b.name, b.slug FROM (
            SELECT t.id, t.last_post_at, t.board_id FROM forums_topic t
            WHERE t.id = ANY(ARRAY(
                    SELECT id FROM near UNION ALL SELECT id FROM met UNION ALL
                    SELECT v.topic_id {joined} AND (SELECT count(*) FROM met) < {count}))
                AND {listed} AND {beyond}
            ORDER BY {order}) t,
            LATERAL (SELECT b.name, b.slug FROM forums_board b WHERE b.id = t.board_id AND {readable} OFFSET 0) b
        ORDER BY {order} LIMIT {count}) b,
        LATERAL (SELECT * FROM forums_topic t WHERE t.id = b.id OFFSET 0) t
    ORDER BY {order}
"""


def of_network(member: Any, network_id: int, query: Any, *, boards: list[int]) -> Page[TopicRow]:
    """The topics of these boards, which she may enter, and those she may read that the network takes part in: by the last
    post."""
    place = LATEST.place(query)
    rows = _found_of(member, network_id, boards, SIZE + 1, place)
    return _shown(LATEST.page_of(rows, place, size=SIZE), member)


def latest_of(member: Any, network_id: int, *, boards: list[int], count: int) -> list[TopicRow]:
    """The first few of the same."""
    return _printed(_found_of(member, network_id, boards, count), member=member)


def _found_of(
    member: Any, network_id: int, boards: list[int], count: int, place: Place | None = None
) -> list[FoundTopic]:
    columns = _columns(LATEST)
    statement = _OF_NETWORK.format(
        columns=COLUMNS,
        listed=TOPIC_LISTED.sql,
        readable=BOARD_READABLE.sql,
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
