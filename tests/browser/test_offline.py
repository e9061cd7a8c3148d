"""Without signal: what was read lately is read on, what is written is sent once when there is one, nothing stays behind."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.notifications.inbox.actions import spread
from roypalang import offline
from tests.browser.axe import axe
from tests.browser.phone import CACHES, FORESEEN, PAGES, PHONE, Phone
from tests.browser.steps import until
from tests.clients import signed_in
from tests.make import make_member, make_post, make_topic


@pytest.fixture
def topic():
    topic = make_topic(make_member("somsri", is_staff=True, display_name="สมศรี"), title="ตลาดเช้า")
    make_post(topic, body="บ้านเรามีทุกวันเสาร์")
    return topic


def test_read_on_answer_without_signal_sent_once_nothing_left_behind(phone, topic, malee):
    told = phone(malee)
    page = told.page
    told.read(topic)
    told.lose_signal()
    page.reload()
    expect(page.get_by_text("บ้านเรามีทุกวันเสาร์")).to_be_visible()
    expect(page.locator(".kept-note")).to_contain_text(
        re.compile(r"ตอนนี้ไม่มีสัญญาณ.*เก็บไว้เมื่อ\s+\d+\.\d\d\sน\.", re.S)
    )
    told.write("ของเราวันอาทิตย์")
    expect(told.waiting).to_contain_text("ยังไม่ได้ส่ง")
    expect(page.get_by_label("ความคิดเห็นของท่าน")).to_have_value("")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not Post.objects.filter(author=malee).exists()
    told.find_signal()
    expect(told.waiting).to_contain_text("ส่งคำตอบของท่านแล้ว")
    assert Post.objects.get(author=malee).body == "ของเราวันอาทิตย์"
    page.get_by_role("link", name="ดู", exact=True).click()
    mine = page.locator("article.post").filter(has_text="ของเราวันอาทิตย์")
    expect(mine).to_have_count(1)
    expect(page.locator(".kept-note")).to_have_count(0)
    expect(told.waiting).to_contain_text("ส่งคำตอบของท่านแล้ว")  # told on a page that is no copy
    page.reload()
    expect(mine).to_have_count(1)
    expect(told.waiting).to_have_count(0)
    expect(page.get_by_label("ความคิดเห็นของท่าน")).to_have_value("")
    page.get_by_label(f"เมนูของ {malee.display_name}").click()
    page.get_by_role("button", name="ออกจากระบบ").click()
    expect(page.locator("html")).to_have_attribute("data-reader", "0")
    until(page, lambda: page.evaluate(CACHES) == ["kept-0"])
    assert page.evaluate("() => localStorage.length") == 0
    told.lose_signal()
    told.go(topic.get_absolute_url())
    expect(page.get_by_text("บ้านเรามีทุกวันเสาร์")).to_have_count(0)


def test_read_on_the_phone_be_named_be_told_answer_without_signal(phone, browse, topic, malee):
    """The evening of a volunteer: one number says what waits, and what she writes on the way home is there once."""
    told = phone(malee)
    told.read(topic)
    other = browse(make_member(display_name="สมหวัง"))
    other.goto(topic.get_absolute_url())
    other.get_by_label("ความคิดเห็นของท่าน").fill(f"@{malee.handle} ที่บ้านขายวันไหน")
    other.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(other.locator("article.post a.mention")).to_have_text(f"@{malee.handle}")
    spread()
    told.go("/")
    told.page.get_by_role("link", name="แจ้งเตือน ยังไม่ได้อ่าน 1").click()
    told.page.get_by_role("link", name="สมหวัง เอ่ยถึงท่านใน “ตลาดเช้า”").click()
    expect(told.page.get_by_text("ที่บ้านขายวันไหน")).to_be_visible()
    told.read(topic)
    told.lose_signal()
    told.write("ขายวันพฤหัส")
    told.find_signal()
    expect(told.waiting).to_contain_text("ส่งคำตอบของท่านแล้ว")
    assert [post.body for post in Post.objects.filter(author=malee)] == ["ขายวันพฤหัส"]
    told.go("/notifications/")
    expect(
        told.page.get_by_role("link", name="แจ้งเตือน", exact=True)
    ).to_be_visible()  # nothing unread


def test_signing_out_takes_what_waits_along(phone, topic, malee):
    told = phone(malee)
    told.read(topic)
    told.lose_signal()
    told.write("ไม่ส่งก็ได้")
    told.page.get_by_label(f"เมนูของ {malee.display_name}").click()
    with told.page.expect_request("**/accounts/logout/"):
        told.page.get_by_role("button", name="ออกจากระบบ").click()
    told.find_signal()
    told.go("/boards/")
    until(told.page, lambda: f"waiting-{malee.pk}" not in told.page.evaluate(CACHES))
    assert not Post.objects.filter(author=malee).exists()


def test_two_tabs_send_it_once(phone, topic, malee):
    told = phone(malee)
    told.read(topic)
    other = told.page.context.new_page()
    other.goto(told.page.url)
    told.lose_signal()
    told.write("ส่งจากแท็บแรก")
    told.write("ส่งจากอีกแท็บ", other)
    expect(other.locator(".waiting")).to_have_count(2)
    told.find_signal()
    for page in (told.page, other):
        expect(page.locator("#waiting .leaf")).to_have_count(2)
    bodies = Post.objects.filter(author=malee).order_by("number").values_list("body", flat=True)
    assert list(bodies) == ["ส่งจากแท็บแรก", "ส่งจากอีกแท็บ"]


def test_two_answers_from_one_kept_page_are_two(phone, topic, malee):
    told = phone(malee)
    told.read(topic)
    told.lose_signal()
    told.page.reload()
    for text in ("ข้อแรก", "ข้อสอง"):
        told.write(text)
    expect(told.page.locator(".waiting")).to_have_count(2)
    told.find_signal()
    expect(told.page.locator("#waiting .leaf")).to_have_count(2)
    assert Post.objects.filter(author=malee).count() == 2


def test_a_signal_lost_between_sending_and_the_answer(phone, topic, malee):
    told = phone(malee)
    told.read(topic)
    told.signal.loses_answers()
    told.write("ไปถึงแล้วแต่ไม่รู้")
    until(told.page, lambda: Post.objects.filter(author=malee).exists())
    expect(told.waiting).to_contain_text("ยังไม่ได้ส่ง")
    told.page.context.set_offline(True)
    told.find_signal()
    expect(told.waiting).to_contain_text("ส่งคำตอบของท่านแล้ว")
    assert Post.objects.filter(author=malee).count() == 1


def test_what_is_refused_stays_with_the_reason(phone, topic, malee):
    told = phone(malee)
    told.read(topic)
    told.lose_signal()
    told.write("มาช้าไป")
    Topic.objects.update(locked_at=topic.created_at)
    told.find_signal()
    expect(told.waiting).to_contain_text("ส่งไม่ได้ กระทู้นี้ปิดการตอบแล้ว")
    expect(told.waiting).to_contain_text("มาช้าไป")
    told.go("/boards/")  # wherever she goes
    expect(told.waiting).to_contain_text("มาช้าไป")
    Topic.objects.update(locked_at=None)
    told.page.get_by_role("button", name="ส่งอีกครั้ง").click()
    expect(told.waiting).to_contain_text("ส่งคำตอบของท่านแล้ว")
    assert Post.objects.get(author=malee).body == "มาช้าไป"


def test_what_waits_is_changed_or_taken_back(phone, topic, malee):
    told = phone(malee)
    told.read(topic)
    told.lose_signal()
    told.write("คำแรก")
    told.page.get_by_role("button", name="แก้ไข", exact=True).click()
    box = told.page.get_by_label("ความคิดเห็นของท่าน")
    expect(box).to_have_value("คำแรก")
    expect(told.page.locator(".waiting")).to_have_count(0)
    told.write("คำแรก แก้แล้ว")
    told.page.get_by_role("button", name="ไม่ส่งแล้ว").click()
    expect(told.page.locator(".waiting")).to_have_count(0)
    told.find_signal()
    told.page.reload()
    expect(told.page.locator(".kept-note")).to_have_count(0)
    assert not Post.objects.filter(author=malee).exists()


def test_a_session_that_ended_elsewhere_leaves_nothing_but_her_text_for_her(phone, topic, joined):
    malee = joined.member
    told = phone(malee)
    page = told.page
    told.read(topic)
    told.lose_signal()
    told.write("ยังไม่ทันส่ง")
    Session.objects.all().delete()
    told.find_signal()
    told.go("/boards/")
    expect(page.locator("html")).to_have_attribute("data-reader", "0")
    until(page, lambda: page.evaluate(CACHES) == ["kept-0"])
    expect(page.get_by_text("ยังไม่ทันส่ง")).to_have_count(0)
    told.go(f"/accounts/login/?next={topic.get_absolute_url()}")
    joined.log_in(page)
    expect(page.get_by_label("ความคิดเห็นของท่าน")).to_have_value("ยังไม่ทันส่ง")
    assert not Post.objects.filter(author=malee).exists()


def test_another_on_the_same_telephone_finds_nothing(phone, topic, malee, somchai):
    told = phone(malee)
    told.read(topic)
    told.lose_signal()
    told.write("ของมาลี")
    session = signed_in(somchai).cookies["sessionid"].value
    told.page.context.add_cookies([{"name": "sessionid", "value": session, "url": told.signal.url}])
    told.find_signal()
    told.go("/boards/")
    until(told.page, lambda: told.page.evaluate(CACHES) == [f"kept-{somchai.pk}"])
    expect(told.waiting).to_have_count(0)
    assert not Post.objects.filter(number__gt=1).exists()


def test_what_a_tab_of_hers_still_says_is_never_sent_in_anothers_name(phone, topic, malee, somchai):
    told = phone(malee)
    told.read(topic)
    session = signed_in(somchai).cookies["sessionid"].value
    told.page.context.add_cookies([{"name": "sessionid", "value": session, "url": told.signal.url}])
    other = told.page.context.new_page()
    other.goto(told.signal.url + topic.get_absolute_url())
    until(other, lambda: other.evaluate(CACHES) == [f"kept-{somchai.pk}"])
    told.lose_signal()
    told.page.get_by_label("ความคิดเห็นของท่าน").fill("ของมาลี")
    told.page.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(told.page.locator("html")).to_have_attribute("data-reader", str(somchai.pk))
    assert told.page.evaluate(CACHES) == [f"kept-{somchai.pk}"]
    told.find_signal()
    other.reload()
    expect(other.locator("#waiting")).to_have_count(0)
    assert not Post.objects.filter(body="ของมาลี").exists()


def test_what_is_not_kept_leads_to_what_is(phone, topic, malee):
    told = phone(malee)
    told.read(topic)
    told.go("/settings/")
    told.go("/drafts/")
    told.lose_signal()
    for path in ("/settings/", "/drafts/", "/t/999999/"):
        told.go(path)
        expect(told.page.get_by_role("heading", level=1)).to_have_text("หน้านี้ยังไม่ได้เก็บไว้ในเครื่อง")
    told.page.get_by_role("link", name="ตลาดเช้า").click()
    expect(told.page.get_by_text("บ้านเรามีทุกวันเสาร์")).to_be_visible()
    assert not {"/settings/", "/drafts/"} & set(told.page.evaluate(PAGES))


def test_a_topic_is_found_by_the_address_that_is_sent_on_and_by_that_of_its_last_page(
    phone, topic, malee
):
    told = phone(malee)
    told.read(topic)
    told.lose_signal()
    for path in (f"/t/{topic.pk}/", f"{topic.get_absolute_url()}?page=last"):
        told.go(path)
        expect(told.page.get_by_text("บ้านเรามีทุกวันเสาร์")).to_be_visible()
    for path in (f"/t/{topic.pk}/common/", f"{topic.get_absolute_url()}?page=7"):
        told.go(path)
        expect(told.page.get_by_role("heading", level=1)).to_have_text("หน้านี้ยังไม่ได้เก็บไว้ในเครื่อง")


def test_a_page_that_may_be_read_no_more_is_kept_no_more(phone, topic, malee):
    told = phone(malee)
    told.read(topic)
    Topic.objects.update(hidden_at=topic.created_at)
    told.go(topic.get_absolute_url())
    until(told.page, lambda: topic.get_absolute_url() not in told.page.evaluate(PAGES))


def test_on_a_weak_signal_the_copy_does_not_keep_one_waiting(phone, topic, malee):
    told = phone(malee)
    told.read(topic)
    told.signal.weak()
    told.page.reload(wait_until="commit")
    expect(told.page.locator(".kept-note")).to_be_visible()
    expect(told.page.get_by_text("บ้านเรามีทุกวันเสาร์")).to_be_visible()


def test_an_answer_that_comes_late_is_offered(phone, topic, malee):
    told = phone(malee)
    told.read(topic)
    make_post(topic, body="มีวันพุธด้วย")
    told.signal.slow()
    told.page.reload(wait_until="commit")
    expect(told.page.locator(".kept-note")).to_contain_text("ตอนนี้ไม่มีสัญญาณ")
    told.page.get_by_role("link", name="เปิดหน้าล่าสุด").click(timeout=20_000)
    expect(told.page.get_by_text("มีวันพุธด้วย")).to_be_visible(timeout=20_000)


def test_another_sites_form_neither_waits_nor_signs_out(phone, topic, malee):
    told = phone(malee)
    told.read(topic)
    told.lose_signal()
    post = """([action, body]) => {
        const form = document.createElement("form");
        Object.assign(form, { action, method: "post" });
        const names = { body, submission: crypto.randomUUID?.() ?? "5f0c6f2e-6c3a-4f4e-9d55-0a8f4a5a0d11" };
        for (const [name, value] of Object.entries(names)) {
            form.append(Object.assign(document.createElement("input"), { name, value }));
        }
        document.body.append(form);
        form.submit();
    }"""
    for path in (f"/t/{topic.pk}/reply/", "/accounts/logout/"):
        stranger = told.page.context.new_page()
        with stranger.expect_event("requestfailed"):
            stranger.evaluate(post, [told.signal.url + path, "ไม่ใช่คำของฉัน"])
    told.find_signal()
    assert told.page.evaluate(CACHES) == [f"kept-{malee.pk}"]
    assert topic.get_absolute_url() in told.page.evaluate(PAGES)


def test_forty_pages_are_kept_the_last_ones(phone, topic, malee):
    told = phone(malee)
    told.read(topic)
    fill = """async (path) => {
        const cache = await caches.open((await caches.keys()).find((name) => name.startsWith("kept-")));
        const copy = await cache.match(path);
        for (let n = 0; n < 60; n++) await cache.put(`/t/${n}/`, copy.clone());
    }"""
    told.page.evaluate(fill, topic.get_absolute_url())
    told.go("/activities/")
    until(told.page, lambda: len(told.page.evaluate(PAGES)) == 40)
    assert told.page.evaluate(PAGES)[-1] == "/activities/"


def test_a_new_version_takes_over_and_breaks_no_open_form(phone, topic, malee, monkeypatch):
    told = phone(malee)
    told.read(topic)
    box = told.page.get_by_label("ความคิดเห็นของท่าน")
    box.fill("พิมพ์ค้างไว้")
    version, script = offline._worker()
    newer = script.replace(version.encode(), b"000000000000")
    monkeypatch.setattr(offline, "_worker", lambda: ("000000000000", newer))
    told.page.evaluate("async () => { await (await navigator.serviceWorker.ready).update(); }")
    shells = "async () => (await caches.keys()).filter((name) => name.startsWith('shell-'))"
    until(told.page, lambda: told.page.evaluate(shells) == ["shell-000000000000"])
    expect(box).to_have_value("พิมพ์ค้างไว้")
    told.page.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(told.page.locator("article.post").filter(has_text="พิมพ์ค้างไว้")).to_have_count(1)


def test_what_is_said_without_signal_is_heard_and_fits(browse, signal, topic, malee):
    page = browse(malee, heard=True, service_workers="allow", foreseen=FORESEEN, **PHONE)
    told = Phone(page, signal)
    told.read(topic)
    told.lose_signal()
    told.write("ยาว" * 100)
    expect(page.locator(".kept-note")).to_be_visible()
    for _ in range(2):
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        told.go("/settings/")
        expect(page.get_by_role("link", name="ตลาดเช้า")).to_be_visible()


def test_a_topic_asks_for_nothing_more_than_its_registration(browse, topic, malee, base_url):
    page = browse(malee)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(base_url)))
    page.goto(topic.get_absolute_url())
    page.wait_for_load_state("networkidle")
    html = page.content()
    plain = [re.sub(r"\.[0-9a-f]{12}", "", path) for path in asked if path not in html]
    own = {path for path in plain if path.startswith("/static/js/")} | {"/sw.js"} & set(plain)
    # What the page's own scripts fetch: drafts.js came before.
    assert own == {"/static/js/compose/kept.js", "/static/js/offline.js"}
    assert set(plain) - own <= {
        path for path in plain if path.startswith(("/static/fonts/", "/static/img/"))
    }
