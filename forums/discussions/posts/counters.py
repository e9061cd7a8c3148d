"""What a topic remembers of its posts: counts, the last post, who took part, how lively it is.

Each function is called by an action that holds the topic's row lock.
"""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from forums.base.constant_sql import select, write_each
from forums.discussions.posts.locks import POST
from forums.discussions.posts.models import TREE, PartedPost, Post, Reaction, ReactionKind
from forums.discussions.topics.models import TAKING_PART, Topic

COLUMNS = (
    "last_number", "reply_count", "useful_count", "last_post_at", "last_author_id", "taking_part",
    "hot",
)  # fmt: skip

_EPOCH = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
TENFOLD = timedelta(days=7)


def hotness(*, created_at: datetime, replies: int, useful: int) -> float:
    """How lively a topic is: log10(1 + replies + useful), in tenths, + age of its birth in weeks.

    The form of Reddit's "hot" order, published in its source (r2/lib/db/_sorts.pyx: the logarithm
    of the score plus seconds / 45,000), with two changes. The score counts replies and *useful*
    marks, never agreement: a topic that divides people is as lively as one that pleases them.
    And ten times the activity outweighs a week of age, not twelve hours: villages answer slowly.
    It never decays, so it is stored, and a list reads it from an index. In tenths, because a topic that
    keeps its place keeps its entries in all indexes: of a hundred marks three move it.
    """
    return round(math.log10(1 + replies + useful), 1) + (created_at - _EPOCH) / TENFOLD


def next_place(topic: Topic, root: Post | None) -> tuple[int, int]:
    """The number and reply number of the next comment of `topic`, or of the next reply under `root`.

    Moves the counter on the object it came from (both stand under the topic's lock); to write it
    is the caller's.
    """
    if root is None:
        topic.last_number += 1
        return topic.last_number, 0
    root.last_reply_number += 1
    return root.number, root.last_reply_number


def add_reply(topic: Topic, post: Post) -> None:
    """Store a new comment of `topic` (locked), or reply to one, with what thread and topic remember of it: one statement.

    Of one that waits to be looked at, its number alone: `next_place` has moved it.
    """
    if not post.is_gone:
        others = [pk for pk in topic.taking_part if pk != post.author_id]
        topic.taking_part = [post.author_id, *others][:TAKING_PART]
        topic.reply_count += 1
        topic.last_post_at = post.created_at
        topic.last_author_id = post.author_id
    values = _memory(topic) | {f"its_{name}": getattr(post, name) for name in _STORED}
    ((post.pk,),) = select(_ADD, **values)
    post._state.adding, post._state.db = False, DEFAULT_DB_ALIAS


# Asked with each mark.
_MARK = """
    INSERT INTO forums_reaction (post_id, member_id, kind, created_at)
    VALUES (%(post)s, %(member)s, %(kind)s, %(now)s) ON CONFLICT DO NOTHING RETURNING id
"""
_MARKED = {
    kind: f"UPDATE forums_post SET {kind}_count = {kind}_count + %(change)s WHERE id = %(post)s"  # noqa: S608 - constants
    for kind in ReactionKind.values
}


def give_mark(post: Post, member: int, kind: ReactionKind) -> int:
    """Note that this member (id) marks a post (locked); how many marks more there are: 0, if she had before."""
    return len(select(_MARK, post=post.pk, member=member, kind=str(kind), now=timezone.now()))


def count_mark(post: Post, kind: ReactionKind, change: int) -> None:
    """Write onto `post` (locked) that it gained or lost marks of a kind."""
    write_each(_MARKED[kind], [{"post": post.pk, "change": change}])
    column = f"{kind}_count"
    setattr(post, column, getattr(post, column) + change)


def count_useful(topic: Topic, change: int) -> None:
    """Write into `topic` (locked) that one of its posts gained or lost a *useful* mark."""
    topic.useful_count = max(0, topic.useful_count + change)
    _write(topic)


def recount(topic: Topic) -> None:
    """Compute from its posts what `topic` (locked) remembers: after hiding or deleting."""
    recount_many([topic])


def recount_many(topics: Sequence[Topic]) -> None:
    """The same for several topics (locked) in two queries: after importing."""
    for topic, memory in from_posts(topics):
        _recall(topic, memory)
        _write(topic)


def repair(topics: Sequence[Topic]) -> list[tuple[Topic, list[str]]]:
    """Correct those of `topics` (locked, as they stand in the database) that remember wrongly.

    Returns them with the names of the columns that were wrong.
    """
    wrong = []
    for topic, memory in from_posts(topics):
        before = {name: getattr(topic, name) for name in COLUMNS}
        _recall(topic, memory)
        topic.hot = hotness_of(topic)
        columns = [name for name in COLUMNS if before[name] != getattr(topic, name)]
        if columns:
            _write(topic)
            wrong.append((topic, columns))
    return wrong


