"""Sessions are Django's; how one is found is ours."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from roypalang.sessions import SessionStore
from tests.benchmarks.plans import queries_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wrote", "reads"), [(db.SessionStore, SessionStore), (SessionStore, db.SessionStore)]
)
def test_each_reads_what_the_other_wrote(wrote, reads):
    written = wrote()
    written["name"] = "มาลี"
    written.save()
    assert dict(reads(written.session_key).items()) == {"name": "มาลี"}


def test_one_that_is_over_or_unknown_is_empty_and_gets_another_name():
    written = SessionStore()
    written["name"] = "มาลี"
    written.save()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    for key in (written.session_key, "x" * 32):
        read = SessionStore(key)
        assert dict(read.items()) == {}
        assert read.session_key is None


def test_one_that_was_not_signed_here_is_empty():
    written = SessionStore()
    written.save()
    Session.objects.update(session_data="eyJhIjoxfQ:1:x")
    assert dict(SessionStore(written.session_key).items()) == {}


def test_a_page_finds_its_session_by_one_prepared_statement(as_, malee):
    client = as_(malee)
    with queries_of() as found:
        assert client.get("/").status_code == 200
    (asked,) = [query for query in found if "django_session" in query.sql]
    assert asked.prepared
