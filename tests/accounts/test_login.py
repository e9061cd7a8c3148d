"""Signing in by password or by a mailed code, and out; what happens to a suspended member."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Member
from tests.accounts.conftest import PASSWORD, code_in


def me(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("handle", "typed"),
    [
        ("malee", "malee"),
        ("malee", "MaLee"),
        ("malee", " malee "),
        ("malee", "\uff4d\uff41\uff4c\uff45\uff45"),
        ("น้ำใส7", "น้ำใส7"),
        ("น้ำใส7", "นํ้าใส๗"),
        ("น้ำใส7", "นำ้ใส7\u200b"),
        ("malee", "malee@example.org"),
        ("malee", "MALEE@Example.Org"),
    ],
)
def test_a_member_signs_in_by_handle_or_address_however_typed(client, join, handle, typed):
    member = join(handle, "malee@example.org")
    answer = client.post("/accounts/login/", {"login": typed, "password": PASSWORD})
    assert answer.status_code == 302
    assert me(client) == str(member.pk)


@pytest.mark.django_db
def test_the_session_gets_a_new_key_at_login(malee, login):
    client = Client()
    client.get("/accounts/login/?next=/settings/")
    client.session["before"] = 1
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    login(malee, client)
    assert client.session.session_key != before
    assert not client.session.exists(before)


@pytest.mark.django_db
def test_signing_out_takes_a_post(malee, login):
    client = login(malee)
    assert client.get("/accounts/logout/").status_code == 200
    assert me(client) == str(malee.pk)
    client.post("/accounts/logout/")
    assert me(client) is None


@pytest.mark.django_db
def test_a_wrong_password_and_a_wrong_name_read_the_same(client, malee):
    def answer(name: str) -> str:
        sent = client.post("/accounts/login/", {"login": name, "password": "ไม่ใช่ รหัสนี้"})
        body = sent.content.decode().replace(name, "NAME")
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)

    assert answer("malee@example.org") == answer("nobody@example.org")
    assert answer("malee") == answer("nobody")
    assert me(client) is None


@pytest.mark.django_db
def test_one_password_is_checked_whether_or_not_there_is_an_account(client, malee, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    work: list[str] = []
    real = MD5PasswordHasher.encode

    def counted(self, password, salt):
        work.append(password)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = {}
    for name in ["malee@example.org", "nobody@example.org", "malee", "nobody", "ไม่มี"]:
        work.clear()
        client.post("/accounts/login/", {"login": name, "password": "ไม่ใช่ รหัสนี้"})
        counts[name] = len(work)
    assert set(counts.values()) == {1}, counts


@pytest.mark.django_db
def test_an_unconfirmed_address_is_sent_the_link_again_and_is_not_in(client, join):
    join("malee", "malee@example.org", verified=False)
    answer = client.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
    assert answer.url == "/accounts/confirm-email/"
    assert len(mail.outbox) == 1
    assert me(client) is None


# -- by a mailed code ---------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("digits", ["0123456789", "๐๑๒๓๔๕๖๗๘๙"])
def test_a_mailed_code_signs_in_typed_in_thai_digits_too(client, malee, digits):
    answer = client.post("/accounts/login/code/", {"email": "malee@example.org"})
    assert answer.url == "/accounts/login/code/confirm/"
    [message] = mail.outbox
    assert message.subject == "[ร้อยพลัง] รหัสเข้าสู่ระบบ"
    code = code_in(message).translate(str.maketrans("0123456789", digits))
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert me(client) == str(malee.pk)


@pytest.mark.django_db
def test_a_code_is_good_for_three_tries(client, malee):
    client.post("/accounts/login/code/", {"email": "malee@example.org"})
    code = code_in(mail.outbox[0])
    for wrong in ["1111-1111", "2222-2222", "3333-3333"]:
        assert wrong != code
        client.post("/accounts/login/code/confirm/", {"code": wrong})
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert me(client) is None


@pytest.mark.django_db
def test_asking_for_a_code_tells_nobody_who_has_an_account(malee, somchai):
    somchai_gone = Member.objects.filter(pk=somchai.pk).update(is_active=False)
    assert somchai_gone

    def walk(address: str) -> list[str]:
        client = Client()
        pages = []
        for path, fields in [
            ("/accounts/login/code/", {"email": address}),
            ("/accounts/login/code/confirm/", {"code": "1111-1111"}),
            ("/accounts/login/code/confirm/", {"code": "1111-1112"}),
            ("/accounts/login/code/confirm/", {"code": "1111-1113"}),
        ]:
            page = client.post(path, fields, follow=True)
            body = page.content.decode().replace(address, "ADDRESS")
            pages.append(
                str(page.redirect_chain)
                + re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)
            )
        return pages

    known = walk("malee@example.org")
    assert known == walk("nobody@example.org")
    assert known == walk("somchai@example.org")  # suspended
    assert [message.to for message in mail.outbox] == [
        ["malee@example.org"],
        ["nobody@example.org"],
        ["somchai@example.org"],
    ]
    assert "ไม่มีบัญชีที่ใช้งานได้" in mail.outbox[1].body


# -- suspended ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_suspended_member_reads_why_she_cannot_come_in(client, malee):
    Member.objects.filter(pk=malee.pk).update(is_active=False)
    answer = client.post("/accounts/login/", {"login": "malee", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain == [("/accounts/inactive/", 302)]
    assert "บัญชีนี้ถูกพักอยู่" in answer.content.decode()
    assert me(client) is None


@pytest.mark.django_db
def test_only_the_right_password_learns_that_an_account_is_suspended(client, malee):
    Member.objects.filter(pk=malee.pk).update(is_active=False)
    answer = client.post("/accounts/login/", {"login": "malee", "password": "ไม่ใช่ รหัสนี้"})
    assert answer.status_code == 200
    assert "ระงับ" not in answer.content.decode()


@pytest.mark.django_db
def test_sessions_of_a_suspended_member_end(malee, login):
    client = login(malee)
    assert client.get("/settings/").status_code == 200
    Member.objects.filter(pk=malee.pk).update(is_active=False)
    assert client.get("/settings/").status_code == 302


@pytest.mark.django_db
def test_a_code_does_not_let_a_suspended_member_in(client, malee):
    client.post("/accounts/login/code/", {"email": "malee@example.org"})
    code = code_in(mail.outbox[0])
    Member.objects.filter(pk=malee.pk).update(is_active=False)
    answer = client.post("/accounts/login/code/confirm/", {"code": code})
    assert answer.url == "/accounts/inactive/"
    assert me(client) is None
