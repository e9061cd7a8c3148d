"""Reading with a mouse, with keys alone, with and without scripts: marks, menus, the way to the text."""

from playwright.sync_api import expect

from tests.browser.steps import open_menu, post_saying
from tests.make import make_post, make_topic


def test_marks_are_counted_where_one_reads(browse, js, board, malee, somchai):
    topic = make_topic(board=board)
    make_post(topic, somchai, body="ตากในร่มก่อนสองวัน")
    page = browse(malee, js=js)
    page.goto(topic.get_absolute_url())
    page.evaluate("window.stayed = true")
    post = post_saying(page, "ตากในร่ม")
    for mark in ("มีประโยชน์", "เห็นด้วย"):
        button = post.get_by_role("button", name=mark)
        expect(button).to_have_text(f"{mark} 0")
        button.click()
        expect(button).to_have_text(f"{mark} 1")
        expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("window.stayed === true") is js
    post.get_by_role("button", name="มีประโยชน์").click()
    expect(post.get_by_role("button", name="มีประโยชน์")).to_have_text("มีประโยชน์ 0")
    expect(post.get_by_role("button", name="เห็นด้วย")).to_have_text("เห็นด้วย 1")


def test_ones_own_post_has_counts_but_no_marks_to_press(browse, board, malee):
    topic = make_topic(board=board)
    make_post(topic, malee, body="ของเราเอง")
    page = browse(malee)
    page.goto(topic.get_absolute_url())
    post = post_saying(page, "ของเราเอง")
    expect(post).to_contain_text("มีประโยชน์ 0")
    expect(post.get_by_role("button", name="มีประโยชน์")).to_have_count(0)


def test_the_first_key_leads_past_the_header_to_the_text(browse, js, board):
    topic = make_topic(board=board)
    page = browse(js=js)
    page.goto(topic.get_absolute_url())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="ข้ามไปที่เนื้อหา")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_menus_open_by_key(browse, js, board, malee, somchai):
    topic = make_topic(board=board)
    make_post(topic, somchai, body="ตากในร่มก่อนสองวัน")
    page = browse(malee, js=js)
    page.goto(topic.get_absolute_url())
    dots = post_saying(page, "ตากในร่ม").locator("summary.dots")
    dots.focus()
    page.keyboard.press("Enter")
    link = post_saying(page, "ตากในร่ม").get_by_role("link", name="อ้างอิง ส่งต่อ")
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    if js:
        page.keyboard.press("Escape")
        expect(link).to_be_hidden()
        expect(dots).to_be_focused()


def test_only_one_menu_is_open(browse, board, malee, somchai):
    topic = make_topic(board=board)
    make_post(topic, somchai, body="ตากในร่มก่อนสองวัน")
    page = browse(malee)
    page.goto(topic.get_absolute_url())
    of_post = open_menu(post_saying(page, "ตากในร่ม"))
    page.get_by_label("เมนูของ มาลี คำหล้า").click()
    expect(page.get_by_role("link", name="หน้าของฉัน")).to_be_visible()
    expect(of_post).to_be_hidden()


def test_the_permanent_link_leads_to_the_post_itself(browse, js, board, somchai):
    topic = make_topic(board=board)
    post = make_post(topic, somchai, body="ตากในร่มก่อนสองวัน")
    page = browse(js=js)
    page.goto(f"/p/{post.pk}/")
    expect(page.locator(f"#p{post.pk}")).to_be_in_viewport()
    assert page.url.endswith(f"#p{post.pk}")


def test_a_spoiler_opens_on_a_click(browse, js, board):
    topic = make_topic(board=board, body="คำตอบคือ\n\n::: ซ่อน\nขมิ้น\n:::\n")
    page = browse(js=js)
    page.goto(topic.get_absolute_url())
    hidden = page.get_by_text("ขมิ้น")
    expect(hidden).to_be_hidden()
    page.locator("article.topic details summary").first.click()
    expect(hidden).to_be_visible()


def test_a_video_without_scripts_is_a_link(browse, board):
    topic = make_topic(board=board, body="https://youtu.be/dQw4w9WgXcQ")
    page = browse(js=False)
    page.goto(topic.get_absolute_url())
    link = page.locator("a.youtube-link")
    expect(link).to_have_attribute("href", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    expect(page.locator("iframe")).to_have_count(0)
