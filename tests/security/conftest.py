"""What tests of safety share."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.made_once import made_once, no_pace
from tests.security.world import World, make_people, make_world


@pytest.fixture(autouse=True)
def _no_waiting(settings):
    settings.ACCOUNTS_SAME_TIME = 0
    settings.FORUMS_PACE = {what: [] for what in settings.FORUMS_PACE}
    settings.FORUMS_LIGHT_PACE = {}


@pytest.fixture(scope="module")
def _made_world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with made_once(django_db_blocker):
        with no_pace():
            made = make_world(make_people())
        yield made


@pytest.fixture
def world(_made_world, db) -> World:
    return _made_world


@pytest.fixture
def member(as_, malee) -> Client:
    """Malee's browser; what breaks is a 500 here as it is outside."""
    client = as_(malee)
    client.raise_request_exception = False
    return client
