"""The three we know: allauth's providers, asking for less, believing less.

Where there is an id_token it must carry the nonce of this very browser's way there: the nonce is made of PKCE's
secret, which waits in the session.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jwt
import requests
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url, get_request_param
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.facebook.flows import compute_appsecret_proof
from allauth.socialaccount.providers.facebook.provider import FacebookProvider
from allauth.socialaccount.providers.facebook.views import FacebookOAuth2Adapter
from allauth.socialaccount.providers.google.provider import GoogleProvider
from allauth.socialaccount.providers.google.views import GoogleOAuth2Adapter
from allauth.socialaccount.providers.line.provider import LineProvider
from allauth.socialaccount.providers.line.views import LineOAuth2Adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.urls import reverse

_NUMBER = re.compile(r"[\w.-]{1,191}", re.ASCII)  # what a provider calls a person
_CLOCKS = 60  # seconds by which a provider's clock may differ from ours


class NotBelieved(OAuth2Error):
    """What it says of a person cannot be true. The words are for the log, and hold nothing of hers."""


@contextmanager
def _makes_sense() -> Iterator[None]:
    """What an answer of another shape than agreed raises, is its sender's fault and no page's."""
    try:
        yield
    except (
        ArithmeticError,
        AttributeError,
        ImproperlyConfigured,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        if isinstance(error, requests.RequestException):
            raise
        raise NotBelieved(f"an answer that makes no sense ({type(error).__name__})") from error


def _nonce(secret: str) -> str:
    return hashlib.sha256(b"accounts.providers.nonce" + secret.encode()).hexdigest()


# -- what the three share -----------------------------------------------------------------------


class _Adapter(OAuth2Adapter):
    """How to speak with one."""

    profile_url: str
    more_hosts: tuple[str, ...] = ()  # where its page leads on to, before anybody has seen it
    nonce = ""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """The one address registered there: the site's own, whatever Host this request names."""
        return settings.SITE_URL + reverse(f"{self.provider_id}_callback")

    def get_access_token_data(
        self,
        request: HttpRequest,
        app: SocialApp,
        client: OAuth2Client,
        pkce_code_verifier: str | None = None,
    ) -> dict[str, Any]:
        self.nonce = _nonce(pkce_code_verifier or "")
        with _makes_sense():
            return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        with _makes_sense():
            return SocialToken(token=data["access_token"])

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        with _makes_sense():
            said = self.asked(app, token, kwargs["response"])
            return self.get_provider().sociallogin_from_response(request, said)

    def asked(self, app: SocialApp, token: SocialToken, given: dict[str, Any]) -> dict[str, Any]:
        """Who it is, by the provider's word. Raises NotBelieved where that is not to be believed."""
        raise NotImplementedError

    def believe(self, claims: dict[str, Any]) -> dict[str, Any]:
        if claims["nonce"] != self.nonce:
            raise NotBelieved("an id_token of another sign-in")
        return claims


