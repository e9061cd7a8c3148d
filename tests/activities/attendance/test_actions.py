"""Answers, the waiting list, and what happens when fifty people press at once."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from forums.activities.attendance.actions import (
    NoAnswers,
    answer,
    fill_places,
    free_lost_places,
    with_lost_places,
)
from forums.activities.hosting.actions import cancel
from forums.activities.models import Activity, Answer, Attendance
from forums.base.errors import BadText, NotAllowed
from forums.groups.memberships.counters import let_go
from forums.groups.memberships.models import Membership
from forums.moderation.actions import hide_activity
from forums.notifications.models import Email
from tests.make import join, make_activity, make_member, make_network

pytestmark = pytest.mark.django_db


def counts(activity):
    activity.refresh_from_db()
    return activity.going_count, activity.waiting_count, activity.maybe_count


def answers(activity):
    return list(activity.answers.order_by("since", "pk").values_list("answer", flat=True))


def test_an_answer_is_counted_and_can_be_changed(somchai):
    activity = make_activity()
    assert answer(member=somchai, activity=activity, answer="going").answer == "going"
    assert counts(activity) == (1, 0, 0)
    answer(member=somchai, activity=activity, answer="maybe")
    assert counts(activity) == (0, 0, 1)
    answer(member=somchai, activity=activity, answer="not")
    assert counts(activity) == (0, 0, 0)
    assert Attendance.objects.get().answer == "not"


def test_the_same_answer_twice_changes_nothing(somchai):
    activity = make_activity()
    first = answer(member=somchai, activity=activity, answer="going")
    again = answer(member=somchai, activity=activity, answer="going")
    assert (again.pk, again.since) == (first.pk, first.since)
    assert counts(activity) == (1, 0, 0)


def test_who_comes_when_it_is_full_waits_and_keeps_her_place_in_the_line():
    activity = make_activity(capacity=1)
    people = [make_member() for _ in range(3)]
    given = [answer(member=person, activity=activity, answer="going") for person in people]
    assert [each.answer for each in given] == ["going", "waiting", "waiting"]
    again = answer(member=people[1], activity=activity, answer="going")
    assert again.since == given[1].since
    assert counts(activity) == (1, 2, 0)


def test_the_first_who_waits_moves_up_when_a_place_is_free_and_is_told():
    activity = make_activity(capacity=1)
    people = [make_member() for _ in range(3)]
    for person in people:
        answer(member=person, activity=activity, answer="going")
    answer(member=people[0], activity=activity, answer="not")
    said = dict(activity.answers.values_list("member_id", "answer"))
    assert [said[person.pk] for person in people] == ["not", "going", "waiting"]
    letter = Email.objects.get(kind="activity-place")
    assert letter.member == people[1]
    assert counts(activity) == (1, 1, 0)


def test_nobody_moves_up_into_what_is_cancelled():
    activity = make_activity(capacity=1)
    people = [make_member() for _ in range(2)]
    for person in people:
        answer(member=person, activity=activity, answer="going")
    cancel(member=activity.created_by, activity=activity, reason="ฝนตกหนัก")
    with pytest.raises(NoAnswers):
        answer(member=people[0], activity=activity, answer="not")
    with transaction.atomic():
        activity.refresh_from_db()
        fill_places(activity)
    assert counts(activity) == (1, 1, 0)


def test_another_word_is_no_answer(somchai):
    activity = make_activity()
    for word in ("waiting", "", "ไป"):
        with pytest.raises(BadText):
            answer(member=somchai, activity=activity, answer=word)


def test_what_is_over_or_hidden_takes_no_answers(somchai, moderator):
    over = make_activity(days=-2)
    with pytest.raises(NoAnswers):
        answer(member=somchai, activity=over, answer="going")
    hidden = make_activity()
    hide_activity(moderator=moderator, activity=hidden, reason="โฆษณา")
    with pytest.raises(NoAnswers):
        answer(member=somchai, activity=hidden, answer="going")


def test_only_members_answer_what_is_for_members(malee, somchai, moderator):
    network = make_network(coordinator=malee)
    activity = make_activity(network, open_to="members")
    for outsider in (somchai, moderator):
        with pytest.raises(NotAllowed):
            answer(member=outsider, activity=activity, answer="going")
    join(network, somchai)
    assert answer(member=somchai, activity=activity, answer="going").answer == "going"


def test_who_was_removed_while_her_page_was_open_is_refused(malee, somchai):
    network = make_network(coordinator=malee)
    activity = make_activity(network, open_to="members")
    join(network, somchai)
    stale = type(somchai).objects.get(pk=somchai.pk)
    assert Activity.objects.visible_to(stale).exists()  # her roles are loaded
    with transaction.atomic():
        let_go(Membership.objects.get(network=network, member=somchai))
    with pytest.raises(NotAllowed):
        answer(member=stale, activity=activity, answer="going")


def test_who_can_no_longer_come_gives_her_place_to_who_waits(malee, somchai):
    network = make_network(coordinator=malee)
    activity = make_activity(network, open_to="members", capacity=1)
    waiting = make_member()
    join(network, somchai, waiting)
    answer(member=somchai, activity=activity, answer="going")
    answer(member=waiting, activity=activity, answer="going")
    assert with_lost_places(timezone.now()) == []
    with transaction.atomic():
        let_go(Membership.objects.get(network=network, member=somchai))
    assert with_lost_places(timezone.now()) == [activity]
    assert free_lost_places(activity=activity) == 1
    assert dict(activity.answers.values_list("member_id", "answer")) == {waiting.pk: "going"}


def test_a_suspended_members_place_is_free_again(somchai):
    activity = make_activity(capacity=1)
    answer(member=somchai, activity=activity, answer="going")
    type(somchai).objects.filter(pk=somchai.pk).update(is_active=False)
    assert free_lost_places(activity=activity) == 1
    assert counts(activity) == (0, 0, 0)


def test_the_database_refuses_one_too_many_whatever_the_code_does():
    activity = make_activity(capacity=1)
    Attendance.objects.create(activity=activity, member=make_member(), answer=Answer.GOING)
    with pytest.raises(IntegrityError, match="activity_not_overfull"), transaction.atomic():
        Attendance.objects.create(activity=activity, member=make_member(), answer=Answer.GOING)
    assert counts(activity) == (1, 0, 0)


def test_fifty_at_once_for_ten_places_are_ten_and_a_line_of_forty(transactional_db):
    activity = make_activity(capacity=10)
    people = [make_member() for _ in range(50)]
    start = threading.Barrier(len(people))
    given, failed = [], []

    def press(person):
        try:
            start.wait(timeout=30)
            given.append(answer(member=person, activity=activity, answer="going").answer)
        except Exception as error:  # whatever it was, the test must say so
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert (given.count("going"), given.count("waiting")) == (10, 40)
    assert counts(activity) == (10, 40, 0)
    assert answers(activity) == ["going"] * 10 + ["waiting"] * 40


def test_all_who_go_leave_at_once_and_the_line_moves_up_by_as_many(transactional_db):
    activity = make_activity(capacity=5)
    people = [make_member() for _ in range(12)]
    for person in people:
        answer(member=person, activity=activity, answer="going")
    start = threading.Barrier(5)
    failed = []

    def leave(person):
        try:
            start.wait(timeout=30)
            answer(member=person, activity=activity, answer="not")
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=(person,)) for person in people[:5]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert counts(activity) == (5, 2, 0)
    said = dict(activity.answers.values_list("member_id", "answer"))
    assert [said[person.pk] for person in people] == ["not"] * 5 + ["going"] * 5 + ["waiting"] * 2
