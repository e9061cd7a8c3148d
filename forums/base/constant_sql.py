"""Statements written once as text, for the pages asked for most.

Django's query compiler costs 0.5 to 1 ms of processor time a statement, more than PostgreSQL needs
to answer it. Where a page of the benchmark (tests/benchmarks) runs the same
statement every time, the text is written down instead; every other page asks the ORM. Values are
always parameters, by name; who may see what is a text of `forums.base.visibility`.

PostgreSQL plans such a statement once a connection, and the plan is the same whatever the values
(decision 034): what narrows by a prefix must say so with `>=` and `<`, for LIKE is planned with its
value only.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.postgresql.psycopg_any import orig_tz_loader_cls
from django.db.models import Model
from psycopg._queries import PostgresQuery

from forums.base.reading_from import read_from, reading_alias

KEPT = 150  # prepared statements of a connection, 0.1 MB of the server each; pages measured need 60


def select(statement: str, /, **values: Any) -> list[tuple[Any, ...]]:
    """Every row of the answer; %(network)s in the statement is the value `network`.

    The database's own types come back as psycopg reads them. Values no text names are left out.
    """
    return _asked(reading_alias(), statement, values)


def select_newest(statement: str, /, **values: Any) -> list[tuple[Any, ...]]:
    """The same of the server that is written to, also where the page comes from a replica: who somebody is, and what
    versions stand by, may not be of a moment ago."""
    return _asked(DEFAULT_DB_ALIAS, statement, values)


def select_planned(statement: str, /, **values: Any) -> list[tuple[Any, ...]]:
    """The same, planned with these values each time: where they decide which way is the short one."""
    with connections[reading_alias()].cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def write_each(statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run a statement that answers nothing once for each of these rows of values; several are sent together."""
    read_from(None)
    cursor = _cursor(connections[DEFAULT_DB_ALIAS])
    if len(rows) == 1:  # sending together has its own cost
        cursor.execute(statement, rows[0])
    else:
        cursor.executemany(statement, rows)


def take_time() -> None:
    """What this transaction asks may take minutes, where a page's statement is else cut off after seconds
    (`roypalang/wsgi.py`): for acts of moderators that move whatever a network holds."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '5min'")


class PreparingCursor(ServerBindingCursor):
    """Django's own cursor writes values into the text, which makes another statement of it each time.

    This one keeps what it learnt of a statement. psycopg's learns the types of columns and values anew with every other
    text, and takes one of more than 4 kB apart each time: together as much as sending it and reading the answer.
    """

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)  # type: ignore[call-arg]
        # Django's puts the zone that it has told the session in place of the session's, moment by moment.
        self.adapters.register_loader("timestamptz", orig_tz_loader_cls)  # type: ignore[attr-defined]
        self._met: dict[Any, PostgresQuery] = {}

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        if params is not None:
            params = {name: _array(value) for name, value in params.items()}
            if met := self._met.get(query):  # as psycopg does where the same one comes again
                self._last_query, self._tx = query, met._tx
        return super().execute(query, params, prepare=True, **options)  # type: ignore[misc]

    def fetchall(self) -> Any:
        rows = super().fetchall()  # type: ignore[misc]
        self._tx.set_pgresult(None)  # it is kept, the answer is not
        return rows

    def _convert_query(self, query: Any, params: Any = None) -> PostgresQuery:
        met = self._met.get(query)
        if met is not None and met._tx is self._tx:
            met.dump(params)
            return met
        met = super()._convert_query(query, params)  # type: ignore[misc]
        if params is not None:
            if len(self._met) == KEPT:
                del self._met[next(iter(self._met))]
            self._met[query] = met
        return met


def _array(value: Any) -> Any:
    """Numbers as PostgreSQL writes an array. psycopg asks each which type it needs: dearer than the rest of a statement,
    which then is prepared anew for larger ones."""
    if type(value) is list and (not value or type(value[0]) is int) and None not in value:
        return f"{{{','.join(map(str, value))}}}"
    return value


def _asked(alias: str, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    connection = connections[alias]
    cursor = _cursor(connection)
    cursor.execute(statement, values)
    with connection.wrap_database_errors:
        rows: list[tuple[Any, ...]] = cursor.cursor.fetchall()
        return rows


def _cursor(connection: Any) -> Any:
    """One a connection, kept as long as that. Whoever asks reads all of its answer before anybody asks again."""
    connection.close_if_health_check_failed()  # as Django's: PostgreSQL may have been started anew
    connection.ensure_connection()
    raw, kept = connection.connection, getattr(connection, _KEPT, None)
    if kept is None or kept.connection is not raw:
        raw.prepared_max = KEPT
        kept = PreparingCursor(raw)
        setattr(connection, _KEPT, kept)
    return connection._prepare_cursor(kept)


_KEPT = "_constant_cursor"


class Columns[Row: Model]:
    """The columns of a model, whose table is `alias` in a statement; and objects made of their values.

    The fields named in `without` are left out, and fetched when somebody asks an object for one.
    """

    def __init__(self, model: type[Row], alias: str, *, without: Collection[str] = ()) -> None:
        fields = [field for field in model._meta.concrete_fields if field.name not in without]
        self.model = model
        self.names = frozenset(field.attname for field in fields)  # Django looks each column up
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
            row[place] = convert(row[place], None, connections[DEFAULT_DB_ALIAS])
        return self.model.from_db(DEFAULT_DB_ALIAS, self.names, row)
