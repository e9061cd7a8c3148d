"""Which providers the site offers now: those whose keys it was given."""

from collections.abc import Callable
from functools import wraps
from typing import NamedTuple
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.csp import CSP

from accounts.providers.known import KNOWN

type View = Callable[..., HttpResponseBase]

NAMES = {known.id: known.name for known in KNOWN}


def apps(provider: str | None = None) -> list[SocialApp]:
    """The keys of those that are on (of `provider` alone), in our order. allauth's table of them stays empty."""
    return [
        SocialApp(
            provider=known.id, name=known.name, **settings.SOCIALACCOUNT_PROVIDERS[known.id]["APP"]
        )
        for known in KNOWN
        if known.id in settings.SOCIALACCOUNT_PROVIDERS and provider in (None, known.id)
    ]


class Offered(NamedTuple):
    """One that is on, as a page's button shows it."""

    id: str
    name: str
    url: str


def offered() -> list[Offered]:
    """Those that are on, in our order."""
    return [Offered(app.provider, app.name, reverse(f"{app.provider}_login")) for app in apps()]


def while_offered(provider: str = "") -> Callable[[View], View]:
    """A view that is there while this provider, or any, is on."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not apps(provider or None):
                raise Http404
            return view(request, *args, **kwargs)

        return answer

    return decorate


def hosts() -> list[str]:
    """Where the buttons of those that are on lead to: scheme and host."""
    on = {one.id for one in offered()}
    found = []
    for known in KNOWN:
        if known.id in on:
            there = urlsplit(known.oauth2_adapter_class.authorize_url)
            found += [f"{there.scheme}://{there.netloc}", *known.oauth2_adapter_class.more_hosts]
    return found


def with_buttons(view: View) -> View:
    """A page that has buttons of providers: its forms, and no other page's, may lead to them.

    Browsers hold `form-action` against the redirects after a form, too.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if there := hosts():
            policy = settings.SECURE_CSP
            policy = {**policy, "form-action": [CSP.SELF, *there]}
            response._csp_config = policy  # type: ignore[attr-defined]
        return response

    return answer
