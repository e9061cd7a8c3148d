"""Guessing: choose a bead, look, read why; and saying why oneself."""

import os

from playwright.sync_api import Page, expect

from forums.discussions.topics.models import Topic
from forums.knowledge.guesses.models import NetworkGuess
from forums.knowledge.reasons.actions import give_reason
from forums.knowledge.voting.models import Answered
from tests.browser.axe import axe
from tests.browser.phone import PHONE
from tests.browser.test_smallest_screen import LARGEST
from tests.knowledge.guesses.making import answer_all, publish, told
from tests.knowledge.making import make_round, make_statement, member_of, network_in
from tests.make import make_topic

SEEN = os.environ.get("LOOKED_AT")  # a folder for pictures, for whoever looks


def look(page: Page, name: str) -> None:
    if SEEN:
        page.screenshot(path=f"{SEEN}/{name}.png", full_page=True)


def community() -> tuple[Topic, dict]:
    topic = make_topic(title="ชิงเผาหรือห้ามเผา")
    for body in (
        "ปีที่ฝุ่นหนัก ควรหยุดชิงเผาทั้งตำบล",
        "ก่อนชิงเผาแปลงไหน ควรบอกคนใต้ลมล่วงหน้าสองวัน",
        "ชาวบ้านควรได้ค่าแรงทำแนวกันไฟ",
        "ห้ามเผาอย่างเดียวไม่พอ",
        "หมอกควันมาจากในเมืองมากกว่าป่า",
    ):
        make_statement(topic, body=body)
    topic = Topic.objects.get(pk=topic.pk)
    forest = network_in(topic, "คนเฝ้าป่าต้นน้ำ")
    ours = network_in(topic, "ชุมชนท้ายลม")
    round_ = make_round(topic)
    said = list(topic.statements.order_by("number"))
    agree = (70, 45, 90, 15, 60)
    publish(
        round_,
        told(
            {
                each.pk: {forest.pk: share, ours.pk: 50}
                for each, share in zip(said, agree, strict=True)
            },
            people=23,
        ),
    )
    duang = member_of(ours)
    answer_all(duang, round_)
    for statement in said:
        for side, body in (
            (Answered.AGREE, "ไม้ยังเขียวอยู่ หยุดได้ครับ แต่ขอให้บอกก่อนมกรา ไม่ใช่บอกตอนใบร่วงท่วมเข่าแล้ว"),
            (Answered.DISAGREE, "ถ้าไม่ชิงเผา เชื้อเพลิงสะสม ปีหน้าไฟจะแรงกว่าเดิม"),
        ):
            give_reason(
                member=member_of(forest), topic=topic, statement=statement, side=side, body=body,
                speak_from=forest.pk,
            )  # fmt: skip
    return topic, {"duang": duang, "forest": forest}


def test_a_guess_is_made_looked_at_and_followed_by_the_next(browse, js, screen):
    topic, who = community()
    page = browse(who["duang"], js=js, **screen)
    page.goto(f"/t/{topic.pk}/common/guess/")
    expect(page.get_by_text("ข้อ 1 จาก 3")).to_be_visible()
    expect(page.get_by_text("ท่านตอบว่า เห็นด้วย")).to_be_visible()
    look(page, f"guess-card-{js}")
    page.get_by_role("button", name="เดาแล้ว ขอดู").click()
    expect(page.get_by_text("เลือกจำนวนจาก 0 ถึง 10 ก่อน")).to_be_visible()
    look(page, f"guess-wrong-{js}")
    page.wrong.clear()  # the browser notes the 400
    page.get_by_role("radio", name="3", exact=True).check()
    look(page, f"guess-chosen-{js}")
    page.get_by_role("button", name="เดาแล้ว ขอดู").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("ใน 10 คน")
    expect(page.get_by_text("ท่านเดาไว้ 3")).to_be_visible()
    expect(page.get_by_role("main").locator(".reason")).to_be_visible()
    look(page, f"guess-answer-{js}")
    page.reload()
    expect(page.get_by_text("ท่านเดาไว้ 3")).to_be_visible()
    page.get_by_role("link", name="ข้อถัดไป").click()
    expect(page.get_by_text("ข้อ 2 จาก 3")).to_be_visible()
    page.get_by_role("button", name="ข้ามข้อนี้").click()
    expect(page.get_by_text("ข้อ 3 จาก 3")).to_be_visible()
    page.get_by_role("button", name="ข้ามข้อนี้").click()
    expect(page.get_by_text("ไม่มีข้อให้เดาแล้ว")).to_be_visible()
    look(page, f"guess-done-{js}")
    assert NetworkGuess.objects.get().guess == 3


def test_pages_are_heard_in_both_colours_and_fit_the_smallest_telephone(browse):
    topic, who = community()
    statement = topic.statements.order_by("number").first()
    paths = [f"/t/{topic.pk}/common/reasons/{statement.number}/", f"/t/{topic.pk}/common/guess/"]
    large = browse(who["duang"], heard=True)
    small = browse(who["duang"], viewport={"width": 320, "height": 640}, is_mobile=True)
    for name, path in zip(("reason", "guess"), paths, strict=True):
        for page in (large, small):
            page.goto(path)
        assert axe(large) == []
        look(large, f"{name}-1280")
        small.evaluate(LARGEST)
        look(small, f"{name}-320")
        assert small.evaluate("document.documentElement.scrollWidth") <= 320
    for page in (large, small):
        page.goto(paths[1])
        page.get_by_role("radio", name="10", exact=True).check()
        page.get_by_role("button", name="เดาแล้ว ขอดู").click()
        expect(page.get_by_text("ท่านเดาไว้ 10")).to_be_visible()
    assert axe(large) == []
    look(large, "answer-1280")
    small.evaluate(LARGEST)
    look(small, "answer-320")
    assert small.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_reason_is_given_and_stands_in_the_topic(browse, js):
    topic, who = community()
    page = browse(who["duang"], js=js, **PHONE)
    statement = topic.statements.order_by("number").first()
    page.goto(f"/t/{topic.pk}/common/reasons/{statement.number}/")
    page.get_by_label("ทำไมไม่เห็นด้วย").check()
    page.get_by_label("เหตุผลของท่าน").fill("ท้ายลมได้ควันทุกปี")
    page.get_by_label("พูดจากตรงไหน").select_option(index=1)
    look(page, f"reason-{js}")
    page.get_by_role("button", name="ส่งเป็นความคิดเห็น").click()
    expect(page.get_by_text("เหตุผลที่ไม่เห็นด้วยกับคำกล่าวที่ 1").last).to_be_visible()
    expect(page.get_by_text("ท้ายลมได้ควันทุกปี")).to_be_visible()
    look(page, f"reason-stands-{js}")
    page.goto(f"/t/{topic.pk}/common/reasons/{statement.number}/")
    look(page, f"reason-again-{js}")
    page.get_by_role("button", name="ไม่ใช้เป็นเหตุผลแล้ว").click()
    expect(page.get_by_text("ไม่ใช้เป็นเหตุผลของคำกล่าวนี้แล้ว")).to_be_visible()
