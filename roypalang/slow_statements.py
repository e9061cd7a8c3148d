"""A statement that kept its page waiting is a line in the log: how long, which page, what was asked; never with which values."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connections
from django.http import HttpRequest, HttpResponse

from roypalang.measuring import statement_was_slow, view_of

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]
_LONGEST = 400  # letters of a statement that are told


def slow_statements(get_response: Handler) -> Handler:
    """Time each statement of a request. What took SLOW_STATEMENT_MS or longer is told, what failed after that long too."""
    limit = settings.SLOW_STATEMENT_MS / 1000
    if not limit:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        def timed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            began = perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                if (took := perf_counter() - began) >= limit:
                    _tell(view_of(request), took, sql, context["connection"])

        with ExitStack() as watched:
            for connection in connections.all():
                watched.enter_context(connection.execute_wrapper(timed))
            return get_response(request)

    return middleware


def _tell(page: str, took: float, sql: Any, asked: Any) -> None:
    statement_was_slow(page)
    server = getattr(getattr(asked.connection, "info", None), "backend_pid", 0)
    milliseconds = round(took * 1000)
    statement = " ".join(str(sql).split())
    if len(statement) > _LONGEST:
        statement = f"{statement[:_LONGEST]}…"
    # PostgreSQL's own lines name its process (%p): there stand its plan and what it waited for.
    logger.warning(
        "A statement took %s ms on the page %s (process %s of the database): %s",
        milliseconds, page, server, statement,
        extra={"told": {"page": page, "milliseconds": milliseconds, "process": server}},
    )  # fmt: skip
