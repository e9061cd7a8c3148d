"""Writing with scripts on: toolbar, draft, picture, preview, hints, quoting, marks."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from forums.discussions.posts.models import Post
from forums.pictures.models import Attachment
from tests.browser.steps import follow, until
from tests.make import make_board, make_member, make_post, make_topic


@pytest.fixture
def topic():
    return make_topic(make_member("somsri", is_staff=True, display_name="สมศรี"), title="ตลาดเช้า")


@pytest.fixture
def writing(browse, topic, malee):
    """Malee before the reply box of a topic."""
    page = browse(malee)
    page.goto(topic.get_absolute_url())
    return page


def area(page: Page):
    return page.locator("#id_body")


def drafts(page: Page, count: int) -> None:
    """Wait until the device keeps this many drafts."""
    until(page, lambda: page.evaluate("Object.keys(localStorage).length") == count)


def a_picture(path: Path, width: int = 900, height: int = 600) -> Path:
    Image.effect_noise((width, height), 80).convert("RGB").save(path, "JPEG")
    return path


def test_the_toolbar_writes_markdown_and_undo_takes_it_back(writing):
    page = writing
    area(page).fill("น้ำท่วม")
    area(page).select_text()
    page.get_by_role("button", name="ตัวหนา").click()
    expect(area(page)).to_have_value("**น้ำท่วม**")
    page.keyboard.press("Control+b")  # what is bold becomes plain
    expect(area(page)).to_have_value("น้ำท่วม")
    page.keyboard.press("Control+b")
    page.keyboard.press("Control+z")
    expect(area(page)).to_have_value("น้ำท่วม")
    area(page).fill("หนึ่ง\nสอง")
    area(page).select_text()
    page.get_by_role("button", name="รายการ").click()
    expect(area(page)).to_have_value("- หนึ่ง\n- สอง")
    area(page).select_text()
    page.get_by_role("button", name="รายการ").click()
    expect(area(page)).to_have_value("หนึ่ง\nสอง")
    area(page).select_text()
    page.get_by_role("button", name="ซ่อนไว้ให้กดดู").click()
    expect(area(page)).to_have_value("::: ซ่อน\nหนึ่ง\nสอง\n:::\n")
    area(page).fill("https://example.org/")
    area(page).select_text()
    page.get_by_role("button", name="ลิงก์", exact=True).click()
    page.keyboard.type("ที่มา")
    expect(area(page)).to_have_value("[ที่มา](https://example.org/)")


def test_the_toolbar_is_one_stop_for_the_keyboard(writing):
    page = writing
    bar = page.get_by_role("toolbar")
    assert bar.locator("button[tabindex='0']").count() == 1
    bar.get_by_role("button").first.focus()
    page.keyboard.press("ArrowLeft")
    expect(bar.get_by_role("button").last).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(bar.get_by_role("button").first).to_be_focused()


def test_a_draft_comes_back_and_goes_once_it_is_sent(writing, topic):
    page = writing
    area(page).fill("พิมพ์ค้างไว้")
    status = page.locator("[data-draft-status]")
    expect(status).to_have_text(re.compile(r"บันทึกฉบับร่างในเครื่องนี้แล้ว \d{1,2}\.\d\d น\."))
    page.goto("about:blank")
    page.goto(topic.get_absolute_url())
    expect(area(page)).to_have_value("พิมพ์ค้างไว้")
    expect(page.get_by_text("เรากู้ข้อความที่พิมพ์ค้างไว้ให้")).to_be_visible()
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    page.wait_for_url(re.compile("#p"))
    expect(page.locator("article.post .text")).to_contain_text("พิมพ์ค้างไว้")
    expect(area(page)).to_have_value("")
    expect(page.locator("[data-restored]")).to_be_hidden()
    drafts(page, 0)


def test_a_draft_can_be_thrown_away(writing, topic):
    page = writing
    area(page).fill("ไม่เอาแล้ว")
    page.reload()
    page.get_by_role("button", name="ทิ้งไป").click()
    expect(area(page)).to_have_value("")
    page.goto("about:blank")
    page.goto(topic.get_absolute_url())
    expect(area(page)).to_have_value("")
    expect(page.locator("[data-restored]")).to_be_hidden()


def test_a_draft_outlives_a_send_that_never_arrived(writing, topic):
    page = writing
    area(page).fill("สัญญาณหาย")
    page.route("**/reply/", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="ส่งความคิดเห็น").click()
    page.unroute("**/reply/")
    page.goto("about:blank")
    page.goto(topic.get_absolute_url())
    expect(area(page)).to_have_value("สัญญาณหาย")
    page.wrong.clear()  # the browser notes the lost connection


def test_a_text_that_arrived_without_an_answer_is_not_offered_again(writing, topic):
    page = writing
    area(page).fill("ถึงแล้วแต่ไม่รู้")

    def lose_the_answer(route):
        route.fetch(max_redirects=0)
        route.abort()

    page.route("**/reply/", lose_the_answer)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="ส่งความคิดเห็น").click()
    page.unroute("**/reply/")
    assert Post.objects.filter(topic=topic, body="ถึงแล้วแต่ไม่รู้").count() == 1
    page.goto("about:blank")
    page.goto(topic.get_absolute_url())
    drafts(page, 0)
    expect(area(page)).to_have_value("")
    page.wrong.clear()


def test_signing_out_leaves_no_draft_on_the_device(writing):
    page = writing
    area(page).fill("ความลับ")
    drafts(page, 1)
    page.locator("details.menu summary").first.click()
    follow(page, page.get_by_role("button", name="ออกจากระบบ"))
    drafts(page, 0)


def test_a_picture_goes_into_the_text_as_soon_as_it_is_chosen(writing, malee, tmp_path):
    page = writing
    area(page).fill("ก่อนรูป")
    page.locator("[data-attach] summary").click()
    page.set_input_files("#id_picture", a_picture(tmp_path / "a.jpg"))
    taken = page.locator(".taken")
    until(page, lambda: page.evaluate("document.querySelector('.taken img')?.naturalWidth > 0"))
    picture = Attachment.objects.get()
    assert picture.uploader == malee
    expect(area(page)).to_have_value(f"ก่อนรูป\n\n![](/pictures/{picture.pk})\n\n")
    taken.get_by_label("รูปนี้เป็นรูปอะไร").fill("ตลาด [เช้า]")
    taken.get_by_label("คำบรรยายใต้รูป").fill('"วันพระ"')
    expect(area(page)).to_have_value(
        f'ก่อนรูป\n\n![ตลาด \\[เช้า\\]](/pictures/{picture.pk} "\\"วันพระ\\"")\n\n'
    )
    assert page.evaluate("document.querySelector('#id_picture').files.length") == 0
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    page.wait_for_url(re.compile("#p"))
    image = page.locator("article.post img.picture")
    expect(image).to_have_attribute("alt", "ตลาด [เช้า]")
    expect(page.locator("article.post figcaption")).to_have_text('"วันพระ"')
    image.scroll_into_view_if_needed()
    until(page, lambda: page.evaluate("document.querySelector('img.picture').naturalWidth > 0"))


def test_without_scripts_a_picture_chosen_and_not_inserted_is_asked_for(
    browse, topic, malee, tmp_path
):
    page = browse(malee, js=False)
    page.goto(topic.get_absolute_url())
    area(page).fill("ก่อนรูป")
    page.locator("details.attach summary").click()
    page.set_input_files("#id_picture", a_picture(tmp_path / "a.jpg"))
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(page.get_by_text("รูปอยู่ท้ายข้อความแล้ว")).to_be_visible()
    expect(page.locator(".taken img")).to_be_visible()
    picture = Attachment.objects.get()
    expect(area(page)).to_have_value(f"ก่อนรูป\n\n![](/pictures/{picture.pk})\n")
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    page.wait_for_url(re.compile("#p"))
    expect(page.locator("article.post img.picture")).to_be_visible()


def test_a_picture_can_be_pasted_or_dropped(writing):
    page = writing
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(file, "PNG")
    for count, (kind, name) in enumerate((("drop", "ที่หนึ่ง"), ("paste", "ที่สอง")), 1):
        page.evaluate(
            """([kind, bytes]) => {
                const area = document.querySelector("#id_body");
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(bytes)], "x.png", { type: "image/png" }));
                area.dispatchEvent(kind === "drop"
                    ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
                    : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }""",
            [kind, list(file.getvalue())],
        )
        expect(page.locator(".taken")).to_have_count(count)
        alt = page.locator(".taken").last.get_by_label("รูปนี้เป็นรูปอะไร")
        expect(alt).to_be_focused()
        alt.fill(name)
        expect(area(page)).to_have_value(re.compile(rf"!\[{name}\]\(/pictures/"))
    assert Attachment.objects.count() == 2


def test_a_picture_that_comes_without_a_connection_opens_the_panel_which_is_a_form(
    browse, topic, malee, tmp_path
):
    page = browse(malee, foreseen="ERR_FAILED|Failed to load resource")
    page.route("**/compose/upload*.js", lambda route: route.abort())
    page.goto(topic.get_absolute_url())
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(9)], "x.png", { type: "image/png" }));
            const drop = { dataTransfer: data, bubbles: true, cancelable: true };
            document.querySelector("#id_body").dispatchEvent(new DragEvent("drop", drop));
        }"""
    )
    expect(page.locator("[data-attach]")).to_have_attribute("open", "")
    page.locator("[data-attach] summary").click()
    expect(page.locator("[data-attach]")).not_to_have_attribute("open", "")  # and can be shut
    page.locator("[data-attach] summary").click()
    area(page).fill("ก่อนรูป")
    page.set_input_files("#id_picture", a_picture(tmp_path / "x.jpg"))
    page.get_by_role("button", name="ใส่ในข้อความ").click()
    expect(area(page)).to_have_value(re.compile(r"ก่อนรูป\s+!\[.*\]\(/pictures/"))


