"""Who is told that something was written: each once, and nobody of what she muted, blocked or may not read."""

import pytest
from django.utils import timezone

from forums.discussions.boards.models import OpenTo
from forums.discussions.openings.actions import accept_answer
from forums.discussions.posts.actions import edit_post, react
from forums.discussions.posts.models import Post, ReactionKind
from forums.discussions.posts.quoting import quoted
from forums.groups.memberships.models import Membership
from forums.notifications.inbox.actions import spread
from forums.notifications.inbox.rows import lines_of
from forums.notifications.models import Notification, Telling
from forums.reading.following import levels
from forums.reading.following.models import Block, Follow, Level
from forums.reading.news.audience import who_is_told
from tests.make import join, make_member, make_network, make_network_board, make_post, make_topic
from tests.timing import assert_quick


@pytest.fixture
def asker(db):
    return make_member("ผู้ถาม")


@pytest.fixture
def topic(asker):
    return make_topic(asker, kind="question", title="ยืมรถเข็นข้ามตำบล")


def heard(member):
    """The kinds she was told of, and forgets."""
    spread()
    kinds = sorted(Notification.objects.filter(member=member).values_list("kind", flat=True))
    Notification.objects.filter(member=member).delete()
    return kinds


def watch(member, level=Level.WATCHING, **target):
    Follow.objects.update_or_create(member=member, **target, defaults={"level": level})


def said(member):
    spread()
    notes = list(Notification.objects.filter(member=member).order_by("-newest_at", "-pk"))
    return [line.text for line in lines_of(member, notes).values()]


def test_a_comment_answers_who_started_a_reply_who_wrote_before(topic, asker, malee, somchai):
    comment = make_post(topic, malee)
    assert heard(asker) == ["replied"]
    make_post(topic, somchai, parent=comment)
    assert heard(malee) == ["replied"]
    assert heard(asker) == heard(somchai) == []


def test_who_answers_herself_hears_nothing(topic, asker):
    make_post(topic, asker)
    assert heard(asker) == []


def test_several_answers_are_one_line_with_names(topic, asker):
    people = [make_member(display_name=name) for name in ("มาลี", "ดวงใจ", "สมชาย")]
    for person in people:
        make_post(topic, person)
    (line,) = said(asker)
    assert line == "สมชาย และอีก 2 คน ตอบท่านใน “ยืมรถเข็นข้ามตำบล”"


def test_whose_answer_is_gone_is_not_named(topic, asker, malee, somchai):
    make_post(topic, malee)
    gone = make_post(topic, somchai)
    spread()
    Post.objects.filter(pk=gone.pk).update(hidden_at=timezone.now())
    (line,) = said(asker)
    assert line.startswith(f"{malee} ตอบท่าน")


def test_who_is_quoted_is_told_so_and_who_is_answered_only_that(topic, asker, malee, somchai):
    hers = make_post(topic, malee)
    heard(asker)
    make_post(topic, somchai, body=quoted(hers) + "ใช่เลย")
    assert heard(malee) == ["quoted"]
    make_post(topic, somchai, body=quoted(hers) + "จริงด้วย", parent=hers)
    assert heard(malee) == ["replied"]


def test_who_watches_is_told_once_whatever_else_she_watches(topic, malee, somchai):
    watch(malee, topic=topic)
    watch(malee, board=topic.board)
    make_post(topic, somchai)
    assert heard(malee) == ["watched"]
    watch(make_member(), Level.TRACKING, topic=topic)
    make_post(topic, somchai, body="อีกข้อความ")
    assert heard(malee) == ["watched"]


def test_who_follows_a_person_hears_that_she_started_a_topic(asker, topic, malee, somchai):
    watch(malee, person=somchai)
    make_post(topic, somchai)
    assert heard(malee) == []
    started = make_topic(somchai, topic.board, title="อีกเรื่องหนึ่ง")
    assert heard(malee) == ["started"]
    watch(malee, board=topic.board)
    make_topic(somchai, topic.board, title="เรื่องที่สาม")
    assert heard(malee) == ["watched"]
    watch(malee, Level.MUTED, topic=started)


