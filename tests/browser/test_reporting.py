"""Something is reported from its menu, with scripts and without; its reporter hears what became of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.moderation.actions import hide_post
from forums.moderation.queue.actions import end_case
from forums.moderation.reports.models import ProblemReport
from forums.notifications.inbox.actions import spread
from tests.browser.axe import axe
from tests.make import make_post, make_topic


@pytest.fixture
def post(live_server: object, malee: Member) -> Post:
    return make_post(make_topic(), malee, body="พูดจาไม่ดีกับคนอื่น")


def test_a_comment_is_reported_where_it_stands_and_taken_back(
    browse: Callable[..., Page], js: bool, somchai: Member, post: Post
) -> None:
    page = browse(somchai, js=js, foreseen="status of 400")
    page.goto(post.get_absolute_url())
    menu = page.locator(f"#p{post.pk} .menu")
    menu.locator("summary").click()
    menu.get_by_role("link", name="แจ้งปัญหา").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("แจ้งปัญหา")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    faith = page.get_by_role("checkbox")
    expect(faith).to_be_hidden()
    page.get_by_text("ผิดกฎหมาย", exact=True).click()
    expect(faith).to_be_visible()
    page.get_by_role("button", name="ส่งให้ผู้ดูแล").click()
    expect(page.get_by_text("ยืนยันก่อนว่าท่านแจ้งโดยสุจริต")).to_be_visible()
    faith.check()
    page.get_by_role("textbox", name="อยากบอกผู้ดูแลเพิ่มไหม").fill("ข่มขู่กัน")
    page.get_by_role("button", name="ส่งให้ผู้ดูแล").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ส่งให้ผู้ดูแลแล้ว")
    expect(page.get_by_role("link", name="กลับไปที่เดิม")).to_have_attribute(
        "href", post.get_absolute_url()
    )
    page.get_by_role("button", name="ถอนเรื่องที่แจ้ง").click()
    expect(page.get_by_text("ท่านถอนแล้ว")).to_be_visible()
    assert ProblemReport.objects.get().state == "taken_back"


def test_who_reported_hears_what_became_of_it(
    browse: Callable[..., Page], somchai: Member, moderator: Member, post: Post
) -> None:
    page = browse(somchai)
    page.goto(f"/report/post/{post.pk}/")
    page.get_by_text("ว่าร้ายกัน", exact=True).click()
    page.get_by_role("button", name="ส่งให้ผู้ดูแล").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ส่งให้ผู้ดูแลแล้ว")
    sent = ProblemReport.objects.get()
    decision = hide_post(moderator=moderator, post=post, reason="ว่าร้ายกัน")
    end_case(case=sent.case, moderator=moderator, decision=decision)
    spread()
    page.goto("/notifications/")
    page.get_by_role("link", name="เรื่องที่ท่านแจ้งเป็นอย่างที่ท่านว่า").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ผู้ดูแลเห็นอย่างที่ท่านแจ้ง")
    expect(page.get_by_text("พูดจาไม่ดีกับคนอื่น")).to_have_count(0)


def test_the_pages_of_a_report_can_be_heard(
    browse: Callable[..., Page], somchai: Member, post: Post
) -> None:
    page = browse(somchai, heard=True)
    page.goto(f"/report/post/{post.pk}/")
    page.get_by_text("ผิดกฎหมาย", exact=True).click()
    assert axe(page) == []
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="ส่งให้ผู้ดูแล").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ส่งให้ผู้ดูแลแล้ว")
    assert axe(page) == []
    page.goto("/reports/")
    assert axe(page) == []
