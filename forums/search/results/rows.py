"""What the results page shows: topics in order, each with its best passages and who says them from where."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import member_url
from forums.base.constant_sql import select
from forums.discussions.posts.models import post_label, post_url
from forums.discussions.topics.models import TopicKind, kind_icon, topic_url
from forums.groups.networks.models import NETWORK_SHOWN, network_url
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
        coalesce(nullif(m.display_name, ''), m.handle), m.handle,
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
    author: str
    handle: str
    network: str | None
    network_slug: str
    network_colour: str
    network_emblem: str


class Group(NamedTuple):
    """The posts of one topic among the hits, best first; the topic stands where its best post stands."""

    topic_id: int
    posts: list[int]


def by_topic(hits: Iterable[Hit]) -> list[Group]:
    """Hits, in their order, gathered by topic."""
    groups: dict[int, list[int]] = {}
    for hit in hits:
        groups.setdefault(hit.topic_id, []).append(hit.post_id)
    return [Group(topic_id, posts) for topic_id, posts in groups.items()]


def shown(found: Found, groups: Sequence[Sequence[Group]]) -> list[list[dict[str, Any]]]:
    """Each list of groups as the template prints it: one query for all of them.

    One more for the tags of topics in which nothing is marked: they may be why a topic is here.
    """
    terms = [term.text for term in found.terms if not term.excluded]
    whole = needles(terms, words=False)
    some = needles(found.words or terms, words=True, says=found.words)
    how = list(zip(groups, ((whole, PASSAGES), (whole, 1), (some, 1)), strict=True))
    ids = [pk for few, (_, most) in how for group in few for pk in group.posts[:most]]
    rows = {row[0]: _Row(*row) for row in select(_ROWS, posts=ids)} if ids else {}
    lists = [
        [
            _group(group, [rows[pk] for pk in group.posts[:most] if pk in rows], wanted)
            for group in few
            if group.posts[0] in rows
        ]
        for few, (wanted, most) in how
    ]
    unmarked = {group["id"]: group for few in lists for group in few if not group["is_marked"]}
    if terms and unmarked:
        for topic_id, name in select(_TAGS, topics=list(unmarked)):
            tag = marked(f"#{name}", some)
            if any(piece.marked for piece in tag):
                unmarked[topic_id]["tags"].append(with_marks(tag))
    return lists


def _group(group: Group, rows: list[_Row], wanted: Needles) -> dict[str, Any]:
    first = rows[0]
    url = topic_url(first.topic_id, first.slug)
    title = marked(first.title, wanted)
    passages = [passage(row.text, wanted) for row in rows]
    return {
        "id": first.topic_id,
        "url": url,
        "title": with_marks(title),
        "is_marked": any(piece.marked for pieces in (title, *passages) for piece in pieces),
        "icon": kind_icon(first.kind),
        "kind_label": str(TopicKind(first.kind).label),
        "board": first.board,
        "board_url": f"/b/{first.board_slug}/",
        "replies": str(first.reply_count),
        "accepted": first.accepted,
        "locked": first.locked,
        "tags": [],
        "posts": [_post(row, pieces) for row, pieces in zip(rows, passages, strict=True)],
        "others": len(group.posts) - len(rows),
        "others_url": url,
    }


def _post(row: _Row, pieces: list[Piece]) -> dict[str, Any]:
    return {
        "url": post_url(row.post_id),
        "label": _label(row),
        "author": row.author,
        "author_url": member_url(row.handle),
        "in_name": row.in_name,
        "from_": row.network
        and {
            "name": row.network,
            "url": network_url(row.network_slug),
            "colour": row.network_colour,
            "emblem": row.network_emblem,
        },
        "iso": row.created_at.isoformat(timespec="seconds"),
        "when": dates.ago(row.created_at, timezone.now()),
        "passage": with_marks(pieces),
    }


def _label(row: _Row) -> str:
    if not row.number:
        return gettext("The topic's text")
    return gettext("Comment %(number)s") % {"number": post_label(row.number, row.reply_number)}
