"""What a page of a topic shows: its posts as plain rows, in as few queries as can be.

A row is a dict of ready-to-print values, so the template does nothing per post but print them:
a page holds up to 220 posts, and each name looked up on a model in a template costs more than
the query that fetched it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import member_url, picture_url
from accounts.provinces import PROVINCE_NAMES
from forums.base.constant_sql import select
from forums.base.visibility import reader
from forums.discussions.posts.models import POST_SHOWN, TREE, Post, post_label
from forums.groups.networks.models import NETWORK_SHOWN, network_url
from forums.text import dates
from forums.text.render import trusted

Row = dict[str, Any]

_COLUMNS = (
    "id", "number", "reply_number", "parent_id", "last_reply_number", "html",
    "created_at", "edited_at", "hidden_at", "gone", "useful", "agree",
    "author_id", "handle", "name", "picture", "province",
    "network_id", "in_name", "from_name", "from_slug", "from_colour", "from_emblem",
)  # fmt: skip
_SELECT = f"""
    SELECT p.id, p.number, p.reply_number, p.parent_id, p.last_reply_number, p.body_html,
           p.created_at, p.edited_at, p.hidden_at, ({POST_SHOWN.sql}) IS NOT TRUE,
           p.useful_count, p.agree_count,
           p.author_id, m.handle, m.display_name, m.picture, m.province,
           p.network_id, p.in_name, n.name, n.slug, n.colour, n.emblem
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
# The posts found most useful of each of these networks: the index post_voice_useful.
_MOST_USEFUL = f"""
    SELECT best.*, q.body FROM unnest(%(networks)s::bigint[]) AS asked (network_id), LATERAL (
        {_SELECT}
        WHERE p.topic_id = %(topic)s AND p.network_id = asked.network_id
            AND {POST_SHOWN.sql} AND p.number > 0
        ORDER BY p.useful_count DESC, p.id LIMIT %(each)s
    ) AS best JOIN forums_post q ON q.id = best.id
"""  # noqa: S608 - made of constants
_MINE = """
    SELECT post_id, kind FROM forums_reaction
    WHERE member_id = %(member)s AND post_id = ANY(%(posts)s)
"""
DEPTH = 3  # levels of indentation: the comment, and two of replies


def page_rows(topic_id: int, member: Any, *, first: int, last: int) -> list[Row]:
    """Comments `first` to `last` of a topic, each with its first ten replies, one query.

    The topic must have been found through `visible_to`. Comments carry their replies, in the
    order of the tree, in `replies`.
    """
    most = (last - first + 1) * (TREE + 1)
    return _as_trees(
        _rows(select(_PAGE, topic=topic_id, first=first, last=last, most=most, **reader(member)))
    )


def thread_rows(root_id: int, member: Any, *, first: int, last: int) -> list[Row]:
    """Replies `first` to `last` of one thread, in the order they were written."""
    found = _rows(
        select(
            _THREAD, root=root_id, first=first, last=last, most=last - first + 1, **reader(member)
        )
    )
    _name_the_answered(found)
    for row in found:
        row["depth"] = 2
    return found


def voice_rows(
    topic_id: int, network_id: int, member: Any, *, after: tuple[int, ...], limit: int
) -> list[Row]:
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
        )
    )


def most_useful_rows(topic_id: int, network_ids: list[int], member: Any, *, each: int) -> list[Row]:
    """Of each network its `each` posts that were found most useful; each row has its source in `body`."""
    found = select(_MOST_USEFUL, topic=topic_id, networks=network_ids, each=each, **reader(member))
    rows = _rows(values[:-1] for values in found)
    for row, values in zip(rows, found, strict=True):
        row["body"] = values[-1]
    return rows


def one_row(post_id: int, member: Any) -> Row:
    """A single post as a row."""
    return _rows(select(_ONE, post=post_id, **reader(member)))[0]


def mark_reactions(found: Iterable[Row], member: Any) -> None:
    """Say on each row which of the two marks `member` has given: one query for all of them."""
    if not member.is_authenticated:
        return
    by_id = {row["id"]: row for row in found}
    for post_id, kind in select(_MINE, member=member.pk, posts=list(by_id)):
        by_id[post_id]["my_" + kind] = True


def flat(trees: Iterable[Row]) -> list[Row]:
    """Comments and their replies in one list."""
    return [row for comment in trees for row in (comment, *comment["replies"])]


def _rows(found: Iterable[tuple[Any, ...]]) -> list[Row]:
    now = timezone.now()
    made = []
    for values in found:
        row = dict(zip(_COLUMNS, values, strict=True))
        created_at: datetime = row["created_at"]
        row["pk"] = str(row["id"])
        row["label"] = post_label(row["number"], row["reply_number"])
        row["html"] = trusted(row["html"])
        row["url"] = member_url(row["handle"])
        row["picture"] = picture_url(row["picture"], size=72)
        row["place"] = PROVINCE_NAMES.get(row["province"], "")
        row["iso"] = created_at.isoformat(timespec="seconds")
        row["when"] = dates.ago(created_at, now)
        row["from_url"] = network_url(row["from_slug"]) if row["from_slug"] else ""
        row["depth"] = 1
        row["replies"] = []
        made.append(row)
    return made


def _as_trees(found: list[Row]) -> list[Row]:
    """Comments in order, each with its replies in tree order and the depth they are drawn at.

    A parent is always older, so it stands in the window before its answers: one pass suffices.
    """
    comments: list[Row] = []
    answers: dict[int, list[Row]] = {}
    by_id: dict[int, Row] = {}
    for row in found:
        by_id[row["id"]] = row
        if not row["reply_number"]:
            comments.append(row)
        elif (parent := by_id.get(row["parent_id"])) is not None:
            row["depth"] = min(parent["depth"] + 1, DEPTH)
            if parent["depth"] == DEPTH:
                row["answers"] = parent["name"]
            answers.setdefault(parent["id"], []).append(row)
    for comment in comments:
        waiting = list(reversed(answers.get(comment["id"], [])))
        while waiting:
            row = waiting.pop()
            comment["replies"].append(row)
            waiting.extend(reversed(answers.get(row["id"], [])))
        comment["more"] = max(0, comment["last_reply_number"] - TREE)
    return comments


def _name_the_answered(replies: list[Row]) -> None:
    """In a flat thread each reply begins with whom it answers, where that is not the comment."""
    by_id = {row["id"]: row["name"] for row in replies}
    earlier = Post.objects.filter(pk__in={row["parent_id"] for row in replies} - by_id.keys())
    by_id |= dict(earlier.exclude(root=None).values_list("pk", "author__display_name"))
    for row in replies:
        if name := by_id.get(row["parent_id"]):
            row["answers"] = name
