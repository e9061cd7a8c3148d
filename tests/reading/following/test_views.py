"""The form to follow a thing, the page of all one follows, and blocking."""

import pytest
from django.utils.encoding import iri_to_uri

from forums.discussions.boards.models import OpenTo
from forums.reading.following.actions import set_level
from forums.reading.following.models import Block, Follow, FollowDefaults, Level
from forums.reading.following.targets import target_of
from forums.tags.models import Tag
from tests.make import (
    make_board,
    make_member,
    make_network,
    make_network_board,
    make_post,
    make_topic,
)

ALL = "/settings/following/"


@pytest.fixture
def things(malee):
    """One of each kind, with its page: what Malee follows of them she has yet to choose."""
    topic, network = make_topic(tags=["ป่า"]), make_network()
    person = make_member("nong", display_name="น้อง")
    tag = Tag.objects.get()
    return {
        "topic": (topic, topic.get_absolute_url()),
        "board": (topic.board, topic.board.get_absolute_url()),
        "tag": (tag, tag.get_absolute_url()),
        "network": (network, network.get_absolute_url()),
        "person": (person, person.get_absolute_url()),
    }


KINDS = ["topic", "board", "tag", "network", "person"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_a_thing_has_the_form_and_it_leads_back(as_, malee, things, kind):
    thing, page = things[kind]
    address = f"/follow/{kind}/{thing.pk}/"
    client = as_(malee)
    assert f'action="{address}"' in client.get(page).content.decode()
    answer = client.post(address, {"level": "3", "next": f"{page}?page=1"})
    assert (answer.status_code, answer["Location"]) == (302, iri_to_uri(f"{page}?page=1"))
    assert Follow.objects.get(member=malee, **{kind: thing}).level == Level.WATCHING
    html = client.get(page).content.decode()
    assert 'aria-pressed="true"' in html.split(f'action="{address}"')[1].split("</form>")[0]
    assert client.get(address).status_code == 200
    client.post(address, {"level": ""})
    assert not Follow.objects.filter(member=malee, **{kind: thing}).exists()
    assert address not in as_(None).get(page).content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_what_one_may_not_see_cannot_be_followed(as_, malee, kind):
    network = make_network()
    board = make_network_board(network, OpenTo.NETWORK)
    topic = make_topic(network.registered_by, board, tags=["ลับ"])
    network.__class__.objects.filter(pk=network.pk).update(hidden_at=topic.created_at)
    pending = make_member(pending_since=topic.created_at)
    things = {
        "topic": topic,
        "board": board,
        "tag": Tag.objects.get(),
        "network": network,
        "person": pending,
    }
    address = f"/follow/{kind}/{things[kind].pk}/"
    client = as_(malee)
    assert client.get(address).status_code == 404
    assert client.post(address, {"level": "3"}).status_code == 404
    assert not Follow.objects.filter(member=malee).exists()


def test_bad_input_is_said_in_words(as_, malee, things):
    client = as_(malee)
    topic = things["topic"][0]
    answer = client.post(f"/follow/topic/{topic.pk}/", {"level": "9"})
    assert answer.status_code == 400
    assert "เลือก" in answer.content.decode()
    assert client.get("/follow/world/1/").status_code == 404
    away = client.post(f"/follow/topic/{topic.pk}/", {"level": "2", "next": "//evil.example/"})
    assert away["Location"] == iri_to_uri(topic.get_absolute_url())
    assert as_(None).get(f"/follow/topic/{topic.pk}/").status_code == 302


def test_the_form_says_where_a_level_comes_from(as_, malee, things):
    topic = things["topic"][0]
    client = as_(malee)
    client.post(f"/follow/board/{topic.board_id}/", {"level": "2"})
    html = client.get(topic.get_absolute_url()).content.decode()
    assert "ตามที่เลือกไว้กับห้อง" in html


@pytest.mark.parametrize("kind", KINDS)
def test_all_one_follows_stands_on_one_page_and_can_be_undone(as_, malee, things, kind):
    thing, page = things[kind]
    Follow.objects.create(member=malee, level=3, **{kind: thing})
    client = as_(malee)
    html = client.get(f"{ALL}?kind={kind}").content.decode()
    assert f'href="{page}"' in html
    answer = client.post(f"/follow/{kind}/{thing.pk}/", {"level": "", "undo": "1"}, follow=True)
    html = answer.content.decode()
    assert 'id="undo"' in html
    assert 'value="3"' in html.split('id="undo"')[1].split("</form>")[0]
    client.post(f"/follow/{kind}/{thing.pk}/", {"level": "3", "next": f"{ALL}?kind={kind}"})
    assert Follow.objects.get(member=malee, **{kind: thing}).level == 3
    assert client.get(f"{ALL}?kind=world").status_code == 404


def test_the_same_for_all_my_topics_is_undone_in_one(as_, malee):
    board, author = make_board(), make_member(is_staff=True)
    topics = [make_topic(author, board) for _n in range(4)]
    for topic, level in zip(topics, (3, 2, 0), strict=False):
        Follow.objects.create(member=malee, topic=topic, level=level)
    client = as_(malee)
    answer = client.post(
        f"/follow/board/{board.pk}/", {"level": "0", "mine_too": "on"}, follow=True
    )
    assert "/settings/following/back/" in answer.text
    assert "2" in answer.text.split('id="undo"')[1].split("</form>")[0]
    mine = Follow.objects.filter(member=malee)
    assert set(mine.values_list("level", flat=True)) == {0}
    set_level(member=malee, target=target_of("topic", topics[1]), level=Level.WATCHING)
    answer = client.post("/settings/following/back/", follow=True)
    assert 'id="undo"' not in answer.text
    levels = dict(mine.filter(topic__isnull=False).values_list("topic_id", "level"))
    assert levels == {topics[0].pk: 3, topics[1].pk: 3, topics[2].pk: 0}  # the second chosen since
    assert not mine.filter(board=board).exists()
    client.post("/settings/following/back/")
    assert dict(mine.values_list("topic_id", "level")) == levels


def test_what_stopping_took_from_my_topics_comes_back(as_, malee):
    topic = make_topic(tags=["ป่า"])
    tag = Tag.objects.get()
    Follow.objects.create(member=malee, topic=topic, level=3)
    Follow.objects.create(member=malee, tag=tag, level=2)
    client = as_(malee)
    client.post(f"/follow/tag/{tag.pk}/", {"level": "", "mine_too": "on"})
    mine = Follow.objects.filter(member=malee)
    assert not mine.exists()
    client.post("/settings/following/back/")
    assert mine.get(topic=topic).level == 3
    assert mine.get(tag=tag).level == 2


def test_what_one_may_no_longer_see_is_in_no_list(as_, malee):
    topic = make_topic()
    Follow.objects.create(member=malee, topic=topic, level=3)
    topic.__class__.objects.update(hidden_at=topic.created_at)
    assert topic.title not in as_(malee).get(ALL).content.decode()


def test_the_list_costs_the_same_for_two_and_for_forty(as_, malee, django_assert_num_queries):
    board, author = make_board(), make_member(is_staff=True)
    client = as_(malee)
    client.get(ALL)

    def count():
        with django_assert_num_queries(4):
            return client.get(ALL)

    topics = [make_topic(author, board) for _n in range(42)]
    Follow.objects.bulk_create(Follow(member=malee, topic=each, level=2) for each in topics[:2])
    count()
    Follow.objects.bulk_create(Follow(member=malee, topic=each, level=2) for each in topics[2:])
    html = count().content.decode()
    following = (
        html.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    )
    assert topics[0].get_absolute_url() in client.get(f"{ALL}{following}").content.decode()


def test_what_is_followed_of_its_own_accord_is_set(as_, malee):
    client = as_(malee)
    answer = client.post(ALL, {"starting": "3", "replying": "1", "named": "2"})
    assert answer.status_code == 302
    mine = FollowDefaults.objects.get(member=malee)
    assert (mine.starting, mine.replying, mine.named) == (3, 1, 2)
    assert client.post(ALL, {"starting": "0", "replying": "1", "named": "2"}).status_code == 400


def test_a_person_is_blocked_and_unblocked(as_, malee, somchai):
    client, address = as_(malee), "/u/somchai/block/"
    assert client.get(address).status_code == 200
    client.post(address)
    assert Block.objects.get().person == somchai
    listed = client.get("/settings/blocked/").content.decode()
    assert f'action="{address}"' in listed
    answer = client.post(address, {"on": "0", "next": "/settings/blocked/"})
    assert answer["Location"] == "/settings/blocked/"
    assert not Block.objects.exists()
    assert client.get("/u/nobody/block/").status_code == 404
    assert as_(None).get(address).status_code == 302
    assert client.post("/u/malee/block/").status_code == 400


def test_a_topics_page_costs_no_query_more(as_, malee, somchai, django_assert_num_queries):
    """What holds of the topic and who is blocked come with what is asked anyway."""
    topic = make_topic(somchai)
    make_post(topic, somchai)
    client = as_(malee)
    client.get(topic.get_absolute_url())
    with django_assert_num_queries(6):
        client.get(topic.get_absolute_url())
    Block.objects.create(member=malee, person=somchai)
    Follow.objects.create(member=malee, topic=topic, level=2)
    with django_assert_num_queries(6):
        client.get(topic.get_absolute_url())


def test_what_a_blocked_person_wrote_is_folded_for_who_blocked_her(as_, malee, somchai):
    network = make_network(coordinator=somchai)
    topic = make_topic(malee, make_board(slug="b"))
    post = make_post(topic, somchai, body="เสียงของสมชาย", speak_from=network.pk)
    make_post(topic, somchai, body="อีกเสียงหนึ่ง", parent=post)
    hers = make_topic(somchai, topic.board, title="กระทู้ของสมชาย")
    Block.objects.create(member=malee, person=somchai)
    pages = {
        topic.get_absolute_url(): "folded-post",
        f"/p/{post.pk}/thread/": "folded-post",
        f"/t/{topic.pk}/by/network/": "folded-post",
        "/b/b/": "folded-row",
        "/new/": "folded-row",
        hers.get_absolute_url(): "folded-text",
        somchai.get_absolute_url(): "folded-text",
    }
    for page, mark in pages.items():
        assert mark in as_(malee).get(page).content.decode(), page
        for other in (somchai, make_member(is_staff=True), None):
            html = as_(other).get(page).content.decode()
            assert "folded-" not in html, page
    html = as_(malee).get(topic.get_absolute_url()).content.decode()
    assert "เสียงของสมชาย" in html  # one tap unfolds it
    assert html.count("folded-post") == 2


def test_nobody_sees_who_follows_or_blocks_whom(as_, malee, somchai, moderator):
    topic = make_topic(somchai)
    network = make_network(coordinator=somchai)
    pages = [
        topic.get_absolute_url(),
        topic.board.get_absolute_url(),
        network.get_absolute_url(),
        somchai.get_absolute_url(),
        malee.get_absolute_url(),
        "/u/malee/block/",
        ALL,
        "/settings/blocked/",
    ]

    def seen(who):
        client = as_(who)
        client.cookies["csrftoken"] = "a" * 32
        texts = []
        for page in pages:
            html = client.get(page).content.decode()
            texts.append([line for line in html.splitlines() if "csrf" not in line])
        return texts

    readers = (somchai, moderator, None)
    before = [seen(who) for who in readers]
    Block.objects.create(member=malee, person=somchai)
    for kind, thing in (("topic", topic), ("network", network), ("board", topic.board)):
        Follow.objects.create(member=malee, level=3, **{kind: thing})
    assert [seen(who) for who in readers] == before
