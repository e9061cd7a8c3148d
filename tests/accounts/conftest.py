"""What tests of accounts share: no tries left over from another test, mails to read, a password."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts import mailing
from accounts.models import Member
from tests.make import make_member

PASSWORD = "มะม่วงสุกใต้ต้น 7 ลูก"  # noqa: S105


@pytest.fixture(autouse=True)
def _no_tries_yet(request):
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        cache.clear()


@pytest.fixture(autouse=True)
def _no_waiting(settings):
    settings.ACCOUNTS_SAME_TIME = 0


@pytest.fixture(autouse=True)
def _mail_server_is_back(monkeypatch):
    """Whatever another test made of it."""
    monkeypatch.setattr(mailing, "_mailing", mailing.Mailing())


@pytest.fixture
def join(db) -> Callable[..., Member]:
    """Make a member who has confirmed her address: join("มาลี", "malee@example.org")."""

    def make(handle: str, email: str, *, verified: bool = True, **fields: object) -> Member:
        member = make_member(handle, email=email, password=PASSWORD, **fields)
        EmailAddress.objects.create(user=member, email=email, primary=True, verified=verified)
        return member

    return make


@pytest.fixture
def malee(join) -> Member:
    return join("malee", "malee@example.org", display_name="มาลี คำหล้า", province="55")


@pytest.fixture
def somchai(join) -> Member:
    return join("สมชาย", "somchai@example.org", display_name="สมชาย ตั้งใจดี")


@pytest.fixture
def login() -> Callable[..., Client]:
    """Sign in by the page, as people do; the client comes back."""

    def sign_in(member: Member, client: Client | None = None, **extra: Any) -> Client:
        client = client or Client()
        answer = client.post(
            "/accounts/login/", {"login": member.handle, "password": PASSWORD}, **extra
        )
        assert answer.status_code == 302, answer.content.decode()
        return client

    return sign_in


@pytest.fixture
def sure(login) -> Callable[..., Client]:
    """A client signed in, who has just typed her password again."""

    def sign_in(member: Member) -> Client:
        client = login(member)
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        return client

    return sign_in


def link_in(message: mail.EmailMessage) -> str:
    """The path of the first address of a page in a mail."""
    found = re.search(r"https?://[^/\s]+(/accounts/\S+)", message.body)
    assert found, message.body
    return found[1]


def code_in(message: mail.EmailMessage) -> str:
    """The code of signing in that a mail holds."""
    found = re.search(r"^\d{4}-\d{4}$", message.body, re.M)
    assert found, message.body
    return found[0]
