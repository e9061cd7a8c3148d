"""A network opens its books: a line, a file with faults, the file mended, the years. With and without scripts."""

import re

from playwright.sync_api import FilePayload, expect

from tests.make import make_network

HEAD = "วันที่,รายการ,รับจาก/จ่ายให้,รายรับ,รายจ่าย\n"


PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 720}


def sheet(lines: str) -> FilePayload:
    """A file as Excel saves it."""
    data = ("\ufeff" + HEAD + lines).encode()
    return {"name": "บัญชี 2568.csv", "mimeType": "text/csv", "buffer": data}


def test_a_coordinator_opens_the_books_and_a_visitor_reads_them(browse, js, malee):
    network = make_network("ออมทรัพย์ริมคลอง", malee)
    address = f"{network.get_absolute_url()}money/"
    keeper = browse(malee, js=js, foreseen=r"status of 400")
    keeper.goto(address)
    main = keeper.get_by_role("main")
    expect(main).to_contain_text("ตอนนี้เฉพาะผู้ประสานงานเห็นหน้านี้")
    keeper.get_by_role("button", name="เปิดให้ทุกคนอ่าน").click()
    expect(main).to_contain_text("ตอนนี้ทุกคนอ่านรายรับรายจ่ายของเครือข่ายได้แล้ว")

    keeper.get_by_role("link", name="ลงรายการ").click()
    keeper.get_by_role("radio", name="รายรับ").check()
    keeper.get_by_label("วันที่").fill("๕ ธ.ค. ๒๕๖๗")
    keeper.get_by_label("จำนวนเงิน (บาท)").fill("1.234,50")
    keeper.get_by_label("รับจากใคร หรือจ่ายให้ใคร").fill("สมาชิก 28 ครัวเรือน")
    keeper.get_by_label("เพื่ออะไร").fill("เงินออมเดือนธันวาคม")
    keeper.get_by_role("button", name="บันทึก").click()
    expect(main).to_contain_text("ใช้จุลภาคคั่นหลักพัน")
    expect(keeper.get_by_label("เพื่ออะไร")).to_have_value("เงินออมเดือนธันวาคม")
    keeper.get_by_label("จำนวนเงิน (บาท)").fill("๑,๒๓๔.๕๐")
    keeper.get_by_role("button", name="บันทึก").click()
    expect(main).to_contain_text("+1,234.50")

    keeper.get_by_role("link", name="นำเข้าจากไฟล์ (CSV)").click()
    good = '5/1/2568,เงินออม,สมาชิก,"2,000",\n8/1/2568,ไม้ซ่อมท่าน้ำ,ร้านไม้,-,๙๘๐\n'
    keeper.get_by_label("ไฟล์ CSV").set_input_files(sheet(good + "9/1/68,สี,ร้านสี,,120\n"))
    keeper.get_by_role("button", name="อ่านไฟล์").click()
    expect(keeper.get_by_role("alert")).to_contain_text("1 บรรทัดที่อ่านไม่ได้")
    expect(main).to_contain_text("บรรทัดที่ 4")
    keeper.get_by_label("ไฟล์ CSV").set_input_files(sheet(good + "9/1/2568,สี,ร้านสี,,120\n"))
    keeper.get_by_role("button", name="อ่านไฟล์").click()
    expect(main).to_contain_text("อ่านได้ 3 รายการ ตั้งแต่ 5 ม.ค. 2568 ถึง 9 ม.ค. 2568")
    keeper.get_by_role("button", name="ถูกต้อง ลงรายการเลย").click()
    expect(main).to_contain_text("นำเข้าแล้ว 3 รายการ")

    visitor = browse(js=js)
    visitor.goto(network.get_absolute_url())
    visitor.get_by_role("navigation", name=re.compile("หน้า")).get_by_role(
        "link", name="การเงิน"
    ).or_(visitor.locator(f'nav.tabs a[href="{address}"]')).first.click()
    for size in (PHONE, DESKTOP):  # however it is laid out, it is heard as a table
        visitor.set_viewport_size(size)
        expect(visitor.get_by_role("table").get_by_role("columnheader")).to_have_count(4)
    row = visitor.get_by_role("row").filter(has_text="2568")
    for amount in ("2,000.00", "1,100.00", "900.00"):
        expect(row.get_by_role("cell").filter(has_text=amount).first).to_be_visible()
    expect(visitor.get_by_role("img", name=re.compile("รายรับและรายจ่ายของแต่ละปี"))).to_be_visible()
    visitor.get_by_role("link", name="ประวัติการแก้ไขรายรับรายจ่าย").click()
    expect(visitor.get_by_role("main")).to_contain_text("นำเข้าจากไฟล์ 3 รายการ")
