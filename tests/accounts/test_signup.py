"""Signing up: the walk from the form to being in, and what is refused on the way."""

import threading

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client

from accounts import actions
from accounts.models import Consent, Member, Said
from tests.accounts.conftest import PASSWORD, code_in, link_in


def form(**fields: str) -> dict[str, str]:
    return {
        "email": "malee@example.org",
        "username": "มาลี.คำหล้า",
        "password1": PASSWORD,
        "age": "on",
        "consent": "on",
    } | fields


@pytest.mark.django_db
def test_a_thai_handle_signs_up_confirms_by_mail_and_is_in(client, settings):
    answer = client.post("/accounts/signup/", form())
    assert answer.status_code == 302
    assert answer.url == "/accounts/confirm-email/"
    member = Member.objects.get(handle="มาลี.คำหล้า")
    assert member.display_name == "มาลี.คำหล้า"
    assert "_auth_user_id" not in client.session  # not before the address is confirmed

    [message] = mail.outbox
    assert message.to == ["malee@example.org"]
    assert message.subject == "[ร้อยพลัง] ยืนยันอีเมลของท่าน"
    assert message.body.index("/accounts/confirm-email/") < message.body.index("ถ้าไม่ใช่ท่าน")
    page = client.get(link_in(message))
    assert page.status_code == 200
    answer = client.post(link_in(message))
    assert answer.status_code == 302
    assert answer.url == "/welcome/"
    assert client.session["_auth_user_id"] == str(member.pk)
    assert EmailAddress.objects.get(user=member).verified


@pytest.mark.django_db
def test_consent_is_kept_with_its_wording_and_time(client, settings):
    client.post("/accounts/signup/", form())
    consents = Consent.objects.filter(member__handle="มาลี.คำหล้า").order_by("pk")
    assert [each.kind for each in consents] == [Said.TERMS, Said.NOTICE, Said.AGE]
    assert {each.version for each in consents} == {settings.CONSENT_VERSION}
    assert all(each.given_at and each.withdrawn_at is None for each in consents)


@pytest.mark.django_db
def test_without_consent_nobody_is_signed_up(client):
    fields = form()
    del fields["consent"]
    answer = client.post("/accounts/signup/", fields)
    assert "ต้องตกลงตามกติกา" in answer.content.decode()
    assert not Member.objects.exists()


@pytest.mark.django_db
def test_the_password_is_hashed_with_argon2(client, settings):
    from roypalang.settings import PASSWORD_HASHERS

    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    client.post("/accounts/signup/", form())
    assert Member.objects.get().password.startswith("argon2$argon2id$")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "handle",
    [
        "นาาาา",  # vowels stacked
        "มาลีmalee",  # two scripts
        "ก",
        "ก" * 41,
        "12345",
        "มา ลี",
        "ma\u0440ia",  # a Cyrillic р
        "admin",
        "ผู้ดูแล",
        "r\u043eypalang",
        "roypalang1",
        "\u200b\u200b\u200b",
        "<script>",
        "../..",
    ],
)
def test_a_handle_against_the_rules_is_refused(client, handle):
    answer = client.post("/accounts/signup/", form(username=handle))
    assert answer.status_code == 200
    assert 'id="id_username_error"' in answer.content.decode()
    assert not Member.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        ("malee", "Malee"),
        ("malee", "MALEE"),
        ("malee", "\uff4d\uff41\uff4c\uff45\uff45"),  # full width
        ("somchai", "s0mchai"),
        ("corner", "comer"),
        ("น้ำใส", "นํ้าใส"),  # NIKHAHIT and SARA AA
        ("มาลี", "มาลี\u200b"),
        ("เเก้ว", "แก้ว"),  # two SARA E look like SARA AE
        ("มาลี7", "มาลี๗"),
    ],
)
def test_a_handle_that_is_or_looks_like_one_taken_is_refused(client, join, there, wanted):
    join(there, "first@example.org")
    answer = client.post("/accounts/signup/", form(username=wanted))
    body = answer.content.decode()
    assert 'id="id_username_error"' in body
    assert Member.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("there", "wanted"), [("แดง", "แต่ง"), ("ดาว", "ตาว"), ("ma.lee", "malee")])
