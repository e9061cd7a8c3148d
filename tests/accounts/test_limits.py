"""Tries are counted: the last allowed one goes through, the next is 429, and no disguise helps."""

import time

import pytest
from django.core import mail
from django.test import Client

from accounts.models import PICTURE_SIZES
from roypalang.pictures import encode
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_views import picture

WRONG = "ไม่ใช่ รหัสนี้"


def try_login(name: str, client: Client | None = None, **headers: str) -> int:
    return (
        (client or Client())
        .post("/accounts/login/", {"login": name, "password": WRONG}, headers=headers)
        .status_code
    )


@pytest.mark.django_db
def test_the_sixth_wrong_password_in_five_minutes_is_429_in_thai(malee):
    assert [try_login("malee") for _ in range(5)] == [200] * 5
    answer = Client().post("/accounts/login/", {"login": "malee", "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert '<html lang="th"' in answer.content.decode()
    assert "_auth_user_id" not in answer.wsgi_request.session


@pytest.mark.django_db
@pytest.mark.parametrize(
    "disguise",
    [
        "MALEE",
        " malee",
        "\uff4d\uff41\uff4c\uff45\uff45",
        "malee\u200b",
        "malee@example.org",
        "Malee@EXAMPLE.org",
    ],
)
def test_another_spelling_of_the_same_name_is_the_same_count(malee, disguise):
    for _ in range(5):
        try_login("malee")
    assert try_login(disguise) == 429


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nobody", "nobody@example.org", "ไม่มีใคร"])
def test_a_name_nobody_has_is_counted_alike(name):
    assert [try_login(name) for _ in range(6)] == [200] * 5 + [429]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header",
    [
        {"x-forwarded-for": "203.0.113.9"},
        {"x-forwarded-for": "203.0.113.9, 198.51.100.7"},
        {"x-real-ip": "203.0.113.9"},
        {"forwarded": "for=203.0.113.9"},
        {"host": "localhost:8123"},
        {"user-agent": "another"},
    ],
)
def test_a_forged_header_does_not_begin_a_new_count(malee, header):
    for _ in range(5):
        try_login("malee")
    assert try_login("malee", **header) == 429


@pytest.mark.django_db
def test_one_place_may_try_sixty_times_a_minute_whatever_the_names():
    """A whole village stands behind one address of a telephone net."""
    statuses = [try_login(f"member{n}", **{"x-forwarded-for": f"203.0.113.{n}"}) for n in range(61)]
    assert statuses == [200] * 60 + [429]


@pytest.mark.django_db
def test_the_right_password_does_not_wipe_the_count(malee, somchai):
    """Else a thief puts his own login between each of his guesses."""
    for _ in range(4):
        try_login("malee")
    assert (
        Client().post("/accounts/login/", {"login": "สมชาย", "password": PASSWORD}).status_code
        == 302
    )
    assert [try_login("malee") for _ in range(2)] == [200, 429]


@pytest.mark.django_db
def test_after_the_minutes_have_passed_one_may_try_again(malee, monkeypatch):
    for _ in range(6):
        try_login("malee")
    later = time.time() + 301
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later)
    assert try_login("malee") == 200


@pytest.mark.django_db
def test_links_for_a_new_password_are_counted_by_address_and_by_place():
    def ask(address: str) -> int:
        return Client().post("/accounts/password/reset/", {"email": address}).status_code

    assert [ask(a) for a in ["malee@example.org"] * 4 + ["MALEE@Example.org"] * 2] == [302] * 5 + [
        429
    ]
    assert len(mail.outbox) == 5
    assert [ask(f"m{n}@example.org") for n in range(14)] == [302] * 14
    assert ask("last@example.org") == 429


@pytest.mark.django_db
def test_mailed_codes_are_counted_by_address():
    def ask(address: str) -> int:
        return Client().post("/accounts/login/code/", {"email": address}).status_code

    assert [ask(a) for a in ["malee@example.org"] * 2 + ["Malee@Example.org"] * 2] == [302] * 3 + [
        429
    ]
    assert len(mail.outbox) == 3


