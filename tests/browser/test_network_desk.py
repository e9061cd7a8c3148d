"""A moderator's evening with networks: verify one, merge two, and the old address leads on."""

import re

from playwright.sync_api import expect

from forums.groups.staff_requests.models import StaffRequest
from tests.make import make_network


def test_a_moderator_verifies_and_merges_and_the_old_address_redirects(
    browse, js, malee, somchai, moderator
):
    old = make_network("คนรักคลอง", malee)
    new = make_network("คลองสวยน้ำใส", somchai)
    StaffRequest.objects.create(network=new, member=somchai, kind="verify", reason="มีเทศบาลรับรอง")

    desk = browse(moderator, js=js, foreseen="status of 400")
    desk.goto("/admin/")
    desk.get_by_role("link", name="คำขอถึงผู้ดูแลเว็บ").first.click()
    desk.get_by_role("table").get_by_role("link", name="ขอให้ตรวจ").click()
    expect(desk.get_by_role("main")).to_contain_text("มีเทศบาลรับรอง")
    desk.get_by_role("link", name="ยืนยันว่าตรวจแล้ว", exact=True).click()
    desk.get_by_role("button", name="ยืนยันว่าตรวจแล้ว").click()  # the browser itself asks for a reason
    expect(desk).to_have_url(re.compile(r"/act/verify/"))
    desk.get_by_label("เพราะอะไร").fill("โทรถามเทศบาลแล้ว")
    desk.get_by_role("button", name="ยืนยันว่าตรวจแล้ว").click()
    expect(desk.get_by_role("main")).to_contain_text("ให้ตามคำขอ")

    desk.goto("/admin/forums/network/?q=คนรักคลอง")
    desk.get_by_role("table").get_by_role("link", name="คนรักคลอง").click()
    desk.get_by_role("link", name="รวมเครือข่าย").click()
    desk.get_by_label("รวมเข้ากับเครือข่ายไหน").fill("ไม่มีเครือข่ายนี้")
    desk.get_by_label("เพราะอะไร").fill("ทำเรื่องเดียวกัน ตกลงกันแล้ว")
    desk.get_by_role("button", name="รวมเครือข่าย").click()
    expect(desk.get_by_role("main")).to_contain_text("ไม่มีเครือข่ายนี้")
    expect(desk.get_by_label("เพราะอะไร")).to_have_value("ทำเรื่องเดียวกัน ตกลงกันแล้ว")
    desk.get_by_label("รวมเข้ากับเครือข่ายไหน").fill(new.get_absolute_url())
    desk.get_by_role("button", name="รวมเครือข่าย").click()
    expect(desk.get_by_role("status")).to_contain_text("คลองสวยน้ำใส")  # what will move, and to whom
    desk.get_by_role("button", name="รวมเครือข่าย").click()
    expect(desk.get_by_role("main")).to_contain_text("รวมเข้ากับเครือข่ายอื่นแล้ว")

    visitor = browse(js=js)
    visitor.goto(old.get_absolute_url())
    expect(visitor).to_have_url(re.compile(re.escape(new.get_absolute_url()) + "$"))
    expect(visitor.get_by_role("heading", level=1)).to_have_text("คลองสวยน้ำใส")
    visitor.goto(f"/moderation/log/?network={old.pk}")
    expect(visitor.get_by_role("main")).to_contain_text("ทำเรื่องเดียวกัน ตกลงกันแล้ว")
    visitor.get_by_role("link", name="คลองสวยน้ำใส").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("คลองสวยน้ำใส")
