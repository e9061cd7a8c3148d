"""Wrong passwords and letters asked for by anybody shut nobody out of where she signed in before; what works, is said."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from tests.accounts.conftest import PASSWORD, code_in
from tests.accounts.test_limits import WRONG, try_login
from tests.codes import code_now

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


# -- letters: codes, new passwords, confirmations ------------------------------------------------


def ask(page: str, client: Client | None = None, place: int = 1, email: str = "malee@example.org"):
    """Somebody at another address of the net for each `place` asks for a letter to hers."""
    fields = {"email": email}
    return (client or Client()).post(f"/accounts/{page}/", fields, REMOTE_ADDR=f"203.0.113.{place}")


@pytest.fixture
def minutes_pass(monkeypatch) -> Callable[[float], None]:
    """Let so many minutes go by on the clock the counts are kept by."""
    real, gone = time.time, [0.0]
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: real() + gone[0])

    def go_by(minutes: float) -> None:
        gone[0] += minutes * 60

    return go_by


def use_up(page: str, minutes_pass: Callable[[float], None]) -> int:
    """As strangers do, from many places, until no letter goes out any more; how many did."""
    place = 1
    while ask(page, place=place).status_code != 429:
        while ask(page, place=place).status_code != 429:
            minutes_pass(25)
        place += 1
    sent = len(mail.outbox)
    mail.outbox.clear()
    return sent


@pytest.mark.parametrize(("page", "most"), [("login/code", 20), ("password/reset", 10)])
def test_strangers_who_ask_all_day_keep_no_letter_from_her_own_browser(
    hers, minutes_pass, page, most
):
    assert use_up(page, minutes_pass) == most
    minutes_pass(25)
    assert ask(page).status_code == 429
    assert ask(page, hers).status_code == 302
    assert [letter.to for letter in mail.outbox] == [["malee@example.org"]]


def test_nor_do_all_who_ask_behind_her_address_of_the_net(hers):
    for n in range(20):
        ask("login/code", email=f"nobody{n}@example.org")
    assert ask("login/code").status_code == 429
    assert ask("login/code", hers).status_code == 302


@pytest.mark.parametrize(("page", "most"), [("login/code", 10), ("password/reset", 5)])
def test_one_place_uses_up_half_of_what_an_account_has(malee, minutes_pass, page, most):
    while ask(page).status_code != 429:
        minutes_pass(25)
    assert len(mail.outbox) == most
    assert ask(page, place=2).status_code == 302


@pytest.mark.parametrize(("page", "most"), [("login/code", 10), ("password/reset", 5)])
def test_her_own_browser_has_a_small_limit_too(hers, minutes_pass, page, most):
    for _ in range(most):
        assert ask(page, hers).status_code == 302
        minutes_pass(25)
    assert ask(page, hers).status_code == 429
    assert ask(page).status_code == 302


@pytest.mark.parametrize(
    ("page", "works", "way"),
    [
        ("login/code", ["รหัสผ่านหรือพาสคีย์", "เบราว์เซอร์อื่น"], "/accounts/login/"),
        ("password/reset", ["ลิงก์ในอีเมลฉบับล่าสุด", "พาสคีย์"], "/accounts/login/code/"),
    ],
)
def test_the_refusal_says_what_still_works_and_when(malee, page, works, way):
    while (refused := ask(page)).status_code != 429:
        pass
    words = refused.content.decode()
    assert all(each in words for each in works)
    assert f'href="{way}"' in words
    wait = int(refused["Retry-After"])
    assert (50 <= wait <= 60) if page == "login/code" else wait > 80_000
    assert ("วินาที" if page == "login/code" else "24 ชั่วโมง") in words
    assert "malee@example.org" in words  # what she typed


@pytest.mark.parametrize("page", ["login/code", "password/reset"])
def test_a_refused_letter_does_not_say_whether_there_is_an_account(malee, page):
    def told(email: str) -> str:
        while (refused := ask(page, email=email)).status_code != 429:
            pass
        page_told = refused.content.decode().replace(email, "ADDRESS")
        return re.sub(r"\b\d+\b", "N", page_told)  # a second may have gone by between the two

    assert told("malee@example.org") == told("nobody@example.org")


def test_who_signs_up_with_her_address_all_day_keeps_no_letter_from_her(join, minutes_pass):
    join("malee", "malee@example.org", verified=False)
    for n in range(20):
        fields = {"email": "malee@example.org", "username": f"thief{n}", "password1": PASSWORD}
        Client().post(
            "/accounts/signup/",
            fields | {"age": "on", "consent": "on"},
            REMOTE_ADDR=f"203.0.113.{n}",
        )
        minutes_pass(4)
    assert len(mail.outbox) == 10
    signs_in(Client())  # she has the password, and is asked to confirm first
    assert len(mail.outbox) == 11
    assert "confirm-email" in mail.outbox[-1].body


def test_nor_from_a_member_who_changes_to_that_address(malee, sure, minutes_pass):
    for n in range(20):
        fields = {"email": "new@example.org", "username": f"thief{n}", "password1": PASSWORD}
        Client().post(
            "/accounts/signup/",
            fields | {"age": "on", "consent": "on"},
            REMOTE_ADDR=f"203.0.113.{n}",
        )
        minutes_pass(4)
    mail.outbox.clear()
    client = sure(malee)
    client.post("/accounts/email/", {"action_add": "1", "email": "new@example.org"})
    assert [letter.to for letter in mail.outbox] == [["new@example.org"]]


def test_who_asks_for_the_same_confirmation_again_is_told_why_none_goes_out(malee, sure):
    client = sure(malee)
    client.post("/accounts/email/", {"action_add": "1", "email": "new@example.org"})
    client.get("/accounts/email/")  # what was said of the first
    again = {"action_send": "1", "email": "new@example.org"}
    page = client.post("/accounts/email/", again, follow=True).content.decode()
    assert len(mail.outbox) == 1
    assert "ลิงก์ในนั้นยังใช้ได้" in page
    assert "3 นาที" in page
    assert "ส่งอีเมลไปที่" not in page


# -- the second step -----------------------------------------------------------------------------


def second_step(client: Client, code: str = "000000") -> int:
    signs_in(client)
    return client.post("/accounts/2fa/authenticate/", {"code": code}).status_code


def test_who_has_her_password_keeps_no_second_step_from_her_own_browser(hers, malee):
    secret = generate_totp_secret()
    TOTP.activate(malee, secret)
    assert [second_step(Client()) for _ in range(6)] == [200] * 5 + [429]
    assert second_step(hers, code_now(secret)) == 302


def test_nor_from_who_is_in_and_is_asked_again(sure, malee):
    client = sure(malee)
    secret = generate_totp_secret()
    TOTP.activate(malee, secret)
    while second_step(Client()) != 429:
        pass
    code = {"code": code_now(secret)}
    assert client.post("/accounts/2fa/reauthenticate/", code).status_code == 302


def test_the_refusal_of_the_second_step_says_what_works_and_when(malee):
    TOTP.activate(malee, generate_totp_secret())
    client = Client()
    signs_in(client)
    for n in range(6):
        refused = client.post("/accounts/2fa/authenticate/", {"code": f"00000{n}"})
    assert refused.status_code == 429
    assert 290 <= int(refused["Retry-After"]) <= 300
    words = refused.content.decode()
    assert "5 นาที" in words
    assert "พาสคีย์" in words
    assert 'href="/accounts/login/"' in words
