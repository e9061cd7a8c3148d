"""Every page of an account: it wears the site's dress, speaks Thai, and runs under our policy."""

import html
import re
from html.parser import HTMLParser

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from forums.moderation.watched.actions import watch
from tests.accounts.conftest import PASSWORD, link_in
from tests.accounts.test_second_factor import enrol

# What may stand in Latin letters on a Thai page.
TECHNICAL = {
    "MB",
    "JPEG",
    "PNG",
    "WebP",
    "GIF",
    "QR",
    "TOTP",
    "English",  # the other language, in its own words
    "https",
    "com",
    "org",
    "example",
    "malee",
    "somchai",
    "k",
    "new",
    "Chrome",
    "Android",
    "Windows",
    "testserver",
    "http",
}


class _Seen(HTMLParser):
    """What a reader sees or hears: text, and the attributes that are spoken or shown."""

    SPOKEN = {
        "alt",
        "title",
        "placeholder",
        "aria-label",
        "aria-description",
        "data-cancelled",
        "data-known",
        "data-unsupported",
    }

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.inline: list[str] = []
        self._skip = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._skip = tag if tag in {"script", "style"} else ""
        kind = given.get("type") or ""
        if tag == "script" and "src" not in given and kind != "application/json":
            self.inline.append("script")
        if tag == "style" or "style" in given:
            self.inline.append(f"style on {tag}")
        self.inline += [f"{name} on {tag}" for name in given if name.startswith("on")]
        self.inline += [f"{n} on {tag}" for n, v in attrs if (v or "").startswith("javascript:")]
        self.text += [value or "" for name, value in attrs if name in self.SPOKEN]
        if tag == "input" and kind in {"submit", "button"}:
            self.text.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self._skip = ""

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.text.append(data)


def seen(page: str) -> _Seen:
    reader = _Seen()
    reader.feed(page)
    return reader


def english(text: str) -> set[str]:
    text = re.sub(r"\S+@\S+|@\w+|[A-Z2-7]{32}", " ", html.unescape(text))
    return set(re.findall(r"[A-Za-z]{2,}", text)) - TECHNICAL


def fine(answer: HttpResponse, *, status: int = 200) -> None:
    body = answer.content.decode()
    assert answer.status_code == status, body
    reader = seen(body)
    assert not english(" ".join(reader.text)), english(" ".join(reader.text))
    assert not reader.inline
    assert '<html lang="th"' in body
    assert 'class="site-head"' in body, "not in the site's dress"
    assert "<h1>" in body
    assert re.search(r"<title>\s*[ก-๙]", body)
    ids = re.findall(r'\bid="([^"]+)"', body)
    assert len(ids) == len(set(ids)), sorted(ids)
    for named in re.findall(r'\b(?:for|aria-describedby|form)="([^"]+)"', body):
        assert set(named.split()) <= set(ids), named


# -- Every page, as one comes to it -------------------------------------------------------------


VISITOR = [
    "/accounts/login/",
    "/accounts/login/?next=/settings/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/password/reset/key/1-bad/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/bad/",
    "/accounts/inactive/",
    "/accounts/login/code/",
    "/settings/display/",
]
MEMBER = [
    "/accounts/logout/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/settings/",
    "/settings/profile/",
    "/settings/display/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", VISITOR)
def test_a_visitors_page(client, path):
    fine(client.get(path))


@pytest.mark.django_db
@pytest.mark.parametrize("path", MEMBER)
def test_a_members_page(malee, sure, path):
    fine(sure(malee).get(path))


@pytest.mark.django_db
def test_pages_of_the_way_in(client, malee, join):
    client.post("/accounts/login/code/", {"email": malee.email})
    fine(client.get("/accounts/login/code/confirm/"))
    fine(client.post("/accounts/login/code/confirm/", {"code": "1111-1111"}))
    fine(client.post("/accounts/login/code/confirm/", {"code": ""}))

    join("สมหญิง", "new@example.org", verified=False)
    visitor = Client()
    answer = visitor.post("/accounts/login/", {"login": "สมหญิง", "password": PASSWORD}, follow=True)
    fine(answer)
    fine(visitor.get(link_in(mail.outbox[-1])))
    fine(visitor.get("/accounts/confirm-email/"))

    visitor = Client()
    visitor.post("/accounts/password/reset/", {"email": malee.email})
    page = visitor.get(link_in(mail.outbox[-1]), follow=True)
    fine(page)
    place = page.redirect_chain[-1][0]
    fine(visitor.post(place, {"password1": "a", "password2": "b"}))
    fine(
        visitor.post(place, {"password1": PASSWORD + "1", "password2": PASSWORD + "1"}, follow=True)
    )


@pytest.mark.django_db
def test_pages_of_the_second_factor(malee, sure):
    client = sure(malee)
    fine(client.post("/accounts/2fa/totp/activate/", {"code": "000000"}))
    enrol(client)
    for path in [
        "/accounts/2fa/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/reauthenticate/",
        "/settings/",
        "/accounts/reauthenticate/",
        "/accounts/email/",
    ]:
        fine(client.get(path))
    fine(client.post("/accounts/2fa/recovery-codes/generate/", follow=True))
    fine(client.post("/accounts/2fa/reauthenticate/", {"code": "000000"}))
    changed = {"action_add": "1", "email": "new@example.org"}
    fine(client.post("/accounts/email/", changed, follow=True))
    half = Client()
    half.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
    fine(half.get("/accounts/2fa/authenticate/"))
    fine(half.post("/accounts/2fa/authenticate/", {"code": "000000"}))


