"""Sending a form: twice at once, again after going back, and where the way back leads."""

import re

from playwright.sync_api import expect

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation.actions import hide_post
from tests.browser.steps import open_menu, post_saying
from tests.make import make_post, make_topic


def test_a_double_click_sends_one_comment(browse, js, board, malee):
    topic = make_topic(board=board)
    page = browse(malee, js=js)
    page.goto(topic.get_absolute_url())
    page.get_by_label("ความคิดเห็นของท่าน").fill("กดย้ำไปสองที")
    page.get_by_role("button", name="ส่งความคิดเห็น").dblclick()
    expect(post_saying(page, "กดย้ำไปสองที")).to_have_count(1)
    assert Post.objects.filter(body="กดย้ำไปสองที").count() == 1
    topic.refresh_from_db()
    assert topic.reply_count == 1


def test_a_double_click_starts_one_topic(browse, js, board, malee):
    page = browse(malee, js=js)
    page.goto(f"/b/{board.slug}/new/")
    page.get_by_role("radio", name="สนทนา").check()
    page.get_by_label("หัวข้อ", exact=True).fill("กดย้ำจนเป็นสองกระทู้")
    page.get_by_label("เนื้อหา", exact=True).fill("ไม่ควรเป็นอย่างนั้น")
    page.get_by_role("button", name="ตั้งกระทู้").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("กดย้ำจนเป็นสองกระทู้")
    assert Topic.objects.count() == 1


def test_after_going_back_one_can_write_again(browse, js, board, malee):
    topic = make_topic(board=board)
    page = browse(malee, js=js)
    page.goto(topic.get_absolute_url())
    box, send = (
        page.get_by_label("ความคิดเห็นของท่าน"),
        page.get_by_role("button", name="ส่งความคิดเห็น"),
    )
    box.fill("ข้อความแรก")
    send.click()
    page.wait_for_url(re.compile("#p"))
    page.go_back()
    expect(send).to_be_enabled()
    box.fill("ข้อความที่สอง")
    send.click()
    page.wait_for_url(re.compile("#p"))
    expect(post_saying(page, "ข้อความแรก")).to_have_count(1)
    expect(post_saying(page, "ข้อความที่สอง")).to_have_count(1)


def test_what_was_refused_is_still_in_the_box(browse, js, board, malee):
    topic = make_topic(board=board)
    page = browse(malee, js=js, foreseen="status of 4")
    page.goto(topic.get_absolute_url())
    Topic.objects.update(locked_at=topic.created_at)
    page.get_by_label("ความคิดเห็นของท่าน").fill("มาช้าไปนิดเดียว")
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("ความคิดเห็นของท่าน")).to_have_value("มาช้าไปนิดเดียว")
    assert Post.objects.filter(number__gt=0).count() == 0


def test_a_visitor_who_signs_in_to_answer_comes_back_to_the_topic(browse, js, board, joined):
    topic = make_topic(board=board)
    page = browse(js=js)
    page.goto(topic.get_absolute_url())
    page.get_by_role("main").get_by_role("link", name="เข้าสู่ระบบ").click()
    joined.log_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(topic.title)
    expect(page.get_by_label("ความคิดเห็นของท่าน")).to_be_visible()


def test_a_preview_keeps_the_text_in_its_box(browse, js, board, malee):
    topic = make_topic(board=board)
    page = browse(malee, js=js)
    page.goto(topic.get_absolute_url())
    page.get_by_label("ความคิดเห็นของท่าน").fill("อันนี้ **สำคัญ** นะ")
    page.get_by_role("button", name="ดูตัวอย่าง").click()
    expect(page.locator(".preview strong")).to_have_text("สำคัญ")
    expect(page.get_by_label("ความคิดเห็นของท่าน")).to_have_value("อันนี้ **สำคัญ** นะ")
    assert Post.objects.filter(number__gt=0).count() == 0
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(post_saying(page, "สำคัญ")).to_have_count(1)


