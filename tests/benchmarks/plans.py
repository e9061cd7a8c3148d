"""How much a page's queries read, by EXPLAIN (ANALYZE, BUFFERS)."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection

from forums.base.constant_sql import PreparingCursor


class Work(NamedTuple):
    """Summed over the queries: rows the scans looked at, and pages of 8 kB they touched.

    `by_table` has the rows of each table: what a test that fails shows.
    """

    queries: int
    rows: int
    pages: int
    by_table: dict[str, int]


class Query(NamedTuple):
    """As it was run; `prepared` by the server, with the plan that is made for all values (decision 034)."""

    sql: str
    values: Any
    prepared: bool


@contextmanager
def queries_of() -> Iterator[list[Query]]:
    """The SQL run inside, with its parameters, for the caller to read afterwards."""
    found: list[Query] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        prepared = isinstance(context["cursor"].cursor, PreparingCursor)
        found.append(Query(sql, params, prepared))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def work_of(queries: list[Query]) -> Work:
    """Run each SELECT again under EXPLAIN and add up what it read."""
    rows = pages = 0
    by_table: Counter[str] = Counter()
    for query in queries:
        if not query.sql.lstrip().startswith(("SELECT", "WITH", "(")):
            continue
        plan = explained(query)
        pages += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        for node in _nodes(plan):
            rows += _rows(node)
            by_table[node.get("Relation Name") or node.get("Index Name") or node["Node Type"]] += (
                _rows(node)
            )
    return Work(len(queries), rows, pages, dict(+by_table))


def explained(query: Query) -> dict[str, Any]:
    """The plan that PostgreSQL carried out."""
    sql, values = query.sql, query.values
    with connection.cursor() as cursor:
        if query.prepared:
            text, values = _numbered(sql, values)
            cursor.execute(f"PREPARE explained AS {text}")
            sql = (
                f"EXECUTE explained({', '.join(['%s'] * len(values))})"
                if values
                else "EXECUTE explained"
            )
        try:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", values or None)
            answer = cursor.fetchone()[0]
        finally:
            if query.prepared:
                cursor.execute("DEALLOCATE explained")
    plan: dict[str, Any] = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    return plan


def _numbered(sql: str, values: Any) -> tuple[str, list[Any]]:
    """With $1, $2 … in the places of its parameters, and their values in that order."""
    places: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        return f"${places.setdefault(match[1], len(places) + 1)}"

    text = re.sub(r"%\((\w+)\)s|%%", number, sql) if values else sql
    return text, [values[name] for name in places]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)


def _rows(node: dict[str, Any]) -> int:
    """Rows a scan looked at, those it threw away included; 0 for what is no scan."""
    if "Scan" not in node["Node Type"]:
        return 0
    seen = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
    return round(sum(node.get(name, 0) for name in seen) * node["Actual Loops"])
