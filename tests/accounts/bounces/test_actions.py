"""accounts.bounces.actions: when notifications stop, when they go again."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from accounts.bounces import actions
from accounts.bounces.actions import Counted
from accounts.bounces.return_path import SentMail
from accounts.known import known_of
from accounts.models import BounceScore, Member, Why
from forums.base.errors import TooFast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def hers(malee) -> int:
    return EmailAddress.objects.get(user=malee).pk


def came_back(pk: int, why: Why, *, ago: timedelta = timedelta()) -> Counted:
    return actions.count(mailed=SentMail(pk, timezone.now() - ago), why=why)


def stopped(member: Member) -> str | None:
    return known_of(Member.objects.get(pk=member.pk), "mail_stopped")


def test_two_hard_ones_stop_them_and_one_does_not(malee, hers):
    assert came_back(hers, Why.HARD, ago=2 * DAY) is Counted.COUNTED
    assert (BounceScore.objects.get().score, stopped(malee)) == (2, None)
    assert came_back(hers, Why.HARD) is Counted.COUNTED
    assert (BounceScore.objects.get().score, stopped(malee)) == (4, Why.HARD)


def test_four_soft_ones_do_and_what_comes_after_changes_nothing(malee, hers):
    for days in (6, 5, 4, 3):
        assert stopped(malee) is None
        came_back(hers, Why.SOFT, ago=days * DAY)
    assert stopped(malee) == Why.SOFT
    since = BounceScore.objects.get().stopped_at
    came_back(hers, Why.HARD)
    assert (BounceScore.objects.get().score, BounceScore.objects.get().stopped_at) == (4, since)


def test_a_day_counts_once_however_many_mails_went_and_however_often_a_report_comes(malee, hers):
    sent = timezone.now() - 3 * DAY
    for hours in (0, 1, 2, 23):
        actions.count(mailed=SentMail(hers, sent + timedelta(hours=hours)), why=Why.HARD)
    assert BounceScore.objects.get().score == 2
    assert actions.count(mailed=SentMail(hers, sent), why=Why.HARD) is Counted.KNOWN


def test_a_complaint_stops_them_at_once_and_stays(malee, hers):
    came_back(hers, Why.SOFT)
    assert came_back(hers, Why.COMPLAINT) is Counted.COUNTED
    assert stopped(malee) == Why.COMPLAINT
    came_back(hers, Why.HARD)  # of a mail that was on its way
    actions.forget_scores(timezone.now() + 300 * DAY)
    assert stopped(malee) == Why.COMPLAINT


def test_what_is_a_month_old_counts_no_more(malee, hers):
    came_back(hers, Why.HARD, ago=29 * DAY)
    assert came_back(hers, Why.HARD, ago=31 * DAY) is Counted.KNOWN
    BounceScore.objects.update(mailed_at=timezone.now() - 31 * DAY)
    came_back(hers, Why.HARD)
    assert (BounceScore.objects.get().score, stopped(malee)) == (2, None)


def test_after_a_month_they_go_again_by_themselves(malee, somchai, hers):
    came_back(hers, Why.HARD, ago=2 * DAY)
    came_back(hers, Why.HARD)
    actions.forget_scores(timezone.now() + 29 * DAY)
    assert stopped(malee)
    actions.forget_scores(timezone.now() + 31 * DAY)
    assert (stopped(malee), BounceScore.objects.exists()) == (None, False)


def test_only_an_address_that_is_somebodys_proven_one_counts(malee, hers):
    EmailAddress.objects.filter(pk=hers).update(verified=False)
    assert came_back(hers, Why.HARD) is Counted.NOBODYS
    assert came_back(10**12, Why.HARD) is Counted.NOBODYS
    assert not BounceScore.objects.exists()


def test_another_address_begins_with_none(malee, hers):
    came_back(hers, Why.COMPLAINT)
    EmailAddress.objects.filter(pk=hers).delete()
    EmailAddress.objects.create(user=malee, email=malee.email, primary=True, verified=True)
    assert (stopped(malee), BounceScore.objects.exists()) == (None, False)


def test_she_says_that_we_should_try_again_and_what_went_before_counts_no_more(malee, hers):
    came_back(hers, Why.COMPLAINT)
    assert actions.write_again(member=malee)
    assert stopped(malee) is None
    for why in Why:
        assert came_back(hers, why, ago=timedelta(minutes=5)) is Counted.KNOWN
    assert stopped(malee) is None


def test_then_one_that_comes_back_hard_stops_them_at_once(malee, hers):
    came_back(hers, Why.HARD, ago=2 * DAY)
    came_back(hers, Why.HARD)
    actions.write_again(member=malee)
    assert came_back(hers, Why.HARD) is Counted.COUNTED  # the mail that was to try it
    assert stopped(malee) == Why.HARD


def test_where_nothing_stopped_them_nothing_is_done(malee, hers):
    assert not actions.write_again(member=malee)
    came_back(hers, Why.HARD)
    assert not actions.write_again(member=malee)
    assert BounceScore.objects.get().score == 2


def test_trying_again_has_a_pace(malee, hers):
    cache.clear()
    for _time in range(3):
        came_back(hers, Why.COMPLAINT)
        BounceScore.objects.update(score=4, stopped_at=timezone.now(), why=Why.HARD)
        assert actions.write_again(member=malee)
    with pytest.raises(TooFast):
        actions.write_again(member=malee)


def test_who_says_so_never_reaches_another_members(malee, somchai, hers):
    came_back(hers, Why.COMPLAINT)
    assert not actions.write_again(member=somchai)
    assert stopped(malee)


def test_a_server_that_refuses_at_once_counts_the_same(malee, hers):
    actions.refused(email=malee.email, answer="550 5.1.1 no such user")
    assert BounceScore.objects.get().score == 2
    actions.refused(email="stranger@example.org", answer="550 no")
    assert BounceScore.objects.count() == 1


def test_whether_they_stopped_is_found_by_indexes(malee, hers):
    """It is asked with who is signed in, on every page."""
    from accounts.registry import known_sql

    scalar = known_sql()["mail_stopped"]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT {scalar} FROM accounts_member m WHERE m.id = {malee.pk}")
        assert "Seq Scan" not in "\n".join(row[0] for row in cursor.fetchall())
