"""What is read where: pages from a replica, what is decided from the server that is written to."""

import logging

import psycopg
import pytest
from django.core.cache import caches
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from forums.base.constant_sql import select, select_newest, write_each
from forums.base.reading_from import read_from, reading_alias, reading_anew
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from roypalang.replicas.middleware import WROTE
from tests.make import make_member, make_topic
from tests.roypalang.replicas.conftest import ALIAS

FIELDS = {"to": "", "speak_from": "0"}


@pytest.fixture
def asked(watch):
    """How many statements a request made of the server that is written to, and of the replica."""

    def ask(client: Client, method: str, path: str, **said):
        with (
            CaptureQueriesContext(connection) as written_to,
            CaptureQueriesContext(connections[ALIAS]) as replica,
        ):
            answer = getattr(client, method)(path, **said)
        return answer, len(written_to), len(replica)

    return ask


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_a_members_page_comes_from_the_replica_and_who_she_is_does_not(asked):
    malee = make_member("malee")
    topic = make_topic(malee)
    answer, written_to, replica = asked(signed_in(malee), "get", topic.get_absolute_url())
    assert answer.status_code == 200
    assert "malee" in answer.text
    assert written_to >= 2  # her session, and she
    assert replica >= 3


@pytest.mark.parametrize("path", ["/", "/boards/", "/networks/", "/search/?q=ป่าชุมชน", "/feed/"])
def test_every_list_is_read_from_the_replica(asked, path):
    answer, written_to, replica = asked(Client(), "get", path)
    assert (answer.status_code, written_to) == (200, 0)
    assert replica


@pytest.mark.parametrize("path", ["/readyz", "/accounts/login/", "/admin/login/"])
def test_what_is_to_be_true_now_is_not(asked, path):
    _answer, _written_to, replica = asked(Client(), "get", path)
    assert replica == 0


def test_a_form_is_read_and_written_where_it_is_decided(asked):
    malee = make_member("malee")
    topic = make_topic(malee)
    client = signed_in(malee)
    path = f"/t/{topic.pk}/reply/"
    answer, written_to, replica = asked(client, "post", path, data={"body": "ตอบ", **FIELDS})
    assert (answer.status_code, replica) == (302, 0)
    assert written_to
    assert Post.objects.get(topic=topic, number=1).body == "ตอบ"


def test_whoever_wrote_reads_elsewhere_until_the_replica_has_it(asked, watch):
    client = signed_in(make_member("malee"))
    asked(client, "post", "/settings/display/", data={"theme": "dark"})
    wrote = client.cookies[WROTE]
    assert int(wrote.value, 16) > 1
    assert (wrote["httponly"], wrote["samesite"], wrote["max-age"]) == (True, "Lax", 60)
    client.get("/networks/")  # some of it is remembered for a minute
    _answer, all_of_it, replica = asked(client, "get", "/networks/")
    assert replica == 1  # “have you got it?”; one that is no replica has got nothing
    watch.replicas[0].position = int(wrote.value, 16)
    _answer, written_to, replica = asked(client, "get", "/networks/")
    assert (written_to + replica, replica > 0) == (all_of_it, True)  # and it is not asked


@pytest.mark.parametrize("wrote", ["", "x" * 10_000, "-1", "1 or 1", "f" * 17, "0x1"])
def test_a_cookie_that_says_nothing_is_no_reason_to_read_from_a_replica(asked, wrote):
    client = Client()
    client.cookies[WROTE] = wrote
    answer, written_to, replica = asked(client, "get", "/boards/")
    assert (answer.status_code, replica) == (200, 0)
    assert written_to


def test_nobody_who_only_reads_gets_a_cookie(asked):
    client = Client()
    asked(client, "get", "/")
    assert not client.cookies


def test_without_a_replica_that_may_be_read_nothing_changes(asked, watch):
    watch.replicas[0].position = 0
    answer, written_to, replica = asked(Client(), "get", "/boards/")
    assert (answer.status_code, replica) == (200, 0)
    assert written_to


def test_just_after_something_was_hidden_nothing_is_read_from_a_replica(asked, monkeypatch):
    """It may still show it."""
    monkeypatch.setattr(caches["process"], "just_forgotten", lambda: True)
    answer, _written_to, replica = asked(Client(), "get", "/boards/")
    assert (answer.status_code, replica) == (200, 0)


