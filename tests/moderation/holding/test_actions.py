"""A text waits, is let through, kept back, taken back."""

import pytest

from forums.base.errors import NotAllowed
from forums.discussions.boards.models import Board
from forums.discussions.openings.actions import edit_topic, start_topic
from forums.discussions.posts.actions import edit_post, reply
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation.actions import unhide_post, unhide_topic
from forums.moderation.holding.actions import (
    admit,
    admit_topic,
    keep_back,
    keep_topic_back,
    take_back,
)
from forums.moderation.holding.models import HeldFor, HeldText
from forums.moderation.models import Act, Decision
from forums.moderation.queue.models import Case, CaseState
from forums.notifications.models import Telling
from forums.search.index.models import SearchEntry
from tests.make import (
    make_member,
    make_network,
    make_network_board,
    make_post,
    make_topic,
)
from tests.threads import in_threads


@pytest.fixture
def waiting(newcomer, topic, moderator):
    return reply(author=newcomer, topic=topic, body="สวัสดีค่ะ หนูมาจากบ้านหนองบัว")


def test_a_newcomers_first_reply_waits_and_keeps_its_number(waiting, topic, known):
    assert waiting.held_at is not None
    assert waiting.hidden_at == waiting.held_at
    assert waiting.number == 1
    after = make_post(topic, known)
    assert after.number == 2
    topic.refresh_from_db()
    assert (topic.last_number, topic.reply_count) == (2, 1)
    assert list(Post.objects.for_list(known).filter(number__gt=0)) == [after]


def test_nothing_follows_a_text_that_waits(waiting, topic):
    topic.refresh_from_db()
    assert topic.reply_count == 0
    assert topic.last_author_id == topic.author_id
    assert not Telling.objects.filter(data__post=waiting.pk).exists()
    assert not SearchEntry.objects.filter(post=waiting).exists()
    case = Case.objects.get(kind="held", key=str(waiting.pk))
    assert case.state == CaseState.OPEN
    assert case.about_id == waiting.author_id
    assert HeldText.objects.get(post=waiting).why == [HeldFor.FIRST]


def test_let_through_it_is_counted_found_and_told(waiting, topic, moderator):
    decision = admit(moderator=moderator, post=waiting, reason="ยินดีต้อนรับ")
    assert decision.act == Act.ADMIT
    waiting.refresh_from_db()
    topic.refresh_from_db()
    assert waiting.held_at is waiting.hidden_at is None
    assert (topic.reply_count, topic.last_author_id) == (1, waiting.author_id)
    assert Telling.objects.filter(kind="written", data__post=waiting.pk).exists()
    assert SearchEntry.objects.filter(post=waiting).exists()
    case = Case.objects.get(kind="held")
    assert (case.state, case.decision, case.ended_by) == (CaseState.DECIDED, decision, moderator)
    assert HeldText.objects.get(post=waiting).ended_at is not None
    assert admit(moderator=moderator, post=waiting, reason="อีกครั้ง") is None


def test_kept_back_it_stays_hidden_and_showing_it_makes_all_that_follows(waiting, topic, moderator):
    decision = keep_back(moderator=moderator, post=waiting, reason="โฆษณา")
    waiting.refresh_from_db()
    assert decision.act == Act.KEEP_BACK
    assert waiting.held_at is None
    assert waiting.hidden_at is not None
    assert Case.objects.get(kind="held").state == CaseState.REFUSED
    assert unhide_post(moderator=moderator, post=waiting, reason="ดูแล้วไม่ใช่โฆษณา").act == Act.UNHIDE
    topic.refresh_from_db()
    assert topic.reply_count == 1
    assert SearchEntry.objects.filter(post=waiting).exists()
    assert Telling.objects.filter(kind="written", data__post=waiting.pk).exists()


def test_what_waits_is_let_through_and_not_merely_shown(waiting, moderator):
    assert unhide_post(moderator=moderator, post=waiting, reason="แสดง") is None


