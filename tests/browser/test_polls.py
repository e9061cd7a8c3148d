"""Polls on a telephone, without scripts: each kind is asked and answered by plain forms; nothing out of sight, nothing too small."""

import os
import re

import pytest
from playwright.sync_api import Page, expect

from forums.discussions.polls.models import Poll, PollKind
from tests.browser.axe import SMALL_TARGETS, axe
from tests.browser.steps import follow
from tests.discussions.polls.making import end, make_ballots, make_poll
from tests.make import in_days, make_member, make_topic

PHONE = {"width": 360, "height": 740}
WIDER = "document.documentElement.scrollWidth > innerWidth"


def seen(page: Page, name: str) -> None:
    """Keep a picture, where somebody wants to look."""
    if folder := os.environ.get("POLL_PICTURES"):
        for width, colours in ((360, "light"), (360, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 740})
            page.emulate_media(color_scheme=colours)
            page.screenshot(path=f"{folder}/{name}-{width}-{colours}.png", full_page=True)
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="light")
    assert not page.evaluate(WIDER)


def asks(page: Page, topic, kind: str, options: str) -> Poll:
    page.goto(f"/t/{topic.pk}/polls/new/")
    page.locator(f'a[href$="/polls/new/{kind}/"]').click()
    page.get_by_label("อยากถามอะไร").fill("ประชุมวันไหนดี")
    page.locator("[name=options]").fill(options)
    page.get_by_label("เห็นได้ตลอด").check()
    page.get_by_role("button", name="ตั้งโพลนี้").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ประชุมวันไหนดี")
    return Poll.objects.latest("pk")


LINES = {
    PollKind.ONE: "วันเสาร์\nวันอาทิตย์",
    PollKind.SEVERAL: "ขนม\nน้ำ\nเสื่อ",
    PollKind.RANKED: "ศาลาวัด\nโรงเรียน\nที่ทำการหมู่บ้าน",
    PollKind.DATE: "\n".join(
        f"{in_days(at):%d/%m/}{in_days(at).year + 543} 18:30" for at in (3, 4, 5)
    ),
}


@pytest.mark.parametrize("kind", PollKind.values)
def test_each_kind_is_asked_and_answered_without_scripts(browse, malee, somchai, kind):
    topic = make_topic(malee)
    page = browse(malee, js=False, viewport=PHONE)
    asks(page, topic, kind, LINES[PollKind(kind)])
    if kind in (PollKind.ONE, PollKind.SEVERAL):
        page.goto(topic.get_absolute_url())
        page.locator(".poll [name=choice]").first.check()
    elif kind == PollKind.RANKED:
        page.locator("[name=m0]").select_option("2")
        page.locator("[name=m1]").select_option("1")
    else:
        page.locator("[name=m0]").nth(0).check()
        page.locator("[name=m1]").nth(1).check()
    page.get_by_role("button", name="ส่งคำตอบ").click()
    expect(page.get_by_text("นับคำตอบแล้ว")).to_be_visible()
    poll = Poll.objects.get()
    assert poll.voters == 1
    page.goto(poll.get_absolute_url())
    seen(page, f"{kind}-answered")
    follow(page, page.get_by_role("button", name="ถอนคำตอบของฉัน"))
    poll.refresh_from_db()
    assert poll.voters == 0


def test_what_was_typed_comes_back_on_a_phone(browse, malee):
    topic = make_topic(malee)
    page = browse(malee, js=False, viewport=PHONE, foreseen="400")
    page.goto(f"/t/{topic.pk}/polls/new/date/")
    page.locator("[name=options]").fill("พรุ่งนี้\n5/12/2560")
    page.get_by_role("button", name="ตั้งโพลนี้").click()
    expect(page.get_by_text(re.compile("อ่าน “พรุ่งนี้” เป็นวันที่ไม่ได้"))).to_be_visible()
    expect(page.locator("[name=options]")).to_have_value("พรุ่งนี้\n5/12/2560")
    seen(page, "new-date-wrong")


def test_polls_can_be_read_by_everyone_and_touched_by_a_thumb(browse, malee, somchai):
    topic = make_topic(malee)
    date = make_poll(topic, malee, kind=PollKind.DATE, shown="always", names_shown=True)
    make_ballots(date, [2, 1, 0], [2, 2, 0], [0, 1, 2])
    ranked = make_poll(topic, malee, kind=PollKind.RANKED, shown="always", question="ที่ไหนดี")
    make_ballots(ranked, [1, 2, 3], [2, 1, 3], [1, 2, 2])
    end(ranked)
    one = make_poll(topic, malee, shown="always", question="ใครเตรียมขนม")
    make_ballots(one, *[[1, 0, 0]] * 3, *[[0, 1, 0]] * 3)
    page = browse(make_member("thongdee"), heard=True, viewport=PHONE)
    addresses = {
        "topic": topic.get_absolute_url(),
        "date": date.get_absolute_url(),
        "ranked": ranked.get_absolute_url(),
        "one": one.get_absolute_url(),
        "list": f"/t/{topic.pk}/polls/",
        "kinds": f"/t/{topic.pk}/polls/new/",
        "new": f"/t/{topic.pk}/polls/new/several/",
    }
    for name, address in addresses.items():
        page.goto(address)
        if name != "topic":
            assert axe(page) == [], name
        small = page.evaluate(SMALL_TARGETS)
        assert [each for each in small if "poll" in each] == [], name
        seen(page, name)
