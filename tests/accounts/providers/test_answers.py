"""What a provider answers: slow, broken, false. Nobody is signed in, nothing is made, and a page says what happened."""

import base64
import hashlib
import hmac
import json
import threading
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db import connection
from django.test import Client

from accounts.models import Member
from accounts.providers import talking
from accounts.providers.known import LineAdapter
from tests.accounts.providers.conftest import who_is_in
from tests.provider import key_pair

pytestmark = pytest.mark.django_db
WHAT_ELSE = {"line": "verify", "google": "certs", "facebook": "me"}


def nobody_came(answer, client: Client, status: int, words: str) -> str:
    """Said on the page, with a way on; nothing was made. The page comes back."""
    page = answer.content.decode()
    assert answer.status_code == status, page
    assert words in page
    assert "/accounts/login/" in page
    assert not Member.objects.exists()
    assert not SocialAccount.objects.exists()
    assert who_is_in(client) is None
    assert client.get("/accounts/3rdparty/signup/").status_code == 302  # nor did anyone begin
    return page


@pytest.mark.parametrize("where", ["token", "else"])
@pytest.mark.parametrize(
    ("mood", "status", "words"),
    [
        (500, 503, "ไม่ตอบ"),
        (503, 503, "ไม่ตอบ"),
        (400, 502, "เชื่อถือไม่ได้"),
        (302, 502, "เชื่อถือไม่ได้"),
        (b"", 502, "เชื่อถือไม่ได้"),
        (b"<html>Welcome</html>", 502, "เชื่อถือไม่ได้"),
        (b"[]", 502, "เชื่อถือไม่ได้"),
        (b"7", 502, "เชื่อถือไม่ได้"),
        (b"null", 502, "เชื่อถือไม่ได้"),
        (b"{}", 502, "เชื่อถือไม่ได้"),
        (b'{"access_token": null, "id_token": null}', 502, "เชื่อถือไม่ได้"),
        (b'{"access_token": [1], "id_token": [1]}', 502, "เชื่อถือไม่ได้"),
        (b'{"access_token": "a", "id_token": "a.b.c", "id": 7}', 502, "เชื่อถือไม่ได้"),
        (b'{"sub": "a", "id": "", "access_token": "a"}', 502, "เชื่อถือไม่ได้"),
        (b'{"id": "a\\u0000b", "access_token": "a"}', 502, "เชื่อถือไม่ได้"),
        (b'{"id": "' + b"a" * 300 + b'", "access_token": "a"}', 502, "เชื่อถือไม่ได้"),
        (b"[" * 100_000, 502, "เชื่อถือไม่ได้"),
        (b'{"access_token": "' + b"a" * 400_000 + b'"}', 502, "เชื่อถือไม่ได้"),
        (b"\xff\xfe\x00", 502, "เชื่อถือไม่ได้"),
    ],
    ids=lambda one: str(one)[:30],
)
def test_nonsense_signs_nobody_in(name, provider, go, where, mood, status, words):
    what = "token" if where == "token" else WHAT_ELSE[name]
    if (
        name == "facebook"
        and what == "token"
        and b'"access_token": "a"' in (mood if isinstance(mood, bytes) else b"")
    ):
        pytest.skip("a token Facebook may give")
    provider.mood[f"/{name}/{what}"] = mood
    client = Client()
    nobody_came(go(name, client), client, status, words)


def _silence(call) -> None:
    call.server.over.wait(30)


def _drip(call) -> None:
    """A byte now and then, for ever."""
    call.send_response(200)
    call.send_header("Content-Type", "application/json")
    call.end_headers()
    while not call.server.over.wait(0.05):
        call.wfile.write(b" ")
        call.wfile.flush()


def _drip_headers(call) -> None:
    call.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not call.server.over.wait(0.05):
        call.wfile.write(b"x")
        call.wfile.flush()


@pytest.mark.parametrize("mood", [_silence, _drip, _drip_headers], ids=lambda one: one.__name__)
def test_a_slow_one_holds_a_page_for_so_many_seconds_only(provider, go, monkeypatch, mood):
    monkeypatch.setattr(talking, "SECONDS", 0.7)
    provider.mood["/line/verify"] = mood
    client = Client()
    start = time.monotonic()
    answer = go("line", client)
    assert time.monotonic() - start < 15  # it would be silent for thirty, or drip for ever
    nobody_came(answer, client, 503, "ไม่ตอบ")


