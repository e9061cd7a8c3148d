"""Replying on a telephone: the box comes to the post, a quotation answers it, long topics have ways through."""

import re

import pytest
from playwright.sync_api import Page, expect

from forums.discussions.posts.models import Post
from tests.browser.steps import post_saying, until
from tests.make import make_member, make_network, make_post, make_topic

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
TINY = {"viewport": {"width": 320, "height": 640}}


@pytest.fixture
def topic():
    return make_topic(make_member("somsri", is_staff=True, display_name="สมศรี"), title="ตลาดเช้า")


@pytest.fixture
def comments(topic, somchai):
    return [
        make_post(topic, somchai, body=f"บ้านที่ {n} มี *ตลาด*\n\nทุกวัน **เสาร์** เช้า") for n in range(3)
    ]


def area(page: Page):
    return page.locator("#id_body")


def choose(page: Page, element: str) -> None:
    """Choose all the words of an element, as a long press and a drag would."""
    page.evaluate("(at) => getSelection().selectAllChildren(document.querySelector(at))", element)


def quote(page: Page, post: Post) -> None:
    page.locator(f"#p{post.pk} details.menu summary").click()
    page.locator(f"#p{post.pk} a[data-quote]").click()


def test_the_box_opens_under_the_post_that_is_answered(browse, js, topic, comments, malee):
    page = browse(malee, js=js, **PHONE)
    page.goto(topic.get_absolute_url())
    if js:
        area(page).fill("พิมพ์ค้างไว้")
    page.locator(f"#p{comments[0].pk}").get_by_role("link", name="ตอบกลับ", exact=True).click()
    expect(area(page)).to_be_focused()
    expect(page.get_by_role("heading", name="ตอบ สมชาย ตั้งใจดี")).to_be_visible()
    box, post = area(page).bounding_box(), page.locator(f"#p{comments[0].pk} .text").bounding_box()
    assert box
    assert post
    assert box["y"] > post["y"]
    assert 0 < box["y"] < 740
    assert box["width"] > 280
    if js:
        expect(area(page)).to_have_value("พิมพ์ค้างไว้")  # what was begun comes along
    area(page).fill("ของเราก็เช้าเหมือนกัน")
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(post_saying(page, "ของเราก็เช้า")).to_be_visible()
    answer = Post.objects.get(author=malee)
    assert (answer.label, answer.parent_id) == ("1-1", comments[0].pk)


def test_the_box_goes_back_and_answers_the_topic(browse, topic, comments, malee):
    page = browse(malee, **PHONE)
    page.goto(topic.get_absolute_url())
    for press in ("ย้ายกล่องกลับที่เดิม", "เขียนตรงนี้แทน"):
        page.locator(f"#p{comments[1].pk}").get_by_role("link", name="ตอบกลับ", exact=True).click()
        page.get_by_role("button", name=press).click()
        expect(area(page)).to_be_focused()
        expect(page.locator(f"#p{comments[1].pk} form")).to_have_count(0)
        expect(page.get_by_role("button", name=press)).to_have_count(0)
    area(page).fill("ถึงทุกคน")
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(post_saying(page, "ถึงทุกคน")).to_be_visible()
    assert Post.objects.get(author=malee).label == "4"


def test_a_draft_comes_back_under_the_post_it_answers(browse, topic, comments, malee):
    page = browse(malee, **PHONE)
    page.goto(topic.get_absolute_url())
    page.locator(f"#p{comments[1].pk}").get_by_role("link", name="ตอบกลับ", exact=True).click()
    area(page).press_sequentially("ยังไม่จบ")
    until(page, lambda: page.evaluate("Object.keys(localStorage).length") == 1)
    page.goto("/")
    page.goto(topic.get_absolute_url())
    expect(page.locator(f"#p{comments[1].pk} #id_body")).to_have_value("ยังไม่จบ")
    page.goto(f"/p/{comments[0].pk}/thread/")  # another box: nothing of it there
    expect(area(page)).to_have_value("")


