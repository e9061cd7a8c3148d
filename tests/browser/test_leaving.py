"""Her copy fetched and opened, then leaving the site: walked on a telephone, with scripts and without."""

import json
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.notifications.actions import deliver
from forums.privacy.copies.actions import carry_on as write_copies
from forums.privacy.leaving.actions import carry_on as let_leave
from forums.privacy.leaving.models import Leaving
from tests.make import make_post, make_topic

PASSWORD = "มะม่วงสุกใต้ต้น 7 ลูก"  # noqa: S105
SAID = "น้ำขึ้นถึงบันไดขั้นที่สาม"


def sign_in(page: Page, member: Member) -> None:
    page.goto("/accounts/login/?next=/settings/privacy/")
    page.get_by_label("อีเมลหรือชื่อผู้ใช้").fill(member.handle)
    page.get_by_label("รหัสผ่าน", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()


def once_more(page: Page) -> None:
    """Her password again, where it is asked for."""
    if "/reauthenticate/" in page.url:
        page.get_by_label("รหัสผ่าน").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="ยืนยัน").click()


def test_she_fetches_her_copy_and_leaves(
    browse: Any, js: bool, malee: Member, settings: Any, tmp_path: Path
) -> None:
    settings.COPIES_ROOT = tmp_path / "copies"
    malee.set_password(PASSWORD)
    malee.save()
    EmailAddress.objects.create(user=malee, email=malee.email, primary=True, verified=True)
    topic = make_topic()
    post = make_post(topic, malee, body=SAID)
    page = browse(js=js, viewport={"width": 360, "height": 740})
    sign_in(page, malee)

    page.get_by_role("button", name="ขอสำเนาข้อมูลของฉัน").click()
    expect(page.get_by_text("กำลังทำสำเนา:")).to_be_visible()
    write_copies()
    page.goto("/settings/leave/")  # which asks for the password, so that the download need not
    once_more(page)
    page.goto("/settings/privacy/")
    with page.expect_download() as fetched:
        page.get_by_role("link", name=re.compile("ดาวน์โหลดสำเนา")).click()
    with ZipFile(fetched.value.path()) as file:
        posts = json.loads(file.read("post-author.json"))
    kept = Post.objects.filter(author=malee).values_list("body", flat=True)
    assert [row["body"] for row in posts] == list(kept) == [SAID]

    page.get_by_role("main").get_by_role("link", name="ลบบัญชีของฉัน").click()
    page.get_by_label("ลบข้อความที่เขียนให้ว่าง").check()
    page.get_by_role("button", name="ส่งอีเมลยืนยัน").click()
    expect(page.get_by_text("กดลิงก์ในอีเมลเพื่อยืนยัน")).to_be_visible()
    deliver()
    link = re.findall(r"http://[^/]+(/settings/leave/confirm/\S+)", mail.outbox[-1].body)[0]
    page.goto(link)
    page.get_by_role("main").get_by_role("button", name="ลบบัญชีของฉัน").click()
    expect(page.get_by_text("เปลี่ยนใจก่อนนั้นได้")).to_be_visible()

    sign_in(page, malee)
    expect(page.get_by_role("button", name="อยู่ต่อ")).to_be_visible()
    Leaving.objects.update(due_at=timezone.now())
    let_leave()
    deliver()
    Leaving.objects.update(busy_until=None)
    assert let_leave() == 1
    page.goto(topic.get_absolute_url())
    expect(page.get_by_text(SAID)).to_have_count(0)
    assert Post.objects.get(pk=post.pk).body == ""
