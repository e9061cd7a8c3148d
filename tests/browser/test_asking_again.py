"""A text is hidden with its reason; its author is told, asks that another looks again; another does; all read it in the log."""

import re

from playwright.sync_api import expect

from forums.moderation.queue.models import Case
from forums.moderation.rules.models import HouseRule
from forums.notifications.inbox.actions import spread
from tests.make import make_member, make_post, make_topic

WHY = "มีเบอร์โทรของคนอื่น"
WORDS = "เบอร์นั้นเป็นของสำนักงานเขต"
AGAIN = "เป็นเบอร์ของหน่วยงานจริง"


def test_a_decision_is_explained_asked_again_and_taken_back(browse, js, malee, somchai, moderator):
    rule = HouseRule.objects.create(number=105, title="ไม่ลงข้อมูลส่วนตัว", text="ของใครก็ไม่ลง")
    second = make_member("second", is_staff=True)
    post = make_post(make_topic(somchai, title="ท่อระบายน้ำตัน"), malee, body="โทรหาเขาสิ")

    desk = browse(moderator, js=js)
    desk.goto(f"/admin/forums/post/{post.pk}/change/")
    desk.get_by_role("link", name="ซ่อน", exact=True).click()
    desk.get_by_label("กติกาข้อไหน").select_option(label=str(rule))
    desk.get_by_label("เพราะอะไร").fill(WHY)
    desk.get_by_role("button", name="ซ่อน").click()
    expect(desk.get_by_role("main")).to_contain_text(WHY)

    spread()
    author = browse(malee, js=js)
    author.goto("/notifications/")
    author.get_by_role("link", name=re.compile("ท่อระบายน้ำตัน")).first.click()
    expect(author).to_have_url(re.compile(r"/decisions/\d+/$"))
    main = author.get_by_role("main")
    for said in (WHY, str(rule), "ผู้ดูแลเว็บ"):
        expect(main).to_contain_text(said)
    author.get_by_label("ตัดสินผิดตรงไหน").fill(WORDS)
    author.get_by_role("button", name="ขอให้ดูใหม่").click()
    expect(main).to_contain_text("เราจะบอกผล")

    other = browse(second, js=js)
    other.goto(f"/admin/queue/{Case.objects.get(kind='appeal').pk}/")
    expect(other.get_by_role("main")).to_contain_text(WORDS)
    other.get_by_label("ถอนคำตัดสินนี้").check()
    other.get_by_label("เหตุผล").fill(AGAIN)
    other.get_by_role("button", name="ตัดสิน", exact=True).click()
    expect(other).to_have_url(re.compile(r"/admin/queue/"))

    author.reload()
    expect(main).to_contain_text(AGAIN)
    author.goto(post.get_absolute_url())
    expect(author.get_by_role("main")).to_contain_text("โทรหาเขาสิ")

    visitor = browse(js=js)
    visitor.goto("/moderation/log/?rule=105")
    log = visitor.get_by_role("main")
    for said in (WHY, str(rule), "มีคนขอให้ดูใหม่", AGAIN):
        expect(log).to_contain_text(said)
    expect(log).not_to_contain_text(WORDS)
