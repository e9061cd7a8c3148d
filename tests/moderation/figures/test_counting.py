"""The figures of the start page: by day and week, bounded, drawn with their tables."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation import actions, subjects
from forums.moderation.figures import counting
from forums.moderation.figures.charts import charts
from forums.moderation.queue import actions as queue
from forums.moderation.queue.models import Case
from forums.text.dates import BANGKOK
from tests.make import make_member, make_post, make_topic


@pytest.fixture
def topic(malee):
    return make_topic(author=malee)


def series(name, *, by_week=False):
    found = counting.figures(by_week=by_week)
    return next(each for each in found.series if each.name == name)


def test_new_members_stand_on_the_day_they_came_in_bangkok(db):
    Member.objects.all().delete()
    today = timezone.now().astimezone(BANGKOK).replace(hour=0, minute=5)
    make_member(created_at=today)
    make_member(created_at=today - timedelta(minutes=10))
    assert series("members").values[-2:] == [1, 1]


def test_texts_are_counted_but_not_what_is_hidden(topic, malee, moderator):
    before = series("posts").total
    make_post(topic, malee)
    actions.hide_post(moderator=moderator, post=make_post(topic, malee), reason="โฆษณา")
    assert series("posts").total == before + 1


def test_a_topic_counts_as_unanswered_until_somebody_answers(topic):
    assert series("unanswered").total == 1
    make_post(topic)
    assert series("unanswered").total == 0


def test_what_is_older_than_the_page_is_not_counted(topic):
    Topic.objects.update(created_at=timezone.now() - timedelta(days=200))
    assert series("unanswered").total == 0
    assert series("unanswered", by_week=True).total == 0


def test_weeks_begin_on_monday(topic):
    found = counting.figures(by_week=True)
    assert {day.weekday() for day in found.days} == {0}
    assert series("unanswered", by_week=True).values[-1] == 1


def test_no_more_than_the_newest_rows_are_read(topic, malee, monkeypatch):
    monkeypatch.setattr(counting, "MOST", 2)
    for _each in range(4):
        make_post(topic, make_member())
    assert Post.objects.count() == 5
    assert series("posts").total == 2


def test_the_middle_of_the_hours_and_the_kinds_of_decisions(topic, malee, moderator):
    post = make_post(topic, malee)
    for n, hours in enumerate((1, 2, 9)):
        case = queue.open_case(kind=f"kind{n}", subject=subjects.of_post(post))
        end = timezone.now()
        Case.objects.filter(pk=case.pk).update(
            state="decided",
            opened_at=end - timedelta(hours=hours),
            ended_at=end,
            ended_by=moderator,
        )
    actions.hide_post(moderator=moderator, post=post, reason="โฆษณา")
    found = counting.figures(by_week=False)
    assert found.took == pytest.approx(2)
    assert series("took").values[-1] == 2
    assert found.decided == [("ซ่อน", 1)]


def test_the_page_draws_what_there_is_with_its_table(as_, moderator, topic):
    page = as_(moderator).get("/admin/").content.decode()
    assert "<rect" in page
    assert "ดูเป็นตาราง" in page
    assert "style=" not in page.partition('class="queue figures"')[2].partition("</figure>")[0]
    assert as_(moderator).get("/admin/?by=week").status_code == 200


def test_the_queries_are_as_many_whatever_there_is(topic, malee):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            counting.figures(by_week=False)
        return len(found)

    few = asked()
    for _each in range(5):
        make_post(topic, make_member())
    assert asked() == few <= 10


def test_the_highest_bar_fills_its_chart_and_nothing_is_no_bar(topic):
    chart = next(each for each in charts(counting.figures(by_week=False)) if each.name == "posts")
    heights = [bar.height for bar in chart.bars]
    assert max(heights, key=lambda height: float(height or 0)) == "120.0"
    assert "" in heights
    assert isinstance(datetime.now(tz=BANGKOK), datetime)
