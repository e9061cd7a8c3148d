"""How networks see a topic, and which topics wait for a network. Reads only."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import member_url
from forums.base.constant_sql import select
from forums.discussions.posts import stream
from forums.discussions.topics.models import State, Topic, TopicNetwork, topic_url
from forums.discussions.voices.models import View
from forums.groups.memberships.models import roles_of
from forums.groups.networks.models import LONG, NETWORK_SHOWN, Network, network_url
from forums.text import dates
from forums.text.render import render
from forums.text.thai import clean_line, excerpt, name_key

Row = dict[str, Any]
EACH = 3  # posts of a network that stand for what it says
SIDE_BY_SIDE = 12  # networks a page
_EXCERPT = 1500  # characters of a text that are read to make one

_VIEWS = """
    SELECT DISTINCT ON (v.network_id) v.network_id, v.number, v.body, v.created_at, m.display_name, m.handle
    FROM forums_view v JOIN accounts_member m ON m.id = v.author_id
    WHERE v.topic_id = %(topic)s AND v.network_id = ANY(%(networks)s)
    ORDER BY v.network_id, v.number DESC
"""
_IN = f"""
    SELECT n.id, n.name, n.slug, n.colour, n.emblem, t.post_count, t.state
    FROM forums_topicnetwork t JOIN forums_network n ON n.id = t.network_id
    WHERE t.topic_id = %(topic)s AND {NETWORK_SHOWN.sql}
        AND (t.post_count > 0 OR t.state = 'joined'
            OR EXISTS (SELECT FROM forums_view v WHERE v.topic_id = t.topic_id AND v.network_id = n.id))
    ORDER BY t.first_at, t.id LIMIT %(most)s
"""  # noqa: S608 - made of constants


def networks_in(topic: Topic, *, limit: int = 60) -> list[Row]:
    """The networks that speak or take part in `topic`, as they came: one query."""
    return [
        {
            "id": pk,
            "name": name,
            "slug": slug,
            "url": network_url(slug),
            "colour": colour,
            "emblem": emblem,
            "posts": posts,
        }
        for pk, name, slug, colour, emblem, posts, _state in select(_IN, topic=topic.pk, most=limit)
    ]


def views_of(topic: Topic, network_ids: list[int]) -> dict[int, Row]:
    """The newest view each network set beside `topic`, by network; one taken back is left out."""
    now = timezone.now()
    return {
        pk: {
            "number": number,
            "body": body,
            "when": dates.ago(written, now),
            "iso": written.isoformat(timespec="seconds"),
            "author": name,
            "author_url": member_url(handle),
        }
        for pk, number, body, written, name, handle in select(
            _VIEWS, topic=topic.pk, networks=network_ids
        )
        if body
    }


def side_by_side(topic: Topic, networks: list[Row], member: Any) -> list[Row]:
    """Each of `networks` with its view and the posts of it found most useful: two queries for all.

    In the order they came; a network with neither is left out.
    """
    ids = [network["id"] for network in networks]
    views = views_of(topic, ids)
    said: dict[int | None, list[stream.PostRow]] = {}
    for row in stream.most_useful_rows(topic.pk, ids, member, each=EACH):
        said.setdefault(row.network_id, []).append(row)
    for network in networks:
        network["own_view"] = views.get(network["id"])
        network["said"] = said.get(network["id"], [])
    return [network for network in networks if network["own_view"] or network["said"]]


def excerpt_of(body: str) -> str:
    """The beginning of a text without its markup."""
    return excerpt(render(body[:_EXCERPT]).plain, 240)


def waiting_for(member: Any, network_id: int) -> list[Row]:
    """Topics `network_id` is invited to, and networks that ask into topics of its boards; oldest first.

    Only topics `member` may read now.
    """
    rows = (
        TopicNetwork.objects.filter(
            Q(network=network_id, state=State.INVITED)
            | Q(topic__board__network=network_id, state=State.ASKED)
        )
        .filter(topic__in=Topic.objects.for_list(member))
        .select_related("topic__board", "network", "asked_by")
        .order_by("asked_at", "pk")[:60]
    )
    return [
        {
            "topic": row.topic,
            "topic_url": topic_url(row.topic_id, row.topic.slug),
            "network": row.network,
            "invited": row.state == State.INVITED,
            "asked_by": row.asked_by,
            "asked_at": row.asked_at,
        }
        for row in rows
    ]


def newest_number(topic: Topic, network_id: int) -> int:
    """The number of the newest version of a network's view, 0 when there is none."""
    found = View.objects.filter(topic=topic, network=network_id).order_by("-number")
    return found.values_list("number", flat=True).first() or 0


def find_networks(query: str) -> list[Network]:
    """Up to ten networks whose names hold what was typed, the most alive first."""
    letters = name_key(clean_line(query)).split("\x01")[0]
    if not letters:
        return []
    found = Network.objects.listed().filter(name_key__contains=letters).defer(*LONG)
    return list(found.order_by("-last_active_at", "-pk")[:10])


def versions(topic: Topic, network_id: int) -> list[View]:
    """Every version of a network's view, the newest first."""
    found = View.objects.filter(topic=topic, network=network_id).select_related("author")
    return list(found.order_by("-number")[:100])


def settable(topic: Topic, member: Any) -> list[Row]:
    """The networks whose view `member` may set beside `topic`, and whether each has one: two queries."""
    speaking = {pk: place for pk, place in roles_of(member).items() if place.speaks}
    if not speaking or not topic.is_listed:
        return []
    joined = TopicNetwork.objects.filter(topic=topic, network__in=speaking, state=State.JOINED)
    ids = {*joined.values_list("network_id", flat=True), topic.board.network_id or 0}
    ids &= speaking.keys()
    views = views_of(topic, list(ids))
    return [
        {"name": place.name, "slug": place.slug, "has_view": pk in views}
        for pk, place in speaking.items()
        if pk in ids
    ]


def mine_among(member: Any, networks: list[Row]) -> set[int]:
    """The ids of those of `networks` that `member` is in."""
    mine = roles_of(member)
    return {network["id"] for network in networks if network["id"] in mine}
