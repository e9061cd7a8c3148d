"""Each act: what it changes, what it counts, what it writes down, whom it refuses."""

from threading import Barrier, Event, Thread
from time import sleep

import pytest
from django.db import connection, transaction

from accounts.models import Member
from forums.base.errors import BadText, NotAllowed
from forums.discussions.boards.models import Access, Board
from forums.discussions.openings.actions import accept_answer
from forums.discussions.posts.actions import reply
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation import actions
from forums.moderation.models import Act, Decision
from forums.moderation.sanctions import actions as sanctions
from forums.moderation.trust.actions import set_trust
from forums.tags.models import Tag
from tests.make import make_board, make_member, make_post, make_topic

WHY = "โฆษณาขายของ ไม่เกี่ยวกับเรื่องที่คุย"


def counts(board: Board, *tags: str) -> tuple[int, ...]:
    """How many topics the board says it has, then each tag."""
    found = dict(Tag.objects.values_list("name", "topic_count"))
    return (Board.objects.get(pk=board.pk).topic_count, *(found[tag] for tag in tags))


# -- topics -------------------------------------------------------------------------------------


def test_hiding_a_topic_takes_it_out_of_the_counts_and_writes_a_decision(malee, moderator, board):
    topic = make_topic(malee, board, tags=["น้ำ", "ป่า"])
    assert counts(board, "น้ำ", "ป่า") == (1, 1, 1)

    decision = actions.hide_topic(moderator=moderator, topic=topic, reason=f"  {WHY}\u200b ")

    topic.refresh_from_db()
    assert topic.hidden_at is not None
    assert counts(board, "น้ำ", "ป่า") == (0, 0, 0)
    assert Decision.objects.get() == decision
    assert (decision.act, decision.reason, decision.moderator) == (Act.HIDE, WHY, moderator)
    assert (decision.topic, decision.post, decision.member) == (topic, None, None)
    assert decision.details == {"board": board.pk}


def test_unhiding_brings_the_counts_back(malee, moderator, board):
    topic = make_topic(malee, board, tags=["น้ำ"])
    actions.hide_topic(moderator=moderator, topic=topic, reason=WHY)
    actions.unhide_topic(moderator=moderator, topic=topic, reason="เข้าใจผิด")
    topic.refresh_from_db()
    assert topic.hidden_at is None
    assert counts(board, "น้ำ") == (1, 1)
    assert list(Decision.objects.order_by("pk").values_list("act", flat=True)) == ["hide", "unhide"]


@pytest.mark.parametrize(
    ("act", "undo", "column"),
    [
        (actions.lock, actions.unlock, "locked_at"),
        (actions.pin, actions.unpin, "pinned_at"),
        (actions.hide_topic, actions.unhide_topic, "hidden_at"),
    ],
)
def test_doing_it_twice_changes_nothing_and_decides_nothing(act, undo, column, malee, moderator):
    topic = make_topic(malee)
    assert undo(moderator=moderator, topic=topic, reason=WHY) is None
    assert act(moderator=moderator, topic=topic, reason=WHY) is not None
    first = getattr(Topic.objects.get(), column)
    assert first is not None
    assert act(moderator=moderator, topic=topic, reason=WHY) is None
    assert getattr(Topic.objects.get(), column) == first
    assert undo(moderator=moderator, topic=topic, reason=WHY) is not None
    assert getattr(Topic.objects.get(), column) is None
    assert Decision.objects.count() == 2


def test_moving_takes_the_counts_along_and_the_pin_off(malee, moderator, board):
    private = make_board("ห้องผู้ดูแล", read=Access.STAFF)
    topic = make_topic(malee, board, tags=["น้ำ"])
    actions.pin(moderator=moderator, topic=topic, reason=WHY)

    decision = actions.move(moderator=moderator, topic=topic, board=private, reason=WHY)
    topic.refresh_from_db()
    assert (topic.board, topic.pinned_at) == (private, None)
    assert (counts(board, "น้ำ"), counts(private)) == ((0, 0), (1,))
    assert decision.details == {"board": board.pk, "to": private.pk}

    actions.move(moderator=moderator, topic=topic, board=board, reason=WHY)
    assert (counts(board, "น้ำ"), counts(private)) == ((1, 1), (0,))
    assert actions.move(moderator=moderator, topic=topic, board=board, reason=WHY) is None


def test_moving_a_hidden_topic_counts_nowhere_until_it_is_shown(malee, moderator, board):
    other = make_board("อาชีพ")
    topic = make_topic(malee, board, tags=["น้ำ"])
    actions.hide_topic(moderator=moderator, topic=topic, reason=WHY)
    actions.move(moderator=moderator, topic=topic, board=other, reason=WHY)
    assert (counts(board, "น้ำ"), counts(other)) == ((0, 0), (0,))
    actions.unhide_topic(moderator=moderator, topic=topic, reason=WHY)
    assert (counts(board, "น้ำ"), counts(other)) == ((0, 1), (1,))


