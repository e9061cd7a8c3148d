"""The smallest telephone with the largest letters: 320 px at 125 %, and nothing out of sight."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from accounts.models import Member
from forums.groups.networks.models import Network
from forums.ledger.actions import open_ledger
from tests.browser.conftest import WAIT
from tests.browser.steps import follow
from tests.make import (
    join,
    make_member,
    make_network,
    make_network_board,
    make_post,
    make_topic,
)

SMALL = {"width": 320, "height": 640}
LARGEST = "document.documentElement.dataset.text = 'larger'"
# What is laid out beyond the screen, of what `here` says; what scrolls by itself is looked at apart.
OUTSIDE = """(here) => [...document.querySelectorAll(here)]
  .filter((each) => each.checkVisibility())
  .map((each) => [each.getBoundingClientRect(), each.outerHTML])
  .filter(([at]) => at.left < -1 || at.right > innerWidth + 1)
  .map(([, html]) => html)"""
# The lines of what `here` says, each as its letters.
LINES = """(here) => {
  const lines = [];
  let bottom = -1;
  const texts = document.createTreeWalker(document.querySelector(here), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    for (let at = 0; at < texts.currentNode.length; at++) {
      const letter = document.createRange();
      letter.setStart(texts.currentNode, at);
      letter.setEnd(texts.currentNode, at + 1);
      const box = letter.getClientRects()[0];
      if (!box) continue;
      if (box.top >= bottom) lines.push(""), (bottom = box.bottom);
      lines.at(-1) || lines.push("");
      lines[lines.length - 1] += letter.toString();
    }
  }
  return lines.map((line) => line.trim());
}"""
HITS = """() => [...document.querySelectorAll(".map a")].map((link) => {
  const spots = [...link.querySelectorAll("circle")].map((bead) => {
    const box = bead.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const around = [[0, 0], [-11, 0], [11, 0], [0, -11], [0, 11], [-8, -8], [8, -8], [-8, 8], [8, 8]];
    return around.every(([right, down]) => document.elementFromPoint(x + right, y + down)?.closest("a") === link);
  });
  return [link.getAttribute("aria-label"), spots.some(Boolean)];
})"""


def test_no_menu_is_pushed_off_by_the_largest_letters(
    browse: Callable[..., Page], malee: Member, board: Any
) -> None:
    for who in (None, malee):
        page = browse(who, viewport=SMALL, is_mobile=True, has_touch=True)
        page.goto("/")
        for size in ("", "large", "larger"):
            page.evaluate("(size) => (document.documentElement.dataset.text = size)", size)
            assert page.evaluate(OUTSIDE, ".site-head *") == [], (who, size)
            assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_chosen_tab_is_in_view_from_the_first(
    browse: Callable[..., Page], js: bool, malee: Member, network: Network
) -> None:
    open_ledger(keeper=malee, network=network)
    page = browse(malee, js=js, viewport=SMALL, is_mobile=True, has_touch=True)
    page.goto("/settings/display/")
    page.get_by_role("radio", name="ใหญ่ขึ้นอีก").check()
    follow(page, page.get_by_role("main").get_by_role("button", name="บันทึก"))
    for last in ("money/", "activities/", "members/", "manage/", ""):
        page.goto(f"{network.get_absolute_url()}{last}")
        assert page.locator(".tabs [aria-current]").count() == 1
        assert page.evaluate(OUTSIDE, ".tabs [aria-current]") == [], last


def test_where_one_is_takes_one_line_whatever_the_names_and_a_link_out_of_sight_slides_into_it(
    browse: Callable[..., Page], malee: Member, network: Network
) -> None:
    """In no letters of hers or ours does a second line push down what is read."""
    long = "อาสาสมัครสาธารณสุขประจำหมู่บ้านลุ่มน้ำว้าตอนบน"
    Network.objects.filter(pk=network.pk).update(name=long)
    board = make_network_board(network, name="ประชุมประจำเดือนและรายงานเยี่ยมบ้านผู้สูงอายุ")
    topic = make_topic(malee, board)
    page = browse(viewport=SMALL, is_mobile=True, has_touch=True)
    page.goto(topic.get_absolute_url())
    crumbs = page.locator(".crumbs ol")
    for size in ("", "larger"):
        page.evaluate("(size) => (document.documentElement.dataset.text = size)", size)
        tops = [link.bounding_box() for link in crumbs.get_by_role("link").all()]
        assert len(tops) == 3
        assert len({round(box["y"]) for box in tops if box}) == 1, size
        assert all(box and box["height"] >= 44 for box in tops), size
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert crumbs.evaluate("(list) => list.scrollHeight <= list.clientHeight"), size
    assert crumbs.evaluate("(list) => getComputedStyle(list).maskImage") != "none"  # it goes on
    last = crumbs.get_by_role("link", name=board.name)
    assert page.evaluate(OUTSIDE, ".crumbs li:nth-child(3) a")
    last.focus()
    assert page.evaluate(OUTSIDE, ".crumbs li:nth-child(3) a") == []


def test_a_tag_as_wide_as_they_come_wraps(
    browse: Callable[..., Page], malee: Member, network: Network
) -> None:
    board = make_network_board(network)
    topic = make_topic(malee, board, tags=["W" * 40])
    page = browse(viewport=SMALL, is_mobile=True, has_touch=True)
    for path in (
        "/",
        "/new/",
        board.get_absolute_url(),
        topic.get_absolute_url(),
        "/tags/",
        "/search/?q=เยี่ยม",
    ):
        page.goto(path)
        page.evaluate(LARGEST)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path


def test_a_thumb_hits_every_region_of_the_map(browse: Callable[..., Page], board: Any) -> None:
    page = browse(viewport={"width": 320, "height": 1400}, is_mobile=True, has_touch=True)
    page.goto("/networks/")
    page.locator(".map").scroll_into_view_if_needed(timeout=WAIT)
    hits = page.evaluate(HITS)
    assert len(hits) == 6
    assert [name for name, is_hit in hits if not is_hit] == []


def test_no_line_of_a_title_ends_inside_a_word(browse: Callable[..., Page], malee: Member) -> None:
    """Every width: somewhere each border of ICU comes to the end of a line."""
    name = "เราอยากรู้จักเครือข่ายเครือข่ายหนึ่งที่กลับมาคุยกันในเฟซบุ๊ก"
    network = make_network(name, malee)
    page = browse()
    page.goto(network.get_absolute_url())
    for width in range(320, 420, 12):
        page.set_viewport_size({"width": width, "height": 640})
        lines = page.evaluate(LINES, "h1")
        assert "".join(lines) == name
        for word in ("เครือข่าย", "เฟซบุ๊ก", "หนึ่ง", "รู้จัก", "กลับ"):
            assert sum(line.count(word) for line in lines) == name.count(word), lines


def test_the_question_above_choices_is_one_line(browse: Callable[..., Page], malee: Member) -> None:
    """A word in it that is kept whole is no choice."""
    page = browse(malee, viewport=SMALL, is_mobile=True, has_touch=True)
    page.goto("/networks/new/")
    lines = [line for line in page.evaluate(LINES, "fieldset.kinds > legend") if line]
    assert lines == ["เป็นเครือข่ายแบบไหน"]


def test_fields_side_by_side_are_of_one_height(
    browse: Callable[..., Page], malee: Member, network: Network
) -> None:
    """A hint under one does not stretch the other."""
    page = browse(malee)
    page.goto(f"{network.get_absolute_url()}activities/new/")
    for pair in page.locator(".form .pair").all():
        boxes = [field.bounding_box() for field in pair.locator("input").all()]
        assert len({(box["y"], box["height"]) for box in boxes if box}) == 1, boxes


def test_the_mark_of_a_moderator_stands_beside_the_longest_name(
    browse: Callable[..., Page], malee: Member, board: Any
) -> None:
    long = make_member("wanna", display_name="วรรณา " + "ศรีสุวรรณวัฒนานุกูล " * 2, is_staff=True)
    topic = make_topic(long, board)
    make_post(topic, long)
    network = make_network("คนรักคลอง", malee)
    join(network, long)
    page = browse(malee, viewport=SMALL, is_mobile=True, has_touch=True)
    for path in (
        topic.get_absolute_url(),
        long.get_absolute_url(),
        f"{network.get_absolute_url()}members/",
    ):
        page.goto(path)
        page.evaluate(LARGEST)
        assert page.locator(".staff").first.inner_text() == "ผู้ดูแลเว็บ"
        assert page.evaluate(OUTSIDE, ".name, .staff") == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
