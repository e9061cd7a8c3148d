"""Made-up networks: unevenly large, the same ones each time, and counted as actions would have."""

from functools import partial

import pytest
from django.core.management import CommandError

from forums.discussions.topics.models import TopicNetwork
from forums.groups.networks.models import Network, Tie
from forums.imports.load.discussions import Texts, make_load
from forums.imports.load.networks import Society
from forums.imports.records import PostRecord, TopicRecord
from tests.management.commands import recount, seed_load

SMALL = {"posts": 1500, "members": 120, "long_topic": 200, "networks": 30, "memberships": 400}
seed = partial(seed_load, **SMALL)


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
