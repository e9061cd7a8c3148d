"""What people do on the site, in the words they see: shared by the walks."""

import io
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core import mail
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from accounts.models import Member

PASSWORD = "มะม่วงสุกใต้ต้น 7 ลูก"  # noqa: S105


def until(page: Page, holds: Callable[[], object], *, within: float = 10) -> None:
    """Wait for what no locator can wait for. (`wait_for_function` evaluates strings: our policy does not.)"""
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        page.wait_for_timeout(50)


def follow(page: Page, pressed: Locator) -> None:
    """Press what leads to another page, and wait until that stands: between the two there is none to ask, and what
    was on its way would be broken off by going elsewhere."""
    with page.expect_navigation():
        pressed.click()


@dataclass(frozen=True)
class Joined:
    """A member with a confirmed address and a password."""

    member: Member

    def log_in(self, page: Page) -> None:
        """Fill in the page of signing in, which is open."""
        page.get_by_label("อีเมลหรือชื่อผู้ใช้").fill(self.member.handle)
        page.get_by_label("รหัสผ่าน").fill(PASSWORD)
        button = page.get_by_role("main").get_by_role("button", name="เข้าสู่ระบบ", exact=True)
        follow(page, button)

    def confirm(self, page: Page) -> None:
        """Type the password once more, which a change to an account asks for."""
        page.get_by_label("รหัสผ่าน").fill(PASSWORD)
        follow(page, page.get_by_role("main").get_by_role("button", name="ยืนยัน"))

    def log_out(self, page: Page) -> None:
        page.get_by_label(f"เมนูของ {self.member.display_name}").click()
        follow(page, page.get_by_role("button", name="ออกจากระบบ"))


def photograph(width: int = 640, height: int = 480) -> FilePayload:
    """A picture as a telephone would send it."""
    file = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(file, "JPEG")
    return {"name": "ทุ่งนา.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def agree(page: Page) -> None:
    """Check what signing up asks: an age, the rules."""
    for box in page.get_by_role("main").get_by_role("checkbox").all():
        box.check()


def confirm_address(page: Page, address: str) -> None:
    """Open the link in the newest mail to `address`, and press the button there."""
    until(page, lambda: any(address in each.to for each in mail.outbox))
    letter = next(each for each in reversed(mail.outbox) if address in each.to)
    link = re.search(r"http\S+/confirm-email/\S+", letter.body)
    assert link, letter.body
    page.goto(link[0].removeprefix(settings.SITE_URL))  # this server has a port of its own
    page.get_by_role("main").get_by_role("button", name="ยืนยัน").click()


def attach(page: Page, *, js: bool, alt: str, caption: str = "") -> None:
    """Put a picture into the text being written: with scripts it goes there at once, and is described then."""
    panel = page.locator("details.attach")
    if js:
        with page.expect_file_chooser() as chooser:
            page.get_by_role("toolbar").get_by_role("button", name="รูป").click()
        chooser.value.set_files(photograph())
        panel = panel.locator(".taken")
        expect(panel.locator("img")).to_be_visible()
    else:
        panel.locator("summary").click()
        panel.get_by_label("รูป", exact=True).set_input_files(photograph())
    panel.get_by_label("รูปนี้เป็นรูปอะไร").fill(alt)
    if caption:
        panel.get_by_label("คำบรรยายใต้รูป").fill(caption)
    if not js:
        page.get_by_role("button", name="ใส่ในข้อความ").click()
    expect(page.locator("[data-editor] > textarea")).to_have_value(
        re.compile(rf"!\[{alt}\]\(\S+.*\)")
    )


def answer(page: Page, post: Locator, body: str) -> None:
    """Answer a post on the page that its reply link leads to."""
    post.get_by_role("link", name="ตอบกลับ").click()
    page.get_by_label("ความคิดเห็นของท่าน").fill(body)
    page.get_by_role("button", name="ส่งความคิดเห็น").click()


def post_saying(page: Page, words: str) -> Locator:
    """The post in which these words stand."""
    return page.locator("article.post").filter(has_text=words)


def open_menu(post: Locator) -> Locator:
    """Open what stands behind a post's three dots."""
    post.locator("summary.dots").click()
    sheet = post.locator(".sheet")
    expect(sheet).to_be_visible()
    return sheet
