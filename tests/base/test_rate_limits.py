"""How fast one member may do one thing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.base.errors import TooFast
from forums.base.rate_limits import hold_pace
from forums.discussions.posts.models import Post
from tests.make import make_member, make_post, make_topic


class TooMuch(TooFast):
    pass


@pytest.fixture
def done(malee, board, settings):
    """Three posts of Malee's: now, a minute ago, an hour ago."""
    settings.FORUMS_PACE = {}
    topic = make_topic(make_member(), board)
    for seconds in (0, 60, 3600):
        post = make_post(topic, malee)
        at = timezone.now() - timedelta(seconds=seconds)
        Post.objects.filter(pk=post.pk).update(created_at=at)
    return Post.objects.filter(author=malee)


@pytest.mark.parametrize(
    ("rules", "wait"),
    [
        ([], None),
        ([(2, 59)], None),
        ([(2, 100)], 40),
        ([(9, 10), (3, 4000)], 400),
        ([(1, 30), (3, 4000)], 30),
    ],
)
def test_whoever_was_too_fast_is_told_how_long_to_wait(done, malee, settings, rules, wait):
    settings.FORUMS_PACE = {"things": rules}
    if wait is None:
        hold_pace(malee, "things", done)
        return
    with pytest.raises(TooMuch) as refused:
        hold_pace(malee, "things", done, error=TooMuch)
    assert refused.value.wait == pytest.approx(wait, abs=2)
    assert refused.value.count in [count for count, _seconds in rules]


def test_what_was_written_while_the_clock_was_an_hour_ahead_holds_nobody(done, malee, settings):
    settings.FORUMS_PACE = {"things": [(1, 60)]}
    done.update(created_at=timezone.now() + timedelta(hours=1))
    hold_pace(malee, "things", done)
    done.update(created_at=timezone.now() + timedelta(seconds=5))  # two machines never quite agree
    with pytest.raises(TooFast):
        hold_pace(malee, "things", done)


def test_counts_without_rows_forget_an_hour_that_has_not_come(malee, settings, monkeypatch):
    settings.FORUMS_PACE = {"tries": [(1, 60)]}
    real = timezone.now
    with monkeypatch.context() as ahead:
        ahead.setattr(timezone, "now", lambda: real() + timedelta(hours=1))
        hold_pace(malee, "tries")
    hold_pace(malee, "tries")
    with pytest.raises(TooFast):
        hold_pace(malee, "tries")


def test_moderators_are_not_held_nor_is_what_has_no_rule(done, malee, moderator, settings):
    settings.FORUMS_PACE = {"things": [(1, 9000)]}
    hold_pace(moderator, "things", done)
    hold_pace(malee, "others", done)
    with pytest.raises(TooFast):
        hold_pace(moderator, "things", done, everyone=True)


def test_several_at_once_must_all_fit(done, malee, settings):
    settings.FORUMS_PACE = {"things": [(5, 9000)]}
    hold_pace(malee, "things", done, more=2)
    for more in (3, 6):
        with pytest.raises(TooFast):
            hold_pace(malee, "things", done, more=more)


def test_what_leaves_no_rows_is_counted_all_the_same(malee, somchai, settings, monkeypatch):
    settings.FORUMS_PACE = {"things": [(2, 60)]}
    hold_pace(malee, "things", error=TooMuch)
    hold_pace(malee, "things", error=TooMuch)
    for _ in range(2):  # what was refused does not count
        with pytest.raises(TooMuch) as refused:
            hold_pace(malee, "things", error=TooMuch)
    assert refused.value.wait == pytest.approx(60, abs=2)
    hold_pace(somchai, "things", error=TooMuch)
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr("forums.base.rate_limits.timezone.now", lambda: later)
    hold_pace(malee, "things", error=TooMuch)


def test_one_query_for_all_rules(done, malee, settings, django_assert_num_queries):
    settings.FORUMS_PACE = {"things": [(9, 60), (99, 3600), (999, 86400)]}
    with django_assert_num_queries(1):
        hold_pace(malee, "things", done)
