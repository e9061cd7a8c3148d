"""What is there while providers are on, and that nothing is where none is."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.provider import KEYS

pytestmark = pytest.mark.django_db
WITH_BUTTONS = ["/accounts/login/", "/accounts/signup/", "/accounts/line/login/"]
FORM_ACTION = "form-action 'self'"


def form_action(answer) -> str:
    policy = answer["Content-Security-Policy"].split("; ")
    return next(one for one in policy if one.startswith("form-action"))


@pytest.fixture
def line_only(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"line": KEYS["line"]}


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_is_there_while_none_is_on(malee, login, method):
    for client in (Client(), login(malee)):
        ask = getattr(client, method)
        for name in ("line", "google", "facebook"):
            assert ask(f"/accounts/{name}/login/").status_code == 404
            assert ask(f"/accounts/{name}/login/callback/?code=a&state=b").status_code == 404
        for path in ("", "signup/", "1/disconnect/"):
            assert ask(f"/accounts/3rdparty/{path}").status_code == 404


def test_pages_look_as_ever_while_none_is_on(malee, login):
    for path in ("/accounts/login/", "/accounts/signup/"):
        answer = Client().get(path)
        assert form_action(answer) == FORM_ACTION
        for word in ("LINE", "Google", "3rdparty"):
            assert word not in answer.content.decode()
    page = login(malee).get("/settings/").content.decode()
    assert "3rdparty" not in page


def test_one_that_is_off_has_no_button_and_no_address(line_only):
    page = Client().get("/accounts/login/").content.decode()
    assert "เข้าด้วย LINE" in page
    assert "Google" not in page
    assert Client().get("/accounts/google/login/").status_code == 404


def test_forms_lead_to_those_that_are_on_and_only_from_pages_with_buttons(
    line_only, settings, malee, sure
):
    for path in WITH_BUTTONS:
        assert form_action(Client().get(path)) == f"{FORM_ACTION} https://access.line.me"
    assert form_action(Client().get("/")) == FORM_ACTION
    assert form_action(Client().get("/accounts/password/reset/")) == FORM_ACTION
    assert form_action(Client().get("/accounts/line/login/callback/")).endswith("access.line.me")
    client = sure(malee)
    assert form_action(client.get("/accounts/3rdparty/")).endswith("access.line.me")
    assert form_action(client.get("/settings/")) == FORM_ACTION
    settings.SOCIALACCOUNT_PROVIDERS = KEYS
    assert form_action(Client().get("/accounts/login/")) == (
        f"{FORM_ACTION} https://access.line.me https://accounts.google.com "
        "https://www.facebook.com https://m.facebook.com"
    )


def test_a_wrong_password_leaves_the_buttons_usable(line_only):
    answer = Client().post("/accounts/login/", {"login": "nobody", "password": "x"})
    assert form_action(answer).endswith("access.line.me")


def test_it_takes_a_press(line_only):
    """A link to it, on another site say, sends nobody there."""
    answer = Client().get("/accounts/line/login/?process=login&next=/boards/")
    assert answer.status_code == 200
    assert "<form" in answer.content.decode()
    assert Client(enforce_csrf_checks=True).post("/accounts/line/login/").status_code == 403


def test_a_link_chooses_neither_scope_nor_parameters(name, settings):
    settings.SOCIALACCOUNT_PROVIDERS = KEYS
    client = Client()
    plain = client.post(f"/accounts/{name}/login/")["Location"].split("&")
    query = "?scope=friends&auth_params=prompt%3Dnone%26nonce%3D1&process=redirect&action=rerequest"
    told = client.post(f"/accounts/{name}/login/{query}")["Location"].split("&")
    assert [one.partition("=")[0] for one in plain] == [one.partition("=")[0] for one in told]
    assert "friends" not in "&".join(told)
    assert "nonce=1" not in told


def test_only_what_is_needed_is_asked_for(settings):
    settings.SOCIALACCOUNT_PROVIDERS = KEYS
    scopes = {
        name: sorted(
            next(
                one.removeprefix("scope=")
                for one in Client().post(f"/accounts/{name}/login/")["Location"].split("&")
                if one.startswith("scope=")
            ).split("+")
        )
        for name in KEYS
    }
    assert scopes == {
        "line": ["email", "openid"],
        "google": ["email", "openid"],
        "facebook": ["email"],
    }


def test_the_way_back_is_the_sites_own_address(settings, name):
    settings.SOCIALACCOUNT_PROVIDERS = KEYS
    settings.SITE_URL = "https://roypalang.example"
    settings.ALLOWED_HOSTS = ["*"]
    led = Client(headers={"host": "evil.example:81"}).post(f"/accounts/{name}/login/")["Location"]
    assert f"redirect_uri=https%3A%2F%2Froypalang.example%2Faccounts%2F{name}%2Flogin" in led


def test_the_page_of_settings_says_how_it_stands(
    line_only, malee, login, django_assert_num_queries
):
    client = login(malee)
    page = client.get("/settings/").content.decode()
    assert reverse("socialaccount_connections") in page
    assert "ยังไม่ได้เชื่อม" in page
