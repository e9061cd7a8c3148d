"""Common ground in a browser: what is told is heard, and fits the smallest screen in the largest letters."""

import pytest
from playwright.sync_api import expect

from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.models import Answered
from tests.browser.axe import SMALL_TARGETS, axe
from tests.knowledge.common_ground.told import counted, figures_of, publish
from tests.knowledge.making import make_round, make_statement, member_of, network_in
from tests.make import make_topic

PHONE, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
_IS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def topic(db):
    return make_topic(title="ชิงเผาหรือห้ามเผา คนในป่ากับคนในเมืองอยากได้อากาศก้อนเดียวกัน")


@pytest.fixture
def noi(topic):
    """She answered five; three networks were heard, one was not."""
    names = ("คนเฝ้าป่าต้นน้ำ", "ฝุ่นเราไม่เอา", "อาสาสุขภาพลุ่มน้ำว้า", "เกลือและชายฝั่ง")
    *heard, unheard = [network_in(topic, name) for name in names]
    bodies = (
        "ก่อนชิงเผาแปลงไหน ควรบอกคนใต้ลมล่วงหน้าสองวัน",
        "ปีที่ฝุ่นหนัก ควรหยุดชิงเผาทั้งตำบล",
        "เครื่องวัดฝุ่นราคาพันบาทเชื่อได้พอจะใช้ตัดสินใจ",
        "คนในเมืองควรออกค่าแรงเก็บใบไม้",
    )
    made = [make_statement(topic, body=f"{body} ข้อ {at}") for at in range(6) for body in bodies]
    counted(topic)
    round_ = make_round(topic)
    publish(round_, figures_of(made, heard, unheard=[unheard.pk]))
    noi = member_of(heard[0])
    for statement in made[:5]:
        vote(member=noi, round_=round_, statement=statement, choice=Answered.AGREE)
    return noi


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_what_is_told_can_be_heard_and_fits(browse, topic, noi, viewport):
    reader = browse(noi, heard=True, viewport=viewport)
    for path in ("1/", ""):  # folded: she may guess first
        reader.goto(f"/t/{topic.pk}/common/{path}")
        expect(reader.get_by_role("link", name="เดาก่อน")).to_be_visible()
        sound(reader)
    reader.get_by_role("button", name="ดูผลเลย").click()
    expect(reader.get_by_role("heading", name="เห็นตรงกัน", exact=True)).to_be_visible()
    for path in ("", "?of=shared", "?of=networks", "1/"):
        reader.goto(f"/t/{topic.pk}/common/{path}")
        sound(reader)


def sound(reader):
    assert axe(reader) == [], reader.url
    assert reader.evaluate(SMALL_TARGETS) == [], reader.url
    reader.evaluate("document.documentElement.dataset.text = 'larger'")
    assert not reader.evaluate(_IS_SIDEWAYS), reader.url


def test_before_that_a_page_says_what_to_do(browse, topic, noi):
    visitor = browse(heard=True, viewport=PHONE)
    for place in (topic, make_topic()):
        visitor.goto(f"/t/{place.pk}/common/")
        assert axe(visitor) == []
        assert visitor.evaluate(SMALL_TARGETS) == []
        assert not visitor.evaluate(_IS_SIDEWAYS)
