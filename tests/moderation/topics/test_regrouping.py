"""Split and merged: where each post stands then, what leads on, what counts, and the way back."""

from urllib.parse import unquote

import pytest

from forums.base.errors import BadText, NotAllowed, PostGone, TopicMerged
from forums.discussions.boards.models import Access
from forums.discussions.posts.actions import reply
from forums.discussions.posts.models import PartedPost, Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Role
from forums.moderation.actions import hide_post, hide_topic, move
from forums.moderation.models import Act, Decision
from forums.moderation.topics import actions
from forums.reading.following.models import Follow, Level
from forums.reading.marks.models import ReadMark
from forums.tags.models import Tag
from tests.make import (
    join,
    make_board,
    make_board_of,
    make_member,
    make_topic,
)
from tests.threads import in_threads

WHY = "คุยคนละเรื่องกันแล้ว"
TITLE = "เรื่องเรือโดยสาร"


def say(topic, body, author=None, to=None):
    return reply(author=author or make_member(), topic=topic, body=body, parent=to)


def places(topic):
    """What stands where: {"2-1": "text"}."""
    return {post.label: post.body for post in topic.posts.order_by("number", "reply_number")}


@pytest.fixture
def topic(malee, board):
    return make_topic(malee, board, body="เรื่องคลอง", tags=["น้ำ"])


@pytest.fixture
def talk(topic):
    """1, 2 with 2-1 and 2-2 (which answers 2-1), 3."""
    one = say(topic, "หนึ่ง")
    two = say(topic, "สอง")
    first = say(topic, "สองหนึ่ง", to=two)
    say(topic, "สองสอง", to=first)
    say(topic, "สาม")
    return one, two, first


def split(moderator, topic, numbers="2, 3"):
    decision = actions.split(
        moderator=moderator, topic=topic, numbers=numbers, title=TITLE, reason=WHY
    )
    return Topic.objects.get(pk=decision.details["into"])


# -- split --------------------------------------------------------------------------------------


def test_what_is_split_off_becomes_a_topic_with_its_answers(topic, talk, moderator, board):
    new = split(moderator, topic)
    assert places(topic) == {"0": "เรื่องคลอง", "1": "หนึ่ง"}
    assert places(new) == {"0": "สอง", "1": "สองหนึ่ง", "1-1": "สองสอง", "2": "สาม"}
    topic.refresh_from_db()
    board.refresh_from_db()
    assert (topic.reply_count, new.reply_count, board.topic_count) == (1, 3, 2)
    assert (new.author, new.title, new.created_at) == (talk[1].author, TITLE, talk[1].created_at)
    assert Decision.objects.get(act=Act.SPLIT).topic == topic


def test_numbers_that_went_are_given_to_nothing_else_and_lead_on(topic, talk, moderator, as_):
    split(moderator, topic)
    assert say(topic, "สี่").number == 4
    went = Post.objects.get(body="สองหนึ่ง")
    browser = as_(None)
    answer = browser.get(f"/t/{topic.pk}/by/number/", {"no": "2-1"}, follow=True)
    assert answer.redirect_chain[-1][0].endswith(f"#p{went.pk}")
    assert browser.get(f"/p/{went.pk}/").url.startswith(f"/t/{went.topic_id}/")
    page = browser.get(topic.get_absolute_url()).content.decode()
    assert f'id="p{went.pk}"' in page
    assert TITLE in page


def test_the_new_topic_is_found_by_its_title(topic, talk, moderator, as_):
    new = split(moderator, topic)
    page = as_(None).get("/search/", {"q": TITLE}).content.decode()
    assert new.get_absolute_url() in page or f"/t/{new.pk}/" in page


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("๒ ถึง ๓", {"2", "2-1", "2-2", "3"}),
        ("2-1", {"2-1", "2-2"}),
        ("2 3", {"2", "2-1", "2-2", "3"}),
        ("3", {"3"}),
    ],
)
def test_numbers_are_typed_as_people_type_them(topic, talk, moderator, typed, gone):
    before = set(places(topic))
    split(moderator, topic, typed)
    assert before - set(places(topic)) == gone


@pytest.mark.parametrize("typed", ["", "เก้า", "9", "0", "5 ถึง"])
def test_what_is_no_number_here_is_said(topic, talk, moderator, typed):
    with pytest.raises(BadText):
        split(moderator, topic, typed)
    assert Topic.objects.count() == 1


def test_what_nobody_can_read_does_not_become_a_topics_text(topic, talk, moderator):
    hide_post(moderator=moderator, post=talk[0], reason=WHY)
    with pytest.raises(BadText):
        split(moderator, topic, "1")
    assert places(split(moderator, topic, "1, 3"))["0"] == "สาม"


