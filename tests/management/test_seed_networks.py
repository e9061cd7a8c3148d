"""Made-up networks: unevenly large, the same ones each time, and counted as actions would have."""

from collections.abc import Iterator
from functools import partial

import pytest
from django.core.management import CommandError

from forums.discussions.topics.models import TopicNetwork
from forums.groups.networks.models import Network, Tie
from forums.imports.load.discussions import Load, MadePost, MadeTopic
from forums.imports.load.networks import Society
from forums.imports.load.texts import Texts
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


def made(
    society: Society, posts: int, long_topic: int = 60
) -> Iterator[tuple[MadeTopic, list[MadePost]]]:
    load = Load(
        members=society.members,
        long_topic=long_topic,
        seed=society.seed,
        texts=Texts(),
        networks=society,
    )
    for number, size in load.sizes(posts, there={}):
        topic = load.topic(number, size)
        yield topic, [post for thread in topic.threads for post in thread]


def test_the_same_seed_makes_the_same_networks_and_posts():
    def posts(seed: int = 1) -> list[list[MadePost]]:
        society = Society(networks=20, memberships=200, members=50, seed=seed)
        return [list(society.records()), *(posts for _topic, posts in made(society, 200))]

    assert posts() == posts()
    assert posts(seed=2) != posts()


def test_who_speaks_from_a_network_is_in_it_and_speaks_from_one_in_a_topic():
    society = Society(networks=40, memberships=900, members=200, seed=1)
    spoken = 0
    for topic, posts in made(society, 3000, long_topic=300):
        chosen: dict[int, int | None] = {}
        for post in posts:
            assert chosen.setdefault(post.author, post.network) == post.network, topic
            if post.network is not None:
                assert post.author in society.people(post.network)
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
