"""What was found most useful of a network in a topic: remembered, and always what its posts say."""

import random
import re

import pytest

from forums.discussions.openings.maintenance import repair_topics
from forums.discussions.posts.actions import delete_post, react
from forums.discussions.posts.models import Post, Reaction
from forums.discussions.topics.models import MOST_USEFUL, Topic, TopicNetwork
from forums.discussions.voices import lists
from forums.moderation.actions import hide_post, unhide_post
from forums.moderation.merging.actions import merge, unmerge
from tests.make import join, make_member, make_network, make_post, make_topic


@pytest.fixture
def networks(db):
    return [make_network(f"คลอง {n}") for n in range(3)]


def agrees(topic: Topic) -> None:
    """The topic remembers what its posts say."""
    for row in TopicNetwork.objects.filter(topic=topic):
        said = Post.objects.shown().filter(topic=topic, network=row.network_id, number__gt=0)
        first = said.order_by("-useful_count", "pk").values_list("pk", flat=True)
        assert row.most_useful == list(first[:MOST_USEFUL])


def test_it_is_what_the_posts_say_whatever_happens_to_them(networks, moderator):
    chance = random.Random(11)
    people = [make_member() for _ in range(12)]
    for network in networks:
        join(network, *people)
    topic = make_topic(people[0], speak_from=networks[0].pk)
    for n in range(60):
        posts = list(topic.posts.order_by("pk"))
        post, member = chance.choice(posts), chance.choice(people)
        what = chance.random()
        if n < 15 or what < 0.15:
            parent = chance.choice([None, *(each for each in posts[1:] if not each.is_gone)])
            place = chance.choice([0, *(network.pk for network in networks)])
            make_post(topic, member, body=f"ความเห็น {n}", parent=parent, speak_from=place)
        elif what < 0.65:
            if post.author_id != member.pk and not post.is_gone:
                react(member=member, post=post, kind="useful", on=True)
        elif what < 0.8:
            given = Reaction.objects.filter(post__hidden_at=None, post__deleted_at=None).first()
            if given:
                react(member=given.member, post=given.post, kind="useful", on=False)
        elif post.number and post.hidden_at:
            unhide_post(moderator=moderator, post=post, reason="ลอง")
        elif post.number and not post.is_gone:
            if chance.random() < 0.3 and not post.answers.exists():
                delete_post(member=post.author, post=post)
            else:
                hide_post(moderator=moderator, post=post, reason="ลอง")
        agrees(topic)
    merge(moderator=moderator, network=networks[1], into=networks[2], reason="ลอง")
    agrees(topic)
    unmerge(moderator=moderator, network=networks[1], reason="ลอง")
    agrees(topic)
    TopicNetwork.objects.update(most_useful=[])
    repair_topics(after=0, size=10)
    agrees(topic)


def test_the_page_of_the_others_shows_the_first_three(networks, malee):
    forest = networks[0]
    people = [make_member() for _ in range(5)]
    join(forest, *people)
    topic = make_topic(malee)
    posts = [
        make_post(topic, each, body=f"จาก {n}", speak_from=forest.pk)
        for n, each in enumerate(people)
    ]
    for n in (1, 4, 2):
        for member in people[:n]:
            if member.pk != posts[n].author_id:
                react(member=member, post=posts[n], kind="useful", on=True)
    agrees(topic)
    (other,) = lists.side_by_side(topic, lists.networks_in(topic), malee)
    said = [int(pk) for pk in re.findall(r'href="/p/(\d+)/"', other.said)]
    assert said == [posts[n].pk for n in (4, 2, 1)]
