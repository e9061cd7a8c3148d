"""The map of the site: every address a visitor may open and no other, in pages that cost the same."""

from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.activities.models import Activity, ActivityHost
from forums.discussions.boards.models import Access
from forums.discussions.topics.models import Topic
from forums.front.sitemaps import views
from forums.groups.networks.models import Network
from forums.groups.organisations.models import Organisation
from forums.moderation import actions as moderation
from forums.moderation.merging.actions import merge
from forums.moderation.networks import actions
from tests.make import make_board, make_board_of, make_network, make_topic

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read(browser, path: str) -> ElementTree.Element:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "application/xml"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert "Cookie" not in answer.get("Vary", "")
    return ElementTree.fromstring(answer.content)


def pages(browser) -> list[str]:
    found = [loc.text for loc in read(browser, "/sitemap.xml").iter(f"{MAP}loc")]
    assert all(page.startswith(settings.SITE_URL + "/") for page in found)
    return [urlsplit(page).path for page in found]


def addresses(browser) -> dict[str, str]:
    """Every address with when it changed."""
    found = {}
    for page in pages(browser):
        for url in read(browser, page).findall(f"{MAP}url"):
            loc = url.findtext(f"{MAP}loc")
            assert loc.startswith(settings.SITE_URL + "/")
            assert loc.isascii()
            assert loc not in found
            found[unquote(loc.removeprefix(settings.SITE_URL))] = url.findtext(f"{MAP}lastmod")
    return found


@pytest.fixture
def shown(malee, board) -> list[str]:
    """One public thing of each kind, by address."""
    topic, network = make_topic(malee, board), make_network("คนรักคลอง", malee)
    open_board = make_board_of(network, "readers")
    organisation = Organisation.objects.create(
        slug="วัดป่า", name="วัดป่า", name_key="ว", sort_key="ว", sector="civil", created_by=malee
    )
    return [
        unquote(each.get_absolute_url())
        for each in (topic, board, open_board, network, organisation, activity(malee, "everyone"))
    ]


def activity(member, open_to: str) -> Activity:
    now = timezone.now()
    made = Activity.objects.create(
        title="เก็บขยะ", slug="เก็บขยะ", open_to=open_to, created_by=member,
        starts_at=now, ends_at=now + timedelta(hours=1),
    )  # fmt: skip
    network = Network.objects.get(name="คนรักคลอง")
    ActivityHost.objects.create(activity=made, network=network, confirmed_at=now)
    return made


def test_the_map_holds_what_a_visitor_may_open_and_when_it_changed(as_, shown):
    found = addresses(as_(None))
    assert set(found) == set(shown)
    for path, changed in found.items():
        if changed:
            assert datetime.fromisoformat(changed).tzinfo, path
    assert found[shown[0]]


def test_private_and_hidden_things_are_not_on_it_whoever_asks(as_, malee, moderator, shown):
    network, gone = make_network("ลับ", malee), make_network("รวมแล้ว", malee)
    inside = make_board_of(network, "network")
    make_topic(malee, inside)
    make_topic(malee, make_board(read=Access.MEMBERS))
    hidden = make_topic(board=make_board())
    moderation.hide_topic(moderator=moderator, topic=hidden, reason="โฆษณา")
    activity(malee, "members")
    actions.hide(moderator=moderator, network=network, reason="ซ่อน")
    merge(moderator=moderator, network=gone, into=make_network("ปลายทาง"), reason="รวม")
    more = {"/n/ปลายทาง/", f"/b/{hidden.board.slug}/"}
    for reader in (None, malee, moderator):
        assert set(addresses(as_(reader))) == {*shown, *more}


def test_pages_are_ranges_of_ids_and_end_with_the_last_public_thing(as_, malee, board, monkeypatch):
    monkeypatch.setattr(views, "SIZE", 2)
    browser = as_(None)
    made = [make_topic(malee, board) for _ in range(3)]
    first = made[0].pk
    before = [page for page in pages(browser) if "topics" in page]
    assert len(before) == -(-made[-1].pk // 2)
    private = make_board(read=Access.STAFF)
    for _ in range(5):
        make_topic(board=private)
    assert [page for page in pages(browser) if "topics" in page] == before
    # Not those of ids from before: other tests made thousands, and each would be an empty page.
    here = before[(first - 1) // 2 :]
    held = [len(read(browser, page).findall(f"{MAP}url")) for page in here]
    assert sum(held) == 3
    assert max(held) <= 2


@pytest.mark.parametrize(
    "path", ["sitemap-topics-0.xml", "sitemap-members-1.xml", "sitemap-topics-99999999999999.xml"]
)
def test_what_is_no_page_of_it_is_404(path, as_, db):
    assert as_(None).get(f"/{path}").status_code == 404


def test_robots_are_told_where_it_is(as_, db):
    answer = as_(None).get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in answer.splitlines()


def test_a_page_costs_one_query_and_reads_an_index(as_, malee, board, django_assert_num_queries):
    values = {"board": board, "author": malee, "last_author": malee, "title": "ก", "slug": "ก"}
    now = timezone.now()
    Topic.objects.bulk_create(Topic(**values, created_at=now, last_post_at=now) for _ in range(40))
    browser = as_(None)
    with django_assert_num_queries(1):
        read(browser, "/sitemap-topics-1.xml")
    with CaptureQueriesContext(connection) as captured:
        read(browser, "/sitemap.xml")
    assert len(captured) == len(views.SECTIONS)
    assert "OFFSET" not in " ".join(query["sql"] for query in captured)
