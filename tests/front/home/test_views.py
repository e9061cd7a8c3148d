"""Home: what a visitor meets, how many wait for an answer, and the line about the first step."""

import re

import pytest
from django.utils import timezone

from accounts.models import Member
from forums.discussions.boards.models import Access
from forums.discussions.topics.lists import COUNTED
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from tests.answers import html_of
from tests.make import join, make_board, make_member, make_network, make_post, make_topic

LINE = "ยังไม่ได้อยู่ในเครือข่ายไหน"


def part(html: str, begin: str, end: str) -> str:
    return html[html.index(begin) :].partition(end)[0]


def lively(html: str) -> list[str]:
    return re.findall(r'href="/n/[^"]+">([^<]+)</a>', part(html, 'class="lively"', "</section>"))


def unanswered(html: str) -> str:
    found = re.search(r'href="/unanswered/"[^>]*>\s*ยังไม่มีใครตอบ\s*(?:<b>([^<]+)</b>)?', html)
    assert found
    return found[1] or ""


# -- networks -----------------------------------------------------------------------------------


def test_a_visitor_reads_the_names_and_aims_of_three_networks_that_talk_lately(as_, malee, board):
    gone = make_network("ซ่อนแล้ว", malee)
    for name in ("หนึ่ง", "สอง", "สาม", "สี่"):
        make_network(name, malee, aim=f"เป้าหมายของ{name}")
    Network.objects.filter(pk=gone.pk).update(hidden_at=timezone.now())
    page = html_of(as_(None).get("/"))
    assert lively(page) == ["สี่", "สาม", "สอง"]
    assert "เป้าหมายของสี่" in page
    assert "ซ่อนแล้ว" not in page


def test_the_garland_is_a_drawing_of_networks_or_of_boards_while_there_are_fewer_than_three(
    as_, malee, board, moderator, django_capture_on_commit_callbacks
):
    make_network("หนึ่ง", malee, colour="chaba")
    page = html_of(as_(None).get("/"))
    garland = part(page, 'class="swag"', "</ul>")
    assert "c-chaba" not in garland
    assert "<a" not in garland
    assert lively(page) == ["หนึ่ง"]  # one is worth its name, if not a garland


def test_without_networks_home_says_nothing_of_them(as_, board):
    page = html_of(as_(None).get("/"))
    assert 'class="lively"' not in page
    assert 'class="swag"' in page


def test_a_member_has_neither(as_, malee, board):
    make_network("หนึ่ง", malee)
    page = html_of(as_(malee).get("/"))
    assert 'class="swag"' not in page
    assert 'class="lively"' not in page


# -- how many nobody has answered ---------------------------------------------------------------


def test_the_tab_counts_what_nobody_has_answered_of_what_she_may_read(as_, malee, moderator):
    members = make_board(read=Access.MEMBERS)
    answered = make_topic(moderator)
    make_post(answered, malee)
    make_topic(moderator)
    make_topic(moderator, members)
    make_topic(moderator, make_board(read=Access.STAFF))
    counts = [unanswered(html_of(as_(who).get("/"))) for who in (None, malee, moderator)]
    assert counts == ["1", "2", "3"]
    assert unanswered(html_of(as_(malee).get("/new/"))) == "2"


def test_none_is_no_number(as_, board):
    assert unanswered(html_of(as_(None).get("/"))) == ""


def test_it_counts_no_further_than_a_hundred(as_, moderator, board):
    first = make_topic(moderator, board)
    fields = {
        field.attname: getattr(first, field.attname)
        for field in Topic._meta.concrete_fields
        if not field.primary_key
    }
    Topic.objects.bulk_create([Topic(**fields) for _ in range(COUNTED - 2)])
    assert unanswered(html_of(as_(moderator).get("/"))) == "99"
    Topic.objects.bulk_create([Topic(**fields) for _ in range(50)])
    assert unanswered(html_of(as_(moderator).get("/"))) == "99+"


def test_visitors_are_counted_for_once_a_minute(as_, moderator, board):
    make_topic(moderator, board)
    assert unanswered(html_of(as_(None).get("/"))) == "1"
    make_topic(moderator, board)
    assert unanswered(html_of(as_(None).get("/"))) == "1"
    assert unanswered(html_of(as_(moderator).get("/"))) == "2"


# -- the line about the first step --------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "there"), [("visitor", False), ("malee", True), ("in", False), ("written", False)]
)
def test_the_first_step_is_offered_to_who_is_in_no_network_and_has_written_nothing(
    as_, malee, board, who, there
):
    member: Member | None = None if who == "visitor" else malee
    if who == "in":
        join(make_network("หนึ่ง"), malee)
    if who == "written":
        make_post(make_topic(board=board), malee)
    assert (LINE in html_of(as_(member).get("/"))) is there


def test_closed_once_it_stays_closed(as_, malee, board):
    assert as_(malee).get("/welcome/close/").status_code == 405
    client = as_(malee)
    answer = client.post("/welcome/close/", follow=True)
    assert "ปิดแล้ว" in html_of(answer)
    assert LINE not in html_of(client.get("/"))
    malee.refresh_from_db()
    first = malee.first_step_closed_at
    client.post("/welcome/close/")
    malee.refresh_from_db()
    assert malee.first_step_closed_at == first
    # Nobody else's, and the page itself stays where it was.
    assert LINE in html_of(as_(make_member()).get("/"))
    assert client.get("/welcome/").status_code == 200


def test_it_stands_on_home_only_and_costs_one_question(
    as_, malee, board, django_assert_max_num_queries
):
    client = as_(malee)
    client.get("/")
    with django_assert_max_num_queries(10):
        assert LINE in html_of(client.get("/"))
    assert LINE not in html_of(client.get("/new/"))
