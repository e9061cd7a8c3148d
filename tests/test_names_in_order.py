"""Every list sorted by name stands in the order of a Thai dictionary, whatever the server's collation."""

import re

import pytest
from django.db import connection

from accounts.models import Member
from forums.discussions.boards.actions import change_board, save_board
from forums.discussions.boards.models import Board
from forums.front.networks import parts as network_lists
from forums.groups.directory import lists
from forums.groups.directory.query import Asked
from forums.groups.links.actions import ask_link
from forums.groups.links.models import NetworkLink
from forums.groups.memberships.models import Membership, forget_roles, roles_of
from forums.groups.networks.models import Network
from forums.groups.organisations.models import Organisation
from forums.moderation.merging.actions import merge
from forums.search.results.boxes import boxes
from forums.tags.models import Tag
from forums.text.naming import sort_key
from tests.groups.organisations.make import make_organisation
from tests.make import join, make_member, make_network, make_network_board, make_topic

# In dictionary order; by the letters' codes เกษตร, แม่น้ำ, โรงเรียน, ใบตอง and ไผ่ would stand last.
NAMES = ["กลุ่ม", "เกษตร", "ขวัญ", "ใบตอง", "ไผ่", "มูลนิธิ", "แม่น้ำ", "โรงเรียน"]
SHUFFLED = sorted(NAMES)
NAMED = [Member, Network, Organisation, Board, Tag, Membership]


def test_the_names_are_not_in_order_by_their_codes():
    assert SHUFFLED != NAMES == sorted(SHUFFLED, key=sort_key)


@pytest.mark.django_db
def test_what_is_sorted_by_is_stored_without_a_collation_and_served_by_an_index(malee):
    for model in NAMED:
        field = model._meta.get_field("sort_key")
        assert (field.db_collation, field.null) == ("C", False), model
    network = make_network("คนริมน้ำ", malee)
    rows = {
        "member_by_name": Member.objects.order_by("sort_key"),
        "network_by_name": Network.objects.listed().order_by("sort_key", "id"),
        "organisation_sort_key": Organisation.objects.order_by("sort_key"),
        "board_by_name": Board.objects.order_by("sort_key", "id"),
        "tag_by_name": Tag.objects.order_by("sort_key", "id"),
        "tag_most_used": Tag.objects.order_by("-topic_count", "sort_key"),
        "membership_by_name": Membership.objects.filter(network=network).order_by("sort_key", "id"),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    for index, found in rows.items():
        plan = found.only("pk")[:20].explain()
        assert index in plan, plan
        assert "Sort" not in plan, plan


@pytest.mark.django_db
def test_tags_used_alike_stand_in_order_on_their_page_and_in_suggestions(as_, malee):
    for name in SHUFFLED:
        make_topic(tags=[f"ก{name}"])
    wanted = [f"ก{name}" for name in NAMES]
    page = as_(None).get("/tags/")
    assert [tag.name for tag in page.context["tags"]] == wanted
    page = as_(malee).get("/tags/suggest/?q=ก")
    assert [tag.name for tag in page.context["tags"]] == wanted


@pytest.mark.django_db
def test_networks_stand_in_order_wherever_they_are_listed_by_name(as_, malee):
    networks = {name: make_network(f"บ้าน{name}", malee) for name in SHUFFLED}
    wanted = [f"บ้าน{name}" for name in NAMES]
    page, _count = lists.page(Asked(sort="name"), {})
    assert [row.name for row in page.rows] == wanted
    forget_roles(malee)
    assert [mine.name for mine in roles_of(malee).values()] == wanted
    page = as_(malee).get(f"/u/{malee.handle}/").content.decode()
    assert list(dict.fromkeys(re.findall("บ้าน(?:" + "|".join(NAMES) + ")", page))) == wanted
    first = networks[SHUFFLED[0]]
    for name in SHUFFLED[1:]:
        ask_link(member=malee, network=first, other=networks[name], kind="linked")
    assert NetworkLink.objects.filter(confirmed_at=None).count() == 0
    linked = network_lists.parts(first, None, month=first.created_at).linked
    assert [row.name for row in linked] == [name for name in wanted if name != first.name]
    for name in SHUFFLED:
        make_network_board(networks[name], name="ลาน")
    page = as_(malee).get("/start/").content.decode()
    assert re.findall('<optgroup label="([^"]+)"', page) == wanted


@pytest.mark.django_db
def test_boards_found_by_name_stand_in_order_whoever_named_them(malee, moderator):
    (network, other) = make_network("คนริมน้ำ", malee), make_network("คนคูคลอง", malee)
    for name in SHUFFLED[:2]:
        save_board(name=f"ห้อง{name}", board=save_board(name="ห้องเก่า"))
    for name in SHUFFLED[2:4]:
        board = make_network_board(network, name=f"เดิม{name}")
        change_board(
            member=malee,
            board=board,
            name=f"ห้อง{name}",
            scope="",
            open_to="everyone",
            emblem="talk",
        )
    make_network_board(network, name="ห้องซ้ำ")
    make_network_board(other, name="ห้องซ้ำ")
    merge(moderator=moderator, network=other, into=network, reason="เป็นกลุ่มเดียวกัน")
    names = [board.name for board in boxes("ห้อง", member=malee).boards]
    assert names == sorted(Board.objects.values_list("name", flat=True), key=sort_key)[:5]
    for board in Board.objects.all():
        assert board.sort_key == sort_key(board.name), board.name


@pytest.mark.django_db
def test_who_is_in_a_network_and_which_organisations_stand_in_order(as_, malee):
    network = make_network("คนริมน้ำ", malee)
    join(network, *[make_member(display_name=name) for name in SHUFFLED])
    page = as_(malee).get(f"{network.get_absolute_url()}members/")
    assert [row.name for row in page.context["page"].rows] == NAMES
    for name in SHUFFLED:
        make_organisation(name, coordinator=malee, network=network)
    page = as_(None).get("/organisations/")
    assert [each.name for each in page.context["page"].rows] == NAMES
    said = network_lists.parts(network, None, month=network.created_at).organisations
    assert [row.name for row in said] == NAMES
