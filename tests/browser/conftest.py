"""A real browser on a real server: every page a test opens is watched for faults.

`browse(malee)` opens a browser in which Malee is signed in; `browse()` is a visitor's. When the test
is over, no page may have broken the Content-Security-Policy, written an error into the console,
asked another host for anything, or been answered with a 5xx.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from axe_playwright_python.base import AXE_SCRIPT
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, expect

from accounts.models import Member
from tests.browser.phone import DESK, PHONE, phone  # noqa: F401 - a fixture
from tests.browser.signal import signal  # noqa: F401 - a fixture
from tests.browser.steps import PASSWORD, Joined
from tests.make import make_member
from tests.needs import needs_chromium

# Playwright's own event loop runs in the thread of the tests until the last of them; Django would
# take every test after the first for asynchronous code, and refuse it the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

HERE = Path(__file__).parent
WAIT = 10_000  # milliseconds; a condition met at once costs nothing
expect.set_options(timeout=WAIT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": needs_chromium(),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--in-process-gpu",  # there is none: what draws instead needs no process of its own
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            # Nothing outside this machine can be reached, whatever a page asks for.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "th-TH", "timezone_id": "Asia/Bangkok"}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    return str(live_server.url)


@pytest.fixture(scope="session", autouse=True)
def _no_connection_left(playwright: Any) -> Iterator[None]:
    """While Playwright's loop runs in this thread, Django keeps other connections for it than before and
    after: they are closed before it ends, or the test database could not be dropped."""
    yield
    connections.close_all()


@pytest.fixture(scope="session")
def _static_files(django_db_setup: None) -> None:
    """Our staticfiles app has a name of its own, so the live server serves what is collected."""
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(autouse=True)
def _connections_kept(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread of the live server serves one connection of a browser, and keeps its own to the database until that ends, as the
    site's threads do: a new one for each page costs PostgreSQL ten times what the page asks of it."""
    monkeypatch.setitem(connections.settings[connection.alias], "CONN_MAX_AGE", None)


@pytest.fixture(autouse=True)
def _a_fresh_site(live_server: Any, _static_files: None, settings: Any) -> None:
    cache.clear()  # the cache's table is no model's: what limits count there outlives a test
    settings.ACCOUNTS_SAME_TIME = 0


class Watch:
    """Collects what no page may do."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.faults: list[str] = []

    def over(self, context: BrowserContext, *, foreseen: str) -> None:
        """Watch a browser; faults that match `foreseen` are what the test is about."""

        def note(fault: str) -> None:
            if not foreseen or not re.search(foreseen, fault):
                self.faults.append(fault)

        def asked(request: Request) -> None:
            if not request.url.startswith((self.host, "data:", "blob:", "about:")):
                note(f"asked another host: {request.url}")

        def answered(response: Response) -> None:
            if response.status >= 500:
                note(f"{response.status}: {response.request.method} {response.url}")

        def said(message: ConsoleMessage) -> None:
            if message.type == "error":
                note(f"console: {message.text} ({message.location.get('url')})")

        context.on("request", asked)
        context.on("response", answered)
        context.on("console", said)
        context.on("weberror", lambda error: note(f"script: {error.error}"))


@pytest.fixture
def browse(new_context: Any, base_url: str) -> Iterator[Callable[..., Page]]:
    """Open a browser: browse(malee, js=False, viewport={…}). Without a member it is a visitor's.

    One with heard=True is for axe(page): axe-core stands in each of its pages before anything else, which our
    policy would not let in; and who wants no motion sees colours change at once, so that nothing need be waited for.
    The worker that keeps pages is left out but where it is asked for (service_workers="allow"): it would fetch
    what it keeps anew for each browser.
    """
    watch = Watch(base_url)

    def open_browser(
        member: Member | None = None,
        *,
        js: bool = True,
        foreseen: str = "",
        heard: bool = False,
        **options: Any,
    ) -> Page:
        options.setdefault("service_workers", "block")
        if heard:
            options |= {"bypass_csp": True, "reduced_motion": "reduce"}
        context = new_context(java_script_enabled=js, **options)
        if heard:
            context.add_init_script(AXE_SCRIPT)
        context.set_default_timeout(WAIT)
        watch.over(context, foreseen=foreseen)
        if member is not None:
            client = Client()
            client.force_login(member)
            session = client.session
            # Has just typed her password: no page asks for it again.
            session[AUTHENTICATION_METHODS_SESSION_KEY] = [
                {"method": "password", "at": time.time(), "reauthenticated": True}
            ]
            session.save()
            cookie = {"name": "sessionid", "value": session.session_key, "url": base_url}
            context.add_cookies([cookie])
        page = context.new_page()
        page.wrong = watch.faults  # for a test that causes a fault itself to clear
        return page

    yield open_browser
    assert watch.faults == []


@pytest.fixture
def keeping(live_server: Any, settings: Any) -> Iterator[None]:
    """Visitors' pages are kept. The server of the tests began without it, and so did what serves files around it, and answers where there is none."""
    served = [live_server.thread.httpd.get_app()]
    while hasattr(served[-1], "application"):
        served.append(served[-1].application)
    for keeps in (True, False):
        settings.FORUMS_KEPT_PAGES = keeps
        for handler in served:
            handler.load_middleware()
        if keeps:
            yield


@pytest.fixture
def joined(live_server: Any) -> Joined:
    """Malee, who knows her password."""
    member = make_member("malee", password=PASSWORD, display_name="มาลี คำหล้า")
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    return Joined(member)


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def js(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts: everything is a plain form first."""
    return bool(request.param)


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desktop"])
def screen(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What one holds, or sits before: options of `browse`."""
    return dict(request.param)
