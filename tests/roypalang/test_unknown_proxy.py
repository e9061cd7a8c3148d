"""A proxy nobody told the site of: words that say what to set, not a redirect to the same address for ever."""

import pytest

from roypalang import middleware


@pytest.fixture(autouse=True)
def _production(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    middleware._say_unknown_proxy.cache_clear()


@pytest.mark.django_db
def test_it_says_what_to_set_and_does_not_go_in_circles(client, caplog):
    for _each in range(3):
        answer = client.get("/", headers={"X-Forwarded-Proto": "https"})
        assert answer.status_code == 503
    assert "TRUSTED_PROXY_COUNT" in answer.text
    assert "ยังตั้งค่าไม่เสร็จ" in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert len(caplog.records) == 1


@pytest.mark.django_db
def test_a_proxy_that_is_known_and_one_that_speaks_http_are_as_ever(client, settings):
    assert client.get("/", headers={"X-Forwarded-Proto": "http"}).status_code == 301
    assert client.get("/").status_code == 301
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client.get("/", headers={"X-Forwarded-Proto": "https"}).status_code == 200


@pytest.mark.django_db
def test_machines_that_ask_on_the_spot_are_answered(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
