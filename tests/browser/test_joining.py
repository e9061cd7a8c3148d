"""Coming into a network: by a link, opened signed out; and by asking. With and without scripts."""

import re

from django.core import mail
from playwright.sync_api import expect

from forums.groups.invitations.actions import make_link, use_invitation
from forums.groups.memberships.actions import ask_to_join
from forums.groups.memberships.models import Membership
from forums.groups.networks.models import Joining, Network
from forums.notifications.actions import deliver
from tests.browser.axe import SMALL_TARGETS, axe
from tests.browser.steps import PASSWORD, confirm_address
from tests.make import make_member, make_network

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
    newcomer.get_by_role("checkbox").check()
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
