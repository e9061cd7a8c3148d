"""Wrong passwords by anybody shut nobody out of where she signed in before, and a mailed code works meanwhile."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from tests.accounts.conftest import PASSWORD, code_in
from tests.accounts.test_limits import WRONG, try_login

pytestmark = pytest.mark.django_db


def signs_in(client: Client, name: str = "malee", password: str = PASSWORD, **headers: str) -> int:
    """The status: 302 she is in, 200 a wrong password, 429 too many."""
    fields = {"login": name, "password": password}
    return client.post("/accounts/login/", fields, headers=headers).status_code


def signed_out(client: Client) -> Client:
    client.post("/accounts/logout/")
    return client


@pytest.fixture
def hers(malee, login) -> Client:
    """The browser she signed in with once, signed out."""
    return signed_out(login(malee))


def by_code(client: Client, address: str = "malee@example.org") -> bool:
    """Whether a mailed code lets her in."""
    client.post("/accounts/login/code/", {"email": address})
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    return "_auth_user_id" in client.session


def lock(name: str = "malee") -> None:
    """As a stranger does."""
    while try_login(name) != 429:
        pass


def test_a_stranger_does_not_shut_her_out_of_her_own_browser(hers):
    lock()
    assert signs_in(Client()) == 429
    assert signs_in(hers) == 302


def test_nor_do_all_who_stand_behind_her_address_of_the_net(hers, malee):
    for n in range(60):
        try_login(f"nobody{n}")
    assert signs_in(Client()) == 429
    assert signs_in(hers) == 302


def test_her_browser_has_five_tries_of_its_own_which_count_for_nobody_else(hers):
    assert [signs_in(hers, password=WRONG) for _ in range(6)] == [200] * 5 + [429]
    assert signs_in(Client()) == 302


def test_the_right_password_is_no_way_to_make_us_work_either(hers):
    assert [signs_in(signed_out(hers)) for _ in range(11)] == [302] * 10 + [429]


def test_a_browser_is_known_to_each_who_signed_in_from_it_and_to_no_other(
    hers, somchai, join, login
):
    login(somchai, hers)
    signed_out(hers)
    join("nong", "nong@example.org")
    for name in ("malee", "สมชาย", "nong"):
        lock(name)
    assert [signs_in(signed_out(hers), name) for name in ("malee", "สมชาย", "nong")] == [
        302,
        302,
        429,
    ]


def test_with_another_password_every_browser_is_a_stranger_again(hers, malee):
    malee.set_password("ฝนตกที่หน้าต่าง 9 ครั้ง")
    malee.save()
    lock()
    assert signs_in(hers, password="ฝนตกที่หน้าต่าง 9 ครั้ง") == 429


@pytest.mark.parametrize(
    "forged",
    ["", ".", "known", "a" * 16, f"{'a' * 16}.{'0' * 32}", "a.b", f"{'a' * 16}." + "0" * 4000],
)
def test_a_forged_mark_makes_no_browser_known(malee, forged):
    lock()
    client = Client()
    client.cookies["known"] = forged
    assert signs_in(client) == 429


def test_the_mark_is_kept_where_nothing_but_signing_in_reads_it(hers, malee):
    mark = hers.cookies["known"]
    assert mark["path"] == "/accounts/"
    assert mark["httponly"]
    assert mark["samesite"] == "Lax"
    assert "malee" not in mark.value
    assert len(mark.value) < 200


def test_the_page_that_refuses_leads_to_a_mailed_code_and_the_code_lets_her_in(malee):
    lock()
    for n in range(60):
        try_login(f"nobody{n}")
    fields = {"login": "malee", "password": PASSWORD, "next": "/settings/"}
    page = Client().post("/accounts/login/", fields)
    assert page.status_code == 429
    assert page["Retry-After"] == "300"
    words = page.content.decode()
    assert "รหัสทางอีเมล" in words
    assert "/accounts/login/code/?next=%2Fsettings%2F" in words
    assert PASSWORD not in words
    assert by_code(Client())


def test_what_a_locked_name_is_told_does_not_say_whether_there_is_one(malee):
    def told(name: str) -> str:
        lock(name)
        page = Client().post("/accounts/login/", {"login": name, "password": WRONG})
        return page.content.decode().replace(name, "NAME")

    assert told("malee") == told("nobody")


def test_failed_codes_of_the_second_step_do_not_lock_the_first(malee, somchai):
    TOTP.activate(malee, generate_totp_secret())
    client = Client()
    assert signs_in(client) == 302
    codes = [
        client.post("/accounts/2fa/authenticate/", {"code": f"00000{n}"}).status_code
        for n in range(6)
    ]
    assert codes == [200] * 5 + [429]
    assert signs_in(Client()) == 302
    assert signs_in(Client(), "สมชาย") == 302


def test_who_is_in_and_is_asked_again_is_not_shut_out_either(malee, login):
    client = login(malee)
    lock()
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
