"""Account mail holds no web thread: what a mail server that is silent, away or back does to whom."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client

from accounts import mailing
from tests.needs import CHECKOUT
from tests.smtp import mail_server

AWAY = "ตอนนี้ยังส่งอีเมลไม่ได้"


def letter(number: int = 0) -> EmailMessage:
    return EmailMessage(f"ที่ {number}", "รหัส", to=[f"someone{number}@example.org"])


def soon(question) -> bool:
    """Whether it becomes true within some seconds."""
    until = time.monotonic() + 10
    while not question() and time.monotonic() < until:
        time.sleep(0.02)
    return bool(question())


@pytest.fixture
def as_served(settings):
    """As on the site: who asks waits half a second for all of it."""
    settings.ACCOUNTS_SAME_TIME, settings.ACCOUNTS_MAIL_WAIT = 0.5, 0.4


@pytest.mark.django_db(transaction=True)
def test_a_silent_mail_server_does_not_stop_the_site(as_served, settings, monkeypatch):
    """Eight threads serve, as in production; sixteen ask for a password at once, then a reader comes."""
    monkeypatch.setattr(mailing, "SILENT", 0.5)
    monkeypatch.setattr(mailing, "PAUSE", 0.1)

    def reset(number: int) -> str:
        try:
            answer = Client().post("/accounts/password/reset/", {"email": f"n{number}@example.org"})
            return answer.url if answer.status_code == 302 else answer.text
        finally:
            connection.close()

    def read() -> float:
        try:
            assert Client().get("/").status_code == 200
            return time.monotonic()
        finally:
            connection.close()

    Client().get("/accounts/password/reset/")  # what is loaded once, is
    with mail_server(silent=True) as server, ThreadPoolExecutor(8) as threads:
        settings.MAILERS = server.settings(timeout=2)
        began = time.monotonic()
        asked = [threads.submit(reset, number) for number in range(16)]
        waited = threads.submit(read).result() - began
        assert waited < 4, waited  # 10 to 30 s when each letter held its thread
        told = [each.result() for each in asked]
        assert "/accounts/password/reset/done/" in told  # who came first is promised a letter
        assert server.calls <= 2 * mailing.AT_ONCE
        assert soon(mailing.is_away)
        # Whoever asks now is told, with what she typed, and the server is not asked again for her.
        page = reset(99)
        assert AWAY in page
        assert 'value="n99@example.org"' in page


def test_a_promised_letter_goes_when_the_server_is_back(settings, monkeypatch):
    monkeypatch.setattr(mailing, "PAUSE", 0.1)
    settings.ACCOUNTS_MAIL_WAIT = 0.1
    with mail_server(silent=True) as silent:
        settings.MAILERS = silent.settings(timeout=0.5)
        assert mailing.send(letter(1))
        assert soon(mailing.is_away)
        assert not mailing.send(letter(2))
    with mail_server() as server:
        settings.MAILERS = server.settings()
        assert soon(lambda: server.letters)
        assert soon(lambda: not mailing.is_away())
        assert mailing.send(letter(3))
    # Another test's may come as well: what was promised there is still tried.
    came = [
        number for number in (1, 2, 3) if f"someone{number}@".encode() in b"".join(server.letters)
    ]
    assert came == [1, 3]


def test_what_waits_is_bounded_and_ends(settings, monkeypatch, caplog):
    monkeypatch.setattr(mailing, "PAUSE", 0.05)
    monkeypatch.setattr(mailing, "MOST", 3)
    monkeypatch.setattr(mailing, "KEPT", 1)
    settings.ACCOUNTS_MAIL_WAIT = 0
    with mail_server(silent=True) as server:
        settings.MAILERS = server.settings(timeout=0.3)
        taken = [mailing.send(letter(number), told=False) for number in range(10)]
        assert sum(taken) <= mailing.MOST + mailing.AT_ONCE
        assert soon(lambda: not mailing._mailing._letters and not mailing._mailing._threads)
    assert "came to nothing" in caplog.text
    assert "example.org" not in caplog.text  # nor whose it was


def test_who_is_refused_at_once_is_told_and_nothing_is_kept(settings):
    with mail_server() as server:
        settings.MAILERS = server.settings()
    assert not mailing.send(letter())  # nobody listens there any more
    assert mailing.is_away()
    assert soon(lambda: not mailing._mailing._threads)
    assert not mailing._mailing._letters


def test_many_letters_go_over_few_connections(settings):
    settings.ACCOUNTS_MAIL_WAIT = 0
    with mail_server() as server:
        settings.MAILERS = server.settings()
        for number in range(30):
            assert mailing.send(letter(number))
        assert soon(lambda: len(server.letters) == 30)
        assert server.calls < 15


def test_a_process_that_ends_sends_first_what_it_has_promised(tmp_path):
    """A worker told to stop, as at each update: the letter handed over a moment ago still goes."""
    with mail_server() as server:
        program = f"""
import django; django.setup()
from django.conf import settings
settings.MAILERS, settings.ACCOUNTS_MAIL_WAIT = {server.settings()!r}, 0
from django.core.mail import EmailMessage
from accounts import mailing
print([mailing.send(EmailMessage("x", "y", to=["a@example.org"])) for _ in range(5)])
"""
        command = [sys.executable, "-c", program]
        environment = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "/usr/bin:/bin"}
        ran = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        assert len(server.letters) == 5


def test_a_process_that_ends_does_not_wait_for_a_server_that_is_away():
    program = """
import django; django.setup()
from django.conf import settings
settings.MAILERS["default"] = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "OPTIONS": {"host": "127.0.0.1", "port": 1}}
from django.core.mail import EmailMessage
from accounts import mailing
for _ in range(5): mailing.send(EmailMessage("x", "y", to=["a@example.org"]), told=False)
"""
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "/usr/bin:/bin"}
    began = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, env=environment, timeout=60)
    assert ran.returncode == 0
    assert time.monotonic() - began < 9  # not one pause
