"""A text of Malee's that a moderator has hidden."""

import pytest

from accounts.models import Member
from forums.moderation import actions
from forums.moderation.grounds import Grounds
from forums.moderation.models import Decision
from forums.moderation.rules.models import HouseRule
from tests.make import make_member, make_post, make_topic


@pytest.fixture
def rule(db) -> HouseRule:
    return HouseRule.objects.create(number=102, title="ไม่ลงข้อมูลส่วนตัว", text="ของใครก็ไม่ลง")


@pytest.fixture
def second(db) -> Member:
    return make_member("second", is_staff=True)


@pytest.fixture
def post(malee, somchai):
    return make_post(make_topic(somchai), malee, body="โทรหาเขาสิ เบอร์อยู่ในกลุ่ม")


@pytest.fixture
def hidden(post, moderator, rule) -> Decision:
    reason = Grounds("มีเบอร์โทรของคนอื่น", rule)
    decision = actions.hide_post(moderator=moderator, post=post, reason=reason)
    assert decision is not None
    return decision
