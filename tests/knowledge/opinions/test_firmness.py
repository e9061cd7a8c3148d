"""Whether what is shared would still be, were a few people or a group not there."""

import pytest

from forums.knowledge.opinions import groups as opinion_groups
from forums.knowledge.opinions.firmness import Trial, failed
from forums.knowledge.opinions.tallies import Finding, spreads
from forums.knowledge.opinions.votes import Votes
from tests.knowledge.opinions.conversations import published


def say(people, statement, agree, disagree=0):
    """The first `agree` agree, the next `disagree` disagree."""
    return [(person, statement, 1) for person in people[:agree]] + [
        (person, statement, -1) for person in people[agree : agree + disagree]
    ]


def different_ballots(people, *, since: int) -> list[tuple[int, int, int]]:
    """Votes on other statements that tell people's ballots apart: her number in halves."""
    return [
        (person, since + place, 1 if index >> place & 1 else -1)
        for index, person in enumerate(people)
        for place in range(6)
    ]


A, B, C = range(0, 40), range(100, 140), range(200, 240)


def votes_and_groups(cast, *groups):
    votes = Votes.of([*cast, *different_ballots([p for g in groups for p in g], since=1000)])
    return votes, {index: votes.set_of(group) for index, group in enumerate(groups)}


def trials(cast, *groups, before=None):
    votes, of = votes_and_groups(cast, *groups)
    assert spreads(votes, of)[1].finding is Finding.SHARED
    return failed(votes, of, [1], before=before)[1]


def test_what_large_parts_of_each_group_agree_to_is_firm():
    assert trials(say(A, 1, 32, 4) + say(B, 1, 30, 6) + say(C, 1, 31, 5), A, B, C) == ()


def test_what_only_one_group_made_clear_enough_is_fragile():
    """Of two groups nearly half passed; only with the third, where nobody did, is it clear on the whole."""
    passes = [(person, 1, 0) for group in (B, C) for person in group[20:38]]
    cast = say(A, 1, 30, 9) + say(B, 1, 20) + say(C, 1, 20) + passes
    assert Trial.WITHOUT_A_GROUP in trials(cast, A, B, C)
    assert Trial.WITHOUT_A_GROUP not in trials(cast[:-30], A, B, C)
    assert Trial.WITHOUT_A_GROUP not in trials(say(A, 1, 23, 16) + say(B, 1, 34, 4), A, B)


def test_what_hangs_on_the_most_active_few_is_fragile():
    active = A[:5]
    cast = say(A, 1, 7, 4) + say(B, 1, 30, 4)
    cast += [(person, 500 + n, 1) for person in active for n in range(20)]
    assert Trial.WITHOUT_THE_ACTIVE in trials(cast, A[:11], B)
    assert Trial.WITHOUT_THE_ACTIVE not in trials(say(A, 1, 32, 4) + say(B, 1, 30, 4), A, B)


def test_what_was_not_shared_before_the_mark_was_shown_is_fragile():
    cast = say(A, 1, 32, 4) + say(B, 1, 30, 4)
    then = Votes.of(say(A, 1, 3, 9) + say(B, 1, 30, 4))
    assert trials(cast, A, B, before=then) == (Trial.BEFORE_THE_MARK,)
    assert trials(cast, A, B, before=Votes.of(say(A, 1, 20, 2) + say(B, 1, 20, 2))) == ()


def test_many_with_one_and_the_same_ballot_count_once():
    cast = say(A, 1, 5, 5) + say(B, 1, 30, 4) + [(person, 1, 1) for person in range(300, 310)]
    votes = Votes.of([*cast, *different_ballots([*A, *B], since=1000)])
    of = {0: votes.set_of([*A, *range(300, 310)]), 1: votes.set_of(B)}
    assert Trial.SAME_BALLOTS_ONCE not in failed(votes, {0: votes.set_of(A), 1: of[1]}, [1])[1]
    one_less = votes_and_groups(say(A, 1, 5, 7) + say(B, 1, 30, 4), A, B)[0]
    assert (
        spreads(one_less, {0: one_less.set_of(A), 1: one_less.set_of(B)})[1].finding
        is not Finding.SHARED
    )
    cast = say(A, 1, 5, 7) + say(B, 1, 30, 4) + [(person, 1, 1) for person in range(300, 310)]
    votes = Votes.of([*cast, *different_ballots([*A, *B], since=1000)])
    assert Trial.SAME_BALLOTS_ONCE in failed(votes, of, [1])[1]


@pytest.mark.parametrize(
    "name", ["brexit-consensus", "scoop-hivemind.freshwater", "football-concussions"]
)
def test_strangers_sent_into_one_group_make_nothing_firm_that_is_not_shared_without_them(name):
    """A twentieth of all who count, all agreeing, in the group where that changes most; who counts is not frozen."""
    of = published(name)
    votes, refused = of.conversation.votes, of.conversation.refused
    found = opinion_groups.find(votes, left_out=refused, counted=of.conversation.counted)
    groups = found.sets(votes)
    strangers = range(10**6, 10**6 + len(found.of) // 20)
    honest = {
        statement: each.finding
        for statement, each in spreads(votes, groups).items()
        if statement not in refused
    }
    cast = [
        (person, statement, vote)
        for vote, sets in ((1, votes.agree), (-1, votes.disagree), (0, votes.passed))
        for statement in honest
        for person in votes.named(sets[statement])
    ]
    made_firm = []
    for statement in (each for each, finding in honest.items() if finding is not Finding.SHARED):
        with_them = Votes.of([*cast, *((person, statement, 1) for person in strangers)])
        for camp in groups:
            joined = {
                group: with_them.set_of(
                    [*votes.named(people), *(strangers if group == camp else ())]
                )
                for group, people in groups.items()
            }
            finding = spreads(with_them, joined)[statement].finding
            if finding is Finding.SHARED and not failed(with_them, joined, [statement])[statement]:
                made_firm.append((statement, camp))
    assert made_firm == []
