"""Dangerous acts ask again, by passkey or code; what was typed stands there until it is sent once more."""

import time

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client

from accounts.models import Member
from accounts.proof import WITHIN
from tests.clients import signed_in
from tests.make import make_member
from tests.passkeys import give_passkey

pytestmark = pytest.mark.django_db
REASON = "เปิดบัญชีปลอมหลายบัญชี"


@pytest.fixture
def guard(settings) -> Member:
    settings.STAFF_SECOND_FACTOR = True
    member = make_member("guard", is_staff=True)
    give_passkey(member)
    return member


def proves(client: Client, member: Member, *, ago: float = 0, method: str = "mfa") -> None:
    """As allauth notes it when she passes the second step."""
    session: SessionBase = client.session
    request = type("Asking", (), {"session": session, "user": member})()
    record_authentication(request, member, method=method)
    records = session["account_authentication_methods"]
    records[-1]["at"] = time.time() - ago
    session["account_authentication_methods"] = records
    session.save()


def at(member: Member) -> str:
    return f"/admin/accounts/member/act/suspend/?ids={member.pk}"


def test_opening_a_dangerous_act_leads_to_the_second_step_and_back(guard, malee):
    answer = signed_in(guard).get(at(malee))
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/2fa/")
    assert "reauthenticate" in answer.url
    assert "next=%2Fadmin%2Faccounts%2Fmember%2Fact%2Fsuspend%2F%3Fids%3D" in answer.url


def test_with_a_fresh_proof_it_is_done(guard, malee):
    client = signed_in(guard)
    proves(client, guard)
    assert client.get(at(malee)).status_code == 200
    assert client.post(at(malee), {"reason": REASON}).status_code == 302
    assert not Member.objects.get(pk=malee.pk).is_active


def test_what_was_typed_while_the_proof_grew_old_comes_back_and_is_sent_again(guard, malee):
    client = signed_in(guard)
    proves(client, guard, ago=WITHIN + 60 * 60)
    answer = client.post(at(malee), {"reason": REASON})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert REASON in page
    assert "reauthenticate" in page
    assert Member.objects.get(pk=malee.pk).is_active
    proves(client, guard)
    assert client.post(at(malee), {"reason": REASON}).status_code == 302
    assert not Member.objects.get(pk=malee.pk).is_active


def test_a_password_proves_nothing(guard, malee):
    client = signed_in(guard)
    proves(client, guard, method="password")
    assert client.post(at(malee), {"reason": REASON}).status_code == 403


def test_what_is_undone_lightly_is_not_asked_for(guard):
    assert signed_in(guard).get("/admin/forums/topic/").status_code == 200


def test_on_a_trial_machine_it_is_not_asked(moderator, malee, settings):
    assert settings.STAFF_SECOND_FACTOR is False
    assert signed_in(moderator).get(at(malee)).status_code == 200
