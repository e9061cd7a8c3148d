"""Answers that wait to be alike hold few threads."""

import time

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.timing import AT_ONCE, BusyWithLetters, in_the_same_time
from tests.threads import in_threads

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(settings):
    settings.ACCOUNTS_SAME_TIME = 0.5
    view = in_the_same_time(lambda _request: HttpResponse("ได้"))

    def asked(method: str):
        began = time.monotonic()
        try:
            return view(RequestFactory().generic(method, "/")).status_code
        except BusyWithLetters:
            assert time.monotonic() - began < 0.4
            return BusyWithLetters.status

    return asked


def test_so_many_wait_at_once_and_the_next_is_told_at_once(ask):
    answers = in_threads(ask, ["POST"] * (AT_ONCE + 3) + ["GET"])
    assert sorted(answers) == [200] * (AT_ONCE + 1) + [503] * 3
    assert ask("POST") == 200


def test_over_the_site_she_reads_why_and_her_words_are_there(client, settings, monkeypatch):
    settings.ACCOUNTS_SAME_TIME = 0.5
    monkeypatch.setattr("accounts.timing._turns.acquire", lambda **_more: False)
    answer = client.post("/accounts/password/reset/", {"email": "malee@example.org"})
    assert answer.status_code == 503
    assert "malee@example.org" in answer.content.decode()