def from_posts(topics: Sequence[Topic]) -> list[tuple[Topic, dict[str, Any]]]:
    """What each topic should remember, computed from its posts. Two queries; writes nothing."""
    ids = [topic.pk for topic in topics]
    posts = Post.objects.shown().filter(topic__in=ids)
    totals = {
        pk: (replies, useful)
        for pk, replies, useful in posts.order_by()
        .values("topic_id")
        .annotate(
            replies=Count("pk", filter=Q(number__gt=0)), useful=Sum("useful_count", default=0)
        )
        .values_list("topic_id", "replies", "useful")
    }
    mine = Post.objects.filter(topic=OuterRef("pk"))
    shown = mine.shown().order_by("-created_at", "-id")
    comments = mine.filter(reply_number__lte=TREE).order_by("-number")
    # A number that stands elsewhere now is given to nothing else.
    parted = PartedPost.objects.filter(topic=OuterRef("pk")).order_by("-number").values("number")
    newest = {
        pk: (authors, last_post_at, last_number)
        for pk, authors, last_post_at, last_number in Topic.objects.filter(pk__in=ids).values_list(
            "pk",
            ArraySubquery(shown.values("author_id")[:60]),
            Subquery(shown.values("created_at")[:1]),
            Greatest(Subquery(comments.values("number")[:1]), Subquery(parted[:1])),
        )
    }
    found = []
    for topic in topics:
        replies, useful = totals.get(topic.pk, (0, 0))
        authors, last_post_at, last_number = newest[topic.pk]
        memory = {
            "last_number": last_number or 0,
            "reply_count": replies,
            "useful_count": useful,
            "last_post_at": last_post_at or topic.created_at,
            "last_author_id": authors[0] if authors else topic.author_id,
            "taking_part": list(dict.fromkeys(authors))[:TAKING_PART],
        }
        found.append((topic, memory))
    return found


def repair_posts(topics: Sequence[Topic]) -> list[tuple[int, list[str]]]:
    """Correct the counters on the posts of `topics` (locked): both marks, and the last reply's number.

    Returns the ids of the posts that were wrong, with the names of the columns.
    """
    marks = Reaction.objects.filter(post=OuterRef("pk")).order_by().values("post")
    given: dict[str, Case | Coalesce] = {
        f"{kind}_count": Coalesce(
            Subquery(marks.filter(kind=kind).values_list(Count("pk"))), Value(0)
        )
        for kind in ReactionKind.values
    }
    replies = Post.objects.filter(root=OuterRef("pk")).order_by("-reply_number")
    parted = PartedPost.objects.filter(topic=OuterRef("topic"), number=OuterRef("number"))
    gone = parted.order_by("-reply_number").values("reply_number")
    given["last_reply_number"] = Case(
        When(
            root=None,
            number__gt=0,
            then=Coalesce(
                Greatest(Subquery(replies.values("reply_number")[:1]), Subquery(gone[:1])), Value(0)
            ),
        ),
        default=Value(0),
    )
    columns = list(given)
    true = {f"true_{name}": expression for name, expression in given.items()}
    right = Q(*((name, F(f"true_{name}")) for name in columns))
    wrong = Post.objects.filter(topic__in=topics).annotate(**true).exclude(right).order_by("pk")
    found = []
    for pk, *values in wrong.values_list("pk", *columns, *true):
        before, after = values[: len(columns)], values[len(columns) :]
        changes = {
            name: new for name, old, new in zip(columns, before, after, strict=True) if old != new
        }
        Post.objects.filter(pk=pk).update(**changes)
        found.append((pk, list(changes)))
    return found


def _recall(topic: Topic, memory: dict[str, Any]) -> None:
    for name, value in memory.items():
        setattr(topic, name, value)


def hotness_of(topic: Topic) -> float:
    return hotness(
        created_at=topic.created_at, replies=topic.reply_count, useful=topic.useful_count
    )


def _write(topic: Topic) -> None:
    write_each(_WRITE, [_memory(topic)])


def _memory(topic: Topic) -> dict[str, Any]:
    topic.hot = hotness_of(topic)
    return {"topic": topic.pk} | {name: getattr(topic, name) for name in COLUMNS}


_WRITE = f"""
    UPDATE forums_topic SET {", ".join(f"{name} = %({name})s" for name in COLUMNS)} WHERE id = %(topic)s
"""  # noqa: S608 - made of constants
_STORED = [name for name in POST.names if name != "id"]  # each a column's name as well
_ADD = f"""
    WITH remembered AS ({_WRITE}), thread AS (
        UPDATE forums_post SET last_reply_number = %(its_reply_number)s WHERE id = %(its_root_id)s
    )
    INSERT INTO forums_post ({", ".join(_STORED)}) VALUES ({", ".join(f"%(its_{name})s" for name in _STORED)})
    RETURNING id
"""  # noqa: S608 - made of constants
