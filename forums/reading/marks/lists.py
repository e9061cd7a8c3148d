"""What waits for a member: topics that are new for her, and those with unread posts. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from forums.base.constant_sql import select
from forums.base.keyset import Page, kept
from forums.base.visibility import reader
from forums.discussions.boards.models import BOARD_READABLE, Board
from forums.discussions.topics.lists import LATEST, SIZE, chosen
from forums.discussions.topics.models import TOPIC_LISTED
from forums.discussions.topics.rows import TopicRow
from forums.groups.networks.models import Network
from forums.reading.following.models import Level
from forums.reading.marks.news import IS_NEW, LEVEL, MARKED, STIRRED, TOLD, unread_sql
from forums.reading.marks.outlook import Outlook, outlook

WALKED = 1_000  # topics that were written in lately, among which it is looked
TOPICS, REPLIES = "topics", "replies"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where it is looked: in one board, in what a network takes part in, or everywhere; all of it, or one part."""

    board: Board | None = None
    network: Network | None = None
    show: str = ""

    @property
    def query(self) -> str:
        """As addresses say it."""
        return self.query_of(self.show)

    @property
    def queries(self) -> dict[str, str]:
        """Of each part."""
        return {
            "all": self.query_of(""),
            TOPICS: self.query_of(TOPICS),
            REPLIES: self.query_of(REPLIES),
        }

    def query_of(self, show: str) -> str:
        return kept(
            show=show,
            board=self.board.slug if self.board else "",
            network=self.network.slug if self.network else "",
        )


class Waiting(NamedTuple):
    """A topic that waits: never opened, or else with unread posts."""

    id: int
    is_new: bool
    last_post_at: datetime


_WAITING = f"""
    SELECT t.id, {IS_NEW}, t.last_post_at
    FROM (SELECT t.id, t.author_id, t.created_at, t.last_post_at, t.last_number, t.board_id, b.parent_id, b.network_id
            FROM forums_topic t JOIN forums_board b ON b.id = t.board_id
            WHERE {TOPIC_LISTED.sql} AND {BOARD_READABLE.sql} AND t.last_post_at > %(floor)s AND {{scope}}
            ORDER BY t.last_post_at DESC, t.id DESC LIMIT {WALKED}) t
        {MARKED}, LATERAL (SELECT t.board_id AS id, t.parent_id, t.network_id) b, {LEVEL}
    WHERE {STIRRED} AND {{told}} AND ({IS_NEW} OR EXISTS ({unread_sql(1)}))
    ORDER BY t.last_post_at DESC, t.id DESC
"""  # noqa: S608 - made of constants
_EVERYWHERE = _WAITING.format(scope="TRUE", told=TOLD)
_OF_BOARD = _WAITING.format(scope="t.board_id = %(board)s", told=TOLD)
_OF_NETWORK = _WAITING.format(
    told=TOLD,
    scope="""(b.network_id = %(network)s OR EXISTS (SELECT FROM forums_topicnetwork v
        WHERE v.topic_id = t.id AND v.network_id = %(network)s AND v.state = 'joined'))""",
)

# Where she tracks or watches; and what was started in her networks, which she need not follow for that.
_FOLLOWED = _WAITING.format(
    scope="TRUE",
    told=f"""(s.level >= {Level.TRACKING:d} OR {IS_NEW} AND s.level > {Level.MUTED:d} AND (
        b.network_id = ANY(%(mine)s::bigint[]) OR EXISTS (
            SELECT FROM forums_topicnetwork v
            WHERE v.topic_id = t.id AND v.network_id = ANY(%(mine)s::bigint[]) AND v.state = 'joined')))""",
)


def followed(member: Any, seen: Outlook) -> list[Waiting]:
    """Of what waits what she follows, or was started in a network of hers: one query."""
    values = reader(member) | seen.values(member)
    return [Waiting(*row) for row in select(_FOLLOWED, **values)]


def waiting(member: Any, scope: Scope, seen: Outlook | None = None) -> list[Waiting]:
    """All that waits for somebody signed in, among the topics written in lately; who wrote last comes first: one query."""
    statement = _EVERYWHERE
    values = reader(member) | (seen or outlook(member)).values(member)
    if scope.board:
        statement, values["board"] = _OF_BOARD, scope.board.pk
    elif scope.network:
        statement, values["network"] = _OF_NETWORK, scope.network.pk
    found = select(statement, **values)
    return [Waiting(*row) for row in found]


def part_of(found: list[Waiting], show: str) -> list[Waiting]:
    """What one of the three parts shows."""
    return [row for row in found if not show or row.is_new == (show == TOPICS)]


def page_of(found: list[Waiting], member: Any, scope: Scope, query: Any) -> Page[TopicRow]:
    """A page of what was found, as lists show topics. Raises Http404 for a mangled place."""
    place = LATEST.place(query)
    if place is None:
        near = found[: SIZE + 1]
    elif place.is_back:
        near = [row for row in found if (row.last_post_at, row.id) > place.values]
        near = near[-SIZE - 1 :][::-1]
    else:
        near = [row for row in found if (row.last_post_at, row.id) < place.values][: SIZE + 1]
    page = LATEST.page_of(near, place, size=SIZE, keep=scope.query)
    ids = [row.id for row in page.rows]
    return page.with_rows(chosen(ids, member=member))