# -- posts --------------------------------------------------------------------------------------


def test_hiding_the_last_comment_names_the_one_before(malee, somchai, moderator):
    topic = make_topic(malee, kind="question")
    first = make_post(topic, make_member())
    last = make_post(topic, somchai)
    accept_answer(member=malee, topic=topic, post=last)

    decision = actions.hide_post(moderator=moderator, post=last, reason=WHY)
    topic.refresh_from_db()
    assert Post.objects.get(pk=last.pk).hidden_at is not None
    assert (topic.reply_count, topic.last_author_id) == (1, first.author_id)
    assert topic.accepted_post_id is None
    assert somchai.pk not in topic.taking_part
    assert (decision.post, decision.topic) == (last, None)
    assert actions.hide_post(moderator=moderator, post=last, reason=WHY) is None

    actions.unhide_post(moderator=moderator, post=last, reason=WHY)
    topic.refresh_from_db()
    assert (topic.reply_count, topic.last_author_id) == (2, somchai.pk)
    assert actions.unhide_post(moderator=moderator, post=last, reason=WHY) is None
    assert Decision.objects.count() == 2


def test_the_topics_own_text_is_hidden_with_its_topic_only(malee, moderator):
    text = Post.objects.get(topic=make_topic(malee), number=0)
    with pytest.raises(BadText):
        actions.hide_post(moderator=moderator, post=text, reason=WHY)
    assert not Decision.objects.exists()


# -- members ------------------------------------------------------------------------------------


def test_a_suspended_member_is_out_at_the_next_click(malee, moderator, as_):
    browser = as_(malee)
    assert browser.get("/settings/").status_code == 200
    sanctions.suspend(moderator=moderator, member=malee, reason=WHY)
    assert browser.get("/settings/").status_code == 302
    sanctions.restore(moderator=moderator, member=malee, reason="คุยกันแล้ว")
    malee.refresh_from_db()
    assert malee.is_active
    assert list(malee.decisions.order_by("pk").values_list("act", flat=True)) == [
        "suspend",
        "restore",
    ]


def test_trust_is_given_and_written_down(malee, moderator):
    decision = set_trust(moderator=moderator, member=malee, level=2, reason=WHY)
    malee.refresh_from_db()
    assert malee.trust_level == 2
    assert decision.details == {"from": 0, "to": 2}
    assert set_trust(moderator=moderator, member=malee, level=2, reason=WHY) is None
    with pytest.raises(BadText):
        set_trust(moderator=moderator, member=malee, level=7, reason=WHY)


@pytest.mark.parametrize("act", [sanctions.suspend, sanctions.restore])
def test_only_an_administrator_decides_about_moderators_and_nobody_about_herself(act, moderator):
    other = make_member(is_staff=True)
    head = make_member(is_staff=True, is_superuser=True)
    for who, whom in [(moderator, other), (moderator, head), (moderator, moderator), (head, head)]:
        with pytest.raises(NotAllowed):
            act(moderator=who, member=whom, reason=WHY)
        with pytest.raises(NotAllowed):
            set_trust(moderator=who, member=whom, level=1, reason=WHY)
    sanctions.suspend(moderator=head, member=other, reason=WHY)
    other.refresh_from_db()
    assert not other.is_active


def test_only_an_administrator_chooses_moderators(malee, moderator):
    head = make_member(is_staff=True, is_superuser=True)
    with pytest.raises(NotAllowed):
        actions.appoint(moderator=moderator, member=malee, reason=WHY)
    assert actions.appoint(moderator=head, member=malee, reason=WHY) is not None
    assert actions.appoint(moderator=head, member=malee, reason=WHY) is None
    malee.refresh_from_db()
    assert malee.is_staff
    assert not malee.is_superuser
    with pytest.raises(NotAllowed):
        actions.dismiss(moderator=head, member=head, reason=WHY)
    second = make_member(is_staff=True, is_superuser=True)
    actions.dismiss(moderator=head, member=second, reason=WHY)
    second.refresh_from_db()
    assert (second.is_staff, second.is_superuser) == (False, False)


# -- who, and why -------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "   ", "\u200b\u2060", "ก" * 301])
def test_no_reason_no_decision(reason, malee, moderator):
    topic = make_topic(malee)
    with pytest.raises(BadText):
        actions.hide_topic(moderator=moderator, topic=topic, reason=reason)
    with pytest.raises(BadText):
        sanctions.suspend(moderator=moderator, member=malee, reason=reason)
    topic.refresh_from_db()
    assert topic.hidden_at is None
    assert not Decision.objects.exists()


def test_a_member_decides_nothing(malee, somchai):
    topic = make_topic(malee)
    post = make_post(topic)
    for act in (actions.hide_topic, actions.lock, actions.pin, actions.unhide_topic):
        with pytest.raises(NotAllowed):
            act(moderator=somchai, topic=topic, reason=WHY)
    with pytest.raises(NotAllowed):
        actions.hide_post(moderator=somchai, post=post, reason=WHY)
    with pytest.raises(NotAllowed):
        sanctions.suspend(moderator=somchai, member=malee, reason=WHY)
    with pytest.raises(NotAllowed):
        actions.each(actions.hide_topic, [topic], moderator=somchai, reason=WHY)
    assert not Decision.objects.exists()


