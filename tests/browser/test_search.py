"""Finding again what somebody said: from every screen, with and without scripts, with keys alone."""

import re

import pytest
from playwright.sync_api import expect

from forums.search.results import find
from tests.browser.axe import SMALL_TARGETS, axe
from tests.browser.steps import follow, until
from tests.make import make_network, make_post, make_topic

HEADER = ".site-head input[name=q]"
BOX = "main input[name=q]"
FOUND = "section[aria-labelledby=matches] h3"
SUGGESTED = ".combo-list [role=option]"


@pytest.fixture
def said(board, malee, somchai):
    """Two topics that speak of floods: a conversation, from a network; and a question."""
    network = make_network("คนรักคลองแม่ข่า", malee)
    talk = make_topic(somchai, board, title="ขยะหลังน้ำลด", body="ใครเก็บ เก็บแล้วเอาไปไหน")
    post = make_post(talk, malee, body="ถนนน้ำท่วมทุกปี อาสาต้องรู้ว่าข้ามตรงไหน", speak_from=network.pk)
    make_topic(malee, board, title="หนีน้ำท่วมอย่างไร", kind="question", tags=["น้ำท่วม"])
    return post


def test_from_the_header_to_the_passage(browse, js, said):
    page = browse(js=js, viewport={"width": 1280, "height": 800})
    page.goto("/")
    page.locator(HEADER).fill("น้ำท่วม")
    page.locator(HEADER).press("Enter")
    expect(page.locator(FOUND)).to_have_count(2)
    expect(page.locator(HEADER)).to_have_count(0)
    assert set(page.locator(f"{FOUND} mark, .passage mark").all_inner_texts()) >= {"น้ำท่วม"}
    passage = page.locator(".finds ul > li", has_text="ถนนน้ำท่วม")
    expect(passage.locator(".from")).to_have_text("คนรักคลองแม่ข่า")
    passage.locator(".passage a").click()
    expect(page.locator(f"#p{said.pk}")).to_be_in_viewport()


