"""forums.discussions.posts.actions: what a reply, an edit, a deletion and a mark do, and when they are refused."""

import uuid

import pytest
from django.utils import timezone

from forums.base.errors import (
    BadText,
    NotAllowed,
    PostGone,
    Stale,
    TooFast,
    TopicHidden,
    TopicLocked,
)
from forums.base.sent_twice import SENT_TWICE
from forums.discussions.posts import actions
from forums.discussions.posts.models import Post, Reaction, ReactionKind
from forums.discussions.topics.models import Topic
from forums.moderation import actions as moderation
from forums.text.render import MAX_SOURCE
from tests.make import make_board, make_member, make_post, make_topic
from tests.threads import in_threads

USEFUL, AGREE = ReactionKind.USEFUL, ReactionKind.AGREE


# -- reply --------------------------------------------------------------------------------------


def test_comments_are_numbered_and_replies_are_counted_under_their_comment(malee, somchai):
    topic = make_topic(malee)
    first, second = make_post(topic, somchai), make_post(topic, malee)
    answer = make_post(topic, malee, parent=first)
    deeper = make_post(topic, somchai, parent=answer)

    labels = [post.label for post in (first, second, answer, deeper)]
    assert labels == ["1", "2", "1-1", "1-2"]
    assert (deeper.root_id, deeper.parent_id) == (first.pk, answer.pk)
    first.refresh_from_db()
    assert first.last_reply_number == 2


def test_a_reply_moves_what_the_topic_remembers(malee, somchai):
    topic = make_topic(malee)
    cold = topic.hot
    post = make_post(topic, somchai)

    topic.refresh_from_db()
    assert (topic.reply_count, topic.last_number) == (1, 1)
    assert (topic.last_author, topic.last_post_at) == (somchai, post.created_at)
    assert topic.taking_part == [somchai.pk, malee.pk]
    assert topic.hot > cold


def test_answering_the_topics_own_text_makes_a_comment(malee, somchai):
    topic = make_topic(malee)
    opener = Post.objects.get(topic=topic, number=0)
    assert make_post(topic, somchai, parent=opener).label == "1"


def test_a_form_sent_twice_writes_one_post(malee):
    topic, form = make_topic(), uuid.uuid4()
    first = make_post(topic, malee, submission=form)
    again = make_post(topic, malee, submission=form)
    assert first == again
    assert Post.objects.filter(topic=topic, number__gt=0).count() == 1


def test_a_form_that_came_back_with_another_text_writes_another_post(malee):
    topic, form = make_topic(), uuid.uuid4()
    first = make_post(topic, malee, submission=form)
    second = make_post(topic, malee, submission=form, body="อีกเรื่องหนึ่ง")
    again = make_post(topic, malee, submission=form, body="อีกเรื่องหนึ่ง")
    third = make_post(topic, malee, submission=form, body="เรื่องที่สาม")
    assert second == again
    assert [post.number for post in (first, second, third)] == [1, 2, 3]


def test_a_form_of_one_topic_writes_in_another_too(malee):
    form = uuid.uuid4()
    posts = [make_post(make_topic(), malee, submission=form) for _ in range(2)]
    assert posts[0].topic_id != posts[1].topic_id


def test_back_in_a_browser_that_loads_the_form_anew_and_send_again_is_one_post(malee):
    topic, other = make_topic(), make_topic()
    comment = make_post(topic)

    def send(where=topic, **fields):
        return make_post(where, malee, submission=uuid.uuid4(), body="ส่งอีกครั้ง", **fields)

    first = send()
    assert send() == first
    answer = send(parent=comment)
    assert answer != first
    assert send(parent=comment) == answer
    assert send(other) != first
    assert make_post(topic, submission=uuid.uuid4(), body="ส่งอีกครั้ง") != first  # somebody else's


def test_the_same_words_are_another_post_when_the_first_is_gone_or_long_past(malee):
    topic = make_topic()

    def send():
        return make_post(topic, malee, submission=uuid.uuid4(), body="วันนี้มาครับ")

    first = send()
    Post.objects.update(created_at=timezone.now() - 2 * SENT_TWICE)
    second = send()
    assert second != first
    actions.delete_post(member=malee, post=second)
    assert send() not in (first, second)


@pytest.mark.django_db(transaction=True)
def test_ten_forms_with_one_text_at_once_write_one_post():
    malee, topic = make_member("malee"), make_topic()
    posts = in_threads(
        lambda form: actions.reply(author=malee, topic=topic, body="ส่งซ้ำ", submission=form),
        [uuid.uuid4() for _ in range(10)],
    )
    assert {post.pk for post in posts} == {Post.objects.get(topic=topic, number=1).pk}
    topic.refresh_from_db()
    assert topic.reply_count == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_copies_of_one_form_at_once_write_one_post():
    malee, topic, form = make_member("malee"), make_topic(), uuid.uuid4()
    posts = in_threads(
        lambda n: actions.reply(author=malee, topic=topic, body="ส่งซ้ำ", submission=form),
        range(20),
    )
    assert {post.pk for post in posts} == {Post.objects.get(topic=topic, number=1).pk}
    topic.refresh_from_db()
    assert topic.reply_count == 1


