"""What is written as text beside the ORM says the same as the ORM."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.signals import request_started
from django.db import DataError, connection, transaction
from django.http import Http404
from django.utils import timezone

from accounts.models import Member
from forums.base.constant_sql import KEPT, Columns, _cursor, select, write_each
from forums.discussions.boards.models import OpenTo
from forums.discussions.topics.loading import topic_at
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from tests.make import join, make_board, make_member, make_network, make_network_board, make_topic


@pytest.fixture
def people(malee, somchai, moderator) -> list[object]:
    """A visitor, a coordinator, a plain member of her network, a stranger, a moderator."""
    network = make_network("คนรักคลอง", malee)
    join(network, somchai)
    return [None, AnonymousUser(), malee, somchai, make_member(), moderator]


def test_topics_with_where_they_stand(people, malee, django_assert_num_queries):
    network = Network.objects.get()
    topics = [
        make_topic(board=make_network_board(network, open_to, name=open_to))
        for open_to in OpenTo.values
    ]
    room = make_board(parent=make_board("ห้องใหญ่"))
    for author in (None, malee, malee):
        topics.append(make_topic(author, room, kind="article", body="## หนึ่ง\n\n## สอง"))
    Topic.objects.filter(pk__in=[topics[0].pk, topics[-1].pk]).update(hidden_at=timezone.now())
    Topic.objects.filter(pk=topics[-2].pk).update(deleted_at=timezone.now())
    asked = Topic.objects.select_related("board__parent", "board__network")
    for who in people[1:]:
        for topic in topics:
            there = asked.visible_to(who).filter(pk=topic.pk).first()
            if there is None:
                with pytest.raises(Http404):
                    topic_at(topic.pk, who)
                continue
            found = topic_at(topic.pk, who)
            with django_assert_num_queries(0):
                for field in Topic._meta.concrete_fields:
                    assert getattr(found, field.attname) == getattr(there, field.attname)
                assert (found.board, found.board.parent) == (there.board, there.board.parent)
                assert found.board.network == there.board.network
                assert found.has_activities is False


def test_an_object_of_columns_is_the_orms_but_for_what_was_left_out(
    malee, django_assert_num_queries
):
    columns = Columns(Member, "m", without=("bio",))
    rows = select(f"SELECT {columns.text} FROM accounts_member m WHERE m.id = %(pk)s", pk=malee.pk)
    made = columns.made(rows[0])
    assert made == malee
    assert made.links == malee.links == []
    with django_assert_num_queries(1):
        assert made.bio == malee.bio


def test_a_statement_is_planned_once_for_all_values(malee, somchai):
    statement = "SELECT m.id FROM accounts_member m WHERE m.handle = %(handle)s"
    for member in (malee, somchai) * 3:
        assert select(statement, handle=member.handle) == [(member.pk,)]
    # This one asks while it is itself prepared: it names the other only.
    ((plans, for_one_value),) = select(
        "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
        " WHERE statement LIKE 'SELECT m.id%%m.handle = $1'"
    )
    assert plans >= 3
    assert for_one_value == 0


def test_what_is_learnt_of_a_statement_is_kept_and_its_answer_is_not(malee):
    text = f"/*{'ก' * 5_000}*/ SELECT %(n)s::bigint, m.created_at FROM accounts_member m"
    other = "SELECT %(word)s::text"
    for n in (1, None, 40_000_000_000, -1):
        assert select(text, n=n) == [(n, malee.created_at)]
        assert select(other, word="คลอง") == [("คลอง",)]
    cursor = _cursor(connection).cursor
    met = cursor._met[text]
    assert select(text, n=7) == [(7, malee.created_at)]
    assert cursor._met[text] is met
    assert met._tx.pgresult is None


@pytest.mark.django_db
def test_of_many_statements_the_latest_are_known():
    cursor = _cursor(connection).cursor
    for n in range(KEPT + 5):
        assert select(f"SELECT {n} + %(n)s::int", n=1) == [(n + 1,)]
    assert len(cursor._met) == KEPT
    assert f"SELECT {KEPT + 4} + %(n)s::int" in cursor._met


def test_a_moment_is_the_orms(malee):
    ((there,),) = select("SELECT created_at FROM accounts_member")
    here = Member.objects.get().created_at
    assert (there, there.tzinfo) == (here, here.tzinfo)


def test_after_a_statement_that_failed_the_same_one_is_asked_again(malee):
    halved = "SELECT 8 / %(n)s::int"
    assert select(halved, n=4) == [(2,)]
    with pytest.raises(DataError), transaction.atomic():
        select(halved, n=0)
    assert select(halved, n=2) == [(4,)]


def test_rows_are_written_one_or_many(malee, somchai):
    statement = "UPDATE accounts_member SET bio = %(bio)s WHERE id = %(pk)s"
    write_each(statement, [{"bio": "หนึ่ง", "pk": malee.pk}])
    assert select("SELECT bio FROM accounts_member WHERE id = %(pk)s", pk=malee.pk) == [("หนึ่ง",)]
    write_each(statement, [{"bio": "สอง", "pk": malee.pk}, {"bio": "สาม", "pk": somchai.pk}])
    assert set(select("SELECT bio FROM accounts_member")) == {("สอง",), ("สาม",)}


@pytest.mark.parametrize(
    ("numbers", "found"),
    [([], []), ([3, 1, 40_000_000_000], [1, 3]), ([2], [2]), ([1, None], [1])],
)
def test_a_list_of_numbers_is_an_array_whatever_it_holds(malee, numbers, found):
    statement = (
        "SELECT n FROM generate_series(1, 5) n WHERE n = ANY(%(numbers)s::bigint[]) ORDER BY n"
    )
    assert select(statement, numbers=numbers) == [(n,) for n in found]


def test_a_list_of_words_stays_what_it_is(malee):
    words = ["ก,ข", '{"', "NULL", "", "1"]
    assert select("SELECT unnest(%(words)s::text[])", words=words) == [(word,) for word in words]


def test_a_long_list_and_a_short_one_are_one_statement(malee):
    for numbers in ([1], [1, 2, 3], [70_000], []):
        select("SELECT m.pk FROM (SELECT 1 AS pk) m WHERE m.pk = ANY(%(them)s)", them=numbers)
    (count,) = select(
        "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT m.pk FROM%%'"
    )
    assert count == (1,)


def test_queries_are_counted_and_errors_are_djangos(malee, django_assert_num_queries):
    with django_assert_num_queries(1):
        select("SELECT %(n)s::int", n=1, other="is in no text")
    with pytest.raises(DataError), transaction.atomic():
        select("SELECT 1 / %(n)s::int", n=0)
    assert select("SELECT %(n)s::int", n=1) == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_a_connection_cut_between_two_requests_is_made_again():
    """PostgreSQL was started anew while a thread was idle: its next visitor must not meet the dead connection."""

    def two_requests() -> tuple[int, int]:
        backends = []
        kept = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
        connection.settings_dict = connection.settings_dict | kept
        try:
            for _ in range(2):
                request_started.send(None)
                [(pid,)] = select("SELECT pg_backend_pid()")
                backends.append(pid)
                elsewhere.cut(pid)
        finally:
            connection.close()
        return backends[0], backends[1]

    with Elsewhere() as elsewhere, ThreadPoolExecutor(1) as threads:
        first, second = threads.submit(two_requests).result()
    assert first != second


class Elsewhere:
    """Another connection, which cuts one off."""

    def __enter__(self):
        self.connection = psycopg.connect(**_address(), autocommit=True)
        return self

    def cut(self, pid: int) -> None:
        self.connection.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    def __exit__(self, *_error):
        self.connection.close()


def _address() -> dict:
    kept = ("host", "port", "user", "password", "dbname")
    return {
        name: value for name, value in connection.get_connection_params().items() if name in kept
    }
