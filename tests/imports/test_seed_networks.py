"""Made-up networks: unevenly large, the same ones each time, and counted as actions would have."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q

from forums.activities.models import Activity, Attendance
from forums.boards.models import Access, Board, OpenTo
from forums.imports.load import Texts, make_load
from forums.imports.network_load import SHARED, Society
from forums.imports.records import PostRecord, TopicRecord
from forums.memberships.models import Membership, Role
from forums.networks.models import Network, Tie
from forums.organisations.models import NetworkOrganisation
from forums.posts.models import Post
from forums.topics.models import Topic
from forums.voices.models import Standpoint, State, TopicNetwork, View
from tests.imports.test_recount import recount

SMALL = {"posts": 1500, "members": 120, "long_topic": 200, "networks": 30, "memberships": 400}


def seed(**options: object) -> str:
    out = io.StringIO()
    call_command("seed_load", stdout=out, stderr=io.StringIO(), **{**SMALL, **options})
    return out.getvalue()


@pytest.fixture
def load(db) -> None:
    seed()


def test_a_few_networks_have_thousands_of_members_most_have_tens_and_all_add_up():
    sizes = Society(networks=2000, memberships=50_000, members=5000, seed=1).sizes
    assert sum(sizes) == 50_000
    assert 3 <= sum(size >= 1000 for size in sizes) <= 10
    assert sorted(sizes)[1000] in range(5, 40)
    assert sizes[-1] >= 1


def test_names_and_addresses_are_each_its_own():
    society = Society(networks=25_000, memberships=25_000, members=5, seed=1)
    assert len({society.name(n) for n in range(25_000)}) == 25_000
    assert len({society.slug(n) for n in range(2000)}) == 2000


def test_the_same_seed_makes_the_same_records_and_a_longer_run_begins_with_a_shorter_one():
    def records(posts: int, seed: int = 1) -> list[object]:
        society = Society(networks=20, memberships=200, members=50, seed=seed)
        return list(
            make_load(
                posts=posts, members=50, long_topic=60, seed=seed, texts=Texts(), networks=society
            )
        )

    short, long = records(200), records(400)
    assert long[: len(short)] == short
    assert records(200) == short
    assert records(200, seed=2) != short


def test_who_speaks_from_a_network_is_in_it_and_speaks_from_one_in_a_topic():
    society = Society(networks=40, memberships=900, members=200, seed=1)
    people = {
        society.slug(n): {place.handle for place in record.members}
        for n, record in enumerate(society.records())
    }
    chosen: dict[tuple[str, str], str | None] = {}
    records = make_load(
        posts=3000, members=200, long_topic=300, seed=1, texts=Texts(), networks=society
    )
    spoken = 0
    for record in records:
        if isinstance(record, TopicRecord | PostRecord):
            key = record.key if isinstance(record, TopicRecord) else record.topic
            assert chosen.setdefault((key, record.author), record.network) == record.network
            if record.network is not None:
                assert record.author in people[record.network]
                spoken += 1
    assert 500 < spoken < 2500


@pytest.mark.django_db
@pytest.mark.parametrize(
    "numbers", [{"networks": 10, "memberships": 9}, {"networks": 2, "memberships": 241}]
)
def test_numbers_that_cannot_be_are_refused(numbers):
    with pytest.raises(CommandError, match="each network needs a member"):
        seed(**numbers)


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


@pytest.mark.django_db
def test_a_run_that_was_stopped_goes_on_and_twice_is_once():
    seed(posts=700)
    assert "800 posts made, 700 were there already" in seed()
    before = (Network.objects.count(), Tie.objects.count(), TopicNetwork.objects.count())
    assert "0 posts made, 1,500 were there already" in seed()
    after = (Network.objects.count(), Tie.objects.count(), TopicNetwork.objects.count())
    assert after == before
    assert recount() == ["Everything was right."]


@pytest.mark.django_db
def test_without_networks_nothing_speaks():
    seed(networks=0, posts=200)
    assert not Network.objects.exists()
    assert not TopicNetwork.objects.exists()
