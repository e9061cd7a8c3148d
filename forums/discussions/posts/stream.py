"""What a page of a topic shows: its posts as plain rows, in as few queries as can be.

A row holds ready-to-print values, so the template does nothing per post but print them:
a page holds up to 220 posts, and each name looked up on a model in a template costs more than
the query that fetched it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.known import blocked_by
from accounts.provinces import PROVINCE_NAMES
from accounts.references import PICTURE_SQL, MemberRef
from forums.base.constant_sql import select
from forums.base.visibility import reader
from forums.discussions.posts.models import POST_SHOWN, TREE, Post, ReactionKind, post_label
from forums.discussions.posts.registry import BOOKMARKED, TOLD, mine_too
from forums.discussions.topics.permissions import TAKE_BACK
from forums.groups.networks.models import NETWORK_SHOWN
from forums.groups.networks.references import NetworkRef
from forums.text import dates
from forums.text.render import trusted


@dataclass(slots=True)
class PostRow:
    """A post as pages print it: first what is read with it, then what pages add."""

    pk: int
    number: int
    reply_number: int
    label: str
    parent_id: int | None
    last_reply_number: int
    author_id: int
    author: MemberRef
    place: str  # a province
    network_id: int | None
    network: NetworkRef | None  # from where she speaks, unless it is hidden
    in_name: bool
    with_ai: bool
    created_at: datetime
    iso: str
    when: str
    edited_at: datetime | None
    hidden_at: datetime | None
    held: bool  # it waits for a moderator
    gone: bool
    fresh: bool  # the reader deleted it herself a moment ago, and may take that back
    folded: bool  # the reader blocked its author
    useful: int
    agree: int
    html: SafeString
    body: str = ""  # the source, of the most useful ones only
    excerpt: str = ""
    restated: SafeString | str = ""  # beside an excerpt: how many said what it means, and it was so
    depth: int = 1
    answers: str = ""  # the name of whom it answers, where its place does not say so
    my_useful: bool = False
    my_agree: bool = False
    is_new: bool = False  # for its reader
    begins_new: bool = False  # before it stands a line: what follows is new for her
    my_bookmark: bool = False
    told: bool = False  # it is the newest that an unread line of its reader speaks of
    may_edit: bool = False  # its reader wrote it, and it is not too old
    replies: list["PostRow"] = field(default_factory=list)
    card: str = ""  # its HTML; of a comment, in `cards`, with its replies'
    cards: str = ""
    knot: str = ""  # those, with what stands before and after them on its topic's page

    @property
    def more(self) -> int:
        """How many replies to a comment its topic's page does not show."""
        return max(0, self.last_reply_number - TREE)