def test_a_page_kept_for_visitors_is_made_of_what_is_newest(asked, settings):
    settings.FORUMS_KEPT_PAGES = True
    for _made_then_given in range(2):
        answer, written_to, replica = asked(Client(), "get", "/boards/")
        assert (answer.status_code, replica) == (200, 0)
        assert written_to


def test_one_reader_reads_from_one_replica(watch, monkeypatch):
    """Another may be a moment behind it: what she has seen would be gone again."""
    from roypalang.replicas.middleware import chosen
    from roypalang.replicas.watching import WatchedReplica

    found = [WatchedReplica(f"replica_{number}", position=1) for number in range(1, 4)]
    monkeypatch.setattr(watch, "usable", lambda: found)

    class Asked:
        method, path_info, COOKIES, META = "GET", "/", {}, {}

    def place(session: str) -> str:
        request = Asked()
        request.COOKIES = {"sessionid": session}
        return chosen(request)

    places = {session: {place(session) for _each in range(3)} for session in map(str, range(60))}
    assert all(len(each) == 1 for each in places.values())
    assert len(set.union(*places.values())) == 3


# -- in a page -------------------------------------------------------------------------------------


def test_whatever_writes_or_holds_a_transaction_reads_where_it_writes(watch):
    with reading_anew():
        read_from(ALIAS)
        assert Topic.objects.all().db == ALIAS
        assert Member.objects.select_for_update().db == "default"
        read_from(ALIAS)
        with transaction.atomic():
            assert reading_alias() == "default"
        assert reading_alias() == "default"  # what was decided in there is to be seen
        read_from(ALIAS)
        make_member("malee")
        assert reading_alias() == "default"
        read_from(ALIAS)
        write_each("UPDATE accounts_member SET bio = %(bio)s", [{"bio": "x"}])
        assert reading_alias() == "default"
    assert reading_alias() == "default"


def test_a_row_of_a_replica_is_written_where_all_are(watch):
    malee = make_member("malee")
    with reading_anew():
        read_from(ALIAS)
        found = Member.objects.get(pk=malee.pk)
        assert found._state.db == ALIAS
        found.bio = "ป่าต้นน้ำ"
        with CaptureQueriesContext(connections[ALIAS]) as replica:
            found.save(update_fields=["bio"])
    assert len(replica) == 0
    malee.refresh_from_db()
    assert malee.bio == "ป่าต้นน้ำ"


def test_a_constant_statement_is_read_where_the_page_is(watch):
    backend = "SELECT pg_backend_pid()"
    with reading_anew():
        here = select(backend)
        read_from(ALIAS)
        assert select(backend) != here
        assert select_newest(backend) == here


# -- a replica goes away amid a page ---------------------------------------------------------------


def test_a_page_is_made_anew_without_the_replica_that_went_away(asked, watch):
    client = signed_in(make_member("malee"))
    told = []
    watch.leave_out = lambda alias, why: told.append(alias)
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()

    def end_it(execute, *args):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        return execute(*args)

    with connections[ALIAS].execute_wrapper(end_it):
        answer = client.get("/boards/")
    assert answer.status_code == 200
    assert told == [ALIAS]


def test_a_replica_that_cannot_be_reached_is_left_out(asked, watch, monkeypatch):
    told = []
    watch.leave_out = lambda alias, why: told.append(why)
    connections[ALIAS].close()
    nobody = {**connections[ALIAS].get_connection_params(), "host": "127.0.0.1", "port": 1}
    monkeypatch.setattr(connections[ALIAS], "get_connection_params", lambda: nobody)
    assert Client().get("/boards/").status_code == 200
    assert len(told) == 1
    assert "\n" not in told[0]


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (psycopg.errors.SerializationFailure, True),  # it takes in that the rows are gone
        (psycopg.errors.ReadOnlySqlTransaction, True),
        (psycopg.errors.QueryCanceled, False),  # it would take as long again
        (psycopg.errors.LockNotAvailable, False),
    ],
)
def test_what_only_a_replica_cannot_do_is_done_without_it(watch, error, again, caplog):
    watch.leave_out = lambda alias, why: pytest.fail("it is there")

    def refuse(execute, *args):
        try:
            raise error("no")
        except psycopg.Error as cause:
            raise OperationalError("no") from cause

    client = Client(raise_request_exception=False)
    caplog.set_level(logging.CRITICAL)
    with connections[ALIAS].execute_wrapper(refuse):
        assert (client.get("/boards/").status_code == 200) is again
