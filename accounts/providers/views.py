"""To a provider and back; choosing a handle; what one has connected."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.utils import get_request_param
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import (
    OAuth2Adapter,
    OAuth2CallbackView,
    OAuth2LoginView,
)
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.actions import HandleTaken
from accounts.adapter import AccountAdapter
from accounts.models import Member
from accounts.providers import actions
from accounts.providers.forms import ProviderSignupForm
from accounts.providers.identity import Identity, forget, kept
from accounts.providers.known import KNOWN
from accounts.providers.offered import NAMES, View, offered, while_offered, with_buttons
from accounts.providers.talking import turn
from accounts.registry import signing_up
from accounts.tries import hold_sign_up
from forums.base.errors import BadText
from forums.base.rate_limits import light_pace
from forums.base.view_helpers import MemberRequest

AGAIN = "allauth.socialaccount"  # what allauth calls the reason to ask for the password again


def to_provider(adapter: type[OAuth2Adapter]) -> View:
    """A page with one button, and where its press, or that of any other page's button, leads to the provider."""
    to_it = OAuth2LoginView.adapter_view(adapter)

    @light_pace("ways_in", by_address=True)
    @while_offered(adapter.provider_id)
    @with_buttons
    @never_cache
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        connects = get_request_param(request, "process") == AuthProcess.CONNECT
        if connects and is_reauthentication_required(request, app=AGAIN):
            return redirect("socialaccount_connections")  # which asks for the password
        response: HttpResponse = to_it(request)
        return response

    return view


def from_provider(adapter: type[OAuth2Adapter]) -> View:
    """Where the provider sends her back to, with a code that is good once."""
    from_it = OAuth2CallbackView.adapter_view(adapter)

    @light_pace("ways_in", by_address=True)
    @while_offered(adapter.provider_id)
    @with_buttons
    @never_cache
    @require_GET
    def view(request: HttpRequest) -> HttpResponse:
        with turn():
            response: HttpResponse = from_it(request)
        return response

    return view


ways = {
    known.id: (to_provider(known.oauth2_adapter_class), from_provider(known.oauth2_adapter_class))
    for known in KNOWN
}


@while_offered()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signup(request: HttpRequest) -> HttpResponse:
    """A handle and the terms, for who comes from a provider for the first time."""
    if request.user.is_authenticated:
        return redirect("socialaccount_connections")
    who, then = kept(request)
    if who is None:
        messages.info(request, _("Please begin here."))
        return redirect("account_login")
    if request.method != "POST":
        return _signup_page(request, ProviderSignupForm(who=who), who)
    hold_sign_up(request)
    form = ProviderSignupForm(request.POST, who=who)
    if not form.is_valid():
        return _signup_page(request, form, who, status=400)
    try:
        asked = form.cleaned_data
        signing_up(request, asked["email"], asked["username"], by_provider=True)
        member, response = form.try_save(request)
    except HandleTaken:
        form.add_error("username", AccountAdapter(request).validation_error("username_taken"))
        return _signup_page(request, form, who, status=400)
    except BadText as error:
        form.add_error(None, str(error.message))
        return _signup_page(request, form, who, status=400)
    forget(request)
    return _in(request, member, who, then) if member else response


def _signup_page(
    request: HttpRequest, form: ProviderSignupForm, who: Identity, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "provider": who.name}
    return render(request, "socialaccount/signup.html", context, status=status)


def _in(request: HttpRequest, member: Member, who: Identity, then: str) -> HttpResponse:
    """Signed in, or told of the letter that confirms her address."""
    record_authentication(request, member, "socialaccount", provider=who.provider, uid=who.uid)
    try:
        return complete_signup(request, user=member, redirect_url=then or None)
    except ImmediateHttpResponse as answer:
        return answer.response


@while_offered()
@with_buttons
@never_cache
@login_required
@require_safe
@reauthentication_required(app=AGAIN)
def connections(request: MemberRequest) -> HttpResponse:
    """What opens this account from elsewhere, and what could."""
    found = list(SocialAccount.objects.filter(user=request.user).order_by("date_joined"))
    has = {account.provider for account in found}
    context = {
        "accounts": [(account, NAMES.get(account.provider, account.provider)) for account in found],
        "more": [one for one in offered() if one.id not in has],
    }
    return render(request, "socialaccount/connections.html", context)


@while_offered()
@never_cache
@login_required
@require_POST
@reauthentication_required(app=AGAIN)
def disconnect(request: MemberRequest, account: int) -> HttpResponse:
    """It opens this account no more; somebody else's is not found."""
    gone = actions.disconnect(member=request.user, account=account)
    if gone is None:
        raise Http404
    name = NAMES.get(gone.provider, gone.provider)
    get_adapter().send_notification_mail(
        "socialaccount/email/account_disconnected", request.user, {"provider": name}
    )
    messages.success(request, _("%(provider)s opens your account no more.") % {"provider": name})
    return redirect("socialaccount_connections")
