"""Names while one types them: with the keyboard, with a thumb, and heard; without scripts as ever."""

import pytest
from playwright.sync_api import expect

from forums.activities.models import Activity
from forums.groups.links.models import NetworkLink
from forums.text.dates import typed
from tests.browser.axe import SMALL_TARGETS, axe
from tests.groups.organisations.make import make_organisation
from tests.make import OpenTo, in_days, make_board_of, make_member, make_network, make_topic

TELEPHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
OFFERED = ".combo-list:not([hidden]) [role=option]"


@pytest.fixture
def networks(malee, somchai):
    """Malee's, and three of Somchai's."""
    ours = make_network("คนรักคลอง", malee)
    for name in ("อาสาสมัครลุ่มน้ำว้า", "อาสาสุขภาพบ้านเหนือ", "คนปลูกป่า"):
        make_network(name, somchai)
    return ours


def fill_in(page):
    page.get_by_label("ชื่อกิจกรรม").fill("เดินดูคลอง")
    page.get_by_label("วันที่", exact=True).fill(typed(in_days(10).date()))
    page.get_by_label("เริ่มเวลา").fill("8.30")
    page.get_by_label("เลิกเวลา").fill("12.00")
    page.get_by_label("สถานที่").fill("ท่าน้ำวัดใหม่")


def test_an_activity_with_hosts_and_topics_chosen_by_keys_alone(
    browse, malee, somchai, board, networks
):
    topic = make_topic(somchai, board, title="ขยะในคลองมาจากไหน")
    page = browse(malee, viewport={"width": 1280, "height": 900})
    page.goto(f"{networks.get_absolute_url()}activities/new/")
    fill_in(page)
    hosts = page.locator("#id_hosts")
    hosts.focus()
    page.keyboard.type("คนปลูกป่า\nอาสาส")
    offered = page.locator(OFFERED)
    expect(offered).to_have_count(2)
    expect(page.locator("#id_hosts ~ .combo-under [aria-live]")).to_contain_text(
        "มีคำแนะนำ 2 รายการ"
    )
    page.keyboard.press("ArrowDown")
    expect(offered.nth(0)).to_have_attribute("aria-selected", "true")
    expect(hosts).to_have_attribute(
        "aria-activedescendant", offered.nth(0).get_attribute("id") or "none"
    )
    page.keyboard.press("ArrowDown")
    expect(offered.nth(1)).to_contain_text("อาสาสุขภาพบ้านเหนือ")
    page.keyboard.press("Enter")
    expect(hosts).to_have_value("คนปลูกป่า\nอาสาสุขภาพบ้านเหนือ")
    expect(offered).to_have_count(0)
    expect(page.locator("#id_hosts ~ .combo-under [aria-live]")).to_have_text(
        "ใส่ “อาสาสุขภาพบ้านเหนือ” แล้ว"
    )
    # The next line: what stands on another is not offered again; Escape leaves what was typed, and Enter a line.
    page.keyboard.press("Enter")
    page.keyboard.type("อาสา")
    expect(offered).to_have_count(1)
    page.keyboard.press("Escape")
    expect(offered).to_have_count(0)
    expect(hosts).to_have_value("คนปลูกป่า\nอาสาสุขภาพบ้านเหนือ\nอาสา")
    page.keyboard.type("ส")
    expect(offered).to_have_count(1)
    page.keyboard.press("ArrowUp")  # from the end of the list, round
    page.keyboard.press("Enter")
    expect(hosts).to_have_value("คนปลูกป่า\nอาสาสุขภาพบ้านเหนือ\nอาสาสมัครลุ่มน้ำว้า")
    # In the first line her own line is looked at, and no other.
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.keyboard.type("คนรักคลอง")  # her own network holds it already
    page.wait_for_timeout(400)
    expect(offered).to_have_count(0)
    page.keyboard.press("Shift+Home")
    page.keyboard.type("คนปลูก")
    expect(offered).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#id_topics").focus()
    page.keyboard.type("ขยะใน")
    expect(offered).to_have_text(["ขยะในคลองมาจากไหน" + board.name])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#id_topics")).to_have_value(topic.get_absolute_url())
    page.get_by_role("button", name="ประกาศ", exact=True).click()
    page.wait_for_url("**/activities/*/*/")
    activity = Activity.objects.get()
    assert set(activity.hosts.values_list("network__name", flat=True)) == {
        *("คนรักคลอง", "คนปลูกป่า", "อาสาสุขภาพบ้านเหนือ", "อาสาสมัครลุ่มน้ำว้า"),
    }
    assert activity.topics.get().topic_id == topic.pk


def test_hosts_are_chosen_with_a_thumb(browse, malee, networks):
    page = browse(malee, **TELEPHONE)
    page.goto(f"{networks.get_absolute_url()}activities/new/")
    fill_in(page)
    hosts = page.locator("#id_hosts")
    hosts.tap()
    page.keyboard.type("อาสาสม")
    option = page.locator(OFFERED)
    expect(option).to_have_count(1)
    box = option.bounding_box()
    assert box["height"] >= 44
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    option.tap()
    expect(hosts).to_have_value("อาสาสมัครลุ่มน้ำว้า")
    expect(hosts).to_be_focused()  # the keyboard stays
    expect(page.locator(OFFERED)).to_have_count(0)
    page.get_by_role("button", name="ประกาศ", exact=True).tap()
    page.wait_for_url("**/activities/*/*/")
    assert Activity.objects.get().hosts.count() == 2


