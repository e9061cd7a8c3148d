"""No list reads more as the site grows: what PostgreSQL itself says it read, beside thousands of everything."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Member
from forums.discussions.boards.models import Board
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.groups.directory import lists as directory
from forums.groups.memberships.models import Membership
from forums.groups.networks.models import EventKind, Network, TaggedNetwork
from forums.groups.networks.recording import record_event
from forums.tags.models import Tag
from forums.tags.tagging import get_tags
from tests.benchmarks.plans import Work, queries_of, work_of
from tests.copies import copies
from tests.emptying import new_files
from tests.front.networks.make import room
from tests.groups.organisations.make import make_organisation
from tests.made_once import made_once, no_pace
from tests.make import make_activity, make_board, make_member, make_network, make_topic

NETWORKS, TOPICS, ACTIVITIES, JOINS = 3000, 4000, 3000, 6000
DAY = "interval '1 day'"


class World:
    member: Member
    network: Network  # much in it: topics, members, and things that happened
    quiet: Network  # members joined, and nothing else is told of it
    board: Board  # where nobody has written for long
    tag: Tag  # that only the oldest network has, which talked last long ago


@pytest.fixture(scope="module")
def _world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with made_once(django_db_blocker):
        new_files()  # the planner goes by their size
        with no_pace():
            yield _filled()


@pytest.fixture
def world(_world, db) -> World:
    return _world


def _filled() -> World:
    world = World()
    world.member = founder = make_member()
    world.board = make_board("ห้องเงียบ")
    last = make_topic(founder, world.board, title="ครั้งสุดท้าย")
    Topic.objects.filter(pk=last.pk).update(created_at=last.created_at - timedelta(days=7000))
    copies(last, 300, created_at=f"created_at - n * {DAY}")
    world.tag, common = get_tags(["หายาก", "ชุมชน"])
    oldest = make_network("เครือข่ายเก่า", founder)
    TaggedNetwork.objects.create(network=oldest, tag=world.tag)
    world.network = make_network("คนรักคลอง", founder)
    world.quiet = make_network("คนเงียบ", founder)
    many = make_network("น้ำ", founder, kind="physical", sectors=["civil"])
    copies(
        many, NETWORKS, slug="slug || n", name="name || n", name_key="n || name_key",
        last_active_at="last_active_at + n * interval '1 second'",
    )  # fmt: skip
    copies(Membership.objects.get(network=many), NETWORKS, network_id="network_id + n")
    tagged = TaggedNetwork.objects.create(network=many, tag=common)
    copies(tagged, NETWORKS, network_id="network_id + n")

    make_organisation("มูลนิธิเก่าแก่", founder)
    many_bodies = make_organisation("สมาคมคนรักน้ำ", founder)
    copies(
        many_bodies, NETWORKS, slug="slug || n", name="name || n", name_key="name_key || n",
        sort_key="sort_key || n",
    )  # fmt: skip

    for network in (world.network, world.quiet):
        joined = record_event(network.pk, EventKind.JOINED, actor=founder, member=founder)
        copies(joined, JOINS, created_at="created_at - n * interval '12 hours'")
    verified = record_event(world.network.pk, EventKind.VERIFIED, actor=founder)
    copies(verified, 40, created_at=f"created_at - n * {DAY}")

    topic = make_topic(founder, room(world.network), title="ของเครือข่าย", kind="article")
    old = f"created_at - n * {DAY}"
    copies(topic, 5, created_at=old, last_post_at=old)
    copies(topic, TOPICS, kind="'conversation'", last_post_at=f"last_post_at - n * {DAY}")
    elsewhere = make_topic(founder, make_board(), title="ที่อื่น")
    copies(elsewhere, TOPICS, last_post_at="last_post_at - n * interval '1 hour'")
    part = TopicNetwork(topic=elsewhere, network=world.network, state=State.JOINED)
    part.save()
    copies(part, TOPICS // 2, topic_id="topic_id + 2 * n")

    been = make_activity(world.network, founder, days=-1)
    copies(
        been, ACTIVITIES, uid="gen_random_uuid()",
        starts_at=f"starts_at - (40 + n) * {DAY}", ends_at=f"ends_at - (40 + n) * {DAY}",
    )  # fmt: skip
    copies(
        been, ACTIVITIES, uid="gen_random_uuid()",
        starts_at="starts_at - n * interval '1 minute'", ends_at="ends_at - n * interval '1 minute'",
    )  # fmt: skip
    soon = make_activity(world.network, founder, days=2)
    copies(soon, 60, uid="gen_random_uuid()")
    to_come = make_activity(world.network, founder)
    copies(
        to_come, 300, uid="gen_random_uuid()",
        starts_at=f"starts_at + n * {DAY}", ends_at=f"ends_at + n * {DAY}",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return world


@pytest.fixture
def read(client):
    """How much a visitor's page reads, once what is read once a minute has been."""

    def ask(address: str) -> Work:
        assert client.get(address).status_code == 200
        with queries_of() as found:
            client.get(address)
        return work_of(found)

    return ask


