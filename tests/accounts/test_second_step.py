"""What the settings say of the second step, and what they ask."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from accounts.models import Member
from accounts.second_step import FEW
from accounts.second_step_forms import PASSKEYS, AddWebAuthnForm
from tests.accounts.conftest import PASSWORD, link_in
from tests.accounts.test_second_factor import enrol
from tests.passkeys import give_passkey


def words(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", client.get(path).content.decode()))


@pytest.mark.django_db
def test_a_passkey_alone_is_said_to_be_on(malee, login):
    client = login(malee)
    assert "ปิดอยู่ ใช้รหัสผ่านอย่างเดียวก็เข้าได้" in words(client, "/settings/")
    give_passkey(malee)
    assert "เปิดอยู่ พาสคีย์" in words(client, "/settings/")
    assert "เปิดอยู่ พาสคีย์" in words(client, "/accounts/2fa/")


@pytest.mark.django_db
def test_an_app_its_codes_and_that_they_are_not_kept_are_said(malee, sure):
    client = sure(malee)
    enrol(client)
    assert "เปิดอยู่ รหัสจากแอป · รหัสกู้คืน 10 รหัส · ยังไม่ได้เก็บ" in words(client, "/settings/")
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert "เก็บไว้ในที่ที่หาเจอ" in page
    client.post("/accounts/2fa/recovery-codes/kept/")
    assert "ยังไม่ได้เก็บ" not in words(client, "/settings/")
    assert "ท่านบอกว่าเก็บไว้แล้ว" in client.get("/accounts/2fa/recovery-codes/").content.decode()
    client.post("/accounts/2fa/recovery-codes/generate/")  # new ones are not kept yet
    assert "ยังไม่ได้เก็บ" in words(client, "/settings/")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/2fa/webauthn/add/", "/accounts/2fa/totp/activate/"])
def test_adding_one_says_what_it_changes(path, malee, sure):
    assert "อย่างเดียวจะเข้าไม่ได้อีก" in words(sure(malee), path)


@pytest.mark.django_db
def test_an_address_is_changed_with_a_second_step_on(malee, sure):
    client = sure(malee)
    give_passkey(malee)
    client.post("/accounts/email/", {"action_add": "1", "email": "new@example.org"})
    assert Member.objects.get(pk=malee.pk).email == "malee@example.org"  # until it is confirmed
    client.post(link_in(mail.outbox[-1]))
    assert Member.objects.get(pk=malee.pk).email == "new@example.org"


@pytest.mark.django_db
def test_but_nobody_sets_one_up_over_an_address_nobody_confirmed(malee, sure):
    client = sure(malee)
    EmailAddress.objects.filter(user=malee).update(verified=False)
    client.get("/accounts/2fa/totp/activate/")
    client.post("/accounts/2fa/totp/activate/", {"code": "123456"})
    assert not Authenticator.objects.exists()


@pytest.mark.django_db
def test_the_second_step_asks_for_what_she_has(malee, join, login):
    nong = join("nong", "nong@example.org")
    give_passkey(malee)
    Authenticator.objects.create(user=nong, type="totp", data={"secret": "x"})
    pages = {}
    for member in (malee, nong):
        client = Client()
        client.post("/accounts/login/", {"login": member.handle, "password": PASSWORD})
        pages[member] = client.get("/accounts/2fa/authenticate/").content.decode()
    assert "ใช้พาสคีย์" in pages[malee]
    assert "รหัสจากแอป" not in pages[malee]
    assert "ใช้พาสคีย์" not in pages[nong]
    assert "รหัสจากแอป" in pages[nong]
    for page in pages.values():
        assert "/accounts/2fa/lost/" in page


@pytest.mark.django_db
def test_every_recovery_code_used_is_written_of_and_few_left_more_so(malee, sure):
    client = sure(malee)
    enrol(client)
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"^(\d{8})", re.search(r"<textarea[^>]*>([^<]+)", page)[1], re.M)
    for left, code in enumerate(codes[: 10 - FEW], start=1):
        other = Client()
        other.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
        other.post("/accounts/2fa/authenticate/", {"code": code})
        (letter,) = (each for each in mail.outbox if "มีการใช้รหัสกู้คืน" in each.subject)
        mail.outbox.clear()
        assert f"เหลืออีก {10 - left} รหัส" in letter.body
        assert ("เหลือน้อยแล้ว" in letter.body) == (10 - left <= FEW)
    assert "ควรสร้างชุดใหม่" in words(client, "/accounts/2fa/") or "ยังไม่ได้เก็บ" in words(
        client, "/accounts/2fa/"
    )


@pytest.mark.django_db
def test_a_passkey_that_is_not_known_is_not_called_a_code(client):
    client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    client.post("/accounts/2fa/webauthn/login/", {"credential": '{"id": "AAAA"}'})
    page = client.get("/accounts/login/").content.decode()
    assert "พาสคีย์นี้ไม่มีบัญชีที่นี่" in page
    assert "รหัสไม่ถูกต้อง" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/2fa/webauthn/add/"])
def test_a_button_that_needs_scripts_says_so(path, malee, sure):
    client = Client() if "login" in path else sure(malee)
    page = client.get(path).content.decode()
    assert re.search(r'<button[^>]*class="[^"]*needs-scripts[^"]*"[^>]*>', page)


@pytest.mark.django_db
def test_a_member_has_twenty_passkeys_at_most(malee):
    for _ in range(PASSKEYS):
        give_passkey(malee)
    form = AddWebAuthnForm({"name": "อีกอัน"}, user=malee)
    form.full_clean()
    assert "มีพาสคีย์ครบ 20 อันแล้ว" in str(form.errors)