def test_a_quotation_answers_that_post_in_its_thread(browse, js, topic, comments, malee):
    page = browse(malee, js=js, **PHONE)
    page.goto(topic.get_absolute_url())
    quote(page, comments[0])
    expect(area(page)).to_have_value(
        re.compile(r"^> \[สมชาย ตั้งใจดี\].*\n>\n> บ้านที่ 0 มี \*ตลาด\*\n>\n> ทุกวัน \*\*เสาร์\*\* เช้า\n\n$")
    )
    area(page).press("Control+End")
    page.keyboard.type("เห็นด้วย")
    page.get_by_role("button", name="ส่งความคิดเห็น").click()
    post = post_saying(page, "เห็นด้วย")
    expect(post.locator("blockquote")).to_contain_text("ทุกวัน เสาร์ เช้า")
    expect(post.locator("blockquote")).not_to_contain_text("เห็นด้วย")
    answer = Post.objects.get(author=malee)
    assert (answer.label, answer.parent_id) == ("1-1", comments[0].pk)


def test_chosen_words_are_quoted_as_they_stand(browse, topic, comments, malee, somchai):
    tricky = make_post(
        topic, somchai, body="1\\. ราคา 5\\*3 <b>\n\nรหัส ||ลับมาก|| \\[^1] จบ\n\nไม่เลือก"
    )
    page = browse(malee, **PHONE)
    page.goto(topic.get_absolute_url())
    choose(page, f"#p{tricky.pk} .text p:nth-child(2)")
    quote(page, tricky)
    expect(area(page)).to_have_value(
        re.compile(r"^> \[สมชาย.*\n>\n> รหัส \|\|ลับมาก\|\| \\\[\^1\\\] จบ\n\n$")
    )
    area(page).fill("")
    choose(page, f"#p{tricky.pk} .text p:nth-child(1)")
    quote(page, tricky)
    expect(area(page)).to_have_value(re.compile(r"\n> 1\\\. ราคา 5\\\*3 \\<b\\>\n\n$"))
    # What is chosen elsewhere is not hers; nor is what reaches over two posts.
    area(page).fill("")
    choose(page, f"#p{comments[0].pk} .text")
    quote(page, comments[2])
    expect(area(page)).to_have_value(re.compile("บ้านที่ 2"))


def test_a_long_topic_has_ways_to_its_newest_and_to_a_number(browse, js, topic, malee):
    posts = [make_post(topic, topic.author, body=f"ที่ {n}") for n in range(1, 46)]
    page = browse(malee, js=js, **PHONE)
    page.goto(topic.get_absolute_url())
    ways = page.locator("details.go-to")
    ways.locator("summary").click()
    ways.get_by_label("ความคิดเห็นที่").fill("๒๕")
    ways.get_by_role("button", name="ไป", exact=True).click()
    expect(page).to_have_url(re.compile(rf"\?page=2#p{posts[24].pk}$"))
    page.locator("details.go-to summary").click()
    page.get_by_role("link", name="ข้อความล่าสุด").click()
    expect(page).to_have_url(re.compile(rf"\?page=3#p{posts[44].pk}$"))
    expect(page.locator(f"#p{posts[44].pk}")).to_be_in_viewport()


@pytest.mark.parametrize(("phone", "size"), [(PHONE, ""), (TINY, "larger")])
def test_the_tabs_stay_at_hand_and_cover_nothing(browse, topic, malee, phone, size):
    canal = make_network("บ้านมั่นคงคลองท่าเรือ", malee)
    for n in range(1, 30):
        make_post(topic, topic.author, body=f"ที่ {n}")
    make_post(topic, malee, body="จากคลอง", speak_from=canal.pk)
    page = browse(malee, **phone)
    page.goto(topic.get_absolute_url())
    if size:
        page.evaluate("(size) => document.documentElement.dataset.text = size", size)
    third = topic.posts.get(number=13)
    page.evaluate("(at) => location.hash = at", f"p{third.pk}")
    bar = page.locator(".tabs.at-hand")
    expect(bar).to_be_in_viewport()
    shut = bar.bounding_box()
    post = page.locator(f"#p{third.pk}").bounding_box()
    assert shut
    assert post
    assert abs(shut["y"]) <= 1
    assert shut["height"] < 100
    assert post["y"] >= shut["height"] - 1
    # Back by the Tab key: what has the focus is never under the tabs.
    page.locator(f"#p{third.pk} .acts a").first.focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        at = page.evaluate(
            "() => { const b = document.activeElement.getBoundingClientRect(); return [b.top, b.bottom] }"
        )
        assert at[0] >= shut["height"] - 1, at
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bar.locator(".go-to summary").click()
    sheet = bar.locator(".sheet").bounding_box()
    assert sheet
    assert sheet["x"] >= 0
    assert sheet["x"] + sheet["width"] <= phone["viewport"]["width"]
    bar.get_by_label("ความคิดเห็นที่").click(trial=True)  # nothing lies over it
