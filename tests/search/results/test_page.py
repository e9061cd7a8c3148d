"""The page of results as it is printed, whatever was found."""

import gzip
import random
from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from forums.groups.networks.references import NetworkRef
from forums.search.query.forms import Filters
from forums.search.results.boxes import Boxes
from forums.search.results.examples import EXAMPLES
from forums.search.results.rows import PassageRow, ResultRow
from forums.tags.references import TagRef
from forums.text.passages import Piece
from forums.text.render import with_marks
from tests.needs import CHECKOUT

TEXT = "น้ำหนุนรอบที่แล้วลงไปทิ้งขยะไว้หน้าศาลาสองคันรถเข็น ส่วนใหญ่ไม่ใช่ของคลองเรา "


def post(number: int, text: str = TEXT) -> PassageRow:
    network = NetworkRef("บ้านมั่นคงคลองท่าเรือ", f"/n/{'%E0' * 60}/", "din", "house")
    return PassageRow(
        url=f"/p/{number}/", label="ความคิดเห็นที่ 5-2", author_id=1, author="สมชาย ตั้งใจดี", in_name=False,
        author_url=f"/u/{'%E0' * 18}/", network=network, iso="2026-11-22T10:00:00+07:00",
        when="22 พ.ย. 2569",
        passage=with_marks([Piece(text, False), Piece("น้ำท่วม", True), Piece("ทุกปี", False)]),
    )  # fmt: skip


def group(
    number: int,
    title: Sequence[Piece] = (Piece("ขยะหลังน้ำลง ใครเก็บ เก็บแล้วเอาไปไหน", False),),
    posts: list[PassageRow] | None = None,
) -> ResultRow:
    return ResultRow(
        pk=number, url=f"/t/{number}/{'ขยะหลังน้ำลง-ใครเก็บ' * 2}/", title=with_marks(title), is_marked=True,
        icon="chat", kind_label="สนทนา", board="ลานคลอง", board_url="/b/ลานคลอง/", replies="7 ความคิดเห็น",
        accepted=False, locked=False, posts=posts or [post(n) for n in range(3)], others="อีก 2 ข้อความในกระทู้นี้",
    )  # fmt: skip


def page(**context: Any) -> str:
    request = RequestFactory().get("/search/", {"q": "น้ำท่วม"})
    request.user = AnonymousUser()
    found = {
        "query": "น้ำท่วม", "form": Filters(request.GET, member=request.user), "examples": EXAMPLES,
        "asked": True, "count_posts": 0, "count_topics": 0, "page": 1, "user": request.user, "pager": {},
    }  # fmt: skip
    return render_to_string("search/search.html", found | context, request)


def test_twenty_topics_of_three_passages_are_less_than_60_kb_with_style_and_scripts(db):
    mixed = random.Random(1)  # noqa: S311 - no two alike, or nothing would be as small
    letters = "กขคงจชซดตทนบปพมยรลวสหอะาิีุูเแโ" + "่้ "

    def posts(topic: int) -> list[PassageRow]:
        texts = ("".join(mixed.choices(letters, k=200)) for _ in range(3))
        return [post(topic * 3 + number, text) for number, text in enumerate(texts)]

    html = page(
        matches=[group(n, posts=posts(n)) for n in range(20)], count_posts=60, count_topics=20
    )
    assert html.count('class="passage"') == 60
    assets = [CHECKOUT / "static" / name for name in ("css/site.css", "js/site.js")]
    sent = [html.encode(), *(path.read_bytes() for path in assets)]
    assert sum(len(gzip.compress(each, 6)) for each in sent) < 60_000


def test_what_people_wrote_is_escaped(db):
    evil = "<script>alert(1)</script>"
    html = page(
        query=f'"{evil}',
        corrected=evil,
        notices=[evil],
        spellings=[{"text": evil, "url": "?q=x"}],
        boxes=Boxes(tags=[TagRef(evil, "/tags/x/")]),
        matches=[group(1, title=[Piece(evil, True)], posts=[post(1, evil)])],
        count_posts=1,
        count_topics=1,
    )
    assert "<script>a" not in html
    assert "<mark>&lt;script&gt;" in html


def test_another_spelling_that_was_looked_for_too_is_named(db):
    html = page(query="สังเกตุ", also="<b>สังเกต", matches=[group(1)], count_posts=5, count_topics=1)
    assert "&lt;b&gt;สังเกต" in html
    assert "“สังเกตุ”" in html


@pytest.mark.parametrize("state", ["only_newest", "too_slow", "more"])
def test_a_search_that_was_capped_says_so(db, state):
    plain = page(matches=[group(1)], count_posts=1, count_topics=1)
    capped = page(matches=[group(1)], count_posts=1, count_topics=1, **{state: True})
    assert len(capped) > len(plain)


def test_each_list_has_its_heading_and_one_alone_needs_none(db):
    alone = page(matches=[group(1)], count_posts=1, count_topics=1)
    assert 'id="matches" class="vh"' in alone
    every = page(matches=[group(1)], inside=[group(2)], partial=[group(3)], count_posts=1)
    for name in ("matches", "inside", "partial"):
        assert f'id="{name}" class="seek-group"' in every
    assert every.count('<ol class="finds">') == 3


def test_nothing_found_offers_what_comes_near_and_a_place_to_ask(db):
    html = page(spellings=[{"text": "น้ำท่วม", "url": "?q=1"}])
    assert 'href="?q=1"' in html
    assert 'class="button" href="/boards/"' in html
    assert "finds" not in html


def test_nothing_is_indexed_and_saved_searches_are_not_spoken_of(db):
    html = page(asked=False)
    assert '<meta name="robots" content="noindex">' in html
    assert "data-recent hidden" in html


def test_what_was_not_found_in_time_is_not_called_nowhere(db):
    html = page(too_slow=True)
    assert "ยังหาไม่พบในเวลาที่มี" in html
    assert "ลองเพิ่มคำที่เฉพาะกว่านี้" in html
    assert "ไม่พบข้อความ" not in html
