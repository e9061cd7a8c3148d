"""Statements written once as text, for the pages asked for most.

Django's query compiler costs 0.5 to 1 ms of processor time a statement, more than PostgreSQL needs
to answer it. Where a page runs the same statement every time and who may read was settled by
`visible_to` just before, the text is written down instead. Values are always parameters.
"""

from typing import Any

from django.db import connection


def select(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Every row of the answer. The database's own types come back as psycopg reads them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def select_named(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The same with parameters by name: %(network)s."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
