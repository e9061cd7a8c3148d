"""How the demo's people come to see each other."""

from collections import Counter

import pytest

from forums.discussions.polls.models import Poll, PollKind
from forums.groups.networks.models import Network
from forums.knowledge.differences.told import kinds_of_difference
from forums.knowledge.glossary.models import Meaning
from forums.knowledge.guesses.acquaintances import acquainted
from forums.knowledge.guesses.models import Acquaintance
from forums.knowledge.portrayals.models import Portrayal
from forums.knowledge.restatements.models import Restatement
from forums.knowledge.results.figures import RoundFigures
from forums.knowledge.results.models import PublishedResults
from tests.demo.test_voting_play import topics

pytestmark = pytest.mark.usefixtures("filled")


def test_in_each_topic_two_networks_find_themselves_in_what_another_says_and_one_still_reads():
    for topic in topics():
        there = Portrayal.objects.filter(topic=topic)
        passed = there.filter(passed=True).values("target").distinct()
        assert passed.count() == 2
        assert there.waiting().filter(judges__lt=5).count() == 1
    assert Portrayal.objects.filter(ended_at__isnull=False, passed=False).exists()


def test_a_restatement_fits_another_does_not_and_one_has_no_answer_yet():
    for topic in topics():
        said = Restatement.objects.filter(topic=topic)
        assert Counter(said.values_list("fits", flat=True)) == {True: 1, False: 1, None: 1}


def test_both_sides_of_a_difference_say_of_what_kind_it_is():
    for told in PublishedResults.objects.filter(round__number=2):
        assert kinds_of_difference(RoundFigures.from_json(told.figures).statements)


def test_a_word_stands_on_two_cards_in_each_topic():
    for topic in topics():
        words = Meaning.objects.filter(word__topic=topic).values_list("word", flat=True)
        assert Counter(words).most_common(1)[0][1] == 2


def test_networks_know_each_other_both_ways():
    viewers = Network.objects.filter(pk__in=Acquaintance.objects.values("viewer"))
    assert viewers.count() >= 6
    for network in viewers:
        assert acquainted(network).rows


def test_there_are_polls_of_every_kind_one_over_and_one_whose_names_are_shown():
    assert set(Poll.objects.values_list("kind", flat=True)) == set(PollKind.values)
    for topic in topics():
        polls = Poll.objects.filter(topic=topic)
        assert polls.filter(closed_at=None).exists()
        assert not polls.filter(voters__lt=5).exists()
    assert Poll.objects.filter(closed_at__isnull=False).exists()
    assert Poll.objects.filter(names_shown=True).exists()
