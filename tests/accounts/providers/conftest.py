"""A provider on this machine, and people who go there and come back."""

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Member
from accounts.providers.known import KNOWN
from tests.provider import KEYS, Provider, provider_on_loopback


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    """All three are on, and led here."""
    settings.SOCIALACCOUNT_PROVIDERS = KEYS
    with provider_on_loopback() as server:
        yield server


@pytest.fixture(params=[known.id for known in KNOWN])
def name(request) -> str:
    """Each of the three."""
    return request.param


@pytest.fixture
def go(provider) -> Callable[..., HttpResponse]:
    """There and back: go("line", client, process="connect"). What the site answers to who comes back."""

    def there_and_back(name: str, client: Client, **form: str) -> HttpResponse:
        led = client.post(f"/accounts/{name}/login/", form)
        assert led.status_code == 302, led.content.decode()
        assert led["Location"].startswith(f"{provider.url}/{name}/authorize?"), led["Location"]
        return client.get(provider.says_yes(led["Location"]))

    return there_and_back


@pytest.fixture
def newcomer(provider, go) -> Callable[..., Client]:
    """Signs up by a provider; her address is confirmed by it, or waits for its letter."""

    def sign_up(name: str, handle: str, email: str, client: Client | None = None) -> Client:
        client = client or Client()
        answer = go(name, client)
        assert answer["Location"] == "/accounts/3rdparty/signup/"
        form = {"username": handle, "email": email, "age": "on", "consent": "on"}
        answer = client.post("/accounts/3rdparty/signup/", form)
        assert answer.status_code == 302, answer.content.decode()
        return client

    return sign_up


def who_is_in(client: Client) -> Member | None:
    """Whose session this is."""
    return Member.objects.filter(pk=client.session.get("_auth_user_id")).first()
