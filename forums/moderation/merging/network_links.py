"""What two networks had to do with others, when one is merged into the other. Called by the action that merges."""

from django.db import connection
from django.db.models import Q

from forums.groups.links.models import LinkKind, NetworkLink
from forums.groups.networks.models import Network


def merge_links(source: Network, target: Network) -> None:
    """Links go on from the new network; none to itself, none twice, one parent, no circle of parents."""
    rows = NetworkLink.objects.select_for_update().filter(
        Q(source__in=[source, target]) | Q(target__in=[source, target])
    )
    links = list(rows.order_by("pk"))
    kept = [link for link in links if source.pk not in (link.source_id, link.target_id)]
    pairs = {frozenset((link.source_id, link.target_id)) for link in kept}
    has_parent = any(
        link.source_id == target.pk and link.kind == LinkKind.PARENT and link.confirmed_at
        for link in kept
    )
    above = _above(target.pk)
    for link in (link for link in links if link not in kept):
        link.source_id = target.pk if link.source_id == source.pk else link.source_id
        link.target_id = target.pk if link.target_id == source.pk else link.target_id
        pair = frozenset((link.source_id, link.target_id))
        if len(pair) == 1 or pair in pairs:
            link.delete()
            continue
        pairs.add(pair)
        if link.kind == LinkKind.PARENT:
            upwards = link.source_id == target.pk
            second = upwards and (has_parent or target.pk in _above(link.target_id))
            circle = not upwards and link.source_id in above
            if second or circle:
                link.kind = LinkKind.LINKED
            elif upwards and link.confirmed_at:
                has_parent, above = True, above | {link.target_id} | _above(link.target_id)
        link.save(update_fields=["source", "target", "kind"])


def _above(pk: int) -> set[int]:
    """The networks that `pk` is part of, and what those are part of."""
    found: set[int] = set()
    at: int | None = pk
    while at is not None:
        at = (
            NetworkLink.objects.filter(source=at, kind=LinkKind.PARENT, confirmed_at__isnull=False)
            .values_list("target_id", flat=True)
            .first()
        )
        if at in found:
            break
        found |= {at} if at is not None else set()
    return found


# Replies are added up; members and topics two networks share are counted anew, since who was in both
# is one person now.
_TIES = """
    WITH gone AS (
        DELETE FROM forums_tie
        WHERE source_id = ANY(ARRAY[%(a)s, %(b)s]) OR target_id = ANY(ARRAY[%(a)s, %(b)s])
        RETURNING source_id, target_id, replies
    ), said AS (
        SELECT CASE source_id WHEN %(a)s THEN %(b)s ELSE source_id END AS source,
               CASE target_id WHEN %(a)s THEN %(b)s ELSE target_id END AS target,
               sum(replies) AS replies
        FROM gone GROUP BY 1, 2
    ), shared AS (
        SELECT other, sum(members) AS members, sum(topics) AS topics FROM (
            SELECT o.network_id AS other, count(*) AS members, 0 AS topics
            FROM forums_membership m JOIN forums_membership o ON o.member_id = m.member_id
            WHERE m.network_id = %(b)s AND o.network_id <> %(b)s GROUP BY 1
            UNION ALL
            SELECT o.network_id, 0, count(*)
            FROM forums_topicnetwork t JOIN forums_topicnetwork o ON o.topic_id = t.topic_id
            WHERE t.network_id = %(b)s AND o.network_id <> %(b)s
                AND t.post_count > 0 AND o.post_count > 0 GROUP BY 1
        ) both_kinds GROUP BY other
    ), pairs AS (
        SELECT source, target FROM said
        UNION SELECT %(b)s, other FROM shared UNION SELECT other, %(b)s FROM shared
    )
    SELECT p.source, p.target, coalesce(s.replies, 0), coalesce(h.members, 0), coalesce(h.topics, 0)
    FROM pairs p LEFT JOIN said s ON (s.source, s.target) = (p.source, p.target)
    LEFT JOIN shared h ON h.other = CASE p.source WHEN %(b)s THEN p.target ELSE p.source END
    ORDER BY 1, 2
"""
_PUT_TIES = """
    INSERT INTO forums_tie (source_id, target_id, replies, members, topics)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (source_id, target_id) DO UPDATE SET replies = EXCLUDED.replies,
        members = EXCLUDED.members, topics = EXCLUDED.topics
"""


def merge_ties(source: int, target: int) -> None:
    """The ties of `source` (an id) become those of `target`, its members and topics moved already."""
    with connection.cursor() as cursor:
        cursor.execute(_TIES, {"a": source, "b": target})
        cursor.executemany(_PUT_TIES, cursor.fetchall())
