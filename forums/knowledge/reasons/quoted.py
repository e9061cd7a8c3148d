"""One reason beside a figure: of each network, side and statement the most useful comment, then the oldest. Reads only."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.known import blocked_by
from accounts.references import PICTURE_SQL, MemberRef
from forums.base.constant_sql import select
from forums.base.visibility import reader
from forums.discussions.posts.models import (
    POST_SHOWN,
    POST_VISIBLE,
    Post,
    post_label,
    post_url,
)
from forums.discussions.topics.models import Topic
from forums.discussions.voices.lists import views_of
from forums.groups.networks.models import NETWORK_SHOWN
from forums.groups.networks.references import NetworkRef
from forums.knowledge.reasons.models import StatementReason
from forums.knowledge.results.figures import StatementFigures
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.models import Answered
from forums.text.glance import glance
from forums.text.lengths import excerpt

LENGTH = 200  # characters as a reader counts them
BEGINNING = 100  # of them, where many stand together
_READ = 2400  # characters of HTML: the longest line above a reason, and enough for what is quoted
_OTHERS_WORDS = re.compile(r"(?s)<blockquote\b.*?(?:</blockquote>|$)")


@dataclass(frozen=True, slots=True)
class QuotedReason:
    """Words of somebody, signed: a comment's, or (`side` None) the first line of a network's own view."""

    side: Answered | None
    author: MemberRef
    network: NetworkRef | None
    in_name: bool
    label: str  # its number in the topic: 12, 12-3; '' of a view
    url: str
    useful: int
    key: int
    source: str  # HTML of a comment, words of a view

    @property
    def text(self) -> str:
        """At most 200 characters of what she says herself: not what she quotes, and no spoiler."""
        return self._within(LENGTH)

    @property
    def beginning(self) -> str:
        """The same, where many stand together."""
        return self._within(BEGINNING)

    def _within(self, length: int) -> str:
        if self.side is None:
            return excerpt(self.source, length)
        return glance(_OTHERS_WORDS.sub(" ", self.source), length)


@dataclass(frozen=True, slots=True)
class Quotes:
    """What can be quoted about some statements: `said` by statement, side and network (ids; None: as herself), and the
    views of networks."""

    said: Mapping[tuple[int, Answered, int | None], QuotedReason]
    views: Mapping[int, QuotedReason]

    def of(self, statement: int, network: int | None, *sides: Answered) -> QuotedReason | None:
        """From `network`, of the first of these sides (else of any) that somebody spoke for; else its own view."""
        for side in (*sides, *Answered):
            if found := self.said.get((statement, Answered(side), network)):
                return found
        return self.views.get(network) if network else None

    def best(self, statement: int, side: Answered) -> QuotedReason | None:
        """The most useful of one side, wherever it was spoken from."""
        found = [
            each for (of, on, _network), each in self.said.items() if (of, on) == (statement, side)
        ]
        return min(found, key=lambda each: (-each.useful, each.key), default=None)

    def strongest_dissent(self, figures: StatementFigures) -> QuotedReason | None:
        """The reason against from the network that agrees least; where it gave none, from the next; else anybody's."""
        for share in sorted(figures.shares, key=lambda each: (each.agree, each.network)):
            if found := self.said.get((figures.statement, Answered.DISAGREE, share.network)):
                return found
        return self.best(figures.statement, Answered.DISAGREE)


def quoted(
    statements: Iterable[int],
    member: Any,
    *,
    topic: Topic | None = None,
    networks: Mapping[int, NetworkRef] | None = None,
) -> Quotes:
    """What `member` can be shown about these statements (ids) of a topic she reads: one query, and one more for the views
    of `networks` beside `topic`, which stand in where none of theirs gave a reason.

    Nothing hidden or deleted, and nobody she blocked.
    """
    said = dict(_most_useful(statements, member))
    views = {}
    if topic is not None and networks:
        views = {
            pk: QuotedReason(
                side=None, author=view.author, network=networks[pk], in_name=True, label="",
                url=f"/t/{topic.pk}/by/others/#view-{pk}", useful=0, key=0,
                source=next(line for line in view.body.splitlines() if line.strip()),
            )
            for pk, view in views_of(topic, list(networks)).items()
        }  # fmt: skip
    return Quotes(said, views)


def reason_of(member: Any, statement: Statement) -> StatementReason | None:
    """Hers, with its comment; None where she gave none."""
    return (
        StatementReason.objects.filter(statement=statement, member=member)
        .select_related("post")
        .first()
    )


def comments_of(member: Any, topic: Topic, *, most: int = 12) -> QuerySet[Post]:
    """Her newest comments in the topic that can be read and are no reason about another statement."""
    hers = Post.objects.shown().filter(topic=topic, author=member, number__gt=0)
    return hers.select_related("reason_about").order_by("-pk")[:most]


# A hidden network is not named.
_MOST_USEFUL = f"""
    SELECT DISTINCT ON (r.statement_id, r.side, p.network_id)
        r.statement_id, r.side, r.post_id, p.network_id, p.in_name, p.useful_count, p.number, p.reply_number,
        left(p.body_html, {_READ}), m.display_name, m.handle, {PICTURE_SQL}, n.name, n.slug, n.colour, n.emblem
    FROM forums_statementreason r JOIN forums_post p ON p.id = r.post_id
        JOIN forums_topic t ON t.id = p.topic_id JOIN forums_board b ON b.id = t.board_id
        JOIN accounts_member m ON m.id = r.member_id
        LEFT JOIN forums_network n ON n.id = p.network_id AND {NETWORK_SHOWN.sql}
    WHERE r.statement_id = ANY(%(statements)s) AND {POST_VISIBLE.sql} AND {POST_SHOWN.sql}
        AND p.author_id <> ALL(%(blocked)s)
    ORDER BY r.statement_id, r.side, p.network_id, p.useful_count DESC, p.id
"""  # noqa: S608 - made of constants


def _most_useful(
    statements: Iterable[int], member: Any
) -> Iterator[tuple[tuple[int, Answered, int | None], QuotedReason]]:
    for (
        statement, side, post, network, in_name, useful, number, reply_number,
        html, name, handle, picture, *named,
    ) in select(
        _MOST_USEFUL, statements=list(statements), blocked=list(blocked_by(member)), **reader(member)
    ):  # fmt: skip
        side = Answered(side)
        yield (
            (statement, side, network),
            QuotedReason(
                side=side,
                author=MemberRef.of(name, handle, picture),
                network=NetworkRef.of(*named) if named[0] else None,
                in_name=in_name,
                label=post_label(number, reply_number),
                url=post_url(post),
                useful=useful,
                key=post,
                source=html,
            ),
        )