def test_a_tag_is_found_before_its_networks(world, read):
    tag = quote(world.tag.slug)
    assert read(f"/tags/{tag}/").rows < 100
    work = read(f"/networks/?tag={tag}")
    assert work.rows < 200, work


def test_what_comes_is_read_from_the_day_things_may_still_be_on(world, read):
    work = read("/activities/")
    assert work.rows < ACTIVITIES // 2, work  # of those to come, each by two indexes


def test_the_home_page_passes_by_in_the_index_what_is_over(world, as_, malee):
    client = as_(malee)
    client.get("/")
    with queries_of() as found:
        client.get("/")
    work = work_of(found)
    assert 0 < work.by_table["forums_activity"] <= 10, work


def test_words_are_looked_for_in_the_names_without_reading_them_all(world, read):
    work = read(f"/networks/?q={quote('เก่า')}")
    assert 0 < work.by_table["forums_network"] < 200, work


@pytest.mark.parametrize("also", ["", "&kind=physical&sort=name"])
def test_words_that_nearly_all_have_are_met_in_the_order_of_the_page(world, read, also):
    work = read(f"/networks/?q={quote('น้ำ')}{also}")
    assert 20 < work.by_table["forums_network"] < 2 * directory.COUNTED + 500, work


@pytest.mark.parametrize("asked", ["kind=physical&sector=civil", "sector=civil&sort=name"])
def test_what_half_of_the_networks_are_is_read_in_the_order_of_the_page(world, read, asked):
    work = read(f"/networks/?{asked}")
    assert work.rows < directory.COUNTED + 200, work


def test_who_joined_is_counted_for_the_months_of_the_page(world, read):
    work = read(f"{world.network.get_absolute_url()}timeline/")
    assert work.by_table["forums_happening"] < 400, work  # two months, and 40 lines
    quiet = read(f"{world.quiet.get_absolute_url()}timeline/")
    assert quiet.by_table["forums_happening"] < 1500, quiet  # twenty-two months of sixty


def test_a_large_networks_pages_read_no_more_than_they_show(world, read):
    url = world.network.get_absolute_url()
    overview = read(url)
    assert overview.by_table["forums_topic"] < 400, overview
    assert overview.rows < 1600, overview
    topics = read(f"{url}topics/")
    assert topics.rows < 1200, topics
    weeks = int((timezone.now() - timedelta(days=20)).timestamp() * 1_000_000)
    onward = read(f"{url}topics/?before={weeks}_1")
    assert onward.rows < 1200, onward


def test_the_feed_of_a_quiet_board_passes_over_no_topic_of_others(world, read):
    work = read(f"/b/{world.board.slug}/feed/")
    assert work.rows < 60, work
    Topic.objects.filter(board=world.board).update(board=room(world.quiet))
    of_network = read(f"{world.quiet.get_absolute_url()}feed/")
    assert of_network.rows < 160, of_network
    much = read(f"{world.network.get_absolute_url()}feed/")
    assert much.by_table["forums_topic"] < 160, much


def test_a_page_of_the_sitemap_has_a_thousand_addresses_at_most(world, client):
    assert client.get("/sitemap-topics-1.xml").content.count(b"<loc>") <= 1000


@pytest.mark.parametrize("typed", ["น้ำ", "สมาคมคนรักน้ำ", "เก่าแก่", "ไม่มีที่ไหน", "รัก"])
def test_a_search_reads_a_few_networks_and_organisations_however_many_bear_its_words(
    world, read, typed
):
    work = read(f"/search/?q={quote(typed)}")
    assert work.by_table.get("forums_organisation", 0) < 200, work
    assert work.by_table.get("forums_network", 0) < 400, work


def test_the_desk_looks_for_words_once(world, as_, moderator):
    desk = as_(moderator)
    with queries_of() as found:
        assert desk.get("/admin/forums/topic/", {"q": "ของเครือข่าย"}).status_code == 200
    assert len([query for query in found if "@@" in query.sql]) == 1
