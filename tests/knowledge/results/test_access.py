"""Nothing is told before one has answered oneself."""

import pytest
from django.contrib.auth.models import AnonymousUser

from forums.discussions.topics.models import Topic
from forums.knowledge.results.access import access_to, figures_for
from forums.knowledge.results.figures import RoundFigures
from forums.knowledge.results.models import PublishedResults
from forums.knowledge.voting.actions import close_round, vote
from forums.knowledge.voting.models import Answered
from tests.knowledge.making import make_round, make_statement, member_of, network_in, steward
from tests.make import make_topic

pytestmark = pytest.mark.django_db

NOTHING_SAID = RoundFigures(people=0, apart=0, heard=(), unheard=(), statements=())


@pytest.fixture
def topic():
    topic = make_topic()
    for _ in range(6):
        make_statement(topic)
    Topic.objects.filter(pk=topic.pk).update(statement_count=6)
    topic.refresh_from_db()
    return topic


def test_of_an_open_round_only_who_answered_five_reads_anything(topic):
    round_ = make_round(topic)
    PublishedResults.objects.create(round=round_, figures=NOTHING_SAID.to_json())
    malee = member_of(network_in(topic))
    said = list(topic.statements.all())
    for statement in said[:4]:
        vote(member=malee, round_=round_, statement=statement, choice=Answered.PASS)
        assert figures_for(access_to(topic, malee)) is None
    vote(member=malee, round_=round_, statement=said[4], choice=Answered.AGREE)
    assert figures_for(access_to(topic, malee)) == NOTHING_SAID
    assert figures_for(access_to(topic, member_of())) is None
    assert figures_for(access_to(topic, AnonymousUser())) is None


def test_of_a_closed_round_everybody_who_reads_the_topic_does(topic):
    round_ = make_round(topic)
    PublishedResults.objects.create(round=round_, figures=NOTHING_SAID.to_json())
    close_round(member=steward(), round_=round_)
    assert figures_for(access_to(topic, AnonymousUser())) == NOTHING_SAID


def test_while_the_next_round_is_open_the_one_before_is_not_told_either(topic):
    first = make_round(topic)
    PublishedResults.objects.create(round=first, figures=NOTHING_SAID.to_json())
    close_round(member=steward(), round_=first)
    make_round(topic)
    assert figures_for(access_to(topic, AnonymousUser()), number=1) is None


def test_a_topic_without_statements_asks_nothing(django_assert_num_queries):
    topic = make_topic()
    with django_assert_num_queries(0):
        assert access_to(topic, AnonymousUser()).round is None
