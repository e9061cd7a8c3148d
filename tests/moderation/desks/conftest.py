"""What the desk's pages are about."""

import pytest

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from tests.make import make_member, make_post, make_topic


@pytest.fixture
def topic(malee) -> Topic:
    return make_topic(malee, tags=["น้ำ"])


@pytest.fixture
def post(topic, somchai) -> Post:
    return make_post(topic, somchai, body="ตัวอักษร **หนา** ในข้อความ")


@pytest.fixture
def head(db) -> Member:
    return make_member("head", is_staff=True, is_superuser=True)
