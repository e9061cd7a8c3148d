"""How networks see a topic, and which topics wait for a network. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.references import PICTURE_SQL, MemberRef
from forums.base.constant_sql import select
from forums.discussions.posts import stream
from forums.discussions.topics.beside import VoiceRow
from forums.discussions.topics.models import State, Topic, TopicNetwork, topic_url
from forums.discussions.voices import cards
from forums.discussions.voices.models import View
from forums.discussions.voices.registry import said_of_networks, said_of_posts
from forums.groups.memberships.models import roles_of
from forums.groups.networks.models import LONG, NETWORK_SHOWN, Network, network_url
from forums.groups.networks.references import NetworkRef
from forums.text import dates
from forums.text.render import render
from forums.text.thai import excerpt

SIDE_BY_SIDE = 12  # networks a page
_EXCERPT = 1500  # characters of a text that are read to make one

_VIEWS = f"""
    SELECT DISTINCT ON (v.network_id) v.network_id, v.number,
        CASE WHEN v.closed_at IS NULL THEN v.body ELSE '' END, v.created_at,
        m.display_name, m.handle, {PICTURE_SQL}
    FROM forums_view v JOIN accounts_member m ON m.id = v.author_id
    WHERE v.topic_id = %(topic)s AND v.network_id = ANY(%(networks)s)
    ORDER BY v.network_id, v.number DESC
"""  # noqa: S608 - made of constants
_IN = f"""
    SELECT n.id, n.name, n.slug, n.colour, n.emblem, t.post_count
    FROM forums_topicnetwork t JOIN forums_network n ON n.id = t.network_id
    WHERE t.topic_id = %(topic)s AND {NETWORK_SHOWN.sql}
        AND (t.post_count > 0 OR t.state = 'joined'
            OR EXISTS (SELECT FROM forums_view v WHERE v.topic_id = t.topic_id AND v.network_id = n.id))
    ORDER BY t.first_at, t.id LIMIT %(most)s
"""  # noqa: S608 - made of constants


# -- A topic seen by network --------------------------------------------------------------------


def networks_in(topic: Topic, *, limit: int = 60) -> list[VoiceRow]:
    """The networks that speak or take part in `topic`, as they came: one query."""
    return [
        VoiceRow(name, network_url(slug), colour, emblem, pk, slug, str(posts or ""))
        for pk, name, slug, colour, emblem, posts in select(_IN, topic=topic.pk, most=limit)
    ]


def mine_among(member: Any, networks: Iterable[VoiceRow]) -> set[int]:
    """The ids of those of `networks` that `member` is in."""
    mine = roles_of(member)
    return {network.id for network in networks if network.id in mine}


@dataclass(slots=True)
class ViewRow:
    """A network's own view of a topic: the version that is shown."""

    body: str
    author: MemberRef
    version: str  # version 2; '' for the first
    iso: str
    when: str


def views_of(topic: Topic, network_ids: list[int]) -> dict[int, ViewRow]:
    """The newest view each network set beside `topic`, by network; one taken back is left out, and one that was
    closed while another's stood after it (a merge that was undone)."""
    now = timezone.now()
    return {
        pk: ViewRow(
            body=body,
            author=MemberRef.of(name, handle, picture),
            version=_("version %(n)s") % {"n": number} if number > 1 else "",
            iso=written.isoformat(timespec="seconds"),
            when=dates.ago(written, now),
        )
        for pk, number, body, written, name, handle, picture in select(
            _VIEWS, topic=topic.pk, networks=network_ids
        )
        if body
    }


@dataclass(slots=True)
class OtherRow:
    """How one network sees a topic; `passed`: what others said of it, under its own view (`voices.registry`)."""

    network: VoiceRow
    key: str  # the network's id, as ids of elements hold it
    view: ViewRow | None
    said: SafeString  # its posts found most useful, as HTML; '' for none
    passed: SafeString | str = ""


def side_by_side(topic: Topic, networks: list[VoiceRow], member: Any) -> list[OtherRow]:
    """Each of `networks` with its view and the posts of it found most useful: two queries for all, and one for each of
    what was registered beside them.

    In the order they came; a network with neither is left out.
    """
    ids = [network.id for network in networks]
    views = views_of(topic, ids)
    said: dict[int | None, list[stream.PostRow]] = {}
    for row in stream.most_useful_rows(topic.pk, ids, member):
        said.setdefault(row.network_id, []).append(row)
    passed = said_of_networks(topic, views.keys(), member)
    rows = [row for some in said.values() for row in some]
    restated = said_of_posts(topic, [row.pk for row in rows], member)
    for row in rows:
        row.excerpt, row.restated = excerpt_of(row.body), restated.get(row.pk, "")
    return [
        OtherRow(
            network,
            str(network.id),
            views.get(network.id),
            cards.said(said.get(network.id, [])),
            passed.get(network.id, ""),
        )
        for network in networks
        if network.id in views or network.id in said
    ]


def excerpt_of(body: str) -> str:
    """The beginning of a text without its markup, and without what it quotes, which another said: unless that is all."""
    own = "\n".join(line for line in body.split("\n") if not line.startswith(">")).strip()
    return _beginning((own or body)[:_EXCERPT])


@lru_cache(maxsize=1024)  # of some 5 kB each: to render one takes 0.1 ms, and a page has thirty
def _beginning(source: str) -> str:
    return excerpt(render(source).plain, 240)


# -- Who takes part, and who waits for an answer -------------------------------------------------


