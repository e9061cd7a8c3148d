"""Two networks in one topic: spoken from one, the other invited, each reads how the other sees it."""

import re

from playwright.sync_api import expect

from tests.browser.steps import follow, post_saying
from tests.make import make_network, make_topic


def test_two_networks_meet_in_a_topic(browse, js, board, malee, somchai):
    canal = make_network("บ้านมั่นคงคลองท่าเรือ", malee)
    forest = make_network("คนเฝ้าป่าต้นน้ำ", somchai)
    topic = make_topic(malee, board, title="น้ำหลากปีนี้มาเร็วกว่าทุกปี", speak_from=canal.pk)

    host = browse(malee, js=js)
    host.goto(topic.get_absolute_url())
    host.get_by_label("ความคิดเห็นของท่าน").fill("บ้านริมคลองท่วมก่อนใคร")
    said = host.get_by_label("พูดจากตรงไหน")  # with the topic's own text, and offered for this one
    expect(said.locator("option:checked")).to_contain_text(canal.name)
    expect(host.get_by_role("main")).to_contain_text("ครั้งก่อนในกระทู้นี้เลือกไว้อย่างนี้")
    host.get_by_role("button", name="ส่งความคิดเห็น").click()
    mine = post_saying(host, "บ้านริมคลอง")
    expect(mine.get_by_role("link", name=canal.name)).to_be_visible()

    host.get_by_role("link", name="ชวนเครือข่าย").click()
    host.get_by_label("ชื่อเครือข่าย").fill("ต้นน้ำ")
    host.get_by_role("button", name="ค้นหา", exact=True).last.click()
    host.get_by_role("button", name="ชวน", exact=True).click()
    said = host.get_by_role("status").filter(has_text=f"ชวน “{forest.name}” แล้ว")
    expect(said).to_be_visible()  # beside the one of the search box

    guest = browse(somchai, js=js)
    guest.goto(f"{forest.get_absolute_url()}topics/waiting/")
    follow(guest, guest.get_by_role("button", name="เข้าร่วม", exact=True))
    guest.goto(topic.get_absolute_url())
    guest.get_by_label("ความคิดเห็นของท่าน").fill("ป่าซับน้ำไว้ได้สามวัน แล้วจึงปล่อยลงคลอง")
    guest.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(guest.get_by_text("เลือกก่อนว่าพูดจากตรงไหน แล้วส่งอีกครั้ง")).to_be_visible()
    expect(guest.get_by_label("ความคิดเห็นของท่าน")).to_have_value(re.compile("ป่าซับน้ำไว้ได้สามวัน"))
    guest.wrong.clear()  # the browser notes the 400
    guest.get_by_label("พูดจากตรงไหน").select_option(f"พูดในนาม “{forest.name}”")
    guest.get_by_role("button", name="ส่งความคิดเห็น").click()
    expect(post_saying(guest, "ป่าซับน้ำ")).to_contain_text("พูดในนามเครือข่าย")
    guest.get_by_role("link", name="ตามเครือข่าย").click()
    guest.get_by_role("link", name="เครือข่ายเห็นอย่างไร").click()
    expect(guest.get_by_role("main")).to_contain_text("บ้านริมคลองท่วมก่อนใคร")
    guest.get_by_role("link", name=f"เขียนมุมมองของ “{forest.name}”").click()
    guest.get_by_label("มุมมองของเครือข่าย").fill("เราเห็นฝนก่อนคนท้ายน้ำสองวัน ตัวเลขมาจากเครื่องวัดสามจุด")
    follow(guest, guest.get_by_role("button", name="วางไว้ข้างกระทู้"))

    host.goto(topic.get_absolute_url())
    host.get_by_role("link", name="เราเห็นฝนก่อนคนท้ายน้ำสองวัน").click()
    region = host.get_by_role("region", name=forest.name)
    expect(region).to_contain_text("เราเห็นฝนก่อนคนท้ายน้ำสองวัน")
    expect(region).to_contain_text("สมชาย ตั้งใจดี")
    expect(region).to_contain_text("ป่าซับน้ำไว้ได้สามวัน")
    host.get_by_role("link", name="ทีละเครือข่าย").click()
    expect(host.get_by_role("main")).to_contain_text("บ้านริมคลองท่วมก่อนใคร")
    expect(host.get_by_role("main")).not_to_contain_text("ป่าซับน้ำไว้ได้สามวัน")