def test_one_can_write_on_while_a_picture_is_on_its_way(writing, tmp_path):
    page = writing
    held = []
    page.route("**/upload/", lambda route: held.append(route))
    area(page).fill("ก่อน")
    page.locator("[data-attach] summary").click()
    page.set_input_files("#id_picture", a_picture(tmp_path / "ตลาด[1].jpg"))
    expect(area(page)).to_have_value(re.compile("กำลังส่ง"))
    area(page).press("Control+End")
    page.keyboard.type("หลัง")
    # Sending now would lose it: said, and not done.
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(page.get_by_text("รูปยังส่งไม่เสร็จ")).to_be_visible()
    held[0].continue_()
    expect(area(page)).to_have_value(re.compile(r"^ก่อน\n\n!\[\]\(/pictures/[\w-]+\)\n\nหลัง$"))
    assert page.evaluate("document.querySelector('#id_body').selectionEnd") > 20


def test_a_refused_picture_says_why_and_leaves_the_text_alone(writing, tmp_path):
    page = writing
    area(page).fill("ข้อความ")
    broken = tmp_path / "a.jpg"
    broken.write_bytes(b"PK\x03\x04 no picture")
    page.locator("[data-attach] summary").click()
    page.set_input_files("#id_picture", broken)
    expect(page.locator("[data-attach] [role=alert]")).to_contain_text("JPEG")
    assert area(page).input_value().strip() == "ข้อความ"
    large = tmp_path / "b.jpg"
    large.write_bytes(b"\0" * 13_000_000)
    page.set_input_files("#id_picture", large)
    expect(page.locator("[data-attach] [role=alert]")).to_contain_text("12 MB")
    page.wrong.clear()  # the browser notes the 400


