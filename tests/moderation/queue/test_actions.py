"""Cases: opened once, weighed, taken, given back, ended."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from forums.base.errors import NotAllowed
from forums.discussions.boards.models import Access, Board
from forums.discussions.topics.models import Topic
from forums.moderation import subjects
from forums.moderation.queue import actions, registry
from forums.moderation.queue.models import A_POINT, AT_ONCE, Case, CaseState
from tests.make import make_member, make_post, make_topic

KIND = "tried"


@pytest.fixture
def ended(monkeypatch):
    """A kind of case of our own, and what was said when one ended."""
    said = []
    kinds = dict(registry.case_kinds())
    monkeypatch.setattr(registry, "_KINDS", kinds)
    registry.case_kind(KIND, "tried", ended=lambda case, decision: said.append((case, decision)))
    return said


@pytest.fixture
def post(db, malee):
    return make_post(make_topic(author=malee), malee)


def opened(post, **how) -> Case:
    return actions.open_case(kind=KIND, subject=subjects.of_post(post), **how)


def test_a_thing_has_one_open_case_of_a_kind_and_what_comes_later_joins_it(ended, post):
    first = opened(post)
    assert opened(post, weight=3) == first
    assert (first.subject, first.key, first.about_id) == ("post", str(post.pk), post.author_id)
    actions.end_case(case=first, moderator=None)
    assert opened(post) != first


def test_each_point_of_weight_counts_as_three_hours_of_waiting(ended, post):
    case = opened(post, weight=2)
    assert case.opened_at - case.ranked_at == 2 * A_POINT
    case = actions.weigh(case=case, weight=2, at_once=True)
    assert case.opened_at - case.ranked_at == 2 * A_POINT + AT_ONCE


def test_what_has_a_clock_comes_first(ended, malee):
    late, soon, heavy = (make_post(make_topic(author=malee), malee) for _each in range(3))
    opened(heavy, weight=20, at_once=True)
    opened(late, due_at=timezone.now() + AT_ONCE / 2)
    opened(soon, due_at=timezone.now())
    keys = [case.key for case in Case.objects.waiting()]
    assert keys == [str(each.pk) for each in (soon, late, heavy)]


def test_who_takes_a_case_has_it_alone_until_she_gives_it_back(ended, post, moderator):
    other = make_member("ผู้ดูแลอีกคน", is_staff=True)
    case = opened(post)
    assert actions.take(moderator=moderator, case=case)
    assert actions.take(moderator=moderator, case=case)
    assert not actions.take(moderator=other, case=case)
    with pytest.raises(NotAllowed):
        actions.end_case(case=case, moderator=other)
    assert actions.give_back(moderator=moderator, case=case)
    assert actions.end_case(case=case, moderator=other, refused=True)
    case.refresh_from_db()
    assert (case.state, case.ended_by) == (CaseState.REFUSED, other)


def test_nobody_looks_into_her_own_case(ended, moderator):
    post = make_post(make_topic(author=moderator), moderator)
    case = opened(post)
    assert not Case.objects.visible_to(moderator).exists()
    with pytest.raises(NotAllowed):
        actions.take(moderator=moderator, case=case)


def test_members_and_visitors_see_no_case(ended, post, somchai):
    case = opened(post)
    assert not Case.objects.visible_to(None).exists()
    assert not Case.objects.visible_to(somchai).exists()
    with pytest.raises(NotAllowed):
        actions.take(moderator=somchai, case=case)


def test_what_follows_the_end_is_its_kinds_and_comes_once(ended, post, moderator):
    case = opened(post)
    assert actions.end_case(case=case, moderator=moderator)
    assert not actions.end_case(case=case, moderator=moderator)
    assert [said.pk for said, _decision in ended] == [case.pk]


def test_the_database_holds_one_open_case_of_a_thing(ended, post):
    opened(post)
    case = Case.objects.get()
    case.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        case.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_open_one_case(ended, malee):
    post = make_post(make_topic(author=malee), malee)
    post = type(post).objects.select_related("topic__board").get(pk=post.pk)
    found, barrier = [], threading.Barrier(20)

    def run() -> None:
        barrier.wait()
        try:
            found.append(opened(post).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _each in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert len(set(found)) == 1


def test_a_things_kinds_say_only_what_one_may_see(post, somchai):
    assert subjects.subject_at("post", str(post.pk), somchai).words
    Board.objects.filter(pk=post.topic.board_id).update(
        read_level=Access.STAFF, write_level=Access.STAFF
    )
    assert subjects.subject_at("post", str(post.pk), somchai) is None
    assert subjects.subject_at("post", "x", somchai) is None
    assert subjects.subject_at("nothing", "1", somchai) is None
    assert Topic.objects.exists()
