"""A new member's first step on the smallest telephone with the largest letters, with and without scripts."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import Member
from tests.browser.axe import axe
from tests.browser.steps import PASSWORD, agree, confirm_address
from tests.browser.test_smallest_screen import LARGEST, OUTSIDE, SMALL
from tests.make import make_board, make_network


def sign_up(page: Page) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("อีเมล").fill("malee@example.org")
    page.get_by_label("ชื่อผู้ใช้").fill("มาลี")
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    agree(page)
    page.get_by_role("main").get_by_role("button", name="สมัครสมาชิก").click()
    confirm_address(page, "malee@example.org")


def holds(page: Page, *, js: bool) -> None:
    """Nothing is out of sight, and a screen reader finds its way."""
    page.evaluate(LARGEST)
    assert page.evaluate(OUTSIDE, "main :not(.tabs *, .toolbar *)") == []
    if js:
        assert axe(page) == []


def test_from_signing_up_to_a_network_and_a_hello(
    browse: Callable[..., Page], js: bool, founder: Member
) -> None:
    make_board("แนะนำตัวและถามทาง", slug="แนะนำตัว")
    make_network(
        "คนเฝ้าป่าต้นน้ำ", founder, aim="เฝ้าไฟป่า", provinces=["55"], joining="open", tags=["ไฟป่า"]
    )
    make_network("คนรักคลอง", founder)
    page = browse(js=js, viewport=SMALL, is_mobile=True, has_touch=True, heard=js)
    sign_up(page)
    expect(page).to_have_url(re.compile(r"/welcome/$"))
    holds(page, js=js)

    page.get_by_role("main").get_by_role("link", name="ไว้ก่อน").click()
    expect(page).to_have_url(re.compile(r"/$"))
    holds(page, js=js)
    page.get_by_role("link", name="หาเครือข่ายที่ตรงกัน").click()

    page.get_by_label("สนใจเรื่องอะไร").fill("อยากดูแลป่า")
    page.get_by_role("checkbox", name="ไฟป่า").check()
    page.get_by_label("อยู่จังหวัดไหน").select_option("น่าน")
    page.get_by_role("button", name="ดูเครือข่าย").click()
    expect(page.locator(".fitting h2")).to_have_text(["คนเฝ้าป่าต้นน้ำ"])
    expect(page.get_by_role("main")).to_contain_text("ทำงานในน่าน")
    holds(page, js=js)
    answers = page.url

    page.get_by_role("link", name="เข้าร่วม คนเฝ้าป่าต้นน้ำ").click()
    page.get_by_role("button", name="เข้าร่วม").click()
    expect(page.get_by_role("main")).to_contain_text("อยู่ในเครือข่าย “คนเฝ้าป่าต้นน้ำ” แล้ว")

    page.goto(answers)
    expect(page.get_by_role("main")).to_contain_text("ยังไม่มีเครือข่ายที่ตรงกัน")  # but the one she is in
    page.get_by_role("link", name="เขียนแนะนำตัว").click()
    expect(page.get_by_label("หัวข้อ", exact=True)).to_have_value("มาลี จากน่าน มาแนะนำตัว")
    holds(page, js=js)
    page.get_by_label("เนื้อหา", exact=True).fill("เพิ่งย้ายมา อยากช่วยทำแนวกันไฟ")
    # Asked, for she is in a network by now.
    page.get_by_label("พูดจากตรงไหน").select_option("ในนามตัวเอง")
    page.get_by_role("button", name="ตั้งกระทู้").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("มาลี จากน่าน มาแนะนำตัว")
    page.goto("/")
    expect(page.get_by_role("main")).not_to_contain_text("ยังไม่ได้อยู่ในเครือข่ายไหน")


def test_the_line_on_home_goes_with_one_press(
    browse: Callable[..., Page], js: bool, somchai: Member
) -> None:
    page = browse(somchai, js=js, viewport=SMALL, is_mobile=True, has_touch=True)
    page.goto("/")
    page.get_by_role("button", name="ไม่ต้องแสดงอีก").click()
    expect(page.get_by_role("main")).to_contain_text("ปิดแล้ว")
    page.goto("/")
    expect(page.get_by_role("main")).not_to_contain_text("ยังไม่ได้อยู่ในเครือข่ายไหน")