class _Provider(OAuth2Provider):
    """What it is asked for, and what is taken of the answer."""

    number = "sub"  # under which name it gives its number for a person

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Where to after, and for what; scopes and parameters are ours to choose, no address names them."""
        connects = get_request_param(request, "process") == AuthProcess.CONNECT
        return {
            "process": AuthProcess.CONNECT if connects else AuthProcess.LOGIN,
            "next_url": get_next_redirect_url(request),
        }

    def extract_uid(self, data: dict[str, Any]) -> str:
        if not _NUMBER.fullmatch(number := data[self.number]):
            raise ValueError(self.number)
        return str(number)

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}  # nothing of it is kept

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"email": data.get("email")}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        return []  # an address in the common fields is one she gave: a letter confirms it


class _WithNonce(_Provider):
    """One of OpenID Connect."""

    pkce_enabled_default = True

    def get_pkce_params(self) -> dict[str, Any]:
        params = super().get_pkce_params()
        return {**params, "nonce": _nonce(params["code_verifier"])}

    def get_default_scope(self) -> list[str]:
        return ["openid", "email"]


# -- LINE ---------------------------------------------------------------------------------------


class LineAdapter(_Adapter, LineOAuth2Adapter):
    issuer = "https://access.line.me"

    def asked(self, app: SocialApp, token: SocialToken, given: dict[str, Any]) -> dict[str, Any]:
        """LINE checks its own id_token, whose way of signing is its affair, and reads it to us."""
        form = {"id_token": given["id_token"], "client_id": app.client_id, "nonce": self.nonce}
        with get_adapter().get_requests_session() as talk:
            answer = talk.post(self.id_token_url, data=form)
            answer.raise_for_status()
            claims = answer.json()
        if claims["aud"] != app.client_id or claims["iss"] != self.issuer:
            raise NotBelieved("an id_token for somebody else")
        return self.believe(claims)


class LineSignIn(_WithNonce, LineProvider):
    name = "LINE"
    oauth2_adapter_class = LineAdapter


# -- Google -------------------------------------------------------------------------------------


class GoogleAdapter(_Adapter, GoogleOAuth2Adapter):
    keys_url = "https://www.googleapis.com/oauth2/v1/certs"

    def asked(self, app: SocialApp, token: SocialToken, given: dict[str, Any]) -> dict[str, Any]:
        """Its signature is checked, though it came over TLS: it costs one request, and the rest need not be right."""
        try:
            _algorithm, key = jwtkit.fetch_key(
                given["id_token"], self.keys_url, jwtkit.lookup_kid_pem_x509_certificate
            )
            claims = jwt.decode(
                given["id_token"],
                key=key,
                algorithms=["RS256"],
                audience=app.client_id,
                issuer=self.id_token_issuer,
                leeway=_CLOCKS,
                options={"require": ["exp", "iat", "aud", "iss", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise NotBelieved(f"an id_token that is not good ({type(error).__name__})") from error
        return self.believe(claims)


class GoogleSignIn(_WithNonce, GoogleProvider):
    oauth2_adapter_class = GoogleAdapter

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """Proven where Google itself keeps the mailbox (its own, or its customer's: `hd`). Another address was once
        shown to be hers, to Google: who reads it today, a letter tells."""
        if not (email := data.get("email")):
            return []
        keeps = email.lower().endswith("@gmail.com") or bool(data.get("hd"))
        proven = keeps and data.get("email_verified") is True
        return [EmailAddress(email=email, verified=proven, primary=True)]


# -- Facebook -----------------------------------------------------------------------------------


class FacebookAdapter(_Adapter, FacebookOAuth2Adapter):
    # A version that has ended counts as the oldest that has not.
    authorize_url = "https://www.facebook.com/v21.0/dialog/oauth"
    access_token_url = "https://graph.facebook.com/v21.0/oauth/access_token"  # noqa: S105
    profile_url = "https://graph.facebook.com/v21.0/me"
    more_hosts = ("https://m.facebook.com",)  # telephones are sent there

    def asked(self, app: SocialApp, token: SocialToken, given: dict[str, Any]) -> dict[str, Any]:
        """Facebook has no id_token here: it is asked whose token it gave us, with our secret's proof."""
        query = {
            "fields": "id,email",
            "access_token": token.token,
            "appsecret_proof": compute_appsecret_proof(app, token),
        }
        with get_adapter().get_requests_session() as talk:
            answer = talk.get(self.profile_url, params=query)
            answer.raise_for_status()
            said: dict[str, Any] = answer.json()
        return said


class FacebookSignIn(_Provider, FacebookProvider):
    oauth2_adapter_class = FacebookAdapter
    number = "id"

    def get_default_scope(self) -> list[str]:
        return ["email"]


KNOWN: tuple[type[_Provider], ...] = (LineSignIn, GoogleSignIn, FacebookSignIn)
