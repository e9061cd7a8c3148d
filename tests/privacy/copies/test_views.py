"""Her copy is hers: nobody else finds it, and she says her password before it goes out."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forums.privacy.copies import actions
from forums.privacy.copies.models import PersonalCopy
from tests.clients import signed_in
from tests.make import make_member

WORD = "คลองบ้านเราใสแล้ว"


@pytest.fixture
def copy(db: None, settings: Any, tmp_path: Path) -> PersonalCopy:
    settings.COPIES_ROOT = tmp_path
    member = make_member("nong", password=WORD)
    copy = actions.ask(member=member)
    actions.carry_on()
    copy.refresh_from_db()
    return copy


def just_signed_in(member: Member) -> Client:
    """Her password is minutes old."""
    EmailAddress.objects.get_or_create(user=member, email=member.email, primary=True, verified=True)
    client = Client()
    client.post("/accounts/login/", {"login": member.handle, "password": WORD})
    client.post("/accounts/reauthenticate/", {"password": WORD})
    return client


def test_she_fetches_it(copy):
    answer = just_signed_in(copy.member).get(copy.get_absolute_url())
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert b"".join(answer)[:2] == b"PK"


def test_who_sits_at_her_browser_is_asked_for_the_password_first(copy):
    answer = signed_in(copy.member).get(copy.get_absolute_url())
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize("staff", [False, True])
def test_nobody_else_finds_it(copy, staff):
    other = make_member("other", password=WORD, is_staff=staff)
    assert just_signed_in(other).get(copy.get_absolute_url()).status_code == 404
    assert Client().get(copy.get_absolute_url()).status_code == 302


def test_after_its_time_it_is_not_found(copy):
    PersonalCopy.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert just_signed_in(copy.member).get(copy.get_absolute_url()).status_code == 404


def test_asking_again_on_the_same_day_says_when(copy):
    answer = signed_in(copy.member).post("/settings/privacy/copy/", follow=True)
    assert "วันละ" in answer.content.decode()


def test_her_page_says_how_far_it_is(copy):
    PersonalCopy.objects.update(ready_at=None, expires_at=None, written=30, rows=60)
    assert "50 %" in signed_in(copy.member).get("/settings/privacy/").content.decode()
