"""Statements written once as text, for the pages asked for most.

Django's query compiler costs 0.5 to 1 ms of processor time a statement, more than PostgreSQL needs
to answer it. Where a page runs the same statement every time and who may read was settled by
`visible_to` just before, the text is written down instead. Values are always parameters.

PostgreSQL plans such a statement once a connection, and the plan is the same whatever the values
(decision 034): what narrows by a prefix must say so with `>=` and `<`, for LIKE is planned with its
value only.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Field, Lookup, Model
from django.db.models.fields.related import ForeignObject

KEPT = 150  # prepared statements of a connection, 0.1 MB of the server each; pages measured need 60


def select(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Every row of the answer. The database's own types come back as psycopg reads them."""
    return _answer(statement, values)


def select_named(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The same with parameters by name: %(network)s."""
    return _answer(statement, values)


def write_each(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement that answers nothing once for each of these rows of values; several are sent together."""
    with _cursor() as cursor:
        if len(rows) == 1:  # sending together has its own cost
            cursor.execute(statement, rows[0])
        else:
            cursor.executemany(statement, rows)


def _answer(statement: str, values: Any) -> list[tuple[Any, ...]]:
    with _cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


class PreparingCursor(ServerBindingCursor):
    """Django's own cursor writes values into the text, which makes another statement of it each time."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, prepare=True, **options)  # type: ignore[misc]


def _cursor() -> Any:
    connection.ensure_connection()
    raw: Any = connection.connection
    raw.prepared_max = KEPT
    return connection._prepare_cursor(PreparingCursor(raw))  # type: ignore[attr-defined, call-arg]


class Columns[Row: Model]:
    """The columns of a model, whose table is `alias` in a statement; and objects made of their values.

    The fields named in `without` are left out, and fetched when somebody asks an object for one.
    """

    def __init__(self, model: type[Row], alias: str, *, without: Collection[str] = ()) -> None:
        fields = [field for field in model._meta.concrete_fields if field.name not in without]
        self.model = model
        self.names = [field.attname for field in fields]
        self.text = ", ".join(f"{alias}.{field.column}" for field in fields)
        self.converted = [
            (place, field.from_db_value)
            for place, field in enumerate(fields)
            if hasattr(field, "from_db_value")
        ]

    def __len__(self) -> int:
        return len(self.names)

    def made(self, values: Sequence[Any]) -> Row:
        """The object that the ORM would make of such a row."""
        row = list(values)
        for place, convert in self.converted:
            row[place] = convert(row[place], None, connection)
        return self.model.from_db(connection.alias, self.names, row)


@Field.register_lookup
@ForeignObject.register_lookup
class Among(Lookup):
    """`pk__among=[…]`, one parameter however many there are: `in` prepares, writes and binds each by itself."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*values, list(self.rhs))
