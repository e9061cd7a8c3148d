"""Spreading what was told: to whom, once, whatever happens to the worker; and what is forgotten."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from forums.discussions.posts.actions import react
from forums.discussions.posts.models import ReactionKind
from forums.notifications import registry
from forums.notifications.inbox import actions, spreading
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Notification, Preference, Telling
from forums.notifications.registry import Group, Sentence
from forums.notifications.telling import tell, tell_here
from tests.make import make_member, make_post, make_topic
from tests.management.commands import killed_once
from tests.threads import in_threads


@pytest.fixture(autouse=True)
def hello(monkeypatch):
    """A kind that exists in tests only."""
    for name in ("_KINDS", "_SWITCHES", "_AUDIENCES"):
        monkeypatch.setattr(registry, name, dict(getattr(registry, name)))
    switch = registry.switch("hello", Group.ME, "สวัสดี")
    registry.notification("hello", switch)(lambda note, seen: Sentence("สวัสดี", "/"))
    return switch


def told(member):
    return Notification.objects.filter(member=member)


def test_each_is_told_once_and_the_telling_is_gone(malee, somchai):
    tell("hello", key="a", members=[malee.pk, somchai.pk, malee.pk])
    assert spread() == 2
    assert spread() == 0
    assert told(malee).count() == told(somchai).count() == 1
    assert not Telling.objects.exists()


def test_nobody_is_told_of_what_she_did_herself(malee, somchai):
    tell("hello", key="a", members=[malee.pk, somchai.pk], actor=malee)
    spread()
    assert not told(malee).exists()
    assert told(somchai).get().people == [malee.pk]


def test_undone_with_the_action_nobody_is_told(malee):
    with pytest.raises(RuntimeError), transaction.atomic():
        tell("hello", key="a", members=[malee.pk])
        raise RuntimeError
    assert spread() == 0


def test_what_is_about_one_thing_gathers_until_it_is_read_and_is_new_again_then(malee):
    first, second, late = make_member(), make_member(), make_member()
    for actor in (first, second, first):
        tell("hello", key="a", members=[malee.pk], actor=actor)
    spread()
    one = told(malee).get()
    assert one.people == [second.pk, first.pk]
    actions.mark_read(member=malee, notes=[one.pk])
    tell("hello", key="a", members=[malee.pk], actor=late)
    spread()
    again = told(malee).get()
    assert again.pk == one.pk
    assert again.read_at is None
    assert again.people == [late.pk]


def test_who_turned_it_off_has_no_line(malee, somchai):
    Preference.objects.create(member=malee, switch="hello", here=False, mail=True)
    tell("hello", key="a", members=[malee.pk, somchai.pk])
    assert spread() == 1
    assert not told(malee).exists()


def test_who_may_not_see_it_gets_nothing(malee, somchai, hello):
    def line(note, seen):
        return Sentence("สวัสดี", "/") if seen.member == somchai else None

    registry.notification("secret", hello)(line)
    tell("secret", key="a", members=[malee.pk, somchai.pk])
    assert spread() == 1
    assert told(somchai).exists()


def test_what_nobody_knows_holds_up_nothing_and_is_given_up(malee):
    tell_here("unknown", key="x", members=[malee.pk])
    tell("hello", key="a", members=[malee.pk])
    assert spread() == 1
    for _try in range(actions.TRIES):
        Telling.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        spread()
    assert not Telling.objects.exists()


def test_broken_off_between_batches_it_goes_on_where_it_was(db, monkeypatch):
    """The process ends in the third batch, whose lines are undone with its place."""
    monkeypatch.setattr(spreading, "BATCH", 10)
    members = [make_member() for _ in range(45)]
    tell("hello", key="a", members=[each.pk for each in members])
    write, batches = spreading.write_lines, []

    def killed(telling, shares):
        written = write(telling, shares)
        batches.append(written)
        if len(batches) == 3:
            raise KeyboardInterrupt
        return written

    monkeypatch.setattr(actions, "write_lines", killed)
    with pytest.raises(KeyboardInterrupt):
        spread()
    assert Notification.objects.count() == 20
    monkeypatch.setattr(actions, "write_lines", write)
    Notification.objects.update(
        read_at=timezone.now()
    )  # read meanwhile: told again, they would be new
    assert spread() == 25
    assert Notification.objects.filter(read_at=None).count() == 25


SPREADS = """
import sys, time, django; django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from forums.notifications import registry
from forums.notifications.inbox import actions, spreading
spreading.BATCH = 20
switch = registry.switch("hello", registry.Group.ME, "x")
registry.notification("hello", switch)(lambda note, seen: registry.Sentence("x", "/"))
write = spreading.write_lines
def slowly(telling, shares):
    written = write(telling, shares)
    time.sleep(0.1)
    return written
