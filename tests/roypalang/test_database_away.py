"""The database is away: 503 in Thai, soon to be asked again, and one line of log, whoever asks for what."""

import logging
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.test import Client

from forums.base.database import is_away
from roypalang import error_pages
from tests.make import make_member, make_topic
from tests.valid_html import faults

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "ข้อความยาว <b> ที่พิมพ์ตั้งนาน"


@pytest.fixture(autouse=True)
def _nothing_said_yet(monkeypatch):
    monkeypatch.setattr(error_pages, "_say_away", error_pages._Away())


@contextmanager
def away():
    """PostgreSQL is asked for where nobody listens."""
    params = connection.get_connection_params()
    connection.close()
    with pytest.MonkeyPatch.context() as patch:
        nobody = {**params, "host": "127.0.0.1", "port": 1}
        patch.setattr(connection, "get_connection_params", lambda: nobody)
        yield
        connection.close()


def browser(member=None) -> Client:
    client = Client(raise_request_exception=False)
    if member:
        client.force_login(member)
    return client


@pytest.mark.parametrize("path", ["/", "/boards/", "/t/1/", "/networks/", "/search/?q=x"])
@pytest.mark.parametrize("inside", [False, True])
def test_every_page_is_a_503_in_thai(path, inside, caplog):
    client = browser(make_member() if inside else None)
    with away():
        answer = client.get(path)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "no-store" in answer["Cache-Control"]
    assert "รอสักหนึ่งนาทีแล้วลองใหม่" in answer.text
    (line,) = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert "The database is away" in line.getMessage()
    assert (line.exc_info, "\n" in line.getMessage()) == (None, False)


def test_who_has_a_session_and_sends_a_form_gets_her_text_back():
    client = browser(make_member())
    ours = {"Sec-Fetch-Site": "same-origin"}
    with away():
        answer = client.post("/t/1/reply/", {"body": TEXT}, headers=ours)
        strangers = client.post(
            "/t/1/reply/", {"body": TEXT}, headers={"Sec-Fetch-Site": "cross-site"}
        )
    assert (answer.status_code, strangers.status_code) == (503, 503)
    assert "ข้อความยาว &lt;b&gt;" in answer.text
    assert "ข้อความยาว" not in strangers.text


def test_the_page_is_html_without_a_fault(tmp_path):
    client = browser(make_member())
    ours = {"Sec-Fetch-Site": "same-origin"}
    with away():
        pages = {
            "a page": client.get("/").text,
            "a form": client.post("/t/1/reply/", {"body": TEXT}, headers=ours).text,
        }
    assert faults(pages, tmp_path) == []


def test_scripts_get_json_or_one_line():
    client = browser(make_member())
    with away():
        answer = client.post("/preview/", headers={"Accept": "application/json"})
        part = browser().get("/", headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, list(answer.json())) == (503, ["error"])
    assert (part.status_code, part.text.startswith('<p class="error"')) == (503, True)


def test_the_site_is_back_as_soon_as_the_database_is():
    client = browser()
    with away():
        assert client.get("/boards/").status_code == 503
    assert client.get("/boards/").status_code == 200


def test_an_outage_is_a_line_a_second_that_counts_the_requests(monkeypatch, caplog):
    clock = iter([1.0, 1.2, 1.4, 2.1])
    monkeypatch.setattr(error_pages.time, "monotonic", lambda: next(clock))
    say = error_pages._Away()
    for _each in range(4):
        say(OperationalError("connection refused\nIs the server running?"))
    assert [record.args[0] for record in caplog.records] == [1, 3]


def test_a_connection_that_is_cut_is_away_and_a_statement_that_fails_is_not():
    with pytest.raises(OperationalError) as cut, connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connection.close()
    assert is_away(cut.value)
    assert is_away(InterfaceError("connection already closed"))
    with pytest.raises(DatabaseError) as failed, transaction.atomic():
        connection.cursor().execute("SET LOCAL statement_timeout = 10; SELECT pg_sleep(1)")
    assert not is_away(failed.value)
    with pytest.raises(DatabaseError) as wrong, transaction.atomic():
        connection.cursor().execute("SELECT 1 / 0")
    assert not is_away(wrong.value)
    assert not is_away(ValueError())
    assert not is_away(None)


def test_no_room_left_in_the_database_is_a_503_with_what_was_typed():
    topic = make_topic(make_member())
    client = browser(make_member())
    full = "RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'"
    with connection.cursor() as cursor:
        cursor.execute(f"""CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {full}; END $$;
            CREATE TRIGGER no_room BEFORE INSERT ON forums_post FOR EACH ROW EXECUTE FUNCTION no_room()""")
    fields = {"body": TEXT, "to": "", "speak_from": "0"}
    ours = {"Sec-Fetch-Site": "same-origin"}
    try:
        answer = client.post(f"/t/{topic.pk}/reply/", fields, headers=ours)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION no_room CASCADE")
    assert answer.status_code == 503
    assert "ข้อความยาว &lt;b&gt;" in answer.text
    assert client.post(f"/t/{topic.pk}/reply/", fields, headers=ours).status_code == 302


def test_what_is_broken_otherwise_is_a_500_with_its_traceback(monkeypatch, caplog):
    def broken(*_args, **_kwargs):
        raise RuntimeError("a bug")

    monkeypatch.setattr("forums.pictures.views.preview_html", broken)
    answer = browser(make_member()).post("/preview/", {"body": "ก"})
    assert answer.status_code == 500
    assert caplog.records[-1].exc_info