@dataclass(slots=True)
class PartRow(NetworkRef):
    """A network that was brought into a topic, and what the reader may do about it."""

    id: int
    slug: str
    state: str
    terms: str  # on which it is there, or who wants it there
    may_answer: bool
    may_take_off: bool
    may_set_view: bool


def parts_in(topic: Topic, member: Any, *, answers: bool) -> list[PartRow]:
    """The networks that take part in `topic`, wait for an answer or left, as they came: one query.

    `answers`: does `member` answer for the topic?
    """
    found = (
        TopicNetwork.objects.filter(NETWORK_SHOWN.q(path="network__"), topic=topic)
        .exclude(state__in=[State.PRESENT, State.DECLINED])
        .select_related("network", "asked_by")
        .order_by("first_at", "pk")[:80]
    )
    mine = roles_of(member)
    now = timezone.now()
    rows = []
    for part in found:
        network, place = part.network, mine.get(part.network_id)
        leads = place is not None and place.coordinates and place.is_open
        joined = part.state == State.JOINED
        rows.append(
            PartRow(
                name=network.name,
                url=network_url(network.slug),
                colour=network.colour,
                emblem=network.emblem,
                id=part.network_id,
                slug=network.slug,
                state=part.state,
                terms=_terms(part, now),
                may_answer=(part.state == State.INVITED and leads)
                or (part.state == State.ASKED and answers),
                may_take_off=joined and leads,
                may_set_view=joined and place is not None and place.speaks,
            )
        )
    return rows


def _terms(part: TopicNetwork, now: datetime) -> str:
    if part.state == State.JOINED:
        return _("takes part")
    if part.state == State.INVITED:
        return _("invited by %(name)s, %(when)s") % _asked(part, now)
    if part.state == State.ASKED:
        return _("%(name)s asks for it, %(when)s") % _asked(part, now)
    return _("has taken it off its page")


def _asked(part: TopicNetwork, now: datetime) -> dict[str, str]:
    when = dates.ago(part.asked_at, now) if part.asked_at else ""
    return {"name": str(part.asked_by), "when": when, "network": part.network.name}


@dataclass(frozen=True, slots=True)
class WaitingTopicRow:
    """A topic and a network, one of which waits for the other."""

    topic_id: int
    topic: str
    topic_url: str
    network_id: int
    network: NetworkRef
    asked: str  # who wants it, and when it was said


def waiting_for(member: Any, network_id: int) -> list[WaitingTopicRow]:
    """Topics `network_id` is invited to, and networks that ask into topics of its boards; oldest first.

    Only topics `member` may read now.
    """
    found = (
        TopicNetwork.objects.filter(
            Q(network=network_id, state=State.INVITED)
            | Q(topic__board__network=network_id, state=State.ASKED)
        )
        .filter(topic__in=Topic.objects.for_list(member))
        .select_related("topic__board", "network", "asked_by")
        .order_by("asked_at", "pk")[:60]
    )
    now = timezone.now()
    invites = _("%(name)s invites this network, %(when)s")
    asks = _("%(network)s asks to take part (%(name)s, %(when)s)")
    return [
        WaitingTopicRow(
            topic_id=part.topic_id,
            topic=part.topic.title,
            topic_url=topic_url(part.topic_id, part.topic.slug),
            network_id=part.network_id,
            network=NetworkRef.of(
                part.network.name, part.network.slug, part.network.colour, part.network.emblem
            ),
            asked=(invites if part.state == State.INVITED else asks) % _asked(part, now),
        )
        for part in found
    ]


def to_invite(topic: Topic) -> QuerySet[Network]:
    """The networks that may be invited into `topic`: that live, and neither take part nor wait for an answer."""
    there = TopicNetwork.objects.filter(
        topic=topic, state__in=[State.JOINED, State.INVITED, State.ASKED]
    )
    found = Network.objects.listed().exclude(pk__in=there.values("network"))
    return found.exclude(pk=topic.board.network_id or 0).defer(*LONG)


# -- A network's own view ------------------------------------------------------------------------


def newest_number(topic: Topic, network_id: int) -> int:
    """The number of the newest version of a network's view, 0 when there is none."""
    found = View.objects.filter(topic=topic, network=network_id).order_by("-number")
    return found.values_list("number", flat=True).first() or 0


def versions(topic: Topic, network_id: int, *, closed_too: bool) -> list[View]:
    """The newest hundred versions of a network's view, the newest first; of closed ones not what they say, unless
    `closed_too`."""
    found = View.objects.filter(topic=topic, network=network_id).select_related("author")
    newest = list(found.order_by("-number")[:100])
    for each in newest:
        if each.closed_at and not closed_too:
            each.body = ""
    return newest


@dataclass(frozen=True, slots=True)
class SettableRow:
    """A network whose view the reader may set."""

    name: str
    slug: str
    has_view: bool


def settable(topic: Topic, member: Any) -> list[SettableRow]:
    """The networks whose view `member` may set beside `topic`, and whether each has one: two queries."""
    speaking = {pk: place for pk, place in roles_of(member).items() if place.speaks}
    if not speaking or not topic.is_listed:
        return []
    joined = TopicNetwork.objects.filter(topic=topic, network__in=speaking, state=State.JOINED)
    ids = {*joined.values_list("network_id", flat=True), topic.board.network_id or 0}
    ids &= speaking.keys()
    views = views_of(topic, list(ids))
    return [
        SettableRow(place.name, place.slug, has_view=pk in views)
        for pk, place in speaking.items()
        if pk in ids
    ]