def test_what_everyone_may_come_to_offers_only_what_everyone_may_read(browse, malee, networks):
    make_topic(malee, make_board_of(networks, OpenTo.NETWORK), title="เรื่องในบ้าน")
    page = browse(malee)
    page.goto(f"{networks.get_absolute_url()}activities/new/")
    topics = page.locator("#id_topics")
    topics.focus()
    with page.expect_response("**/suggest/topics/*"):
        page.keyboard.type("เรื่องใน")
    expect(page.locator(OFFERED)).to_have_count(0)
    page.locator("[name=open_to][value=members]").check()
    topics.focus()
    page.keyboard.type("บ้าน")
    expect(page.locator(OFFERED)).to_have_count(1)


def test_a_network_is_asked_for_a_link_by_key_and_by_thumb(browse, malee, networks):
    page = browse(malee, **TELEPHONE)
    page.goto(f"{networks.get_absolute_url()}links/")
    page.get_by_label("ชื่ออีกเครือข่าย").tap()
    page.keyboard.type("น้ำว้า")
    page.locator(OFFERED).tap()
    expect(page.get_by_label("ชื่ออีกเครือข่าย")).to_have_value("อาสาสมัครลุ่มน้ำว้า")
    page.locator("main form .button.go").tap()
    expect(page.get_by_role("main")).to_contain_text("อาสาสมัครลุ่มน้ำว้า")
    assert NetworkLink.objects.get().target.name == "อาสาสมัครลุ่มน้ำว้า"
    page.get_by_label("ชื่ออีกเครือข่าย").tap()
    page.keyboard.type("อาสา")
    expect(page.locator(OFFERED)).to_have_count(1)  # the other was asked


def test_choosing_where_one_looks_for_a_name_finds_it_at_once(browse, malee, board, networks):
    topic = make_topic(malee, board)
    make_organisation("มูลนิธิร้อยใจ")
    page = browse(malee, **TELEPHONE)
    page.goto(f"/t/{topic.pk}/by/networks/")
    page.locator("#id_q").tap()
    page.keyboard.type("ป่า")
    page.locator(OFFERED).tap()
    page.wait_for_url("**q=*")
    page.get_by_role("button", name="ชวน", exact=True).tap()
    expect(page.get_by_role("main")).to_contain_text("คนปลูกป่า")
    page.goto(f"{networks.get_absolute_url()}organisations/")
    page.locator("#id_q").tap()
    page.keyboard.type("ร้อยใจ")
    page.locator(OFFERED).tap()
    page.wait_for_url("**q=*")
    expect(page.get_by_role("main").get_by_role("link", name="มูลนิธิร้อยใจ")).to_be_visible()


def test_in_a_directory_choosing_goes_to_the_page(browse, networks):
    page = browse()
    page.goto("/networks/")
    page.locator("main #id_q").focus()
    page.keyboard.type("ปลูกป่า")
    expect(page.locator(OFFERED)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("คนปลูกป่า")
    make_organisation("มูลนิธิร้อยใจ")
    asker = browse(make_member())
    asker.goto("/organisations/new/")  # it is here already
    asker.get_by_label("ชื่อองค์กร").focus()
    asker.keyboard.type("ร้อยใจ")
    asker.locator(OFFERED).click()
    expect(asker.get_by_role("heading", level=1)).to_have_text("มูลนิธิร้อยใจ")
    page.goto("/search/")  # names looked for elsewhere are none of the searches she may repeat
    expect(page.locator(".recent")).to_be_hidden()


def test_moderators_choose_into_what_one_is_merged(browse, moderator, malee, networks):
    page = browse(moderator)
    page.goto(f"/admin/forums/network/act/merge/?ids={networks.pk}")
    page.locator("#id_into").focus()
    page.keyboard.type("ลุ่มน้ำ")
    expect(page.locator(OFFERED)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#id_into")).to_have_value("อาสาสมัครลุ่มน้ำว้า")
    page.locator("#id_reason").fill("เรื่องเดียวกัน")
    page.locator(".submit-row button").click()
    expect(page.locator("[role=status]").first).to_contain_text("อาสาสมัครลุ่มน้ำว้า")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_fields_that_suggest_hold_and_can_be_heard(browse, malee, networks, theme, subtests):
    page = browse(malee, heard=True, reduced_motion="reduce", color_scheme=theme)
    for path, field in (("activities/new/", "#id_hosts"), ("links/", "#id_other")):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            page.goto(networks.get_absolute_url() + path)
            page.evaluate("document.documentElement.dataset.text = 'larger'")
            page.locator(field).focus()
            page.keyboard.type("อาสา")
            expect(page.locator(OFFERED)).to_have_count(2)
            page.keyboard.press("ArrowDown")
            with subtests.test(f"{path} {width} heard"):
                assert axe(page) == []
            with subtests.test(f"{path} {width} holds"):
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                assert page.evaluate(SMALL_TARGETS) == []
