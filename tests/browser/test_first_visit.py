"""A visitor's first page on a weak signal: what it weighs, when its text is there, and that nothing is missing."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.test.testcases import FSFilesHandler
from playwright.sync_api import Page
from whitenoise.compress import Compressor

from forums.discussions.topics.models import Topic, TopicKind
from roypalang.building import css
from roypalang.storage import without_comments
from tests.browser.phone import PHONE
from tests.browser.signal import Signal
from tests.browser.steps import until
from tests.filled import Filled
from tests.made_once import no_pace
from tests.security.test_routes import ROWS
from tests.security.world import make_people, make_world

MOST = 60_000  # bytes, with what HTTP says around them
SECONDS = 3
# 250 kbit/s, and 300 ms to the server and back: a telephone where there is hardly any signal.
EDGE = {
    "offline": False,
    "latency": 300,
    "downloadThroughput": 250_000 / 8,
    "uploadThroughput": 250_000 / 8,
}
# Selectors of a style sheet that something on a page answers to, whatever is open, pointed at or focused.
MEETS = r"""([css, pages]) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const all = (rules) => [...rules].flatMap((rule) =>
    rule.selectorText ? [rule.selectorText, ...all(rule.cssRules ?? [])] : all(rule.cssRules ?? []));
  const plain = (selector) => selector
    .replace(/::[\w-]+(\([^)]*\))?/g, "")
    .replace(/:(hover|focus-visible|focus-within|focus|active|visited|target|open|checked)\b/g, ":is(*)")
    .replace(/\[open\]/g, "");
  const selectors = all(sheet.cssRules).map(plain).filter((each) => each.trim());
  const found = {};
  for (const [path, html] of pages) {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const selector of selectors) if (page.querySelector(selector)) found[selector] = path;
  }
  return found;
}"""
# When the first words of its main part were painted, in milliseconds.
READABLE = """() => new Promise((done) => new PerformanceObserver((list, observer) => {
  const words = list.getEntries().find((each) => each.element?.closest("main"));
  if (!words) return;
  observer.disconnect();
  done(words.startTime);
}).observe({ type: "largest-contentful-paint", buffered: true }))"""


@pytest.fixture
def compressed(
    keeping: None, settings: Any, _static_files: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Style and scripts compressed beforehand and served by the site itself, pages kept, as it is done in earnest."""
    monkeypatch.setattr(FSFilesHandler, "_should_handle", lambda _handler, _path: False)
    pack = Compressor(quiet=True)
    for kind in ("css/*.css", "js/**/*.js", "img/*.svg"):
        for path in Path(settings.STATIC_ROOT).glob(kind):
            if path.suffix == ".js":
                path.write_bytes(without_comments(path.read_bytes()))
            pack.compress(str(path))


def landed_on() -> list[str]:
    """Home, and a topic of each kind, the longest first."""
    topics = Topic.objects.visible_to(None)
    found = [
        topics.order_by("-reply_count").first(),
        topics.filter(kind=TopicKind.ARTICLE).order_by("pk").first(),
        topics.exclude(accepted_post=None).first(),
    ]
    return [*(topic.get_absolute_url() for topic in found if topic), "/", "/boards/"]


def weight(page: Page, signal: Signal, path: str) -> int:
    """Bytes of a first visit."""
    # Pictures of members are theirs to choose.
    page.route(re.compile("/(media|pictures)/"), lambda route: route.abort())
    page.goto(signal.url + path, wait_until="networkidle", timeout=30_000)
    page.evaluate("document.fonts.ready")
    page.evaluate("fetch(document.querySelector('link[rel=icon]').href)")  # no screen, no icon
    page.wait_for_load_state("networkidle")
    return signal.received


def readable_after(page: Page, path: str) -> float:
    """Seconds until its words are there, on a weak signal."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", EDGE)
    page.goto(path, wait_until="commit")
    return float(page.evaluate(READABLE)) / 1000


def missing(page: Page, paths: list[str]) -> tuple[dict[str, str], int]:
    """Rules that light pages among these would want of the sheet they are not sent, each with the page that does; and
    how many are light."""
    client = Client()
    answers = [(path, client.get(path)) for path in paths]
    light = [
        (path, answer.text)
        for path, answer in answers
        if answer["Content-Type"].startswith("text/html") and not answer.streaming
        if "css/first" in answer.text
    ]
    page.goto("/")
    later = css.joined(name for name in css.ORDER if name in css.LATER)
    return page.evaluate(MEETS, [later, light]), len(light)


def test_the_demos_home_and_topics_are_light_soon_there_and_whole(
    browse: Callable[..., Page],
    live_server: Any,
    compressed: None,
    filled: Filled,
    subtests: pytest.Subtests,
) -> None:
    """One test, because the community that fills the pages takes longer than they do."""
    paths = landed_on()
    for path in paths:
        Client().get(path)  # the first who asks pays for reading the templates
        signal = Signal(live_server.url)
        page = browse(service_workers="allow", foreseen="another host|ERR_FAILED", **PHONE)
        with subtests.test(f"{path} weighs little"):
            assert 20_000 < weight(page, signal, path) <= MOST
        signal.close()
    with subtests.test("its text is there soon"):
        # The machine may be busy with something else.
        took = [readable_after(browse(**PHONE), paths[0]) for _ in range(3)]
        assert min(took) < SECONDS, took
    with subtests.test("nothing is missing"):
        every = [topic.get_absolute_url() for topic in Topic.objects.visible_to(None)]
        every += ["/new/", "/hot/", "/unanswered/"]
        wanted, light = missing(browse(), every + paths)
        assert not wanted, wanted
        assert light == len(every + paths) > 20


def test_what_a_light_page_is_not_sent_none_of_it_needs(
    browse: Callable[..., Page], live_server: Any
) -> None:
    with no_pace():
        names = make_world(make_people()).names()
    paths = [row.address.format(**names) for row in ROWS if row.get["visitor"] == 200]
    wanted, light = missing(browse(), paths)
    assert not wanted, wanted
    assert 4 < light < len(paths) - 20


def test_the_worker_is_fetched_with_the_second_page(
    browse: Callable[..., Page], signal: Signal
) -> None:
    page = browse(service_workers="allow", foreseen="another host", **PHONE)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))

    def go(path: str) -> None:
        page.goto(signal.url + path, wait_until="networkidle")
        until(page, lambda: page.evaluate("caches.has('kept-0')"))

    go("/")
    assert not page.evaluate("navigator.serviceWorker.getRegistration().then(Boolean)")
    go("/boards/")
    until(page, lambda: page.evaluate("Boolean(navigator.serviceWorker.controller)"))
    assert any("/css/site" in url for url in asked)
    assert not [url for url in asked if re.search("-latin-|-other-|/compose/", url)]
