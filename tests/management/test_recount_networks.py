"""What networks remember is counted anew: by `recount`, one batch at a time, while people write."""

import threading
import time

import pytest
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic, TopicNetwork
from forums.discussions.voices.maintenance import repair_ties
from forums.groups.memberships.counters import let_go
from forums.groups.memberships.models import Membership
from forums.groups.networks.models import Network, Tie
from forums.groups.organisations.models import NetworkOrganisation
from forums.groups.profiles.maintenance import repair_networks
from forums.moderation import actions as moderation
from tests.groups.organisations.make import make_organisation
from tests.make import join, make_member, make_network, make_post, make_topic
from tests.management.commands import recount


@pytest.fixture
def talk(malee, somchai, canal, forest) -> Topic:
    """Two networks that share a member talk: the canal starts, the forest answers twice."""
    join(canal, somchai)
    topic = make_topic(malee, speak_from=canal.pk)
    comment = make_post(topic, somchai, speak_from=forest.pk)
    make_post(topic, malee, parent=comment)
    make_post(topic, somchai)
    make_post(topic, make_member())
    return topic


def everything() -> list[list[tuple[object, ...]]]:
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Network, TopicNetwork, Topic, Tie)
    ]


def tie(source: Network, target: Network) -> tuple[int, int, int]:
    found = Tie.objects.get(source=source, target=target)
    return found.replies, found.members, found.topics


@pytest.mark.django_db
def test_what_actions_counted_is_right_and_nothing_is_written(talk, canal, forest):
    assert (tie(forest, canal), tie(canal, forest)) == ((2, 1, 1), (1, 1, 1))
    before = everything()
    assert recount() == ["Everything was right."]
    assert everything() == before


@pytest.mark.django_db
def test_what_is_hidden_and_shown_again_deleted_and_left_stays_right(
    talk, canal, forest, moderator, somchai
):
    comment = Post.objects.get(topic=talk, number=1, reply_number=0)
    moderation.hide_post(moderator=moderator, post=comment, reason="ไม่เหมาะ")
    assert tie(forest, canal) == (1, 1, 1)
    assert recount() == ["Everything was right."]
    comment.refresh_from_db()
    moderation.unhide_post(moderator=moderator, post=comment, reason="เข้าใจผิด")
    with transaction.atomic():
        let_go(Membership.objects.get(network=canal, member=somchai))
    assert tie(forest, canal) == (2, 0, 1)
    assert recount() == ["Everything was right."]


@pytest.mark.django_db
def test_the_counts_of_a_network_are_repaired_and_named(talk, canal, somchai):
    now = timezone.now()
    for number, confirmed in enumerate((now, now, None)):
        organisation = make_organisation(f"มูลนิธิ {number}", somchai)
        NetworkOrganisation.objects.create(
            network=canal,
            organisation=organisation,
            by_network_at=now,
            by_organisation_at=confirmed,
        )
    Network.objects.filter(pk=canal.pk).update(member_count=7)
    assert recount() == [
        f"network {canal.slug}: member_count 7, in truth 2, organisation_count 0, in truth 2",
        "1 corrected.",
    ]
    canal.refresh_from_db()
    assert (canal.member_count, canal.organisation_count) == (2, 2)
    assert recount() == ["Everything was right."]


@pytest.mark.django_db
def test_who_speaks_in_a_topic_is_repaired_and_named(talk, canal, forest):
    right = everything()
    TopicNetwork.objects.filter(network=forest).update(post_count=9)
    Topic.objects.update(voices=[forest.pk])
    assert recount() == [
        f"topic {talk.pk}: voices",
        f"topic {talk.pk}, network {forest.pk}: in truth 2 posts",
        "2 corrected.",
    ]
    assert everything() == right


@pytest.mark.django_db
def test_a_row_that_is_missing_is_made_and_one_too_many_emptied(talk, canal, forest):
    TopicNetwork.objects.filter(network=forest).delete()
    away = make_network()
    TopicNetwork.objects.create(topic=talk, network=away, state="present", post_count=3)
    said = recount()
    assert f"topic {talk.pk}, network {forest.pk}: in truth 2 posts" in said
    assert f"topic {talk.pk}, network {away.pk}: in truth 0 posts" in said
    talk.refresh_from_db()
    assert talk.voices == [canal.pk, forest.pk]
    assert recount() == ["Everything was right."]


@pytest.mark.django_db
def test_ties_are_repaired_and_named(talk, canal, forest):
    Tie.objects.filter(source=canal, target=forest).delete()
    Tie.objects.filter(source=forest, target=canal).update(replies=5, members=0)
    Tie.objects.create(source=forest, target=forest, replies=4)
    assert recount() == [
        f"tie {canal.pk}–{forest.pk}: replies 0, in truth 1, members 0, in truth 1, topics 0, in truth 1",
        f"tie {forest.pk}–{canal.pk}: replies 5, in truth 2, members 0, in truth 1",
        f"tie {forest.pk}–{forest.pk}: replies 4, in truth 0",
        "3 corrected.",
    ]
    assert (tie(forest, canal), tie(canal, forest)) == ((2, 1, 1), (1, 1, 1))
    assert recount() == ["Everything was right."]


@pytest.mark.django_db
def test_more_networks_than_a_batch_are_all_looked_at(monkeypatch):
    from forums.management.commands import recount as command

    monkeypatch.setattr(command, "NETWORKS", 2)
    networks = [make_network() for _ in range(5)]
    Network.objects.update(member_count=0)
    assert recount() == [
        *[f"network {network.slug}: member_count 0, in truth 1" for network in networks],
        "5 corrected.",
    ]


@pytest.mark.django_db
def test_a_batch_asks_as_often_for_two_networks_as_for_many(django_assert_num_queries):
    for many in (2, 20):
        for _ in range(many):
            make_network()
        with django_assert_num_queries(8):  # two of them begin and end its part of the test
            repair_networks(after=0, size=50)
        with django_assert_num_queries(8):  # the same, twice
            repair_ties(after=0, size=50)


@pytest.mark.django_db(transaction=True)
def test_a_reply_written_while_ties_are_counted_is_counted_once(canal, forest, malee, somchai):
    """One writer has moved the tie and not ended; the count waits for him and sees what he wrote."""
    topic = make_topic(malee, speak_from=canal.pk)
    make_post(topic, somchai, speak_from=forest.pk)
    Tie.objects.filter(source=forest, target=canal).update(replies=40)
    written, counted = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            make_post(topic, somchai)
            written.set()
            counted.wait(0.5)  # the counting cannot end before this does
        close_old_connections()
        connection.close()

    def count() -> None:
        written.wait(10)
        after: int | None = 0
        while after is not None:
            after, _ties = repair_ties(after=after, size=50)
        counted.set()
        connection.close()

    threads = [threading.Thread(target=work) for work in (write, count)]
    for thread in threads:
        thread.start()
        time.sleep(0.01)
    for thread in threads:
        thread.join(20)
    assert tie(forest, canal) == (2, 0, 1)
    assert recount() == ["Everything was right."]
