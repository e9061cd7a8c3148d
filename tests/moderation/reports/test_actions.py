"""A report is sent once, weighs, is taken back, settled; a hundred at once are counted rightly."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed
from forums.moderation.queue.actions import end_case, take
from forums.moderation.queue.models import Case, CaseState
from forums.moderation.reports import registry
from forums.moderation.reports.actions import (
    LookedInto,
    ReportsTooFast,
    left_today,
    report,
    take_back,
)
from forums.moderation.reports.models import Problem, ProblemReport, ReporterRecord, ReportState
from forums.moderation.subjects import of_post
from forums.notifications.models import Telling
from tests.make import make_member, make_post, make_topic
from tests.moderation.reports.conftest import send
from tests.threads import in_threads


def test_what_several_report_of_one_thing_is_one_case_that_weighs_their_sum(post, somchai):
    first = send(somchai, post)
    second = send(make_member(trust_level=2), post, Problem.SPAM)
    assert first.case_id == second.case_id
    case = Case.objects.get()
    assert case.weight == 1 + 3
    assert (case.subject, case.key, case.about_id) == ("post", str(post.pk), post.author_id)
    assert not case.at_once


def test_one_reports_a_thing_once(post, somchai):
    assert send(somchai, post).pk == send(somchai, post, Problem.SPAM).pk
    assert ProblemReport.objects.count() == 1
    assert Case.objects.get().weight == 1
    again = ProblemReport.objects.get()
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.parametrize("problem", [Problem.PERSONAL, Problem.ILLEGAL])
def test_personal_data_and_what_is_against_the_law_stand_at_the_head_of_the_queue(
    post, somchai, problem
):
    send(make_member(), post)
    assert not Case.objects.get().at_once
    send(somchai, post, problem, good_faith=True)
    assert Case.objects.get().at_once


def test_a_reason_is_asked_good_faith_where_it_is_law_and_words_where_it_is_something_else(
    post, somchai
):
    for problem in ("", "x", Problem.ILLEGAL, Problem.OTHER):
        with pytest.raises(BadText):
            send(somchai, post, problem)
    with pytest.raises(BadText):
        send(somchai, post, Problem.OTHER, words="​ ")
    with pytest.raises(BadText):
        send(somchai, post, Problem.RUDE, words="ย" * 501)
    assert not ProblemReport.objects.exists()
    assert send(somchai, post, Problem.OTHER, words="แปลก ๆ").words == "แปลก ๆ"


def test_nobody_reports_her_own(post, malee):
    with pytest.raises(NotAllowed):
        send(malee, post)


@pytest.mark.parametrize(("level", "most"), [(0, 10), (2, 20)])
def test_ten_things_a_day_and_twenty_from_level_two(somchai, level, most):
    somchai.trust_level = level
    topic = make_topic()
    posts = [make_post(topic, topic.author) for _each in range(3)]
    reported = send(somchai, posts[0])
    old = [reported] * (most - 2)
    for each in old:
        each.pk, each.state, each.settled_at = None, ReportState.REJECTED, timezone.now()
        each.save(force_insert=True)
    assert left_today(somchai) == 1
    send(somchai, posts[1])
    with pytest.raises(ReportsTooFast):
        send(somchai, posts[2])
    yesterday = timezone.now() - timedelta(days=1)
    ProblemReport.objects.update(created_at=yesterday)
    assert send(somchai, posts[2])


def test_taken_back_it_weighs_no_more_and_the_last_one_ends_the_case(post, somchai):
    other = make_member(trust_level=1)
    first = send(somchai, post, Problem.PERSONAL)
    second = send(other, post)
    assert take_back(member=somchai, report=first)
    assert not take_back(member=somchai, report=first)
    case = Case.objects.get()
    assert (case.weight, case.at_once, case.ended_at) == (2, False, None)
    assert take_back(member=other, report=second)
    case.refresh_from_db()
    assert case.state == CaseState.REFUSED
    assert not Telling.objects.filter(kind="report_settled").exists()
    assert not ReporterRecord.objects.exists()
    assert send(somchai, post).case_id != case.pk


def test_it_is_taken_back_by_nobody_else_and_not_once_somebody_looks(post, somchai, moderator):
    sent = send(somchai, post)
    with pytest.raises(NotAllowed):
        take_back(member=moderator, report=sent)
    take(moderator=moderator, case=sent.case)
    with pytest.raises(LookedInto):
        take_back(member=somchai, report=sent)


def test_what_the_case_says_is_remembered_of_its_reporters_and_told_to_them(
    post, somchai, moderator
):
    other = make_member()
    first, second = send(somchai, post), send(other, post)
    end_case(case=first.case, moderator=moderator, refused=True)
    for each in (first, second):
        each.refresh_from_db()
        assert each.state == ReportState.REJECTED
    assert {r.rejected for r in ReporterRecord.objects.all()} == {1}
    told = Telling.objects.get(kind="report_settled")
    assert sorted(told.members) == sorted([somchai.pk, other.pk])


def test_a_case_without_a_decision_says_nothing_of_its_reporters(post, somchai, moderator):
    sent = send(somchai, post)
    end_case(case=sent.case, moderator=moderator)
    sent.refresh_from_db()
    assert sent.state == ReportState.IGNORED
    assert not ReporterRecord.objects.exists()


def test_others_are_asked_when_something_is_reported(post, somchai, monkeypatch):
    monkeypatch.setattr(registry, "_REPORTED", [])
    heard = []
    registry.when_reported(Problem.PERSONAL)(lambda sent, subject: heard.append((sent, subject)))
    send(make_member(), post)
    assert heard == []
    sent = send(somchai, post, Problem.PERSONAL)
    assert [(each.pk, subject.key) for each, subject in heard] == [(sent.pk, str(post.pk))]


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_are_counted_rightly(post):
    people = [make_member(trust_level=number % 3) for number in range(50)]
    other = of_post(make_post(post.topic, make_member()))
    subject = of_post(post)

    def both(who):  # fifty connections, two things each: a server takes no hundred
        return [report(member=who, subject=each, problem="rude").pk for each in (subject, other)]

    results = in_threads(both, people)
    assert [each for each in results if isinstance(each, Exception)] == []
    assert ProblemReport.objects.count() == 100
    weights = Case.objects.values_list("weight", flat=True)
    assert list(weights) == [sum(1 + each.trust_level for each in people)] * 2
    post.refresh_from_db()
    assert post.hidden_at is None  # all of them speak for themselves alone


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twenty_times_at_once_is_one_report(post, somchai):
    results = in_threads(lambda _nth: send(somchai, post).pk, range(20))
    assert len(set(results)) == 1
    assert Case.objects.get().weight == 1


@pytest.mark.django_db(transaction=True)
def test_who_reports_while_the_case_ends_is_settled_or_opens_the_next(post, somchai, moderator):
    case = send(make_member(), post).case

    def act(who):
        if who is moderator:
            return end_case(case=case, moderator=moderator, refused=True)
        return send(who, post)

    results = in_threads(act, [moderator, *(make_member() for _each in range(8))])
    assert [each for each in results if isinstance(each, Exception)] == []
    for each in ProblemReport.objects.select_related("case"):
        assert (each.state == ReportState.OPEN) == (each.case.ended_at is None)
