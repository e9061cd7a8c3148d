"""How closely a member follows a topic, and who follows it how closely: one rule, one text. Reads only.

The first of these that says something decides:

1. whoever started the topic is somebody she blocked: muted;
2. the level she chose for the topic (muted or any other);
3. for its networks: the one in whose board it stands, and those that take part in it;
4. for its board; where she chose none, for the board that this room is in;
5. for its tags;
6. else normal.

Where several networks or several tags have different levels, the highest counts: a network or tag she muted
silences a topic only where nothing else of the same kind that she chose is louder. So nobody silences the topics of her
own network by bringing another into them.

`standing_sql` is the rule; what asks about many topics, or about many members, puts it into its statement.
Nothing here says whether she may read the topic: whoever tells her asks that too.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

from forums.base.constant_sql import select
from forums.base.visibility import is_signed_in
from forums.reading.following.models import Level

BATCH = 500  # members a batch of those who are told


class Source(IntEnum):
    """What decided on a level."""

    DEFAULT = 0
    TAG = 1
    BOARD = 2
    NETWORK = 3
    TOPIC = 4
    BLOCKED = 5


class Closeness(NamedTuple):
    """A level, and what decided on it."""

    level: Level
    source: Source

    @classmethod
    def of(cls, code: int) -> "Closeness":
        """What `standing_sql` answers, taken apart."""
        return cls(Level(code % 10), Source(code // 10))


NORMAL = Closeness(Level.NORMAL, Source.DEFAULT)


def standing_sql(member: str = "%(me)s", *, of_many: bool = False) -> str:
    """The rule as a scalar of SQL: ten times the `Source`, plus the `Level`; never NULL.

    The topic is `t`, its board `b`, `member` an expression that is a member's id. So `… % 10 >= 2`: she tracks
    or watches it. Each part is one look into an index, and asked only where those before it said nothing.
    `of_many` topics of one member: first, and once, it is looked whether she chose anything of a kind at all.
    """
    mine = f"FROM forums_follow f WHERE f.member_id = {member} AND"

    def any_of(kind: str, table: str = "forums_follow") -> str:
        some = f"EXISTS (SELECT FROM {table} z WHERE z.member_id = {member} AND z.{kind}_id IS NOT NULL)"
        return f" AND {some}" if of_many else ""

    return f"""COALESCE(
        (SELECT {Source.BLOCKED * 10 + Level.MUTED} FROM forums_block x
         WHERE x.member_id = {member} AND x.person_id = t.author_id{any_of("person", "forums_block")}),
        (SELECT {Source.TOPIC * 10} + f.level {mine} f.topic_id = t.id{any_of("topic")}),
        (SELECT {Source.NETWORK * 10} + max(f.level) {mine} f.network_id = ANY(ARRAY(
            SELECT v.network_id FROM forums_topicnetwork v WHERE v.topic_id = t.id AND v.state = 'joined'
            UNION ALL SELECT b.network_id WHERE b.network_id IS NOT NULL)){any_of("network")}),
        (SELECT {Source.BOARD * 10} + f.level {mine} f.board_id = b.id{any_of("board")}),
        (SELECT {Source.BOARD * 10} + f.level {mine} f.board_id = b.parent_id{any_of("board")}),
        (SELECT {Source.TAG * 10} + max(f.level) {mine} f.tag_id = ANY(ARRAY(
            SELECT g.tag_id FROM forums_taggedtopic g WHERE g.content_object_id = t.id)){any_of("tag")}),
        {Source.DEFAULT * 10 + Level.NORMAL})"""  # noqa: S608 - made of constants


# -- Of a member ---------------------------------------------------------------------------------

_STANDINGS = f"""
    SELECT t.id, {standing_sql()} FROM forums_topic t JOIN forums_board b ON b.id = t.board_id
    WHERE t.id = ANY(%(topics)s::bigint[])
"""  # noqa: S608 - made of constants


def standings(member: Any, topic_ids: Iterable[int]) -> dict[int, Closeness]:
    """How closely `member` follows each of these topics, by topic: one query. {} for a visitor."""
    if not is_signed_in(member):
        return {}
    found = select(_STANDINGS, me=member.pk, topics=list(topic_ids))
    return {topic_id: Closeness.of(code) for topic_id, code in found}


# -- Of a topic ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Batch:
    """Some members, by id ascending; `after` is where the next batch begins, None: there is none."""

    members: list[int]
    after: int | None


# Whoever chose such a level for something the topic stands in, level by level, so that each walk is in the
# order of its index and ends at the limit; then the rule itself, of these few.
_WALK = """
    (SELECT walk.member_id FROM {places}, generate_series(%(least)s, 3) lv(level), LATERAL (
        SELECT f.member_id FROM forums_follow f
        WHERE f.{target}_id = place.id AND f.level = lv.level AND f.member_id > %(after)s
        ORDER BY f.member_id LIMIT {size}) walk)
