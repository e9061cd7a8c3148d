"""A moderator takes a statement out of sight from its page; its writer reads why; from the same page it comes back."""

import re

from playwright.sync_api import expect

from tests.knowledge.making import make_statement
from tests.make import make_topic

WHY = "พูดถึงบ้านของคนคนหนึ่ง"
BODY = "ควรมีเวรเยี่ยมบ้านทุกสัปดาห์"


def test_hidden_explained_and_shown_again(browse, js, malee, somchai, moderator):
    statement = make_statement(make_topic(malee), somchai, BODY)
    address = statement.get_absolute_url()
    desk = browse(moderator, js=js)
    desk.goto(address)
    desk.get_by_role("link", name="ซ่อนคำกล่าว").click()
    desk.get_by_label("เพราะอะไร").fill(WHY)
    desk.get_by_role("button", name="เอาออก").click()
    expect(desk).to_have_url(re.compile(re.escape(address)))
    main = desk.get_by_role("main")
    expect(main).to_contain_text(BODY)
    expect(main).to_contain_text("ถูกซ่อนไว้")

    writer = browse(somchai, js=js)
    writer.goto("/statements/")
    writer.get_by_role("link", name="ดูเหตุผล หรือขอให้ดูใหม่").click()
    expect(writer.get_by_role("main")).to_contain_text(WHY)
    expect(writer.get_by_label("ตัดสินผิดตรงไหน")).to_be_visible()

    desk.get_by_role("link", name="เลิกซ่อน").click()
    desk.get_by_label("เพราะอะไร").fill("ไม่ได้พูดถึงใครคนเดียว")
    desk.get_by_role("button", name="เอากลับคืน").click()
    expect(main).not_to_contain_text("ถูกซ่อนไว้")

    visitor = browse(js=js)
    visitor.goto(address)
    expect(visitor.get_by_role("main")).to_contain_text(BODY)
