"""The letter on the morning of the day."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from forums.moderation import actions as moderation
from forums.notifications.actions import deliver
from forums.notifications.actions import remind as run
from forums.notifications.inbox.actions import spread
from forums.notifications.inbox.rows import lines_of
from forums.notifications.models import Email, Notification, Preference, Telling
from forums.reading.bookmarks import actions
from forums.reading.bookmarks.kinds import remind
from forums.reading.bookmarks.models import Bookmark
from forums.text.dates import BANGKOK
from tests.make import make_member, make_post, make_topic

NIGHT = datetime.now(BANGKOK).replace(hour=0, minute=30)
NOON = NIGHT.replace(hour=12)


@pytest.fixture
def topic():
    return make_topic(title="แบ่งเวรหน้าฝุ่น")


def due(member, post, note: str = "", **fields) -> Bookmark:
    found = actions.note(member=member, post=post, text=note)
    Bookmark.objects.filter(pk=found.pk).update(remind_on=NOON.date(), **fields)
    return found


@pytest.fixture
def letters(malee):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=malee, email=malee.email, primary=True, verified=True)

    def sent() -> list:
        Email.objects.filter(sent_at=None).update(due_at=NOON - timedelta(days=1))
        deliver()
        return [each for each in mail.outbox if malee.email in each.to]

    return sent


def test_one_letter_in_the_morning_with_all_of_the_day(malee, topic, letters):
    due(malee, topic.posts.get(), "ถามดวงใจ")
    due(malee, make_post(topic))
    remind(NIGHT)
    remind(NIGHT)
    remind(NOON)
    email = Email.objects.get(kind="bookmark-reminder")
    assert email.due_at.astimezone(BANGKOK).hour == 7
    (letter,) = letters()
    assert "แบ่งเวรหน้าฝุ่น" in letter.subject
    assert "ถามดวงใจ" in letter.body
    assert letter.body.count("/p/") == 2
    assert "/bookmarks/" in letter.body
    remind(NOON)
    assert len(letters()) == 1


def test_it_runs_with_the_others(malee, topic):
    due(malee, topic.posts.get())
    assert run(NOON) == []
    assert Email.objects.filter(kind="bookmark-reminder").count() == 1


def test_none_where_she_wants_none_or_another_day(malee, somchai, topic):
    due(malee, topic.posts.get(), by_mail=False)
    other = due(somchai, topic.posts.get())
    Bookmark.objects.filter(pk=other.pk).update(remind_on=NOON.date() + timedelta(days=1))
    remind(NOON)
    assert not Email.objects.filter(kind="bookmark-reminder").exists()


@pytest.mark.parametrize("what", ["hidden", "done", "taken out"])
def test_what_is_nothing_to_tell_any_more_is_not_told(malee, moderator, topic, letters, what):
    found = due(malee, topic.posts.get(), "ถามดวงใจ")
    remind(NIGHT)
    if what == "hidden":
        moderation.hide_topic(moderator=moderator, topic=topic, reason="ผิดกติกา")
    elif what == "done":
        actions.done(bookmark=found)
    else:
        actions.take_out(bookmark=found)
    assert letters() == []


# -- On the page ----------------------------------------------------------------------------------


def lines(member) -> list[str]:
    spread()
    notes = list(Notification.objects.filter(member=member, kind="bookmark-reminder"))
    return [line.text for line in lines_of(member, notes).values()]


def test_one_line_from_the_morning_on_with_all_of_the_day(malee, topic):
    due(malee, topic.posts.get(), by_mail=False)
    remind(NIGHT)
    assert not lines(malee)
    remind(NOON)
    remind(NOON)
    assert lines(malee) == ["วันนี้ให้เตือนเรื่อง แบ่งเวรหน้าฝุ่น"]
    due(malee, make_post(topic))
    assert "อีก 1" in lines(malee)[0]


def test_what_is_done_or_may_be_read_no_more_has_no_line(malee, topic):
    bookmark = due(malee, topic.posts.get())
    remind(NOON)
    assert lines(malee)
    moderator = make_member(is_staff=True)
    moderation.hide_topic(moderator=moderator, topic=topic, reason="ผิดที่")
    assert not lines(malee)
    moderation.unhide_topic(moderator=moderator, topic=topic, reason="ถูกแล้ว")
    actions.done(bookmark=bookmark)
    assert not lines(malee)


@pytest.mark.parametrize("way", ["here", "mail"])
def test_the_switch_turns_off_the_line_or_the_letter(malee, topic, letters, way):
    ways = {"here": True, "mail": True} | {way: False}
    Preference.objects.create(member=malee, switch="bookmarks", **ways)
    due(malee, topic.posts.get())
    remind(NOON)
    assert bool(lines(malee)) == (way == "mail")
    assert bool(letters()) == (way == "here")


def test_hours_of_the_day_tell_nobody_anew(malee, topic):
    due(malee, topic.posts.get())
    remind(NOON)
    spread()
    remind(NOON + timedelta(hours=2))
    assert not Telling.objects.filter(kind="bookmark-reminder").exists()
