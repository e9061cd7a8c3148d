"""What tests of safety share."""

import pytest

from tests.security.world import World, make_people, make_world


@pytest.fixture(autouse=True)
def _no_waiting(settings):
    settings.ACCOUNTS_SAME_TIME = 0
    settings.FORUMS_PACE = {what: [] for what in settings.FORUMS_PACE}


@pytest.fixture
def world(db) -> World:
    return make_world(make_people())
