"""Somebody is named: chosen behind an @, sent, told, and led to the post; with and without scripts, on a telephone."""

import re

from playwright.sync_api import expect

from forums.notifications.inbox.actions import spread
from tests.browser.axe import SMALL_TARGETS, axe
from tests.browser.steps import post_saying, until
from tests.browser.test_suggestions import OFFERED, TELEPHONE
from tests.make import make_member, make_post, make_topic


def led_to(browse, member, words):
    """She opens the site, sees the bell, and goes by its line to the post."""
    spread()
    page = browse(member, **TELEPHONE)
    page.goto("/")
    bell = page.locator(".bell:visible")
    expect(bell).to_contain_text("1")
    bell.click()
    page.get_by_role("link", name=re.compile("เอ่ยถึงท่าน")).click()
    post = post_saying(page, words)
    expect(post).to_be_in_viewport()
    expect(post.locator("a.mention")).to_have_text(f"@{member.handle}")
    expect(page.locator(".bell b")).to_have_count(0)


def test_choose_send_and_she_is_led_to_it(browse, board, malee):
    topic = make_topic(malee, board)
    koi = make_member("ก้อย", display_name="ก้อย บางลำไย")
    make_member("ก้องภพ")
    make_post(topic, koi, body="เห็นด้วย")
    page = browse(malee, heard=True, **TELEPHONE)
    page.goto(topic.get_absolute_url())
    area = page.locator("#id_body")
    area.focus()
    offered = page.locator(OFFERED)
    area.press_sequentially("ขอบคุณ@")
    expect(offered).to_have_text(["ก้อย บางลำไย@ก้อย"])
    area.press_sequentially("ก")  # one letter, while the list is open
    expect(offered).to_have_count(2)
    area.press_sequentially("้")
    expect(offered).to_have_count(2)
    expect(offered.first).to_be_in_viewport()
    assert axe(page) == []
    assert page.evaluate(SMALL_TARGETS) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(area).to_have_value("ขอบคุณ@ก้อย ")
    expect(offered).to_have_count(0)
    area.press_sequentially("และ mail@ก")  # an address is no name
    page.wait_for_timeout(500)
    expect(offered).to_have_count(0)
    page.get_by_role("button", name="ดูตัวอย่าง").click()
    expect(page.locator(".preview a.mention")).to_have_text("@ก้อย")
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(post_saying(page, "ขอบคุณ").locator("a.mention")).to_have_text("@ก้อย")
    led_to(browse, koi, "ขอบคุณ")


def test_a_new_topic_offers_who_may_read_the_chosen_board(browse, board, malee):
    make_member("ก้อย")
    page = browse(malee)
    page.goto(f"/b/{board.slug}/new/")
    area = page.locator("#id_body")
    area.focus()
    area.press_sequentially("@ก้")
    expect(page.locator(OFFERED)).to_have_count(1)
    page.locator(OFFERED).click()
    expect(area).to_have_value("@ก้อย ")
    area.press_sequentially("@")
    page.keyboard.press("Escape")
    expect(area).to_have_value("@ก้อย @")


def test_without_scripts_a_name_is_typed(browse, board, malee):
    topic = make_topic(malee, board)
    koi = make_member("koi")
    page = browse(malee, js=False, **TELEPHONE)
    page.goto(topic.get_absolute_url())
    page.get_by_label("ความคิดเห็นของท่าน").fill("ขอถาม@koiหน่อย")
    page.get_by_role("button", name="ดูตัวอย่าง").click()
    expect(page.locator("a.mention")).to_have_text("@koi")
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(post_saying(page, "ขอถาม").locator("a.mention")).to_have_text("@koi")
    spread()
    reader = browse(koi, js=False, **TELEPHONE)
    reader.goto("/notifications/")
    reader.get_by_role("link", name=re.compile("เอ่ยถึงท่าน")).click()
    expect(post_saying(reader, "ขอถาม")).to_be_in_viewport()
    # Named again, she opens the topic by itself: that is read too.
    make_post(topic, malee, body="อีกครั้ง @koi")
    spread()
    reader.goto("/")
    expect(reader.locator(".bell b")).to_have_count(1)
    reader.goto(topic.get_absolute_url())

    def is_read():
        reader.goto("/notifications/")
        return not reader.locator(".bell b").count()

    until(reader, is_read)
