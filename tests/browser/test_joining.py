"""Coming into a network: by a link, opened signed out; and by asking. With and without scripts."""

import io
import re

import pytest
import zxingcpp
from django.core import mail
from PIL import Image
from playwright.sync_api import expect

from forums.groups.invitations.actions import make_link, use_invitation
from forums.groups.memberships.actions import ask_to_join
from forums.groups.memberships.models import Membership
from forums.groups.networks.models import Joining, Network
from forums.notifications.actions import deliver
from tests.browser.axe import SMALL_TARGETS, axe
from tests.browser.steps import PASSWORD, agree, confirm_address
from tests.make import make_member, make_network

TELEPHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
QUESTION = "ท่านอยู่หมู่บ้านไหน"


def a_network():
    coordinator = make_member("ละเมียด", display_name="ละเมียด ศรีคลอง")
    network = make_network("บ้านมั่นคงคลองท่าเรือ", coordinator, joining=Joining.REQUEST)
    Network.objects.filter(pk=network.pk).update(questions=[QUESTION])
    return network, coordinator


def make_link_on(page, network):
    page.goto(network.get_absolute_url() + "members/")
    page.get_by_role("link", name="ชวนสมาชิกใหม่").click()
    page.get_by_label("ใช้ได้นาน").select_option("30 วัน")
    page.get_by_label("ใช้ได้กี่คน").fill("5")
    page.get_by_role("button", name="ทำลิงก์").click()
    return page.get_by_label("ลิงก์สำหรับคัดลอก").input_value()


def path_of(link):
    return re.sub(r"^https?://[^/]+", "", link)


def test_a_link_opened_signed_out_leads_through_signing_in(browse, js, joined):
    network, coordinator = a_network()
    link = path_of(make_link_on(browse(coordinator, js=js), network))

    newcomer = browse(js=js)
    newcomer.goto(link)
    main = newcomer.get_by_role("main")
    expect(main).to_contain_text("ละเมียด ศรีคลอง ชวนท่านเข้าเครือข่าย")
    main.get_by_role("link", name="เข้าสู่ระบบ").click()
    joined.log_in(newcomer)
    expect(newcomer).to_have_url(re.compile(re.escape(link)))
    newcomer.get_by_role("button", name="เข้าร่วม").click()
    expect(newcomer).to_have_url(re.compile(r"/n/"))
    expect(newcomer.get_by_role("main")).to_contain_text("ยินดีต้อนรับ")
    assert Membership.objects.filter(network=network, member=joined.member).exists()


def test_a_link_leads_through_signing_up_too(browse, js):
    network, coordinator = a_network()
    link = path_of(make_link_on(browse(coordinator, js=js), network))

    newcomer = browse(js=js)
    newcomer.goto(link)
    newcomer.get_by_role("main").get_by_role("link", name="สมัครสมาชิก").click()
    newcomer.get_by_label("อีเมล").fill("fah@example.org")
    newcomer.get_by_label("ชื่อผู้ใช้").fill("ฟ้าใส")
    newcomer.get_by_label("รหัสผ่าน").fill(PASSWORD)
    agree(newcomer)
    newcomer.get_by_role("main").get_by_role("button", name="สมัครสมาชิก").click()
    confirm_address(newcomer, "fah@example.org")
    expect(newcomer).to_have_url(re.compile(re.escape(link)))
    newcomer.get_by_role("button", name="เข้าร่วม").click()
    expect(newcomer.get_by_role("main")).to_contain_text("ยินดีต้อนรับ")
    assert Membership.objects.filter(network=network, member__handle="ฟ้าใส").exists()


def test_another_asks_with_answers_and_is_let_in(browse, js, joined):
    network, coordinator = a_network()
    asker = browse(joined.member, js=js)
    asker.goto(network.get_absolute_url() + "join/")
    asker.get_by_label(QUESTION).fill("บ้านหนองบัว")
    asker.get_by_role("button", name="ขอเข้าร่วม").click()
    expect(asker.get_by_role("main")).to_contain_text("ผู้ประสานงานจะตอบ")

    desk = browse(coordinator, js=js)
    desk.goto("/networks/mine/")
    desk.get_by_role("link", name="มีคนขอเข้าร่วม 1 คน").click()
    expect(desk.get_by_role("main")).to_contain_text("บ้านหนองบัว")
    desk.get_by_label("ข้อความถึงผู้ขอ").fill("เจอกันวันเสาร์")
    desk.get_by_role("button", name="รับเข้า").click()
    expect(desk.get_by_role("main")).to_contain_text("ไม่มีใครรออยู่")

    assert deliver() == 1  # the coordinator here has confirmed no address
    letter = mail.outbox[-1]
    assert letter.to == [joined.member.email]
    assert "เจอกันวันเสาร์" in letter.body
    asker.goto(network.get_absolute_url() + "members/")
    expect(asker.get_by_role("main")).to_contain_text("มาลี คำหล้า")