def test_one_that_is_not_there(provider, go, settings, monkeypatch):
    client = Client()
    monkeypatch.setattr(LineAdapter, "access_token_url", "http://127.0.0.1:9/token")
    nobody_came(go("line", client), client, 503, "ไม่ตอบ")


@pytest.mark.django_db(transaction=True)
def test_a_slow_one_holds_few_pages_at_once(provider, monkeypatch):
    """Of six who come back while LINE is silent, two wait; the others are told, and may ask again."""
    monkeypatch.setattr(talking, "SECONDS", 60)
    monkeypatch.setattr(talking, "TURN", 0.1)
    speaks = threading.Event()
    provider.mood["/line/token"] = lambda call: speaks.wait(60) and call.say(b"{}", 500)
    clients = [Client() for _ in range(6)]
    ways = [
        provider.says_yes(client.post("/accounts/line/login/")["Location"]) for client in clients
    ]
    answers: dict[int, int] = {}
    refused = threading.Semaphore(0)

    def come_back(number: int) -> None:
        answers[number] = clients[number].get(ways[number]).status_code
        refused.release()
        connection.close()

    threads = [threading.Thread(target=come_back, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    told = 6 - talking.AT_ONCE
    assert all(refused.acquire(timeout=50) for _ in range(told))
    assert set(answers.values()) == {503}
    assert len(answers) == told  # the others wait
    first = next(iter(answers))
    speaks.set()
    for thread in threads:
        thread.join()
    # Whoever had no turn has lost nothing: the same address leads on.
    provider.mood.clear()
    assert clients[first].get(ways[first])["Location"] == "/accounts/3rdparty/signup/"


# -- an id_token that is not to be believed ---------------------------------------------------------

FALSE = [
    {"aud": "somebody-else"},
    {"aud": None},
    {"iss": "https://elsewhere.example"},
    {"nonce": "of-another-sign-in"},
    {"nonce": None},
    {"exp": 1},
    {"sub": None},
    {"sub": ""},
    {"sub": 7},
    {"sub": "a b"},
]


@pytest.mark.parametrize("name", ["line", "google"])
@pytest.mark.parametrize("claims", FALSE, ids=str)
def test_an_id_token_for_another_or_of_another_time(name, provider, go, claims):
    provider.claims = claims
    client = Client()
    nobody_came(go(name, client), client, 502, "เชื่อถือไม่ได้")


@pytest.mark.parametrize("claims", [one for one in FALSE if one != {"exp": 1}], ids=str)
def test_a_line_that_checks_nothing_is_not_believed_either(provider, go, claims):
    """The claims come from LINE's own check; what they say is looked at all the same, but for the time."""
    client = Client()
    led = client.post("/accounts/line/login/")["Location"]
    said = {
        "iss": "https://access.line.me",
        "aud": "line-1",
        "sub": "U123",
        "nonce": parse_qs(urlsplit(led).query)["nonce"][0],
        **claims,
    }
    said = {key: value for key, value in said.items() if value is not None}
    provider.mood["/line/verify"] = json.dumps(said).encode()
    answer = client.get(provider.says_yes(led))
    nobody_came(answer, client, 502, "เชื่อถือไม่ได้")


def test_an_id_token_signed_by_another(provider, go):
    provider.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    client = Client()
    nobody_came(go("google", client), client, 502, "เชื่อถือไม่ได้")


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_an_id_token_signed_by_nobody(provider, go, algorithm):
    """alg=none; and the certificate, which everyone knows, taken for a shared secret."""

    def part(what: object) -> bytes:
        return base64.urlsafe_b64encode(json.dumps(what).encode()).rstrip(b"=")

    client = Client()
    led = client.post("/accounts/google/login/")["Location"]
    query = parse_qs(urlsplit(led).query)
    claims = {
        "iss": "https://accounts.google.com",
        "aud": "google-1",
        "sub": "U123",
        "iat": int(time.time()),
        "exp": int(time.time()) + 60,
        "nonce": query["nonce"][0],
    }
    text = part({"alg": algorithm, "kid": "k1"}) + b"." + part(claims)
    signed = hmac.new(key_pair()[1].encode(), text, hashlib.sha256).digest()
    sign = b"" if algorithm == "none" else base64.urlsafe_b64encode(signed).rstrip(b"=")
    token = (text + b"." + sign).decode()
    provider.mood["/google/token"] = json.dumps({"access_token": "a", "id_token": token}).encode()
    answer = client.get(provider.says_yes(led))
    nobody_came(answer, client, 502, "เชื่อถือไม่ได้")


def test_a_clock_that_is_a_little_ahead_is_believed(provider, go):
    provider.claims = {"iat": int(time.time()) + 30}
    assert go("google", Client())["Location"] == "/accounts/3rdparty/signup/"


# -- the way back ------------------------------------------------------------------------------------


def test_who_turns_back_reads_so(name, provider):
    client = Client()
    led = client.post(f"/accounts/{name}/login/", {"next": "/boards/"})["Location"]
    state = parse_qs(urlsplit(led).query)["state"][0]
    answer = client.get(
        f"/accounts/{name}/login/callback/", {"error": "access_denied", "state": state}
    )
    page = nobody_came(answer, client, 200, "ท่านกดยกเลิก")
    assert 'name="next" value="/boards/"' in page


def test_a_provider_that_says_no(provider):
    client = Client()
    led = client.post("/accounts/line/login/")["Location"]
    state = parse_qs(urlsplit(led).query)["state"][0]
    answer = client.get("/accounts/line/login/callback/", {"error": "server_error", "state": state})
    nobody_came(answer, client, 502, "เชื่อถือไม่ได้")


def test_a_way_back_is_good_once_in_one_browser_for_ten_minutes(name, provider, go, monkeypatch):
    client = Client()
    back = provider.says_yes(client.post(f"/accounts/{name}/login/")["Location"])
    other = Client()
    nobody_came(other.get(back), other, 400, "ใช้ได้ครั้งเดียว")
    assert client.get(back)["Location"] == "/accounts/3rdparty/signup/"
    assert client.get(back).status_code == 400

    client = Client()
    back = provider.says_yes(client.post(f"/accounts/{name}/login/")["Location"])
    later = time.time() + 601
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.time.time", lambda: later)
    nobody_came(client.get(back), client, 400, "ใช้ได้ครั้งเดียว")


def test_a_way_back_of_one_provider_is_none_of_another(provider):
    client = Client()
    back = provider.says_yes(client.post("/accounts/line/login/")["Location"])
    answer = client.get(back.replace("/line/", "/google/"))
    nobody_came(answer, client, 400, "ใช้ได้ครั้งเดียว")


@pytest.mark.parametrize(
    "query", ["", "?code=a", "?state=b", "?code=a&state=b", "?error=x", "?state=%00"]
)
def test_a_way_back_nobody_was_sent_on(name, provider, query):
    client = Client()
    answer = client.get(f"/accounts/{name}/login/callback/{query}")
    assert answer.status_code == 400
    assert provider.asked == []
    assert not Member.objects.exists()


def test_a_code_of_another_browser_opens_nothing(provider):
    """Somebody slips his own code into her way back: PKCE's secret is not his."""
    his, hers = Client(), Client()
    his_back = provider.says_yes(his.post("/accounts/google/login/")["Location"])
    led = hers.post("/accounts/google/login/")["Location"]
    code = parse_qs(urlsplit(his_back).query)["code"][0]
    state = parse_qs(urlsplit(led).query)["state"][0]
    answer = hers.get("/accounts/google/login/callback/", {"code": code, "state": state})
    nobody_came(answer, hers, 502, "เชื่อถือไม่ได้")


def test_the_log_says_what_went_wrong_and_nothing_of_a_person(provider, go, caplog):
    provider.email = "dao@example.org"
    provider.mood["/line/token"] = 400
    go("line", Client())
    assert "localhost says 400 'in a bad mood'" in caplog.text
    provider.mood = {}
    provider.claims = {"aud": "another"}
    go("google", Client())
    assert "Signing in with line failed: OAuth2Error" in caplog.text
    assert "Signing in with google failed: an id_token that is not good (Inv" in caplog.text
    for secret in ("dao@example.org", "for-nobody-to-keep", "eyJ", "32 bytes and more", "U123"):
        assert secret not in caplog.text
