"""What the results page shows: topics in order, each with its best passages and who says them from where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from accounts.models import member_url
from forums.base.constant_sql import select
from forums.discussions.boards.models import board_url
from forums.discussions.posts.models import post_label, post_url
from forums.discussions.topics.models import TRAITS, TopicKind, topic_url
from forums.groups.networks.models import NETWORK_SHOWN
from forums.groups.networks.references import NetworkRef
from forums.search.results.find import Found
from forums.search.results.statements import Hit
from forums.text import dates
from forums.text.passages import Needles, Piece, marked, needles, passage
from forums.text.render import with_marks

TOPICS = 20  # a page
PASSAGES = 3  # of a topic among the matches; of one that comes near, the best

_ROWS = f"""
    SELECT p.id, p.number, p.reply_number, p.created_at, p.in_name, e.text,
        t.id, t.title, t.slug, t.kind, t.reply_count, t.accepted_post_id IS NOT NULL,
        t.locked_at IS NOT NULL, b.name, b.slug,
        p.author_id, coalesce(nullif(m.display_name, ''), m.handle), m.handle,
        n.name, n.slug, n.colour, n.emblem
    FROM forums_post p JOIN forums_searchentry e ON e.post_id = p.id
        JOIN forums_topic t ON t.id = p.topic_id JOIN forums_board b ON b.id = t.board_id
        JOIN accounts_member m ON m.id = p.author_id
        LEFT JOIN forums_network n ON n.id = p.network_id AND {NETWORK_SHOWN.sql}
    WHERE p.id = ANY(%(posts)s)
"""  # noqa: S608 - made of constants
_TAGS = """
    SELECT o.content_object_id, g.name FROM forums_tag g JOIN forums_taggedtopic o ON o.tag_id = g.id
    WHERE o.content_object_id = ANY(%(topics)s) ORDER BY o.id
"""


@dataclass(slots=True)
class PassageRow:
    """A post of a topic that was found: its best passage, and who says it from where."""

    url: str
    label: str
    author_id: int
    author: str
    author_url: str
    network: NetworkRef | None
    in_name: bool
    iso: str
    when: str
    passage: SafeString


@dataclass(slots=True)
class ResultRow:
    """A topic that was found, with the best of its posts; `is_marked` where a word asked for is shown."""

    pk: int
    url: str
    title: SafeString
    is_marked: bool
    icon: str
    kind_label: str
    board: str
    board_url: str
    replies: str  # how many, in words; '' for none
    accepted: bool
    locked: bool
    posts: list[PassageRow]
    others: str  # how many of its posts are among the hits and not shown, in words; '' for none
    tags: list[SafeString] = field(default_factory=list)


class _Row(NamedTuple):
    post_id: int
    number: int
    reply_number: int
    created_at: datetime
    in_name: bool
    text: str
    topic_id: int
    title: str
    slug: str
    kind: str
    reply_count: int
    accepted: bool
    locked: bool
    board: str
    board_slug: str
    author_id: int
    author: str
    handle: str
    network: str | None
    network_slug: str
    network_colour: str
    network_emblem: str


class TopicHits(NamedTuple):
    """The posts of one topic among the hits, best first; the topic stands where its best post stands."""

    topic_id: int
    posts: list[int]


def by_topic(hits: Iterable[Hit]) -> list[TopicHits]:
    """Hits, in their order, gathered by topic."""
    groups: dict[int, list[int]] = {}
    for hit in hits:
        groups.setdefault(hit.topic_id, []).append(hit.post_id)
    return [TopicHits(topic_id, posts) for topic_id, posts in groups.items()]


def shown(found: Found, groups: Sequence[Sequence[TopicHits]]) -> list[list[ResultRow]]:
    """Each list of groups as the template prints it: one query for all of them.

    One more for the tags of topics in which nothing is marked: they may be why a topic is here.
    """
    terms = [term.text + "*" * term.begun for term in found.terms if not term.excluded]
    whole = needles(terms, words=False)
    some = needles(found.words or terms, words=True, says=found.words)
    how = list(zip(groups, ((whole, PASSAGES), (whole, 1), (some, 1)), strict=True))
    ids = [pk for few, (_, most) in how for group in few for pk in group.posts[:most]]
    rows = {row[0]: _Row(*row) for row in select(_ROWS, posts=ids)} if ids else {}
    lists = [
        [
            _result(group, [rows[pk] for pk in group.posts[:most] if pk in rows], wanted)
            for group in few
            if group.posts[0] in rows
        ]
        for few, (wanted, most) in how
    ]
    unmarked = {row.pk: row for few in lists for row in few if not row.is_marked}
    if terms and unmarked:
        for topic_id, name in select(_TAGS, topics=list(unmarked)):
            tag = marked(f"#{name}", some)
            if any(piece.marked for piece in tag):
                unmarked[topic_id].tags.append(with_marks(tag))
    return lists


def _result(group: TopicHits, rows: list[_Row], wanted: Needles) -> ResultRow:
    first = rows[0]
    title = marked(first.title, wanted)
    passages = [passage(row.text, wanted) for row in rows]
    return ResultRow(
        pk=first.topic_id,
        url=topic_url(first.topic_id, first.slug),
        title=with_marks(title),
        is_marked=any(piece.marked for pieces in (title, *passages) for piece in pieces),
        icon=TRAITS[TopicKind(first.kind)].icon,
        kind_label=str(TopicKind(first.kind).label),
        board=first.board,
        board_url=board_url(first.board_slug),
        replies=f"{first.reply_count} {gettext('comments')}" if first.reply_count else "",
        accepted=first.accepted,
        locked=first.locked,
        posts=[_passage(row, pieces) for row, pieces in zip(rows, passages, strict=True)],
        others=_others(len(group.posts) - len(rows)),
    )


def _passage(row: _Row, pieces: list[Piece]) -> PassageRow:
    network = None
    if row.network:
        network = NetworkRef.of(
            row.network, row.network_slug, row.network_colour, row.network_emblem
        )
    return PassageRow(
        url=post_url(row.post_id),
        label=_label(row),
        author_id=row.author_id,
        author=row.author,
        author_url=member_url(row.handle),
        network=network,
        in_name=row.in_name,
        iso=row.created_at.isoformat(timespec="seconds"),
        when=dates.ago(row.created_at, timezone.now()),
        passage=with_marks(pieces),
    )


def _others(count: int) -> str:
    if not count:
        return ""
    said = ngettext("%(n)s more post in this topic", "%(n)s more posts in this topic", count)
    return said % {"n": count}


def _label(row: _Row) -> str:
    if not row.number:
        return gettext("The topic's text")
    return gettext("Comment %(number)s") % {"number": post_label(row.number, row.reply_number)}
