"""What browsers and caches are told, on every kind of page."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from tests.security.test_routes import ROWS, answer
from tests.security.world import PASSWORD

READING = re.compile(
    r"/$|/(new|unanswered|hot|boards|tags|search)/|/(t|u|b|pages)/(?!.*/(new|edit|reply|delete)/$)"
    r"|/p/\{post\}/(thread|history)?/?$|/moderation/log/$|/pictures/|/(robots|manifest|healthz|readyz|favicon)"
)


def _all(world, who: str):
    names = world.names()
    for row in ROWS:
        yield row.address, answer(world, who, "GET", row.address.format(**names))


@pytest.mark.parametrize("who", ["visitor", "malee", "administrator"])
def test_every_answer_carries_the_strict_policy(world, who):
    for path, response in _all(world, who):
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, path
        assert "default-src 'none'" in policy, path
        if not path.startswith("/pictures/{picture}/"):  # a picture: sandboxed, nothing at all
            assert "script-src 'self'" in policy, path
            assert "frame-ancestors 'none'" in policy, path
            assert "base-uri 'none'" in policy, path
        assert response.headers["X-Content-Type-Options"] == "nosniff", path
        # An invitation's address is a key: it is told to no other page, not even one of ours.
        referrer = "strict-origin" if path == "/join/{token}/" else "same-origin"
        assert response.headers["Referrer-Policy"] == referrer, path
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        if not response.streaming:
            assert response.headers["X-Frame-Options"] == "DENY", path


SAME_FOR_ALL = (
    *("/pictures/", "/healthz", "/readyz", "/robots", "/manifest", "/favicon"),
    *("/feed/", "/sitemap"),
)


@pytest.mark.parametrize("who", ["malee", "administrator"])
def test_what_a_member_sees_is_kept_by_no_shared_cache(world, who):
    for path, response in _all(world, who):
        kept = response.headers.get("Cache-Control", "")
        if path.startswith(SAME_FOR_ALL) or path.endswith(("/feed/", "/activities.ics")):
            continue  # the same for everyone; pictures of private boards: tests/posts/test_pictures.py
        assert "public" not in kept, path
        assert "private" in kept or "no-store" in kept, path
        assert "max-age" not in kept or "max-age=0" in kept, path


def test_reading_sets_no_cookie_for_a_visitor(world):
    read = 0
    for path, response in _all(world, "visitor"):
        if READING.match(path):
            assert not response.cookies, path
            read += 1
    assert read > 20


def test_an_error_page_is_never_kept(world):
    for path in ("/nowhere/", "/t/999999/", "/b/%00/", "/hot/?before=x"):
        response = Client().get(path)
        assert response.status_code in {400, 404}
        assert "no-store" in response.headers["Cache-Control"], path
        assert "Content-Security-Policy" in response.headers


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(world, client):
    malee = world.people["malee"]
    EmailAddress.objects.create(user=malee, email=malee.email, primary=True, verified=True)
    client.get("/accounts/login/")
    answer = client.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
    assert answer.status_code == 302
    for name in ("csrftoken", "sessionid"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


def test_signing_in_changes_the_number_of_the_session(world, client):
    malee = world.people["malee"]
    EmailAddress.objects.create(user=malee, email=malee.email, primary=True, verified=True)
    session = client.session
    session["kept"] = "from before"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    client.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
    assert client.session.session_key != before
    assert client.get("/settings/").status_code == 200
