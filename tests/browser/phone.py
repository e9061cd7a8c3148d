"""A telephone whose signal comes and goes, for who reads on without it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from forums.discussions.topics.models import Topic
from tests.browser.signal import Signal, signal  # noqa: F401 - a fixture
from tests.browser.steps import until

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
CACHES = "async () => (await caches.keys()).filter((name) => !name.startsWith('shell-')).sort()"
PAGES = """async () => {
    const all = [];
    for (const name of await caches.keys()) {
        if (!name.startsWith("kept-")) continue;
        for (const { url } of await (await caches.open(name)).keys()) all.push(decodeURI(new URL(url).pathname));
    }
    return all;
}"""
READY = """async () => {
    await navigator.serviceWorker.ready;
    return Boolean(navigator.serviceWorker.controller);
}"""
# What a browser says of pages it cannot reach, or is refused; and that this is another door to the server.
FORESEEN = "asked another host: http://localhost|ERR_|status of 4"


class Phone:
    """A telephone on which the worker is ready."""

    def __init__(self, page: Page, signal: Signal) -> None:  # noqa: F811
        self.page, self.signal = page, signal
        self.go("/boards/")
        until(page, lambda: page.evaluate(READY))

    def go(self, path: str) -> None:
        self.page.goto(self.signal.url + path)

    def read(self, topic: Topic) -> None:
        """Read a topic, and wait until it is kept."""
        self.go(topic.get_absolute_url())
        until(self.page, lambda: topic.get_absolute_url() in self.page.evaluate(PAGES))

    def lose_signal(self) -> None:
        self.signal.away()
        self.page.context.set_offline(True)

    def find_signal(self) -> None:
        self.signal.good()
        self.page.context.set_offline(False)

    def write(self, text: str, page: Page | None = None) -> None:
        page = page or self.page
        page.get_by_label("ความคิดเห็นของท่าน").fill(text)
        page.get_by_role("button", name="ส่งความคิดเห็น").click()
        expect(page.locator("#waiting")).to_contain_text(text)

    @property
    def waiting(self) -> Locator:
        return self.page.locator("#waiting")


@pytest.fixture
def phone(browse, signal) -> Callable[..., Phone]:  # noqa: F811
    def open_phone(member=None) -> Phone:
        return Phone(browse(member, service_workers="allow", foreseen=FORESEEN, **PHONE), signal)

    return open_phone
