"""Chooses for each request where it is read from, and remembers in her browser how far somebody wrote."""

import re
from collections.abc import Callable
from typing import Any, cast
from zlib import crc32

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from forums.base.database import is_away
from forums.base.from_where import asked_from
from forums.base.reading_from import read_from, reading_anew, replica_read_from
from roypalang.kept_pages import made_for
from roypalang.process_cache import ProcessCache
from roypalang.replicas.watching import WatchedReplica, watch

Handler = Callable[[HttpRequest], HttpResponse]

WROTE = "wrote"  # the cookie: a place in the log, so nothing of hers
# A replica that is seconds behind is left out, whatever the cookie says: so it need not stay.
_REMEMBERED = 60
_NEVER = ("/accounts/", "/admin/", "/metrics", "/readyz")
_WRITTEN = "SELECT pg_current_wal_insert_lsn() - '0/0'"
_HAS = "SELECT pg_last_wal_replay_lsn() - '0/0' >= %s"
# The same statement would take as long elsewhere, or wait as long.
_NOT_ITS_FAULT = {"57014", "55P03"}


class ReadFromReplicas:
    """Stands last, where it is known whether a visitor's page is to be kept: such a page is made of what is newest."""

    def __init__(self, get_response: Handler) -> None:
        if not watch.replicas:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        watch.begin()
        with reading_anew():
            response = self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            _remember(response)
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> None:
        read_from(chosen(request))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """A replica was gone, or had to throw our statement out: nobody notices, the page is made anew without it."""
        alias, match = replica_read_from(), request.resolver_match
        sqlstate = getattr(error.__cause__, "sqlstate", None)
        ours = isinstance(error, Error) and sqlstate not in _NOT_ITS_FAULT
        if alias is None or match is None or not ours:
            return None
        read_from(None)
        if is_away(error):
            watch.leave_out(alias, str(error).partition("\n")[0])
        try:
            return match.func(request, *match.args, **match.kwargs)
        except Exception:  # as it would have ended without replicas: those who answer refusals do
            return None


def chosen(request: HttpRequest) -> str | None:
    """The replica this request may be read from; None where it is none.

    One reader reads from one replica, as long as it is there: two may be unlike by some milliseconds, and what she has seen
    would be gone again.
    """
    if request.method not in ("GET", "HEAD") or request.path_info.startswith(_NEVER):
        return None
    if made_for(request):
        return None
    if not (found := watch.usable()) or cast("ProcessCache", caches["process"]).just_forgotten():
        return None
    who = request.COOKIES.get(settings.SESSION_COOKIE_NAME) or asked_from(request)
    replica = found[crc32(who.encode()) % len(found)]
    wrote = request.COOKIES.get(WROTE)
    return replica.alias if wrote is None or _has(replica, wrote) else None


def _has(replica: WatchedReplica, wrote: str) -> bool:
    """Whether it has taken in what she wrote: often known, else one short question to it."""
    if not re.fullmatch(r"[0-9a-f]{1,16}", wrote):
        return False
    if (position := int(wrote, 16)) <= replica.position:
        return True
    try:
        with connections[replica.alias].cursor() as cursor:
            cursor.execute(_HAS, [position])
            return cursor.fetchone() == (True,)
    except Error as error:
        connections[replica.alias].close()
        watch.leave_out(replica.alias, str(error).partition("\n")[0])
        return False


def _remember(response: HttpResponse) -> None:
    """How far the log was after what she may have written."""
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(_WRITTEN)
            position = int(cursor.fetchone()[0])
    except Error:
        return  # what could not be written, she need not find
    response.set_cookie(
        WROTE,
        f"{position:x}",
        max_age=_REMEMBERED,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
