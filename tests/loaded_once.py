"""Middlewares are loaded once for all browsers of a test, as a process of the site loads them once for all requests.

Each of Django's test clients would load all thirty for itself: 1.5 ms, a tenth of what its first page takes, and most
are asked for one.
"""

from typing import Any

from django.core.signals import setting_changed
from django.test.client import ClientHandler

MADE = (
    "_middleware_chain",
    "_view_middleware",
    "_template_response_middleware",
    "_exception_middleware",
)
loaded: dict[str, Any] = {}  # by what the settings are; emptied before each test


def load_once() -> None:
    """Let every handler of a test client take what the first one loaded, until a setting changes."""
    load = ClientHandler.load_middleware

    def take(self: ClientHandler, is_async: bool = False) -> None:
        if not loaded:
            load(self, is_async)
            loaded.update({name: getattr(self, name) for name in MADE})
        vars(self).update(loaded)

    ClientHandler.load_middleware = take  # type: ignore[method-assign]
    setting_changed.connect(lambda **_changed: loaded.clear(), weak=False)
