"""Finding a network: by words, by filters, on the map; with and without scripts, on every screen."""

import re

import pytest
from playwright.sync_api import expect

from forums.groups.networks.ties import tie_members, tie_topics
from tests.browser.axe import SMALL_TARGETS, axe
from tests.groups.networks.many import many_networks
from tests.make import make_network


@pytest.fixture
def networks(malee):
    forest = make_network("คนเฝ้าป่าต้นน้ำ", malee, provinces=["55", "54"], sectors=["community"])
    city = make_network("เมืองเดินได้", malee, kind="online", nationwide=True, sectors=["civil"])
    salt = make_network("เกลือทะเล", malee, provinces=["90"], sectors=["business"])
    tie_members(forest.pk, [city.pk, salt.pk], 1)
    tie_topics(forest.pk, [city.pk], 1)
    return forest, city, salt


def test_from_words_to_a_filter_to_the_map_to_a_network(browse, js, networks):
    page = browse(js=js)
    page.goto("/networks/")
    rows = page.locator(".network-row h3")
    expect(rows).to_have_text(["เกลือทะเล", "เมืองเดินได้", "คนเฝ้าป่าต้นน้ำ"])
    page.get_by_label("คำที่หา").fill("เดินได้")
    page.get_by_role("button", name="แสดงเครือข่าย").click()
    expect(rows).to_have_text(["เมืองเดินได้"])
    page.get_by_label("จังหวัด", exact=True).select_option("น่าน")
    page.get_by_role("button", name="แสดงเครือข่าย").click()
    expect(page.get_by_role("main")).to_contain_text("ไม่มีเครือข่ายที่ตรงทุกข้อ")
    page.get_by_role("link", name=re.compile("ไม่เอา “เดินได้”")).click()
    expect(rows).to_have_text(["คนเฝ้าป่าต้นน้ำ"])
    expect(page).to_have_url(re.compile(r"\?province=55$"))
    page.get_by_role("link", name="เอา จังหวัดน่าน ออก").click()
    page.get_by_role("link", name="ชื่อ ก–ฮ").click()
    expect(rows).to_have_text(["เกลือทะเล", "คนเฝ้าป่าต้นน้ำ", "เมืองเดินได้"])
    page.locator(".map").get_by_role("link", name=re.compile("ภาคใต้")).focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_text(["เกลือทะเล"])
    page.get_by_text("ดูแผนที่เป็นตาราง").click()
    page.get_by_role("row", name=re.compile("แพร่")).get_by_role("link").click()
    rows.get_by_role("link").click()
    neighbours = page.get_by_role("region", name="เครือข่ายใกล้เคียง")
    neighbours.get_by_role("table").get_by_role("link", name="เมืองเดินได้").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("เมืองเดินได้")


def test_on_a_telephone_the_filters_are_folded_and_the_list_comes_first(browse, js, networks):
    page = browse(js=js, viewport={"width": 360, "height": 800}, is_mobile=True, has_touch=True)
    page.goto("/networks/")
    expect(page.get_by_label("จังหวัด", exact=True)).not_to_be_visible()
    page.get_by_text("กรองให้แคบลง").click()
    page.get_by_label("จังหวัด", exact=True).select_option("สงขลา")
    page.get_by_role("button", name="แสดงเครือข่าย").click()
    expect(page.locator(".network-row h3")).to_have_text(["เกลือทะเล"])
    expect(page.get_by_role("link", name="เอา จังหวัดสงขลา ออก")).to_be_visible()


def test_on_a_wide_screen_the_filters_stand_open(browse, networks):
    page = browse(viewport={"width": 1280, "height": 800})
    page.goto("/networks/")
    expect(page.get_by_label("จังหวัด", exact=True)).to_be_visible()


def test_the_directory_and_the_neighbours_are_for_everyone(browse, networks, malee, subtests):
    many_networks(30, malee, ties=4)
    page = browse(heard=True)
    for path in ("/networks/", "/networks/?q=ไม่มีเลย&province=55", networks[0].get_absolute_url()):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            page.goto(path)
            for details in page.locator("main details").all():
                details.evaluate("each => each.open = true")
            with subtests.test(f"{path} {width} heard"):
                assert axe(page) == []
            with subtests.test(f"{path} {width} holds"):
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                assert page.evaluate(SMALL_TARGETS) == []