_SELECT = f"""
    SELECT p.id, p.number, p.reply_number, p.parent_id, p.last_reply_number, p.body_html,
           p.created_at, p.edited_at, p.hidden_at, p.held_at IS NOT NULL, p.deleted_at,
           ({POST_SHOWN.sql}) IS NOT TRUE,
           p.useful_count, p.agree_count,
           p.author_id, m.handle, m.display_name, {PICTURE_SQL}, m.is_staff, m.province,
           p.network_id, p.in_name, p.with_ai, n.name, n.slug, n.colour, n.emblem
    FROM forums_post p JOIN accounts_member m ON m.id = p.author_id
        LEFT JOIN forums_network n ON n.id = p.network_id AND {NETWORK_SHOWN.sql}
"""  # noqa: S608 - made of constants
# "reply_number <= 10" is the condition of the index post_page, word for word.
# No page holds more than the limit, but the planner does not know: it takes low numbers for common
# ones (in most topics they are all there is), expects thousands of rows and reads the whole topic.
_PAGE = f"""{_SELECT}
    WHERE p.topic_id = %(topic)s AND p.number BETWEEN %(first)s AND %(last)s AND p.reply_number <= {TREE}
    ORDER BY p.number, p.reply_number LIMIT %(most)s
"""
# Not in the benchmark, but of the same columns as what is.
_THREAD = f"""{_SELECT}
    WHERE p.root_id = %(root)s AND p.reply_number BETWEEN %(first)s AND %(last)s
    ORDER BY p.reply_number LIMIT %(most)s
"""
_ONE = f"{_SELECT} WHERE p.id = %(post)s"
# One network's posts of a topic, in order, after a place: the index post_voice.
_VOICE = f"""{_SELECT}
    WHERE p.topic_id = %(topic)s AND p.network_id = %(network)s
        AND (p.number, p.reply_number) > (%(number)s, %(reply_number)s)
        AND {POST_SHOWN.sql}
    ORDER BY p.number, p.reply_number LIMIT %(most)s
"""
# The posts found most useful of each of these networks, as the topic remembers them (standpoints.counters).
_MOST_USEFUL = f"""
    SELECT best.*, q.body FROM forums_topicnetwork v, LATERAL (
        {_SELECT} WHERE p.id = ANY(v.most_useful) AND {POST_SHOWN.sql}
    ) AS best JOIN forums_post q ON q.id = best.id
    WHERE v.topic_id = %(topic)s AND v.network_id = ANY(%(networks)s::bigint[])
    ORDER BY best.useful_count DESC, best.id
"""  # noqa: S608 - made of constants
_MY_REACTIONS = """
    SELECT post_id, kind FROM forums_reaction
    WHERE member_id = %(member)s AND post_id = ANY(%(posts)s)
"""
DEPTH = 3  # levels of indentation: the comment, and two of replies


def page_rows(topic_id: int, member: Any, *, first: int, last: int) -> list[PostRow]:
    """Comments `first` to `last` of a topic, each with its first ten replies, one query.

    The topic must have been found through `visible_to`. Comments carry their replies, in the
    order of the tree, in `replies`.
    """
    most = (last - first + 1) * (TREE + 1)
    return _as_trees(
        _rows(
            select(_PAGE, topic=topic_id, first=first, last=last, most=most, **reader(member)),
            member,
        )
    )


def thread_rows(root_id: int, member: Any, *, first: int, last: int) -> list[PostRow]:
    """Replies `first` to `last` of one thread, in the order they were written."""
    found = _rows(
        select(
            _THREAD, root=root_id, first=first, last=last, most=last - first + 1, **reader(member)
        ),
        member,
    )
    _name_the_answered(found)
    for row in found:
        row.depth = 2
    return found


def voice_rows(
    topic_id: int, network_id: int, member: Any, *, after: tuple[int, ...], limit: int
) -> list[PostRow]:
    """What one network says in a topic, in order, after the place (number, reply number) `after`."""
    number, reply_number = after
    return _rows(
        select(
            _VOICE,
            topic=topic_id,
            network=network_id,
            number=number,
            reply_number=reply_number,
            most=limit,
            **reader(member),
        ),
        member,
    )


def most_useful_rows(topic_id: int, network_ids: list[int], member: Any) -> list[PostRow]:
    """Of each network its posts that were found most useful; each row has its source in `body`."""
    found = select(_MOST_USEFUL, topic=topic_id, networks=network_ids, **reader(member))
    rows = _rows((values[:-1] for values in found), member)
    for row, values in zip(rows, found, strict=True):
        row.body = values[-1]
    return rows


def one_row(post_id: int, member: Any) -> PostRow:
    """A single post as a row."""
    return _rows(select(_ONE, post=post_id, **reader(member)), member)[0]


def mark_reactions(found: Iterable[PostRow], member: Any) -> None:
    """Say on each row which of the two marks `member` has given, whether she bookmarked it and was told of it: one query
    for all."""
    if not member.is_authenticated:
        return
    by_id = {row.pk: row for row in found}
    statement = " UNION ALL ".join([_MY_REACTIONS, *mine_too()])
    for post_id, kind in select(statement, member=member.pk, posts=list(by_id)):
        if kind == ReactionKind.USEFUL:
            by_id[post_id].my_useful = True
        elif kind == BOOKMARKED:
            by_id[post_id].my_bookmark = True
        elif kind == TOLD:
            by_id[post_id].told = True
        else:
            by_id[post_id].my_agree = True