def test_a_topic_that_waits_is_its_authors_and_the_moderators_alone(
    newcomer, board, moderator, known
):
    made = start_topic(
        author=newcomer,
        board=board,
        kind="conversation",
        title="ถามเรื่องน้ำ",
        body="น้ำไม่ไหลค่ะ",
        tags=["น้ำ"],
    )
    assert made.held_at is not None
    assert not Topic.objects.visible_to(None).exists()
    assert not Topic.objects.visible_to(known).exists()
    assert Topic.objects.visible_to(newcomer).exists()
    assert Topic.objects.visible_to(moderator).exists()
    assert Board.objects.get(pk=board.pk).topic_count == 0
    assert not SearchEntry.objects.exists()


def test_a_topic_let_through_is_new_from_then_on(newcomer, board, moderator, known):
    made = start_topic(
        author=newcomer,
        board=board,
        kind="conversation",
        title="ถามเรื่องน้ำ",
        body="น้ำไม่ไหลค่ะ",
        tags=["น้ำ"],
    )
    Topic.objects.filter(pk=made.pk).update(
        created_at="2026-01-01T00:00Z", last_post_at="2026-01-01T00:00Z"
    )
    Post.objects.filter(topic=made).update(created_at="2026-01-01T00:00Z")
    admit_topic(moderator=moderator, topic=made, reason="ยินดีต้อนรับ")
    shown = Topic.objects.visible_to(known).get()
    assert shown.created_at.year > 2025
    assert shown.last_post_at == shown.created_at
    board.refresh_from_db()
    assert board.topic_count == 1
    assert shown.tags.get().topic_count == 1
    assert SearchEntry.objects.filter(post__topic=shown).exists()


def test_a_topic_kept_back_and_shown_again_is_counted_once(newcomer, board, moderator):
    made = start_topic(
        author=newcomer, board=board, kind="conversation", title="ขายของ", body="ของดี"
    )
    assert keep_topic_back(moderator=moderator, topic=made, reason="โฆษณา").act == Act.KEEP_BACK
    assert unhide_topic(moderator=moderator, topic=made, reason="ไม่ใช่").act == Act.UNHIDE
    board.refresh_from_db()
    assert board.topic_count == 1


def test_its_author_takes_it_back_and_nobody_else(waiting, topic, known, newcomer):
    with pytest.raises(NotAllowed):
        take_back(member=known, post=waiting)
    assert take_back(member=newcomer, post=waiting)
    waiting.refresh_from_db()
    assert waiting.deleted_at is not None
    assert waiting.held_at is waiting.hidden_at is None
    assert Case.objects.get(kind="held").state == CaseState.REFUSED
    assert not take_back(member=newcomer, post=waiting)
    topic.refresh_from_db()
    assert topic.reply_count == 0


def test_what_was_taken_back_while_it_waited_does_not_come_back_unseen(
    as_, newcomer, topic, board, moderator
):
    post = reply(author=newcomer, topic=topic, body="ข้อความแรก")
    begun = start_topic(
        author=newcomer, board=board, kind="conversation", title="ถาม", body="น้ำไม่ไหล"
    )
    client = as_(newcomer)
    for held in (post, begun.posts.get(number=0)):
        assert client.post(f"/p/{held.pk}/held/").status_code == 302
    assert client.post(f"/p/{post.pk}/undelete/").status_code == 403
    assert client.post(f"/t/{begun.pk}/undelete/").status_code == 403
    for gone in (post, begun):
        gone.refresh_from_db()
        assert gone.deleted_at is not None


