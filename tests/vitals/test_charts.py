"""The week: an hour a bar, a day a row."""

from datetime import UTC, datetime, timedelta

from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from forums.vitals.actions import give_signs
from forums.vitals.charts import HEIGHT, WIDTH, WeekChart, week
from forums.vitals.models import VitalSpan

NOW = datetime(2026, 11, 30, 12, 7, tzinfo=UTC)


def span(before: timedelta, **columns) -> None:
    VitalSpan.objects.create(at=NOW.replace(minute=0) - before, **columns)


def chart(words: str) -> WeekChart:
    with translation.override("en"):
        (found,) = [each for each in week(NOW) if words in str(each.label)]
    return found


def test_where_nothing_was_noted_there_is_no_chart(db):
    assert week(NOW) == []


def test_an_hour_is_a_bar_and_the_highest_fills_the_height(db):
    span(timedelta(0), requests=30, milliseconds=600)
    span(timedelta(minutes=-10), requests=30, milliseconds=1800)
    span(timedelta(hours=1), requests=15, milliseconds=150)
    found = chart("Pages answered")
    step = WIDTH / (7 * 24)
    bars = found.path.split("z")[:-1]
    assert bars == [
        f"M{step * 166:.1f} {HEIGHT}v-30.0h{step * 0.8:.1f}v30.0",
        f"M{step * 167:.1f} {HEIGHT}v-{HEIGHT:.1f}h{step * 0.8:.1f}v{HEIGHT:.1f}",
    ]
    assert found.most == "60"
    assert chart("Milliseconds").most == "40"


def test_what_nobody_knows_is_a_gap_and_not_nothing(db):
    span(timedelta(hours=30), requests=4)
    assert chart("a letter").path == ""
    assert [value for _day, value in chart("a letter").days] == ["–"]
    assert [value for _day, value in chart("Pages answered").days] == ["4"]


def test_the_table_has_a_row_for_each_day_in_bangkok(db):
    span(timedelta(hours=20), letters=120, free=40)
    span(timedelta(hours=18), letters=600, free=30)  # after midnight there
    found = chart("a letter")
    assert [value for _day, value in found.days] == ["2", "10"]
    assert found.most == "10"
    assert (chart("Room").most, chart("Room").of_least) == ("30", True)


def test_what_is_older_than_a_week_is_not_drawn(db):
    span(timedelta(days=7), requests=4)
    assert week(NOW) == []


def test_the_page_says_what_is_amiss_and_shows_the_week(as_, moderator):
    VitalSpan.objects.create(at=timezone.now(), requests=7, milliseconds=50)
    page = as_(moderator).get("/admin/vitals/")
    assert page.status_code == 200
    assert "ยังไม่เคยส่งสัญญาณ" in page.text  # no worker is there
    assert page.text.count('<figure class="figure">') == 8
    assert "7" in page.text


def test_the_page_of_a_new_site_says_that_nothing_was_noted(as_, moderator):
    give_signs({"worker": timezone.now()})
    page = as_(moderator).get("/admin/vitals/").text
    assert "ทุกอย่างเรียบร้อย" in page
    assert "ยังไม่มีตัวเลข" in page


def test_members_do_not_come_in(as_, malee):
    assert as_(malee).get("/admin/vitals/").status_code == 403
    assert as_(None).get("/admin/vitals/").status_code == 302


def test_a_full_week_costs_as_many_questions_as_an_empty_one(as_, moderator):
    from django.db import connection

    browser = as_(moderator)
    browser.get("/admin/vitals/")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get("/admin/vitals/")
        return len(asked)

    few = count()
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    VitalSpan.objects.bulk_create(
        VitalSpan(at=now - timedelta(minutes=10 * number), requests=number, letters=number)
        for number in range(1_000)
    )
    assert count() == few
