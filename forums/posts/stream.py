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
from forums.posts.models import TREE, Post, Reaction, post_label
from forums.text import dates
from forums.text.render import trusted

Row = dict[str, Any]

_COLUMNS = (
    "id", "number", "reply_number", "parent_id", "last_reply_number", "body_html",
    "created_at", "edited_at", "revision_count", "hidden_at", "deleted_at",
    "useful_count", "agree_count", "author_id", "author__handle", "author__display_name",
    "author__picture", "author__province",
)  # fmt: skip
DEPTH = 3  # levels of indentation: the comment, and two of replies


def page_rows(topic_id: int, *, first: int, last: int) -> list[Row]:
    """Comments `first` to `last` of a topic, each with its first ten replies, one query.

    Comments carry their replies, in the order of the tree, in `replies`.
    """
    found = Post.objects.filter(
        topic_id=topic_id, number__gte=first, number__lte=last, reply_number__lte=TREE
    )
    # No page holds more, but the planner does not know: it takes low numbers for common ones (in
    # most topics they are all there is), expects thousands of rows and reads the whole topic.
    most = (last - first + 1) * (TREE + 1)
    rows = _rows(found.order_by("number", "reply_number")[:most])
    return _as_trees(rows)


def thread_rows(root_id: int, *, first: int, last: int) -> list[Row]:
    """Replies `first` to `last` of one thread, in the order they were written, one query."""
    found = Post.objects.filter(root_id=root_id, reply_number__gte=first, reply_number__lte=last)
    rows = _rows(found.order_by("reply_number")[: last - first + 1])
    _name_the_answered(rows)
    for row in rows:
        row["depth"] = 2
    return rows


def one_row(post_id: int) -> Row:
    """A single post as a row."""
    return _rows(Post.objects.filter(pk=post_id))[0]


def mark_reactions(rows: Iterable[Row], member: Any) -> None:
    """Say on each row which of the two marks `member` has given: one query for all of them."""
    if not member.is_authenticated:
        return
    by_id = {row["id"]: row for row in rows}
    given = Reaction.objects.filter(member=member, post_id__in=by_id).values_list("post_id", "kind")
    for post_id, kind in given:
        by_id[post_id]["my_" + kind] = True


def flat(trees: Iterable[Row]) -> list[Row]:
    """Comments and their replies in one list."""
    return [row for comment in trees for row in (comment, *comment["replies"])]


def _rows(posts: Any) -> list[Row]:
    now = timezone.now()
    rows = []
    for values in posts.values_list(*_COLUMNS):
        row = dict(zip(_COLUMNS, values, strict=True))
        created_at: datetime = row["created_at"]
        row |= {
            "pk": str(row["id"]),
            "useful": str(row["useful_count"]),
            "agree": str(row["agree_count"]),
            "iso": created_at.isoformat(timespec="seconds"),
            "label": post_label(row["number"], row["reply_number"]),
            "html": trusted(row.pop("body_html")),
            "name": row.pop("author__display_name"),
            "url": member_url(row.pop("author__handle")),
            "picture": picture_url(row.pop("author__picture"), size=72),
            "place": PROVINCE_NAMES.get(row.pop("author__province"), ""),
            "when": dates.ago(created_at, now),
            "gone": row["hidden_at"] is not None or row["deleted_at"] is not None,
            "depth": 1,
            "replies": [],
        }
        rows.append(row)
    return rows


def _as_trees(rows: list[Row]) -> list[Row]:
    """Comments in order, each with its replies in tree order and the depth they are drawn at.

    A parent is always older, so it stands in the window before its answers: one pass suffices.
    """
    comments: list[Row] = []
    answers: dict[int, list[Row]] = {}
    by_id: dict[int, Row] = {}
    for row in rows:
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


def _name_the_answered(rows: list[Row]) -> None:
    """In a flat thread each reply begins with whom it answers, where that is not the comment."""
    by_id = {row["id"]: row for row in rows}
    missing = {row["parent_id"] for row in rows} - by_id.keys()
    elsewhere = dict(
        Post.objects.filter(pk__in=missing, root__isnull=False).values_list(
            "pk", "author__display_name"
        )
    )
    for row in rows:
        parent = by_id.get(row["parent_id"])
        name = parent["name"] if parent else elsewhere.get(row["parent_id"])
        if name:
            row["answers"] = name
