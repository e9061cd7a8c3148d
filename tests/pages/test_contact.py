"""A way to reach the moderators, from wherever somebody is stuck."""

import pytest


def parts(answer) -> list[str]:
    """The page, and its footer."""
    return answer.content.decode().split("<footer")


def test_the_page_says_where_to_write_to(client, db, settings):
    settings.CONTACT_EMAIL = "help@example.org"
    page, footer = parts(client.get("/contact/"))
    assert 'href="mailto:help@example.org"' in page
    assert 'href="/contact/"' in footer


@pytest.mark.parametrize(
    "path", ["/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/inactive/"]
)
def test_who_cannot_sign_in_is_led_there(path, client, db):
    assert 'href="/contact/"' in parts(client.get(path))[0]


def test_who_is_refused_is_led_there(as_, malee):
    answer = as_(malee).get("/admin/")
    assert answer.status_code == 403
    assert 'href="/contact/"' in parts(answer)[0]
