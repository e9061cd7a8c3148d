"""The outbox when things go wrong: a mail server that is away, slow or says no, addresses that send mails back, a clock
set back, workers killed again and again."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts.bounces.actions import count
from accounts.bounces.return_path import SentMail, found_in
from accounts.models import BounceScore, Why
from forums.notifications import actions, registry
from forums.notifications.models import Email
from forums.notifications.outbox import write_emails
from forums.notifications.registry import EmailText
from tests.mailbox import free_port, mailbox, mailers_at
from tests.make import make_member
from tests.needs import CHECKOUT


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    monkeypatch.setattr(registry, "_WRITERS", {"hello": lambda email: EmailText("สวัสดี", "ถึงท่าน")})
    monkeypatch.setattr(registry, "_JOBS", {})


def confirmed(handle: str = ""):
    member = make_member(handle) if handle else make_member()
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    return member


class Clock:
    """What the sending takes for the time."""

    def __init__(self, monkeypatch) -> None:
        self.moved = timedelta()
        self._real = timezone.now
        fake = SimpleNamespace(now=lambda: self._real() + self.moved)
        monkeypatch.setattr(actions, "timezone", fake)


def test_a_mail_server_that_is_away_for_an_hour_gets_them_all_when_it_is_back(
    db, settings, monkeypatch
):
    clock = Clock(monkeypatch)
    write_emails("hello", key="a", members=[confirmed().pk for _ in range(5)])
    port = free_port()
    settings.MAILERS = mailers_at(port)
    for _try in range(20):  # `deliver --forever` asks more often
        with pytest.raises(actions.ServerAway):
            actions.deliver()
        clock.moved += timedelta(minutes=3)
    assert set(Email.objects.values_list("tries", "dropped_at")) == {(0, None)}
    clock.moved += timedelta(minutes=1)
    with mailbox(port) as box:
        assert actions.deliver() == 5
        assert set(box.got.values()) == {1}


def test_a_slow_mail_server_is_waited_for_and_gets_each_letter_once(db, settings, monkeypatch):
    """Thirty seconds an answer, a hundred times as fast; whoever hangs up on it would send it six times."""
    assert actions.PATIENCE > 30
    # Five answers to a letter, one to the question whether it is still there: before anybody else takes it.
    assert timedelta(seconds=6 * actions.PATIENCE) < actions.WAITS[0]
    monkeypatch.setattr(actions, "PATIENCE", actions.PATIENCE / 100)
    write_emails("hello", key="a", members=[confirmed().pk for _ in range(3)])
    with mailbox(slow=0.3) as box:
        settings.MAILERS = box.settings(timeout=0.1)
        assert actions.deliver() == 3
        assert (len(box.got), set(box.got.values())) == (3, {1})
    assert set(Email.objects.values_list("tries", flat=True)) == {1}


def test_one_that_the_server_refuses_is_dropped_and_counts_and_the_others_go_on(db, settings):
    gone, others = confirmed("gone"), [confirmed() for _ in range(4)]
    write_emails("hello", key="a", members=[gone.pk, *(one.pk for one in others)])
    with mailbox(answers={gone.email: "550 5.1.1 no such user"}) as box:
        settings.MAILERS = box.settings()
        assert actions.deliver() == 4
        assert box.got == {one.email: 1 for one in others}
    assert Email.objects.get(member=gone).dropped_at
    row = BounceScore.objects.get()
    assert (row.address.user, row.score, row.why) == (gone, 2, Why.HARD)


@pytest.mark.parametrize(
    ("answer", "score"), [("550 5.7.1 not from you", 1), ("552 5.2.2 full", 1), ("550 no", 2)]
)
def test_what_it_has_against_us_or_a_full_mailbox_is_not_hard(db, settings, answer, score):
    member = confirmed()
    write_emails("hello", key="a", members=[member.pk])
    with mailbox(answers={member.email: answer}) as box:
        settings.MAILERS = box.settings()
        actions.deliver()
    assert BounceScore.objects.get().score == score


def test_one_that_may_come_later_counts_when_it_is_given_up(db, settings):
    member = confirmed()
    write_emails("hello", key="a", members=[member.pk])
    with mailbox(answers={member.email: "450 4.2.0 come back later"}) as box:
        settings.MAILERS = box.settings()
        for _try in range(actions.TRIES):
            assert not BounceScore.objects.exists()
            Email.objects.update(due_at=timezone.now())
            actions.deliver()
    assert Email.objects.get().dropped_at
    assert BounceScore.objects.get().score == 1


def test_each_comes_back_to_an_address_of_its_own_and_is_from_us(db, settings):
    settings.BOUNCE_ADDRESS = "bounces@roypalang.example"
    members = [confirmed(), confirmed()]
    write_emails("hello", key="a", members=[one.pk for one in members])
    write_emails("hello", key="a", addresses=["stranger@example.org"])
    with mailbox() as box:
        settings.MAILERS = box.settings()
        assert actions.deliver() == 3
    paths = {found.address for path in box.senders if (found := found_in(path))}
    assert paths == set(EmailAddress.objects.values_list("pk", flat=True))
    assert {letter["From"] for letter in box.letters} == {box.letters[0]["From"]}
    assert "bounces" not in str(box.letters[0]["From"])


def test_where_mails_come_back_from_none_goes_but_for_others(db):
    stopped, other = confirmed("stopped"), confirmed("other")
    pk = EmailAddress.objects.get(user=stopped).pk
    count(mailed=SentMail(pk, timezone.now()), why=Why.COMPLAINT)
    write_emails("hello", key="a", members=[stopped.pk, other.pk])
    write_emails("hello", key="b", addresses=[stopped.email.upper()])  # an invitation
    assert actions.deliver() == 1
    assert [message.to for message in mail.outbox] == [[other.email]]
    assert Email.objects.exclude(dropped_at=None).count() == 2


def test_a_clock_set_back_loses_nothing_and_sends_nothing_twice(db, monkeypatch):
    clock = Clock(monkeypatch)
    write_emails("hello", key="a", members=[confirmed().pk for _ in range(3)])
    worded = actions.text_of

    def set_back_while_worded(email):
        clock.moved = -timedelta(hours=1)
        return worded(email)

    monkeypatch.setattr(actions, "text_of", set_back_while_worded)
    assert (
        actions.deliver() == 1
    )  # the one at hand; the others wait until the clock has come so far
    assert actions.deliver() == 0
    clock.moved = timedelta(seconds=1)
    monkeypatch.setattr(actions, "text_of", worded)
    assert actions.deliver() == 2
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 3


# Ready once; then a worker is there at once for each line it reads, and works until it is killed.
WORKERS = """
    import os, signal, sys, time, django; django.setup()
    from django.conf import settings
    from django.db import connection
    connection.settings_dict["NAME"] = sys.argv[1]
    backend = "django.core.mail.backends.smtp.EmailBackend"
    where = {"host": "127.0.0.1", "port": int(sys.argv[2]), "timeout": 10}
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": where}}
    from forums.notifications import actions, registry
    registry.email_kind("hello")(lambda email: registry.EmailText("hello", "x"))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        worker = os.fork()
        if worker == 0:
            while True:
                actions.deliver()
                time.sleep(0.05)
        print(worker, flush=True)
