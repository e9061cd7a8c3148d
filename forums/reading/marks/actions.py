"""Marks moved, topics marked as read and that taken back, marks forgotten."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.known import forget_known
from forums.base.constant_sql import write_each
from forums.base.rate_limits import one_at_a_time
from forums.discussions.posts.models import POST_SHOWN
from forums.discussions.topics.models import Topic
from forums.reading.following.levels import standings
from forums.reading.following.models import Follow, Level
from forums.reading.marks.models import MOST_DAYS, ReaderState, ReadMark
from forums.reading.marks.outlook import HOUR, VISIT

if TYPE_CHECKING:
    from accounts.models import Member

MOST_MARKS = 10_000  # of a member, after a night
TIDIED = 500  # members whose marks are looked through in one go

# Where the page brings her no further in numbers, what came late under other comments she knows stays unread: her time
# moves up to right before the first of it. The new mark is worked out of the old one, and kept if it is beyond that.
_MOVE = f"""
    INSERT INTO forums_readmark AS k (member_id, topic_id, number, seen_at)
    SELECT %(me)s, %(topic)s, %(number)s, CASE WHEN %(number)s > old.number THEN %(newest)s ELSE
        LEAST(%(newest)s, (
            SELECT min(p.created_at) - interval '1 microsecond' FROM forums_post p
            WHERE p.topic_id = %(topic)s AND {POST_SHOWN.sql} AND p.created_at > old.seen_at
                AND p.number <= old.number AND p.author_id <> %(me)s
                AND p.id <> ALL(%(served)s::bigint[])))
        END
    FROM (SELECT) AS one
        LEFT JOIN forums_readmark old ON old.member_id = %(me)s AND old.topic_id = %(topic)s
    ON CONFLICT (member_id, topic_id) DO UPDATE
    SET number = GREATEST(k.number, EXCLUDED.number), seen_at = GREATEST(k.seen_at, EXCLUDED.seen_at)
    WHERE EXCLUDED.number > k.number OR EXCLUDED.seen_at > k.seen_at
"""  # noqa: S608 - made of constants


def move_mark(
    *, member_id: int, topic_id: int, number: int, newest: datetime, served: Sequence[int]
) -> None:
    """She was served posts of a topic up to comment `number`, the newest of them written at `newest`: one statement.

    `served` are the ids of those she may not have known. Another tab may move the mark at the same time: whatever
    is further on stays.
    """
    values = {
        "me": member_id,
        "topic": topic_id,
        "number": number,
        "newest": newest,
        "served": list(served),
    }
    write_each(_MOVE, [values])


_HERE = """
    INSERT INTO forums_readerstate AS r (member_id, here_at) VALUES (%(me)s, %(now)s)
    ON CONFLICT (member_id) DO UPDATE
    SET before_at = CASE WHEN EXCLUDED.here_at - r.here_at > %(visit)s THEN r.here_at ELSE r.before_at END,
        here_at = EXCLUDED.here_at
    WHERE EXCLUDED.here_at - r.here_at > %(hour)s
"""


def note_visit(*, member_id: int, now: datetime) -> None:
    """She is here: one statement. Who was away for longer than VISIT comes anew, and was here before then."""
    write_each(_HERE, [{"me": member_id, "now": now, "visit": VISIT, "hour": HOUR}])


_FORGET = """
    DELETE FROM forums_readmark k USING (
        SELECT m.member_id, m.topic_id, t.last_post_at,
            row_number() OVER (PARTITION BY m.member_id ORDER BY t.last_post_at DESC, t.id) AS place
        FROM forums_readmark m JOIN forums_topic t ON t.id = m.topic_id
        WHERE m.member_id = ANY(%(members)s)) old
    WHERE k.member_id = old.member_id AND k.topic_id = old.topic_id
        AND (old.last_post_at < %(silent)s OR old.place > %(most)s)
