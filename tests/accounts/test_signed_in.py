"""accounts.signed_in: who reads is found with her session in one statement, and by what the session holds."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.models import Member
from accounts.signed_in import AuthenticationMiddleware
from roypalang.sessions import SessionStore
from tests.benchmarks.plans import queries_of

pytestmark = pytest.mark.django_db


def request_with(key: str | None):
    request = RequestFactory().get("/")
    request.session = SessionStore(key)
    AuthenticationMiddleware(lambda _request: HttpResponse())(request)
    return request


@pytest.fixture
def session(malee, login) -> str:
    return login(malee).session.session_key


def test_one_statement_finds_both_and_nobody_is_looked_up_before_she_is_asked_for(malee, session):
    with queries_of() as found:
        request = request_with(session)
        assert found == []
        assert request.user.is_authenticated
        assert request.user == malee
        assert request.session[SESSION_KEY] == str(malee.pk)
    assert len(found) == 1


def test_from_the_first_time_on_it_is_she_herself(malee, session):
    request = request_with(session)
    stand_in = request.user
    assert stand_in.pk == malee.pk
    assert type(request.user) is Member
    assert request.user is request._cached_user


def test_who_came_in_meanwhile_stays(malee, somchai, session):
    request = request_with(session)
    stand_in = request.user
    request.user = somchai
    assert stand_in.pk == malee.pk
    assert request.user is somchai


def test_a_session_that_was_read_before_says_nothing_of_her_who_may_have_changed(malee, session):
    request = request_with(session)
    assert request.session[SESSION_KEY]
    Member.objects.filter(pk=malee.pk).update(display_name="มาลี ใหม่")
    assert request.user.display_name == "มาลี ใหม่"


def test_whose_it_is_its_own_words_say_not_what_was_noted_of_it(malee, somchai, session):
    UserSession.objects.filter(session_key=session).update(user=somchai)
    assert request_with(session).user == malee
    UserSession.objects.all().delete()
    assert request_with(session).user == malee


@pytest.mark.parametrize("ended", ["suspended", "password", "gone"])
def test_one_that_counts_no_more_lets_nobody_in(malee, session, ended):
    if ended == "suspended":
        Member.objects.filter(pk=malee.pk).update(is_active=False)
    elif ended == "password":
        malee.set_password("ฝนตกที่หน้าต่าง 9 ครั้ง")
        malee.save()
    else:
        Session.objects.all().delete()  # what was noted of it stays a while
    assert request_with(session).user == AnonymousUser()


def test_a_stranger_is_nobody(malee):
    assert request_with(None).user == AnonymousUser()
    written = SessionStore()
    written["gave_password_of"] = malee.pk
    written.save()
    assert request_with(written.session_key).user == AnonymousUser()