# -- several at once ----------------------------------------------------------------------------


def test_several_at_once_each_leave_a_decision(malee, moderator, board):
    topics = [make_topic(make_member(), board, tags=["น้ำ", f"แท็ก{n}"]) for n in range(4)]
    actions.hide_topic(moderator=moderator, topic=topics[2], reason=WHY)
    changed = actions.each(actions.hide_topic, topics[::-1], moderator=moderator, reason=WHY)
    assert changed == 3
    assert not Topic.objects.filter(hidden_at=None).exists()
    assert counts(board, "น้ำ", "แท็ก0", "แท็ก3") == (0, 0, 0, 0)
    assert sorted(Decision.objects.values_list("topic", flat=True)) == [t.pk for t in topics]


def test_all_or_none(malee, moderator):
    topic = make_topic(malee)
    text = Post.objects.get(topic=topic, number=0)
    comment = make_post(topic)
    with pytest.raises(BadText):
        actions.each(actions.hide_post, [comment, text], moderator=moderator, reason=WHY)
    comment.refresh_from_db()
    assert comment.hidden_at is None
    assert not Decision.objects.exists()


def test_not_more_than_one_can_have_looked_at(malee, moderator):
    topics = [Topic(pk=n) for n in range(1, actions.MOST + 2)]
    with pytest.raises(BadText):
        actions.each(actions.hide_topic, topics, moderator=moderator, reason=WHY)


# -- at the same moment -------------------------------------------------------------------------


def at_once(*calls):
    """Run each call in a thread of its own, all starting together; returns what each raised."""
    barrier, raised = Barrier(len(calls)), [None] * len(calls)

    def run(n):
        try:
            barrier.wait()
            calls[n]()
        except Exception as error:
            raised[n] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=[n]) for n in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_decide_once_and_never_wait_in_a_circle():
    first, second = make_member(is_staff=True), make_member(is_staff=True)
    one, other = make_board("หนึ่ง"), make_board("สอง")
    topics = [
        make_topic(make_member(), board, tags=tags)
        for board, tags in [
            (one, ["ก1", "ข2"]),
            (other, ["ข2", "ค3"]),
            (one, ["ค3", "ก1"]),
            (other, ["ก1"]),
        ]
    ]
    raised = at_once(
        lambda: actions.each(actions.hide_topic, topics, moderator=first, reason=WHY),
        lambda: actions.each(actions.hide_topic, topics[::-1], moderator=second, reason=WHY),
        lambda: actions.each(actions.move, topics, moderator=second, board=one, reason=WHY),
    )
    assert raised == [None, None, None]
    assert Decision.objects.filter(act="hide").count() == 4
    assert Decision.objects.filter(act="move").count() == 2
    assert (counts(one), counts(other)) == ((0,), (0,))
    assert set(Tag.objects.values_list("topic_count", flat=True)) == {0}


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_suspend_each_other_one_stays():
    one = make_member(is_staff=True, is_superuser=True)
    two = make_member(is_staff=True, is_superuser=True)
    raised = at_once(
        lambda: sanctions.suspend(moderator=one, member=two, reason=WHY),
        lambda: sanctions.suspend(moderator=two, member=one, reason=WHY),
    )
    assert sum(isinstance(error, NotAllowed) for error in raised) == 1
    assert Member.objects.filter(is_superuser=True, is_active=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_reply_that_waited_for_a_move_still_lands_in_its_topic():
    moderator, writer = make_member(is_staff=True), make_member()
    topic, target = make_topic(make_member()), make_board("ไป")
    moved, replied = Event(), []

    def move():
        with transaction.atomic():
            actions.move(moderator=moderator, topic=topic, board=target, reason=WHY)
            moved.set()
            sleep(0.3)  # meanwhile the reply waits for the topic's row

    def answer():
        moved.wait()
        replied.append(reply(author=writer, topic=topic, body="ทันไหม"))

    assert at_once(move, answer) == [None, None]
    assert replied[0].topic_id == topic.pk
    assert Topic.objects.get().reply_count == 1


@pytest.mark.django_db(transaction=True)
def test_a_topic_moved_while_one_waits_for_it_is_counted_where_it_went():
    moderator = make_member(is_staff=True)
    source, target = make_board("จาก"), make_board("ไป")
    topic = make_topic(make_member(), source)
    stale = Topic.objects.get(pk=topic.pk)
    actions.move(moderator=moderator, topic=topic, board=target, reason=WHY)
    with transaction.atomic():
        actions.hide_topic(moderator=moderator, topic=stale, reason=WHY)
    assert (counts(source), counts(target)) == ((0,), (0,))
    assert Decision.objects.get(act="hide").details == {"board": target.pk}
