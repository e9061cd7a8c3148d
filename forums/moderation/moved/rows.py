"""Remembering rows before they are merged, and putting them back: pieces of the actions that merge and undo.

In SQL, a statement a table whatever it holds: the rows of a network may be a hundred thousand.
"""

# ruff: noqa: S608 - statements are made of the constants of `Moved`
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from forums.moderation.moved.models import Merge


@dataclass(frozen=True, slots=True)
class Moved:
    """A table whose rows move from one to another (a network, an organisation).

    `names`: the columns that name them. `others`: what else a merge changes of a row. `key`: of two
    rows with the same `key`, one for each, only one is left (`twins`). `which`: rows that are changed
    besides, as SQL over `x`, with %(source)s and %(target)s.
    """

    table: str
    names: tuple[str, ...]
    others: tuple[str, ...] = ()
    key: str = ""
    which: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.names, *self.others)

    @property
    def may_go(self) -> bool:
        """May a merge take a row out? One of two of a key; what would lead from a thing to itself."""
        return bool(self.key) or len(self.names) > 1

    @property
    def _kept(self) -> str:
        """The row as JSON: all of it where a merge may take it out, else what the merge changes."""
        return "to_jsonb(x)" if self.may_go else self._said("x")

    def _said(self, row: str) -> str:
        pairs = ", ".join(f"'{name}', {row}.{name}" for name in self.columns)
        return f"jsonb_build_object({pairs})"

    @property
    def remember(self) -> str:
        wanted = [f"x.{name} = %(source)s" for name in self.names]
        if self.key:
            name = self.names[0]
            wanted.append(
                f"(x.{name} = %(target)s AND x.{self.key} IN"
                f" (SELECT y.{self.key} FROM {self.table} y WHERE y.{name} = %(source)s))"
            )
        if self.which:
            wanted.append(f"({self.which})")
        return (
            'INSERT INTO forums_movedrow (merge_id, "table", row, was)'
            f" SELECT %(merge)s, '{self.table}', x.id, {self._kept} FROM {self.table} x"
            f" WHERE {' OR '.join(wanted)}"
        )

    @property
    def note(self) -> str:
        return (
            f"UPDATE forums_movedrow m SET put = {self._said('x')} FROM {self.table} x"
            f" WHERE m.merge_id = %(merge)s AND m.\"table\" = '{self.table}' AND x.id = m.row"
        )

    @property
    def put_back(self) -> str:
        """Each column, where it still says what the merge wrote; of rows that are still where they were put."""
        sets = ", ".join(
            f"{name} = CASE WHEN {_json(f'x.{name}')} = m.put->'{name}' THEN m.w.{name} ELSE x.{name} END"
            for name in self.columns
        ).replace("m.w.", "(m.w).")
        there = " AND ".join(f"{_json(f'x.{name}')} = m.put->'{name}'" for name in self.names)
        return (
            f"UPDATE {self.table} x SET {sets} FROM ("
            f" SELECT row, put, jsonb_populate_record(NULL::{self.table}, was) AS w FROM forums_movedrow"
            f" WHERE merge_id = %(merge)s AND \"table\" = '{self.table}' AND put IS NOT NULL) m"
            f" WHERE x.id = m.row AND {there}"
        )

    @property
    def bring_back(self) -> str:
        """The rows the merge took out: where their twin has gone since, they would have gone too."""
        twin = (
            f" AND EXISTS (SELECT FROM forums_movedrow o JOIN {self.table} x ON x.id = o.row"
            f' WHERE o.merge_id = m.merge_id AND o."table" = m."table" AND o.put IS NOT NULL'
            f" AND o.was->'{self.key}' = m.was->'{self.key}')"
            if self.key
            else ""
        )
        return (
            f"INSERT INTO {self.table} SELECT (jsonb_populate_record(NULL::{self.table}, m.was)).*"
            f" FROM forums_movedrow m WHERE m.merge_id = %(merge)s AND m.\"table\" = '{self.table}'"
            f" AND m.put IS NULL{twin} ORDER BY m.row ON CONFLICT DO NOTHING"
        )


def _json(column: str) -> str:
    return f"coalesce(to_jsonb({column}), 'null')"


def remember(merge: Merge, tables: Iterable[Moved], *, source: int, target: int) -> None:
    """Before anything is changed, the rows being locked: what they say."""
    _run([each.remember for each in tables], merge=merge.pk, source=source, target=target)


def note(merge: Merge, tables: Iterable[Moved]) -> None:
    """After it: what they say now."""
    _run([each.note for each in tables], merge=merge.pk)


def put_back(merge: Merge, tables: Iterable[Moved]) -> None:
    """What still is as it was put; then what was taken out."""
    for each in tables:
        _run([each.put_back, *([each.bring_back] if each.may_go else [])], merge=merge.pk)


def _run(statements: Iterable[str], **values: int) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values)
