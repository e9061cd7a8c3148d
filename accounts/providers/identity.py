"""Who came back from a provider, while she is not a member yet: kept in her session, for half an hour."""

import time
from dataclasses import asdict, dataclass

from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from accounts.providers.offered import NAMES, apps

_KEY = "newcomer"  # in the session
_SECONDS = 30 * 60  # to choose a handle; a library's next reader must not find her


@dataclass(frozen=True, slots=True)
class Identity:
    """A provider's number for a person; her address, and whether the provider keeps that mailbox itself."""

    provider: str
    uid: str
    email: str = ""
    proven: bool = False

    @classmethod
    def of(cls, login: SocialLogin) -> "Identity":
        address = next(iter(login.email_addresses), None)
        return cls(
            provider=login.account.provider,
            uid=login.account.uid,
            email=address.email.lower() if address else "",
            proven=bool(address and address.verified),
        )

    @property
    def name(self) -> str:
        return NAMES[self.provider]


def keep(request: HttpRequest, identity: Identity, *, then: str) -> None:
    """Until she has chosen a handle; `then` is what she was on the way to."""
    until = time.time() + _SECONDS
    request.session[_KEY] = {"who": asdict(identity), "then": then, "until": until}


def kept(request: HttpRequest) -> tuple[Identity | None, str]:
    """Who chooses a handle in this browser, and what she was on the way to; None after a while."""
    found = request.session.get(_KEY)
    if not found or found["until"] < time.time() or not apps(found["who"]["provider"]):
        return None, ""
    return Identity(**found["who"]), found["then"]


def forget(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)