"""
_PLACES = {
    "topic": "(SELECT %(topic)s::bigint AS id) place",
    "network": """(SELECT v.network_id AS id FROM forums_topicnetwork v
        WHERE v.topic_id = %(topic)s AND v.state = 'joined'
        UNION SELECT b.network_id FROM forums_board b, forums_topic t
        WHERE b.id = t.board_id AND t.id = %(topic)s AND b.network_id IS NOT NULL) place""",
    "board": """(SELECT unnest(ARRAY[b.id, b.parent_id]) AS id FROM forums_board b, forums_topic t
        WHERE b.id = t.board_id AND t.id = %(topic)s) place""",
    "tag": """(SELECT g.tag_id AS id FROM forums_taggedtopic g
        WHERE g.content_object_id = %(topic)s) place""",
}


def _at(size: int) -> str:
    walks = " UNION ".join(
        _WALK.format(places=places, target=target, size=size) for target, places in _PLACES.items()
    )
    return f"""
        SELECT near.member_id,
            near.member_id <> %(writer)s AND {standing_sql("near.member_id")} %% 10 >= %(least)s
            AND NOT EXISTS (SELECT FROM forums_block x
                WHERE x.member_id = near.member_id AND x.person_id = %(writer)s)
        FROM ({walks} ORDER BY member_id LIMIT {size}) near,
            forums_topic t JOIN forums_board b ON b.id = t.board_id
        WHERE t.id = %(topic)s ORDER BY near.member_id
    """  # noqa: S608 - made of constants


_AT = _at(BATCH)


def members_at(
    topic_id: int, least: Level = Level.WATCHING, *, writer: int, after: int = 0
) -> Batch:
    """A batch of those who follow a topic at least so closely (tracking or watching), by id: one query.

    Not `writer`, whose text it is about, and nobody who blocked her. A batch may be empty and yet not the last.
    """
    found = select(_AT, topic=topic_id, least=int(least), writer=writer, after=after)
    members = [pk for pk, told in found if told]
    return Batch(members, found[-1][0] if len(found) == BATCH else None)


_WATCHERS = f"""
    SELECT f.member_id FROM forums_follow f
    WHERE f.person_id = %(person)s AND f.level = {Level.WATCHING:d} AND f.member_id > %(after)s
    ORDER BY f.member_id LIMIT {BATCH}
"""  # noqa: S608 - made of constants


def watchers_of(person: int, *, after: int = 0) -> Batch:
    """A batch of those who watch a member: they are told when she starts a topic, but where they are silent."""
    members = [pk for (pk,) in select(_WATCHERS, person=person, after=after)]
    return Batch(members, members[-1] if len(members) == BATCH else None)


_HEARING = f"""
    SELECT near.member_id, {standing_sql("near.member_id")}
    FROM unnest(%(members)s::bigint[]) near(member_id),
        forums_topic t JOIN forums_board b ON b.id = t.board_id
    WHERE t.id = %(topic)s AND near.member_id <> %(writer)s AND NOT EXISTS (
        SELECT FROM forums_block x WHERE x.member_id = near.member_id AND x.person_id = %(writer)s)
"""  # noqa: S608 - made of constants


def who_hear(
    topic_id: int, members: Collection[int], *, writer: int, named: bool = False
) -> set[int]:
    """Which of `members` may be told of what `writer` wrote to them in a topic: one query, or none.

    Nobody who blocked the writer, not the writer herself, nobody who muted the topic or what it stands in. Whoever is
    `named` hears it also where she muted the network, the board, the tag or who started it, but not the topic.
    """
    if not members:
        return set()
    found = select(_HEARING, topic=topic_id, members=list(members), writer=writer)
    deaf = Closeness(Level.MUTED, Source.TOPIC)
    heard = {pk: Closeness.of(code) for pk, code in found}
    return {
        pk
        for pk, standing in heard.items()
        if (standing != deaf if named else standing.level > Level.MUTED)
    }
