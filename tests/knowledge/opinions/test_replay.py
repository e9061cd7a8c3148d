"""Votes played again in their order."""

import pytest

from forums.knowledge.opinions import exports
from forums.knowledge.opinions import groups as opinion_groups
from forums.knowledge.opinions.exports import Cast
from forums.knowledge.opinions.replay import WAIT, replay
from forums.knowledge.opinions.votes import Vote
from tests.knowledge.opinions.conversations import published

GROUPS = {person: person % 2 for person in range(40)}


def all_say(vote: Vote, at: float) -> list[Cast]:
    return [Cast(at, person, 1, vote) for person in GROUPS]


def test_a_mark_is_given_a_day_after_it_is_earned():
    agreed = all_say(Vote.AGREE, 0)
    assert replay([*agreed, Cast(WAIT - 1, 0, 2, Vote.PASS)], GROUPS, [1, 2]).given == {1}
    turned = all_say(Vote.DISAGREE, WAIT / 2)
    assert replay([*agreed, *turned], GROUPS, [1]).given == frozenset()


def test_a_mark_is_lost_when_what_earned_it_is_gone_for_a_day():
    agreed, turned = all_say(Vote.AGREE, 0), all_say(Vote.DISAGREE, 2 * WAIT)
    for_an_hour = [*agreed, *turned, *all_say(Vote.AGREE, 2 * WAIT + 3600)]
    assert replay(for_an_hour, GROUPS, [1]).lost == frozenset()
    gone = replay([*agreed, *turned], GROUPS, [1])
    assert (gone.given, gone.lost, gone.share_lost) == ({1}, {1}, 1)


def test_who_is_in_no_group_and_what_is_no_statement_changes_nothing():
    strangers = [Cast(1, person, 1, Vote.DISAGREE) for person in range(100, 200)]
    other = [Cast(2, person, 77, Vote.AGREE) for person in GROUPS]
    assert replay([*all_say(Vote.AGREE, 0), *strangers, *other], GROUPS, [1]).given == {1}
    assert replay([], GROUPS, [1]).share_lost == 0


def test_of_the_marks_of_four_published_conversations_at_most_a_tenth_is_lost():
    given = lost = 0
    for name in (
        "brexit-consensus",
        "football-concussions",
        "scoop-hivemind.freshwater",
        "scoop-hivemind.taxes",
    ):
        of = published(name)
        votes, refused = of.conversation.votes, of.conversation.refused
        found = opinion_groups.find(votes, left_out=refused, counted=of.conversation.counted)
        again = replay(
            exports.read_cast(of.folder / "votes.csv"),
            found.of,
            [each for each in votes.statements if each not in refused],
        )
        assert again.lost <= again.given
        given, lost = given + len(again.given), lost + len(again.lost)
    assert given >= 50
    assert lost / given == pytest.approx(0, abs=0.1)
