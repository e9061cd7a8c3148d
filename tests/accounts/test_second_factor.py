"""A code from an app, codes for the day the telephone is lost, and passkeys."""

import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from accounts.adapter import MFAAdapter
from tests.accounts.conftest import PASSWORD
from tests.codes import code_now


def enrol(client: Client) -> str:
    """Turn the app's codes on; returns the secret the page showed."""
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)
    assert found, page
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_now(found[1])})
    assert answer.url == "/accounts/2fa/recovery-codes/"
    return found[1]


@pytest.fixture
def still(monkeypatch):
    """A clock that moves when told: a code works for 30 seconds, and once."""
    from django.core.cache import cache

    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])

    def later(seconds: float) -> None:
        now[0] += seconds
        cache.clear()

    return later


@pytest.mark.django_db
def test_turning_it_on_takes_the_password_again(malee, login):
    answer = login(malee).get("/accounts/2fa/totp/activate/")
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/reauthenticate/?next=")


@pytest.mark.django_db(transaction=True)
def test_a_code_of_the_app_is_asked_for_at_the_next_login(malee, sure, still):
    secret = enrol(sure(malee))
    assert mail.outbox[-1].subject == "[ร้อยพลัง] เปิดใช้แอปสร้างรหัสแล้ว"
    still(31)

    client = Client()
    answer = client.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
    assert answer.url == "/accounts/2fa/authenticate/"
    assert client.get("/settings/").status_code == 302  # not in yet
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert client.get("/settings/").status_code == 302
    thai = code_now(secret).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    client.post("/accounts/2fa/authenticate/", {"code": thai})
    assert client.get("/settings/").status_code == 200


@pytest.mark.django_db
def test_a_code_works_once_and_only_in_its_half_minute(malee, sure, still):
    secret = enrol(sure(malee))
    still(31)

    def try_code(code: str) -> bool:
        client = Client()
        client.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
        client.post("/accounts/2fa/authenticate/", {"code": code})
        return client.get("/settings/").status_code == 200

    assert not try_code(code_now(secret, steps=-1))
    assert not try_code(code_now(secret, steps=2))
    assert try_code(code_now(secret))
    assert not try_code(code_now(secret))


@pytest.mark.django_db
def test_a_mailed_code_does_not_go_round_the_app(malee, sure):
    enrol(sure(malee))
    client = Client()
    client.post("/accounts/login/code/", {"email": malee.email})
    code = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)[0]
    answer = client.post("/accounts/login/code/confirm/", {"code": code})
    assert answer.url == "/accounts/2fa/authenticate/"


@pytest.mark.django_db
def test_a_recovery_code_lets_one_in_once(malee, sure):
    client = sure(malee)
    enrol(client)
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"^(\d{8})", re.search(r"<textarea[^>]*>([^<]+)", page)[1], re.M)
    assert len(codes) == 10
    download = client.get("/accounts/2fa/recovery-codes/download/")
    assert download["Content-Disposition"].startswith("attachment")
    assert download.content.decode().split() == codes

    def try_code(code: str) -> bool:
        other = Client()
        other.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
        other.post("/accounts/2fa/authenticate/", {"code": code})
        return other.get("/settings/").status_code == 200

    assert try_code(codes[0])
    assert not try_code(codes[0])
    assert try_code(codes[1])


@pytest.mark.django_db
def test_turning_it_off_takes_the_password_and_a_post(malee, sure):
    client = sure(malee)
    enrol(client)
    assert client.get("/accounts/2fa/totp/deactivate/").status_code == 200
    assert Authenticator.objects.filter(user=malee, type="totp").exists()
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=malee).exists()


@pytest.mark.django_db
def test_secrets_are_not_in_the_table_as_they_are(malee, sure, settings):
    secret = enrol(sure(malee))
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert MFAAdapter().decrypt(kept) == secret
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    assert MFAAdapter().decrypt(kept) == secret  # the site's key was changed


@pytest.mark.django_db
def test_the_code_to_scan_names_the_site_and_the_handle_not_the_address(somchai, rf):
    from urllib.parse import unquote

    url = unquote(MFAAdapter().build_totp_url(somchai, "ABC"))
    assert url == "otpauth://totp/สมชาย?secret=ABC&issuer=ร้อยพลัง"


# -- Passkeys -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_passkey_page_carries_what_a_device_needs(somchai, sure):
    page = sure(somchai).get("/accounts/2fa/webauthn/add/")
    data = re.search(
        r'<script id="js_data" type="application/json">(.*?)</script>', page.content.decode()
    )
    options = json.loads(data[1])["creation_options"]["publicKey"]
    assert options["rp"] == {"id": "testserver", "name": "ร้อยพลัง"}
    assert options["user"]["name"] == "สมชาย"
    assert options["user"]["displayName"] == "สมชาย ตั้งใจดี"
    assert "example.org" not in data[1]


@pytest.mark.django_db
def test_a_device_may_ask_for_a_challenge_before_anyone_is_in(client):
    answer = client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"]["userVerification"] == "required"


NONSENSE = [
    "",
    "{",
    "{}",
    "[]",
    "0",
    "null",
    '"x"',
    "[[[]]]",
    '{"id": 1}',
    '{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{}}',
    '{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"userHandle":"!!!"}}',
    '{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA","userHandle":"MQ"}}',
    '{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"eyJ0eXBlIjoieCJ9","attestationObject":"oA"}}',
    '{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"eyJ0eXBlIjoieCJ9","attestationObject":"'
    + "A" * 5000
    + '"}}',
    '{"a":"\\u0000"}',
    "[" * 30000,
]


@pytest.mark.django_db
@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_for_a_passkey_is_refused_never_an_error(malee, sure, credential, settings):
    settings.MFA_RATE_LIMITS = False
    fields = {"name": "x", "credential": credential}
    client = sure(malee)
    client.get("/accounts/2fa/webauthn/add/")
    assert client.post("/accounts/2fa/webauthn/add/", fields).status_code == 200
    assert not Authenticator.objects.exists()

    stranger = Client()
    stranger.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    answer = stranger.post("/accounts/2fa/webauthn/login/", fields)
    assert answer.status_code == 302
    assert answer.url == "/accounts/login/"

    enrol(client)
    half = Client()
    half.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
    assert half.post("/accounts/2fa/authenticate/", fields).status_code == 200
    assert half.get("/settings/").status_code == 302
