"""What the letters of memberships say, and when they say nothing."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from forums.groups.memberships import actions
from forums.groups.memberships.models import Role
from forums.groups.networks.models import Network
from forums.notifications.actions import deliver
from tests.make import join, make_network


@pytest.fixture(autouse=True)
def _confirmed(malee, somchai):
    for member in (malee, somchai):
        EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)


def sent():
    deliver()
    return [(letter.to[0], letter.subject, letter.body) for letter in mail.outbox]


def test_a_coordinator_is_told_how_many_ask_and_where_to_answer(network, malee, somchai):
    actions.ask_to_join(member=somchai, network=network)
    ((to, subject, body),) = sent()
    assert (to, subject) == (malee.email, "[ร้อยพลัง] มีคนขอเข้าร่วม “คนรักคลอง” 1 คน")
    assert "/requests/" in body
    assert "สมชาย" not in body


def test_she_is_not_when_nobody_waits_any_more(network, somchai):
    actions.ask_to_join(member=somchai, network=network)
    actions.take_request_back(member=somchai, network=network)
    assert sent() == []


def test_nor_when_she_coordinates_it_no_longer(network, malee, somchai):
    join(network, somchai, role=Role.COORDINATOR)
    from tests.make import make_member

    actions.ask_to_join(member=make_member(), network=network)
    actions.give_role(coordinator=somchai, network=network, member=malee, role=Role.MEMBER)
    assert "role_given" not in str(sent())
    asked = [to for to, subject, _body in sent() if "ขอเข้าร่วม" in subject]
    assert asked == [somchai.email]


@pytest.mark.parametrize("accept", [True, False])
def test_who_asked_reads_the_answer_and_the_word(network, malee, somchai, accept):
    request = actions.ask_to_join(member=somchai, network=network)
    actions.answer_request(coordinator=malee, request=request, accept=accept, word="เจอกันวันเสาร์")
    to, subject, body = sent()[-1]
    assert to == somchai.email
    assert ("ยินดีต้อนรับ" in subject) == accept
    assert "เจอกันวันเสาร์" in body


def test_who_was_removed_reads_why(network, malee, somchai):
    join(network, somchai)
    actions.remove(coordinator=malee, network=network, member=somchai, reason="ขายของในห้อง")
    ((to, _subject, body),) = sent()
    assert to == somchai.email
    assert "ขายของในห้อง" in body


def test_of_a_hidden_network_nothing_is_told(network, malee, somchai):
    join(network, somchai)
    actions.remove(coordinator=malee, network=network, member=somchai, reason="ขายของในห้อง")
    actions.ask_to_join(member=somchai, network=network)
    Network.objects.update(hidden_at=timezone.now())
    assert sent() == []


def test_a_name_cannot_write_another_letters_head(malee, somchai):
    """Names and aims are lines already; a subject is one line whatever it holds."""
    network = make_network("ก\r\nBcc: x@intranet", malee)
    join(network, somchai)
    actions.give_role(coordinator=malee, network=network, member=somchai, role=Role.MODERATOR)
    deliver()
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == [somchai.email]


def test_roles_given_to_and_fro_are_one_letter_a_day_each(network, malee, somchai):
    join(network, somchai)
    for role in [Role.MODERATOR, Role.SPOKESPERSON] * 3:
        actions.give_role(coordinator=malee, network=network, member=somchai, role=role)
        deliver()
    assert len(mail.outbox) == 2
