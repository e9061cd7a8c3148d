"""manage.py read_bounces: a Maildir or one mail, counted; what is no report is left for a person."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import OperationalError

from accounts.bounces import return_path
from accounts.bounces.return_path import come_back
from accounts.models import BounceScore, Why
from forums.management.commands import read_bounces as command
from tests.accounts.bounces.samples import ON_HOLIDAY, complaint, delivery
from tests.make import make_member
from tests.needs import CHECKOUT


@pytest.fixture
def path(db, settings) -> str:
    """The return path of a mail to Malee."""
    settings.BOUNCE_ADDRESS = "bounces@roypalang.example"
    malee = make_member("malee", email="malee@example.org")
    EmailAddress.objects.create(user=malee, email=malee.email, primary=True, verified=True)
    return come_back(EmailMessage("hello", "text", to=[malee.email])).from_email


@pytest.fixture
def maildir(tmp_path) -> Path:
    (tmp_path / "new").mkdir()
    return tmp_path


def put(maildir: Path, *mails: bytes) -> None:
    for number, raw in enumerate(mails):
        (maildir / f"new/{number}.host").write_bytes(raw)


def run(*arguments: object, **options: object) -> str:
    out = io.StringIO()
    call_command("read_bounces", *map(str, arguments), stdout=out, **options)
    return out.getvalue().strip()


def test_reports_are_counted_and_deleted_and_the_rest_is_left_for_a_person(path, maildir):
    put(maildir, delivery(path), delivery(), ON_HOLIDAY, delivery(path, status="4.2.2"), b"\xff")
    said = run(maildir)
    row = BounceScore.objects.get()
    assert row.score in (1, 2)  # one of a day: whichever was read first
    first = "hard" if row.score == 2 else "soft"
    for what in (f"1 {first}", "1 known", "1 no mail of ours", "2 no report"):
        assert what in said
    assert not list((maildir / "new").iterdir())
    left = sorted(each.name for each in (maildir / "cur").iterdir())
    assert left == ["1.host:2,S", "2.host:2,S", "4.host:2,S"]
    assert run(maildir) == "0 mails read."  # those that were seen are not looked at again


def test_a_report_forged_for_somebody_elses_address_stops_nothing(path, maildir):
    other = EmailAddress.objects.create(
        user=make_member(), email="other@example.org", primary=True, verified=True
    )
    number = EmailAddress.objects.get(email="malee@example.org").pk
    forged = path.replace(f"+{number}-", f"+{other.pk}-")
    put(maildir, delivery(forged), complaint(forged), delivery("other@example.org"))
    assert run(maildir) == "3 mails read: 3 no mail of ours."
    assert not BounceScore.objects.exists()


def test_a_report_of_an_address_that_is_nobodys_any_more(path, maildir):
    EmailAddress.objects.all().delete()
    put(maildir, delivery(path))
    assert run(maildir) == "1 mails read: 1 nobodys."


def test_a_complaint_on_standard_input(path, monkeypatch):
    stdin = SimpleNamespace(buffer=io.BytesIO(complaint(path) + b"x\n" * 200_000))
    monkeypatch.setattr(command.sys, "stdin", stdin)
    assert run() == "1 mails read: 1 complaint."
    assert BounceScore.objects.get().why == Why.COMPLAINT
    assert stdin.buffer.read() == b""  # read to its end: who pipes it sees no error


def test_so_many_at_once_and_the_others_the_next_time(path, maildir):
    put(maildir, *[ON_HOLIDAY] * 5)
    assert run(maildir, limit=2) == "2 mails read: 2 no report."
    assert len(list((maildir / "new").iterdir())) == 3


def test_what_is_no_file_is_not_opened(path, maildir, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret"
    secret.write_bytes(delivery(path))
    (maildir / "new/link").symlink_to(secret)
    (maildir / "new/folder").mkdir()
    os.mkfifo(maildir / "new/fifo")
    assert run(maildir) == "0 mails read."
    assert secret.exists()


def test_a_folder_that_is_no_maildir_is_said(db, tmp_path):
    with pytest.raises(CommandError, match="no Maildir"):
        run(tmp_path)


def test_while_the_database_is_away_the_mail_stays_where_it_is(path, maildir, monkeypatch):
    def gone(**_what: object) -> None:
        raise OperationalError("the connection is lost")

    put(maildir, delivery(path))
    monkeypatch.setattr(command, "count", gone)
    with pytest.raises(CommandError) as error:
        run(maildir)
    assert error.value.returncode == 75  # sysexits.h: try again later
    assert len(list((maildir / "new").iterdir())) == 1


def test_a_mail_server_that_pipes_it_hears_to_try_again_later(settings):
    """A real process, whose database cannot be reached."""
    said = f"1-{int(time.time())}"
    signed = f"b+{said}-{return_path._signature(said, settings.SECRET_KEY)}@roypalang.example"
    told = subprocess.run(
        [sys.executable, "manage.py", "read_bounces"],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        input=delivery(signed),
        capture_output=True,
        check=False,
    )
    assert told.returncode == 75
    assert b"takes nothing now" in told.stderr
