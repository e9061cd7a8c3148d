"""What waits is told each morning to whoever may decide, more of them after three days, until somebody has looked."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Member
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership, Role
from forums.knowledge.statements.actions import accept, refuse
from forums.knowledge.statements.kinds import remind, waiting_letter
from forums.knowledge.statements.models import Refusal, Statement
from forums.knowledge.statements.queue import waits_for, who_is_reminded
from forums.knowledge.statements.telling import WAIT
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Email, Notification
from forums.text.dates import BANGKOK
from tests.knowledge.making import make_statement, steward
from tests.make import join, make_board_of, make_member, make_network, make_topic

NOON = datetime(2026, 11, 30, 12, tzinfo=BANGKOK)


@pytest.fixture
def starter(db):
    return make_member(trust_level=2)


@pytest.fixture
def topic(starter):
    return make_topic(starter)


def waiting(topic, *, days: float, author=None) -> Statement:
    made = make_statement(topic, author, looked=False)
    Statement.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=days))
    return made


def test_after_a_day_who_started_the_topic_and_moderators_after_three_stewards(
    topic, starter, moderator
):
    third, now = steward(), timezone.now()
    made = waiting(topic, days=0.9)
    assert who_is_reminded(now) == set()
    assert who_is_reminded(now + timedelta(days=1)) == {starter.pk, moderator.pk}
    assert third.pk in who_is_reminded(now + timedelta(days=3))
    accept(member=third, statement=made)
    assert who_is_reminded(now + timedelta(days=3)) == set()


def test_in_a_networks_board_its_moderators_and_stewards_nothing_of_a_private_one(moderator):
    network, keeper, third = make_network(), make_member(), steward()
    join(network, keeper, role=Role.MODERATOR)
    topic = make_topic(keeper, make_board_of(network, "network"))
    member = make_member()
    join(network, member)
    waiting(topic, days=1.5, author=member)
    now = timezone.now()
    assert keeper.pk in who_is_reminded(now)
    assert moderator.pk not in who_is_reminded(now)
    later = who_is_reminded(now + timedelta(days=3))
    assert moderator.pk in later
    assert third.pk not in later


def test_where_nobody_else_is_left_the_sites_moderators_are_told(moderator):
    now = timezone.now()
    newcomers = make_topic(make_member(trust_level=1))
    waiting(newcomers, days=1.5)
    assert who_is_reminded(now) == {moderator.pk}
    assert [each.topic for each in waits_for(moderator)] == [newcomers]
    network, keeper = make_network(), make_member()
    join(network, keeper, role=Role.MODERATOR)
    theirs = make_topic(make_member(), make_board_of(network, "everyone"))
    waiting(theirs, days=1.5)
    assert keeper.pk in who_is_reminded(now)
    leave = Membership.objects.filter(network=network).values("member")
    Member.objects.filter(pk__in=leave).update(is_active=False)
    assert who_is_reminded(now) == {moderator.pk}
    assert len(waits_for(moderator)) == 2


def test_what_waits_in_a_topic_off_all_lists_is_told_and_in_one_that_is_kept_not(topic, starter):
    waiting(topic, days=2)
    Topic.objects.filter(pk=topic.pk).update(unlisted_at=timezone.now())
    assert starter.pk in who_is_reminded(timezone.now())
    Topic.objects.filter(pk=topic.pk).update(archived_at=timezone.now())
    assert who_is_reminded(timezone.now()) == set()


def test_what_she_wrote_herself_does_not_wait_for_her(topic, starter, somchai):
    waiting(topic, days=2, author=starter)
    assert waits_for(starter) == []
    waiting(topic, days=2)
    assert [(each.topic, each.statements) for each in waits_for(starter)] == [(topic, 1)]
    assert waits_for(somchai) == []


def test_one_line_and_one_letter_a_day_and_again_the_next(as_, topic, starter):
    made = waiting(topic, days=2)
    remind(NOON.replace(hour=5))
    assert not Email.objects.filter(kind=WAIT).exists()
    for _ in range(2):
        remind(NOON)
        spread()
    assert Email.objects.filter(kind=WAIT, member=starter).count() == 1
    assert Notification.objects.filter(kind=WAIT, member=starter).count() == 1
    remind(NOON + timedelta(days=1))
    spread()
    assert Email.objects.filter(kind=WAIT, member=starter).count() == 2
    letter = waiting_letter(Email.objects.filter(kind=WAIT, member=starter).first())
    assert f"/t/{topic.pk}/common/waiting/" in letter.body
    assert made.body not in letter.body
    page = as_(starter).get("/notifications/").content.decode()
    assert (
        page.count(">คำกล่าว 1 ข้อ รอท่านดูใน “เดินเยี่ยมผู้ป่วยติดเตียงกันอย่างไร”</a>") == 1
    )  # of today alone
    accept(member=steward(), statement=made)
    assert waiting_letter(Email.objects.filter(kind=WAIT, member=starter).first()) is None
    assert "รอท่านดูใน" not in as_(starter).get("/notifications/").content.decode()


def test_whoever_wrote_it_is_told_what_became_of_it_and_not_by_whom(as_, topic, somchai):
    made, decider = make_statement(topic, somchai, looked=False), steward()
    refuse(member=decider, statement=made, refusal=Refusal.DOUBLE)
    spread()
    page = as_(somchai).get("/notifications/").content.decode()
    assert "ไม่ได้เปิดให้ตอบ" in page
    assert decider.display_name not in page
    assert Email.objects.filter(kind="statement-decided", member=somchai).count() == 1
