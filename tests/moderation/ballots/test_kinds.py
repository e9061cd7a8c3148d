"""Ballots that are alike count once, and moderators hear whose they are, never what they answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.knowledge.results.actions import publish
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import kind_of
from tests.clients import signed_in
from tests.knowledge.making import ballot_of, make_round, make_statement, network_in
from tests.make import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return make_topic()


@pytest.fixture
def round_(topic):
    for _ in range(8):
        make_statement(topic)
    return make_round(topic)


@pytest.fixture
def network(topic):
    return network_in(topic, "อสม. บ้านน้ำใส")


def cast(round_, network, pattern, *, minutes: int = 0, answered: int = 8):
    statements = list(round_.topic.statements.order_by("number"))[:answered]
    answers = {each: 1 if pattern >> at & 1 else -1 for at, each in enumerate(statements)}
    at = timezone.now() - timedelta(minutes=minutes)
    return ballot_of(round_, network, answers, first_at=at, last_at=at)


def people(round_) -> int:
    return publish(round_=round_).people


def test_alike_within_an_hour_they_count_once_and_open_one_case(round_, network, topic):
    for pattern in range(6):
        cast(round_, network, pattern)
    copies = [cast(round_, network, 3, minutes=-1) for _ in range(3)]
    assert people(round_) == 6
    case = Case.objects.get()
    assert (case.subject, case.key, case.network_id, case.about_id) == (
        "topic",
        str(topic.pk),
        None,
        None,
    )
    (section,) = kind_of(case).shown(case)
    assert "4" in section.title
    assert "อสม. บ้านน้ำใส" in section.title
    assert [who for who, _ in section.lines][1:] == [f"@{each.member.handle}" for each in copies]
    assert people(round_) == 6
    assert Case.objects.count() == 1


def test_two_alike_count_once_and_nobody_hears_of_it(round_, network):
    for pattern in [*range(6), 5]:
        cast(round_, network, pattern)
    assert people(round_) == 6
    assert not Case.objects.exists()


def test_of_another_network_or_another_hour_or_with_few_answers_they_all_count(
    round_, network, topic
):
    other = network_in(topic)
    for pattern in range(5):
        cast(round_, network, pattern)
        cast(round_, other, pattern)
    cast(round_, network, 3, minutes=90)
    for _ in range(4):
        cast(round_, network, 3, answered=6)
    assert people(round_) == 15
    assert not Case.objects.exists()


def test_its_page_names_the_accounts_to_moderators(round_, network, moderator):
    for pattern in [1, 2, 3, 4, 4, 4, 4]:
        cast(round_, network, pattern)
    publish(round_=round_)
    case = Case.objects.get()
    page = signed_in(moderator).get(f"/admin/queue/{case.pk}/").content.decode()
    assert kind_of(case).shown(case)[0].lines[0][0] in page
    assert "อสม. บ้านน้ำใส" in page


def test_when_one_changes_her_answers_she_counts(round_, network):
    for pattern in range(6):
        cast(round_, network, pattern)
    twin = cast(round_, network, 3)
    twin.votes.filter(vote=-1).update(vote=0)
    for pattern in range(10, 14):
        cast(round_, network, pattern)
    assert people(round_) == 11
