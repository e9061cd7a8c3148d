"""The demo is filled once a run, into a database that stays; who reads it has a copy of it (40 s; 1 s)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection, connections
from django.test import override_settings
from django.utils import timezone

from forums.demo import actions
from tests.migrated import LOCK


class Filled(NamedTuple):
    """What filling said it had made, and when that began."""

    counts: dict[str, int]
    began: datetime


@contextmanager
def filled_once(folder: Path) -> Iterator[Filled]:
    """Inside, the database is a copy of the filled one, which may be written to; its pictures are all readers'.

    `folder` is that of this run, shared by its workers: whoever comes first fills, and says so there.
    """
    migrated = connection.settings_dict["TEST"]["TEMPLATE"]
    filled = f"{migrated}_filled"
    copy = f"{connection.settings_dict['NAME']}_filled"
    note = folder / "filled.json"
    with override_settings(MEDIA_ROOT=folder / "filled"):
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            if not note.exists():
                _copy(cursor, migrated, filled)
                began = timezone.now()
                with _in_database(filled), override_settings(FORUMS_LOOKS_FIRST=True):
                    counts = actions.fill()
                    # A planner that knows the tables answers a moderator's pages in a third of the time.
                    with connection.cursor() as told:
                        told.execute("ANALYZE")
                note.write_text(json.dumps([counts, began.isoformat()]))
        counts, began = json.loads(note.read_text())
        with copied(filled, copy):
            yield Filled(counts, datetime.fromisoformat(began))


@contextmanager
def copied(template: str, name: str) -> Iterator[None]:
    """Inside, the database is a copy of `template`, which may be written to; gone afterwards."""
    with connection._nodb_cursor() as cursor:
        _copy(cursor, template, name)
        with _in_database(name):
            yield
        _drop(cursor, name)


@contextmanager
def _in_database(name: str) -> Iterator[None]:
    """Every connection opened meanwhile leads there, those of the live server too: each thread makes its own from what
    the settings say, of which the embedded server's has a copy."""
    told = (connection.settings_dict, connections.settings[connection.alias])
    before = told[0]["NAME"]
    connections.close_all()
    for each in told:
        each["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        for each in told:
            each["NAME"] = before


def _copy(cursor: Any, template: str, name: str) -> None:
    _drop(cursor, name)
    quoted = map(connection.ops.quote_name, (name, template))
    cursor.execute("CREATE DATABASE {} TEMPLATE {}".format(*quoted))


def _drop(cursor: Any, name: str) -> None:
    """Whoever is still connected, a thread of the live server, has done with it."""
    cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")
