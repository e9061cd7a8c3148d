"""A coordinator registers her network on a telephone, fills its page, links it, and confirms it later."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from forums.groups.contacts.actions import save_contact, save_office
from forums.groups.networks.models import Network
from tests.browser.axe import SMALL_TARGETS, axe
from tests.browser.steps import follow, photograph
from tests.make import make_network

EVERYTHING_OPEN = "document.querySelectorAll('main details').forEach((each) => (each.open = true))"
PHONE = {"width": 360, "height": 740}


def fits(page: Page) -> None:
    """Nothing stands outside a telephone's screen."""
    wide = page.locator("html").evaluate("html => html.scrollWidth")
    assert wide <= PHONE["width"], (page.url, wide)


def test_from_registering_to_a_page_that_tells_a_stranger_who_they_are(browse, js, malee, somchai):
    make_network("เครือข่ายบ้านมั่นคงภาคกลาง", somchai)
    phone = browse(malee, js=js, viewport=PHONE, foreseen="400")
    phone.goto("/networks/new/")
    phone.get_by_role("button", name="ลงทะเบียนเครือข่าย").click()
    expect(phone.get_by_text("ตั้งชื่อเครือข่ายก่อน")).to_be_visible()
    phone.get_by_label("ชื่อเครือข่าย").fill("บ้านมั่นคงคลองท่าเรือ")
    phone.get_by_label("เครือข่ายนี้ทำเพื่ออะไร ในประโยคเดียว").fill("ให้คนริมคลองมีบ้านที่ไม่ต้องกลัวถูกไล่")
    phone.get_by_role("radio", name="มีโครงสร้าง").check()
    phone.get_by_label("ภาคชุมชน").check()
    phone.get_by_text("ภาคกลาง", exact=True).click()
    phone.get_by_label("สมุทรสาคร").check()
    phone.get_by_role("radio", name="ขอเข้าร่วม แล้วผู้ประสานงานตอบรับ").check()
    phone.get_by_label("คำถามแรก").fill("ท่านอยู่ชุมชนไหน")
    phone.get_by_text("ตรา แท็ก เริ่มเมื่อไร").click()
    phone.get_by_role("radio", name="ดินเทศ").check()
    phone.get_by_role("radio", name="บ้าน", exact=True).check()
    phone.get_by_label("เริ่มเมื่อปี").fill("๒๕๕๘")
    phone.get_by_label("แท็ก").fill("ที่อยู่อาศัย ออมทรัพย์")
    fits(phone)
    phone.get_by_role("button", name="ลงทะเบียนเครือข่าย").click()
    expect(phone.get_by_text("ลงทะเบียนเครือข่ายแล้ว")).to_be_visible()
    fits(phone)

    main = phone.get_by_role("main")
    main.get_by_role("link", name="ข้อมูลในหน้าเครือข่าย").click()
    phone.get_by_label("เรื่องราว").fill("เราเริ่มจาก **ออมวันละบาท**")
    phone.get_by_label("ใช้รูปของเครือข่ายแทนตรา").set_input_files(photograph())
    phone.get_by_role("button", name="บันทึก", exact=True).last.click()
    expect(main.locator(".network-head img.bead")).to_be_visible()
    expect(main.get_by_text("ออมวันละบาท")).to_be_visible()

    main.get_by_role("link", name="ดูแลเครือข่าย").first.click()
    main.get_by_role("link", name="ช่องทางติดต่อ").click()
    phone.get_by_label("ช่องทาง", exact=True).fill("โทรศัพท์")
    phone.get_by_label("เบอร์ ที่อยู่ หรือลิงก์").fill("034 123 456")
    phone.get_by_label("ให้ใครเห็น").select_option("ทุกคน")
    phone.get_by_role("button", name="เพิ่มช่องทางติดต่อ").click()
    expect(main.get_by_role("link", name="034 123 456")).to_be_visible()
    fits(phone)

    main.get_by_role("link", name="ดูแลเครือข่าย").first.click()
    main.get_by_role("link", name="ใครทำหน้าที่อะไร").click()
    for duty in ("เหรัญญิก", "ประธาน"):
        phone.get_by_label("หน้าที่", exact=True).fill(duty)
        phone.get_by_label("ใคร", exact=False).first.fill(f"คนทำหน้าที่{duty}")
        phone.get_by_label("ตั้งแต่วันที่").fill("1 พ.ค. 2568")
        phone.get_by_role("button", name="เพิ่มหน้าที่").click()
    phone.get_by_role("button", name="เลื่อน “ประธาน” ขึ้น").click()
    expect(main.locator(".things li").first).to_contain_text("ประธาน")

    main.get_by_role("link", name="ดูแลเครือข่าย").first.click()
    main.get_by_role("link", name="เครือข่ายที่เชื่อมกัน").click()
    phone.get_by_role("radio", name="เราเป็นส่วนหนึ่งของเขา").check()
    phone.get_by_label("ชื่ออีกเครือข่าย").fill("ภาคกลาง")
    phone.get_by_role("button", name="ส่งคำขอ").click()
    phone.get_by_role("radio", name=re.compile("เครือข่ายบ้านมั่นคงภาคกลาง")).check()
    phone.get_by_role("button", name="ส่งคำขอ").click()
    expect(main.get_by_text("ท่านขอไป รอเขาตอบ")).to_be_visible()

    theirs = browse(somchai, js=js)
    theirs.goto("/n/เครือข่ายบ้านมั่นคงภาคกลาง/manage/")
    expect(theirs.get_by_text("รออยู่ 1 เรื่อง").first).to_be_visible()
    theirs.get_by_role("link", name="เครือข่ายที่เชื่อมกัน").click()
    theirs.get_by_role("button", name="ใช่ ยืนยัน").click()
    expect(theirs.get_by_role("main").get_by_text("เป็นส่วนหนึ่งของเครือข่ายนี้")).to_be_visible()

    network = Network.objects.get(name="บ้านมั่นคงคลองท่าเรือ")
    Network.objects.update(confirmed_at=timezone.now() - timedelta(days=400))
    visitor = browse(js=js, viewport=PHONE)
    visitor.goto(network.get_absolute_url())
    for words in ("ไม่มีใครยืนยันข้อมูล", "2558", "คนทำหน้าที่ประธาน", "034 123 456"):
        expect(visitor.get_by_text(words).first).to_be_visible()
    expect(visitor.get_by_role("link", name="เครือข่ายบ้านมั่นคงภาคกลาง").first).to_be_visible()
    fits(visitor)
    phone.goto(network.get_absolute_url())
    follow(phone, phone.get_by_role("button", name="ยืนยันว่าข้อมูลยังถูกต้อง"))
    visitor.reload()
    expect(visitor.get_by_text("ไม่มีใครยืนยันข้อมูล")).to_have_count(0)
    visitor.get_by_role("link", name="ดูทั้งหมดที่ผ่านมา").click()
    expect(visitor.get_by_text("เริ่มก่อตั้งเครือข่าย")).to_be_visible()
    fits(visitor)


def test_everyone_can_use_a_networks_pages_on_the_smallest_telephone(browse, malee, subtests):
    network = make_network("คนรักคลองเปรมประชากรตอนล่าง", malee, tags=["คลอง"], since_year=2015)
    save_contact(editor=malee, network=network, label="ไลน์", value="klong", audience="everyone")
    save_office(editor=malee, network=network, title="เหรัญญิก", holder="ละเมียด ศรีคลอง")
    url = network.get_absolute_url()
    tabs = ("", "topics/", "timeline/", "manage/", "history/", "edit/", "contacts/", "structure/")
    addresses = ["/networks/new/", *(url + tab for tab in (*tabs, "links/", "ask/"))]
    page = browse(malee, heard=True)
    phone = browse(malee, viewport={"width": 320, "height": 640}, is_mobile=True)
    for address in addresses:
        with subtests.test(f"{address} small"):
            phone.goto(address)
            phone.evaluate(EVERYTHING_OPEN)
            assert phone.locator("html").evaluate("html => html.scrollWidth") <= 320
            assert phone.evaluate(SMALL_TARGETS) == []
        with subtests.test(f"{address} axe"):
            page.goto(address)
            page.evaluate(EVERYTHING_OPEN)
            assert axe(page) == []