def test_on_a_telephone_a_thai_word_is_found(browse, js, said):
    page = browse(js=js, viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page.goto("/")
    page.locator(".site-head details.menu summary").click()
    page.locator(".site-head .sheet").get_by_role("link", name="ค้นหา").click()
    page.locator(BOX).fill("นำ้ท่วม")  # marks in the order many keyboards type them
    page.get_by_role("main").get_by_role("button", name="ค้นหา", exact=True).click()
    expect(page.locator(FOUND)).to_have_count(2)
    expect(page.locator(BOX)).to_have_value("นำ้ท่วม")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_filters_are_fields_of_the_same_form(browse, js, said):
    page = browse(js=js)
    page.goto("/search/?q=น้ำท่วม")
    fields = page.locator(".seek-more details").first
    fields.locator("summary").click()
    fields.get_by_label("คำถาม").check()
    fields.locator("button").click()
    expect(page.locator(FOUND)).to_have_text(["หนีน้ำท่วมอย่างไร"])
    expect(page).to_have_url(re.compile(r"kind=question"))
    expect(fields.get_by_label("คำถาม")).to_be_checked()  # what is on stands open
    follow(page, page.locator(".sorts a, .finds h3 a").first)
    page.goto("/search/?kind=conversation")
    expect(page.locator(FOUND)).to_have_text(["ขยะหลังน้ำลด"])


def test_slash_arrows_and_enter(browse, said):
    page = browse()
    page.goto("/boards/")
    for key in ("/", "ฝ"):  # one key, on either layout
        page.evaluate("(key) => dispatchEvent.call(document.body, "
                      "new KeyboardEvent('keydown', { key, bubbles: true }))", key)  # fmt: skip
        expect(page.locator(HEADER)).to_be_focused()
        page.locator(HEADER).blur()
    page.keyboard.press("/")
    page.keyboard.type("น้ำท่")
    options = page.locator(SUGGESTED)
    expect(options).to_have_count(2)
    page.keyboard.type("/")  # in a field it is a letter
    expect(page.locator(HEADER)).to_have_value("น้ำท่/")
    page.keyboard.press("Backspace")
    expect(options).to_have_count(2)
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(page.locator(HEADER)).to_have_value("น้ำท่")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowUp")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    chosen = options.nth(0).get_attribute("id")
    expect(page.locator(HEADER)).to_have_attribute("aria-activedescendant", chosen)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("หนีน้ำท่วมอย่างไร")


def test_without_a_choice_enter_searches_and_slash_finds_the_page_on_a_telephone(browse, said):
    page = browse(viewport={"width": 360, "height": 740})
    page.goto("/boards/")
    page.keyboard.press("/")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("น้ำท่วม")
    expect(page.locator(SUGGESTED)).to_have_count(2)
    page.keyboard.press("Enter")
    expect(page.locator(FOUND)).to_have_count(2)


def test_what_was_searched_for_stays_on_the_device_and_can_be_taken_away(browse, malee, said):
    page = browse(malee)
    asked = []
    page.on("request", lambda request: asked.append(request))
    for words in ("น้ำท่วม", "ขยะ", "น้ำท่วม", "คลอง"):
        page.goto("/search/")
        page.locator(BOX).fill(words)
        page.locator(BOX).press("Enter")
        page.wait_for_url("**/search/?q=*")
    page.goto("/search/")
    kept = page.locator(".recent li a")
    expect(kept).to_have_text(["คลอง", "น้ำท่วม", "ขยะ"])
    page.locator(".recent li button").nth(1).click()
    expect(kept).to_have_text(["คลอง", "ขยะ"])
    expect(page.locator(".recent li button").nth(1)).to_be_focused()
    assert all(request.method == "GET" and not request.post_data for request in asked)
    elsewhere = browse(malee)
    elsewhere.goto("/search/")
    expect(elsewhere.locator(".recent")).to_be_hidden()
    page.locator(".recent [data-clear]").click()
    expect(page.locator(".recent")).to_be_hidden()
    expect(page.locator(BOX)).to_be_focused()
    # Whoever signs out leaves nothing behind on a borrowed telephone.
    page.locator(BOX).fill("ขยะ")
    page.locator(BOX).press("Enter")
    page.wait_for_url("**/search/?q=*")
    page.get_by_label("เมนูของ มาลี คำหล้า").click()
    follow(page, page.get_by_role("button", name="ออกจากระบบ"))
    page.goto("/search/")
    expect(page.locator(".recent")).to_be_hidden()


def test_where_storage_is_forbidden_one_searches_all_the_same(browse, said):
    page = browse()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    page.goto("/search/")
    page.locator(BOX).fill("น้ำท่วม")
    page.locator(BOX).press("Enter")
    expect(page.locator(FOUND)).to_have_count(2)


def test_a_near_spelling_is_a_link_that_works(browse, js, said, monkeypatch):
    monkeypatch.setattr(find, "spellings", lambda text, **_found: ["ฝุ่น", "น้ำท่วม"])
    page = browse(js=js)
    page.goto("/search/?q=ทวมม&page=3")
    expect(page.locator(".finds")).to_have_count(0)
    page.locator(".spellings").get_by_role("link", name="น้ำท่วม").click()
    expect(page.locator(FOUND)).to_have_count(2)
    expect(page.locator(BOX)).to_have_value("น้ำท่วม")


def test_the_page_is_for_everyone(browse, said, subtests, monkeypatch):
    monkeypatch.setattr(find, "spellings", lambda text, **_found: ["ฝุ่น", "น้ำท่วม"])
    page = browse(heard=True)
    page.goto("/search/")
    page.locator(BOX).fill("คลอง")
    page.locator(BOX).press("Enter")
    page.wait_for_url("**/search/?q=*")
    for path in ("", "?q=น้ำท่วม มาลี", "?q=คลอง ขยะ&after=เมื่อไร", "?q=กขฃคฅ&kind=news"):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            page.goto(f"/search/{path}")
            if not path:
                page.locator(BOX).press_sequentially("น้ำท่")
                expect(page.locator(SUGGESTED)).to_have_count(2)
                page.keyboard.press("ArrowDown")
            page.locator("main details").evaluate_all(
                "all => all.forEach(each => each.open = true)"
            )
            with subtests.test(f"{path} {width} heard"):
                assert axe(page) == []
            with subtests.test(f"{path} {width} holds"):
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                assert page.evaluate(SMALL_TARGETS) == []


def test_what_helps_in_a_box_is_fetched_by_who_comes_to_one(browse, said):
    page = browse()
    asked, held = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/boards/")
    assert [url for url in asked if "/seek/" in url] == []
    page.route("**/seek/suggest*.js", lambda route: held.append(route))
    page.locator(HEADER).focus()
    page.keyboard.type("น้ำท่")  # quicker than the file
    until(page, lambda: held)
    held[0].continue_()
    expect(page.locator(SUGGESTED)).to_have_count(2)


def test_without_a_connection_the_box_is_a_plain_box(browse, said):
    page = browse(foreseen="ERR_FAILED|Failed to load resource")
    page.route("**/seek/*.js", lambda route: route.abort())
    page.goto("/boards/")
    page.locator(HEADER).fill("น้ำท่วม")
    page.locator(HEADER).press("Enter")
    expect(page.locator(FOUND)).to_have_count(2)
