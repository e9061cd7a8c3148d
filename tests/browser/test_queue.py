"""The queue in a browser: a moderator's morning, with and without scripts; a network's own; dark, on a phone."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from forums.groups.memberships.models import Role
from forums.moderation import subjects
from forums.moderation.models import Act, Decision
from forums.moderation.queue.actions import open_case
from forums.moderation.queue.models import Case
from tests.browser.axe import axe
from tests.browser.steps import follow
from tests.make import join, make_member, make_network_board, make_post, make_topic

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PICTURES = os.environ.get("QUEUE_PICTURES", "")


def opened(post, **how) -> Case:
    post = type(post).objects.select_related("topic__board").get(pk=post.pk)
    return open_case(kind="report", subject=subjects.of_post(post), **how)


def pictured(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.fixture
def cases(canal, malee, somchai):
    topic = make_topic(malee, make_network_board(canal), title="คืนนี้ใครตื่นอยู่")
    first = make_post(topic, malee, body="ยาแก้หอบหมด ร้านปิดหมดแล้ว")
    post = make_post(
        topic, somchai, body="ถ้าใครหายาไม่ได้ โทรหาพี่ต้อยบ้านหลังวัด เขามีสำรองไว้ให้คนแก่", parent=first
    )
    other = make_post(
        topic, make_member("duangjai", display_name="ดวงใจ"), body="ได้แล้วค่ะ ขอบคุณมากนะคะ"
    )
    return opened(post, weight=5), opened(other)


def test_a_moderator_takes_decides_and_comes_to_the_next(browse, js, moderator, cases):
    first, second = cases
    page = browse(moderator, js=js, viewport=DESKTOP, foreseen="status of 400")
    page.goto("/admin/queue/")
    pictured(page, f"list-1280-{js}")
    rows = page.locator("[data-case]")
    expect(rows).to_have_count(2)
    if js:
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        expect(rows.first.locator("[data-open]")).to_be_focused()
        page.keyboard.press("r")
    else:
        rows.first.get_by_role("button", name="รับไปดู").click()
    expect(page).to_have_url(f"{page.url.split('/admin')[0]}/admin/queue/{first.pk}/")
    expect(page.get_by_role("main")).to_contain_text("ยาแก้หอบหมด")
    pictured(page, f"case-1280-{js}")
    page.get_by_role("button", name="ตัดสิน", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("เลือกก่อนว่าจะทำอย่างไร")
    page.get_by_role("radio", name="ซ่อน", exact=True).check()
    page.get_by_label("เหตุผลที่ผู้เขียนจะได้อ่าน").fill("มีเบอร์ของคนอื่น")
    page.get_by_role("button", name="ตัดสิน", exact=True).click()
    expect(page).to_have_url(f"{page.url.split('/admin')[0]}/admin/queue/{second.pk}/")
    assert Decision.objects.get().act == Act.HIDE


def test_a_networks_moderator_decides_under_it(browse, js, canal, cases):
    keeper = make_member("keeper")
    join(canal, keeper, role=Role.MODERATOR)
    page = browse(keeper, js=js, viewport=PHONE)
    page.goto(canal.get_absolute_url())
    follow(page, page.get_by_role("link", name="รอดูแล"))
    pictured(page, f"network-list-360-{js}")
    follow(page, page.get_by_role("link", name="ความคิดเห็นที่ 1-1").first)
    pictured(page, f"network-case-360-{js}")
    page.get_by_role("radio", name="ไม่ผิดอะไร คงไว้").check()
    page.get_by_role("button", name="ตัดสิน", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("นี่คือเรื่องถัดไป")


@pytest.mark.parametrize("dark", [False, True])
def test_its_pages_are_heard_and_fit_a_phone(browse, moderator, cases, dark, somchai, canal):
    first, _second = cases
    page = browse(moderator, viewport=PHONE, heard=True, color_scheme="dark" if dark else "light")
    network = canal.get_absolute_url()
    paths = [
        "/admin/", "/admin/queue/", f"/admin/queue/{first.pk}/", f"/admin/notes/{somchai.pk}/",
        f"/admin/sweep/{somchai.pk}/", f"{network}queue/", f"{network}queue/{first.pk}/",
    ]  # fmt: skip
    for n, path in enumerate(paths):
        page.goto(path)
        pictured(page, f"phone-{n}-{'dark' if dark else 'light'}")
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
