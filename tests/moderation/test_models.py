"""The table of decisions: rows are only ever added, each about exactly one thing."""

import pytest
from django.db import IntegrityError, connection, transaction

from forums.moderation import actions
from forums.moderation.models import Act, Decision
from tests.make import make_topic


@pytest.fixture
def decision(malee, moderator) -> Decision:
    made = actions.pin(moderator=moderator, topic=make_topic(malee), reason="ข่าวสำคัญ")
    assert made is not None
    return made


def test_a_decision_cannot_be_changed(decision):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(reason="เปลี่ยนใจ")
    decision.reason = "เปลี่ยนใจ"
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save()
    decision.refresh_from_db()
    assert decision.reason == "ข่าวสำคัญ"


def test_a_decision_cannot_be_deleted(decision):
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.delete()
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM forums_decision")
    assert Decision.objects.count() == 1


def test_a_decision_is_about_exactly_one_thing(decision, malee, moderator):
    for about in ({}, {"topic": decision.topic, "member": malee}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(moderator=moderator, act=Act.PIN, reason="เพราะ", **about)


def test_a_decision_has_a_reason(decision, malee, moderator):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(moderator=moderator, act=Act.PIN, reason="", member=malee)
