"""manage.py migrate waits for no lock for long, and asks again."""

import io

import psycopg
import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management import call_command
from django.core.management.commands import migrate as django_s
from django.db import OperationalError, connection, migrations, models
from psycopg.errors import DeadlockDetected, LockNotAvailable

from forums.management.commands import migrate


def patience() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return cursor.fetchone()[0]


def busy(cause: type[psycopg.Error] = LockNotAvailable) -> OperationalError:
    error = OperationalError("canceling statement due to lock timeout")
    error.__cause__ = cause()
    return error


@pytest.fixture
def tries(monkeypatch):
    """What happens at each try; and how long was waited between them."""
    outcomes, naps = [], []

    def handle(self, *args, **options):
        if outcomes and (error := outcomes.pop(0)):
            raise error

    monkeypatch.setattr(django_s.Command, "handle", handle)
    monkeypatch.setattr(migrate.time, "sleep", naps.append)
    return outcomes, naps


@pytest.mark.django_db
def test_it_asks_again_where_the_site_holds_a_table(tries):
    outcomes, naps = tries
    outcomes += [busy(), busy(DeadlockDetected), None]
    said = io.StringIO()
    call_command("migrate", stderr=said)
    assert naps == migrate.PAUSES[:2]
    assert said.getvalue().count("again in") == 2


@pytest.mark.django_db
def test_it_ends_where_that_does_not_help_or_something_else_is_wrong(tries):
    outcomes, naps = tries
    outcomes += [busy()] * 100
    with pytest.raises(OperationalError):
        call_command("migrate", stderr=io.StringIO())
    assert naps == migrate.PAUSES
    outcomes[:] = [OperationalError("the disk is full")]
    naps.clear()
    with pytest.raises(OperationalError, match="disk"):
        call_command("migrate", stderr=io.StringIO())
    assert naps == []


@pytest.mark.django_db
def test_a_lock_is_waited_for_a_moment_and_an_index_beside_traffic_as_long_as_it_takes():
    command = migrate.Command(stdout=io.StringIO())
    command._connection, command.verbosity = connection, 0
    plain, concurrent = migrations.Migration("1", "forums"), migrations.Migration("2", "forums")
    plain.operations = [migrations.RunSQL("SELECT 1")]
    index = models.Index(fields=["author"], name="tried")
    concurrent.operations = [AddIndexConcurrently("post", index)]
    command.migration_progress_callback("apply_start", plain)
    assert patience() == "2s"
    command.migration_progress_callback("apply_start", concurrent)
    assert patience() == "0"
    call_command("migrate", verbosity=0)
    assert patience() == "0"  # the server's own
