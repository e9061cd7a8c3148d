"""Nobody waits for ever for the database: what it gives up is a page that says so, with what was typed on it."""

import os
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

from forums.base.constant_sql import take_time
from forums.base.rate_limits import one_at_a_time
from forums.discussions.posts.models import Post
from forums.discussions.topics.locks import lock_topic
from tests.clients import signed_in
from tests.make import make_board, make_member, make_topic

LETTERS = "ข้อความที่พิมพ์ตั้งนาน"

ASK = """
import django, sys
django.setup()
if sys.argv[1] == "web":
    import roypalang.wsgi
from django.db import connection
connection.settings_dict["NAME"] = "postgres"
with connection.cursor() as cursor:
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        cursor.execute("SHOW " + name)
        print(cursor.fetchone()[0])
"""


@pytest.mark.parametrize(
    ("who", "ends"), [("web", ["10s", "5s", "30s"]), ("command", ["0", "0", "0"])]
)
def test_connections_that_serve_pages_have_an_end(who, ends):
    ran = subprocess.run(
        [sys.executable, "-c", ASK, who],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=True,
    )
    assert ran.stdout.split() == ends


@pytest.fixture
def impatient(transactional_db):
    """This process's connection gives up as one that serves pages does, only sooner."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")
        cursor.execute("SET statement_timeout = '600ms'")
    yield
    connection.close()


@pytest.fixture
def held_up():
    """Something holds what a reply wants, until the test is over: held_up(lock_topic, topic.pk)."""
    done = threading.Event()
    threads = []

    def hold(lock, *what):
        held = threading.Event()

        def work():
            try:
                with transaction.atomic():
                    lock(*what)
                    held.set()
                    done.wait(20)
            finally:
                connection.close()

        threads.append(threading.Thread(target=work))
        threads[-1].start()
        assert held.wait(20)

    yield hold
    done.set()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("what", ["the topic", "another form of hers"])
def test_a_row_that_stays_locked_is_said_and_the_text_comes_back(impatient, held_up, caplog, what):
    member = make_member("malee")
    topic = make_topic(member, make_board())
    client = signed_in(member)
    lock = (lock_topic, topic.pk) if what == "the topic" else (one_at_a_time, member)
    held_up(*lock)
    answer = client.post(f"/t/{topic.pk}/reply/", {"body": LETTERS})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "เว็บมีคนใช้มาก" in page
    assert LETTERS in page
    assert Post.objects.filter(number__gt=0).count() == 0
    (line,) = caplog.records
    assert line.getMessage() == f"LockNotAvailable: /t/{topic.pk}/reply/"
    assert line.exc_info is None


@pytest.mark.django_db
def test_of_two_that_wait_for_each_other_the_one_given_up_gets_its_text_back(monkeypatch, caplog):
    def crossed(**_said):
        raise OperationalError from DeadlockDetected()

    monkeypatch.setattr("forums.discussions.posts.views.actions.reply", crossed)
    member = make_member("malee")
    topic = make_topic(member, make_board())
    answer = signed_in(member).post(f"/t/{topic.pk}/reply/", {"body": LETTERS})
    assert answer.status_code == 503
    assert LETTERS in answer.content.decode()
    assert [line.getMessage() for line in caplog.records] == [
        f"DeadlockDetected: /t/{topic.pk}/reply/"
    ]


def test_a_statement_without_end_is_cut_off(impatient, monkeypatch, caplog):
    def sleep(_request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(5)")

    monkeypatch.setattr("forums.tags.views.Tag.objects.filter", lambda **_: sleep(None))
    answer = signed_in(None).get("/tags/")
    assert answer.status_code == 503
    assert [line.getMessage() for line in caplog.records] == ["QueryCanceled: /tags/"]


def test_acts_that_move_much_take_their_time(impatient):
    with transaction.atomic():
        take_time()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.8)")
