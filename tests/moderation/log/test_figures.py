"""A year's figures: by act and office, by what waited with its hours, by what came of asking again; as page and CSV."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.utils import timezone

from forums.moderation import actions
from forums.moderation.appeals.actions import appeal, uphold
from forums.moderation.log.figures import of_year
from forums.moderation.log.views import figures_page
from forums.moderation.models import Act
from forums.moderation.queue.models import Case, CaseState, place
from tests.make import make_member, make_network, make_network_board, make_post, make_topic

YEAR = timezone.localtime().year


@pytest.fixture(autouse=True)
def _nothing_counted_yet(db):
    cache.clear()


def waited(hours: float, number: int, *, refused: bool = False) -> None:
    now = timezone.now()
    opened = now - timedelta(hours=hours)
    Case.objects.create(
        kind="appeal",
        subject="decision",
        key=str(number),
        state=CaseState.REFUSED if refused else CaseState.DECIDED,
        opened_at=opened,
        ranked_at=place(opened, weight=0, at_once=False, due_at=None),
        ended_at=now,
    )


def test_decisions_count_by_act_and_office(malee, somchai, moderator):
    network = make_network("คนรักคลองหลอด", malee)
    theirs = make_topic(malee, make_network_board(network))
    actions.hide_post(moderator=malee, post=make_post(theirs, somchai), reason="นอกเรื่อง")
    for _ in range(2):
        actions.hide_topic(moderator=moderator, topic=make_topic(), reason="ขายของ")
    post = make_post(make_topic(), somchai)
    actions.decide(Act.HIDE, moderator=None, reason="แจ้งกันหลายคน", target=post)
    (row,) = of_year(YEAR).acts
    assert (row.act, row.all, row.site, row.networks, row.rule) == ("hide", 4, 2, 1, 1)


def test_hours_to_an_answer_are_the_median_and_nine_of_ten(db):
    for number, hours in enumerate((1, 2, 3, 4, 10)):
        waited(hours, number, refused=hours == 1)
    (row,) = of_year(YEAR).kinds
    assert (row.ended, row.refused, row.median) == (5, 1, 3.0)
    assert row.p90 == pytest.approx(7.6, abs=0.1)


def test_what_was_asked_again_counts_by_its_outcome(malee, somchai, moderator):
    second = make_member(is_staff=True)
    made = []
    for _ in range(2):
        post = make_post(make_topic(somchai), malee)
        hidden = actions.hide_post(moderator=moderator, post=post, reason="นอกเรื่อง")
        made.append(appeal(member=malee, decision=hidden, words="ในเรื่อง"))
    uphold(moderator=second, appeal=made[0], reason="นอกเรื่องจริง")
    found = of_year(YEAR).appeals
    assert (found.asked, found.upheld, found.overturned, found.waiting) == (2, 1, 0, 1)


def test_a_year_is_counted_once_an_hour(as_, malee, moderator, django_assert_max_num_queries):
    actions.lock(moderator=moderator, topic=make_topic(malee), reason="ร้อนไป")
    path = f"/moderation/figures/{YEAR}/"
    assert "ปิดการตอบ" in as_(None).get(path).content.decode()
    actions.hide_topic(moderator=moderator, topic=make_topic(malee), reason="ขายของ")
    assert [each.act for each in of_year(YEAR).acts] == ["lock"]


def test_the_csv_holds_what_the_page_does(as_, malee, moderator):
    actions.lock(moderator=moderator, topic=make_topic(malee), reason="ร้อนไป")
    waited(2, 1)
    answer = as_(None).get(f"/moderation/figures/{YEAR}.csv")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    found = {(row["group"], row["name"], row["measure"]): row["value"] for row in rows}
    assert found["decisions", "lock", "all"] == "1"
    assert found["cases", "appeal", "hours_median"] == "2.0"
    assert found["appeals", "appeal", "asked"] == "0"


@pytest.mark.parametrize("year", [2025, 3000])
def test_a_year_without_the_site_is_not_found(as_, db, year):
    assert as_(None).get(f"/moderation/figures/{year}/").status_code == 404
    assert figures_page.has_light_pace
