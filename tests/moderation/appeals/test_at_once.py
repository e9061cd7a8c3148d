"""At once: an appeal and an undoing, two answers, an answer and an undoing. Real threads, one answer each time."""

import pytest

from forums.base.errors import Stale
from forums.moderation import actions as moderation
from forums.moderation.appeals.actions import CASE, appeal, overturn, uphold
from forums.moderation.appeals.models import Appeal, AppealOutcome
from forums.moderation.models import Act, Decision
from forums.moderation.queue.actions import answer_case
from forums.moderation.queue.models import Case
from tests.make import make_member
from tests.threads import in_threads

pytestmark = pytest.mark.django_db(transaction=True)
WORDS, WHY = "เบอร์นั้นเป็นของสำนักงานเขต", "เป็นเบอร์ของหน่วยงานจริง"


def undo(moderator, post):
    return moderation.unhide_post(moderator=moderator, post=post, reason="ดูใหม่แล้ว")


def test_an_appeal_against_a_decision_that_is_being_undone(malee, moderator, hidden, post):
    def work(what):
        if what == "appeal":
            return appeal(member=malee, decision=hidden, words=WORDS)
        return undo(moderator, post)

    results = in_threads(work, ["appeal", "undo"])
    assert [each for each in results if isinstance(each, Decision)]
    found = Appeal.objects.first()
    if found is None:  # the undoing came first
        assert [each for each in results if isinstance(each, Stale)]
        assert not Case.objects.filter(kind=CASE).exists()
    else:
        assert found.outcome == AppealOutcome.UNDONE
        assert not Case.objects.filter(kind=CASE, ended_at=None).exists()


def test_two_moderators_who_answer_at_once_give_one_answer(malee, second, hidden):
    third = make_member("third", is_staff=True)
    made = appeal(member=malee, decision=hidden, words=WORDS)

    def work(one):
        act = overturn if one == second else uphold
        return act(moderator=one, appeal=made, reason=WHY).outcome

    results = in_threads(work, [second, third])
    made.refresh_from_db()
    assert results == [made.outcome] * 2
    undone = Decision.objects.filter(act=Act.UNHIDE).count()
    assert undone == (made.outcome == AppealOutcome.OVERTURNED)


def test_an_appeal_answered_while_its_decision_is_undone_ends_once(
    malee, moderator, second, hidden, post
):
    appeal(member=malee, decision=hidden, words=WORDS)
    case = Case.objects.get(kind=CASE)

    def work(what):
        if what == "queue":
            return answer_case(moderator=second, case=case, answer="overturn", grounds=WHY)
        return undo(moderator, post)

    in_threads(work, ["queue", "undo"])
    found = Appeal.objects.get()
    assert found.answered_at is not None
    assert Decision.objects.filter(act=Act.UNHIDE).count() == 1
    case.refresh_from_db()
    assert case.ended_at is not None


def test_ten_copies_of_one_appeal_make_one(malee, hidden):
    made = in_threads(lambda _n: appeal(member=malee, decision=hidden, words=WORDS).pk, range(10))
    assert set(made) == {Appeal.objects.get().pk}
    assert Case.objects.filter(kind=CASE).count() == 1
