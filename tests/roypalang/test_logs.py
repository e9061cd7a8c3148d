"""Lines of the log: an object each, or for people; with the name of their request, and nobody's words or addresses."""

import json
import logging
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.urls import resolve

from accounts.models import Member
from roypalang import logs
from roypalang.logs import JsonLines, PlainLines, without_people
from roypalang.request_ids import begin


def record(message: str, *args, error: BaseException | None = None, **more) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("forums.x", logging.ERROR, "x.py", 1, message, args, info)
    vars(made).update(more)
    return made


def raised(call) -> BaseException:
    try:
        call()
    except Exception as error:
        return error
    raise AssertionError


def test_a_line_says_when_how_bad_where_for_which_request_on_which_page():
    request = RequestFactory().get("/boards/")
    request.resolver_match = resolve("/boards/")
    name = begin()
    line = json.loads(
        JsonLines().format(record("ห้อง %s\nnext", 7, request=request, told={"ms": 5}))
    )
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "ERROR",
        "logger": "forums.x",
        "message": "ห้อง 7\nnext",
        "request": name,
        "page": "boards",
        "ms": 5,
    }


def test_it_is_one_line_whatever_it_says():
    error = raised(lambda: int("x"))
    assert "\n" not in JsonLines().format(record("a\nb", error=error))


def test_for_people_the_name_of_the_request_stands_before_the_words():
    name = begin("letters")
    assert name.startswith("letters-")
    assert PlainLines().format(record("หมด")).endswith(f" ERROR forums.x [{name}]: หมด")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("mail to malee.s+x@example.co.th failed", "mail to … failed"),
        ("(<malee@example.org>)", "(<…>)"),
        ("from 203.0.113.9:4431", "from …:4431"),
        ("connect to 127.0.0.1:5432 and 10.0.0.7", "connect to 127.0.0.1:5432 and 10.0.0.7"),
        ("from 2001:db8:85a3::8a2e:370:7334", "from …"),
        ("from fe80::1", "from …"),
        ("at 03:12:44 on 2026-11-30, version 1.2.3", "at 03:12:44 on 2026-11-30, version 1.2.3"),
        ("SELECT x::text, b::date", "SELECT x::text, b::date"),
        ("call 081-234 5678 or +66812345678", "call … or …"),
        ("post 1234567890123 took 0.123 s", "post 1234567890123 took 0.123 s"),
        ("invalid literal: 'ความลับของมาลี'", "invalid literal: '…'"),
        ('relation "forums_topic" is gone', 'relation "forums_topic" is gone'),
        (f"'{'x' * 61}'", "'…'"),
        ("it isn't; they don't", "it isn't; they don't"),
    ],
)
def test_what_is_somebodys_is_masked(said, kept):
    assert without_people(said) == kept


def test_a_long_line_is_read_in_a_moment():
    for hostile in ("'" * 20_000, "a@" * 10_000, "1:" * 10_000, "0 " * 10_000, "\\'" * 10_000):
        without_people(hostile)


@pytest.mark.parametrize("form", [JsonLines, PlainLines])
def test_of_what_the_database_says_the_row_is_left_out(db, malee, form):
    key = malee.handle_key

    def twice():
        with transaction.atomic():
            Member.objects.create(handle="other", handle_key=key, email="other@example.org")

    error = raised(twice)
    assert isinstance(error, IntegrityError)
    assert key in str(error)
    line = form().format(record("broke", error=error))
    assert "duplicate key value violates unique constraint" in line
    assert "test_logs.py" in line
    assert key not in line
    assert "DETAIL" not in line


@pytest.mark.parametrize("form", [JsonLines, PlainLines])
def test_what_came_before_an_error_is_told_too(form):
    def both():
        try:
            int("x")
        except ValueError as error:
            raise KeyError("y") from error

    line = form().format(record("broke", error=raised(both)))
    assert line.index("ValueError") < line.index("KeyError")


def test_an_error_that_leads_to_itself_ends():
    error = raised(lambda: int("x"))
    error.__cause__ = other = KeyError("y")
    other.__cause__ = error
    assert "KeyError" in logs.told_error(error)


@pytest.mark.parametrize(("said", "json_lines"), [("json", True), ("lines", False)])
def test_the_form_is_chosen_by_the_environment(monkeypatch, said, json_lines):
    monkeypatch.setenv("LOG_FORMAT", said)
    assert logs.is_json() == json_lines
    assert isinstance(logs.lines(), JsonLines if json_lines else PlainLines)


def test_where_nothing_is_said_production_writes_for_programs(monkeypatch):
    monkeypatch.delenv("LOG_FORMAT", raising=False)
    monkeypatch.setattr(logs, "PRODUCTION", True)
    assert logs.is_json()
    monkeypatch.setattr(logs, "PRODUCTION", False)
    assert not logs.is_json()


def test_a_form_nobody_knows_is_said(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(ImproperlyConfigured, match="json or lines"):
        logs.lines()


def test_nothing_is_said_where_no_error_is():
    assert PlainLines().formatException(sys.exc_info()) == ""
