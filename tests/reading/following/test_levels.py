"""How closely a topic is followed: the text says what a plain reading of the rule says."""

from collections import defaultdict
from unittest.mock import patch

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forums.discussions.boards.models import OpenTo
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.reading.following import levels
from forums.reading.following.levels import NORMAL, Batch, Closeness, Source
from forums.reading.following.models import Block, Follow, Level
from forums.tags.models import TaggedTopic
from tests.make import make_board, make_member, make_network, make_network_board, make_topic

READERS = 6


@pytest.fixture
def world(db):
    """Topics that stand in a room, in a network's board with a guest beside it, and alone; and who reads."""
    home, guest, left = (make_network() for _ in range(3))
    room = make_board(parent=make_board("ห้องใหญ่"))
    authors = [make_member() for _ in range(2)]
    topics = [
        make_topic(authors[0], room, tags=["ป่า", "น้ำ"]),
        make_topic(authors[1], make_network_board(home, OpenTo.EVERYONE), tags=["ป่า"]),
        make_topic(authors[0], make_board("เงียบ")),
    ]
    for topic, network, state in (
        (topics[0], guest, State.JOINED),
        (topics[0], left, State.LEFT),
        (topics[0], home, State.PRESENT),
        (topics[1], guest, State.JOINED),
        (topics[1], left, State.JOINED),
    ):
        TopicNetwork.objects.update_or_create(
            topic=topic, network=network, defaults={"state": state}
        )
    Follow.objects.all().delete()  # whoever started one follows it
    readers = [make_member() for _ in range(READERS)]
    return readers, authors, list(Topic.objects.select_related("board")), [home, guest, left]


def plainly(reader: int, topic: Topic, chosen: dict, blocked: set) -> Closeness:
    """The rule, step by step."""
    if (reader, topic.author_id) in blocked:
        return Closeness(Level.MUTED, Source.BLOCKED)
    networks = {
        part.network_id
        for part in TopicNetwork.objects.filter(topic=topic)
        if part.state == State.JOINED
    } | {topic.board.network_id}
    tags = set(TaggedTopic.objects.filter(content_object=topic).values_list("tag_id", flat=True))
    steps = [
        (Source.TOPIC, "topic", {topic.pk}),
        (Source.NETWORK, "network", networks),
        (Source.BOARD, "board", {topic.board_id}),
        (Source.BOARD, "board", {topic.board.parent_id}),
        (Source.TAG, "tag", tags),
    ]
    for source, target, ids in steps:
        if found := [
            level for pk in ids if (level := chosen[reader].get((target, pk))) is not None
        ]:
            return Closeness(Level(max(found)), source)
    return NORMAL


CHOICES = st.lists(
    st.tuples(
        st.integers(0, READERS - 1),
        st.sampled_from(["topic", "network", "board", "tag"]),
        st.integers(0, 2),
        st.sampled_from([0, 1, 2, 2, 3, 3]),
    ),
    max_size=40,
    unique_by=lambda each: each[:3],
)
BLOCKS = st.sets(st.tuples(st.integers(0, READERS - 1), st.integers(0, 1)), max_size=4)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(choices=CHOICES, blocks=BLOCKS)
def test_the_text_says_what_the_rule_says(world, choices, blocks):
    readers, authors, topics, networks = world
    boards = [topics[0].board_id, topics[0].board.parent_id, topics[1].board_id]
    tags = sorted({each.tag_id for each in TaggedTopic.objects.all()})
    ids = {
        "topic": [topic.pk for topic in topics],
        "network": [network.pk for network in networks],
        "board": boards,
        "tag": [*tags, tags[0]],
    }
    chosen: dict[int, dict] = defaultdict(dict)
    for who, target, which, level in choices:
        chosen[readers[who].pk][target, ids[target][which]] = level
    blocked = {(readers[who].pk, authors[whom].pk) for who, whom in blocks}
    with transaction.atomic():
        Follow.objects.bulk_create(
            Follow(member_id=who, level=level, **{f"{target}_id": pk})
            for who, hers in chosen.items()
            for (target, pk), level in hers.items()
        )
        Block.objects.bulk_create(Block(member_id=who, person_id=whom) for who, whom in blocked)
        for topic in topics:
            hold_equal(topic, readers, authors[1].pk, chosen, blocked)
        transaction.set_rollback(True)


def hold_equal(topic, readers, writer, chosen, blocked):
    rule = {reader.pk: plainly(reader.pk, topic, chosen, blocked) for reader in readers}
    for reader in readers:
        assert levels.standings(reader, [topic.pk]) == {topic.pk: rule[reader.pk]}
    heard = {pk for pk in rule if (pk, writer) not in blocked}
    for least in (Level.TRACKING, Level.WATCHING):
        told = sorted(pk for pk in heard if rule[pk].level >= least)
        assert levels.members_at(topic.pk, least, writer=writer) == Batch(told, None)
    asked = [*rule, writer]
    assert levels.who_hear(topic.pk, asked, writer=writer) == {
        pk for pk in heard if rule[pk].level > Level.MUTED
    }
    assert levels.who_hear(topic.pk, asked, writer=writer, named=True) == {
        pk for pk in heard if rule[pk] != Closeness(Level.MUTED, Source.TOPIC)
    }


def test_a_visitor_follows_nothing(world):
    for nobody in (None, AnonymousUser()):
        assert levels.standings(nobody, [1]) == {}


def test_those_who_follow_come_in_batches_each_once(world, django_assert_num_queries):
    readers, authors, topics, networks = world
    topic = topics[0]
    for reader in readers:  # twice, by the topic and by its board
        Follow.objects.create(member=reader, topic=topic, level=Level.WATCHING)
        Follow.objects.create(member=reader, board=topic.board, level=Level.TRACKING)
    Follow.objects.filter(member=readers[1], topic=topic).update(level=Level.NORMAL)
    Block.objects.create(member=readers[2], person=authors[1])
    with patch.object(levels, "BATCH", 2), patch.object(levels, "_AT", levels._at(2)):
        told, after, batches = [], 0, 0
        while after is not None:
            with django_assert_num_queries(1):
                batch = levels.members_at(topic.pk, writer=authors[1].pk, after=after)
            told += batch.members
            after, batches = batch.after, batches + 1
    assert told == sorted(reader.pk for reader in readers if reader not in readers[1:3])
    assert batches == 3  # who chose less than watching is not walked over


def test_those_who_watch_a_member(world):
    readers, authors, *_ = world
    for reader in readers:
        Follow.objects.create(member=reader, person=authors[0], level=Level.WATCHING)
    assert levels.watchers_of(authors[0].pk) == Batch([reader.pk for reader in readers], None)
    assert levels.watchers_of(authors[0].pk, after=readers[-2].pk).members == [readers[-1].pk]
    assert levels.watchers_of(authors[1].pk).members == []
