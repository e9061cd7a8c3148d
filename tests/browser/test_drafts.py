"""Drafts kept on the server while one writes: from one machine to another, and back."""

import re

import pytest
from playwright.sync_api import Page, expect

from forums.discussions.posts.models import Post
from forums.reading.drafts.models import Draft
from tests.browser.steps import until
from tests.make import make_member, make_network, make_topic


@pytest.fixture
def topic():
    return make_topic(make_member("somsri", is_staff=True, display_name="สมศรี"), title="ตลาดเช้า")


def area(page: Page):
    return page.locator("#id_body")


def write(page: Page, text: str) -> None:
    """Write, and wait until the server has it."""
    area(page).fill(text)
    expect(page.locator("[data-draft-status]")).to_have_text(re.compile("เก็บฉบับร่างไว้ให้ทุกเครื่องแล้ว"))
    until(page, lambda: Draft.objects.kept().filter(fields__body=[text]).exists())


def test_what_was_begun_on_one_machine_is_gone_on_with_on_another(browse, topic, malee):
    phone, computer = browse(malee), browse(malee)
    phone.goto(topic.get_absolute_url())
    write(phone, "ที่บ้านน้ำว้า")
    computer.goto(topic.get_absolute_url())
    area(computer).focus()
    computer.get_by_role("link", name="เขียนต่อจากฉบับนี้").click()
    expect(area(computer)).to_have_value("ที่บ้านน้ำว้า")
    write(computer, "ที่บ้านน้ำว้า ย้ายผู้ป่วยทัน")
    computer.get_by_role("button", name="ส่งความคิดเห็น").click()
    computer.wait_for_url(re.compile("#p"))
    assert Post.objects.get(number=1).body == "ที่บ้านน้ำว้า ย้ายผู้ป่วยทัน"
    assert not Draft.objects.kept().exists()
    # The phone does not bring back what was sent.
    phone.goto("about:blank")
    phone.goto(topic.get_absolute_url())
    until(phone, lambda: phone.evaluate("Object.keys(localStorage).length") == 0)
    expect(area(phone)).to_have_value("")


def test_two_machines_that_write_at_once_lose_nothing(browse, topic, malee):
    phone, computer = browse(malee), browse(malee)
    phone.goto(topic.get_absolute_url())
    write(phone, "เริ่มจากมือถือ")
    computer.goto(Draft.objects.get().goes_on_at)
    write(computer, "เริ่มจากมือถือ ต่อที่คอม")
    area(phone).fill("เริ่มจากมือถือ ต่อที่มือถือ")
    expect(phone.locator("[data-draft-status]")).to_contain_text("เราเก็บไว้ทั้งสองฉบับ")
    bodies = {each.fields["body"][0] for each in Draft.objects.kept()}
    assert bodies == {"เริ่มจากมือถือ ต่อที่คอม", "เริ่มจากมือถือ ต่อที่มือถือ"}
    phone.goto("/drafts/")
    expect(phone.locator(".two-texts > div")).to_have_count(2)


def test_leaving_the_page_keeps_what_was_typed_last(browse, topic, malee):
    page = browse(malee)
    page.goto(topic.get_absolute_url())
    area(page).fill("ลงรถพอดี")
    page.goto("/boards/")
    until(page, lambda: Draft.objects.kept().filter(fields__body=["ลงรถพอดี"]).exists())


def test_what_a_device_kept_joins_the_draft_the_page_was_opened_with(browse, topic, malee):
    phone, computer = browse(malee), browse(malee)
    phone.goto(topic.get_absolute_url())
    write(phone, "จากมือถือ")
    phones = Draft.objects.get()
    computer.goto(topic.get_absolute_url())
    computer.route("**/drafts/keep/", lambda route: route.abort())
    area(computer).fill("จากคอม ไม่มีสัญญาณ")
    until(computer, lambda: computer.evaluate("Object.keys(localStorage).length") == 1)
    computer.goto("about:blank")
    computer.unroute("**/drafts/keep/")
    # What a page says as it is left may still come through, and keeps the second draft by itself.
    computer.goto(phones.goes_on_at)
    until(computer, lambda: Draft.objects.kept().count() == 2)
    expect(area(computer)).to_have_value("จากมือถือ")
    computer.wrong.clear()


def test_thrown_away_here_it_is_thrown_away_everywhere(browse, topic, malee):
    page = browse(malee)
    page.goto(topic.get_absolute_url())
    write(page, "ไม่เอาแล้ว")
    page.reload()
    page.get_by_role("button", name="ทิ้งไป").click()
    until(page, lambda: not Draft.objects.kept().exists())


def test_a_form_without_an_editor_keeps_drafts_too(browse, malee):
    network = make_network("คนรักคลอง", malee)
    page = browse(malee)
    page.goto(f"/n/{network.slug}/edit/")
    page.locator("[name=story]").fill("เราเริ่มจากคลองเส้นเดียว")
    until(page, lambda: Draft.objects.kept().exists())
    draft = Draft.objects.get()
    assert draft.fields["story"] == ["เราเริ่มจากคลองเส้นเดียว"]
    page.goto(draft.goes_on_at)
    expect(page.locator("[name=story]")).to_have_value("เราเริ่มจากคลองเส้นเดียว")
    page.get_by_role("button", name="เก็บเป็นฉบับร่าง").click()
    expect(page.locator("[data-draft-status]")).to_contain_text("ทุกเครื่อง")


def test_without_scripts_the_button_keeps_it(browse, topic, malee):
    page = browse(malee, js=False)
    page.goto(topic.get_absolute_url())
    area(page).fill("ไม่มีสคริปต์")
    page.get_by_role("button", name="เก็บเป็นฉบับร่าง").click()
    expect(page.get_by_text("เก็บฉบับร่างแล้ว")).to_be_visible()
    page.get_by_role("link", name="เขียนต่อ", exact=True).click()
    expect(area(page)).to_have_value("ไม่มีสคริปต์")
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(page.locator("article.post .text")).to_contain_text("ไม่มีสคริปต์")
    assert not Draft.objects.kept().exists()
