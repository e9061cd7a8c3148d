"""A network's moderators neither undo nor write over what the site's decided about a topic, by whatever act."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.base.errors import NotAllowed
from forums.groups.memberships.models import Role
from forums.moderation.actions import lock
from forums.moderation.topics import actions
from tests.make import join, make_board_of, make_member, make_post, make_topic

WHY = "คุยกันเร็วเกินจะฟังกันทัน"


@pytest.fixture
def keeper(network):
    keeper = make_member("keeper")
    join(network, keeper, role=Role.MODERATOR)
    return keeper


@pytest.fixture
def topic(network, somchai):
    topic = make_topic(somchai, make_board_of(network, "everyone"))
    make_post(topic, somchai)
    return topic


def later(hours: int):
    return timezone.now() + timedelta(hours=hours)


DECIDED = {
    "slow": lambda who, topic: actions.slow_down(
        moderator=who, topic=topic, minutes=60, reason=WHY
    ),
    "close_at": lambda who, topic: actions.close_at(
        moderator=who, topic=topic, at=later(2), reason=WHY
    ),
    "lock": lambda who, topic: lock(moderator=who, topic=topic, reason=WHY),
    "unlist": lambda who, topic: actions.take_off_lists(moderator=who, topic=topic, reason=WHY),
}


def regroup(who, topic, what: str):
    if what == "split":
        return actions.split(moderator=who, topic=topic, numbers="1", title="เรื่องใหม่", reason=WHY)
    into = make_topic(topic.author, topic.board)
    return actions.join(moderator=who, topic=topic, into=into, reason=WHY)


def test_the_sites_pace_and_time_are_not_written_over(topic, keeper, moderator):
    DECIDED["slow"](moderator, topic)
    DECIDED["close_at"](moderator, topic)
    with pytest.raises(NotAllowed):
        actions.slow_down(moderator=keeper, topic=topic, minutes=1, reason=WHY)
    with pytest.raises(NotAllowed):
        actions.close_at(moderator=keeper, topic=topic, at=later(2000), reason=WHY)
    topic.refresh_from_db()
    assert topic.slow_minutes == 60


@pytest.mark.parametrize("what", ["split", "join"])
@pytest.mark.parametrize("decided", DECIDED)
def test_texts_leave_no_topic_the_site_has_decided_about(topic, keeper, moderator, decided, what):
    DECIDED[decided](moderator, topic)
    with pytest.raises(NotAllowed):
        regroup(keeper, topic, what)
    assert regroup(moderator, topic, what) is not None


@pytest.mark.parametrize("decided", DECIDED)
def test_what_a_networks_moderators_decided_they_change_themselves(topic, keeper, decided):
    DECIDED[decided](keeper, topic)
    if decided == "slow":
        assert actions.slow_down(moderator=keeper, topic=topic, minutes=5, reason=WHY) is not None
    assert regroup(keeper, topic, "join") is not None
