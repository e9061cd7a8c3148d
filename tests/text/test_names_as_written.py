"""The migrations that make anew what was made of names while แบบบ้าน was taken for แบ้าน."""

import importlib
from unittest.mock import patch

from django.apps import apps

from accounts.models import Member
from forums.activities.models import Activity
from forums.discussions.boards.models import Board
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership
from forums.groups.networks.models import Network
from forums.groups.organisations.actions import register_organisation
from forums.groups.organisations.models import Organisation
from forums.text.naming import name_key, sort_key
from forums.text.slugs import slugify
from tests.make import make_activity, make_board, make_member, make_network, make_topic

ACCOUNTS = importlib.import_module("accounts.migrations.0003_names_as_written")
FORUMS = importlib.import_module("forums.migrations.0014_names_as_written")


def test_members_get_their_keys_as_written(db):
    """But for one whose new key is another's by now."""
    old = {"handle_skeleton": "x", "sort_key": "x"}
    one, late = make_member("ธนนนท์"), make_member("แบบ")
    Member.objects.filter(pk=one.pk).update(handle_key="ธนท์", **old)
    twin = make_member("แบบบบบ2")
    Member.objects.filter(pk=twin.pk).update(handle="แบบบบบ", handle_key="แบ", **old)
    with patch.object(ACCOUNTS, "BATCH", 1):
        ACCOUNTS.fill(apps, None)
    one.refresh_from_db()
    twin.refresh_from_db()
    assert (one.handle_key, one.sort_key) == ("ธนนนท์", sort_key("ธนนนท์"))
    assert (twin.handle_key, late.handle_key) == ("แบ", "แบบ")
    assert one.handle_skeleton != twin.handle_skeleton == "x"


def test_names_are_sorted_told_apart_and_addressed_as_written(client, malee):
    board = make_board("ห้องแบบบ้าน", slug="ห้องแบ้าน")
    network = make_network("คนเขียนแบบบ้าน", malee)
    organisation = register_organisation(member=malee, name="บริษัทแบบบ้าน", sector="business")
    topic = make_topic(malee, board, title="ระบบบริการที่ดี")
    activity = make_activity(network, malee, title="วันแบบบ้าน")
    for model in (Board, Membership):
        model.objects.update(sort_key="x")
    for model in (Network, Organisation):
        model.objects.update(sort_key="x", name_key="x")
    Network.objects.update(slug="คนเขียนแบ้าน")
    Topic.objects.update(slug="ระริการที่ดี")
    Activity.objects.update(slug="วันแบ้าน")
    with patch.object(FORUMS, "BATCH", 1):
        FORUMS.sort_anew(apps, None)
        FORUMS.address_anew(apps, None)
    for row in (board, network, organisation):
        row.refresh_from_db()
        assert row.sort_key == sort_key(row.name)
    assert network.name_key == name_key(network.name)
    assert organisation.name_key == name_key(organisation.name)
    assert Membership.objects.get().sort_key == "x"  # Malee is no name of these
    assert board.slug == "ห้องแบ้าน"
    assert Topic.objects.get(pk=topic.pk).slug == slugify(topic.title) == "ระบบบริการที่ดี"
    assert Activity.objects.get(pk=activity.pk).slug == "วันแบบบ้าน"
    moved = client.get("/n/คนเขียนแบ้าน/")
    assert (moved.status_code, moved.url) == (301, network.get_absolute_url())
    assert network.slug == "คนเขียนแบบบ้าน"
