"""From a record to the row it becomes, not yet saved."""

import uuid
import zlib
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from accounts.models import Member
from forums.activities.models import Activity
from forums.base.appearance import Colour
from forums.discussions.boards.models import Board
from forums.discussions.openings.actions import contents_of
from forums.discussions.posts import counters
from forums.discussions.posts.models import Post
from forums.discussions.topics.addresses import topic_slug
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.groups.organisations.actions import search_words
from forums.groups.organisations.models import Organisation
from forums.imports.models import ImportedType
from forums.imports.network_records import ActivityRecord, NetworkRecord, OrganisationRecord
from forums.imports.records import BoardRecord, MemberRecord, PostRecord, Record, TopicRecord
from forums.pictures.bodies import rendered
from forums.text.render import RENDERER_VERSION, Rendered
from forums.text.slugs import slugify
from forums.text.thai import name_key, sort_key

# A domain nobody can ever have (RFC 2606), so nothing is mailed there and nobody signs up with it.
NOBODYS_DOMAIN = "import.invalid"


def render_texts(
    records: Iterable[Record], *, known: Collection[tuple[ImportedType, str]]
) -> dict[tuple[ImportedType, str], Rendered]:
    """Render the texts of those records that are not `known`, by type and key."""
    return {
        (record.type, record.key): rendered(record.body, reader=None)
        for record in records
        if isinstance(record, TopicRecord | PostRecord) and (record.type, record.key) not in known
    }


def make_board(record: BoardRecord, *, pk: int) -> Board:
    """A board everyone reads and members write in; the admin can change it."""
    colours = Colour.values
    colour = colours[zlib.crc32(record.key.encode()) % len(colours)]
    return Board(
        pk=pk,
        slug=record.key,
        name=record.name,
        sort_key=sort_key(record.name),
        colour=colour,
    )


def make_member(record: MemberRecord, *, pk: int) -> Member:
    """A name that texts stand under: no password fits it, and no letter can reach it."""
    email = f"{uuid.uuid4().hex}@{NOBODYS_DOMAIN}"
    member = Member(pk=pk, handle=record.handle, email=email, display_name=record.name)
    member.derive()
    member.set_unusable_password()
    return member


def make_topic(
    record: TopicRecord,
    html: Rendered,
    *,
    pk: int,
    board_id: int,
    author_id: int,
) -> Topic:
    """A topic before anything is counted."""
    return Topic(
        pk=pk,
        board_id=board_id,
        author_id=author_id,
        kind=record.kind,
        title=record.title,
        slug=topic_slug(record.title),
        contents=contents_of(html.toc, record.kind),
        created_at=record.created_at,
        last_post_at=record.created_at,
        last_author_id=author_id,
        taking_part=[author_id],
        hot=counters.hotness(created_at=record.created_at, replies=0, useful=0),
    )


def make_post(
    record: TopicRecord | PostRecord,
    html: Rendered,
    *,
    pk: int,
    topic: Topic,
    author_id: int,
) -> Post:
    """A post before it is numbered; a topic's own text keeps number 0."""
    return Post(
        pk=pk,
        topic=topic,
        author_id=author_id,
        number=0,
        body=record.body,
        body_html=html.html,
        renderer_version=RENDERER_VERSION,
        created_at=record.created_at,
    )


def make_network(record: NetworkRecord, story_html: str, *, founder: Member) -> Network:
    """A network before anything is counted."""
    return Network(
        slug=record.key,
        name=record.name,
        name_key=name_key(record.name),
        sort_key=sort_key(record.name),
        aim=record.aim,
        story=record.story,
        story_html=story_html,
        renderer_version=RENDERER_VERSION,
        kind=record.kind,
        sectors=list(record.sectors),
        provinces=list(record.provinces),
        nationwide=record.nationwide,
        colour=record.colour,
        emblem=record.emblem,
        since_year=record.since_year,
        joining=record.joining,
        created_at=record.created_at,
        registered_by=founder,
        confirmed_at=record.confirmed_at,
        confirmed_by=founder,
        last_active_at=record.confirmed_at,
        archived_at=record.archived_at,
    )


def make_organisation(record: OrganisationRecord, *, created_by: int) -> Organisation:
    return Organisation(
        slug=slugify(record.name),
        name=record.name,
        name_key=name_key(record.name),
        sort_key=sort_key(record.name),
        search_words=search_words(record.name, ""),
        sector=record.sector,
        province=record.province,
        created_by_id=created_by,
    )


def make_activity(record: ActivityRecord, *, created_by: int, created_at: datetime) -> Activity:
    """An activity nobody has answered yet; reported on a day after it, where there is a report."""
    ends = record.starts_at + timedelta(hours=record.hours)
    return Activity(
        title=record.title,
        slug=slugify(record.title),
        body=record.body,
        body_html=rendered(record.body, reader=None).html,
        renderer_version=RENDERER_VERSION,
        starts_at=record.starts_at,
        ends_at=ends,
        place=record.place,
        province=record.province,
        open_to=record.open_to,
        created_by_id=created_by,
        created_at=created_at,
        changed_at=created_at,
        report=record.report,
        report_html=rendered(record.report, reader=None).html if record.report else "",
        came=len(record.answers) if record.report else None,
        reported_at=ends + timedelta(days=1) if record.report else None,
        reported_by_id=created_by if record.report else None,
    )
