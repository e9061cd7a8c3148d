"""What leaves no rows is counted in one statement, also by several at once."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from forums.base.counted import count, forget_tries
from forums.base.errors import TooFast
from forums.base.rate_limits import hold_pace
from tests.make import make_member
from tests.threads import in_threads

AHEAD = timedelta(minutes=1)
RULES = [(2, 60), (3, 3600)]


def counts(*, now=None, more=1, rules=RULES):
    return count("things-1", rules, now=now or timezone.now(), ahead=AHEAD, more=more)


@pytest.mark.django_db
def test_so_many_are_counted_and_then_the_times_in_the_way_are_said():
    now = timezone.now()
    assert counts(now=now) is None
    assert counts(now=now) is None
    assert [each.replace(microsecond=0) for each in counts(now=now)] == [
        now.replace(microsecond=0),
        now.replace(microsecond=0),
    ]
    later = now + timedelta(minutes=2)
    assert counts(now=later) is None
    assert len(counts(now=later + timedelta(minutes=2))) == 3
    assert counts(now=now + timedelta(hours=2)) is None


@pytest.mark.django_db
def test_several_at_once_are_counted_together_or_not_at_all():
    assert counts(more=2) is None
    assert len(counts(more=1)) == 2


@pytest.mark.django_db
def test_to_count_is_one_statement_and_to_be_refused_two(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert counts(rules=[(1, 60)]) is None
    with django_assert_num_queries(2):
        assert counts(rules=[(1, 60)])


@pytest.mark.django_db
def test_what_is_over_is_forgotten():
    counts()
    cache.set("kept", 1, 10_000)
    forget_tries(timezone.now() + timedelta(minutes=59))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key = 'pace:things-1'")
        assert cursor.fetchone() == (1,)
        forget_tries(timezone.now() + timedelta(minutes=61))
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key = 'pace:things-1'")
        assert cursor.fetchone() == (0,)
    assert cache.get("kept") == 1


@pytest.mark.django_db(transaction=True)
def test_of_twenty_at_once_no_more_pass_than_may(settings):
    settings.FORUMS_PACE = {"things": [(7, 60)]}
    member = make_member()

    def send(_number: int) -> bool:
        try:
            hold_pace(member, "things")
        except TooFast as refused:
            # She may have asked in the second before those that were counted.
            return not 0 < refused.wait <= 61
        return True

    try:
        assert sorted(in_threads(send, range(20))) == [False] * 13 + [True] * 7
    finally:
        cache.clear()
