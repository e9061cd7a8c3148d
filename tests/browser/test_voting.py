"""Forty members of four networks answer through the forms; results are there after five answers, and not before; then one
guesses what another network answers."""

import random
import re
from itertools import product

import pytest
from playwright.sync_api import expect

from forums.knowledge.guesses.models import NetworkGuess
from forums.knowledge.results.actions import publish
from forums.knowledge.voting.models import Answered, Ballot, Round, StatementVote
from tests.browser.phone import DESK, PHONE
from tests.browser.steps import follow
from tests.clients import signed_in
from tests.knowledge.making import make_round, make_statement, member_of, network_in, steward
from tests.make import make_topic

SHARED = "ก่อนเผาควรบอกคนใต้ลมล่วงหน้าสองวัน"
RESULT = re.compile("[0-9]%")


@pytest.fixture
def topic(board, malee):
    topic = make_topic(malee, board, title="ชิงเผาหรือห้ามเผา")
    topic.networks_here = [network_in(topic) for _ in range(4)]
    make_statement(topic, body=SHARED)
    for place in range(5):
        make_statement(topic, body=f"ทุกหมู่บ้านควรมีคนเฝ้าไฟอย่างน้อย {place + 2} คน")
    make_round(topic)
    topic.refresh_from_db()
    return topic


def walk_through(member, topic, chance) -> list[int]:
    """Answer card after card by following what the site answers, without scripts."""
    client, seen = signed_in(member), []
    address = client.get(f"/t/{topic.pk}/common/vote/").url
    while "?s=" in address:
        seen.append(int(address.rpartition("=")[2]))
        agrees = 0.95 if seen[-1] == 1 else 0.5
        choice = Answered.AGREE if chance.random() < agrees else Answered.DISAGREE
        sent = client.post(address, {"vote": str(int(choice))})
        assert sent.status_code == 302
        address = sent.url.removesuffix("#statement")
        if address.endswith("/done/") and len(seen) == 5:
            assert client.get(address).status_code == 200
            address = client.get(f"/t/{topic.pk}/common/vote/").url
    return seen


def test_forty_members_answer_and_see_what_came_of_it_after_five_and_guess(browse, topic, subtests):
    """Nine of each network by following the forms; its tenth in a browser, each in another one."""
    chance = random.Random(7)
    for network in topic.networks_here * 9:
        assert sorted(walk_through(member_of(network), topic, chance)) == list(range(1, 7))
    publish(round_=Round.objects.get())

    browsers = product((True, False), (PHONE, DESK))
    for done, (network, (js, screen)) in enumerate(zip(topic.networks_here, browsers, strict=True)):
        with subtests.test(js=js, screen=screen):
            answer_and_guess(browse(member_of(network), js=js, **screen), topic)
            assert Ballot.objects.filter(counts=True).count() == 37 + done
            assert StatementVote.objects.count() == 36 * 6 + (done + 1) * 5
            assert [each.guess for each in NetworkGuess.objects.all()] == [7] * (done + 1)


def answer_and_guess(page, topic):
    """Answer five statements, guess what another network says, and see it all: no result before it is due."""
    page.goto(f"/t/{topic.pk}/common/")
    main = page.get_by_role("main")
    expect(main).not_to_contain_text(RESULT)
    page.goto(f"/t/{topic.pk}/common/vote/")
    for answered in range(5):
        if answered:
            expect(main).to_contain_text(f"ตอบแล้ว {answered} ข้อ")
        expect(main).not_to_contain_text(RESULT)
        page.get_by_role("button", name="เห็นด้วย", exact=True).click()
    expect(page.get_by_role("heading", name="ครบ 5 ข้อแล้ว")).to_be_visible()

    page.get_by_role("link", name="เดาใจเครือข่ายอื่นก่อนดู").click()
    expect(main).not_to_contain_text(RESULT)
    page.get_by_role("radio", name="7", exact=True).check()
    page.get_by_role("button", name="เดาแล้ว ขอดู").click()
    expect(page.get_by_text("ท่านเดาไว้ 7")).to_be_visible()

    page.goto(f"/t/{topic.pk}/common/")
    expect(main).not_to_contain_text(SHARED)
    page.get_by_role("button", name="ดูผลเลย").click()
    expect(main).to_contain_text(RESULT)
    expect(main).to_contain_text(SHARED)


def test_an_answer_is_changed_and_a_round_closed_early(browse, js, topic):
    page = browse(member_of(topic.networks_here[0]), js=js)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"/t/{topic.pk}/common/vote/?s=1")
    page.get_by_label("เรื่องนี้สำคัญกับเรา").check()
    page.get_by_role("button", name="ไม่เห็นด้วย").click()
    expect(page.get_by_role("main")).to_contain_text("ข้อที่แล้ว: ไม่เห็นด้วย")
    page.get_by_role("link", name="เปลี่ยน", exact=True).click()
    expect(page.get_by_label("เรื่องนี้สำคัญกับเรา")).to_be_checked()
    follow(page, page.get_by_role("button", name="ขอข้าม"))
    page.goto(f"/t/{topic.pk}/common/vote/mine/")
    expect(page.get_by_role("main")).to_contain_text("ขอข้าม ยังไม่แน่ใจ")

    looks = browse(steward(), js=js)
    looks.goto(f"/t/{topic.pk}/common/rounds/")
    looks.get_by_role("link", name="ปิดรอบก่อนกำหนด").click()
    looks.get_by_role("button", name="ปิดรอบเลย").click()
    expect(looks.get_by_role("status")).to_contain_text("ปิดรอบแล้ว")
    page.goto(f"/t/{topic.pk}/common/vote/")
    expect(page.get_by_role("heading", name="รอบที่ 1 ปิดแล้ว")).to_be_visible()
