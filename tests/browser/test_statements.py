"""A statement is handed in, looked at by somebody else, and its writer finds what became of it: with scripts and without."""

import re

from playwright.sync_api import expect

from forums.knowledge.statements.models import Statement
from tests.knowledge.making import make_statement, steward
from tests.make import make_topic

SAID = "ควรมีเวรเยี่ยมบ้านผู้ป่วยทุกสัปดาห์"
NEAR = "ควรมีเวรเยี่ยมผู้ป่วยที่บ้านทุกสัปดาห์"


def test_from_the_form_to_the_receipt(browse, js, malee, somchai):
    topic = make_topic(malee)
    make_statement(topic, body=NEAR)
    writer = browse(somchai, js=js, foreseen="400")
    writer.goto(f"/t/{topic.pk}/common/write/")
    writer.get_by_label("คำกล่าวของท่าน").fill(SAID)
    writer.get_by_role("button", name="ส่งคำกล่าว").click()
    expect(writer.get_by_role("main")).to_contain_text(NEAR)
    expect(writer.get_by_label("คำกล่าวของท่าน")).to_have_value(SAID)
    writer.get_by_role("button", name="ของฉันต่างออกไป ส่งเลย").click()
    expect(writer).to_have_url(re.compile(r"/statements/$"))
    expect(writer.get_by_role("main")).to_contain_text("รอคนดูก่อน")

    decider = browse(steward(), js=js, foreseen="400")
    decider.goto(f"/t/{topic.pk}/common/waiting/")
    decider.get_by_role("link", name=re.compile("ไม่เปิด รวม หรือแยก")).click()
    decider.get_by_role("button", name="ไม่เปิดให้ตอบ เพราะเหตุนี้").click()
    expect(decider.get_by_role("main")).to_contain_text("เลือกเหตุผลก่อน")
    decider.get_by_role("button", name=re.compile("รวมกับข้อนี้")).first.click()
    expect(decider).to_have_url(re.compile(r"/common/waiting/$"))

    writer.goto("/statements/")
    expect(writer.get_by_role("main")).to_contain_text("รวมกับข้อที่พูดเรื่องเดียวกัน")
    expect(writer.get_by_role("link", name=NEAR)).to_have_attribute(
        "href", Statement.objects.get(body=NEAR).get_absolute_url()
    )
