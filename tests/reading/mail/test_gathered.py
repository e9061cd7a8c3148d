"""Replies and quotes by e-mail: a while later, one letter a topic, and nothing of what was seen, muted or shut meanwhile."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.discussions.boards.models import OpenTo
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.notifications import actions
from forums.notifications.inbox.actions import mark_read, spread
from forums.notifications.models import Email, MailWish, Notification, Preference
from forums.notifications.outbox import gather
from forums.reading.following.actions import block
from forums.reading.following.models import Follow, Level
from forums.reading.mail.kinds import MOST
from forums.reading.marks.actions import move_mark
from tests.make import join, make_member, make_network, make_network_board, make_post, make_topic
from tests.threads import in_threads


def confirmed(member):
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    return member


@pytest.fixture
def asker(db):
    return confirmed(make_member("ผู้ถาม"))


@pytest.fixture
def topic(asker):
    return make_topic(asker, title="ยืมรถเข็นข้ามตำบล")


def later():
    """Ten minutes have passed."""
    spread()
    Email.objects.filter(sent_at=None).update(due_at=timezone.now() - timedelta(seconds=1))
    actions.deliver()
    sent, mail.outbox[:] = list(mail.outbox), []
    return sent


def quote_of(post):
    return f"> [คำพูด](/p/{post.pk}/)\n\nเห็นด้วย"


def test_it_waits_ten_minutes(topic, malee):
    make_post(topic, malee)
    spread()
    assert actions.deliver() == 0
    wait = Email.objects.get().due_at - timezone.now()
    assert timedelta(minutes=9) < wait <= timedelta(minutes=10)


def test_all_that_was_written_in_a_topic_is_one_letter(topic, asker, malee, somchai):
    own = make_post(topic, asker, body="ขอเล่าก่อน")
    later()
    make_post(topic, malee, body="บ้านเรามี <b>สองคัน</b>")
    make_post(topic, somchai, body="ถามที่ รพ.สต.")
    make_post(topic, somchai, body=quote_of(own), parent=make_post(topic, malee, body="อีกอย่าง"))
    (letter,) = later()
    assert letter.to == [asker.email]
    assert letter.subject == "[ร้อยพลัง] ยืมรถเข็นข้ามตำบล"
    for body in (letter.body, letter.alternatives[0][0]):
        assert "ตอบท่านใน “ยืมรถเข็นข้ามตำบล”" in body
        assert "อ้างคำท่านใน" in body
        assert body.count("ความคิดเห็นที่") == 4
        assert "สองคัน" in body
        assert "/p/" in body
    assert not Email.objects.filter(sent_at=None, dropped_at=None).exists()
    assert later() == []


def test_what_comes_after_is_another_letter_of_the_same_thread(topic, malee):
    make_post(topic, malee, body="หนึ่ง")
    (first,) = later()
    make_post(topic, malee, body="สอง")
    (second,) = later()
    assert "หนึ่ง" not in second.body
    assert first.subject == second.subject
    one, two = first.extra_headers, second.extra_headers
    assert one["References"] == two["References"]
    assert one["Message-ID"] != two["Message-ID"]
    assert "/mail/stop/" in one["List-Unsubscribe"]
    assert one["List-Id"].startswith("<told.")


def test_two_topics_are_two_letters(topic, asker, malee):
    other = make_topic(asker, title="อีกเรื่อง")
    make_post(topic, malee)
    make_post(other, malee)
    assert len(later()) == 2


def test_what_she_read_in_the_topic_is_left_out(topic, asker, malee):
    read = make_post(topic, malee, body="อ่านแล้ว")
    spread()
    serve(asker, read)
    make_post(topic, malee, body="ยังไม่ได้อ่าน")
    (letter,) = later()
    assert "อ่านแล้ว" not in letter.body.replace("ยังไม่ได้อ่าน", "")


def serve(member, post):
    move_mark(
        member_id=member.pk,
        topic_id=post.topic_id,
        number=post.number,
        newest=post.created_at,
        served=[post.pk],
    )


def test_what_she_read_of_at_the_bell_is_left_out(topic, asker, malee):
    make_post(topic, malee)
    spread()
    mark_read(member=asker, notes=Notification.objects.values_list("pk", flat=True))
    make_post(topic, malee, body="มาทีหลัง")
    (letter,) = later()
    assert letter.body.count("/p/") == 2  # of the post, and to read on
    make_post(topic, malee)
    spread()
    mark_read(member=asker, notes=Notification.objects.values_list("pk", flat=True))
    assert later() == []


def test_who_wants_it_by_mail_only_gets_it(topic, asker, malee):
    make_post(topic, malee)
    spread()  # a line from before
    Email.objects.all().delete()
    Preference.objects.create(member=asker, switch="replied", here=False, mail=True)
    make_post(topic, malee, body="เฉพาะอีเมล")
    (letter,) = later()
    assert "เฉพาะอีเมล" in letter.body


@pytest.mark.parametrize(
    "turn_off",
    [
        lambda asker, topic, malee: Preference.objects.create(
            member=asker, switch="replied", here=True, mail=False
        ),
        lambda asker, topic, malee: MailWish.objects.create(
            member=asker, stopped_at=timezone.now()
        ),
        lambda asker, topic, malee: block(member=asker, person=malee),
        lambda asker, topic, malee: Follow.objects.update_or_create(
            member=asker, topic=topic, defaults={"level": Level.MUTED}
        ),
        lambda asker, topic, malee: Post.objects.update(hidden_at=timezone.now()),
        lambda asker, topic, malee: Post.objects.update(deleted_at=timezone.now()),
        lambda asker, topic, malee: EmailAddress.objects.update(verified=False),
        lambda asker, topic, malee: topic.__class__.objects.update(hidden_at=timezone.now()),
    ],
    ids=["kind", "all", "blocked", "muted", "hidden", "deleted", "unconfirmed", "topic hidden"],
)
def test_what_changed_meanwhile_holds(topic, asker, malee, turn_off):
    make_post(topic, malee)
    spread()
    assert Email.objects.count() == 1
    turn_off(asker, topic, malee)
    assert later() == []


def test_nothing_of_a_topic_that_was_moved_where_she_may_not_read(topic, asker, malee):
    """Between reply and mail."""
    board = make_network_board(make_network(), OpenTo.NETWORK)
    make_post(topic, malee, body="ความลับ")
    spread()
    Topic.objects.filter(pk=topic.pk).update(board=board)
    assert later() == []
    assert mail.outbox == []


def test_who_left_the_network_gets_nothing_of_its_board(asker, malee):
    network = make_network()
    join(network, asker, malee)
    topic = make_topic(asker, make_network_board(network, OpenTo.NETWORK))
    make_post(topic, malee)
    spread()
    network.memberships.filter(member=asker).delete()
    assert later() == []


def test_many_are_cut_and_counted(topic, malee, settings):
    settings.FORUMS_PACE = {}
    for _each in range(MOST + 3):
        make_post(topic, malee)
    (letter,) = later()
    assert letter.body.count("ความคิดเห็นที่") == MOST
    assert "อีก 3" in letter.body


def test_a_letter_asks_as_much_however_many_it_gathers(topic, malee, somchai, settings):
    settings.FORUMS_PACE = {}
    asked = []
    for count in (2, 40):
        for number in range(count):
            make_post(topic, [malee, somchai][number % 2])
        spread()
        Email.objects.filter(sent_at=None).update(due_at=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            actions.deliver(1)
        asked.append(len(queries))
        later()
    assert asked[0] == asked[1]


def test_one_that_was_taken_by_another_is_gathered_once(topic, malee):
    make_post(topic, malee)
    make_post(topic, malee)
    spread()
    first, second = Email.objects.order_by("pk")
    assert gather(second)
    assert not gather(first)
    assert len(second.data["posts"]) == 2


def test_what_is_on_its_way_is_not_said_again(topic, malee):
    make_post(topic, malee, body="กำลังส่ง")
    spread()
    Email.objects.update(tries=1)
    make_post(topic, malee, body="มาใหม่")
    spread()
    assert gather(newest := Email.objects.latest("pk"))
    assert len(newest.data["posts"]) == 1


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_say_each_thing_once():
    asker, writer = confirmed(make_member()), make_member(is_staff=True)
    topics = [make_topic(asker, make_topic(writer).board) for _each in range(2)]
    for topic in topics:
        for number in range(4):
            make_post(topic, writer, body=f"ข้อ{number}ของ{topic.pk}")
    spread()
    Email.objects.update(due_at=timezone.now())
    in_threads(lambda _number: actions.deliver(), range(4))
    said = "".join(letter.body for letter in mail.outbox)
    for topic in topics:
        for number in range(4):
            assert said.count(f"ข้อ{number}ของ{topic.pk}") == 1
    assert not Email.objects.filter(sent_at=None, dropped_at=None).exists()
