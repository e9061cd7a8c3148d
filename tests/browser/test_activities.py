"""An activity from its announcement to its report, with and without scripts; and how it looks."""

import re

import pytest
from playwright.sync_api import expect

from forums.activities.calendars.actions import renew_calendar
from forums.activities.models import Activity
from forums.notifications.models import Email
from forums.notifications.registry import text_of
from forums.text.dates import typed
from tests.browser.axe import SMALL_TARGETS, axe
from tests.browser.steps import attach
from tests.make import in_days, make_activity, make_network


def test_an_activity_from_its_announcement_to_its_report(browse, js, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    coordinator = browse(malee, js=js, foreseen="400", viewport={"width": 360, "height": 740})
    coordinator.goto(f"{network.get_absolute_url()}activities/")
    coordinator.get_by_role("link", name="ประกาศกิจกรรม").first.click()
    coordinator.get_by_label("ชื่อกิจกรรม").fill("เดินดูคลอง")
    coordinator.get_by_label("วันที่", exact=True).fill("5/12/70")
    coordinator.get_by_label("เริ่มเวลา").fill("8.30")
    coordinator.get_by_label("เลิกเวลา").fill("๑๒.๐๐ น.")
    coordinator.get_by_label("สถานที่").fill("ท่าน้ำวัดใหม่")
    coordinator.get_by_label("ลิงก์ประชุมออนไลน์").fill("https://meet.example/khlong")
    coordinator.get_by_label("รับกี่คน").fill("๑๐")
    coordinator.get_by_role("button", name="ประกาศ", exact=True).click()
    expect(coordinator.get_by_role("main")).to_contain_text("เขียนปีให้ครบสี่หลัก")
    day = in_days(10).date()
    coordinator.get_by_label("วันที่", exact=True).fill(typed(day))
    coordinator.get_by_role("button", name="ประกาศ", exact=True).click()
    expect(coordinator).to_have_url(re.compile(r"/activities/\d+/"))
    expect(coordinator.get_by_role("main")).to_contain_text("8.30–12.00 น.")
    address = coordinator.url

    other = browse(somchai, js=js)
    other.goto("/activities/?view=month" + (f"&month={day:%Y-%m}"))
    other.get_by_role("link", name="เดินดูคลอง").click()
    expect(other.get_by_role("main")).not_to_contain_text("meet.example")
    other.get_by_role("button", name="ไป", exact=True).click()
    expect(other.get_by_role("main")).to_contain_text("แล้วพบกัน")
    expect(other.get_by_role("main")).to_contain_text("meet.example")
    expect(other.get_by_role("button", name="ไป", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )

    coordinator.goto(address)
    coordinator.get_by_role("link", name="แก้ไขกิจกรรม").click()
    coordinator.get_by_label("เริ่มเวลา").fill("9.00")
    coordinator.get_by_role("button", name="บันทึก", exact=True).click()
    expect(coordinator.get_by_role("main")).to_contain_text("9.00–12.00 น.")
    letter = Email.objects.select_related("member").get(member=somchai)
    assert "9.00–12.00 น." in text_of(letter).body

    Activity.objects.update(starts_at=in_days(-2), ends_at=in_days(-2, hour=12))
    coordinator.goto(address)
    coordinator.get_by_role("link", name="เล่าว่าเป็นอย่างไร").click()
    coordinator.get_by_label("ได้ทำอะไรกันบ้าง").fill("เก็บขยะได้ **3 ตัน**")
    coordinator.get_by_label("มากันกี่คน").fill("41")
    coordinator.get_by_label("ได้เรียนรู้อะไร").fill("ครั้งหน้าเริ่มเช้ากว่านี้")
    attach(coordinator, js=js, alt="ท่าน้ำ")
    coordinator.get_by_role("button", name="บันทึก", exact=True).click()
    report = browse(js=js)
    report.goto(address)
    main = report.get_by_role("main")
    expect(main).to_contain_text("มากัน 41 คน")
    expect(main).to_contain_text("ครั้งหน้าเริ่มเช้ากว่านี้")
    picture = report.get_by_role("img", name="ท่าน้ำ")
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    if js:
        expect(picture).not_to_have_js_property("naturalWidth", 0)


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_activities_hold_and_can_be_heard(browse, malee, width):
    network = make_network("คนรักคลอง", malee)
    names = ("เดินดูคลองยามเช้าแล้วนั่งคุยกันเรื่องน้ำขึ้นน้ำลงกับคนที่อยู่มาก่อน", "ประชุมใหญ่ประจำปี", "ซ้อมหนีไฟ")
    for n, name in enumerate(names):
        activity = make_activity(network, title=name, days=4 + n, capacity=20, province="74")
    over = make_activity(network, title="วันทำความสะอาดคลอง", days=-3)
    renew_calendar(member=malee)
    page = browse(malee, viewport={"width": width, "height": 900}, heard=True)
    for address in (
        "/activities/",
        "/activities/?view=month",
        f"/activities/?view=month&month={in_days(5):%Y-%m}",
        f"{network.get_absolute_url()}activities/",
        f"{network.get_absolute_url()}activities/new/",
        activity.get_absolute_url(),
        f"/activities/{activity.pk}/edit/",
        f"/activities/{activity.pk}/cancel/",
        over.get_absolute_url(),
        f"/activities/{over.pk}/report/",
        "/settings/calendar/",
    ):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (address, wide)
        assert axe(page) == [], address
        assert page.evaluate(SMALL_TARGETS) == [], address