def test_a_split_is_undone_with_what_was_written_there_since(topic, talk, moderator, board):
    before = places(topic)
    new = split(moderator, topic)
    say(new, "ต่อจากสอง")
    say(new, "ต่อจากสาม", to=Post.objects.get(body="สาม"))
    decision = actions.unsplit(moderator=moderator, topic=topic, reason="แยกผิด")
    assert decision.act == Act.UNSPLIT
    assert places(topic) == before | {"2-3": "ต่อจากสอง", "3-1": "ต่อจากสาม"}
    new.refresh_from_db()
    board.refresh_from_db()
    assert (new.merged_into, board.topic_count) == (topic, 1)
    assert not PartedPost.objects.exists()
    assert Post.objects.get(body="สองสอง").parent == talk[2]
    assert actions.unsplit(moderator=moderator, topic=topic, reason="อีก") is None


# -- merge --------------------------------------------------------------------------------------


@pytest.fixture
def other(somchai, board):
    other = make_topic(somchai, board, title="คลองเดียวกัน", body="อีกเรื่องคลอง", tags=["ป่า"])
    say(other, "ก")
    say(other, "ข", to=Post.objects.get(body="ก"))
    return other


def merge(moderator, topic, into):
    return actions.join(moderator=moderator, topic=topic, into=into, reason=WHY)


def test_a_merged_topic_stands_behind_the_other_page_by_page(topic, talk, other, moderator, board):
    decision = merge(moderator, topic, other)
    assert (decision.act, decision.topic) == (Act.JOIN, topic)
    assert places(other) == {
        "0": "อีกเรื่องคลอง",
        "1": "ก",
        "1-1": "ข",
        "20": "เรื่องคลอง",
        "21": "หนึ่ง",
        "22": "สอง",
        "22-1": "สองหนึ่ง",
        "22-2": "สองสอง",
        "23": "สาม",
    }
    other.refresh_from_db()
    board.refresh_from_db()
    assert (other.reply_count, other.last_number, board.topic_count) == (8, 23, 1)
    assert Tag.objects.get(name="น้ำ").topic_count == 0


def leads(browser, address):
    return unquote(browser.get(address).url)


def test_old_addresses_lead_on_to_the_page_it_stands_on(topic, talk, other, moderator, as_):
    merge(moderator, topic, other)
    browser = as_(None)
    url = other.get_absolute_url()
    assert leads(browser, topic.get_absolute_url()) == f"{url}?page=2"
    assert leads(browser, f"{topic.get_absolute_url()}?page=3") == f"{url}?page=4"
    post = Post.objects.get(body="สองหนึ่ง")
    assert leads(browser, f"/p/{post.pk}/") == f"{url}?page=2#p{post.pk}"
    assert leads(browser, f"/t/{topic.pk}/by/number/?no=2-1") == f"{url}?page=2#p{post.pk}"
    page = browser.get(f"{url}?page=2").content.decode()
    assert topic.title in page


def test_followers_marks_and_networks_go_along(topic, talk, other, moderator, somchai):
    reader, both = make_member(), make_member()
    Follow.objects.create(member=reader, topic=topic, level=Level.WATCHING)
    Follow.objects.create(member=both, topic=topic, level=Level.WATCHING)
    Follow.objects.create(member=both, topic=other, level=Level.MUTED)
    now = talk[0].created_at
    ReadMark.objects.create(member=reader, topic=topic, number=2, seen_at=now)
    ReadMark.objects.create(member=reader, topic=other, number=1, seen_at=now)
    ReadMark.objects.create(member=both, topic=other, number=0, seen_at=now)
    merge(moderator, topic, other)
    assert Follow.objects.get(member=reader, topic=other).level == Level.WATCHING
    assert Follow.objects.get(member=both, topic=other).level == Level.MUTED
    marks = dict(ReadMark.objects.filter(topic=other).values_list("member", "number"))
    assert marks[reader.pk] == 22
    assert marks[both.pk] == 0
    actions.unjoin(moderator=moderator, topic=topic, reason="รวมผิด")
    marks = dict(ReadMark.objects.filter(topic=other).values_list("member", "number"))
    assert marks[reader.pk] == 19


def test_a_merge_is_undone_with_what_was_answered_there_since(topic, talk, other, moderator, board):
    before, there = places(topic), places(other)
    merge(moderator, topic, other)
    say(other, "ตอบหนึ่ง", to=Post.objects.get(body="หนึ่ง"))
    say(other, "ตอบต้นเรื่อง", to=Post.objects.get(body="เรื่องคลอง"))
    new = say(other, "ใหม่")
    assert new.number == 24
    actions.unjoin(moderator=moderator, topic=topic, reason="รวมผิด")
    assert places(topic) == before | {"1-1": "ตอบหนึ่ง", "4": "ตอบต้นเรื่อง"}
    assert places(other) == there | {"24": "ใหม่"}
    board.refresh_from_db()
    topic.refresh_from_db()
    assert (board.topic_count, topic.merged_into, topic.unlisted_at) == (2, None, None)
    assert Tag.objects.get(name="น้ำ").topic_count == 1
    assert actions.unjoin(moderator=moderator, topic=topic, reason="อีก") is None


