"""What a network's pages show, in a few statements whatever there is. Reads only."""

import json
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import member_url
from forums.base.constant_sql import select
from forums.discussions.boards.models import Board, access_to
from forums.discussions.topics.models import TOPIC_LISTED, Topic, TopicQuerySet, topic_url
from forums.groups.contacts.wording import _ENDS, contact_url, term
from forums.groups.invitations.models import Invitation
from forums.groups.memberships.models import JoinRequest, may_see
from forums.groups.networks.models import (
    NETWORK_SHOWN,
    Audience,
    Network,
    network_picture_url,
    network_url,
)
from forums.groups.organisations.models import NetworkOrganisation, organisation_url

Row = dict[str, Any]
MOST = 60  # of each part of a page; beyond it a page of its own is linked


# Everything small on the overview, one row each: which part, then what it says.
_PARTS = f"""
    (SELECT 'tag', json_build_object('name', t.name, 'slug', t.slug)
     FROM forums_taggednetwork g JOIN forums_tag t ON t.id = g.tag_id
     WHERE g.network_id = %s ORDER BY g.id)
    UNION ALL
    (SELECT 'contact', json_build_object('label', label, 'value', value, 'audience', audience)
     FROM forums_contact WHERE network_id = %s AND audience = ANY(%s) ORDER BY position, id LIMIT {MOST})
    UNION ALL
    (SELECT 'office', json_build_object('title', o.title, 'holder', o.holder, 'since', o.since,
        'until', o.until, 'handle', m.handle)
     FROM forums_office o LEFT JOIN accounts_member m ON m.id = o.member_id
     WHERE o.network_id = %s ORDER BY o.position, o.id LIMIT {MOST})
    UNION ALL
    (SELECT 'home', json_build_object('id', id, 'name', name, 'slug', slug)
     FROM forums_organisation WHERE id = %s)
    UNION ALL
    (SELECT 'organisation', json_build_object('id', g.id, 'name', g.name, 'slug', g.slug, 'note', n.note)
     FROM forums_networkorganisation n JOIN forums_organisation g ON g.id = n.organisation_id
     WHERE n.network_id = %s AND n.by_network_at IS NOT NULL AND n.by_organisation_at IS NOT NULL
     ORDER BY g.sort_key, g.id LIMIT {MOST})
    UNION ALL
    (SELECT CASE WHEN l.kind = 'linked' THEN 'linked' WHEN l.source_id = %s THEN 'parent' ELSE 'child' END,
        json_build_object('name', n.name, 'slug', n.slug, 'colour', n.colour, 'emblem', n.emblem,
            'picture', n.picture)
     FROM forums_networklink l
     JOIN forums_network n ON n.id = CASE WHEN l.source_id = %s THEN l.target_id ELSE l.source_id END
     WHERE (l.source_id = %s OR l.target_id = %s) AND l.confirmed_at IS NOT NULL AND {NETWORK_SHOWN.sql}
     ORDER BY n.sort_key, n.id LIMIT {MOST})
    UNION ALL
    (SELECT 'board', json_build_object('id', id, 'name', name, 'slug', slug, 'colour', colour,
        'emblem', emblem, 'read_level', read_level)
     FROM forums_board WHERE network_id = %s AND read_level <= %s ORDER BY position, id LIMIT {MOST})
    UNION ALL
    (SELECT 'article', json_build_object('id', t.id, 'title', t.title, 'slug', t.slug, 'at', t.created_at)
     FROM forums_topic t JOIN forums_board b ON b.id = t.board_id
     WHERE b.network_id = %s AND b.read_level <= %s AND t.kind = 'article'
        AND {TOPIC_LISTED.sql} ORDER BY t.created_at DESC, t.id DESC LIMIT 6)
    UNION ALL
    (SELECT 'joins', json_build_object('month', month, 'count', count, 'last', last) FROM (
        SELECT to_char(max(created_at) AT TIME ZONE 'Asia/Bangkok', 'YYYY-MM') AS month,
            count(*) AS count, max(created_at) AS last
        FROM forums_happening WHERE network_id = %s AND what = 'joined' AND created_at > %s
        GROUP BY date_trunc('month', created_at AT TIME ZONE 'Asia/Bangkok') ORDER BY 3 DESC LIMIT 6) AS months)
"""  # noqa: S608


