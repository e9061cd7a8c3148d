"""Two topics become one: what was put to the vote stays with its rounds, read there, and the one that stays leads to it."""

import pytest

from forums.discussions.topics.models import Topic
from forums.knowledge.common_ground.named import merged_into
from forums.knowledge.statements.models import Statement
from forums.moderation.topics.actions import join, unjoin
from tests.answers import page
from tests.clients import signed_in
from tests.knowledge.making import make_statement, told_round
from tests.make import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(moderator):
    """A topic that was voted on, merged into one that was not."""
    source, _round, _networks = told_round()
    target = make_topic(board=source.board)
    waits = make_statement(source, looked=False)
    join(moderator=moderator, topic=source, into=target, reason="เรื่องเดียวกัน")
    return Topic.objects.get(pk=source.pk), Topic.objects.get(pk=target.pk), waits


def test_the_one_that_stays_leads_to_what_was_asked_and_the_other_says_where_the_talk_goes_on(
    as_, merged
):
    source, target, _waits = merged
    reader = as_(None)
    there = page(reader, f"/t/{target.pk}/common/")
    assert f'href="/t/{source.pk}/common/"' in there
    assert "คำกล่าว 6 ข้อ" in there
    assert f'href="/t/{target.pk}/common/"' in page(reader, target.get_absolute_url())
    here = page(reader, f"/t/{source.pk}/common/")
    assert f'href="/t/{target.pk}/"' in here
    assert Statement.objects.open().filter(topic=source).first().body in here
    assert "/common/write/" not in here


def test_nobody_writes_or_votes_there_any_more_and_what_waited_says_so(merged):
    source, target, waits = merged
    browser = signed_in(waits.author)
    assert browser.get(f"/t/{source.pk}/common/write/").status_code == 403
    assert f"/t/{target.pk}/common/write/" in page(browser, "/statements/")


def test_a_topic_nothing_was_merged_into_does_not_ask(django_assert_num_queries):
    topic = make_topic()
    with django_assert_num_queries(0):
        assert merged_into(topic, None) == []


def test_undone_each_has_its_own_again(merged, moderator):
    source, target, waits = merged
    unjoin(moderator=moderator, topic=source, reason="คนละเรื่อง")
    assert signed_in(waits.author).get(f"/t/{source.pk}/common/write/").status_code == 200
    source.refresh_from_db()
    assert source.statement_count == 6
