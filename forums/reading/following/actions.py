"""Every write to what a member follows, and to whom she blocks."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.known import forget_known
from forums.base.constant_sql import select
from forums.base.errors import ForumError
from forums.base.rate_limits import one_at_a_time
from forums.discussions.topics.models import Topic
from forums.reading.following.levels import Source, standing_sql
from forums.reading.following.models import (
    STEPS,
    Block,
    Follow,
    FollowDefaults,
    FollowUndo,
    Level,
)
from forums.reading.following.targets import Target, topics_in

if TYPE_CHECKING:
    from accounts.models import Member

MOST_FOLLOWED = 2_000  # of each kind
MOST_BLOCKED = 500


class Full(ForumError):
    """As many as one member may follow, or block."""

    status = 409


@transaction.atomic
def set_level(
    *, member: "Member", target: Target, level: Level | None, mine_too: bool = False
) -> int:
    """Follow a thing so closely, or (None) as whatever stands above it says.

    With `mine_too` the topics in it that she chose a level for get the same; returns how many changed by that, and
    how they stood is kept, for `take_back`. A person is watched or not: any other level ends it.
    Raises Full, or ForumError for whom she blocked.
    """
    one_at_a_time(member)
    if target.kind == "person":
        if target.pk == member.pk:
            raise ForumError(_("One does not follow oneself: what you wrote is on your page."))
        level = level if level == Level.WATCHING else None
        if level and Block.objects.filter(member=member, person=target.pk).exists():
            raise ForumError(_("You blocked this person. Unblock her first, then follow her."))
    chosen = Follow.objects.filter(member=member, **{target.kind: target.pk})
    before = chosen.values_list("level", flat=True).first()
    if level is None:
        chosen.delete()
    elif not chosen.update(level=level):
        _make_room(member.pk, target.kind)
        Follow.objects.create(member=member, level=level, **{f"{target.kind}_id": target.pk})
    if not mine_too or target.kind not in ("network", "board", "tag"):
        return 0
    hers = Follow.objects.filter(topics_in(target.kind, target.pk), member=member)
    own = hers.filter(topic__isnull=False).values_list("topic_id", "level")
    changed = {pk: was for pk, was in own if was != level}
    _set_topics(member, dict.fromkeys(changed, level))
    if changed:
        undo = {
            "thing": [target.kind, target.pk, before],
            "topics": [[pk, was] for pk, was in changed.items()],
            "level": level,
        }
        FollowUndo.objects.update_or_create(member=member, defaults={"undo": undo})
    return len(changed)


@transaction.atomic
def take_back(*, member: "Member") -> int:
    """Undo her last `set_level` that took her topics along, where she chose no other level since; how many topics. Once."""
    one_at_a_time(member)
    kept = FollowUndo.objects.select_for_update().filter(member=member).first()
    if kept is None:
        return 0
    level, (kind, pk, before) = kept.undo["level"], kept.undo["thing"]
    was = dict(kept.undo["topics"])
    now = dict(Follow.objects.filter(member=member, topic__in=was).values_list("topic_id", "level"))
    there = Topic.objects.filter(pk__in=was).values_list("pk", flat=True)
    _set_topics(member, {topic: was[topic] for topic in there if now.get(topic) == level})
    mine = Follow.objects.filter(member=member, **{kind: pk})
    if mine.values_list("level", flat=True).first() == level:
        if before is None:
            mine.delete()
        elif not mine.update(level=before):
            Follow.objects.create(member=member, level=before, **{f"{kind}_id": pk})
    kept.delete()
    return len(was)


def _set_topics(member: "Member", levels: Mapping[int, int | None]) -> None:
    """Give these topics levels of their own; None takes it away."""
    hers = Follow.objects.filter(member=member)
    hers.filter(topic__in=[pk for pk, level in levels.items() if level is None]).delete()
    for level in {level for level in levels.values() if level is not None}:
        topics = sorted(pk for pk, wanted in levels.items() if wanted == level)
        mine = hers.filter(topic__in=topics)
        there = set(mine.values_list("topic_id", flat=True))
        mine.update(level=level)
        Follow.objects.bulk_create(
            Follow(member=member, topic_id=pk, level=level) for pk in topics if pk not in there
        )


def _make_room(member_id: int, kind: str) -> None:
    """Of topics the oldest that is only tracked gives way, for they come of their own accord; else raise Full."""
    hers = Follow.objects.filter(member=member_id, **{f"{kind}__isnull": False})
    if hers[:MOST_FOLLOWED].count() < MOST_FOLLOWED:
        return
    if kind == "topic" and _drop_oldest(member_id):
        return
    raise Full(
        _(
            "You have chosen for %(most)s of these, and more is not possible. Stop following some first."
        )
        % {"most": f"{MOST_FOLLOWED:,}"}
    )


def _drop_oldest(member_id: int) -> bool:
    tracked = Follow.objects.filter(member=member_id, topic__isnull=False, level=Level.TRACKING)
    oldest = tracked.order_by("pk").values("pk")[:1]
    return Follow.objects.filter(pk__in=oldest).delete()[0] > 0


# Where nothing was chosen for the topic itself, what holds is not muted, and less than she wants now.
_TRACK = {
    step: f"""
    INSERT INTO forums_follow (member_id, topic_id, level)
    SELECT her.id, t.id, her.level
    FROM (SELECT m.id, COALESCE(d.{step}, {Level.TRACKING:d}) AS level
            FROM unnest(%(members)s::bigint[]) m(id) LEFT JOIN forums_followdefaults d ON d.member_id = m.id) her,
        forums_topic t JOIN forums_board b ON b.id = t.board_id,
        LATERAL (SELECT {standing_sql("her.id")} AS code OFFSET 0) now
    WHERE t.id = %(topic)s AND now.code / 10 <> {Source.TOPIC:d}
        AND now.code %% 10 BETWEEN {Level.NORMAL:d} AND her.level - 1
    ON CONFLICT (member_id, topic_id) WHERE topic_id IS NOT NULL DO NOTHING
    RETURNING member_id, (SELECT count(*) FROM forums_follow f
        WHERE f.member_id = forums_follow.member_id AND f.topic_id IS NOT NULL)
