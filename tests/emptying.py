"""How the tables are emptied after a test that committed: quickly.

Django truncates all of them, for which PostgreSQL makes some hundred files anew, and writes every
permission again (0.4 s together, two hundred times a run). Here what is there is deleted: a few rows in
a few tables. A whole community, or a table with thousands of rows, is truncated after all: to look, row by
row, that nothing points at what was deleted takes twenty seconds. Types of content and permissions stay;
nobody writes them.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase

STAY = {"django_content_type", "auth_permission"}
COMMUNITY = 25  # tables that have rows in them; a test that makes what it needs fills a dozen
MANY = 1 << 20  # bytes of one table, with what was deleted there before


def empty_tables(_case: TransactionTestCase | None = None) -> None:
    """Delete every row, also of tables whose triggers let nothing go."""
    quoted = _tables()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{name}', pg_relation_size('{name}') WHERE EXISTS (SELECT FROM {name})"
                for name in quoted
            )
        )
        if not (sizes := dict(cursor.fetchall())):
            return
        full = list(sizes)
        if len(full) < COMMUNITY and max(sizes.values()) < MANY:
            emptied, how = full, [f"DELETE FROM {name}" for name in full]
        else:
            emptied, how = quoted, [f"TRUNCATE {', '.join(quoted)}"]
        steps = [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in emptied]
        steps += how
        steps.append("SET CONSTRAINTS ALL IMMEDIATE")  # or the tables could not be altered now
        steps += [f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in emptied]
        cursor.execute("; ".join(steps))


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