"""


@transaction.atomic
def mark_read(
    *, member: "Member", topic_ids: Sequence[int], until: datetime, stop: bool = False
) -> int:
    """Mark these topics as read to their ends, but for those that have been written in after `until`; how many it were.

    With `stop` she follows those she tracks or watches no longer. What was before is kept, for `take_back`.
    """
    one_at_a_time(member)
    ends = {
        pk: (number, at)
        for pk, number, at in Topic.objects.filter(
            pk__in=topic_ids, last_post_at__lte=until
        ).values_list("pk", "last_number", "last_post_at")
    }
    was = {
        mark.topic_id: (mark.number, mark.seen_at)
        for mark in ReadMark.objects.select_for_update().filter(member=member, topic__in=ends)
    }
    done = {
        pk: (max(end[0], was[pk][0]), max(end[1], was[pk][1])) if pk in was else end
        for pk, end in ends.items()
    }
    ReadMark.objects.bulk_create(
        [
            ReadMark(member=member, topic_id=pk, number=number, seen_at=at)
            for pk, (number, at) in sorted(done.items())
        ],
        update_conflicts=True,
        unique_fields=["member", "topic"],
        update_fields=["number", "seen_at"],
    )
    undo = {
        "marks": [[pk, *_written(done[pk]), *_written(was.get(pk))] for pk in done],
        "levels": _stop_following(member, list(done)) if stop else [],
    }
    ReaderState.objects.update_or_create(
        member=member, defaults={"undo": undo}, create_defaults={"undo": undo, "here_at": until}
    )
    return len(done)


# What `mark_read` wrote down: of a mark its topic, where it stands now, and where it stood, if there was one; of a
# level its topic, and which it was. Each of these is one statement, for it may have been a thousand topics.
_SAME_MARK = """k.member_id = r.member_id AND k.topic_id = (was->>0)::bigint
    AND k.number = (was->>1)::int AND k.seen_at = (was->>2)::timestamptz"""
_SAME_LEVEL = f"""f.member_id = r.member_id AND f.topic_id = (was->>0)::bigint
    AND f.level = {Level.NORMAL:d}"""
_BACK = f"""
    UPDATE forums_readmark k SET number = (was->>3)::int, seen_at = (was->>4)::timestamptz
    FROM forums_readerstate r, jsonb_array_elements(r.undo->'marks') was
    WHERE r.member_id = %(me)s AND jsonb_array_length(was) > 3 AND {_SAME_MARK};
    DELETE FROM forums_readmark k
    USING forums_readerstate r, jsonb_array_elements(r.undo->'marks') was
    WHERE r.member_id = %(me)s AND jsonb_array_length(was) = 3 AND {_SAME_MARK};
    UPDATE forums_follow f SET level = (was->>1)::smallint
    FROM forums_readerstate r, jsonb_array_elements(r.undo->'levels') was
    WHERE r.member_id = %(me)s AND was->>1 IS NOT NULL AND {_SAME_LEVEL};
    DELETE FROM forums_follow f
    USING forums_readerstate r, jsonb_array_elements(r.undo->'levels') was
    WHERE r.member_id = %(me)s AND was->>1 IS NULL AND {_SAME_LEVEL}
"""  # noqa: S608 - made of constants


@transaction.atomic
def take_back(*, member: "Member") -> int:
    """Undo her last `mark_read`, as far as she has not read on since; how many topics it was of. Once."""
    one_at_a_time(member)
    state = ReaderState.objects.select_for_update().filter(member=member).first()
    if state is None or state.undo is None:
        return 0
    with connection.cursor() as cursor:
        for statement in _BACK.split(";"):
            cursor.execute(statement, {"me": member.pk})
    ReaderState.objects.filter(member=member).update(undo=None)
    return len(state.undo["marks"])


@transaction.atomic
def set_window(*, member: "Member", days: int) -> None:
    """How many days back she looks for what is new."""
    ReaderState.objects.update_or_create(
        member=member,
        defaults={"days": days},
        create_defaults={"days": days, "here_at": timezone.now()},
    )
    forget_known(member)


@transaction.atomic
def forget_marks(now: datetime) -> None:
    """Drop the old marks of the next members who were here since theirs were looked through.

    A mark of a topic nobody has written in for the longest window says nothing any more; of the others a member keeps
    those of the topics that were talked in last.
    """
    states = ReaderState.objects.filter(
        Q(tidied_at=None) | Q(tidied_at__lt=now - timedelta(days=1), here_at__gt=F("tidied_at"))
    ).order_by(F("tidied_at").asc(nulls_first=True), "pk")
    members = list(states.values_list("pk", flat=True)[:TIDIED])
    with connection.cursor() as cursor:
        silent = now - timedelta(days=MOST_DAYS)
        cursor.execute(_FORGET, {"members": members, "silent": silent, "most": MOST_MARKS})
    ReaderState.objects.filter(pk__in=members).update(tidied_at=now)


def _written(end: tuple[int, datetime] | None) -> list[Any]:
    return [end[0], end[1].isoformat()] if end else []


def _stop_following(member: "Member", topic_ids: list[int]) -> list[list[int | None]]:
    """Follow none of these topics any more, whatever they stand in; each that was followed, with its own level before."""
    heard = standings(member, topic_ids)
    followed = [pk for pk in topic_ids if heard[pk].level >= Level.TRACKING]
    own = Follow.objects.filter(member=member, topic__in=followed)
    before = dict(own.values_list("topic_id", "level"))
    own.update(level=Level.NORMAL)
    Follow.objects.bulk_create(
        Follow(member=member, topic_id=pk, level=Level.NORMAL)
        for pk in followed
        if pk not in before
    )
    return [[pk, before.get(pk)] for pk in followed]
