"""Statements written once as text, for the pages asked for most.

Django's query compiler costs 0.5 to 1 ms of processor time a statement, more than PostgreSQL needs
to answer it. Where a page runs the same statement every time and who may read was settled by
`visible_to` just before, the text is written down instead. Values are always parameters.
"""

from typing import Any

from django.db import connection
from django.db.models import Field, Lookup
from django.db.models.fields.related import ForeignObject


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


@Field.register_lookup
@ForeignObject.register_lookup
class Among(Lookup):  # type: ignore[type-arg]
    """`pk__among=[…]`, one parameter however many there are: `in` prepares, writes and binds each by itself."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*values, list(self.rhs))
