"""Where allauth asks us about providers: which there are, how to speak with them, who it is who comes back."""

import logging
from typing import Any

import requests
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess, Provider
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.first_proof import came_by_provider
from accounts.models import Member
from accounts.providers.actions import connect
from accounts.providers.identity import Identity, forget, keep
from accounts.providers.known import NotBelieved
from accounts.providers.offered import apps, offered
from accounts.providers.talking import Talk
from forums.base.errors import ForumError

logger = logging.getLogger(__name__)

# How a page says that nobody is signed in: what happened, and its status.
CANCELLED, EXPIRED, AWAY, WRONG = (
    ("cancelled", 200),
    ("expired", 400),
    ("away", 503),
    ("wrong", 502),
)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Keys from the environment only; newcomers choose a handle; what exists is joined by its owner alone."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        return apps(provider)

    def get_requests_session(self) -> Talk:
        return Talk()

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Member:
        """Nothing: what she is called here she says herself."""
        member: Member = sociallogin.user
        return member

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """A page that says what happened, and leads on. Nothing was changed."""
        state = (extra_context or {}).get("state")
        if error == AuthError.CANCELLED:
            what = CANCELLED
        elif state is None:
            what = EXPIRED
        elif isinstance(exception, (requests.Timeout, requests.ConnectionError)):
            what = AWAY
        else:
            what = WRONG
        happened, status = what
        inside = request.user.is_authenticated
        context = {
            "happened": happened,
            "provider": provider,
            "again": [one for one in offered() if one.id == provider.id],
            "process": AuthProcess.CONNECT if inside else AuthProcess.LOGIN,
            "next": (state or {}).get("next") or "",
        }
        page = "socialaccount/authentication_error.html"
        response = render(request, page, context, status=status)
        if status >= 500:
            # Others' words may hold what is secret: of them only what kind of mistake it was.
            why = exception if isinstance(exception, NotBelieved) else type(exception).__name__
            logger.warning("Signing in with %s failed: %s", provider.id, why)
            response._has_been_logged = True  # type: ignore[attr-defined]
        raise ImmediateHttpResponse(response)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Somebody has shown that she has this account elsewhere. What it opens here is signed in to by allauth."""
        sociallogin.token = None  # or it would be kept in a session
        forget(request)
        who, state = Identity.of(sociallogin), sociallogin.state
        if state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(self._connected(request, who))
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(_begun(request, who, then=state.get("next") or ""))
        came_by_provider(request, sociallogin.user)

    def _connected(self, request: HttpRequest, who: Identity) -> HttpResponse:
        """To the page of her connections, with what came of it."""
        back = redirect("socialaccount_connections")
        if not request.user.is_authenticated:
            return back  # which asks her to sign in
        if is_reauthentication_required(request, app="allauth.socialaccount"):
            messages.error(request, _("That took a while. Please connect it once more."))
            return back  # which asks for her password
        try:
            new = connect(member=request.user, who=who)
        except ForumError as error:
            messages.error(request, str(error.message))
            return back
        if new:
            self.send_notification_mail(
                "socialaccount/email/account_connected", request.user, {"provider": who.name}
            )
        said = _("You can sign in with %(provider)s from now on.") % {"provider": who.name}
        messages.success(request, said)
        return back


def _begun(request: HttpRequest, who: Identity, *, then: str) -> HttpResponse:
    """To choosing a handle; or, where her own mailbox has an account here, to signing in to that.

    Only she is told so, to whom the provider keeps the mailbox; of any other address a letter tells its reader.
    """
    if request.user.is_authenticated:
        messages.info(request, _("You are signed in. Here you can connect it with your account."))
        return redirect("socialaccount_connections")
    if who.proven and EmailAddress.objects.filter(email=who.email).exists():
        said = _(
            "There is an account with your address %(email)s here already. Sign in to it first, with its password "
            "or a code by e-mail; then connect %(provider)s on the page that follows."
        )
        messages.warning(request, said % {"email": who.email, "provider": who.name})
        query = urlencode({"next": reverse("socialaccount_connections")})
        return redirect(f"{reverse('account_login')}?{query}")
    keep(request, who, then=then)
    return redirect("socialaccount_signup")