def test_an_edit_that_is_to_be_looked_at_takes_the_whole_out_of_sight(newcomer, topic, moderator):
    with_link = "ดูที่ https://casino.example/x"
    post = reply(author=newcomer, topic=topic, body="ข้อความแรก")
    admit(moderator=moderator, post=post, reason="ผ่าน")
    edited = edit_post(editor=newcomer, post=post, body=with_link)
    edited.refresh_from_db()
    topic.refresh_from_db()
    assert edited.held_at is not None
    assert topic.reply_count == 0
    assert HeldText.objects.get(post=post).why == [HeldFor.LINK]
    admit(moderator=moderator, post=edited, reason="ผ่าน")
    topic.refresh_from_db()
    assert topic.reply_count == 1
    assert Case.objects.filter(kind="held").count() == 2


def test_an_edited_topic_waits_with_its_place_in_the_lists(newcomer, board, moderator, known):
    made = start_topic(
        author=newcomer, board=board, kind="conversation", title="ถาม", body="น้ำไม่ไหล"
    )
    admit_topic(moderator=moderator, topic=made, reason="ผ่าน")
    edit_topic(
        editor=newcomer, topic=made, title="ถาม", body="ดู https://casino.example/", tags=["น้ำ"]
    )
    assert not Topic.objects.visible_to(known).exists()
    assert Board.objects.get(pk=board.pk).topic_count == 0
    admit_topic(moderator=moderator, topic=made, reason="ผ่าน")
    assert Topic.objects.visible_to(known).exists()
    assert Board.objects.get(pk=board.pk).topic_count == 1


def test_moderators_of_the_network_let_through_in_its_boards_and_others_do_not(
    newcomer, moderator, malee, known
):
    board = make_network_board(make_network("คนรักคลอง", malee))
    topic = make_topic(malee, board)
    post = Post.objects.create(
        topic=topic, author=newcomer, number=1, body="x", body_html="<p>x</p>", renderer_version=3,
        created_at=topic.created_at, hidden_at=topic.created_at, held_at=topic.created_at,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        admit(moderator=known, post=post, reason="ผ่าน")
    assert admit(moderator=malee, post=post, reason="ผ่าน").details["network"] == board.network_id


def test_the_same_sent_again_while_it_waits_is_the_same_text(newcomer, topic, waiting):
    import uuid

    again = reply(author=newcomer, topic=topic, body=waiting.body, submission=uuid.uuid4())
    assert again.pk == waiting.pk


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_one_decides(newcomer, topic, moderator):
    other = make_member("other", is_staff=True)
    post = reply(author=newcomer, topic=topic, body="ข้อความแรก")
    made = in_threads(
        lambda by: admit(moderator=by, post=Post.objects.get(pk=post.pk), reason="ผ่าน"),
        [moderator, other],
    )
    assert sum(isinstance(each, Decision) for each in made) == 1
    topic.refresh_from_db()
    assert topic.reply_count == 1


@pytest.mark.django_db(transaction=True)
def test_two_replies_at_once_both_wait_each_with_its_number(topic, moderator):
    new = [make_member(f"new{n}", trust_level=0) for n in range(2)]
    made = in_threads(
        lambda by: reply(
            author=by, topic=Topic.objects.select_related("board").get(pk=topic.pk), body="สวัสดี"
        ),
        new,
    )
    assert sorted(post.number for post in made) == [1, 2]
    assert all(post.held_at for post in made)
    assert Case.objects.filter(kind="held").count() == 2


@pytest.mark.django_db(transaction=True)
def test_letting_through_while_its_author_takes_it_back_ends_in_one_of_both(
    newcomer, topic, moderator
):
    post = reply(author=newcomer, topic=topic, body="ข้อความแรก")

    def one(who):
        if who == newcomer:
            return take_back(member=who, post=Post.objects.get(pk=post.pk))
        return admit(moderator=who, post=Post.objects.get(pk=post.pk), reason="ผ่าน")

    made = in_threads(one, [newcomer, moderator])
    assert not any(isinstance(each, Exception) for each in made), made
    post.refresh_from_db()
    assert post.held_at is None
    assert (post.deleted_at is None) != (True in made)
