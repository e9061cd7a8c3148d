"""The letter on the morning of the day."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from forums.moderation import actions as moderation
from forums.notifications.actions import deliver
from forums.notifications.actions import remind as run
from forums.notifications.models import Email
from forums.reading.bookmarks import actions
from forums.reading.bookmarks.kinds import remind
from forums.reading.bookmarks.models import Bookmark
from forums.text.dates import BANGKOK
from tests.make import make_post, make_topic

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
