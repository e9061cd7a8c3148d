"""What members do to follow, and to hear somebody no more."""

import pytest

from accounts.known import blocked_by, known_of
from accounts.models import Member
from forums.base.errors import ForumError
from forums.discussions.posts.actions import edit_post, reply
from forums.discussions.topics.models import State, TopicNetwork
from forums.reading.following import actions
from forums.reading.following.actions import Full, block, set_defaults, set_level, track, unblock
from forums.reading.following.models import Block, Follow, Level
from forums.reading.following.targets import target_of
from tests.make import make_board, make_member, make_network, make_post, make_topic


def followed(member: Member, **what: object) -> int | None:
    return Follow.objects.filter(member=member, **what).values_list("level", flat=True).first()


def test_a_level_is_chosen_changed_and_taken_back(malee):
    topic = make_topic()
    target = target_of("topic", topic)
    for level in (Level.WATCHING, Level.MUTED):
        set_level(member=malee, target=target, level=level)
        assert followed(malee, topic=topic) == level
    set_level(member=malee, target=target, level=None)
    assert followed(malee, topic=topic) is None


def test_a_person_is_watched_or_not(malee, somchai):
    target = target_of("person", somchai)
    set_level(member=malee, target=target, level=Level.WATCHING)
    assert followed(malee, person=somchai) == Level.WATCHING
    set_level(member=malee, target=target, level=Level.NORMAL)
    assert followed(malee, person=somchai) is None
    with pytest.raises(ForumError):
        set_level(member=malee, target=target_of("person", malee), level=Level.WATCHING)


def test_the_same_for_all_my_topics_in_a_board_a_network_a_tag(malee, somchai):
    board = make_board()
    room, elsewhere, network = make_board(parent=board), make_board(), make_network()
    topics = [make_topic(board=where, tags=["ป่า"]) for where in (board, room)]
    away = make_topic(board=elsewhere)
    TopicNetwork.objects.create(topic=topics[1], network=network, state=State.JOINED)
    for topic in (*topics, away):
        for member in (malee, somchai):
            set_level(member=member, target=target_of("topic", topic), level=Level.TRACKING)
    tag = topics[0].tags.get()
    for kind, thing, level, changed in (
        ("board", board, Level.MUTED, topics),
        ("network", network, Level.WATCHING, topics[1:]),
        ("tag", tag, Level.NORMAL, topics),
    ):
        set_level(member=malee, target=target_of(kind, thing), level=level, mine_too=True)
        assert followed(malee, **{kind: thing}) == level
        assert {followed(malee, topic=topic) for topic in changed} == {level}
        assert followed(malee, topic=away) == Level.TRACKING
        assert {followed(somchai, topic=topic) for topic in topics} == {Level.TRACKING}
    set_level(member=malee, target=target_of("board", board), level=None, mine_too=True)
    assert list(Follow.objects.filter(member=malee, topic__isnull=False)) == list(
        Follow.objects.filter(member=malee, topic=away)
    )


def test_no_more_than_so_many_are_followed_or_blocked(malee, somchai, monkeypatch):
    monkeypatch.setattr(actions, "MOST_FOLLOWED", 2)
    monkeypatch.setattr(actions, "MOST_BLOCKED", 1)
    for _n in range(2):
        set_level(member=malee, target=target_of("board", make_board()), level=Level.MUTED)
    with pytest.raises(Full, match="2"):
        set_level(member=malee, target=target_of("board", make_board()), level=Level.MUTED)
    block(member=malee, person=somchai)
    block(member=malee, person=somchai)
    with pytest.raises(Full, match="1"):
        block(member=malee, person=make_member())


def test_of_too_many_topics_the_oldest_tracked_gives_way(malee, monkeypatch):
    monkeypatch.setattr(actions, "MOST_FOLLOWED", 2)
    topics = [make_topic() for _n in range(5)]
    for topic, level in zip(topics, (Level.MUTED, Level.TRACKING), strict=False):
        set_level(member=malee, target=target_of("topic", topic), level=level)
    reply(author=malee, topic=topics[2], body="ของเราทำแบบนี้")
    assert [followed(malee, topic=topic) for topic in topics[:3]] == [0, None, 2]
    set_level(member=malee, target=target_of("topic", topics[3]), level=Level.WATCHING)
    assert [followed(malee, topic=topic) for topic in topics[:4]] == [0, None, None, 3]
    with pytest.raises(Full):
        set_level(member=malee, target=target_of("topic", topics[4]), level=Level.WATCHING)


def test_starting_and_answering_make_one_follow(malee, somchai):
    topic = make_topic(malee)
    post = make_post(topic, somchai)
    assert (followed(malee, topic=topic), followed(somchai, topic=topic)) == (2, 2)
    set_level(member=somchai, target=target_of("topic", topic), level=None)
    edit_post(editor=somchai, post=post, body="แก้แล้ว")
    assert followed(somchai, topic=topic) is None


def test_each_has_set_what_makes_her_follow(malee, somchai):
    set_defaults(member=malee, starting=Level.WATCHING, replying=Level.NORMAL, named=2)
    topic, other = make_topic(malee), make_topic()
    make_post(other, malee)
    assert (followed(malee, topic=topic), followed(malee, topic=other)) == (3, None)
    track(other.pk, [malee.pk, somchai.pk], because="named")
    assert (followed(malee, topic=other), followed(somchai, topic=other)) == (2, 2)
    with pytest.raises(KeyError, match="wished"):
        track(other.pk, [malee.pk], because="wished")


@pytest.mark.parametrize("chosen", [Level.MUTED, Level.NORMAL, Level.TRACKING, Level.WATCHING])
def test_a_level_she_chose_stays(malee, chosen):
    topic = make_topic()
    set_level(member=malee, target=target_of("topic", topic), level=chosen)
    make_post(topic, malee)
    assert followed(malee, topic=topic) == chosen


@pytest.mark.parametrize(
    ("level", "then"),
    [(Level.MUTED, None), (Level.NORMAL, 2), (Level.TRACKING, None), (Level.WATCHING, None)],
)
def test_answering_never_follows_less_than_the_board_nor_where_it_is_muted(malee, level, then):
    topic = make_topic()
    set_level(member=malee, target=target_of("board", topic.board), level=level)
    make_post(topic, malee)
    assert followed(malee, topic=topic) == then


def test_following_an_answer_is_one_statement(malee, django_assert_num_queries):
    topic = make_topic()
    with django_assert_num_queries(1):
        track(topic.pk, [malee.pk], because="replying")


def test_whoever_is_blocked_is_followed_no_more(malee, somchai):
    set_level(member=malee, target=target_of("person", somchai), level=Level.WATCHING)
    assert blocked_by(malee) == frozenset()
    block(member=malee, person=somchai)
    assert blocked_by(malee) == {somchai.pk}
    assert blocked_by(somchai) == frozenset()
    assert followed(malee, person=somchai) is None
    with pytest.raises(ForumError):
        set_level(member=malee, target=target_of("person", somchai), level=Level.WATCHING)
    unblock(member=malee, person=somchai)
    assert blocked_by(malee) == frozenset()
    assert not Block.objects.exists()
    with pytest.raises(ForumError):
        block(member=malee, person=malee)


def test_what_is_known_of_a_member_is_asked_once(malee, somchai, django_assert_num_queries):
    block(member=malee, person=somchai)
    again = Member.objects.get(pk=malee.pk)
    with django_assert_num_queries(1):
        assert blocked_by(again) == {somchai.pk}
        assert known_of(again, "blocked") == [somchai.pk]
    assert known_of(None, "blocked") is None
