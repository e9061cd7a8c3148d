"""The place, made once for the tests of a module."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.knowledge.matrix.place import Place
from tests.made_once import made_once, no_pace


@pytest.fixture(autouse=True)
def _no_waiting(settings):
    settings.FORUMS_PACE = {what: [] for what in settings.FORUMS_PACE}
    settings.FORUMS_LIGHT_PACE = {}


@pytest.fixture(scope="module")
def _made_place(django_db_setup: None, django_db_blocker: Any) -> Iterator[Place]:
    with made_once(django_db_blocker):
        with no_pace():
            made = Place()
        yield made


@pytest.fixture
def place(_made_place: Place, db: None) -> Place:
    return _made_place
