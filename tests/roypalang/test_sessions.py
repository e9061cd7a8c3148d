"""Sessions are Django's; how one is found is ours."""

import random
from datetime import timedelta
from string import ascii_letters

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from roypalang.sessions import SessionStore
from tests.accounts.test_attacks import paths
from tests.benchmarks.plans import queries_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wrote", "reads"), [(db.SessionStore, SessionStore), (SessionStore, db.SessionStore)]
)
def test_each_reads_what_the_other_wrote(wrote, reads):
    written = wrote()
    written["name"] = "มาลี"
    written.save()
    assert dict(reads(written.session_key).items()) == {"name": "มาลี"}


def test_one_that_is_over_or_unknown_is_empty_and_gets_another_name():
    written = SessionStore()
    written["name"] = "มาลี"
    written.save()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    for key in (written.session_key, "x" * 32):
        read = SessionStore(key)
        assert dict(read.items()) == {}
        assert read.session_key is None


def test_one_that_was_not_signed_here_is_empty():
    written = SessionStore()
    written.save()
    Session.objects.update(session_data="eyJhIjoxfQ:1:x")
    assert dict(SessionStore(written.session_key).items()) == {}


def test_a_page_finds_its_session_by_one_prepared_statement(as_, malee):
    client = as_(malee)
    with queries_of() as found:
        assert client.get("/").status_code == 200
    (asked,) = [query for query in found if "django_session" in query.sql]
    assert asked.prepared


def lasts(**said: object) -> timedelta:
    written = SessionStore()
    written.update(said)
    written.save()
    ends: timedelta = Session.objects.get(pk=written.session_key).expire_date - timezone.now()
    return round(ends / timedelta(days=1)) * timedelta(days=1)


def test_where_nobody_came_in_it_lasts_a_day_or_as_long_as_an_account_that_waits(settings):
    settings.ACCOUNTS_PENDING_DAYS = 7
    assert lasts(challenge="x") == timedelta(days=1)
    assert lasts(gave_password_of=1) == lasts(came_by_provider_of=1) == timedelta(days=7)
    assert lasts(_auth_user_id="1") == timedelta(days=60)


def test_it_keeps_no_form_as_large_as_one_likes(as_, malee):
    malee.set_password("มะม่วงสุกใต้ต้น 7 ลูก")
    malee.save()
    client, odd = as_(malee), "".join(random.choices(ascii_letters, k=200_000))
    before = Session.objects.get().session_data
    # She is to type her password first, and allauth keeps the form meanwhile.
    answer = client.post("/accounts/2fa/recovery-codes/generate/", {"odd": odd})
    assert answer.status_code == 413
    assert Session.objects.get().session_data == before
    assert client.post("/accounts/2fa/recovery-codes/generate/", {"odd": "1"}).status_code == 302
    assert Session.objects.get().session_data != before


@pytest.mark.parametrize(
    "key", [r'"\000aaaaaaaa"', r'"aaaaaaaa\000"', "\xe0\xb8\x81aaaaaaaa", "a" * 5_000, "short"]
)
def test_a_cookie_that_is_no_key_is_a_strangers_and_asked_for_nowhere(key, settings):
    client = Client(HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}={key}")
    with queries_of() as found:
        assert client.get("/settings/profile/").status_code == 302
        assert client.post("/accounts/logout/").status_code == 302
    assert not [each for each in found if "django_session" in str(each)]


def test_a_strangers_form_is_kept_nowhere(client, settings):
    settings.FORUMS_LIGHT_PACE = {}
    for path in paths():
        client.cookies.clear()
        answer = client.post(path, {"odd": "1", "next": "/" + "x" * 5_000})
        assert not Session.objects.exists(), f"{path}: {answer.status_code}"


def test_a_passkey_is_asked_for_only_so_often_for_a_session_is_made_each_time(client, settings):
    settings.FORUMS_LIGHT_PACE = {"ways_in": (0, 2)}
    path, script = "/accounts/2fa/webauthn/login/", {"X-Requested-With": "XMLHttpRequest"}
    answers = [Client().get(path, headers=script).status_code for _ in range(4)]
    assert answers == [200, 200, 429, 429]
    assert Session.objects.count() == 2
