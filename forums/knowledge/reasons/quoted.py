"""One reason beside a figure: of each network, side and statement the most useful comment, then the oldest. Reads only."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Left

from accounts.known import blocked_by
from accounts.references import MemberRef
from forums.discussions.posts.models import Post, post_label, post_url
from forums.discussions.topics.models import Topic
from forums.discussions.voices.lists import views_of
from forums.groups.networks.references import NetworkRef
from forums.knowledge.reasons.models import StatementReason
from forums.knowledge.results.figures import StatementFigures
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.models import Answered
from forums.text.glance import glance
from forums.text.lengths import excerpt

LENGTH = 200  # characters as a reader counts them
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
        if self.side is None:
            return excerpt(self.source, LENGTH)
        return glance(_OTHERS_WORDS.sub(" ", self.source), LENGTH)


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
    said = {
        (each["statement"], Answered(each["side"]), each["network"]): _reason(each)
        for each in _most_useful(statements, member)
    }
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


def _most_useful(statements: Iterable[int], member: Any) -> Iterable[Mapping[str, Any]]:
    readable = Post.objects.visible_to(member).shown().exclude(author__in=blocked_by(member))
    return (
        StatementReason.objects.filter(statement__in=list(statements), post__in=readable)
        .order_by("statement", "side", "post__network", "-post__useful_count", "post")
        .distinct("statement", "side", "post__network")
        .values(
            "statement", "side", "post",
            network=F("post__network"), in_name=F("post__in_name"), useful=F("post__useful_count"),
            number=F("post__number"), reply_number=F("post__reply_number"),
            html=Left("post__body_html", _READ),
            name=F("member__display_name"), handle=F("member__handle"),
            picture=F("member__picture"), is_active=F("member__is_active"),
            network_name=F("post__network__name"), slug=F("post__network__slug"),
            colour=F("post__network__colour"), emblem=F("post__network__emblem"),
            network_hidden=F("post__network__hidden_at"),
        )
    )  # fmt: skip


def _reason(row: Mapping[str, Any]) -> QuotedReason:
    shown = row["slug"] and row["network_hidden"] is None
    return QuotedReason(
        side=Answered(row["side"]),
        author=MemberRef.of(
            row["name"], row["handle"], row["picture"] if row["is_active"] else None
        ),
        network=NetworkRef.of(row["network_name"], row["slug"], row["colour"], row["emblem"])
        if shown
        else None,
        in_name=row["in_name"],
        label=post_label(row["number"], row["reply_number"]),
        url=post_url(row["post"]),
        useful=row["useful"],
        key=row["post"],
        source=row["html"],
    )
