"""What the demo's people say of statements."""

from collections import Counter

import pytest
from django.db.models import Count, F

from accounts.models import Member
from forums.demo.script import load_json
from forums.discussions.topics.models import Topic
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.results.access import access_to, figures_for
from forums.knowledge.statements.models import Fate, Statement
from forums.knowledge.voting.models import Ballot, Round, StatementVote
from forums.knowledge.voting.permissions import is_open

pytestmark = pytest.mark.usefixtures("filled")


def topics() -> list[Topic]:
    return list(Topic.objects.filter(statement_count__gt=0).select_related("board").order_by("pk"))


def test_three_topics_have_statements_of_every_fate_and_seeds_of_each_network_in_equal_number():
    for topic in topics():
        said = list(Statement.objects.filter(topic=topic))
        fates = Counter(each.fate for each in said)
        assert 8 <= fates[Fate.OPEN] <= 12
        assert (fates[Fate.REFUSED], fates[Fate.MERGED], fates[Fate.SPLIT]) == (1, 1, 1)
        assert fates[Fate.WAITING] == 2
        seeds = Counter(each.network_id for each in said if each.in_name)
        assert len(seeds) >= 2
        assert len(set(seeds.values())) == 1
    assert len(topics()) == len(load_json("statements")) == 3


def test_each_has_two_rounds_in_which_three_networks_are_heard_and_of_one_topic_both_are_over():
    over = 0
    for topic in topics():
        before, now = Round.objects.filter(topic=topic).order_by("number")
        assert not is_open(before)
        assert before.closed_at == before.closes_at
        over += not is_open(now)
        heard = Counter(
            Ballot.objects.filter(round=now, counts=True).values_list("network", flat=True)
        )
        assert len([network for network, count in heard.items() if count >= 5]) >= 3
    assert over == 1
    assert Ballot.objects.values("member").distinct().count() >= 40


def test_a_visitor_reads_what_came_of_the_round_that_is_over_and_of_no_other(visitor):
    read = [figures_for(access_to(topic, visitor)) for topic in topics()]
    assert [figures is None for figures in read].count(False) == 1


def test_each_topic_has_all_that_votes_can_show():
    """Shared, differing, not sure; firm and fragile marks in all; groups of opinion; figures of an earlier round."""
    marks = set[str]()
    for topic in topics():
        answered = Member.objects.filter(pk__in=Ballot.objects.filter(
            round__topic=topic, round__number=2, answered__gte=5).values("member"))  # fmt: skip
        access = access_to(topic, answered.order_by("pk")[0])
        figures = figures_for(access)
        assert figures
        found = {each.finding for each in figures.statements}
        assert {Finding.SHARED, Finding.DIFFERS, Finding.UNSURE} <= found
        assert {each.finding for each in figures.statements if each.mark} == {Finding.SHARED}
        marks |= {each.mark for each in figures.statements}
        assert figures.map
        assert figures_for(access, number=1)
    assert marks >= {"firm", "fragile"}


def test_people_of_the_demo_disagree_and_pass_too():
    votes = Counter(StatementVote.objects.values_list("vote", flat=True))
    assert min(votes.values()) > sum(votes.values()) / 10


def test_what_is_written_together_is_counted_as_if_it_were_written_one_by_one():
    ballots = Ballot.objects.annotate(said=Count("votes"))
    assert ballots.exists()
    assert not ballots.exclude(said=F("answered")).exists()
    for statement in Statement.objects.annotate(said=Count("votes")):
        assert statement.answered == statement.said
        first = statement.votes.order_by("cast_at").first()
        assert statement.voted_at == (first.cast_at if first else None)