def test_handles_a_reader_can_tell_apart_are_two_people(client, join, there, wanted):
    join(there, "first@example.org")
    client.post("/accounts/signup/", form(username=wanted))
    assert Member.objects.count() == 2


@pytest.mark.django_db
def test_a_handle_that_merely_resembles_a_moderators_is_refused(client, join):
    join("คุณแดง", "first@example.org")
    Member.objects.update(is_staff=True)
    client.post("/accounts/signup/", form(username="คุณแตง"))
    assert Member.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["นํ้าใส๗", "น้้ำใส7", "นำ้ใส7", " น้ำใส๗\u200b"])
def test_what_is_stored_is_the_normal_form(client, typed):
    client.post("/accounts/signup/", form(username=typed))
    assert Member.objects.get().handle == "น้ำใส7"


@pytest.mark.django_db
def test_an_address_is_one_whatever_the_case(client, join):
    join("somchai", "malee@example.org")
    answer = client.post("/accounts/signup/", form(email="MALEE@Example.ORG"))
    assert answer.url == "/accounts/confirm-email/"
    assert Member.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"email": "no address"},
        {"email": "a" * 250 + "@example.org"},
        {"email": "malee@example.org\r\nBcc: all@example.org"},
        {"email": "malee\0@example.org"},
        {"username": "ma\0lee"},
        {"password1": "password12"},
        {"password1": "short"},
        {"password1": "malee@example.org"},
        {"password1": ""},
    ],
)
def test_bad_fields_are_told_and_the_rest_is_kept(client, fields):
    answer = client.post("/accounts/signup/", form(**fields))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="error"' in body
    assert PASSWORD not in body
    if "username" not in fields:
        assert "มาลี.คำหล้า" in body
    assert not Member.objects.exists()
    assert not mail.outbox


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("handles", "emails"),
    [
        (["มาลี"] * 6, [f"m{n}@example.org" for n in range(6)]),
        (
            ["malee", "Malee", "ma1ee", "MALEE", "maIee", "malee"],
            [f"m{n}@example.org" for n in range(6)],
        ),
        ([f"member{n}" for n in range(6)], ["malee@example.org"] * 6),
    ],
    ids=["one handle", "look-alikes", "one address"],
)
def test_many_at_once_with_one_name_make_one_member_and_no_error(handles, emails):
    answers: list[tuple[int, str]] = []
    start = threading.Barrier(len(handles))

    def send(handle: str, email: str) -> None:
        try:
            start.wait()
            answer = Client().post("/accounts/signup/", form(username=handle, email=email))
            answers.append((answer.status_code, answer.content.decode()))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=send, args=pair) for pair in zip(handles, emails, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == len(handles)
    assert Member.objects.count() == 1
    assert EmailAddress.objects.count() == 1
    if len(set(emails)) == 1:  # nobody learns that the address was taken
        assert {status for status, _body in answers} == {302}
    else:
        assert sorted(status for status, _body in answers) == [200] * 5 + [302]
        for status, body in answers:
            assert status == 302 or 'id="id_username_error"' in body


@pytest.mark.django_db
def test_a_handle_taken_between_the_look_and_the_insert_is_a_word_in_the_form(client, monkeypatch):
    def taken(**_fields):
        raise actions.HandleTaken

    monkeypatch.setattr("accounts.forms.sign_up", taken)
    answer = client.post("/accounts/signup/", form())
    assert answer.status_code == 200
    assert "มีคนใช้แล้ว" in answer.content.decode()
    assert "malee@example.org" in answer.content.decode()


@pytest.mark.django_db
def test_a_stranger_cannot_say_who_she_is_by_other_fields(client):
    client.post(
        "/accounts/signup/",
        form(is_staff="1", is_superuser="1", trust_level="4", id="1", user="1", is_active="1"),
    )
    member = Member.objects.get()
    assert (member.is_staff, member.is_superuser, member.trust_level) == (False, False, 0)


@pytest.mark.django_db
def test_signing_up_tells_nobody_who_has_an_account(join):
    join("somchai", "known@example.org")

    def walk(address: str, handle: str) -> tuple[list[tuple[str, int]], str]:
        page = Client().post("/accounts/signup/", form(email=address, username=handle), follow=True)
        return page.redirect_chain, page.content.decode().replace(address, "ADDRESS")

    assert walk("known@example.org", "มาลี") == walk("new@example.org", "สมหญิง")
    assert [message.to for message in mail.outbox] == [["known@example.org"], ["new@example.org"]]
    assert mail.outbox[0].subject == "[ร้อยพลัง] ท่านมีบัญชีอยู่แล้ว"
    # A second try is as silent for the one as for the other.
    assert walk("known@example.org", "มานี") == walk("new@example.org", "มานะ")
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_one_password_is_hashed_whether_or_not_there_is_an_account(client, join, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    join("somchai", "known@example.org")
    work: list[str] = []
    real = MD5PasswordHasher.encode

    def counted(self, password, salt):
        work.append(password)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    client.post("/accounts/signup/", form(email="known@example.org"))
    known = len(work)
    client.post("/accounts/signup/", form(email="new@example.org"))
    assert (known, len(work) - known) == (1, 1)


# -- a stranger signed up with her address ------------------------------------------------------

THIEF = "รหัสของคนแปลกหน้า 88"


@pytest.fixture
def thief(db) -> Client:
    """The browser of one who signed up with somebody else's address, and waits."""
    client = Client()
    client.post("/accounts/signup/", form(password1=THIEF))
    return client


def opens(password: str) -> bool:
    client = Client()
    client.post("/accounts/login/", {"login": "มาลี.คำหล้า", "password": password})
    return client.get("/settings/").status_code == 200


@pytest.mark.django_db
def test_proving_her_address_by_a_mailed_code_ends_a_strangers_password(thief, client):
    client.post("/accounts/login/code/", {"email": "malee@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert EmailAddress.objects.get().verified
    page = client.get("/settings/").content.decode()
    assert "รหัสผ่านที่ตั้งไว้ตอนนั้นจึงใช้ไม่ได้แล้ว" in page
    assert not opens(THIEF)
    assert thief.get("/settings/").status_code == 302


@pytest.mark.django_db
def test_proving_her_address_by_the_link_ends_it_and_she_sets_her_own(thief, client):
    link = link_in(mail.outbox[-1])
    answer = client.post(link, follow=True)
    assert "รหัสผ่านที่ตั้งไว้ตอนนั้นจึงใช้ไม่ได้แล้ว" in answer.content.decode()
    assert not opens(THIEF)
    client.post(answer.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert opens(PASSWORD)
    assert thief.get("/settings/").status_code == 302


@pytest.mark.django_db
def test_the_password_stays_where_the_browser_has_typed_it(client, join):
    member = join("malee", "malee@example.org", verified=False)
    client.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
    client.post(link_in(mail.outbox[-1]))
    member.refresh_from_db()
    assert member.check_password(PASSWORD)
    assert client.get("/settings/").status_code == 200


@pytest.mark.django_db
def test_a_password_set_by_the_letter_is_kept_when_the_address_is_proven(thief, client):
    client.post("/accounts/password/reset/", {"email": "malee@example.org"})
    place = client.get(link_in(mail.outbox[-1]), follow=True).redirect_chain[-1][0]
    client.post(place, {"password1": PASSWORD, "password2": PASSWORD})
    assert client.post(link_in(mail.outbox[0])).status_code == 302
    assert client.get("/settings/").status_code == 200
    assert opens(PASSWORD)
    assert not opens(THIEF)


@pytest.mark.django_db
def test_a_proven_account_changes_its_address_only_where_it_is_signed_in(client, malee, sure):
    owner = sure(malee)
    owner.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    link = link_in(mail.outbox[-1])
    page = client.post(link, follow=True)  # whoever reads the letter, elsewhere
    assert "เข้าสู่ระบบในเบราว์เซอร์นี้ก่อน" in page.content.decode()
    malee.refresh_from_db()
    assert malee.email == "malee@example.org"
    owner.post(link)
    malee.refresh_from_db()
    assert malee.email == "new@example.org"
    assert malee.check_password(PASSWORD)