def test_a_muted_topic_is_silent_also_about_ones_own(topic, asker, malee, somchai):
    hers = make_post(topic, malee)
    heard(asker)
    watch(malee, Level.MUTED, topic=topic)
    watch(asker, Level.MUTED, topic=topic)
    make_post(topic, somchai, parent=hers)
    react(member=somchai, post=hers, kind=ReactionKind.USEFUL, on=True)
    accept_answer(member=asker, topic=topic, post=hers)
    assert heard(malee) == heard(asker) == []


def test_whom_she_blocked_tells_her_nothing(topic, asker, malee, somchai):
    hers = make_post(topic, malee)
    heard(asker)
    watch(malee, topic=topic)
    Block.objects.create(member=malee, person=somchai)
    make_post(topic, somchai, parent=hers)
    react(member=somchai, post=hers, kind=ReactionKind.USEFUL, on=True)
    assert heard(malee) == []


def test_an_accepted_answer_is_told_as_long_as_it_is_the_answer(topic, asker, malee, somchai):
    hers = make_post(topic, malee)
    other = make_post(topic, somchai)
    accept_answer(member=asker, topic=topic, post=hers)
    accept_answer(member=asker, topic=topic, post=hers)
    assert len(said(malee)) == 1
    accept_answer(member=asker, topic=topic, post=other)
    assert said(malee) == []
    assert len(said(somchai)) == 1


def test_a_changed_text_tells_nobody(topic, asker, malee):
    post = make_post(topic, malee)
    heard(asker)
    edit_post(editor=malee, post=post, body="อีกอย่างหนึ่ง")
    assert not Telling.objects.exists()


def test_who_may_no_longer_read_hears_nothing_and_old_lines_are_not_shown(malee, somchai):
    network = make_network()
    join(network, malee, somchai)
    topic = make_topic(somchai, make_network_board(network, OpenTo.NETWORK))
    spread()
    watch(malee, topic=topic)
    make_post(topic, somchai)
    assert len(said(malee)) == 1
    Membership.objects.filter(network=network, member=malee).delete()
    malee = type(malee).objects.get(pk=malee.pk)
    assert said(malee) == []
    make_post(topic, somchai, body="อีกข้อความ")
    spread()
    (old,) = Notification.objects.filter(member=malee)
    assert len(old.things) == 1


def test_many_are_told_in_batches_each_once(topic, somchai, monkeypatch):
    monkeypatch.setattr(levels, "BATCH", 7)
    monkeypatch.setattr(levels, "_AT", levels._at(7))
    monkeypatch.setattr(levels, "_WATCHERS", levels._WATCHERS.replace("LIMIT 500", "LIMIT 7"))
    spread()
    watchers = [make_member() for _ in range(30)]
    for number, each in enumerate(watchers):
        if number % 2:
            watch(each, board=topic.board)
        if number % 3:
            watch(each, person=somchai)
    make_topic(somchai, topic.board, title="เรื่องใหม่")
    spread()
    told = list(Notification.objects.values_list("member", flat=True))
    expected = [each.pk for number, each in enumerate(watchers) if number % 2 or number % 3]
    assert sorted(told) == sorted(expected)


@pytest.mark.parametrize("blank", ["\n", "\n \t", "\n" + " " * 50])
def test_no_text_keeps_the_worker_busy(topic, malee, blank):
    lines = blank * (16_000 // len(blank)) + ">" + "](/p/111111111111111111" * 650
    post = make_post(topic, malee, body="ก")
    Post.objects.filter(pk=post.pk).update(body=f"ก{lines}")
    telling = Telling.objects.get(data={"post": post.pk})
    assert_quick(lambda: who_is_told(telling), within=0.2)
