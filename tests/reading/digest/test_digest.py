"""The digest: to whom, when, and what stands in it."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Member
from forums.activities.attendance.actions import answer
from forums.activities.models import Answer
from forums.discussions.boards.models import OpenTo
from forums.discussions.topics.models import Topic
from forums.notifications.actions import PASSED, deliver, forget_passing
from forums.notifications.models import Email, MailWish, Rhythm
from forums.reading.digest import actions
from forums.reading.digest.actions import due_day, write_due, write_some
from forums.reading.digest.models import DigestRun
from forums.reading.following.models import Follow, Level
from forums.reading.marks.models import ReaderState
from tests.make import (
    join,
    make_activity,
    make_member,
    make_network,
    make_network_board,
    make_post,
    make_topic,
)
from tests.threads import in_threads

MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)  # 17.00 in Bangkok
TUESDAY = MONDAY + timedelta(days=1)


def confirmed(member, digest=""):
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    if digest:
        MailWish.objects.create(member=member, digest=digest)
    return member


@pytest.fixture
def reader(db):
    return confirmed(make_member("ผู้อ่าน"))


@pytest.fixture
def board(db):
    return make_topic().board


def follow(member, topic):
    Follow.objects.update_or_create(member=member, topic=topic, defaults={"level": Level.TRACKING})


def written_to(when):
    """Who gets one of that moment, by handle."""
    Email.objects.all().delete()
    write_due(when)
    return sorted(Email.objects.values_list("member__handle", flat=True))


def digest_of(member):
    """The one letter she gets, now; None for none."""
    Email.objects.all().delete()
    DigestRun.objects.all().delete()
    mail.outbox.clear()
    write_some(timezone.localdate())
    Email.objects.exclude(member=member).delete()
    deliver()
    return mail.outbox[0].body if mail.outbox else None


# -- To whom, and when --------------------------------------------------------------------------


def test_it_is_due_at_five_in_the_afternoon_in_bangkok_for_some_hours():
    minute = timedelta(minutes=1)
    assert due_day(MONDAY - minute) is None
    assert due_day(MONDAY) == due_day(MONDAY + timedelta(hours=6) - minute) == MONDAY.date()
    assert due_day(MONDAY + timedelta(hours=6)) is None


def test_weekly_without_a_word_daily_or_never_as_she_chooses(db):
    confirmed(make_member("aweek"))
    confirmed(make_member("aday"), Rhythm.DAILY)
    confirmed(make_member("none"), Rhythm.NEVER)
    assert written_to(MONDAY) == ["aday", "aweek"]
    assert written_to(TUESDAY) == ["aday"]
    assert written_to(MONDAY + timedelta(days=7)) == ["aday", "aweek"]


def test_a_monday_that_was_missed_is_made_up_for_the_next_evening(db):
    confirmed(make_member("aweek"))
    assert written_to(TUESDAY) == ["aweek"]
    assert written_to(TUESDAY + timedelta(days=1)) == []
    assert written_to(TUESDAY + timedelta(days=6)) == ["aweek"]


def test_nobody_who_is_gone_shut_out_or_was_never_there(db):
    long_ago = timezone.now() - timedelta(days=190)
    confirmed(make_member("here"))
    confirmed(make_member("away", created_at=long_ago, last_login=long_ago))
    reads = confirmed(make_member("reads", created_at=long_ago))
    ReaderState.objects.create(member=reads, here_at=timezone.now())
    confirmed(make_member("signs", created_at=long_ago, last_login=timezone.now()))
    confirmed(make_member("suspended", is_active=False))
    confirmed(make_member("pending", pending_since=timezone.now()))
    make_member("unconfirmed")
    stopped = confirmed(make_member("stopped"))
    MailWish.objects.create(member=stopped, stopped_at=timezone.now())
    assert written_to(MONDAY) == ["here", "reads", "signs"]


def test_a_run_that_was_stopped_goes_on_and_nobody_gets_two(db, monkeypatch):
    monkeypatch.setattr(actions, "_WRITE", actions._WRITE.replace("LIMIT 1000", "LIMIT 3"))
    monkeypatch.setattr(actions, "BATCH", 3)
    for _each in range(8):
        confirmed(make_member())
    asked = iter([False, True])
    assert write_due(MONDAY, stop=lambda: next(asked)) is None
    assert Email.objects.count() == 3
    assert write_due(MONDAY) == MONDAY.date()
    assert write_due(MONDAY) == MONDAY.date()
    assert Email.objects.count() == Email.objects.values("member").distinct().count() == 8


@pytest.mark.django_db(transaction=True)
def test_several_workers_share_a_run():
    for _each in range(10):
        confirmed(make_member())
    results = in_threads(lambda _number: write_due(MONDAY), range(4))
    assert results == [MONDAY.date()] * 4
    assert Email.objects.count() == 10


def test_the_command_writes_sends_and_goes_on(reader, board, capsys):
    topic = make_topic(reader, board)
    make_post(topic)
    confirmed(make_member())
    call_command("digest", now=True, only_write=True)
    assert Email.objects.filter(sent_at=None).count() == 2
    call_command("digest", now=True)
    assert "2 of 2 are done with" in capsys.readouterr().out
    assert len(mail.outbox) == 1


def test_sent_ones_are_forgotten_after_two_weeks(reader):
    write_due(MONDAY)
    forget_passing(timezone.now() + PASSED - timedelta(hours=1))
    assert Email.objects.exists()
    forget_passing(timezone.now() + PASSED + timedelta(hours=1))
    assert not Email.objects.exists()


# -- What stands in it --------------------------------------------------------------------------


def test_nothing_new_no_letter(reader, board):
    make_topic(board=board, title="ที่ไหนสักแห่ง")
    assert digest_of(reader) is None
    assert Email.objects.get().dropped_at is not None


def test_what_is_new_where_she_follows(reader, board):
    topic = make_topic(reader, board, title="ยืมรถเข็นข้ามตำบล")
    make_post(topic)
    followed = make_topic(board=board, title="ติดตามอยู่")
    follow(reader, followed)
    make_topic(board=board, title="ไม่ได้ติดตาม")
    body = digest_of(reader)
    assert mail.outbox[0].subject.startswith("[ร้อยพลัง] สัปดาห์นี้: ติดตามอยู่")
    assert "ยืมรถเข็นข้ามตำบล" in body
    assert "ไม่ได้ติดตาม" not in body
    assert "/mail/stop/" in mail.outbox[0].extra_headers["List-Unsubscribe"]


def test_a_new_topic_in_her_network_needs_no_follow(reader):
    network = make_network()
    join(network, reader)
    topic = make_topic(network.registered_by, make_network_board(network), title="ของเครือข่าย")
    assert "ของเครือข่าย" in digest_of(reader)
    Follow.objects.create(member=reader, topic=topic, level=Level.MUTED)
    assert digest_of(reader) is None


def test_what_is_older_than_the_last_one_is_not_in_it(reader, board):
    topic = make_topic(reader, board)
    make_post(topic)
    past = timezone.now() - timedelta(days=2)
    topic.posts.update(created_at=past)
    Topic.objects.filter(pk=topic.pk).update(last_post_at=past, created_at=past)
    assert digest_of(reader) is not None
    MailWish.objects.create(member=reader, digest=Rhythm.DAILY)
    assert digest_of(reader) is None


def test_one_topic_from_elsewhere_stands_beside_others_never_alone(reader, board):
    network = make_network("คนรักป่า")
    make_topic(network.registered_by, make_network_board(network), title="ไฟป่าปีนี้")
    assert digest_of(reader) is None
    make_post(make_topic(reader, board))
    body = digest_of(reader)
    assert "ไฟป่าปีนี้" in body
    assert "“คนรักป่า”" in body
    Member.objects.filter(pk=reader.pk).update(see_others=False)
    assert "ไฟป่าปีนี้" not in digest_of(reader)


def test_activities_of_her_networks_and_those_she_comes_to(reader):
    network, other = make_network(), make_network()
    join(network, reader)
    make_activity(network, days=3, title="ของเครือข่ายฉัน")
    make_activity(network, days=12, title="อีกนาน")
    make_activity(other, days=3, title="ของที่อื่น")
    body = digest_of(reader)
    assert "ของเครือข่ายฉัน" in body
    assert "อีกนาน" not in body
    assert "ของที่อื่น" not in body
    going = make_activity(other, days=4, title="จะไป")
    answer(member=reader, activity=going, answer=Answer.GOING)
    assert "จะไป" in digest_of(reader)


def test_what_was_shut_meanwhile_is_not_in_it(reader, board):
    topic = make_topic(reader, board)
    make_post(topic)
    write_some(timezone.localdate())
    private = make_network_board(make_network(), OpenTo.NETWORK)
    Topic.objects.filter(pk=topic.pk).update(board=private)
    deliver()
    assert mail.outbox == []


def test_a_letter_asks_as_much_whatever_is_new(reader, board, settings):
    settings.FORUMS_PACE = {}
    network = make_network()
    join(network, reader)
    asked = []
    for count in (2, 40):
        for _each in range(count):
            topic = make_topic(network.registered_by, board)
            follow(reader, topic)
            make_activity(network, days=3)
        with CaptureQueriesContext(connection) as queries:
            assert digest_of(reader)
        asked.append(len(queries))
    assert asked[0] == asked[1]
