"""A coordinator announces to her members, and invites many from a file; with and without scripts, on a telephone."""

from datetime import timedelta

from playwright.sync_api import expect

from forums.discussions.announcements.actions import KIND
from forums.discussions.boards.models import OpenTo
from forums.groups.rosters import actions
from forums.groups.rosters.models import Roster
from forums.groups.rosters.reading import read_roster
from forums.notifications.actions import deliver
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Telling
from tests.browser.axe import axe
from tests.make import join, make_member, make_network, make_network_board

TELEPHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
SHEET = "ชื่อ,อีเมล\nนก,nok@example.org\nป้อม,ป้อม@\nสมชาย,som@example.org\n"


def test_an_announcement_is_looked_at_sent_heard_and_read(browse, js):
    coordinator, member = make_member("ละเมียด"), make_member("nong")
    network = make_network("บ้านมั่นคงคลองท่าเรือ", coordinator)
    make_network_board(network, OpenTo.NETWORK, "เรื่องบ้าน")
    join(network, member)
    page = browse(coordinator, js=js, **TELEPHONE)
    page.goto(f"{network.get_absolute_url()}announcements/")
    page.get_by_role("link", name="เขียนประกาศ").click()
    page.get_by_label("หัวข้อ", exact=True).fill("น้ำหนุนคืนนี้")
    page.get_by_label("เนื้อหา").fill("ยกของขึ้นที่สูงก่อนสองทุ่ม")
    page.get_by_role("button", name="ดูตัวอย่าง").click()
    expect(page.get_by_role("main")).to_contain_text("จะออกมาเป็นแบบนี้")
    page.get_by_role("button", name="ประกาศถึงสมาชิก").click()
    expect(page.get_by_role("main")).to_contain_text("จะแจ้งสมาชิกตั้งแต่")
    expect(page.get_by_role("button", name="ถอนประกาศ")).to_be_visible()
    for telling in Telling.objects.filter(kind=KIND):
        due = telling.due_at - timedelta(minutes=11)
        Telling.objects.filter(pk=telling.pk).update(due_at=due, created_at=due)
    spread()
    hers = browse(member, js=js, **TELEPHONE)
    hers.goto("/notifications/")
    hers.get_by_role("link", name="ประกาศ: น้ำหนุนคืนนี้").click()
    expect(hers.get_by_role("main")).to_contain_text("ยกของขึ้นที่สูง")


def test_many_are_invited_from_a_file(browse, js):
    coordinator = make_member("ละเมียด")
    network = make_network("บ้านมั่นคงคลองท่าเรือ", coordinator)
    page = browse(coordinator, js=js, **TELEPHONE)
    page.goto(f"{network.get_absolute_url()}invitations/")
    page.get_by_role("link", name="ชวนหลายคนจากไฟล์").click()
    sheet = {"name": "อสม.csv", "mimeType": "text/csv", "buffer": SHEET.encode("cp874")}
    page.get_by_label("ไฟล์รายชื่ออีเมล").set_input_files(sheet)
    page.get_by_role("button", name="อ่านไฟล์").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("จะชวน 2 คน")
    expect(main).to_contain_text("“ป้อม@” ไม่ใช่อีเมล")
    page.get_by_role("button", name="ตกลง ชวนเลย").click()
    expect(main).to_contain_text("ไปถึงไหนแล้ว")
    assert Roster.objects.get().sent_at
    assert deliver() == 2


def test_how_a_list_goes_can_be_heard_in_both_colours(browse):
    coordinator = make_member("ละเมียด")
    network = make_network("บ้านมั่นคงคลองท่าเรือ", coordinator)
    found = read_roster(b"b@\n" + b"".join(b"p%d@example.org\n" % n for n in range(150)))
    roster = actions.keep(coordinator=coordinator, network=network, found=found, days=30)
    actions.send(coordinator=coordinator, roster=roster)
    page = browse(coordinator, heard=True, **TELEPHONE)
    page.goto(f"{network.get_absolute_url()}invitations/list/{roster.pk}/")
    expect(page.get_by_role("button", name="ถอนส่วนที่ยังไม่ส่ง")).to_be_visible()
    assert axe(page) == []
