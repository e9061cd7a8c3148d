"""A field with a limit says how much is left while one types, counted as the server counts."""

from playwright.sync_api import expect

from forums.base.limits import read_length
from forums.knowledge.statements.models import LENGTH
from tests.browser.axe import axe
from tests.browser.phone import PHONE
from tests.make import make_member, make_topic

TYPED = (
    "",
    "ที่นี่น้ำท่วมทุกปี",
    "น้ำ  ขึ้น\n\n ลง ",
    "ป้าคนที่สี่ว่า “ก็ได้” 👩‍👩‍👧 กี่ครั้งก็ได้",
    "e\u0301te\u0301 ๑๒๓",
)


def test_what_is_left_is_counted_as_the_server_counts(browse):
    topic = make_topic()
    page = browse(make_member(trust_level=1), heard=True, **PHONE)
    page.goto(f"/t/{topic.pk}/common/write/")
    box = page.get_by_label("คำกล่าวของท่าน")
    said = page.locator(".count")
    for typed in TYPED:
        box.fill(typed)
        left = LENGTH - read_length(" ".join(typed.split()))
        expect(said).to_have_text(f"เหลืออีก {left} ตัวอักษร")
    assert axe(page) == []


def test_it_is_said_aloud_near_the_end_and_beyond_it_in_other_words(browse):
    topic = make_topic()
    page = browse(make_member(trust_level=1), **PHONE)
    page.goto(f"/t/{topic.pk}/common/write/")
    box, aloud = page.get_by_label("คำกล่าวของท่าน"), page.locator("p[role=status].vh")
    box.fill("ก" * (LENGTH - 30))
    expect(page.locator(".count")).to_have_text("เหลืออีก 30 ตัวอักษร")
    expect(aloud).to_have_text("")
    box.fill("ที่" * (LENGTH + 3))
    expect(page.locator(".count.over")).to_have_text("เกินมา 3 ตัวอักษร")
    expect(aloud).to_have_text("เกินมา 3 ตัวอักษร")
    page.get_by_role("button", name="ส่งคำกล่าว").click()
    expect(page.get_by_text(f"ข้อความนี้มี {LENGTH + 3} ตัวอักษร")).to_be_visible()
    page.wrong.clear()  # the browser notes the 400
    expect(box).to_have_value("ที่" * (LENGTH + 3))


def test_without_scripts_the_limit_stands_in_words(browse):
    topic = make_topic()
    page = browse(make_member(trust_level=1), js=False, **PHONE)
    page.goto(f"/t/{topic.pk}/common/write/")
    expect(page.get_by_text("140 ตัวอักษร").first).to_be_visible()
    expect(page.locator(".count")).to_have_count(0)
