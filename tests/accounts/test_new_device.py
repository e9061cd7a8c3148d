"""A letter tells of a sign-in from a browser nobody used for the account before; and of no other."""

import pytest
from django.core import mail
from django.test import Client

from tests.accounts.conftest import PASSWORD
from tests.accounts.test_devices import by_code, signed_out, signs_in

pytestmark = pytest.mark.django_db
SUBJECT = "เข้าสู่ระบบจากเครื่องใหม่"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


@pytest.fixture
def hers(malee, login) -> Client:
    """The browser she signed in with before, signed out; letters so far forgotten."""
    client = signed_out(login(malee))
    mail.outbox.clear()
    return client


def letters() -> list[str]:
    return [letter.body for letter in mail.outbox if SUBJECT in letter.subject]


def test_a_new_browser_is_told_of_with_what_to_do(hers):
    assert signs_in(Client(headers={"user-agent": PHONE})) == 302
    (letter,) = letters()
    for words in (
        "Chrome บน Android",
        "127.0.0.1",
        "/accounts/sessions/",
        "/accounts/password/change/",
    ):
        assert words in letter


def test_her_own_browser_is_not(hers):
    assert signs_in(hers) == 302
    assert letters() == []


def test_nor_is_another_address_of_the_net(hers):
    hers.post(
        "/accounts/login/", {"login": "malee", "password": PASSWORD}, REMOTE_ADDR="198.51.100.77"
    )
    assert letters() == []


def test_nor_is_her_browser_after_a_new_password(hers, malee):
    malee.set_password("ปลาสามตัวในหนองน้ำใส")
    malee.save()
    assert signs_in(hers, password="ปลาสามตัวในหนองน้ำใส") == 302
    assert letters() == []


def test_a_code_by_mail_in_a_new_browser_is_told_of_too(hers):
    assert by_code(Client())
    assert len(letters()) == 1


def test_a_shared_browser_is_new_to_each_account_once(hers, somchai, malee):
    signs_in(Client(), "สมชาย")  # the first time of all
    mail.outbox.clear()
    signs_in(hers, "สมชาย")
    signed_out(hers)
    signs_in(hers, "สมชาย")
    assert [letter.to for letter in mail.outbox if SUBJECT in letter.subject] == [[somchai.email]]


def test_the_first_time_of_all_is_not_told_of(malee):
    assert malee.last_login is None
    assert signs_in(Client()) == 302
    assert letters() == []


def test_ten_a_day_are_enough(hers):
    for _n in range(12):
        signs_in(Client())
    assert len(letters()) == 10
