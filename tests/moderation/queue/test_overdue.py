"""The letter about what has waited a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.moderation import subjects
from forums.moderation.queue import actions, registry
from forums.moderation.queue.kinds import cases_wait
from forums.moderation.queue.models import Case
from forums.notifications.models import Email
from tests.make import make_post, make_topic


@pytest.fixture
def case(db, malee, monkeypatch):
    monkeypatch.setattr(registry, "_KINDS", dict(registry.case_kinds()))
    registry.case_kind("tried", "ทดลอง")
    post = make_post(make_topic(author=malee), malee)
    return actions.open_case(kind="tried", subject=subjects.of_post(post))


def letters():
    return Email.objects.filter(kind="cases_wait")


DAY = timedelta(hours=24, minutes=1)


def test_nothing_is_written_before_a_day_has_gone_by(case, moderator):
    assert actions.write_of_overdue(timezone.now() + timedelta(hours=23)) == 0
    assert not letters().exists()


def test_what_has_waited_a_day_is_written_of_once_in_one_letter_to_each_moderator(
    case, moderator, malee
):
    other = actions.open_case(
        kind="tried", subject=subjects.of_post(make_post(make_topic(author=malee), malee))
    )
    now = timezone.now() + DAY
    assert actions.write_of_overdue(now) == 2
    assert actions.write_of_overdue(now + DAY) == 0
    letter = letters().get()
    assert letter.member == moderator
    said = cases_wait(letter)
    assert "ทดลอง: 2" in said.body
    assert "/admin/queue/" in said.body
    assert {case.pk, other.pk} == set(letter.data["cases"])


def test_what_has_ended_meanwhile_is_not_spoken_of(case, moderator):
    actions.write_of_overdue(timezone.now() + DAY)
    actions.end_case(case=case, moderator=moderator)
    assert cases_wait(letters().get()) is None


def test_nobody_is_written_of_what_is_about_herself(case, moderator):
    Case.objects.update(about=moderator)
    actions.write_of_overdue(timezone.now() + DAY)
    assert cases_wait(letters().get()) is None


def test_who_moderates_no_more_is_told_nothing(case, moderator):
    actions.write_of_overdue(timezone.now() + DAY)
    moderator.is_staff = False
    moderator.save(update_fields=["is_staff"])
    assert cases_wait(letters().get()) is None
