"""A comment somebody outside wants taken down."""

import pytest

from forums.moderation.queue.models import Case
from forums.moderation.takedown.actions import CASE, give_notice
from forums.moderation.takedown.models import Notice
from tests.make import make_post, make_topic

WORDS = "ย่อหน้าแรกบอกชื่อและที่อยู่ของข้าพเจ้า"


@pytest.fixture
def post(malee, somchai):
    return make_post(make_topic(malee), somchai, body="เขาชื่อนายทองดี อยู่ซอยหลังวัด")


@pytest.fixture
def given(post):
    """Give the same notice, or one that differs."""

    def give(**other: str) -> Notice:
        asked = {
            "notifier": "person",
            "name": "ทองดี",
            "email": "thongdi@example.org",
            "address": f"/p/{post.pk}/",
            "harm": "personal",
            "words": WORDS,
        }
        return give_notice(**asked | other)

    return give


@pytest.fixture
def case(given, moderator) -> Case:
    given()
    return Case.objects.get(kind=CASE)
