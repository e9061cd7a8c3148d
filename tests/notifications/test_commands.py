"""manage.py deliver and remind, as a process of its own beside a site."""

import os
import re
import signal
import subprocess
import sys
import threading
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from forums.management.commands import deliver as command
from forums.notifications import registry
from forums.notifications.models import Email
from forums.notifications.outbox import write_emails
from forums.notifications.registry import EmailText
from tests.management.commands import killed_once
from tests.needs import CHECKOUT
from tests.smtp import mail_server


@pytest.fixture(autouse=True)
def _kinds(monkeypatch, settings):
    settings.VAPID_KEY = ""  # what pushes is a thread, and would share the clocks below
    monkeypatch.setattr(registry, "_WRITERS", {"hello": lambda letter: EmailText("สวัสดี", "ถึงท่าน")})
    monkeypatch.setattr(registry, "_JOBS", {})


def test_deliver_sends_what_is_due_and_says_how_many(malee, capsys):
    EmailAddress.objects.create(user=malee, email=malee.email, primary=True, verified=True)
    write_emails("hello", key="a", members=[malee.pk])
    call_command("deliver")
    assert len(mail.outbox) == 1
    assert "1 letters" in capsys.readouterr().out


def test_deliver_says_that_the_mail_server_is_away(malee, settings):
    EmailAddress.objects.create(user=malee, email=malee.email, primary=True, verified=True)
    write_emails("hello", key="a", members=[malee.pk])
    with mail_server() as server:
        settings.MAILERS = server.settings()
    with pytest.raises(CommandError, match="takes nothing"):
        call_command("deliver")


SENDS = """
import sys, django; django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
backend = "django.core.mail.backends.smtp.EmailBackend"
where = {"host": "127.0.0.1", "port": int(sys.argv[2]), "timeout": 10}
settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": where}}
from forums.notifications import actions, registry
registry.email_kind("hello")(lambda letter: registry.EmailText(letter.key, "x"))
actions.deliver()
"""


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_midst_it_loses_none_and_only_the_one_on_its_way_waits():
    """A real process, killed for real, twice; then one that ends by itself."""
    addresses = [f"n{number}@example.org" for number in range(40)]
    write_emails("hello", key="a", addresses=addresses)
    with mail_server(slow=0.05) as server:
        port = str(server.server_address[1])
        for enough in (8, 16):
            killed_once(lambda enough=enough: len(server.letters) >= enough, SENDS, port)
        killed_once(lambda: False, SENDS, port)
        waiting = Email.objects.filter(sent_at=None)
        assert waiting.count() <= 2  # one a kill: on its way, or just taken
        assert set(waiting.values_list("tries", flat=True)) <= {0, 1}
        got = [re.search(rb"^To: (.*?)\r?$", letter, re.M)[1] for letter in server.letters]
        sent = Email.objects.exclude(sent_at=None).values_list("address", flat=True)
        assert {address.encode() for address in sent} <= set(got)
        assert len(got) == len(set(got))  # so soon after, none is doubled