@pytest.mark.django_db(transaction=True)
def test_thirty_people_answering_at_once_get_thirty_numbers():
    topic = make_topic()
    comment = make_post(topic)
    people = [make_member() for _ in range(30)]
    in_threads(
        lambda author: actions.reply(
            author=author,
            topic=topic,
            body="พร้อมกัน",
            parent=comment if author.pk % 2 else None,
        ),
        people,
    )
    topic.refresh_from_db()
    comment.refresh_from_db()
    posts = Post.objects.filter(topic=topic, number__gt=0)
    assert topic.reply_count == posts.count() == 31
    comments = posts.filter(reply_number=0)
    assert sorted(comments.values_list("number", flat=True)) == list(
        range(1, topic.last_number + 1)
    )
    replies = posts.filter(root=comment).values_list("reply_number", flat=True)
    assert sorted(replies) == list(range(1, comment.last_reply_number + 1))


@pytest.mark.parametrize("body", ["", "   ", "\u200b\u2060\ufeff", "\n\n\t"])
def test_a_text_without_anything_to_read_is_refused(malee, body):
    with pytest.raises(BadText):
        make_post(make_topic(), malee, body=body)


def test_a_text_too_long_is_refused_with_both_numbers(malee):
    with pytest.raises(BadText) as refusal:
        make_post(make_topic(), malee, body="ก" * (MAX_SOURCE + 1))
    assert str(MAX_SOURCE) in str(refusal.value.message)


def test_a_closed_topic_takes_no_reply_but_a_moderators(malee, moderator):
    topic = make_topic()
    moderation.lock(moderator=moderator, topic=topic, reason="จบเรื่องแล้ว")
    with pytest.raises(TopicLocked):
        make_post(topic, malee)
    assert make_post(topic, moderator).label == "1"


def test_a_hidden_topic_takes_no_reply(malee, moderator):
    topic = make_topic()
    moderation.hide_topic(moderator=moderator, topic=topic, reason="ผิดกติกา")
    with pytest.raises(TopicHidden):
        make_post(topic, malee)


def test_a_topic_moved_to_a_board_one_may_not_write_in_takes_no_reply(malee, moderator):
    topic = make_topic()
    staff_only = make_board("ห้องผู้ดูแล", read=9)
    moderation.move(moderator=moderator, topic=topic, board=staff_only, reason="เรื่องภายใน")
    with pytest.raises(NotAllowed):
        make_post(topic, malee)


def test_a_post_that_is_gone_cannot_be_answered(malee, somchai):
    topic = make_topic()
    post = make_post(topic, malee)
    actions.delete_post(member=malee, post=post)
    with pytest.raises(PostGone):
        make_post(topic, somchai, parent=post)


def test_a_post_of_another_topic_cannot_be_answered_here(malee):
    with pytest.raises(PostGone):
        make_post(make_topic(), malee, parent=make_post(make_topic()))


def test_a_suspended_member_writes_nothing(malee):
    malee.is_active = False
    with pytest.raises(NotAllowed):
        make_post(make_topic(), malee)


def test_who_writes_too_fast_is_asked_to_wait(malee, settings):
    settings.FORUMS_PACE = {"posts": [(3, 60)], "topics": [(3, 60)]}
    topic = make_topic()
    for _ in range(3):
        make_post(topic, malee)
    with pytest.raises(TooFast) as refusal:
        make_post(topic, malee)
    assert 0 < refusal.value.wait <= 61


@pytest.mark.django_db(transaction=True)
def test_the_pace_holds_against_parallel_requests(settings):
    settings.FORUMS_PACE = {"posts": [(3, 60)], "topics": [(3, 60)]}
    malee, topic = make_member("malee"), make_topic()
    results = in_threads(
        lambda n: actions.reply(author=malee, topic=topic, body=f"ข้อความ {n}"), range(10)
    )
    assert sum(isinstance(result, Post) for result in results) == 3
    assert sum(isinstance(result, TooFast) for result in results) == 7


# -- edit ---------------------------------------------------------------------------------------


