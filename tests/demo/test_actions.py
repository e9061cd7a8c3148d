from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Member
from forums.base.advisory_locks import Lock
from forums.demo import actions
from forums.demo.clock import clock_at
from forums.discussions.boards.models import Board
from forums.discussions.topics.models import Topic
from forums.pages.models import Page
from tests.make import make_member, make_topic


def test_a_database_with_a_member_is_left_alone(malee):
    with pytest.raises(actions.NotEmpty):
        actions.fill()
    assert Member.objects.count() == 1
    assert not Page.objects.exists()


def test_a_run_that_was_stopped_is_finished_by_the_next(db, monkeypatch):
    def stopped(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions, "_draw", stopped)
        with pytest.raises(KeyboardInterrupt):
            actions.fill()
    assert Member.objects.exists()
    assert not Topic.objects.exists()
    assert actions.is_fillable()


def test_nobody_signs_in_where_no_password_is_given(db, monkeypatch):
    monkeypatch.setattr(actions, "_draw", lambda *args: {})
    monkeypatch.setattr(actions, "_play", lambda *args, **options: None)
    actions.fill(password=None)
    assert not any(member.has_usable_password() for member in Member.objects.all())


def test_the_house_alone_has_no_people(db):
    made = actions.start_house()
    assert made["pages"] == 11
    assert made["boards"] == Board.objects.count() > 10
    assert not Member.objects.exists()
    assert actions.start_house() == {"pages": 0, "boards": 0, "links": 0}


def test_the_house_keeps_what_its_keepers_made(db):
    make_topic()
    page = Page.objects.create(slug="rules", title="ของเราเอง", body="…", renderer_version=1)
    made = actions.start_house()
    assert made == {"pages": 10, "boards": 0, "links": 2}
    assert Page.objects.get(slug="rules") == page
    assert Page.objects.get(slug="rules").title == "ของเราเอง"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_both_fill():
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, 0)", [Lock.DEMO])
        with pytest.raises(actions.Busy):
            actions.fill()
    finally:
        other.close()
    assert not Member.objects.exists()


def test_the_clock_runs_again_afterwards(db):
    past = timezone.now() - timedelta(days=9)
    with clock_at(past):
        topic = make_topic(author=make_member(is_staff=True))
        assert timezone.now() == past
    assert topic.created_at == past
    assert timezone.now() > past
    with pytest.raises(ZeroDivisionError), clock_at(past):
        _ = 1 / 0
    assert timezone.now() > past
