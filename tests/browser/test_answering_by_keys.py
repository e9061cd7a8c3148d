"""By keys alone one answers statements, guesses, says how well a text fits and puts options in order; in the largest
letters on the smallest screen nothing of it is out of sight or too small for a thumb."""

import pytest
from playwright.sync_api import Page, expect

from forums.discussions.polls.models import PollBallot, PollKind
from forums.knowledge.guesses.models import NetworkGuess
from forums.knowledge.portrayals.models import Judging
from forums.knowledge.voting.models import StatementVote
from tests.browser.axe import SMALL_TARGETS
from tests.browser.test_guessing import community
from tests.browser.test_smallest_screen import LARGEST
from tests.discussions.polls.making import make_poll
from tests.knowledge.making import make_round, make_statement, member_of
from tests.knowledge.portrayals.making import portrayed, two_networks
from tests.make import make_member, make_topic

AT = "() => document.activeElement.closest('label, button, a')?.innerText.trim() ?? document.activeElement.name ?? ''"


def tab_to(page: Page, words: str, *, most: int) -> None:
    """Go on by Tab until the focus stands on what says so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(AT).startswith(words):
            return
    raise AssertionError(f"{words} is not among the next {most}: {page.evaluate(AT)}")


@pytest.fixture
def answering():
    topic = make_topic()
    for _ in range(6):
        make_statement(topic)
    make_round(topic)
    return topic


def test_after_an_answer_the_next_one_is_two_keys_away(browse, js, answering):
    page = browse(make_member(trust_level=1), js=js)
    page.goto(f"/t/{answering.pk}/common/vote/")
    page.get_by_role("button", name="เห็นด้วย", exact=True).focus()
    for answered in range(1, 4):
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_contain_text(f"ตอบแล้ว {answered} ข้อ")
        tab_to(page, "เห็นด้วย", most=2)  # the check box of what matters lies before it
    assert StatementVote.objects.filter(vote=1).count() == 3


def test_a_guess_is_made_by_arrows(browse, js):
    topic, who = community()
    page = browse(who["duang"], js=js)
    page.goto(f"/t/{topic.pk}/common/guess/")
    page.get_by_role("radio", name="0", exact=True).focus()
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="4", exact=True)).to_be_checked()
    tab_to(page, "เดาแล้ว ขอดู", most=1)
    page.keyboard.press("Enter")
    expect(page.get_by_text("ท่านเดาไว้ 4")).to_be_visible()
    assert NetworkGuess.objects.get().guess == 4


def test_how_well_a_text_fits_is_said_by_arrows(browse, js):
    met = two_networks()
    made = portrayed(met)
    page = browse(met.owners[0], js=js)
    page.goto(f"/t/{met.topic.pk}/common/speak/{made.pk}/judge/")
    for legend, downs in (("ข้อความแรกตรงแค่ไหน", 3), ("ข้อความที่สองตรงแค่ไหน", 1)):
        page.get_by_role("group", name=legend).get_by_role("radio").first.focus()
        page.keyboard.press("Space")
        for _ in range(downs):
            page.keyboard.press("ArrowDown")
    tab_to(page, "ส่งคำตอบ", most=2)
    page.keyboard.press("Enter")
    expect(page.get_by_text("ขอบคุณ")).to_be_visible()
    said = Judging.objects.get()
    assert {said.fits, said.own_fits} == {4, 2}


def test_options_are_put_in_order_by_numbers_typed(browse, js):
    poll = make_poll(kind=PollKind.RANKED)
    page = browse(make_member(), js=js)
    page.goto(f"/t/{poll.topic_id}/polls/{poll.pk}/")
    page.get_by_label("วันเสาร์").focus()
    for place in (2, 1, 3):
        page.keyboard.type(str(place))
        page.keyboard.press("Tab")
    assert page.evaluate(AT).startswith("ส่งคำตอบ")
    page.keyboard.press("Enter")
    expect(page.get_by_text("นับคำตอบแล้ว")).to_be_visible()
    assert PollBallot.objects.get().marks == [2, 1, 3]


def test_in_the_largest_letters_on_the_smallest_screen_all_of_it_fits_a_thumb(browse, answering):
    met, (place, who) = two_networks(), community()
    made = portrayed(met)
    polls = [make_poll(kind=kind) for kind in PollKind.values]
    for member, paths in (
        (
            who["duang"],
            [
                f"/t/{place.pk}/common/{rest}"
                for rest in ("", "1/", "guess/", "vote/?s=1", "write/")
            ],
        ),
        (met.owners[0], [f"/t/{met.topic.pk}/common/speak/{made.pk}/judge/"]),
        (
            member_of(),
            [f"/t/{answering.pk}/common/vote/?s=1"]
            + [f"/t/{poll.topic_id}/polls/{poll.pk}/" for poll in polls],
        ),
    ):
        page = browse(member, viewport={"width": 320, "height": 640}, is_mobile=True)
        for path in paths:
            page.goto(path)
            page.evaluate(LARGEST)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            assert page.evaluate(SMALL_TARGETS) == [], path
