"""The whole way: joining, a topic with a picture, a thread, an answer, a decision. With and without scripts."""

import re

from playwright.sync_api import expect

from forums.discussions.posts.models import Post
from tests.browser.steps import (
    PASSWORD,
    agree,
    answer,
    attach,
    confirm_address,
    open_menu,
    post_saying,
)


def test_from_joining_to_a_decision_everyone_can_read(browse, js, board, somchai, moderator):
    newcomer = browse(js=js)
    newcomer.goto("/")
    newcomer.get_by_role("banner").get_by_role("link", name="สมัครสมาชิก").click()
    newcomer.get_by_label("อีเมล").fill("malee@example.org")
    newcomer.get_by_label("ชื่อผู้ใช้").fill("มาลี")
    newcomer.get_by_label("รหัสผ่าน").fill(PASSWORD)
    agree(newcomer)
    newcomer.get_by_role("main").get_by_role("button", name="สมัครสมาชิก").click()
    confirm_address(newcomer, "malee@example.org")
    expect(newcomer.get_by_label("เมนูของ มาลี")).to_be_visible()

    newcomer.goto("/")
    newcomer.get_by_role("link", name="ตั้งกระทู้").click()
    newcomer.get_by_role("radio", name="คำถาม").check()
    newcomer.get_by_label("ห้อง").select_option(board.name)
    newcomer.get_by_label("หัวข้อ", exact=True).fill("ปลูกผักริมรั้วกันอย่างไรให้น้ำไม่ขัง")
    newcomer.get_by_label("เนื้อหา", exact=True).fill("บ้านเราอยู่ที่ลุ่ม **น้ำท่วมทุกปี**")
    attach(newcomer, js=js, alt="แปลงผักหลังบ้าน", caption="ถ่ายเมื่อเดือนก่อน")
    newcomer.get_by_role("button", name="ตั้งกระทู้").click()
    expect(newcomer).to_have_url(re.compile(r"/t/\d+/"))
    picture = newcomer.get_by_role("img", name="แปลงผักหลังบ้าน")
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    expect(newcomer.get_by_role("figure")).to_contain_text("ถ่ายเมื่อเดือนก่อน")
    if js:
        expect(picture).not_to_have_js_property("naturalWidth", 0)
    topic = newcomer.url

    second = browse(somchai, js=js)
    second.goto(topic)
    second.get_by_label("ความคิดเห็นของท่าน").fill("ยกแปลงให้สูงสักศอกหนึ่ง")
    second.get_by_role("button", name="ส่งความคิดเห็น").click()
    answer(second, post_saying(second, "ยกแปลง"), "ลืมบอกว่าใช้ไม้ไผ่กั้น")
    answer(second, post_saying(second, "ไม้ไผ่กั้น"), "ไผ่ผุเร็ว ปีหนึ่งก็เปลี่ยน")
    for words, label in (("ยกแปลง", "1"), ("ไม้ไผ่กั้น", "1-1"), ("ไผ่ผุเร็ว", "1-2")):
        number = post_saying(second, words).get_by_role("link", name=f"ความคิดเห็นที่ {label}")
        expect(number).to_have_text(f"ความคิดเห็นที่ {label}")

    newcomer.goto(topic)
    menu = open_menu(post_saying(newcomer, "ยกแปลง"))
    menu.get_by_role("button", name="เลือกเป็นคำตอบ").click()
    expect(newcomer.get_by_role("region", name="คำตอบที่ผู้ถามเลือก")).to_contain_text("ยกแปลง")

    third = browse(moderator, js=js)
    third.goto(topic)
    menu = open_menu(post_saying(third, "ไม้ไผ่กั้น"))
    menu.get_by_role("link", name="ดูแลข้อความนี้").click()
    third.get_by_role("link", name="ซ่อน", exact=True).click()
    third.get_by_label("เพราะอะไร").fill("มีเบอร์โทรของคนอื่นอยู่ในข้อความ")
    third.get_by_role("button", name="ซ่อน", exact=True).click()
    expect(third.get_by_role("main")).to_contain_text("มีเบอร์โทรของคนอื่นอยู่ในข้อความ")

    visitor = browse(js=js)
    visitor.goto(topic)
    placeholder = visitor.locator(f"#p{Post.objects.get(reply_number=1).pk}")
    expect(placeholder).to_contain_text("ความคิดเห็นที่ 1-1 ถูกซ่อนไว้")
    expect(visitor.get_by_role("main")).not_to_contain_text("ไม้ไผ่กั้น")
    expect(post_saying(visitor, "ไผ่ผุเร็ว")).to_be_visible()
    placeholder.get_by_role("link", name="ดูคำตัดสิน").click()
    expect(visitor.get_by_role("main")).to_contain_text("มีเบอร์โทรของคนอื่นอยู่ในข้อความ")
    expect(visitor.get_by_role("main")).not_to_contain_text("สมชาย")