actions.write_lines = slowly
actions.spread()
"""


@pytest.mark.django_db(transaction=True)
def test_killed_for_real_it_tells_each_once():
    """SIGKILL, twice; then a process that ends by itself. Whoever was told has read it meanwhile."""
    members = [make_member() for _ in range(200)]
    tell("hello", key="a", members=[each.pk for each in members])
    for enough in (40, 120):
        killed_once(lambda enough=enough: Notification.objects.count() >= enough, SPREADS)
        Notification.objects.update(read_at=timezone.now())
    before = Notification.objects.count()
    assert 120 <= before < 200
    killed_once(lambda: False, SPREADS)
    assert Notification.objects.count() == 200
    assert Notification.objects.filter(read_at=None).count() == 200 - before
    assert not Telling.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_tell_each_once():
    members = [make_member() for _ in range(60)]
    for number in range(8):
        tell("hello", key=f"{number % 2}", members=[each.pk for each in members])
    errors = [
        each for each in in_threads(lambda _n: spread(), range(4)) if isinstance(each, Exception)
    ]
    assert errors == []
    spread()
    assert Notification.objects.count() == 120


@pytest.mark.django_db(transaction=True)
def test_two_marks_in_the_same_moment_are_one_line_with_two_people():
    author = make_member()
    post = make_post(make_topic(), author)
    spread()
    Notification.objects.all().delete()

    def mark(member):
        react(member=member, post=post, kind=ReactionKind.USEFUL, on=True)
        return spread()

    people = [make_member(), make_member()]
    assert not [each for each in in_threads(mark, people) if isinstance(each, Exception)]
    spread()
    line = told(author).get()
    assert sorted(line.people) == sorted(each.pk for each in people)


def test_a_mark_that_was_taken_back_at_once_is_not_told(malee, somchai):
    post = make_post(make_topic(), malee)
    for on in (True, False):
        react(member=somchai, post=post, kind=ReactionKind.AGREE, on=on)
    spread()
    assert not told(malee).filter(kind="marked").exists()


def test_marks_of_a_day_join_the_line_also_when_it_was_read(malee, somchai):
    post = make_post(make_topic(), malee)
    react(member=somchai, post=post, kind=ReactionKind.AGREE, on=True)
    spread()
    actions.mark_read(member=malee, notes=told(malee).values_list("pk", flat=True))
    react(member=make_member(), post=post, kind=ReactionKind.AGREE, on=True)
    spread()
    line = told(malee).get()
    assert len(line.people) == 2
    assert line.read_at is not None


# -- Read, and forgotten --------------------------------------------------------------------------


def lines(member, count, *, at=None, read=False):
    now = at or timezone.now()
    first = Notification.objects.count()
    return Notification.objects.bulk_create(
        Notification(
            member=member,
            kind="hello",
            key=f"k{first + number}",
            newest_at=now - timedelta(seconds=number),
            read_at=now if read else None,
        )
        for number in range(count)
    )


def test_all_are_read_up_to_what_the_page_showed_and_taken_back(malee):
    old = lines(malee, 3)
    late = lines(malee, 1, at=timezone.now() + timedelta(minutes=1))
    at = actions.mark_all_read(member=malee, until=old[0].newest_at)
    assert list(told(malee).filter(read_at=None)) == late
    actions.take_back(member=malee, at=at)
    assert told(malee).filter(read_at=None).count() == 4
    actions.mark_all_read(member=malee, until=timezone.now() + timedelta(days=1))
    assert actions.mark_all_read(member=malee, until=timezone.now()) is None


def test_what_is_too_old_goes_in_lots(malee, monkeypatch):
    monkeypatch.setattr(actions, "LOT", 3)
    now = timezone.now()
    lines(malee, 5, at=now - actions.KEPT - timedelta(days=1))
    lines(malee, 2, at=now - actions.KEPT + timedelta(days=1))
    assert [actions.forget_old(now) for _each in range(3)] == [3, 2, 0]
    assert told(malee).count() == 2


def test_what_is_too_much_goes_oldest_first(malee, somchai, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 4)
    kept = lines(malee, 6)[:4]
    lines(somchai, 4)
    assert actions.forget_many() == 2
    assert set(told(malee)) == set(kept)
    assert actions.forget_many() == 0