def test_forever_leaves_a_mail_server_that_is_away_alone_for_a_while(db, monkeypatch, caplog):
    clock = iter([100.0, 103.0, 115.0, 131.0, *([200.0] * 10)])
    looks, asked = iter(range(100)), []

    def deliver(stop):
        asked.append(stop)
        raise command.ServerAway("refused")

    monkeypatch.setattr(command.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(command.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(command, "deliver", deliver)
    for name in ("remind", "close_old_connections"):
        monkeypatch.setattr(command, name, lambda: None)
    monkeypatch.setattr(command, "sort_in_if_due", lambda last, now: last)
    monkeypatch.setattr(command, "tidy", lambda after: None)
    monkeypatch.setattr(command, "due_day", lambda now: None)  # whatever the hour
    monkeypatch.setattr(command.Command, "_beside", lambda self, work: None)
    monkeypatch.setattr(command.os, "getppid", lambda: 7 if next(looks) < 16 else 1)
    monkeypatch.setattr(command.signal, "signal", lambda number, handler: None)
    call_command("deliver", forever=True, parent=7)
    assert len(asked) == 2  # at 100 and at 131
    assert caplog.text.count("takes nothing") == 2


def test_remind_fails_aloud(db):
    def broken(now):
        raise ValueError

    registry.scheduled("broken")(broken)
    with pytest.raises(CommandError, match="broken"):
        call_command("remind")


def test_remind_sorts_in_what_waits_where_no_service_does(db, monkeypatch):
    done = []
    monkeypatch.setattr("forums.management.commands.remind.sort_in", lambda: done.append(True))
    call_command("remind")
    assert done == [True]


def test_forever_keeps_house_now_and_then_sends_and_ends_when_its_parent_is_gone(db, monkeypatch):
    happened = []
    clock = iter([100.0, 101.0, 3500.0, *([3800.0] * 10)])
    looks = iter(range(100))
    monkeypatch.setattr(command.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(command.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(command, "remind", lambda: happened.append("remind"))
    monkeypatch.setattr(command, "deliver", lambda stop: happened.append("deliver"))
    monkeypatch.setattr(command, "spread", lambda stop: happened.append("spread"))
    places = {0: 100, 100: None}  # a little of the index each time, until all was looked at
    monkeypatch.setattr(command, "tidy", lambda after: happened.append(after) or places[after])
    asked = []  # each time, with what it said the time before
    monkeypatch.setattr(
        command, "sort_in_if_due", lambda last, now: asked.append((last, now)) or len(asked)
    )
    monkeypatch.setattr(command, "close_old_connections", lambda: None)
    monkeypatch.setattr(command.Command, "_beside", lambda self, work: None)
    monkeypatch.setattr(command.os, "getppid", lambda: 7 if next(looks) < 14 else 1)
    monkeypatch.setattr(command.signal, "signal", lambda number, handler: None)
    call_command("deliver", forever=True, parent=7)
    each = ["spread", "deliver"]
    hour = ["remind", 0, *each, 100, *each]
    assert happened[:10] == [*hour, *each, "remind"]
    assert asked[:3] == [(None, 100), (1, 101), (2, 3500)]
    assert happened.count("deliver") >= 3
    assert happened.count("remind") == happened.count(0) == 2


def test_forever_pushes_beside_its_letters_and_goes_on_when_that_fails(
    db, monkeypatch, settings, caplog
):
    settings.VAPID_KEY = "set"
    pushed, over = [], threading.Event()

    def push(stop):
        pushed.append(threading.current_thread().name)
        if len(pushed) == 1:
            raise DatabaseError("away")
        if len(pushed) == 2:
            raise ValueError("a fault of ours")
        over.set()

    monkeypatch.setattr(command, "push", push)
    monkeypatch.setattr(command, "of_members", lambda stop: None)
    monkeypatch.setattr(command, "deliver", lambda stop: over.wait(20))  # letters take their time
    for name in ("remind", "close_old_connections"):
        monkeypatch.setattr(command, name, lambda: None)
    monkeypatch.setattr(command, "spread", lambda stop: None)
    monkeypatch.setattr(command, "sort_in_if_due", lambda last, now: last)
    monkeypatch.setattr(command, "tidy", lambda after: None)
    monkeypatch.setattr(command.Command, "_beat", lambda self, stop: None)
    monkeypatch.setattr(command, "POLL", 0)
    monkeypatch.setattr(command.os, "getppid", lambda: 1 if over.is_set() else 7)
    monkeypatch.setattr(command.signal, "signal", lambda number, handler: None)
    call_command("deliver", forever=True, parent=7)
    assert pushed[:3] == ["push"] * 3
    assert "away" in caplog.text
    assert "The work of push failed" in caplog.text


def test_a_signal_ends_it_and_so_does_the_end_of_its_parent():
    """A real process, whose outbox cannot be reached: it waits, and still ends when it should."""
    environment = os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    told = subprocess.Popen(
        [sys.executable, "manage.py", "deliver", "--forever"],
        cwd=CHECKOUT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    # Whatever else it says of a database that is not there, it says this.
    assert any("cannot be read" in line for line in told.stderr)
    told.send_signal(signal.SIGTERM)
    assert told.wait(timeout=20) == 0
    left = subprocess.Popen(  # whoever started it, it says, is not its parent: it ends at once
        [sys.executable, "manage.py", "deliver", "--forever", "--parent", "1"],
        cwd=CHECKOUT,
        env=environment,
    )
    began = time.monotonic()
    assert left.wait(timeout=20) == 0
    assert time.monotonic() - began < 20
