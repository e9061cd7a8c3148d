"""Colours and letters of a page, and a device by its name."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from accounts.context import display as in_templates
from accounts.devices import describe
from accounts.display import display
from accounts.models import Member


def seen_by(user: object, cookie: str = "") -> tuple[str, str]:
    request = RequestFactory().get("/")
    request.COOKIES["display"] = cookie
    if user is not None:
        request.user = user
    wish = display(request)
    return wish["theme"], wish["text"]


@pytest.mark.parametrize(
    ("user", "cookie", "wish"),
    [
        (AnonymousUser(), "", ("", "")),
        (AnonymousUser(), "dark.large", ("dark", "large")),
        (Member(theme="light", text_size="larger"), "dark.large", ("light", "larger")),
        (Member(text_size="larger"), "dark.large", ("dark", "larger")),
        (None, "dark.", ("dark", "")),  # an error before it was known who asks
    ],
)
def test_a_members_setting_goes_before_the_devices(user, cookie, wish):
    assert seen_by(user, cookie) == wish


@pytest.mark.django_db
def test_templates_are_told_without_a_query(malee, rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = malee
    with django_assert_num_queries(0):
        assert str(in_templates(request)["display"]["theme"]) == ""


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome บน Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 Version/18.1 Mobile Safari/604.1",
            "Safari บน iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge บน Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "Firefox บน Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) AppleWebKit/605 Safari Line/14.19.0",
            "LINE บน iPhone",
        ),
        ("curl/8", "เครื่องที่เราไม่รู้จัก"),
        ("", "เครื่องที่เราไม่รู้จัก"),
    ],
)
def test_a_device_has_the_name_people_call_it(agent, name):
    assert describe(agent) == name
