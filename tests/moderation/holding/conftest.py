"""Newcomers are looked at first; a moderator was here today, or not for days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Member
from tests.make import make_board, make_member, make_topic


@pytest.fixture(autouse=True)
def _looks_first(settings):
    settings.FORUMS_LOOKS_FIRST = True


@pytest.fixture
def newcomer(db) -> Member:
    return make_member("nong", display_name="น้องใหม่", trust_level=0)


@pytest.fixture
def known(db) -> Member:
    return make_member("known", display_name="ป้าศรี", trust_level=1)


@pytest.fixture
def moderator(db) -> Member:
    """One who was here an hour ago."""
    return make_member("moderator", is_staff=True, last_login=timezone.now() - timedelta(hours=1))


@pytest.fixture
def topic(db):
    return make_topic(make_member("opener", trust_level=2), make_board())


@pytest.fixture
def seasoned(newcomer, topic):
    """The newcomer, two of whose texts were read by many, some days ago."""
    from tests.moderation.holding.made import read_by_many

    read_by_many(newcomer, topic)
    return newcomer
