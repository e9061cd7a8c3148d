"""A browser at a site whose pages are kept: whoever sits before it reads hers, and what is decided is so at the next look."""

import pytest
from playwright.sync_api import expect

from forums.kept.models import KeptPage
from tests.browser.phone import FORESEEN
from tests.make import make_post, make_topic

# The page that stands, asked for by the tag it has; a member's has none.
ASKED_AGAIN = """async () => {
    const tag = (await fetch(location.href)).headers.get("ETag");
    const asked = { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" };
    return (await fetch(location.href, asked)).status;
}"""


@pytest.fixture
def topic(keeping, db):
    return make_topic(title="เวรเยี่ยมบ้าน")


def test_whoever_sits_before_it_reads_hers(browse, topic, joined):
    page, path = browse(), topic.get_absolute_url()
    page.goto(path)
    assert page.evaluate(ASKED_AGAIN) == 304
    page.goto("/accounts/login/")
    joined.log_in(page)
    hers = page.get_by_label(f"เมนูของ {joined.member.display_name}")
    for there in (path, "/", "/boards/", path):
        page.goto(there)
        expect(hers).to_be_visible()
        assert page.evaluate(ASKED_AGAIN) == 200, there
    joined.log_out(page)
    for there in (path, "/", "/boards/", path):
        page.goto(there)
        expect(page.locator("html")).to_have_attribute("data-reader", "0")
        expect(hers).to_have_count(0)
    assert page.evaluate(ASKED_AGAIN) == 304
    assert KeptPage.objects.exists()


def test_what_is_answered_or_hidden_in_the_admin_is_so_at_the_next_look(
    browse, topic, malee, moderator
):
    path, here = topic.get_absolute_url(), {"service_workers": "allow", "foreseen": FORESEEN}
    page = browse(**here)
    for _twice in range(2):
        page.goto(path)
        expect(page.get_by_role("main")).to_contain_text("เวรเยี่ยมบ้าน")
    make_post(topic, malee, body="ของเราเยี่ยมวันพุธ")
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("ของเราเยี่ยมวันพุธ")

    desk = browse(moderator)
    desk.goto(f"/admin/forums/topic/{topic.pk}/change/")
    desk.get_by_role("link", name="ซ่อน", exact=True).click()
    desk.get_by_label("เพราะอะไร").fill("ลงซ้ำ")
    desk.get_by_role("button", name="ซ่อน").click()
    expect(desk.get_by_role("main")).to_contain_text("ลงซ้ำ")

    page.reload()
    expect(page.get_by_role("main")).not_to_contain_text("ของเราเยี่ยมวันพุธ")
    page.goto("/")
    expect(page.get_by_role("main")).not_to_contain_text("เวรเยี่ยมบ้าน")