def parts(network: Network, member: Any, *, joins_since: datetime) -> dict[str, list[Any]]:
    """All that is small on the overview, by its kind: one statement.

    Who may read is asked here, not in the statement: which contacts, and how far into the network's
    own boards (`access_to`, the one scale). Holds tag, contact, office, home, organisation, parent, child,
    linked, board, article and joins (of members, by month).
    """
    shown = [who for who in Audience.values if may_see(member, network.pk, who)]
    access = access_to(member, Board(network_id=network.pk))
    pk = network.pk
    found: dict[str, list[Any]] = {}
    rows = select(
        _PARTS, pk, pk, shown, pk, network.home_id, *[pk] * 5, pk, access, pk, access, pk, joins_since
    )  # fmt: skip
    for part, said in rows:
        found.setdefault(part, []).append(json.loads(said) if isinstance(said, str) else said)
    for row in found.get("contact", []):
        row["url"] = contact_url(row["value"])
    for row in found.get("office", []):
        row["url"] = member_url(row["handle"]) if row["handle"] else ""
        row["time"] = term(*(date.fromisoformat(row[end]) if row[end] else None for end in _ENDS))
        row["past"] = bool(row["until"]) and row["until"] < f"{timezone.localdate():%Y-%m-%d}"
    for row in found.get("organisation", []) + found.get("home", []):
        row["url"] = organisation_url(row["slug"])
    for kind in ("parent", "child", "linked"):
        for row in found.get(kind, []):
            row["url"] = network_url(row["slug"])
            row["picture_url"] = network_picture_url(row["picture"], size=72)
    for row in found.get("joins", []):
        row["last"] = datetime.fromisoformat(row["last"])
    for row in found.get("article", []):
        row |= {
            "what": "article",
            "at": datetime.fromisoformat(row["at"]),
            "topic": row["title"],
            "topic_url": topic_url(row["id"], row["slug"]),
        }
    return found


_SOURCES = """
    (SELECT 'board', id FROM forums_board WHERE network_id = %s AND read_level <= %s)
    UNION ALL
    (SELECT 'joined', topic_id FROM forums_topicnetwork WHERE network_id = %s AND state = 'joined'
     ORDER BY topic_id DESC LIMIT 500)
"""


def sources(network: Network, member: Any) -> tuple[list[int], list[int]]:
    """Where a network's topics come from: the boards of it she may enter; topics it takes part in.

    Of those the newest 500: a list that joins two roads cannot turn its pages by one index.
    """
    access = access_to(member, Board(network_id=network.pk))
    rows = select(_SOURCES, network.pk, access, network.pk)
    boards = [pk for kind, pk in rows if kind == "board"]
    return boards, [pk for kind, pk in rows if kind == "joined"]


def topics_of(member: Any, boards: list[int], joined: list[int]) -> TopicQuerySet:
    """The topics of these boards, and these, as far as `member` may read them."""
    return Topic.objects.for_list(member).filter(Q(board__among=boards) | Q(pk__among=joined))


def waiting(network: Network) -> Row:
    """How much waits for a network's coordinators, of each kind. One statement each is one too many."""
    now = timezone.now()
    asked, invited, organisations, linked, contacts, offices, boards, topics = select(
        _WAITING, *([network.pk] * 2), now, *([network.pk] * 6)
    )[0]
    return {
        "requests": asked, "invitations": invited, "organisations": organisations, "links": linked,
        "contacts": contacts, "offices": offices, "boards": boards, "topics": topics,
    }  # fmt: skip


_WAITING = f"""
    SELECT
    (SELECT count(*) FROM {JoinRequest._meta.db_table} WHERE network_id = %s AND decided_at IS NULL),
    (SELECT count(*) FROM {Invitation._meta.db_table}
     WHERE network_id = %s AND revoked_at IS NULL AND expires_at > %s AND uses < max_uses),
    (SELECT count(*) FROM {NetworkOrganisation._meta.db_table}
     WHERE network_id = %s AND by_network_at IS NULL),
    (SELECT count(*) FROM forums_networklink WHERE target_id = %s AND confirmed_at IS NULL),
    (SELECT count(*) FROM forums_contact WHERE network_id = %s),
    (SELECT count(*) FROM forums_office WHERE network_id = %s),
    (SELECT count(*) FROM forums_board WHERE network_id = %s),
    (SELECT count(*) FROM forums_topicnetwork WHERE network_id = %s AND state IN ('invited', 'asked'))
"""  # noqa: S608
