"""A browser that calls the WSGI application itself: no socket, no test client, nothing but the request."""

import io
import sys
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlencode, urlsplit

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import get_random_string

from accounts.models import Member


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Browser:
    """As `member`, or a visitor's. Sends no Accept-Encoding of its own, so nothing is compressed."""

    def __init__(self, application: Callable[..., Any], member: Member | None = None) -> None:
        self.application = application
        self.csrf = get_random_string(32)
        cookies = {settings.CSRF_COOKIE_NAME: self.csrf}
        self.session: str | None = None
        if member is not None:
            self.session = sign_in(member)
            cookies[settings.SESSION_COOKIE_NAME] = self.session
        self.base = {
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SCRIPT_NAME": "",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) benchmark",
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_LANGUAGE": "th",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }

    def get(self, address: str, **said: str) -> Answer:
        """`said` are headers as WSGI names them."""
        return self._ask("GET", address, b"", said)

    def post(self, address: str, fields: dict[str, str]) -> Answer:
        """A form, with its token and (a new one each time) its `submission`."""
        fields = {"csrfmiddlewaretoken": self.csrf, "submission": str(uuid.uuid4()), **fields}
        return self._ask("POST", address, urlencode(fields).encode(), {})

    def _ask(self, method: str, address: str, body: bytes, said: dict[str, str]) -> Answer:
        parts = urlsplit(address)
        environ = {
            **self.base,
            **said,
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
            "RAW_URI": quote(address, safe="/%?=&"),
            "QUERY_STRING": parts.query,
            "wsgi.input": io.BytesIO(body),
        }
        if method == "POST":
            environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
            environ["CONTENT_LENGTH"] = str(len(body))
        started: list[Any] = []
        result = self.application(environ, lambda *arguments: started.append(arguments))
        try:
            answer = b"".join(result)
        finally:
            if hasattr(result, "close"):
                result.close()  # Django's request_finished
        status, headers = started[0][:2]
        return Answer(int(status.split()[0]), dict(headers), answer)


def sign_in(member: Member) -> str:
    """A session of `member` as signing in leaves it; returns its key."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    assert session.session_key
    UserSession.objects.create(user=member, session_key=session.session_key, ip="127.0.0.1")
    return session.session_key
