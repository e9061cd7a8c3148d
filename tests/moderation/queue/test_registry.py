"""Answers to cases: what may be chosen, by whom, and what follows."""

import pytest

from forums.base.errors import AlreadyDecided, BadText, NotAllowed
from forums.moderation import actions as acts
from forums.moderation import subjects
from forums.moderation.grounds import Grounds
from forums.moderation.models import Decision
from forums.moderation.queue import actions, registry
from forums.moderation.queue.models import Case, CaseState
from forums.moderation.queue.registry import CaseAnswer
from tests.make import make_member, make_post, make_topic
from tests.threads import in_threads

KIND = "tried"
WHY = Grounds("ว่าร้ายกัน")


def hide(moderator, case, grounds, more):
    post = subjects.subject_at(case.subject, case.key, moderator).thing
    return acts.hide_post(moderator=moderator, post=post, reason=grounds)


def nothing(moderator, case, grounds, more):
    return None


KEEP = CaseAnswer("keep", "keep", nothing, refused=True, says_why=False)
HIDE = CaseAnswer("hide", "hide", hide, grave=True)
LATER = CaseAnswer("later", "later", nothing, ends=False)
STAFF = CaseAnswer("staff", "staff", nothing, may=lambda member, case: member.is_staff)


@pytest.fixture
def kinds(monkeypatch):
    monkeypatch.setattr(registry, "_KINDS", dict(registry.case_kinds()))
    said = []
    registry.case_kind(
        KIND,
        "tried",
        ended=lambda case, decision: said.append((case.answer, decision)),
        answers=lambda case, subject: [KEEP, HIDE, LATER, STAFF],
    )
    return said


@pytest.fixture
def case(kinds, db, malee):
    post = make_post(make_topic(author=malee), malee)
    return actions.open_case(kind=KIND, subject=subjects.of_post(post))


def answer(case, moderator, name, grounds=WHY):
    return actions.answer_case(moderator=moderator, case=case, answer=name, grounds=grounds)


def test_an_answer_does_what_it_says_and_ends_the_case_with_its_decision(case, moderator, kinds):
    decision = answer(case, moderator, "hide")
    case.refresh_from_db()
    assert (case.state, case.decision, case.answer) == (CaseState.DECIDED, decision, "hide")
    assert case.ended_by == moderator
    assert kinds == [("hide", decision)]
    assert decision.post.pk == int(case.key)


def test_what_is_kept_is_refused_to_whoever_asked_and_needs_no_decision(case, moderator, kinds):
    assert answer(case, moderator, "keep", Grounds("")) is None
    case.refresh_from_db()
    assert (case.state, case.decision, case.answer) == (CaseState.REFUSED, None, "keep")


def test_an_answer_that_ends_nothing_leaves_the_case_waiting(case, moderator, kinds):
    answer(case, moderator, "later")
    case.refresh_from_db()
    assert (case.state, kinds) == (CaseState.OPEN, [])


def test_what_a_kind_does_not_offer_changes_nothing(case, moderator):
    with pytest.raises(BadText):
        answer(case, moderator, "burn")
    case.refresh_from_db()
    assert case.state == CaseState.OPEN


def test_a_decision_that_is_refused_leaves_the_case_as_it_was(case, moderator):
    with pytest.raises(BadText):
        answer(case, moderator, "hide", Grounds(" "))
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    assert not Decision.objects.exists()


def test_what_another_has_taken_only_she_decides(case, moderator):
    other = make_member("ผู้ดูแลอีกคน", is_staff=True)
    actions.take(moderator=other, case=case)
    with pytest.raises(NotAllowed):
        answer(case, moderator, "hide")
    assert answer(case, other, "hide") is not None


def test_what_has_been_decided_is_not_decided_again(case, moderator):
    answer(case, moderator, "keep")
    with pytest.raises(AlreadyDecided):
        answer(case, moderator, "hide")


def test_members_answer_nothing(case, somchai):
    with pytest.raises(NotAllowed):
        answer(case, somchai, "keep")


def test_an_answer_may_be_for_some_only(case, moderator, somchai):
    assert "staff" in registry.answers_to(case, None, moderator)
    assert "staff" not in registry.answers_to(case, None, somchai)


def test_a_kind_without_answers_of_its_own_takes_those_for_its_thing(case, moderator, monkeypatch):
    monkeypatch.setattr(registry, "_GENERAL", [])
    registry.general_answers(lambda case, subject: [HIDE] if case.subject == "post" else [])
    registry.general_answers(
        lambda case, subject: [CaseAnswer("keep", "keep", nothing, refused=True, place=0)]
    )
    registry.case_kind(KIND, "tried")
    assert list(registry.answers_to(case, None, moderator)) == ["keep", "hide"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_does_and_the_other_is_told(kinds, malee, moderator):
    other = make_member("ผู้ดูแลอีกคน", is_staff=True)
    post = make_post(make_topic(author=malee), malee)
    case = actions.open_case(kind=KIND, subject=subjects.of_post(post))

    def run(who):
        return answer(Case.objects.get(pk=case.pk), who, "hide")

    done = in_threads(run, [moderator, other])
    assert {type(each) for each in done} == {Decision, AlreadyDecided}
    assert Decision.objects.count() == 1
    assert len(kinds) == 1
