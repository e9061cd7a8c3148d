"""A topic's row says how many of its statements are put to the vote, whatever becomes of them."""

import pytest

from forums.base.personal import Farewell, Parting
from forums.discussions.topics.models import Topic
from forums.knowledge.statements.actions import (
    accept,
    empty_statements,
    merge,
    part,
    refuse,
    take_back,
)
from forums.knowledge.statements.models import Refusal
from tests.knowledge.making import make_statement, steward
from tests.make import make_topic
from tests.management.commands import recount
from tests.threads import in_threads


@pytest.fixture
def topic(malee):
    return make_topic(malee)


def count(topic: Topic) -> int:
    topic.refresh_from_db(fields=["statement_count"])
    return topic.statement_count


def test_those_put_to_the_vote_are_counted_and_no_others(topic, somchai):
    waits = make_statement(topic, somchai, looked=False)
    assert count(topic) == 0
    accept(member=steward(), statement=waits)
    assert count(topic) == 1
    refuse(member=steward(), statement=make_statement(topic, looked=False), refusal=Refusal.UNCLEAR)
    merge(member=steward(), statement=make_statement(topic, looked=False), into=waits)
    assert count(topic) == 1


def test_one_parted_counts_as_its_parts_and_one_taken_back_no_more(topic, somchai):
    parts = part(member=steward(), statement=make_statement(topic, somchai), bodies=["ก", "ข", "ค"])
    assert count(topic) == 3
    take_back(member=somchai, statement=parts[0])
    assert count(topic) == 2
    empty_statements(Parting(somchai, Farewell.EMPTIED))
    assert count(topic) == 0


def test_what_was_counted_wrongly_is_put_right_and_said(topic):
    make_statement(topic)
    assert recount() == ["Everything was right."]
    Topic.objects.filter(pk=topic.pk).update(statement_count=7)
    assert f"topic {topic.pk}: 7 statements, in truth 1" in recount()
    assert count(topic) == 1


@pytest.mark.django_db(transaction=True)
def test_several_looked_at_at_once_are_all_counted(malee):
    topic = make_topic(malee)
    waiting = [make_statement(topic, looked=False) for _ in range(4)]
    in_threads(lambda each: accept(member=steward(), statement=each), waiting)
    assert count(topic) == 4
