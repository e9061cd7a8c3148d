"""What letters about activities say, to whom, and when they say nothing any more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from forums.activities.attendance.actions import answer
from forums.activities.attendance.kinds import free_places, remind
from forums.activities.hosting.actions import announce, cancel, decide_host, edit
from forums.activities.models import Activity
from forums.groups.memberships.counters import let_go
from forums.groups.memberships.models import Membership
from forums.moderation.actions import hide_activity
from forums.notifications.actions import deliver
from forums.notifications.models import Email
from forums.notifications.registry import scheduled_jobs, text_of
from tests.activities.make import details, of
from tests.make import join, make_activity, make_member, make_network

pytestmark = pytest.mark.django_db

LINK = "https://meet.example/คลอง"


def moved(activity, by, *, hours=2, seen=None):
    later = activity.starts_at + timedelta(hours=hours)
    new = replace(of(activity), starts_at=later, ends_at=later + timedelta(hours=1))
    return edit(member=by, activity=activity, details=new, seen=seen)


def test_a_letter_of_a_change_says_what_is_and_what_was(network, malee, somchai):
    activity = make_activity(network, link=LINK)
    answer(member=somchai, activity=activity, answer="going")
    moved(activity, malee)
    words = text_of(Email.objects.get())
    assert activity.title in words.subject
    assert "10.00–11.00 น." in words.body
    assert "8.00–12.00 น." in words.body
    assert LINK in words.body
    assert f"/activities/{activity.pk}/" in words.body


def test_a_letter_of_another_place_says_which_it_was(network, malee, somchai):
    activity = make_activity(network, place="ศาลาริมคลอง")
    answer(member=somchai, activity=activity, answer="going")
    new = replace(of(activity), place="วัดท่าเรือ")
    edit(member=malee, activity=activity, details=new, seen=None)
    words = text_of(Email.objects.get()).body
    assert "วัดท่าเรือ" in words
    assert "ที่เดิมคือ ศาลาริมคลอง" in words


def test_who_waits_is_told_of_a_change_but_not_where_to_meet_online(network, malee, somchai):
    activity = make_activity(network, link=LINK, capacity=1)
    answer(member=make_member(), activity=activity, answer="going")
    answer(member=somchai, activity=activity, answer="going")
    moved(activity, malee)
    assert LINK not in text_of(Email.objects.get(member=somchai)).body


def test_of_two_changes_only_the_last_is_told(network, malee, somchai):
    activity = make_activity(network)
    answer(member=somchai, activity=activity, answer="going")
    activity = moved(activity, malee)
    activity = moved(activity, malee)
    first, second = Email.objects.order_by("pk")
    assert text_of(first) is None
    edit(member=malee, activity=activity, details=replace(of(activity), title="ชื่อใหม่"), seen=None)
    assert "ชื่อใหม่" in text_of(second).subject


def test_who_changed_her_mind_is_told_nothing(network, malee, somchai):
    activity = make_activity(network)
    answer(member=somchai, activity=activity, answer="going")
    moved(activity, malee)
    answer(member=somchai, activity=activity, answer="not")
    assert text_of(Email.objects.get()) is None


def test_a_cancellation_says_why(network, malee, somchai):
    activity = make_activity(network)
    answer(member=somchai, activity=activity, answer="maybe")
    moved(activity, malee)
    cancel(member=malee, activity=activity, reason="น้ำท่วมทางเข้า")
    change, cancelled = Email.objects.order_by("pk")
    assert change.dropped_at
    assert "น้ำท่วมทางเข้า" in text_of(cancelled).body


def test_what_only_members_know_is_not_told_to_one_who_left(network, malee, somchai):
    join(network, somchai)
    activity = make_activity(network, open_to="members")
    answer(member=somchai, activity=activity, answer="going")
    moved(activity, malee)
    with transaction.atomic():
        let_go(Membership.objects.get(network=network, member=somchai))
    assert text_of(Email.objects.get()) is None
    remind(activity.starts_at)
    cancel(member=malee, activity=Activity.objects.get(), reason="ฝนตก")
    assert {text_of(letter) for letter in Email.objects.all()} == {None}


def test_nothing_is_told_of_what_moderators_have_hidden(network, malee, somchai, moderator):
    activity = make_activity(network)
    answer(member=somchai, activity=activity, answer="going")
    moved(activity, malee)
    hide_activity(moderator=moderator, activity=activity, reason="โฆษณา")
    letters = Email.objects.exclude(kind="statement")  # why it is hidden, to whose it is
    assert text_of(letters.get()) is None


def test_one_day_before_those_who_may_come_are_reminded_once(network, somchai):
    activity = make_activity(network, link=LINK)
    maybe, away = make_member(), make_member()
    answer(member=somchai, activity=activity, answer="going")
    answer(member=maybe, activity=activity, answer="maybe")
    answer(member=away, activity=activity, answer="not")
    remind(activity.starts_at - timedelta(days=1, minutes=1))
    assert not Email.objects.exists()
    for _ in range(2):
        remind(activity.starts_at - timedelta(hours=23))
    assert {letter.member for letter in Email.objects.all()} == {somchai, maybe}
    going = text_of(Email.objects.get(member=somchai))
    assert activity.title in going.subject
    assert LINK in going.body
    assert going.body != text_of(Email.objects.get(member=maybe)).body


def test_who_answers_on_the_last_day_needs_no_reminder(network, somchai):
    activity = make_activity(network, days=0)
    Activity.objects.update(
        starts_at=timezone.now() + timedelta(hours=3), ends_at=timezone.now() + timedelta(hours=4)
    )
    answer(member=somchai, activity=activity, answer="going")
    remind(timezone.now())
    assert not Email.objects.exists()


def test_a_reminder_of_a_time_that_was_changed_is_not_sent(network, malee, somchai):
    activity = make_activity(network)
    answer(member=somchai, activity=activity, answer="going")
    remind(activity.starts_at - timedelta(hours=20))
    activity = moved(activity, malee, hours=50)
    reminder = Email.objects.get(kind="activity-reminder")
    assert text_of(reminder) is None
    remind(activity.starts_at - timedelta(hours=20))
    assert Email.objects.filter(kind="activity-reminder").count() == 2
    assert text_of(Email.objects.filter(kind="activity-reminder").latest("pk"))


def test_reminding_asks_no_more_for_many_than_for_few(network, django_assert_max_num_queries):
    activity = make_activity(network)
    for _ in range(12):
        answer(member=make_member(), activity=activity, answer="going")
    with django_assert_max_num_queries(6):
        remind(activity.starts_at - timedelta(hours=20))
    assert Email.objects.count() == 12


def test_who_gets_a_place_is_told_where(network, somchai):
    activity = make_activity(network, capacity=1, link=LINK)
    first = make_member()
    answer(member=first, activity=activity, answer="going")
    answer(member=somchai, activity=activity, answer="going")
    answer(member=first, activity=activity, answer="not")
    letter = Email.objects.get()
    assert LINK in text_of(letter).body
    answer(member=somchai, activity=activity, answer="not")
    assert text_of(letter) is None


def test_an_invitation_goes_to_coordinators_until_one_has_decided(network, malee, somchai):
    other = make_network("เพื่อนป่า", somchai)
    second = make_member()
    join(other, second, role="coordinator")
    activity = announce(member=malee, network=network, details=details(hosts=[other]))
    letters = Email.objects.all()
    assert {letter.member for letter in letters} == {somchai, second}
    words = text_of(letters[0])
    assert "คนรักคลอง" in words.subject
    assert "เพื่อนป่า" in words.subject
    decide_host(member=somchai, activity=activity, network=other, accept=True)
    assert text_of(letters[1]) is None


def test_times_in_another_zone_name_it(network, malee, somchai):
    activity = make_activity(network, zone="Asia/Tokyo")
    answer(member=somchai, activity=activity, answer="going")
    moved(activity, malee)
    assert "12.00–13.00 น. (Tokyo)" in text_of(Email.objects.get()).body


def test_reminders_and_places_are_looked_after_from_time_to_time(network, somchai):
    assert {"activity-reminders", "activity-places"} <= set(scheduled_jobs())
    activity = make_activity(network, capacity=1)
    waiting = make_member()
    answer(member=somchai, activity=activity, answer="going")
    answer(member=waiting, activity=activity, answer="going")
    type(somchai).objects.filter(pk=somchai.pk).update(is_active=False)
    free_places(timezone.now())
    assert activity.answers.get().member == waiting


def test_letters_are_sent(network, malee):
    activity = make_activity(network)
    reader = make_member("reader", email="reader@example.org")
    reader.emailaddress_set.create(email="reader@example.org", verified=True, primary=True)
    answer(member=reader, activity=activity, answer="going")
    moved(activity, malee)
    assert deliver() == 1
    assert activity.title in mail.outbox[0].subject
