"""What the demo's people say of statements."""

from collections import Counter

import pytest

from forums.demo.script import load_json
from forums.knowledge.statements.models import Fate, Statement
from forums.knowledge.voting.models import Ballot, Round, StatementVote
from forums.knowledge.voting.permissions import is_open

pytestmark = pytest.mark.usefixtures("filled")


def test_three_topics_have_statements_of_every_fate_and_seeds_of_each_network_in_equal_number():
    for topic in Statement.objects.order_by("topic").values_list("topic", flat=True).distinct():
        said = list(Statement.objects.filter(topic=topic))
        fates = Counter(each.fate for each in said)
        assert 8 <= fates[Fate.OPEN] <= 12
        assert (fates[Fate.REFUSED], fates[Fate.MERGED], fates[Fate.SPLIT]) == (1, 1, 1)
        assert fates[Fate.WAITING] == 2
        seeds = Counter(each.network_id for each in said if each.in_name)
        assert len(seeds) >= 2
        assert len(set(seeds.values())) == 1
    assert Statement.objects.values("topic").distinct().count() == len(load_json("statements")) == 3


def test_each_has_a_round_that_is_over_and_one_that_is_open_in_which_three_networks_are_heard():
    for topic in {each.topic_id for each in Round.objects.all()}:
        before, now = Round.objects.filter(topic=topic).order_by("number")
        assert (is_open(before), is_open(now)) == (False, True)
        assert before.closed_at == before.closes_at
        heard = Counter(
            Ballot.objects.filter(round=now, counts=True).values_list("network", flat=True)
        )
        assert len([network for network, count in heard.items() if count >= 5]) >= 3
    assert Ballot.objects.values("member").distinct().count() >= 40


def test_people_of_the_demo_disagree_and_pass_too():
    votes = Counter(StatementVote.objects.values_list("vote", flat=True))
    assert min(votes.values()) > sum(votes.values()) / 10
