"""How much a page's queries read, by EXPLAIN (ANALYZE, BUFFERS)."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection


class Work(NamedTuple):
    """Summed over the queries: rows the scans looked at, and pages of 8 kB they touched."""

    queries: int
    rows: int
    pages: int


@contextmanager
def queries_of() -> Iterator[list[str]]:
    """The SQL run inside, with its parameters, for the caller to read afterwards."""
    found: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        found.append(connection.ops.compose_sql(sql, params) if params else sql)
        return result

    with connection.execute_wrapper(note):
        yield found


def work_of(queries: list[str]) -> Work:
    """Run each SELECT again under EXPLAIN and add up what it read."""
    rows = pages = 0
    for sql in queries:
        if not sql.lstrip().startswith(("SELECT", "WITH", "(")):
            continue
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql)
            answer = cursor.fetchone()[0]
        plan = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
        pages += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        rows += sum(_rows(node) for node in _nodes(plan))
    return Work(len(queries), rows, pages)


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
