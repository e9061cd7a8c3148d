"""Who may have the file of a round, and when there is none."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from forums.groups.networks.models import Network
from forums.knowledge.results import views
from forums.knowledge.results.export import packed
from forums.knowledge.statements.models import Statement
from tests.clients import signed_in
from tests.knowledge.making import make_round, told_round
from tests.make import make_member

pytestmark = pytest.mark.django_db


def names(response) -> list[str]:
    return ZipFile(BytesIO(response.content)).namelist()


def test_of_a_round_that_is_over_everybody_who_reads_the_topic_has_the_file():
    topic, _round, networks = told_round()
    response = Client().get(f"/t/{topic.pk}/common/export.zip")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    assert names(response) == ["README.txt", "participants-votes.csv", "comments.csv", "votes.csv"]
    people = ZipFile(BytesIO(response.content)).read("participants-votes.csv").decode()
    assert len(people.splitlines()) == 21
    assert networks[0].name in people


def test_a_network_that_was_hidden_since_is_not_named_in_it():
    topic, _round, (hidden, other) = told_round()
    Network.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    response = Client().get(f"/t/{topic.pk}/common/export.zip")
    people = ZipFile(BytesIO(response.content)).read("participants-votes.csv").decode()
    assert hidden.name not in people
    assert other.name in people
    assert len(people.splitlines()) == 21


def test_two_downloads_are_the_same_file_inside():
    topic, _round, _networks = told_round()
    one, other = (Client().get(f"/t/{topic.pk}/common/export.zip") for _ in range(2))
    for name in names(one):
        assert ZipFile(BytesIO(one.content)).read(name) == ZipFile(BytesIO(other.content)).read(
            name
        )


def test_asked_for_again_and_again_it_is_made_once(monkeypatch):
    topic, _round, (hidden, _other) = told_round()
    made = []
    monkeypatch.setattr(views, "packed", lambda *a, **k: made.append(1) or packed(*a, **k))
    for _time in range(3):
        assert Client().get(f"/t/{topic.pk}/common/export.zip").status_code == 200
    assert len(made) == 1
    Network.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    Client().get(f"/t/{topic.pk}/common/export.zip")
    assert len(made) == 2


def test_of_an_open_round_there_is_no_file():
    topic, _round, _networks = told_round(over=False)
    assert Client().get(f"/t/{topic.pk}/common/export.zip").status_code == 404


def test_while_the_next_round_is_open_who_has_not_answered_has_no_file_of_the_one_before():
    topic, _round, _networks = told_round()
    make_round(topic)
    for client in (Client(), signed_in(make_member(trust_level=1))):
        assert client.get(f"/t/{topic.pk}/common/export.zip?round=1").status_code == 404


@pytest.mark.parametrize("asked", ["2", "0", "x", "-1", "๑", "99999999999"])
def test_of_no_such_round_there_is_none(asked):
    topic, _round, _networks = told_round()
    assert Client().get(f"/t/{topic.pk}/common/export.zip?round={asked}").status_code == 404


def test_who_may_not_read_the_topic_has_no_file():
    topic, _round, _networks = told_round()
    type(topic).objects.filter(pk=topic.pk).update(hidden_at=topic.created_at)
    assert Client().get(f"/t/{topic.pk}/common/export.zip").status_code == 404


def test_a_statement_that_was_hidden_since_is_not_in_it():
    topic, _round, _networks = told_round()
    first = topic.statements.earliest("number")
    Statement.objects.filter(pk=first.pk).update(hidden_at=first.created_at)
    response = Client().get(f"/t/{topic.pk}/common/export.zip")
    assert first.body not in ZipFile(BytesIO(response.content)).read("comments.csv").decode()


def test_it_costs_as_many_queries_whatever_is_in_it(django_assert_max_num_queries):
    topic, _round, _networks = told_round()
    with django_assert_max_num_queries(6):
        Client().get(f"/t/{topic.pk}/common/export.zip")
