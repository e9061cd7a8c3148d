#!/usr/bin/env python3
"""Walks on a telephone, press by press, as pictures for docs/walks: of a running site with a fresh demo.

    PORT=8001 make run                                     # in one terminal
    .venv/bin/python scripts/walks.py http://127.0.0.1:8001

Needs Chromium and the e2e dependencies. The walks write: posts, a second step, a request to the moderators.
"""

import argparse
import base64
import hmac
import io
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from screenshots import LARGEST, MEMBER, MODERATOR, PASSWORD, addresses, signed_in

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "walks"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
SECOND_STEP = "ekkachai"  # a member of the demo whose account is given a second step
STEP = 30  # seconds a code of an authenticator app is good for

Walk = Callable[[Browser, str], Iterator[tuple[Page, str]]]


def _reply_button(page: Page) -> Locator:
    return page.get_by_role("button", name="ส่งความคิดเห็น")


def _conversation(page: Page, site: str) -> Locator:
    """The second comment of the demo's deepest conversation, on its page."""
    page.goto(site + addresses(page, site)["conversation"])
    post = page.locator("main article.post[id^=p]").nth(2)
    post.scroll_into_view_if_needed()
    return post


def replying(browser: Browser, site: str) -> Iterator[tuple[Page, str]]:
    with signed_in(browser, site, MEMBER, **PHONE) as context:
        page = context.new_page()
        post = _conversation(page, site)
        yield page, "A comment, and its link to reply"
        post.get_by_role("link", name="ตอบกลับ", exact=True).first.click()
        expect(page.locator("#id_body")).to_be_focused()
        yield page, "The box opens under the post that is answered, ready to type"
        page.locator("#id_body").fill("ที่หมู่บ้านเราก็ลองแล้ว กันแนวสองวันก่อน แล้วค่อยเผาทีละแปลง")
        speak = page.locator("#id_speak_from")
        if speak.count() and not speak.input_value():
            _reply_button(page).click()
            expect(page.locator(".errors, .error, [aria-invalid=true]").first).to_be_visible()
            yield page, "Sent without saying from where: it asks, and the text is still there"
            page.locator("#id_speak_from").select_option(index=1)
        _reply_button(page).click()
        page.wait_for_url(lambda url: "#p" in url)
        yield page, "The reply stands in the thread, with the network it is spoken from"


def quoting(browser: Browser, site: str) -> Iterator[tuple[Page, str]]:
    with signed_in(browser, site, MEMBER, **PHONE) as context:
        page = context.new_page()
        post = _conversation(page, site)
        page.evaluate(
            "(post) => getSelection().selectAllChildren(post.querySelector('.text p'))",
            post.element_handle(),
        )
        yield page, "Some words of a comment are chosen"
        post.locator("details.menu summary").first.click()
        post.locator("a[data-quote]").first.click()
        expect(page.locator("#id_body")).to_be_focused()
        yield page, "They stand in the box as a quotation that says whose they are"


def picture(browser: Browser, site: str) -> Iterator[tuple[Page, str]]:
    with signed_in(browser, site, MEMBER, **PHONE) as context:
        page = context.new_page()
        post = _conversation(page, site)
        post.get_by_role("link", name="ตอบกลับ", exact=True).first.click()
        page.locator("#id_body").fill("แนวกันไฟที่เราทำเป็นแบบนี้")
        with page.expect_file_chooser() as chooser:
            page.get_by_role("toolbar").get_by_role("button", name="รูป").first.click()
        chooser.value.set_files(
            {"name": "แนวกันไฟ.jpg", "mimeType": "image/jpeg", "buffer": _photograph()}
        )
        taken = page.locator("details.attach .taken")
        expect(taken.locator("img")).to_be_visible()
        taken.scroll_into_view_if_needed()
        yield page, "A picture is uploaded as soon as it is chosen; it asks what the picture shows"
        taken.get_by_label("รูปนี้เป็นรูปอะไร").fill("แนวกันไฟกว้างสี่เมตร")
        page.get_by_role("button", name="ดูตัวอย่าง").first.click()
        page.wait_for_load_state()
        page.wait_for_timeout(800)
        yield page, "The preview shows it as it will stand"