def test_the_preview_and_the_hints_come_from_the_server(writing):
    page = writing
    area(page).fill("**หนา** โทร 081-234-5678")
    expect(page.locator("[data-hints] .warn")).to_contain_text("เบอร์โทรศัพท์")
    page.get_by_role("button", name="ดูตัวอย่าง").click()
    expect(page.locator(".preview strong")).to_have_text("หนา")
    area(page).fill("ไม่มีเบอร์")
    expect(page.locator("[data-hints] .warn")).to_have_count(0)
    page.get_by_role("button", name="ดูตัวอย่าง").click()
    expect(page.locator(".preview .text")).to_have_text("ไม่มีเบอร์")
    expect(page.locator(".preview")).to_have_count(1)


def test_quoting_joins_what_is_being_written(writing, topic):
    page = writing
    make_post(topic, make_member("somchai", display_name="สมชาย"), body="บ้านเรา**ไม่**ท่วม")
    page.reload()
    area(page).fill("เห็นด้วยครับ")
    page.locator("ol.garland details.menu summary").first.click()
    page.locator("a[data-quote]:visible").click()
    expect(area(page)).to_have_value(
        re.compile(r"^เห็นด้วยครับ\n\n> \[สมชาย\].*\n>\n> บ้านเรา\*\*ไม่\*\*ท่วม")
    )