@pytest.mark.django_db
def test_pages_of_passkeys(malee, sure, monkeypatch):
    client = sure(malee)
    key = Authenticator.objects.create(
        user=malee,
        type="webauthn",
        data={
            "name": "โทรศัพท์",
            "credential": {"clientExtensionResults": {"credProps": {"rk": True}}},
        },
    )
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda _user: [])
    for path in [
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/reauthenticate/",
        f"/accounts/2fa/webauthn/keys/{key.pk}/edit/",
        f"/accounts/2fa/webauthn/keys/{key.pk}/remove/",
    ]:
        fine(client.get(path))
    half = Client()
    half.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
    fine(half.get("/accounts/2fa/authenticate/"))
    fine(client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/edit/", {"name": "ก" * 61}))
    client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/edit/", {"name": "โทรศัพท์เก่า"})
    assert "โทรศัพท์เก่า" in client.get("/accounts/2fa/webauthn/").content.decode()
    assert client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/").status_code == 302
    assert not Authenticator.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/accounts/login/", {}),
        ("/accounts/login/", {"login": "x", "password": "y"}),
        ("/accounts/login/", {"login": "x" * 300, "password": "y"}),
        ("/accounts/login/", {"login": "a\0b", "password": "y"}),
        ("/accounts/signup/", {}),
        ("/accounts/signup/", {"email": "x", "username": "-", "password1": "password12"}),
        (
            "/accounts/signup/",
            {"email": "a" * 400 + "@example.org", "username": "a\0", "password1": "malee"},
        ),
        ("/accounts/password/reset/", {}),
        ("/accounts/password/reset/", {"email": "x"}),
        ("/accounts/login/code/", {}),
        ("/accounts/login/code/", {"email": "x"}),
    ],
)
def test_a_visitors_mistakes_are_told_in_thai(client, path, fields):
    fine(client.post(path, fields))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/accounts/password/change/", {}, 200),
        (
            "/accounts/password/change/",
            {"oldpassword": "x", "password1": "malee", "password2": "y"},
            200,
        ),
        ("/accounts/reauthenticate/", {}, 200),
        ("/accounts/reauthenticate/", {"password": "x"}, 200),
        ("/accounts/email/", {"action_add": "1"}, 200),
        ("/accounts/email/", {"action_add": "1", "email": "malee@example.org"}, 200),
        ("/accounts/2fa/webauthn/add/", {"credential": "{"}, 200),
        ("/settings/profile/", {"link1": "x:", "province": "0", "display_name": "\u200b"}, 400),
        ("/settings/profile/", {"display_name": "a\0", "bio": "ก" * 1001}, 400),
        ("/settings/display/", {"theme": "x"}, 400),
    ],
)
def test_a_members_mistakes_are_told_in_thai(malee, sure, path, fields, status):
    fine(sure(malee).post(path, fields), status=status)


@pytest.mark.django_db
def test_too_many_tries_are_told_in_thai(client):
    for _ in range(6):
        answer = client.post("/accounts/login/", {"login": "x", "password": "y"})
    fine(answer, status=429)


@pytest.mark.django_db(transaction=True)
def test_every_mail_is_in_thai(malee, join, sure):
    client = sure(malee)
    Client().post("/accounts/login/code/", {"email": malee.email})
    Client().post("/accounts/login/code/", {"email": "new@example.org"})
    Client().post("/accounts/password/reset/", {"email": malee.email})
    Client().post(
        "/accounts/signup/",
        {
            "email": malee.email,
            "username": "มานะ",
            "password1": PASSWORD,
            "age": "on",
            "consent": "on",
        },
    )
    Client().post(
        "/accounts/signup/",
        {
            "email": "k@example.org",
            "username": "มานี",
            "password1": PASSWORD,
            "age": "on",
            "consent": "on",
        },
    )
    enrol(client)
    client.post("/accounts/2fa/recovery-codes/generate/")
    client.post("/accounts/2fa/totp/deactivate/")
    client.post("/accounts/email/", {"action_add": "1", "email": "new@example.org"})
    client.post(link_in(mail.outbox[-1]))
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": PASSWORD + "1", "password2": PASSWORD + "1"},
    )
    assert len(mail.outbox) >= 11
    for message in mail.outbox:
        words = english(re.sub(r"https?://\S+", "", f"{message.subject}\n{message.body}"))
        assert not words, (message.subject, words)
        assert message.subject.startswith("[ร้อยพลัง] ")
        assert "&#" not in message.body
        assert "&amp;" not in message.body


@pytest.mark.django_db
def test_the_pages_speak_english_when_asked(client):
    client.cookies["django_language"] = "en"
    body = client.get("/accounts/login/").content.decode()
    assert '<html lang="en"' in body
    assert "E-mail or handle" in body
    assert not re.search("[ก-๎]", re.sub("ร้อยพลัง", "", " ".join(seen(body).text)))


@pytest.mark.django_db
def test_a_listed_word_in_a_profile_is_refused_with_what_was_typed(
    as_, malee, moderator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        watch(moderator=moderator, kind="word", text="สล็อต", follows="refuse")
    answer = as_(malee).post("/settings/profile/", {"display_name": "มาลี", "bio": "เล่นสล็อต"})
    assert answer.status_code == 400
    assert "ส่งไม่ได้เพราะมี" in answer.text
    assert "เล่นสล็อต" in answer.text
    malee.refresh_from_db()
    assert malee.bio == ""


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["signup", "login", "password/reset"])
def test_a_link_to_a_door_says_what_is_behind_it(client, door):
    page = client.get(f"/accounts/{door}/").text
    assert page.count('<meta name="description"') == 1
    assert 'content="ชุมชนเปิดของผู้คนและองค์กรที่ทำเรื่องเดียวกัน' in page
