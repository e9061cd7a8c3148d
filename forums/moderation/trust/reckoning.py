"""What a level asks for, and how far a member is: the same sums for one who looks and for the lot that rises.

Reading is what was served to her (`reading.marks`): comments up to where she came, and each topic's own text.
Useful is a mark of somebody in a network: agreement is not asked, for it rewards the majority.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import Member, TrustLevel
from forums.base.constant_sql import select
from forums.discussions.posts.models import POST_SHOWN
from forums.moderation.trust.models import HeldDown

A_DAY, TOPICS, POSTS = timedelta(hours=24), 5, 30
A_FORTNIGHT, NETWORKS, PEOPLE = timedelta(days=15), 2, 2
SEEN = timedelta(hours=3)  # those who were here since: it is reckoned about once an hour
LOT = 500

_READ = """
    SELECT count(*) AS topics, coalesce(sum(r.number + 1), 0) AS posts
    FROM forums_readmark r WHERE r.member_id = {member}
"""
# Of her newest 500 texts that anybody found useful.
_USEFUL = f"""
    SELECT count(DISTINCT s.network_id) AS networks, count(DISTINCT u.member_id) AS people FROM (
        SELECT p.id FROM forums_post p WHERE p.author_id = {{member}} AND p.useful_count > 0
            AND {POST_SHOWN.sql}
        ORDER BY p.created_at DESC, p.id DESC LIMIT 500
    ) AS p JOIN forums_reaction u ON u.post_id = p.id AND u.kind = 'useful'
        JOIN forums_membership s ON s.member_id = u.member_id
"""  # noqa: S608 - made of constants
_OF_ONE = f"""
    SELECT read.topics, read.posts, useful.networks, useful.people
    FROM ({_READ.format(member="%(member)s")}) AS read, ({_USEFUL.format(member="%(member)s")}) AS useful
"""  # noqa: S608 - made of constants
_WHO = """
    SELECT m.id, m.trust_level, m.created_at FROM forums_readerstate h JOIN accounts_member m ON m.id = h.member_id
    WHERE h.member_id > %(after)s AND h.here_at > %(since)s AND m.trust_level < 2 AND m.is_active
        AND m.created_at < %(day)s AND (m.trust_level = 0 OR m.created_at < %(fortnight)s)
        AND NOT EXISTS (SELECT FROM forums_helddown d WHERE d.member_id = m.id)
    ORDER BY h.member_id LIMIT %(lot)s
"""
_RISE = f"""
    WITH lot AS ({_WHO}), rising AS (
        SELECT lot.id, lot.trust_level + 1 AS level FROM lot
        LEFT JOIN LATERAL ({_READ.format(member="lot.id")}) AS read ON lot.trust_level = 0
        LEFT JOIN LATERAL ({_USEFUL.format(member="lot.id")}) AS useful ON lot.trust_level = 1
        WHERE (lot.trust_level = 0 AND read.topics >= {TOPICS} AND read.posts >= {POSTS})
            OR (lot.trust_level = 1 AND useful.networks >= {NETWORKS} AND useful.people >= {PEOPLE})
    ), locked AS (
        SELECT m.id, rising.level FROM accounts_member m JOIN rising ON rising.id = m.id
        WHERE m.trust_level = rising.level - 1 ORDER BY m.id FOR NO KEY UPDATE OF m SKIP LOCKED
    ), risen AS (
        UPDATE accounts_member m SET trust_level = locked.level FROM locked WHERE m.id = locked.id
        RETURNING m.id, m.trust_level
    )
    SELECT (SELECT max(id) FROM lot), ARRAY(SELECT ARRAY[id, trust_level]::bigint[] FROM risen ORDER BY id)
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a level asks for: how much there is of how much."""

    what: str  # days, hours, topics, posts, networks, people
    there: int
    wanted: int

    @property
    def is_met(self) -> bool:
        return self.there >= self.wanted


def rise(after: int, *, since: datetime, now: datetime) -> tuple[int | None, list[list[int]]]:
    """Raise who of the next lot has what the next level asks for. Returns the id to go on after (None: no more), and
    those raised with their new levels. In a transaction."""
    values: dict[str, int | datetime] = {
        "after": after,
        "since": since,
        "day": now - A_DAY,
        "fortnight": now - A_FORTNIGHT,
        "lot": LOT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RISE, values)
        last, risen = cursor.fetchone()
    return last, risen


def needs(member: Member) -> list[Need]:
    """What the next level asks of her, and how far she is; nothing where no level comes by itself."""
    ((topics, posts, networks, people),) = select(_OF_ONE, member=member.pk)
    age = timezone.now() - member.created_at
    if member.trust_level == TrustLevel.NEW:
        hours = int(A_DAY.total_seconds() // 3600)
        return [
            Need("hours", min(int(age.total_seconds() // 3600), hours), hours),
            Need("topics", min(topics, TOPICS), TOPICS),
            Need("posts", min(posts, POSTS), POSTS),
        ]
    if member.trust_level == TrustLevel.KNOWN:
        return [
            Need("days", min(age.days, A_FORTNIGHT.days), A_FORTNIGHT.days),
            Need("people", min(people, PEOPLE), PEOPLE),
            Need("networks", min(networks, NETWORKS), NETWORKS),
        ]
    return []


def is_held_down(member: Any) -> bool:
    """Did a moderator set her level lower, and has nobody let it go?"""
    return HeldDown.objects.filter(member=member.pk).exists()
