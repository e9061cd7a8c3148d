"""Tables of days, the right to read, and looks that cannot be unsaid."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed
from forums.privacy.traffic import actions, days
from forums.privacy.traffic.actions import give_right, look, take_right, write_down
from forums.privacy.traffic.models import TrafficEntry, TrafficLook, TrafficReader
from forums.privacy.traffic.recording import NotedRequest
from tests.make import make_member
from tests.threads import in_threads

NOW = datetime(2031, 6, 15, 12, tzinfo=UTC)


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass",
            [days.TABLE],
        )
        return sorted(name for (name,) in cursor.fetchall())


@pytest.fixture
def head(db):
    return make_member("head", is_staff=True, is_superuser=True)


@pytest.fixture
def reader(head, moderator):
    give_right(administrator=head, member=moderator)
    return moderator


def test_a_line_finds_the_table_of_its_day_or_makes_it(db):
    write_down([NotedRequest(NOW, "2001:db8::1", 443, 7, "GET topic")])
    assert days.table_of(NOW.date()) in tables()
    entry = TrafficEntry.objects.get()
    assert (entry.at, entry.address, entry.port, entry.account) == (NOW, "2001:db8::1", 443, 7)


def test_days_are_made_ahead_and_dropped_on_the_91st(db):
    for ago in (0, 89, 90, 91, 120):
        write_down([NotedRequest(NOW - timedelta(days=ago), None, None, None, f"GET {ago}")])
    assert actions.keep_days(NOW) >= 2
    kinds = set(
        TrafficEntry.objects.filter(at__gt=NOW - timedelta(days=200)).values_list("kind", flat=True)
    )
    assert kinds == {"GET 0", "GET 89", "GET 90"}
    assert days.table_of((NOW + timedelta(days=7)).date()) in tables()
    assert actions.keep_days(NOW) == 0
    # The day of what is 90 days old goes when all of it is older.
    assert actions.keep_days(NOW + timedelta(days=1)) == 1
    assert not TrafficEntry.objects.filter(kind="GET 90").exists()


def test_many_processes_may_want_the_same_day_at_once(transactional_db):
    day = NOW + timedelta(days=400)
    results = in_threads(
        lambda n: write_down([NotedRequest(day, None, None, n, "GET home")]), range(6)
    )
    assert results == [None] * 6
    assert TrafficEntry.objects.filter(at=day).count() == 6
    connection.cursor().execute(f"DROP TABLE {days.table_of(day.date())}")


def test_only_an_administrator_gives_and_takes_the_right_and_only_to_who_moderates(
    head, moderator, malee
):
    with pytest.raises(NotAllowed):
        give_right(administrator=moderator, member=moderator)
    with pytest.raises(NotAllowed):
        give_right(administrator=head, member=malee)
    given = give_right(administrator=head, member=moderator)
    assert give_right(administrator=head, member=moderator) == given
    with pytest.raises(NotAllowed):
        take_right(administrator=moderator, reader=given)
    take_right(administrator=head, reader=given)
    assert not TrafficReader.objects.exists()


def span(hours: float) -> dict:
    return {"since": timezone.now() - timedelta(hours=hours), "until": timezone.now()}


def test_a_look_is_recorded_with_its_reason(reader):
    made = look(reader=reader, **span(24), account=7, why="  คำสั่งศาลที่ 12/2569 ")
    kept = TrafficLook.objects.get()
    assert kept == made
    assert (kept.reader, kept.account, kept.why) == (reader, 7, "คำสั่งศาลที่ 12/2569")


def test_who_was_not_given_the_right_does_not_look_administrators_neither(head, malee):
    for member in (head, malee):
        with pytest.raises(NotAllowed):
            look(reader=member, **span(1), account=7, why="อยากรู้")
    assert not TrafficLook.objects.exists()


@pytest.mark.parametrize(
    "asked",
    [
        {"hours": 1, "account": 7, "why": " \u200b"},
        {"hours": 24 * 8, "account": 7, "why": "กว้าง"},
        {"hours": 2, "why": "ทุกคน"},
        {"hours": 2, "net": "0.0.0.0/0", "why": "ทุกคน"},
        {"hours": 2, "net": "2001::/16", "why": "ทุกคน"},
        {"hours": -1, "account": 7, "why": "กลับกัน"},
    ],
)
def test_a_look_without_a_reason_or_without_bounds_is_refused(reader, asked):
    with pytest.raises(BadText):
        look(reader=reader, **span(asked.pop("hours")), **asked)


def test_an_hour_of_everybody_may_be_looked_at(reader):
    until = timezone.now()
    look(reader=reader, since=until - timedelta(hours=1), until=until, why="เหตุด่วน")
    assert TrafficLook.objects.count() == 1


def test_a_look_is_never_unsaid(reader):
    made = look(reader=reader, **span(1), net="203.0.113.0/24", why="หมายเลข 1")
    for unsaying in (
        lambda: TrafficLook.objects.update(why="อื่น"),
        lambda: TrafficLook.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            unsaying()


def test_the_log_outlives_the_account(db, malee):
    write_down([NotedRequest(NOW, None, None, malee.pk, "POST reply")])
    pk = malee.pk
    malee.delete()
    assert TrafficEntry.objects.get().account == pk
