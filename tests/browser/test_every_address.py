"""Every address of the site, as a coordinator, a moderator, a visitor and a member have it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import axe
from tests.clients import signed_in
from tests.made_once import no_pace
from tests.security.test_routes import ROWS, page
from tests.security.world import World, make_people, make_world
from tests.valid_html import main_of, outline

# Who has most comes first: of pages made alike only the first is opened, a browser takes a second for each.
READERS = ["malee", "moderator", "visitor", "somchai"]


@pytest.fixture
def world(live_server: object) -> World:
    with no_pace():
        return make_world(make_people())


def test_every_address_can_be_heard_in_both_colours(
    browse: Callable[..., Page], world: World, subtests: pytest.Subtests
) -> None:
    seen: set[str] = set()
    names = world.names()
    for who in READERS:
        client = signed_in(world.people[who])
        browser = browse(world.people[who], foreseen="40[0-9]", heard=True)
        for path in [row.address.format(**names) for row in ROWS if row.get[who] == 200]:
            alike = outline(main_of(page(client.get(path))))
            if alike and alike not in seen:
                seen.add(alike)
                browser.goto(path)
                with subtests.test(f"{who} {path}"):
                    assert axe(browser) == []
    assert len(seen) > 100
