"""The pages of leaving: her password first, a letter that confirms, a button to stay."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import Member
from forums.base.personal import Farewell
from forums.notifications.actions import deliver
from forums.privacy.leaving import actions
from forums.privacy.leaving.models import Leaving, going
from tests.clients import signed_in
from tests.make import join, make_member, make_network

WORD = "คลองบ้านเราใสแล้ว"


@pytest.fixture
def her(db: None) -> Member:
    member = make_member("malee", email="malee@example.org", password=WORD)
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    return member


@pytest.fixture
def browser(her: Member) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": "malee", "password": WORD})
    client.post("/accounts/reauthenticate/", {"password": WORD})
    return client


def letters_link(name: str) -> str:
    deliver()
    return re.findall(rf"http://[^/]+(/settings/leave/{name}/\S+)", mail.outbox[-1].body)[0]


def test_her_password_is_asked_for_first(her):
    answer = signed_in(her).get("/settings/leave/")
    assert answer.status_code == 302
    assert "/reauthenticate/" in answer["Location"]


def test_from_the_form_over_the_letter_to_the_day_and_back(browser, her):
    assert browser.post("/settings/leave/", {}).status_code == 400
    assert browser.post("/settings/leave/", {"choice": "nameless"}).status_code == 302
    link = letters_link("confirm")
    visitor = Client()
    assert "@malee" in visitor.get(link).content.decode()
    assert Leaving.objects.get().confirmed_at is None, (
        "a program that looks at links confirms nothing"
    )
    assert "จะลบบัญชีวันที่" in visitor.post(link).content.decode()
    assert browser.get("/settings/privacy/").status_code == 302, "every device is signed out"
    stay = letters_link("stay")
    assert Leaving.objects.get().stopped_at is None
    assert visitor.get(stay).status_code == 200
    assert "ยังอยู่" in visitor.post(stay).content.decode()
    assert going(her.pk) is None


def test_she_is_told_when_she_signs_in_again_and_stays_by_a_button(her):
    leaving = actions.ask(member=her, choice=Farewell.EMPTIED)
    actions.confirm(leaving=leaving)
    client = Client()
    page = client.post("/accounts/login/", {"login": "malee", "password": WORD}, follow=True)
    assert "จะลบบัญชีวันที่" in page.content.decode()
    assert "จะลบบัญชีวันที่" in client.get("/settings/privacy/").content.decode()
    client.post("/settings/leave/stay/")
    assert going(her.pk) is None


def test_a_letter_of_before_a_new_choice_is_not_found(browser):
    browser.post("/settings/leave/", {"choice": "emptied"})
    old = letters_link("confirm")
    browser.post("/settings/leave/", {"choice": "named"})
    assert Client().get(old).status_code == 404
    assert Client().get(old[:-5] + "AAAA/").status_code == 404


def test_what_only_she_looks_after_is_named_with_a_way_to_it(browser, her):
    network = make_network("คนรักบึง", coordinator=her)
    join(network, make_member())
    page = browser.get("/settings/leave/").content.decode()
    assert "คนรักบึง" in page
    assert f"{network.get_absolute_url()}members/" in page
    assert browser.post("/settings/leave/", {"choice": "named"}).status_code == 409