@pytest.mark.django_db
def test_mails_to_confirm_an_address_go_out_once_in_three_minutes(join):
    """However often one signs up or in with it (Discourse, CVE-2022-31184)."""
    join("malee", "malee@example.org", verified=False)
    for name in ["malee", "malee@example.org", "MALEE"]:
        Client().post("/accounts/login/", {"login": name, "password": PASSWORD})
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_signing_up_twenty_times_a_minute_from_one_place_is_enough():
    def send(n: int) -> int:
        return Client().post("/accounts/signup/", {"email": f"m{n}@example.org"}).status_code

    assert [send(n) for n in range(21)] == [200] * 20 + [429]


@pytest.mark.django_db
def test_guesses_at_the_second_factor_are_counted(malee, sure):
    client = sure(malee)
    client.get("/accounts/2fa/totp/activate/")
    statuses = [
        client.post("/accounts/2fa/totp/activate/", {"code": f"00000{n}"}).status_code
        for n in range(6)
    ]
    assert statuses == [200] * 5 + [429]


@pytest.mark.django_db
def test_typing_ones_password_again_is_counted(malee, login):
    client = login(malee)
    statuses = [
        client.post("/accounts/reauthenticate/", {"password": WRONG}).status_code for _ in range(6)
    ]
    assert statuses == [200] * 5 + [429]


@pytest.mark.django_db
def test_pictures_are_counted_and_the_words_kept(malee, as_, monkeypatch):
    """Each takes a second of work here."""
    made = encode(picture((80, 80)), widths=PICTURE_SIZES, square=True)
    monkeypatch.setattr("forums.base.picture_taking.encode", lambda _file, **_how: made)
    client = as_(malee)

    def send() -> tuple[int, str]:
        fields = {"picture": picture((80, 80)), "bio": "เรื่องของฉัน"}
        answer = client.post("/settings/profile/", fields)
        return answer.status_code, answer.content.decode()

    assert [send()[0] for _ in range(10)] == [302] * 10
    status, body = send()
    assert status == 429
    assert "เรื่องของฉัน" in body


@pytest.mark.django_db
def test_who_signs_up_where_many_did_is_told_how_long_to_wait_and_what_to_try_meanwhile(
    monkeypatch,
):
    real, gone = time.time, [0.0]
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: real() + gone[0])
    for n in range(100):
        gone[0] += 6
        Client().post("/accounts/signup/", {"email": f"m{n}@example.org"})
    gone[0] += 6
    fields = {"email": "last@example.org", "password1": PASSWORD}
    refused = Client().post("/accounts/signup/", fields)
    assert refused.status_code == 429
    assert 2900 < int(refused["Retry-After"]) <= 3000
    words = refused.content.decode()
    assert "50 นาที" in words
    assert "เน็ตมือถือ" in words
    assert "last@example.org" in words
    assert PASSWORD not in words


@pytest.mark.django_db
def test_who_changes_her_address_too_often_is_told_how_long_to_wait(malee, sure, monkeypatch):
    client = sure(malee)
    real, gone = time.time, [0.0]
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: real() + gone[0])
    for _ in range(20):
        gone[0] += 10
        assert client.post("/accounts/email/", {"action_send": "1"}).status_code == 302
    refused = client.post("/accounts/email/", {"action_add": "1", "email": "new@example.org"})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 80_000
    assert "24 ชั่วโมง" in refused.content.decode()


@pytest.mark.django_db
def test_a_code_typed_wrong_three_times_leads_to_a_new_one(malee):
    client = Client()
    client.post("/accounts/login/code/", {"email": "malee@example.org"})
    for n in range(3):
        answer = client.post("/accounts/login/code/confirm/", {"code": f"0000000{n}"}, follow=True)
    assert answer.request["PATH_INFO"] == "/accounts/login/code/"
    assert "ขอรหัสใหม่" in answer.content.decode()
