"""What a row of a list of topics shows. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.utils import timezone

from accounts.references import PICTURE_SQL, MemberRef
from forums.base.constant_sql import select
from forums.base.visibility import is_signed_in
from forums.discussions.boards.models import board_url
from forums.discussions.topics.models import TRAITS, topic_url
from forums.discussions.topics.registry import News, all_news
from forums.groups.networks.models import NETWORK_SHOWN
from forums.groups.networks.references import NetworkRef
from forums.tags.references import TagRef
from forums.text import dates

# Of the topic t in the board b, in the order of FoundTopic.
COLUMNS = """t.id, t.title, t.slug, t.kind, t.created_at, t.last_post_at, t.hot, t.reply_count, t.taking_part,
    t.locked_at, t.pinned_at, t.accepted_post_id, b.name, b.slug, t.author_id, t.network_id, t.voices"""


class FoundTopic(NamedTuple):
    """A topic as it is found, before it is known whom its numbers name: the values of `COLUMNS`."""

    id: int
    title: str
    slug: str
    kind: str
    created_at: datetime
    last_post_at: datetime
    hot: float
    reply_count: int
    taking_part: list[int]
    locked_at: datetime | None
    pinned_at: datetime | None
    accepted_post_id: int | None
    board: str
    board_slug: str
    author_id: int
    network_id: int | None
    voices: list[int]


@dataclass(slots=True)
class TopicRow:
    """A topic as lists show it."""

    url: str
    title: str
    icon: str
    kind_label: str
    board: str
    board_url: str
    author_id: int
    author: MemberRef
    network: NetworkRef | None  # from which the author speaks
    tags: list[TagRef]
    replies: str  # how many, or ''
    iso: str  # when somebody wrote last
    when: str  # the same, as one says it
    beads: list[NetworkRef]  # the networks in it
    people: list[MemberRef]  # who took part lately, the last first
    names: str  # of the networks in it, or else of those people
    pinned_at: datetime | None
    locked_at: datetime | None
    accepted_post_id: int | None
    from_others: bool  # it is shown because it is from elsewhere
    news: News | None  # for who reads it
    tag_links: str = ""  # the tags as HTML
    strand: str = ""  # the beads, or the people, as HTML
    card: str = ""  # all of it as HTML


def dressed(
    found: list[FoundTopic], away: Collection[int] = (), *, member: Any = None
) -> list[TopicRow]:
    """What is shown of each: its tags, people, networks, and what is new for `member`, are one query for all of them.

    Those in `away`, by id, are shown because they are from elsewhere.
    """
    if not found:
        return []
    tags, people, networks, news = _about(found, member)
    kinds = {kind.value: (traits.icon, str(kind.label)) for kind, traits in TRAITS.items()}
    now = timezone.now()
    rows = []
    for row in found:
        icon, kind_label = kinds[row.kind]
        beads = [networks[pk] for pk in row.voices if pk in networks]
        took_part = [people[pk] for pk in reversed(row.taking_part) if pk in people]
        rows.append(
            TopicRow(
                url=topic_url(row.id, row.slug),
                title=row.title,
                icon=icon,
                kind_label=kind_label,
                board=row.board,
                board_url=board_url(row.board_slug),
                author_id=row.author_id,
                author=people[row.author_id],
                network=networks.get(row.network_id or 0),
                tags=tags.get(row.id, []),
                # A template asks of a number how it is written here.
                replies=str(row.reply_count or ""),
                iso=row.last_post_at.isoformat(timespec="seconds"),
                when=dates.ago(row.last_post_at, now),
                beads=beads,
                people=took_part,
                names=(", " if beads else " ").join([each.name for each in beads or took_part]),
                pinned_at=row.pinned_at,
                locked_at=row.locked_at,
                accepted_post_id=row.accepted_post_id,
                from_others=row.id in away,
                news=news.get(row.id),
            )
        )
    return rows


_ABOUT = f"""
    (SELECT 'tag', g.content_object_id, t.name, t.slug, NULL, NULL, NULL::uuid
     FROM forums_taggedtopic g JOIN forums_tag t ON t.id = g.tag_id
     WHERE g.content_object_id = ANY(%(topics)s) ORDER BY g.id)
    UNION ALL
    (SELECT 'person', m.id, m.display_name, m.handle, NULL, NULL, {PICTURE_SQL}
     FROM accounts_member m WHERE m.id = ANY(%(people)s))
    UNION ALL
    (SELECT 'network', n.id, n.name, n.slug, n.colour, n.emblem, NULL
     FROM forums_network n WHERE n.id = ANY(%(networks)s) AND {NETWORK_SHOWN.sql})
"""  # noqa: S608 - made of constants


@cache
def _statement(*, signed_in: bool) -> str:
    """Once everything is registered."""
    news = [f"({each.sql})" for each in all_news().values()] if signed_in else []
    return " UNION ALL ".join([_ABOUT, *news])


class _About(NamedTuple):
    """The tags of topics, by topic; the people and networks they name, by id; what is new in them, by topic."""

    tags: dict[int, list[TagRef]]
    people: dict[int, MemberRef]
    networks: dict[int, NetworkRef]
    news: dict[int, News]


def _about(found: list[FoundTopic], member: Any) -> _About:
    """All of these topics. Hidden networks have no mark."""
    people_ids = {pk for row in found for pk in (row.author_id, *row.taking_part)}
    network_ids = {pk for row in found for pk in (row.network_id, *row.voices) if pk}
    about = _About({}, {}, {}, {})
    asked: dict[str, Any] = {}
    if signed_in := is_signed_in(member):
        for each in all_news().values():
            asked |= each.values(member)
    for what, pk, first, second, third, fourth, picture in select(
        _statement(signed_in=signed_in),
        topics=[row.id for row in found],
        people=list(people_ids),
        networks=list(network_ids),
        **asked,
    ):
        if what == "tag":
            about.tags.setdefault(pk, []).append(TagRef.of(first, second))
        elif what == "person":
            about.people[pk] = MemberRef.of(first, second, picture)
        elif what == "network":
            about.networks[pk] = NetworkRef.of(first, second, third, fourth)
        else:
            about.news[pk] = all_news()[what].worded(first, second, third, fourth)
    return about