"""


class Workers:
    """Some that send at the same time, each of which can be killed."""

    def __init__(self, port: int, many: int) -> None:
        program = [sys.executable, "-c", textwrap.dedent(WORKERS)]
        self._nursery = subprocess.Popen(
            [*program, str(connection.settings_dict["NAME"]), str(port)],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._living = [self._born() for _each in range(many)]

    def _born(self) -> int:
        self._nursery.stdin.write("\n")
        self._nursery.stdin.flush()
        return int(self._nursery.stdout.readline())

    def kill_one(self) -> None:
        """One is killed where it stands; another takes its place."""
        killed = random.randrange(len(self._living))
        os.kill(self._living[killed], signal.SIGKILL)
        self._living[killed] = self._born()

    def end(self) -> None:
        for pid in self._living:
            os.kill(pid, signal.SIGKILL)
        self._nursery.stdin.close()
        self._nursery.wait(20)


@contextmanager
def workers(port: int, many: int):
    crew = Workers(port, many)
    try:
        yield crew
    finally:
        crew.end()


def due():
    """What somebody ought to take now."""
    return Email.objects.filter(sent_at=None, due_at__lte=timezone.now())


def wait_for(done, patience: float = 120) -> None:
    end = time.monotonic() + patience
    while not done():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.django_db(transaction=True)
def test_workers_killed_again_and_again_send_each_once_but_for_one_a_kill():
    """SIGKILL, at random points; they share the work. Afterwards time passes, and what was on its way goes again.

    ROYPALANG_DRILL=1: a thousand letters, twenty kills, three workers.
    """
    letters, kills, many = (
        (1000, 20, 3) if os.environ.get("ROYPALANG_DRILL") == "1" else (120, 5, 2)
    )
    addresses = [f"n{number}@example.org" for number in range(letters)]
    write_emails("hello", key="a", addresses=addresses)
    with mailbox() as box, workers(box.port, many) as crew:
        for enough in sorted(random.sample(range(letters), kills)):
            wait_for(lambda enough=enough: box.got.total() >= enough)
            time.sleep(random.random() * 0.02)
            crew.kill_one()
        wait_for(lambda: not due().exists())
        time.sleep(1)  # whatever a living worker had in hand is gone
        assert Email.objects.filter(sent_at=None).count() <= kills
        Email.objects.filter(sent_at=None).update(due_at=timezone.now())
        wait_for(lambda: not Email.objects.filter(sent_at=None).exists())
        twice = box.got.total() - letters
    assert set(box.got) == set(addresses)
    assert twice <= kills
    assert max(box.got.values()) <= 1 + kills
