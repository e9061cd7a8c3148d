"""The letter about what has waited a day."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership, Role
from forums.moderation import subjects
from forums.moderation.queue import actions, registry
from forums.moderation.queue.kinds import cases_wait, cases_wait_in
from forums.moderation.queue.models import Case
from forums.notifications.inbox.actions import spread
from forums.notifications.inbox.rows import lines_of
from forums.notifications.models import Email, Notification
from tests.make import join, make_board_of, make_member, make_post, make_topic


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


def test_a_networks_moderators_are_written_of_theirs_once_and_of_nothing_else(
    case, moderator, network, malee, somchai
):
    keeper = make_member("keeper")
    join(network, keeper, moderator, role=Role.MODERATOR)
    join(network, somchai)
    topic = make_topic(somchai, make_board_of(network, "everyone"))
    theirs = actions.open_case(
        kind="tried",
        subject=subjects.of_topic(Topic.objects.select_related("board").get(pk=topic.pk)),
    )
    assert actions.write_of_overdue(timezone.now() + DAY) == 2
    actions.write_of_overdue(timezone.now() + 2 * DAY)
    written = Email.objects.filter(kind="cases_wait_in")
    assert {letter.member for letter in written} == {keeper, malee}  # she coordinates it
    letter = written.get(member=keeper)
    assert letter.data["cases"] == [theirs.pk]
    assert iri_to_uri(f"/n/{network.slug}/queue/") in cases_wait_in(letter).body
    Membership.objects.filter(member=keeper).update(role=Role.MEMBER)
    assert cases_wait_in(letter) is None
    spread()
    notes = list(Notification.objects.filter(member=malee, kind="cases_wait_in"))
    (line,) = lines_of(malee, notes).values()
    assert line.url == f"{network.get_absolute_url()}queue/"