"""  # noqa: S608 - made of constants
    for step in STEPS
}


@transaction.atomic(savepoint=False)  # a reply would ask two queries more
def track(topic_id: int, members: Collection[int], *, because: str) -> None:
    """These (by id) follow a topic from now on, because of what happened: one of models.STEPS. One statement.

    As closely as each has set for that; never where she chose a level for the topic, where it is muted for
    her, or where she follows it as closely already. Called in the transaction of what happened.
    """
    for member_id, count in select(_TRACK[because], members=list(members), topic=topic_id):
        if count >= MOST_FOLLOWED:  # before this one
            _drop_oldest(member_id)


@transaction.atomic
def set_defaults(*, member: "Member", **levels: int) -> None:
    """How closely she follows what she starts, what she answers in, where she is named (models.STEPS)."""
    FollowDefaults.objects.update_or_create(member=member, defaults=levels)


@transaction.atomic
def block(*, member: "Member", person: "Member") -> None:
    """Hear nothing of `person` any more, and follow her no more. She is not told. Raises Full."""
    one_at_a_time(member)
    if person.pk == member.pk:
        raise ForumError(_("One cannot block oneself."))
    if not Block.objects.filter(member=member, person=person).exists():
        if Block.objects.filter(member=member)[:MOST_BLOCKED].count() >= MOST_BLOCKED:
            raise Full(
                _("You have blocked %(most)s people, and more is not possible. Unblock some first.")
                % {"most": MOST_BLOCKED}
            )
        Block.objects.create(member=member, person=person)
    Follow.objects.filter(member=member, person=person).delete()
    forget_known(member)


@transaction.atomic
def unblock(*, member: "Member", person: "Member") -> None:
    """Hear `person` again."""
    one_at_a_time(member)
    Block.objects.filter(member=member, person=person).delete()
    forget_known(member)