def test_a_quotation_begins_the_answer(browse, js, board, malee, somchai):
    topic = make_topic(board=board)
    make_post(topic, somchai, body="ตากในร่มก่อนสองวัน")
    page = browse(malee, js=js)
    page.goto(topic.get_absolute_url())
    menu = open_menu(post_saying(page, "ตากในร่ม"))
    menu.get_by_role("link", name="อ้างข้อความนี้").click()
    box = page.get_by_label("ความคิดเห็นของท่าน")
    expect(box).to_have_value(re.compile(r"> \[สมชาย ตั้งใจดี\][^\n]*\n>\n> ตากในร่มก่อนสองวัน"))
    box.press("Control+End")
    page.keyboard.type("ของเราตากแดดเลย")
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    answer = page.locator("article.post").filter(has_text="ของเราตากแดดเลย")
    expect(answer.get_by_role("blockquote")).to_contain_text("ตากในร่มก่อนสองวัน")


def test_back_and_send_again_is_one_comment(browse, js, board, malee):
    topic = make_topic(board=board)
    page = browse(malee, js=js)
    page.goto(topic.get_absolute_url())
    box, send = (
        page.get_by_label("ความคิดเห็นของท่าน"),
        page.get_by_role("button", name="ส่งความคิดเห็น"),
    )
    form = page.locator("#reply [name=submission]").input_value()
    box.fill("ส่งแล้วกดกลับมาส่งอีก")
    send.click()
    page.wait_for_url(re.compile("#p"))
    page.go_back()
    page.reload()  # as browsers inside other apps do; they put the text in again
    assert page.locator("#reply [name=submission]").input_value() != form
    box.fill("ส่งแล้วกดกลับมาส่งอีก")
    send.click()
    page.wait_for_url(re.compile("#p"))
    expect(post_saying(page, "ส่งแล้วกดกลับมาส่งอีก")).to_have_count(1)
    assert Post.objects.filter(number__gt=0).count() == 1
    if js:  # nor is it offered as a draft
        page.wait_for_load_state("networkidle")
        expect(box).to_have_value("")


def test_whose_session_ended_signs_in_beside_it_and_sends_what_she_wrote(browse, js, board, joined):
    topic = make_topic(board=board)
    page = browse(joined.member, js=js, foreseen="status of 403")
    page.goto(topic.get_absolute_url())
    page.get_by_label("ความคิดเห็นของท่าน").fill("พิมพ์ไว้ยาวมาก")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    main = page.get_by_role("main")
    expect(main.locator("textarea[name=body]")).to_have_value("พิมพ์ไว้ยาวมาก")
    with page.context.expect_page() as opened:
        main.get_by_role("link", name="เข้าสู่ระบบ").click()
    beside = opened.value
    joined.log_in(beside)
    expect(beside.get_by_role("heading", level=1)).to_have_text(topic.title)
    for _ in range(
        2
    ):  # signing in has changed the token: one press more, and nothing is typed anew
        page.get_by_role("button", name="ส่งอีกครั้ง").click()
    page.wait_for_url(re.compile("#p"))
    expect(post_saying(page, "พิมพ์ไว้ยาวมาก")).to_have_count(1)


def test_the_author_of_a_hidden_comment_reads_it_and_why(browse, js, board, malee, moderator):
    topic = make_topic(board=board)
    post = make_post(topic, malee, body="ขายของดีราคาถูก")
    hide_post(moderator=moderator, post=post, reason="เป็นโฆษณา")
    page = browse(malee, js=js, viewport={"width": 320, "height": 640})
    page.goto(topic.get_absolute_url())
    page.get_by_role("link", name="อ่านที่เขียนไว้").click()
    expect(page.get_by_label("คัดลอกได้จากตรงนี้")).to_have_value("ขายของดีราคาถูก")
    expect(page.get_by_role("main")).to_contain_text("เป็นโฆษณา")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