def flat(trees: Iterable[PostRow]) -> list[PostRow]:
    """Comments and their replies in one list."""
    return [row for comment in trees for row in (comment, *comment.replies)]


def _rows(found: Iterable[tuple[Any, ...]], member: Any) -> list[PostRow]:
    """What `_SELECT` found. Few people write many posts of a page: each is named once."""
    now = timezone.now()
    places = PROVINCE_NAMES.now()
    blocked = blocked_by(member)
    authors: dict[int, MemberRef] = {}
    networks: dict[int, NetworkRef] = {}
    rows = []
    for (
        pk, number, reply_number, parent_id, last_reply_number, html,
        created_at, edited_at, hidden_at, held, deleted_at, gone, useful, agree,
        author_id, handle, name, picture, is_staff, province,
        network_id, in_name, with_ai, network_name, slug, colour, emblem,
    ) in found:  # fmt: skip
        if (author := authors.get(author_id)) is None:
            author = authors[author_id] = MemberRef.of(name, handle, picture, is_staff=is_staff)
        network = networks.get(network_id)
        if network is None and slug:
            network = networks[network_id] = NetworkRef.of(network_name, slug, colour, emblem)
        rows.append(
            PostRow(
                pk=pk,
                number=number,
                reply_number=reply_number,
                label=post_label(number, reply_number),
                parent_id=parent_id,
                last_reply_number=last_reply_number,
                author_id=author_id,
                author=author,
                place=places.get(province, ""),
                network_id=network_id,
                network=network,
                in_name=in_name,
                with_ai=with_ai,
                created_at=created_at,
                iso=created_at.isoformat(timespec="seconds"),
                when=dates.ago(created_at, now),
                edited_at=edited_at,
                hidden_at=hidden_at,
                held=held,
                gone=gone,
                fresh=gone
                and hidden_at is None
                and author_id == member.pk
                and deleted_at is not None
                and now - deleted_at < TAKE_BACK,
                folded=author_id in blocked and not gone,
                useful=useful,
                agree=agree,
                html=trusted(html),
            )
        )
    return rows


def _as_trees(found: list[PostRow]) -> list[PostRow]:
    """Comments in order, each with its replies in tree order and the depth they are drawn at.

    A parent is always older, so it stands in the window before its answers: one pass suffices.
    """
    comments: list[PostRow] = []
    answers: dict[int, list[PostRow]] = {}
    by_id: dict[int | None, PostRow] = {}
    for row in found:
        by_id[row.pk] = row
        if not row.reply_number:
            comments.append(row)
        elif (parent := by_id.get(row.parent_id)) is not None:
            row.depth = min(parent.depth + 1, DEPTH)
            if parent.depth == DEPTH:
                row.answers = parent.author.name
            answers.setdefault(parent.pk, []).append(row)
    for comment in comments:
        waiting = list(reversed(answers.get(comment.pk, [])))
        while waiting:
            row = waiting.pop()
            comment.replies.append(row)
            waiting.extend(reversed(answers.get(row.pk, [])))
    return comments


def _name_the_answered(replies: list[PostRow]) -> None:
    """In a flat thread each reply begins with whom it answers, where that is not the comment."""
    by_id = {row.pk: row.author.name for row in replies}
    parents = {row.parent_id for row in replies if row.parent_id}
    earlier = Post.objects.filter(pk__in=parents - by_id.keys())
    by_id |= dict(earlier.exclude(root=None).values_list("pk", "author__display_name"))
    for row in replies:
        row.answers = by_id.get(row.parent_id or 0, "")