def speaking_from(browser: Browser, site: str) -> Iterator[tuple[Page, str]]:
    with signed_in(browser, site, MEMBER, **PHONE) as context:
        page = context.new_page()
        page.goto(f"{site}/start/")
        select = page.locator("#id_speak_from")
        select.scroll_into_view_if_needed()
        yield page, "Nothing is chosen for her: she says from where she speaks"
        select.select_option(index=2)
        yield page, "A network of hers, or her own name"


def lost_device(browser: Browser, site: str) -> Iterator[tuple[Page, str]]:
    with signed_in(browser, site, SECOND_STEP, **PHONE) as context:
        page = context.new_page()
        page.goto(f"{site}/accounts/2fa/totp/activate/")
        if page.locator("input[name=password]").count():
            page.fill("input[name=password]", PASSWORD)
            page.get_by_role("main").get_by_role("button").first.click()
        secret = page.locator("#authenticator_secret").input_value()
        page.get_by_label("รหัสจากแอป").fill(_code(secret))
        page.get_by_role("main").get_by_role("button", name="เปิด", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("รหัสกู้คืน")
        yield page, "The second step is on, and the way back is kept: recovery codes"
    with signed_in(browser, site, "", **PHONE) as context:
        page = context.new_page()
        page.goto(f"{site}/accounts/login/")
        page.fill("input[name=login]", SECOND_STEP)
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button[type=submit] >> nth=0")
        yield page, "The password was right; the second step asks for a code"
        page.get_by_role("link", name="เครื่องหาย ทำอย่างไร").click()
        yield page, "The device is lost: what happens now, and how long it takes"
        page.locator("main textarea").fill("ถามนงค์ที่ อสม. น้ำว้าได้ รู้จักกันมาสิบปี")
        page.get_by_role("main").get_by_role("button").first.click()
        expect(page.get_by_text("ขอไว้เมื่อ")).to_be_visible()
        yield page, "It is asked; two moderators look, and letters go to her address"
    with signed_in(browser, site, MODERATOR, **PHONE) as context:
        page = context.new_page()
        page.goto(f"{site}/admin/")
        yield page, "The moderators' desk says that somebody waits"


WALKS: dict[str, Walk] = {
    "replying": replying,
    "quoting": quoting,
    "picture": picture,
    "speaking-from": speaking_from,
    "lost-device": lost_device,
}


def _code(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    counter = (int(time.time()) // STEP).to_bytes(8)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def _photograph() -> bytes:
    """Something like a firebreak on a hill."""
    image = Image.new("RGB", (1600, 1200), "#8fb4c9")
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 700), (700, 380), (1600, 760), (1600, 1200), (0, 1200)], fill="#4f7a45")
    draw.polygon([(760, 420), (820, 440), (1180, 1200), (900, 1200)], fill="#b98a5a")
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=85)
    return kept.getvalue()


def _taken(page: Page, path: Path) -> None:
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(200)
    image = Image.open(io.BytesIO(page.screenshot()))
    image.save(path, "WEBP", quality=55, method=6)
    if path.stat().st_size > LARGEST:
        sys.exit(f"{path.name} is larger than the documents should carry.")


def main() -> None:
    """Take the walks, or those that are named; write the list of what their pictures show."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("site", help="http://127.0.0.1:8000")
    parser.add_argument("names", nargs="*", help=", ".join(WALKS))
    parser.add_argument("--to", type=Path, default=FOLDER)
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    lines = ["# Walks on a telephone", "", "The demo at 360 px, taken with `scripts/walks.py`."]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome")
        )
        for name in asked.names or WALKS:
            lines += ["", f"## {name.replace('-', ' ').capitalize()}", ""]
            for number, (page, shows) in enumerate(WALKS[name](browser, asked.site.rstrip("/")), 1):
                file = f"{name}-{number}.webp"
                _taken(page, asked.to / file)
                lines.append(f"{number}. {shows}  \n   ![{shows}]({file})")
                print(f"{file}  {shows}", flush=True)
        browser.close()
    if not asked.names:
        (asked.to / "README.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