def test_a_mark_is_given_and_taken_back_in_place(writing, topic):
    page = writing
    post = make_post(topic, body="มีประโยชน์มาก")
    page.reload()
    article = page.locator(f"#p{post.pk}")
    before = page.url
    for pressed, count in (("true", 1), ("false", 0)):
        article.locator("button.useful").click()
        expect(article.locator("button.useful")).to_have_attribute("aria-pressed", pressed)
        expect(article.locator("button.useful")).to_be_focused()
        post.refresh_from_db()
        assert post.useful_count == count
    assert page.url == before


def test_similar_topics_and_tags_are_offered_while_typing(browse, malee):
    make_topic(board=make_board(), title="เตียงลมของ รพ.สต. ใครเซ็นยืม", tags=["ผู้ป่วยติดเตียง"])
    page = browse(malee)
    page.goto("/start/")
    page.locator("#id_title").press_sequentially("ยืมเตียงลมข้ามตำบล")
    expect(page.locator("#similar a")).to_contain_text("เตียงลมของ")
    page.locator("#id_tags").press_sequentially("ยืมอุปกรณ์ ผู้ป่วย")
    expect(page.locator("#tag-words option")).to_have_attribute("value", "ยืมอุปกรณ์ ผู้ป่วยติดเตียง")


def test_enter_in_a_field_does_not_attach_a_picture(browse, malee):
    make_board()
    page = browse(malee)
    page.goto("/start/")
    page.locator("#id_title").fill("หัวข้อ")
    page.locator("#id_title").press("Enter")
    expect(page.locator("#id_body_error")).to_be_visible()
    expect(page.get_by_text("เลือกรูปก่อน")).to_have_count(0)
    page.wrong.clear()  # the browser notes the 400


def test_menus_close_on_escape_and_outside(writing):
    page = writing
    menu = page.locator("header details.menu").first
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    page.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")


def test_a_video_asks_youtube_only_when_pressed(writing, topic):
    page = writing
    asked = []
    page.route(
        "https://*.youtube*/**", lambda route: (asked.append(route.request.url), route.abort())
    )
    page.route(
        "https://*.ytimg*/**", lambda route: (asked.append(route.request.url), route.abort())
    )
    make_post(topic, body="https://youtu.be/dQw4w9WgXcQ?t=42")
    page.reload()
    assert not asked
    page.locator("a.youtube-link").click()
    frame = page.locator("figure.youtube iframe")
    expect(frame).to_have_attribute(
        "src", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&start=42"
    )
    until(page, lambda: asked)
    assert all(url.startswith("https://www.youtube-nocookie.com/embed/") for url in asked)
    page.wrong.clear()  # the browser notes the connection we refused it
