"""forums.discussions.openings.actions: starting, editing, deleting a topic, and accepting an answer."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from forums.base.errors import BadText, NotAllowed, PostGone, Stale, TooFast
from forums.discussions.boards.models import Access, Board
from forums.discussions.openings import actions
from forums.discussions.posts.actions import delete_post
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.tags.models import Tag
from tests.make import make_board, make_member, make_post, make_topic
from tests.threads import in_threads


def test_a_topic_begins_with_its_text_as_post_number_0(malee, board):
    topic = make_topic(malee, board, title="น้ำท่วมซ้ำ", body="ย้ายศูนย์ไปไหนดี", tags=["น้ำท่วม"])
    opener = Post.objects.get(topic=topic)
    assert (opener.number, opener.body) == (0, "ย้ายศูนย์ไปไหนดี")
    assert (topic.reply_count, topic.last_number, topic.last_author) == (0, 0, malee)
    board.refresh_from_db()
    assert board.topic_count == 1
    assert Tag.objects.get().topic_count == 1


def test_a_thai_title_makes_a_thai_address(malee, board):
    topic = make_topic(malee, board, title="น้ำท่วมที่บ้านเรา ทำอย่างไร?")
    assert topic.get_absolute_url().startswith(f"/t/{topic.pk}/น้ำท่วม")


@pytest.mark.parametrize("title", ["", "  ", "\u200b\u200d\u2060", "\u202e"])
def test_a_title_without_anything_to_see_is_refused(malee, board, title):
    with pytest.raises(BadText):
        make_topic(malee, board, title=title)


def test_a_title_too_long_is_refused(malee, board):
    with pytest.raises(BadText):
        make_topic(malee, board, title="ก" * 201)


def test_tags_are_shared_by_their_normal_form(malee, board):
    make_topic(malee, board, tags=["น้ำท่วม", "PM2.5"])
    make_topic(malee, board, tags=["น้ําท่วม", "pm2.5"])  # the same, typed otherwise
    assert list(Tag.objects.order_by("name").values_list("topic_count", flat=True)) == [2, 2]


def test_a_tag_on_a_private_topic_is_not_counted(malee):
    make_topic(malee, make_board(read=Access.MEMBERS), tags=["ลับเฉพาะ"])
    assert Tag.objects.get().topic_count == 0


def test_only_those_who_may_write_in_a_board_start_a_topic_there(malee):
    with pytest.raises(NotAllowed):
        make_topic(malee, make_board(write=Access.LEVEL_2))
    known = make_member(trust_level=2)
    assert make_topic(known, make_board(write=Access.LEVEL_2)).author == known


def test_a_form_sent_twice_starts_one_topic(malee, board):
    form = uuid.uuid4()
    assert make_topic(malee, board, submission=form) == make_topic(malee, board, submission=form)
    assert Topic.objects.count() == 1


def test_back_and_send_again_is_one_topic_unless_the_first_is_gone(malee, board):
    first = make_topic(malee, board, title="น้ำท่วม", submission=uuid.uuid4())
    assert make_topic(malee, board, title="น้ำท่วม", submission=uuid.uuid4()) == first
    assert make_topic(malee, make_board(), title="น้ำท่วม", submission=uuid.uuid4()) != first
    actions.delete_topic(member=malee, topic=first)
    assert make_topic(malee, board, title="น้ำท่วม", submission=uuid.uuid4()) != first


def test_a_form_that_came_back_changed_starts_another_topic(malee, board):
    form = uuid.uuid4()
    first = make_topic(malee, board, submission=form)
    assert make_topic(malee, board, submission=form, title="อีกหัวข้อหนึ่ง") != first
    assert Topic.objects.count() == 2


def test_a_form_that_has_become_a_comment_can_still_start_a_topic(malee, board):
    form = uuid.uuid4()
    make_post(make_topic(), malee, submission=form)
    assert make_topic(malee, board, submission=form).author == malee


def test_topics_have_a_pace_of_their_own(malee, board, settings):
    settings.FORUMS_PACE = {"posts": [(100, 60)], "topics": [(2, 60)]}
    make_topic(malee, board)
    make_topic(malee, board)
    with pytest.raises(TooFast):
        make_topic(malee, board)


@pytest.mark.django_db(transaction=True)
def test_two_people_bringing_one_new_tag_at_once_make_one_tag():
    board, people = make_board(), [make_member() for _ in range(8)]
    results = in_threads(lambda who: make_topic(who, board, tags=["ไฟป่า", "ฝุ่น"]), people)
    assert all(isinstance(result, Topic) for result in results), results
    assert sorted(Tag.objects.values_list("topic_count", flat=True)) == [8, 8]
    assert Board.objects.get().topic_count == 8


def test_an_edit_changes_title_text_tags_and_keeps_the_old_ones(malee, board):
    topic = make_topic(malee, board, title="หัวข้อเก่า", body="เก่า", tags=["หนึ่ง", "สอง"])
    actions.edit_topic(
        editor=malee, topic=topic, title="หัวข้อใหม่", body="ใหม่", tags=["สอง", "สาม"], reason="ชัดขึ้น"
    )
    topic.refresh_from_db()
    assert topic.title == "หัวข้อใหม่"
    assert topic.slug == "หัวข้อใหม่"
    versions = Post.objects.get(topic=topic).revisions.order_by("number")
    assert [(v.title, v.body) for v in versions] == [("หัวข้อเก่า", "เก่า"), ("หัวข้อใหม่", "ใหม่")]
    counts = dict(Tag.objects.values_list("name", "topic_count"))
    assert counts == {"หนึ่ง": 0, "สอง": 1, "สาม": 1}


def test_a_stale_edit_of_a_topic_is_refused(malee, board):
    topic = make_topic(malee, board)
    edit = {"editor": malee, "topic": topic, "title": "ใหม่", "tags": [], "seen_revision": 0}
    actions.edit_topic(body="หนึ่ง", **edit)
    with pytest.raises(Stale):
        actions.edit_topic(body="สอง", **edit)


def test_an_article_keeps_its_contents_up_to_date(malee, board):
    topic = make_topic(malee, board, kind="article", body="## ก่อน\n\nข้อความ\n\n## หลัง\n\nข้อความ")
    assert [entry["text"] for entry in topic.contents] == ["ก่อน", "หลัง"]
    html = Post.objects.get(topic=topic).body_html
    assert all(f'id="{entry["id"]}"' in html for entry in topic.contents)


def test_an_unanswered_topic_can_be_taken_back(malee, board):
    topic = make_topic(malee, board, tags=["ลองดู"])
    actions.delete_topic(member=malee, topic=topic)
    board.refresh_from_db()
    assert not Topic.objects.visible_to(None).exists()
    assert (board.topic_count, Tag.objects.get().topic_count) == (0, 0)


def test_an_answered_topic_stays(malee, somchai, board):
    topic = make_topic(malee, board)
    make_post(topic, somchai)
    with pytest.raises(NotAllowed):
        actions.delete_topic(member=malee, topic=topic)


def test_whoever_asked_chooses_the_answer_and_takes_it_back(malee, somchai, board):
    topic = make_topic(malee, board, kind="question")
    answer = make_post(topic, somchai)
    actions.accept_answer(member=malee, topic=topic, post=answer)
    topic.refresh_from_db()
    assert topic.accepted_post == answer
    actions.accept_answer(member=malee, topic=topic, post=None)
    topic.refresh_from_db()
    assert topic.accepted_post is None


def test_nobody_else_chooses_the_answer(malee, somchai, board):
    topic = make_topic(malee, board, kind="question")
    with pytest.raises(NotAllowed):
        actions.accept_answer(member=somchai, topic=topic, post=make_post(topic, somchai))


def test_only_a_question_has_an_answer(malee, somchai, board):
    topic = make_topic(malee, board, kind="news")
    post = make_post(topic, somchai)
    with pytest.raises(NotAllowed):
        actions.accept_answer(member=malee, topic=topic, post=post)
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(accepted_post=post)


def test_a_deleted_answer_is_no_answer(malee, somchai, board):
    topic = make_topic(malee, board, kind="question")
    answer = make_post(topic, somchai)
    actions.accept_answer(member=malee, topic=topic, post=answer)
    delete_post(member=somchai, post=answer)
    topic.refresh_from_db()
    assert topic.accepted_post is None
    with pytest.raises(PostGone):
        actions.accept_answer(member=malee, topic=topic, post=answer)
