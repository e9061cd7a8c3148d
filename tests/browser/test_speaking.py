"""One says what another means and hears whether it is so; a network's people read what another says of it."""

import os

from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.browser.phone import PHONE
from tests.browser.steps import follow
from tests.browser.test_smallest_screen import LARGEST
from tests.knowledge.making import member_of
from tests.knowledge.portrayals.making import OWN, SAID, judged, portrayed, two_networks
from tests.make import make_post, make_topic

SEEN = os.environ.get("LOOKED_AT")  # a folder for pictures, for whoever looks
MEANT = "อยากให้มีคนไปเยี่ยมทุกบ้าน โดยเฉพาะบ้านที่ไม่มีโทรศัพท์"


def look(page: Page, name: str) -> None:
    if SEEN:
        page.screenshot(path=f"{SEEN}/{name}.png", full_page=True)


def test_what_somebody_means_is_said_again_and_she_says_that_it_is_so(
    browse, js, screen, malee, somchai
):
    post = make_post(make_topic(), malee, body="แล้วบ้านที่ไม่มีโทรศัพท์ล่ะ")
    reader = browse(somchai, js=js, **screen)
    reader.goto(post.get_absolute_url())
    menu = reader.locator(f"#p{post.pk} .menu")
    menu.locator("summary").click()
    menu.get_by_role("link", name="ลองพูดแทนเขา").click()
    reader.get_by_role("textbox", name="ที่คุณหมายถึงคือ…").fill(MEANT)
    look(reader, f"restate-{js}")
    reader.get_by_role("button", name="ส่งให้เจ้าของข้อความดู").click()
    expect(reader.get_by_text(MEANT)).to_be_visible()

    author = browse(malee, js=js, **screen)
    author.goto(f"/p/{post.pk}/restatements/")
    look(author, f"restated-{js}")
    author.get_by_role("button", name="ตรง", exact=True).click()
    expect(author.get_by_text("ตรงกับที่หมายถึง")).to_be_visible()
    look(author, f"restated-answered-{js}")


def test_five_of_a_network_pass_what_another_says_for_it(browse, js, screen):
    met = two_networks()
    writer = browse(met.writer, js=js, **screen)
    writer.goto(f"/t/{met.topic.pk}/by/others/")
    writer.get_by_role("link", name="พูดแทนกัน", exact=True).click()
    writer.get_by_role("link", name=f"พูดแทน “{met.theirs.name}”").click()
    expect(writer.get_by_text(OWN)).to_be_visible()
    writer.get_by_role("textbox").first.fill(SAID)
    look(writer, f"portray-{js}")
    writer.get_by_role("button", name="ส่งให้เขาอ่าน").click()
    expect(writer.get_by_text("รอคนของเขาอ่าน")).to_be_visible()

    made = met.topic.portrayals.get()
    judged(met, made, *[(5, 5)] * 4)
    fifth = browse(met.owners[4], js=js, **screen)
    fifth.goto(f"/t/{met.topic.pk}/common/speak/")
    fifth.get_by_role("link", name="ช่วยดูว่าตรงไหม").click()
    for legend in ("ข้อความแรกตรงแค่ไหน", "ข้อความที่สองตรงแค่ไหน"):
        fifth.get_by_role("group", name=legend).get_by_role(
            "radio", name="ตรงเลย", exact=True
        ).check()
    look(fifth, f"judge-{js}")
    follow(fifth, fifth.get_by_role("button", name="ส่งคำตอบ"))
    fifth.goto(f"/t/{met.topic.pk}/common/speak/")
    expect(fifth.get_by_text(f"“{met.theirs.name}” บอกว่าตรง (5 คน)")).to_be_visible()
    look(fifth, f"passed-{js}")


def test_speaking_for_others_is_readable_by_everybody(browse):
    met = two_networks()
    judged(met, portrayed(met), *[(5, 4)] * 5)
    waits = portrayed(met, "เขาอยากได้รถเข็นก่อน แล้วค่อยจัดเวร", by=member_of(met.ours))
    for scheme in ("light", "dark"):
        page = browse(met.owners[5], heard=True, color_scheme=scheme, **PHONE)
        for path in ("", f"{waits.pk}/judge/"):
            page.goto(f"/t/{met.topic.pk}/common/speak/{path}")
            assert axe(page) == []
    page = browse(met.owners[5], viewport={"width": 320, "height": 640}, is_mobile=True)
    page.goto(f"/t/{met.topic.pk}/common/speak/{waits.pk}/judge/")
    page.evaluate(LARGEST)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