def test_its_pages_hold_for_who_cannot_see_and_on_the_smallest_telephone(browse, joined, subtests):
    network, coordinator = a_network()
    asker, fellow = make_member(), make_member("ปิ่น")
    ask_to_join(member=asker, network=network, answers=["บ้านหนองบัวลำภู"])
    link = make_link(coordinator=coordinator, network=network, days=7, uses=9)
    use_invitation(member=fellow, invitation=link)
    home = network.get_absolute_url()
    pages = {
        None: [f"/join/{link.token}/", f"{home}members/"],
        joined.member: [f"{home}join/", f"/join/{link.token}/", "/networks/mine/"],
        coordinator: [
            "/networks/mine/",
            f"/u/{coordinator.handle}/",
            *(f"{home}{page}/" for page in ("members", "members/ปิ่น", "members/ปิ่น/remove")),
            *(
                f"{home}{page}/"
                for page in ("requests", "invitations", "invitations/mail", "leave")
            ),
            f"{home}invitations/{link.pk}/sheet/",
        ],
    }
    for who, paths in pages.items():
        wide = browse(who, heard=True)
        narrow = browse(who, viewport={"width": 320, "height": 640}, is_mobile=True)
        for path in paths:
            narrow.goto(path)
            assert narrow.evaluate("document.documentElement.scrollWidth") <= 320, path
            assert narrow.evaluate(SMALL_TARGETS) == [], path
            wide.goto(path)
            with subtests.test(path):
                assert axe(wide) == []


def codes_in(picture: bytes) -> list[str]:
    """What the QR codes in a picture of a page say."""
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)), zxingcpp.BarcodeFormat.QRCode)
    return [found.text for found in read]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_code_is_read_from_the_screen_and_from_paper(browse, theme):
    network, coordinator = a_network()
    link = make_link(coordinator=coordinator, network=network, days=7, uses=9)
    for width in (360, 1280):
        page = browse(coordinator, color_scheme=theme, viewport={"width": width, "height": 740})
        page.goto(f"{network.get_absolute_url()}invitations/")
        assert codes_in(page.screenshot(full_page=True)) == [link.link]
        page.get_by_role("link", name="ใบชวนพร้อมคิวอาร์โค้ด").click()
        page.wait_for_url("**/sheet/")  # between two pages there is no page to make larger
        page.evaluate("document.documentElement.dataset.text = 'larger'")
        assert codes_in(page.screenshot(full_page=True)) == [link.link]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1047})  # A4 within its margins
    assert codes_in(page.screenshot(full_page=True)) == [link.link]
    assert page.get_by_text(link.link).is_visible()
    for left_out in ("พิมพ์ใบชวน", "กลับ"):
        expect(page.get_by_text(left_out, exact=True)).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollHeight") <= 1047  # one sheet


def test_a_link_is_copied_with_one_press(browse, js):
    network, coordinator = a_network()
    link = make_link(coordinator=coordinator, network=network, days=7, uses=9)
    page = browse(
        coordinator, js=js, permissions=["clipboard-read", "clipboard-write"], **TELEPHONE
    )
    page.goto(f"{network.get_absolute_url()}invitations/")
    expect(page.get_by_label("ลิงก์สำหรับคัดลอก")).to_have_value(link.link)
    press = page.get_by_role("button", name="คัดลอกลิงก์")
    if not js:
        expect(press).to_be_hidden()
        return
    press.tap()
    expect(page.locator(".copy [role=status]")).to_have_text("คัดลอกแล้ว")
    page.locator("#id_uses").fill("")
    page.locator("#id_uses").press("Control+V")
    assert page.evaluate("navigator.clipboard.readText()") == link.link


def test_where_it_may_not_copy_the_old_way_or_she_does(browse):
    network, coordinator = a_network()
    make_link(coordinator=coordinator, network=network, days=7, uses=9)
    page = browse(coordinator)
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{network.get_absolute_url()}invitations/")
    page.get_by_role("button", name="คัดลอกลิงก์").click()
    expect(page.locator(".copy [role=status]")).to_have_text("คัดลอกแล้ว")
    page.evaluate("document.execCommand = () => false")
    page.get_by_role("button", name="คัดลอกลิงก์").click()
    expect(page.locator(".copy [role=status]")).to_have_text("เลือกไว้ให้แล้ว คัดลอกเองได้เลย")


def test_a_telephone_that_can_hand_it_on_is_asked_to(browse):
    network, coordinator = a_network()
    link = make_link(coordinator=coordinator, network=network, days=7, uses=9)
    page = browse(coordinator, **TELEPHONE)
    page.add_init_script(
        "navigator.share = (what) => { window.shared = what; return Promise.resolve(); }"
    )
    page.goto(f"{network.get_absolute_url()}invitations/")
    page.get_by_role("button", name="ส่งต่อ").tap()
    assert page.evaluate("window.shared") == {"title": network.name, "url": link.link}
    plain = browse(coordinator, **TELEPHONE)
    plain.add_init_script("navigator.share = undefined")
    plain.goto(f"{network.get_absolute_url()}invitations/")
    expect(plain.get_by_role("button", name="ส่งต่อ")).to_be_hidden()
