"""Two who know each other well enough to write, and what they said."""

import pytest

from accounts.models import Member
from forums.reading.messages.actions import begin
from forums.reading.messages.models import Conversation
from tests.make import make_member


@pytest.fixture
def malee(db) -> Member:
    return make_member("malee", display_name="มาลี คำหล้า", trust_level=1)


@pytest.fixture
def somchai(db) -> Member:
    return make_member("somchai", display_name="สมชาย ตั้งใจดี", trust_level=1)


@pytest.fixture
def nong(db) -> Member:
    return make_member("nong", display_name="น้อง", trust_level=1)


@pytest.fixture
def pair(malee, somchai) -> Conversation:
    """Malee wrote to Somchai."""
    return begin(writer=malee, people=[somchai], body="สวัสดีค่ะ").conversation


@pytest.fixture
def group(malee, somchai, nong) -> Conversation:
    """Malee wrote to Somchai and Nong."""
    return begin(writer=malee, people=[somchai, nong], body="นัดกันวันไหนดี").conversation
