"""How the tables are emptied after a test that committed: quickly.

Django truncates all of them, for which PostgreSQL makes some hundred files anew, and writes every
permission again (0.4 s together, two hundred times a run). Here what is there is deleted: a few rows in
a few tables, without a look at what points there, for all of it goes. A table with thousands of rows is
truncated after all. Types of content and permissions stay; nobody writes them.

It is done on a connection of its own, on which no trigger fires and what is looked at is planned once: for all those
tables that takes longer than to look. The connection of the test is kept, where Django makes a new one: to learn anew
what is in the tables, and how they are asked, takes PostgreSQL ten times what a page asks of it.
"""

from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase

STAY = {"django_content_type", "auth_permission"}
MANY = 1 << 20  # bytes of one table, with what was deleted there before
_own: dict[str, psycopg.Connection[Any]] = {}  # by the database it leads to, never more than one


def empty_tables(_case: TransactionTestCase | None = None) -> None:
    """Delete every row, also of tables whose triggers let nothing go."""
    quoted = _tables()
    own = _connected()
    with own.transaction():
        sizes = dict(own.execute(_look(quoted), prepare=True).fetchall())
        if not sizes:
            return
        many = max(sizes.values()) >= MANY
        emptied = quoted if many else list(sizes)
        together = ", ".join(emptied)
        how = [f"TRUNCATE {together}"] if many else [f"DELETE FROM {name}" for name in emptied]
        if own.info.parameter_status("is_superuser") == "on":
            # Who still writes, a thread of the live server, has done with it first.
            steps = [f"LOCK TABLE {together} IN SHARE ROW EXCLUSIVE MODE", *how]
        else:
            around = "ALTER TABLE {} {} TRIGGER USER"
            steps = [
                *(around.format(name, "DISABLE") for name in emptied),
                *how,
                "SET CONSTRAINTS ALL IMMEDIATE",  # or the tables could not be altered now
                *(around.format(name, "ENABLE") for name in emptied),
            ]
        own.execute("; ".join(steps))


def _look(quoted: list[str]) -> str:
    """Which of these tables have a row, and how many bytes they take."""
    return " UNION ALL ".join(
        f"SELECT '{name}', pg_relation_size('{name}') WHERE EXISTS (SELECT FROM {name})"
        for name in quoted
    )


def _connected() -> psycopg.Connection[Any]:
    name = str(connection.settings_dict["NAME"])
    if name not in _own or _own[name].closed:
        done()
        told = connection.get_connection_params()
        kept = {
            key: told[key]
            for key in ("dbname", "user", "password", "host", "port", "options")
            if key in told
        }
        _own[name] = psycopg.connect(**kept, autocommit=True)
        if _own[name].info.parameter_status("is_superuser") == "on":
            # No trigger fires, those that look for what points to a row among them.
            _own[name].execute("SET session_replication_role = replica")
    return _own[name]


def done() -> None:
    """Nothing is emptied any more: the database may be dropped."""
    while _own:
        _own.popitem()[1].close()


def new_files() -> None:
    """Truncate every table in the transaction of a test, before it makes anything."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(_tables())}")


def _tables() -> list[str]:
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - STAY
    names.add(settings.CACHES["default"]["LOCATION"])  # no model's, and tries are counted in it
    return [connection.ops.quote_name(name) for name in sorted(names)]


def empty_quickly() -> None:
    """Let every TransactionTestCase end so; pytest-django's are made of that."""
    TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[method-assign]
    TransactionTestCase._should_reload_connections = _is_unfit  # type: ignore[method-assign]


def _is_unfit(_case: TransactionTestCase) -> bool:
    """Whether there are others, or this one is not as it was when it was made."""
    others = {each.alias for each in connections.all(initialized_only=True)} - {connection.alias}
    return bool(others) or (connection.connection is not None and not connection.is_usable())