def test_an_edit_keeps_every_version(malee):
    post = make_post(make_topic(), malee, body="ฉบับแรก")
    actions.edit_post(editor=malee, post=post, body="ฉบับสอง", reason="เติมที่มา")
    actions.edit_post(editor=malee, post=post, body="ฉบับสาม")

    post.refresh_from_db()
    assert post.body == "ฉบับสาม"
    assert "ฉบับสาม" in post.body_html
    versions = post.revisions.order_by("number").values_list("number", "body", "reason")
    assert list(versions) == [(1, "ฉบับแรก", ""), (2, "ฉบับสอง", "เติมที่มา"), (3, "ฉบับสาม", "")]
    assert post.edited_at is not None


def test_saving_the_same_text_is_no_edit(malee):
    post = make_post(make_topic(), malee, body="เหมือนเดิม")
    actions.edit_post(editor=malee, post=post, body="เหมือนเดิม")
    assert not post.revisions.exists()


def test_nobody_edits_what_another_wrote(malee, somchai, moderator):
    post = make_post(make_topic(), malee)
    for other in (somchai, moderator):
        with pytest.raises(NotAllowed):
            actions.edit_post(editor=other, post=post, body="แก้แทน")


def test_two_windows_do_not_overwrite_each_other(malee):
    post = make_post(make_topic(), malee)
    actions.edit_post(editor=malee, post=post, body="จากเครื่องแรก", seen_revision=0)
    with pytest.raises(Stale):
        actions.edit_post(editor=malee, post=post, body="จากเครื่องที่สอง", seen_revision=0)
    post.refresh_from_db()
    assert post.body == "จากเครื่องแรก"


# -- delete -------------------------------------------------------------------------------------


def test_a_deleted_post_keeps_its_place_and_counts_no_more(malee, somchai):
    topic = make_topic(somchai)
    post = make_post(topic, malee)
    actions.delete_post(member=malee, post=post)

    post.refresh_from_db()
    topic.refresh_from_db()
    assert post.deleted_at is not None
    assert (topic.reply_count, topic.last_number) == (0, 1)
    assert topic.last_author == somchai
    assert topic.taking_part == [somchai.pk]
    assert make_post(topic, somchai).label == "2"


def test_only_the_author_deletes(malee, somchai):
    post = make_post(make_topic(), malee)
    with pytest.raises(NotAllowed):
        actions.delete_post(member=somchai, post=post)


# -- marks --------------------------------------------------------------------------------------


def test_the_two_marks_are_counted_apart_and_can_be_taken_back(malee, somchai):
    topic = make_topic()
    post = make_post(topic, malee)
    actions.react(member=somchai, post=post, kind=USEFUL, on=True)
    actions.react(member=somchai, post=post, kind=USEFUL, on=True)
    actions.react(member=somchai, post=post, kind=AGREE, on=True)

    post.refresh_from_db()
    topic.refresh_from_db()
    assert (post.useful_count, post.agree_count, topic.useful_count) == (1, 1, 1)

    actions.react(member=somchai, post=post, kind=USEFUL, on=False)
    post.refresh_from_db()
    topic.refresh_from_db()
    assert (post.useful_count, post.agree_count, topic.useful_count) == (0, 1, 0)


def test_agreement_moves_no_list(malee, somchai):
    topic = make_topic()
    post = make_post(topic, malee)
    topic.refresh_from_db()
    before = topic.hot
    actions.react(member=somchai, post=post, kind=AGREE, on=True)
    topic.refresh_from_db()
    assert topic.hot == before


def test_nobody_marks_her_own_post(malee):
    post = make_post(make_topic(), malee)
    with pytest.raises(NotAllowed):
        actions.react(member=malee, post=post, kind=USEFUL, on=True)


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_are_one_mark():
    post, somchai = make_post(make_topic()), make_member("somchai")
    results = in_threads(
        lambda n: actions.react(member=somchai, post=post, kind=USEFUL, on=True), range(20)
    )
    assert all(isinstance(result, Post) for result in results), results
    post.refresh_from_db()
    assert post.useful_count == Reaction.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_counters_are_true_after_a_thousand_mixed_operations():
    topic = make_topic()
    posts = [make_post(topic) for _ in range(5)]
    people = [make_member() for _ in range(10)]

    def fidget(n):
        for step in range(50):
            actions.react(
                member=people[n],
                post=posts[(n + step) % 5],
                kind=USEFUL if step % 3 else AGREE,
                on=(step * 7 + n) % 4 != 0,
            )

    assert in_threads(fidget, range(10)) == [None] * 10
    in_threads(fidget, range(10))
    for post in Post.objects.filter(topic=topic):
        given = Reaction.objects.filter(post=post)
        assert post.useful_count == given.filter(kind=USEFUL).count()
        assert post.agree_count == given.filter(kind=AGREE).count()
    topic.refresh_from_db()
    assert topic.useful_count == Reaction.objects.filter(kind=USEFUL).count()
    assert Topic.objects.get(pk=topic.pk).reply_count == 5
