"""A visitor's page carries the drawings it shows; a member's all, for what her scripts bring in."""

import re

import pytest

from roypalang.drawings import OFFLINE
from tests.make import make_topic
from tests.needs import CHECKOUT

EVERY = {
    name
    for part in ("icons", "icons_acts", "icons_things", "emblems")
    for name in re.findall(
        r'<symbol id="([\w-]+)"', (CHECKOUT / f"templates/components/{part}.html").read_text()
    )
}


def drawn(page: str) -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', page))


def shown(page: str) -> set[str]:
    return set(re.findall(r'<use href="#([\w-]+)"', page))


@pytest.mark.parametrize(
    "path", ["/", "/boards/", "/networks/", "/accounts/login/", "/search/?q=x", "/nowhere/"]
)
def test_a_visitors_page_has_what_it_shows_and_what_comes_without_signal(client, db, path):
    page = client.get(path).text
    assert drawn(page) == shown(page) | {name.decode() for name in OFFLINE} < EVERY
    assert "mark" in drawn(page)


def test_a_kept_page_is_as_it_was_made(client, malee):
    path = make_topic(malee).get_absolute_url()
    first, second = client.get(path).text, client.get(path).text
    assert first == second
    assert shown(first) <= drawn(first) < EVERY


def test_a_member_has_them_all(client, malee):
    client.force_login(malee)
    assert drawn(client.get("/").text) == EVERY


def test_other_answers_are_left_alone(client, db):
    for path in ("/feed/", "/robots.txt", "/sw.js"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.content or answer.streaming


def test_scripts_bring_in_what_is_always_there():
    offline = CHECKOUT / "templates" / "offline"
    found = {name for path in offline.glob("_*.html") for name in shown(path.read_text())}
    assert found <= {name.decode() for name in OFFLINE}
    scripts = [path.read_text() for path in (CHECKOUT / "static" / "js").rglob("*.js")]
    assert not [script for script in scripts if "#i-" in script or "createElementNS" in script]
