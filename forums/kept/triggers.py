"""The triggers that move versions, as SQL: made by migrations, held to `tables` by a test."""

from collections.abc import Collection
from typing import NamedTuple

from django.db import connection

SITE, LISTS = "forums_moves_site", "forums_moves_lists"  # functions of the database
PREFIX = "page_moved"


class Trigger(NamedTuple):
    """One trigger: for each row; `columns` are those whose UPDATE counts, all where there are none."""

    name: str
    table: str
    function: str
    events: tuple[str, ...]
    columns: tuple[str, ...] = ()

    @property
    def sql(self) -> str:
        events = " OR ".join(
            f"UPDATE OF {', '.join(self.columns)}" if event == "UPDATE" and self.columns else event
            for event in self.events
        )
        each = "STATEMENT" if self.events == ("TRUNCATE",) else "ROW"
        return (
            f"CREATE OR REPLACE TRIGGER {self.name} AFTER {events} ON {self.table}"
            f" FOR EACH {each} EXECUTE FUNCTION {self.function}()"
        )


def triggers(
    table: str,
    *,
    function: str = SITE,
    often: Collection[str] | None = None,
    rest: Collection[str] = (),
) -> list[Trigger]:
    """Those of one table. INSERT and UPDATE of the columns `often` call `function`, DELETE and UPDATE of the `rest` (of
    any, where it is empty) move the site; where `often` is None whatever is written calls `function`."""
    emptied = Trigger(f"{PREFIX}_empty", table, SITE, ("TRUNCATE",))
    if often is None:
        return [
            Trigger(f"{PREFIX}_row", table, function, ("INSERT", "DELETE", "UPDATE")),
            emptied,
        ]
    first = ("INSERT", "UPDATE") if often else ("INSERT",)
    return [
        Trigger(f"{PREFIX}_row", table, function, first, tuple(sorted(often))),
        Trigger(f"{PREFIX}_rest", table, SITE, ("DELETE", "UPDATE"), tuple(sorted(rest))),
        emptied,
    ]


_STANDING = """
    SELECT t.tgname, c.relname, p.proname, t.tgtype::int,
        ARRAY(SELECT a.attname::text FROM pg_attribute a
              WHERE a.attrelid = t.tgrelid AND a.attnum = ANY (t.tgattr::smallint[]))
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgname LIKE %s AND t.tgenabled <> 'D'
"""
_BITS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}


def standing() -> set[Trigger]:
    """The triggers the database has."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [f"{PREFIX}%"])
        return {
            Trigger(
                name,
                table,
                function,
                tuple(event for event, bit in _BITS.items() if kind & bit),
                tuple(sorted(columns)),
            )
            for name, table, function, kind, columns in cursor.fetchall()
        }
