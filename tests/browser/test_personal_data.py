"""What is somebody's: its writer is asked first, a moderator hides the passage, whoever is named says her side."""

import re

import pytest
from playwright.sync_api import Page, expect

from forums.discussions.posts.models import Post
from forums.moderation.concealing.models import ConcealedPassage
from tests.browser.steps import follow
from tests.make import make_member, make_post, make_topic

PHONE = "081-000-2345"


@pytest.fixture
def topic():
    return make_topic(make_member("somsri", display_name="สมศรี"), title="ป้าในคลิปคือใคร")


@pytest.mark.parametrize("js", [True, False])
def test_the_writer_is_asked_and_sends_with_a_second_press(browse, topic, malee, js):
    page: Page = browse(malee, js=js, foreseen="400")
    page.goto(topic.get_absolute_url())
    page.fill("#id_body", f"โทรถามป้าเลย {PHONE}")
    if js:
        expect(page.locator("[data-hints] .warn")).to_contain_text("081-•••-••45")
        page.get_by_role("button", name="ดูตัวอย่าง").click()
        expect(page.locator(".preview .text")).to_contain_text("▮▮▮▮▮")
    page.get_by_role("button", name=re.compile("^ส่งความคิดเห็น")).click()
    notice = page.locator("#form-error")
    expect(notice).to_contain_text("081-•••-••45")
    expect(page.locator("#id_body")).to_have_value(f"โทรถามป้าเลย {PHONE}")
    assert not Post.objects.filter(topic=topic, number=1).exists()
    notice.get_by_role("button", name="ใช่ เผยแพร่ได้ ส่งเลย").click()
    expect(page.locator(".garland")).to_contain_text(PHONE)


def test_a_moderator_hides_the_passage_and_shows_it_again(
    browse, topic, malee, moderator, settings
):
    post = make_post(topic, malee, body=f"โทรถามป้าเลย {PHONE} แล้วค่อยคุยกัน")
    page: Page = browse(moderator, js=False)
    page.goto(f"/p/{post.pk}/conceal/")
    page.fill("[name=reason]", "เบอร์ของคนอื่น")
    follow(page, page.get_by_role("button", name="ซ่อนบางช่วงของข้อความ"))
    mark = ConcealedPassage.objects.get().mark
    expect(page.locator(f"#p{post.pk}")).to_contain_text(f"โทรถามป้าเลย {mark} แล้วค่อยคุยกัน")
    page.goto(f"/p/{post.pk}/reveal/")
    page.fill("[name=reason]", "เป็นเบอร์ร้าน")
    page.get_by_role("button", name="เลิกซ่อนช่วงที่ซ่อนไว้").click()
    expect(page.locator(f"#p{post.pk}")).to_contain_text(PHONE)


def test_whoever_is_named_asks_for_a_reply_and_takes_it_back(browse, topic, malee):
    page: Page = browse(malee, js=False)
    page.goto(topic.get_absolute_url())
    page.goto(f"/t/{topic.pk}/clarify/")
    page.get_by_label("ฉันคือคนที่ถูกกล่าวถึง").check()
    page.fill("[name=how]", "ป้าคือฉันเอง")
    page.fill("[name=body]", "วันนั้นฉันไล่เด็กออกจากหลังรถ")
    page.get_by_role("button", name="ส่งให้ผู้ดูแล").click()
    expect(page.locator("main")).to_contain_text("รอผู้ดูแลดูก่อน")
    page.get_by_role("button", name="ถอนคำชี้แจง").click()
    expect(page.locator("main")).to_contain_text("ป้าในคลิปคือใคร")
