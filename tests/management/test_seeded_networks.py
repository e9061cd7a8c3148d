"""A site filled with made-up networks: everything in it adds up as if people had written it."""

from collections.abc import Iterator

import pytest
from django.db.models import Count, F, Q

from forums.activities.models import Activity, Attendance
from forums.discussions.boards.models import Access, Board, OpenTo
from forums.discussions.posts.models import Post
from forums.discussions.standpoints.models import Standpoint
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.discussions.voices.models import View
from forums.groups.memberships.models import Membership, Role
from forums.groups.networks.models import Network, Tie
from forums.groups.organisations.models import NetworkOrganisation
from forums.imports.load.networks import SHARED
from tests.made_once import made_once
from tests.management.commands import recount
from tests.management.test_seed_networks import seed


@pytest.fixture(scope="module")
def _seeded(django_db_setup, django_db_blocker) -> Iterator[None]:
    with made_once(django_db_blocker):
        seed()
        yield


@pytest.fixture
def load(_seeded, db) -> None:
    """All of it is there."""


def test_as_many_as_asked_for_each_with_a_coordinator_and_boards_of_every_degree(load):
    assert (Network.objects.count(), Membership.objects.count()) == (30, 400)
    coordinated = Membership.objects.filter(role=Role.COORDINATOR).values("network").distinct()
    assert coordinated.count() == 30
    for network in Network.objects.annotate(
        **{open_to: Count("boards", filter=Q(boards__open_to=open_to)) for open_to in OpenTo.values}
    ):
        assert all(getattr(network, open_to) in (2, 3) for open_to in OpenTo.values)
    assert set(Board.objects.filter(open_to="network").values_list("read_level", flat=True)) == {
        Access.NETWORK
    }


def test_recount_finds_nothing_to_correct(load):
    assert TopicNetwork.objects.filter(post_count__gt=0).exists()
    assert Tie.objects.filter(replies__gt=0, members__gt=0, topics__gt=0).exists()
    assert NetworkOrganisation.objects.exists()
    assert recount() == ["Everything was right."]


def test_topics_are_shared_by_five_networks_hosted_in_boards_and_private(load):
    speaking = Topic.objects.annotate(
        speaking=Count("voices_in", filter=Q(voices_in__post_count__gt=0))
    )
    shared = speaking.filter(speaking__gte=5)
    assert shared.count() >= SHARED // 2
    long = speaking.order_by("-reply_count")[0]
    assert long.speaking >= 5
    joined = TopicNetwork.objects.filter(topic=long, state=State.JOINED)
    assert joined.count() >= 5
    assert View.objects.exists()
    hosted = Topic.objects.exclude(board__network=None)
    assert hosted.filter(board__read_level=Access.EVERYONE).exists()
    private = Post.objects.filter(topic__board__read_level=Access.NETWORK)
    assert private.exists()
    in_it = private.filter(author__memberships__network=F("topic__board__network"))
    assert in_it.count() == private.count()


def test_each_voice_has_chosen_its_standpoint(load):
    spoken = set(
        Post.objects.exclude(network=None).values_list("topic_id", "author_id", "network_id")
    )
    assert spoken == set(Standpoint.objects.values_list("topic_id", "member_id", "network_id"))
    for topic in Topic.objects.exclude(network=None):
        assert topic.posts.get(number=0).network_id == topic.network_id
    assert Post.objects.filter(in_name=True).exists()


def test_answers_to_activities_are_counted(load):
    assert Attendance.objects.exists()
    for activity in Activity.objects.annotate(
        going=Count("answers", filter=Q(answers__answer="going"))
    ):
        assert activity.going_count == activity.going
