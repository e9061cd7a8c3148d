"""What stands on the pages of restatements. Reads only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.known import blocked_by
from accounts.references import MemberRef
from forums.base.constant_sql import select
from forums.base.visibility import reader
from forums.discussions.posts.models import POST_SHOWN, Post
from forums.discussions.topics.models import Topic
from forums.knowledge.restatements.models import MOST, RESTATEMENT_STANDS, Restatement
from forums.text import dates

NEWEST = 20


@dataclass(slots=True)
class RestatementRow:
    """One, as its post's page prints it. `state`: "waits", "fits" or "not"."""

    pk: int
    body: str
    author: MemberRef
    state: str
    missing: str
    iso: str
    when: str
    may_answer: bool
    may_report: bool
    form: Any = None


@dataclass(frozen=True, slots=True)
class Understood:
    """How many have said what a post means, and how many of them meant it."""

    people: int
    fits: int


def rows_of(post: Post, member: Any, *, may_answer: bool) -> list[RestatementRow]:
    """What `member` may read of what others said this post means, in the order they came: one query. Of whom she
    blocked nothing."""
    found = Restatement.objects.visible_to(member).standing().filter(post=post)
    found = found.exclude(author__in=blocked_by(member)).select_related("author")
    now = timezone.now()
    return [_row(each, member, now, may_answer=may_answer) for each in found.order_by("pk")[:MOST]]


def understood(rows: Iterable[RestatementRow]) -> Understood:
    """Of what was answered."""
    answered = [row for row in rows if row.state != "waits"]
    people = {row.author.url for row in answered}
    return Understood(len(people), sum(row.state == "fits" for row in answered))


def hers(post: Post, member: Any) -> list[Restatement]:
    """Her own tries at this post, the first first."""
    return list(Restatement.objects.filter(post=post, author=member.pk).order_by("number"))


@dataclass(frozen=True, slots=True)
class UnderstoodRow:
    """One that fits, as the topic's page prints it: who understood whom, and where."""

    body: str
    author: MemberRef
    whom: MemberRef
    label: str
    url: str


def understood_in(topic: Topic, member: Any) -> list[UnderstoodRow]:
    """The newest that fit, of posts that stand in `topic`: one query, however long it is."""
    found = (
        Restatement.objects.visible_to(member)
        .standing()
        .filter(topic=topic, post__topic=topic, fits=True)
        .exclude(author__in=blocked_by(member))
        .select_related("author", "post__author")
        .order_by("-answered_at", "-pk")[:NEWEST]
    )
    return [
        UnderstoodRow(
            body=each.body,
            author=_ref(each.author),
            whom=_ref(each.post.author),
            label=each.post.label if each.post.number else "",
            url=f"/p/{each.post_id}/restatements/#r{each.pk}",
        )
        for each in found
    ]


# What the queryset says of those that fit, which were answered.
_UNDERSTOOD = f"""
    SELECT r.post_id, count(DISTINCT r.author_id) FROM forums_restatement r JOIN forums_post p ON p.id = r.post_id
    WHERE r.post_id = ANY(%(posts)s) AND r.fits AND {RESTATEMENT_STANDS.sql}
        AND (%(sees_all)s OR r.author_id = %(me)s OR ({POST_SHOWN.sql})) AND r.author_id <> ALL(%(blocked)s::bigint[])
    GROUP BY r.post_id
"""  # noqa: S608 - made of constants


def understood_of(posts: Collection[int], member: Any) -> dict[int, int]:
    """How many people said what each of these posts means, and it was so; none where nobody did. One query."""
    blocked = list(blocked_by(member))
    return dict(select(_UNDERSTOOD, posts=list(posts), blocked=blocked, **reader(member)))


def _row(each: Restatement, member: Any, now: Any, *, may_answer: bool) -> RestatementRow:
    state = "waits" if each.fits is None else "fits" if each.fits else "not"
    return RestatementRow(
        pk=each.pk,
        body=each.body,
        author=_ref(each.author),
        state=state,
        missing=each.missing,
        iso=each.created_at.isoformat(timespec="seconds"),
        when=dates.ago(each.created_at, now),
        may_answer=may_answer and state == "waits",
        may_report=member.is_authenticated and each.author_id != member.pk,
    )


def _ref(member: Any) -> MemberRef:
    picture = member.picture if member.is_active else None
    return MemberRef.of(member.display_name, member.handle, picture)
