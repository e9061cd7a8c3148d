"""Who sees what of a poll, and what it says."""

import pytest

from forums.discussions.polls.actions import answer, take_answer_back
from forums.discussions.polls.models import PollKind, Shown
from forums.discussions.polls.outcomes import STEP, outcome_for, waits_for_more
from forums.text.calendar_words import weekday
from tests.discussions.polls.making import end, make_ballots, make_poll
from tests.make import in_days, make_member

pytestmark = pytest.mark.django_db
FIVE = [[1, 0, 0], [1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]]


@pytest.mark.parametrize(
    ("shown", "early", "answered"),
    [(Shown.ALWAYS, True, True), (Shown.ANSWERED, False, True), (Shown.CLOSED, False, False)],
)
def test_results_are_shown_as_was_said_and_to_all_when_it_has_closed(shown, early, answered):
    poll = make_poll(shown=shown)
    make_ballots(poll, *FIVE, *FIVE)
    assert (outcome_for(poll, answered=False) is not None) == early
    assert (outcome_for(poll, answered=True) is not None) == answered
    end(poll)
    assert outcome_for(poll, answered=False) is not None


def test_a_secret_poll_tells_what_five_said_when_five_more_have_answered():
    poll = make_poll(shown=Shown.ALWAYS)
    make_ballots(poll, *FIVE, *[[0, 0, 1]] * 4)
    assert outcome_for(poll, answered=True) is None
    assert waits_for_more(poll, answered=True)
    for _n in range(STEP):
        make_ballots(poll, [0, 0, 1])
        told = outcome_for(poll, answered=True)
        assert told is not None
        assert [each.count for each in told.options] == [3, 1, 1]
        assert told.is_partial
    make_ballots(poll, [0, 0, 1])
    last = outcome_for(poll, answered=True)
    assert last is not None
    assert [each.count for each in last.options] == [3, 1, 6]


def test_who_asked_cannot_close_it_after_the_next_answer_and_read_that_one():
    """What was told while it was open is of at least five fewer than answered in all."""
    for people in range(5, 26):
        poll = make_poll(shown=Shown.ALWAYS)
        make_ballots(poll, *(FIVE[n % 5] for n in range(people)))
        told = outcome_for(poll, answered=True)
        last = outcome_for(end(poll), answered=True)
        assert last is not None
        assert told is None or last.counted - told.counted >= STEP


def test_one_member_cannot_make_the_next_step_come_by_answering_again_and_again():
    poll = make_poll(shown=Shown.ALWAYS)
    members = make_ballots(poll, *FIVE)
    make_ballots(poll, *[[0, 0, 1]] * 6)
    for _n in range(6):
        answer(member=members[0], poll=poll, marks=[0, 1, 0])
        take_answer_back(member=members[0], poll=poll)
        answer(member=members[0], poll=poll, marks=[1, 0, 0])
    poll.refresh_from_db()
    assert poll.told_voters == 5


def test_with_names_everything_is_shown_at_once_and_a_closed_one_says_all():
    named = make_poll(names_shown=True)
    make_ballots(named, [1, 0, 0])
    found = outcome_for(named, answered=False)
    assert found is not None
    assert found.first == ["วันเสาร์"]
    secret = make_poll()
    make_ballots(secret, [1, 0, 0], [0, 1, 0])
    end(secret)
    tie = outcome_for(secret, answered=False)
    assert tie is not None
    assert (tie.first, tie.is_tied) == (["วันเสาร์", "วันอาทิตย์"], True)
    assert [each.percent for each in tie.options] == [50, 50, 0]


def test_nobody_answered_and_nobody_leads():
    for kind in PollKind:
        found = outcome_for(end(make_poll(kind=kind)), answered=False)
        assert found is not None
        assert (found.first, found.counted) == ([], 0)
        assert len(found.options) == 3


def test_the_day_most_can_comes_first_then_the_one_fewest_cannot():
    poll = make_poll(kind=PollKind.DATE)
    make_ballots(poll, [2, 2, 0], [2, 0, 1], [0, 2, 1], [0, 1, 2])
    found = outcome_for(end(poll), answered=False)
    assert found is not None
    assert [(each.count, each.if_need_be, each.no, each.place) for each in found.options] == [
        (2, 0, 2, 2),
        (2, 1, 1, 1),
        (1, 2, 1, 3),
    ]
    assert found.first == [found.options[1].label]
    assert "9.30" in found.options[1].label or "9:30" in found.options[1].label
    assert found.options[1].label.startswith(f"{weekday(in_days(4))} ")


def test_a_ranking_is_told_in_its_order_with_each_pair():
    poll = make_poll(kind=PollKind.RANKED)
    make_ballots(poll, [2, 1, 3], [2, 1, 0], [1, 2, 2], [2, 1, 3])
    found = outcome_for(end(poll), answered=False)
    assert found is not None
    assert [(each.label, each.place, each.count) for each in found.options] == [
        ("วันอาทิตย์", 1, 2),
        ("วันเสาร์", 2, 1),
        ("วันจันทร์", 3, 0),
    ]
    assert [(each.for_one, each.for_other) for each in found.pairs] == [(1, 3), (4, 0), (3, 0)]


def test_rankings_that_put_all_alike_lead_nowhere():
    poll = make_poll(kind=PollKind.RANKED)
    make_ballots(poll, [1, 1, 1], [2, 2, 2])
    found = outcome_for(end(poll), answered=False)
    assert found is not None
    assert (found.first, found.counted) == ([], 2)


def test_of_no_secret_poll_can_one_answer_be_taken_from_two_moments():
    """Each step that is told has at least five more ballots than the one before."""
    poll = make_poll(shown=Shown.ALWAYS)
    told = set()
    for n in range(23):
        answer(member=make_member(), poll=poll, marks=FIVE[n % 5])
        poll.refresh_from_db()
        told.add(poll.told_voters)
    assert sorted(told) == [0, 5, 10, 15]
