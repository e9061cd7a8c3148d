"""What is amiss, in the words of the machine's keeper; to a stranger yes or no."""

import os
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from forums.notifications.models import Email
from forums.vitals import readiness
from forums.vitals.actions import give_signs
from forums.vitals.readiness import LATE, STUCK, WORKER, hindrances, worries
from roypalang.replicas.watching import WatchedReplica
from tests.roypalang.test_database_away import away

TOKEN = "a-token-of-the-keeper"
KEEPER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(autouse=True)
def _fresh(db, settings):
    settings.METRICS_TOKEN = TOKEN
    settings.LANGUAGE_CODE = "en"  # what is looked at here is what commands say
    caches["process"].clear()
    give_signs({WORKER: timezone.now()})


def said(client, **headers) -> tuple[int, list[str]]:
    answer = client.get("/readyz", headers=headers or None)
    return answer.status_code, answer.text.splitlines()


def names(faults) -> list[str]:
    return [fault.name for fault in faults]


def test_all_is_in_order(client, capsys):
    assert said(client) == said(client, **KEEPER) == (200, ["ok"])
    call_command("ready")
    assert "in order" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_the_database_is_away(client):
    with away():
        assert said(client) == (503, ["not ready"])
        status, lines = said(client, **KEEPER)
        with pytest.raises(CommandError, match="database: The database cannot be reached"):
            call_command("ready")
    assert (status, lines) == (
        503,
        ["not ready", "database: The database cannot be reached, or takes nothing."],
    )


def test_the_database_is_behind_the_code(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name LIKE '%_signs_of_life'")
    assert said(client) == (503, ["not ready"])
    status, lines = said(client, **KEEPER)
    assert status == 503
    assert lines[1].startswith("migrations: The database lacks migrations of this version (forums.")


def test_of_many_migrations_that_have_not_run_three_are_named():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations")
    (fault,) = hindrances()
    assert str(fault.words).count(".0") == 3
    assert ", …)" in str(fault.words)


def test_a_database_without_any_table_is_behind_the_code():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO elsewhere")
    assert names(hindrances()) == ["migrations"]


def test_what_the_code_knows_is_what_django_knows():
    from django.db.migrations.loader import MigrationLoader

    known = MigrationLoader(None, replace_migrations=False).disk_migrations
    assert readiness._of_this_version() == set(known)


def test_the_pictures_folder_takes_nothing(client, settings, monkeypatch):
    settings.MEDIA_ROOT = "/proc/1/nothing"
    monkeypatch.setattr(os, "access", lambda *_asked: False)
    assert said(client) == (200, ["ok"])  # posts are read and written
    _status, lines = said(client, **KEEPER)
    assert lines[1].startswith(
        "pictures: No picture can be kept in /proc/1/nothing: nothing can be written"
    )


@pytest.mark.parametrize(
    ("free", "whole", "told"),
    [(100, 10_000, True), (1_000, 10_000, False), (2_100, 90_000, False), (2_000, 90_000, True)],
)
def test_a_disk_is_nearly_full(monkeypatch, free, whole, told):
    """In megabytes: a twentieth, and two thousand, are both too much to speak of."""
    found = SimpleNamespace(f_bavail=free, f_frsize=1024**2, f_blocks=whole)
    monkeypatch.setattr(os, "statvfs", lambda path: found)
    faults = worries()
    assert set(names(faults)) == ({"disk"} if told else set())
    if told:
        assert f"{free:,} MB are free" in str(faults[0].words)


def test_the_worker_is_silent(client):
    give_signs({})
    connection.cursor().execute("DELETE FROM forums_signoflife")
    assert names(worries()) == ["worker"]
    give_signs({WORKER: timezone.now() - timedelta(minutes=6)})
    (fault,) = worries()
    assert "gave its last sign of life at" in str(fault.words)
    assert said(client) == (200, ["ok"])  # a worker that died takes no page down
    assert said(client, **KEEPER)[1][1].startswith("worker: ")
    with pytest.raises(CommandError, match="worker: "):
        call_command("ready")


def test_one_part_of_a_living_worker_hangs():
    long_ago = timezone.now() - STUCK - timedelta(minutes=1)
    give_signs({"push": long_ago, "letters": timezone.now()})
    (fault,) = worries()
    assert "(push) last came round at" in str(fault.words)


@pytest.mark.parametrize(
    ("late", "mark", "named"),
    [
        (LATE + timedelta(minutes=1), {}, ["letters"]),
        (LATE - timedelta(minutes=1), {}, []),
        (4 * LATE, {"sent_at": timezone.now()}, []),
        (4 * LATE, {"dropped_at": timezone.now()}, []),
    ],
)
def test_a_letter_waits_for_hours_though_the_worker_lives(late, mark, named):
    due = timezone.now() - late
    Email.objects.create(kind="told", key="told-1", address="a@example.org", due_at=due, **mark)
    assert names(worries()) == named


@pytest.mark.parametrize(
    "said_of_it",
    [
        TOKEN,
        "Bearer",
        "Bearer ",
        f"Basic {TOKEN}",
        f"Bearer {TOKEN}x",
        "Bearer ก",
        "Bearer " + "x" * 9000,
    ],
)
def test_another_word_than_the_token_opens_nothing(client, said_of_it):
    give_signs({})
    connection.cursor().execute("DELETE FROM forums_signoflife")
    assert said(client, Authorization=said_of_it) == (200, ["ok"])


def test_where_there_is_no_token_an_empty_one_opens_nothing(client, settings):
    settings.METRICS_TOKEN = ""
    connection.cursor().execute("DELETE FROM forums_signoflife")
    assert said(client, Authorization="Bearer ") == (200, ["ok"])


def test_no_cache_keeps_the_answer(client):
    assert "no-store" in client.get("/readyz")["Cache-Control"]


def test_a_replica_that_is_left_out_is_said_and_pages_are_served(client, monkeypatch):
    left_out = [WatchedReplica("replica_1", why="it is too far behind")]
    monkeypatch.setattr(readiness.watch, "left_out", lambda: left_out)
    there = {**connection.settings_dict, "HOST": "db2.example", "PORT": ""}
    monkeypatch.setitem(connections.settings, "replica_1", there)
    assert names(worries()) == ["replica"]
    status, lines = said(client, **KEEPER)
    assert status == 200
    assert lines[1].endswith("db2.example:5432: it is too far behind.")