def test_nothing_is_merged_to_where_more_people_read(malee, moderator, network, board):
    closed = make_topic(malee, make_board_of(network, "network"))
    opened = make_topic(malee, board)
    with pytest.raises(BadText):
        merge(moderator, closed, opened)
    assert merge(moderator, opened, closed) is not None


def test_neither_with_itself_nor_twice_nor_in_a_circle(topic, other, moderator):
    with pytest.raises(BadText):
        merge(moderator, topic, topic)
    merge(moderator, topic, other)
    with pytest.raises(BadText):
        merge(moderator, topic, other)
    with pytest.raises(BadText):
        merge(moderator, other, topic)


def test_a_network_moderator_regroups_in_the_boards_of_her_network_only(
    malee, network, topic, talk
):
    keeper = make_member()
    join(network, keeper, role=Role.MODERATOR)
    here = make_topic(malee, make_board_of(network, "everyone"))
    say(here, "หนึ่ง")
    assert split(keeper, here, "1").board == here.board
    with pytest.raises(NotAllowed):
        split(keeper, topic)
    with pytest.raises(NotAllowed):
        merge(keeper, here, topic)
    with pytest.raises(NotAllowed):
        merge(keeper, topic, here)


# -- at once ------------------------------------------------------------------------------------


def answer_while(work, topic, parent=None):
    """Runs `work` while four people answer; what came of each."""
    writers = [make_member() for _ in range(4)]

    def one(what):
        if what == "work":
            return work()
        return reply(author=what, topic=topic, body=f"ตอบ {what.pk}", parent=parent)

    return in_threads(one, [*writers[:2], "work", *writers[2:]])


@pytest.mark.django_db(transaction=True)
def test_who_answers_while_it_is_merged_is_in_the_right_topic_or_told():
    moderator, board = make_member(is_staff=True), make_board()
    one, two = make_topic(make_member(), board), make_topic(make_member(), board)
    parent = say(one, "หนึ่ง")
    done = answer_while(lambda: merge(moderator, one, two), one, parent)
    assert all(isinstance(each, Post | Decision | TopicMerged) for each in done), done
    written = {each.pk for each in done if isinstance(each, Post)}
    assert set(Post.objects.filter(pk__in=written).values_list("topic", flat=True)) <= {two.pk}
    two.refresh_from_db()
    assert two.reply_count == len(written) + 2


@pytest.mark.django_db(transaction=True)
def test_who_answers_while_it_is_split_off_is_in_the_right_topic_or_told():
    moderator, board = make_member(is_staff=True), make_board()
    topic = make_topic(make_member(), board)
    parent = say(topic, "หนึ่ง")
    done = answer_while(lambda: split(moderator, topic, "1"), topic, parent)
    assert all(isinstance(each, Post | Topic | PostGone) for each in done), done
    for post in Post.objects.exclude(root=None):
        assert post.root.topic_id == post.topic_id
    assert not Post.objects.filter(topic=topic, number__gt=0).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_two_topics_into_each_other_at_once_make_one_merge():
    first, second = make_member(is_staff=True), make_member(is_staff=True)
    board = make_board()
    one, two = make_topic(make_member(), board), make_topic(make_member(), board)
    done = in_threads(lambda pair: merge(*pair), [(first, one, two), (second, two, one)])
    assert sorted(type(each).__name__ for each in done) == ["BadText", "Decision"]
    assert Topic.objects.filter(merged_into=None).count() == 1


def test_nothing_hidden_is_split_off_and_nothing_goes_back_out_of_what_was_hidden(
    moderator, topic, talk
):
    new = split(moderator, topic)
    hide_topic(moderator=moderator, topic=new, reason=WHY)
    with pytest.raises(BadText):
        actions.unsplit(moderator=moderator, topic=topic, reason=WHY)
    hide_topic(moderator=moderator, topic=topic, reason=WHY)
    with pytest.raises(BadText):
        split(moderator, topic, "1")


def test_nothing_goes_back_to_where_more_people_read_it(moderator, topic, talk):
    new = split(moderator, topic)
    move(moderator=moderator, topic=new, board=make_board(read=Access.STAFF), reason=WHY)
    with pytest.raises(BadText):
        actions.unsplit(moderator=moderator, topic=topic, reason=WHY)
