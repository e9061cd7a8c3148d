"""Settings of one's own, and what allauth leaves to us: load, ask, act, answer."""

import uuid
from typing import Any

from allauth.account.views import ConfirmEmailView, EmailView, SignupView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.adapter import TURNED_AWAY, AccountAdapter
from accounts.display import display as display_of
from accounts.display import remember, remember_language
from accounts.first_proof import next_step
from accounts.forms import DisplayForm, ProfileForm, SignupForm
from accounts.models import PICTURE_SIZES, Member, WaitingAddress
from accounts.registry import signing_up, why_turned_away
from accounts.second_step import factors_of
from accounts.tries import hold_change_of_email, hold_sign_up
from forums.base.drafts import open_with_draft, sending
from forums.base.errors import BadText, PictureTrouble
from forums.base.picture_giving import stored_picture
from forums.base.view_helpers import MemberRequest
from forums.text.dates import day


class _Signup(SignupView):
    """allauth's, for what it cannot answer: two who send the same handle at once, and too many from one place."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        hold_sign_up(request)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: SignupForm) -> HttpResponse:
        try:
            asked = form.cleaned_data
            signing_up(self.request, asked["email"], asked["username"])
            return super().form_valid(form)
        except BadText as error:
            form.add_error(None, str(error.message))
            return self.form_invalid(form)
        except actions.HandleTaken:
            form.add_error(
                "username", AccountAdapter(self.request).validation_error("username_taken")
            )
            return self.form_invalid(form)


signup = _Signup.as_view()


@never_cache
@require_safe
def inactive(request: HttpRequest) -> HttpResponse:
    """Why somebody with the right password is not let in, until when, and what she can do."""
    known = request.session.get(TURNED_AWAY) or 0
    member = Member.objects.filter(pk=known, is_active=False).first()
    why = why_turned_away(member) if member else None
    return render(request, "account/account_inactive.html", {"why": why})


@never_cache
@login_required
@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """All there is to set, with how it stands."""
    context = {
        "section": "settings",
        "factors": factors_of(request.user),
        "sessions": UserSession.objects.filter(user=request.user).count(),
        "form": _display_form(request),
    }
    return render(request, "settings/overview.html", context)


class ConfirmEmail(ConfirmEmailView):
    """The page of the letter's link. Where the password of a stranger was taken off, one is set next."""

    def get_redirect_url(self) -> str:
        step = "" if self.request.user.is_authenticated else next_step(self.object.email_address)
        url: str = self.passthrough_next_url(step) if step else super().get_redirect_url()
        return url


class ChangeEmail(EmailView):
    """The address, and until when a new one waits to be proven."""

    request: MemberRequest

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        hold_change_of_email(request)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        until = WaitingAddress.objects.until(self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "waits_until": until and day(until)}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    """What others read about a member."""
    if request.method != "POST":
        form = ProfileForm.of(request.user)
        open_with_draft(request, form)
        return _profile_page(request, form)
    form = ProfileForm(request.POST, request.FILES, member=request.user)
    form.stands(request.user.display_name, request.user.bio)
    if not form.is_valid():
        return _profile_page(request, form, status=400)
    clean = form.cleaned_data
    try:
        with sending(request):
            if clean["picture"]:
                actions.set_picture(member=request.user, file=clean["picture"])
            actions.save_profile(
                member=request.user,
                display_name=clean["display_name"],
                bio=clean["bio"],
                province=clean["province"],
                links=form.links,
            )
    except PictureTrouble as error:
        form.add_error("picture", str(error.message))
        return _profile_page(request, form, status=error.status)
    except ValidationError as error:
        form.add_error("display_name", error)
        return _profile_page(request, form, status=400)
    except BadText as error:
        form.add_error(None, str(error))
        return _profile_page(request, form, status=400)
    messages.success(request, _("Your profile is saved."))
    return redirect("settings_profile")


def _profile_page(request: HttpRequest, form: ProfileForm, *, status: int = 200) -> HttpResponse:
    return render(
        request, "settings/profile.html", {"form": form, "section": "settings"}, status=status
    )


@login_required
@require_POST
def remove_picture(request: MemberRequest) -> HttpResponse:
    """Back to the letter in a bead."""
    actions.remove_picture(member=request.user)
    messages.success(request, _("Your picture is gone."))
    return redirect("settings_profile")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Colours and letters: of a member for all her devices, of a visitor for this one."""
    if request.method != "POST":
        context = {"form": _display_form(request), "next": _back(request, request.GET.get("next"))}
        return render(request, "settings/display.html", context)
    form = DisplayForm(request.POST)
    if not form.is_valid():  # no hand wrote this
        context = {"form": form, "next": _back(request, request.POST.get("next"))}
        return render(request, "settings/display.html", context, status=400)
    wish = form.cleaned_data
    language = wish["language"]
    if request.user.is_authenticated:
        actions.set_display(member=request.user, **wish)
    response = redirect(_back(request, request.POST.get("next")) or "settings_display")
    secure = request.is_secure()
    remember(response, theme=wish["theme"], text=wish["text_size"], secure=secure)
    remember_language(response, language, secure=secure)
    return response


@require_POST
@login_required
def keep_codes(request: MemberRequest) -> HttpResponse:
    """The recovery codes are where she finds them again."""
    actions.keep_codes(member=request.user)
    messages.success(request, _("Good. Keep them apart from the device."))
    return redirect("mfa_index")


@require_POST
@login_required
def see_others(request: MemberRequest) -> HttpResponse:
    """Turn the fifth row on or off."""
    on = request.POST.get("on") == "1"
    actions.set_see_others(member=request.user, on=on)
    said = _("Every fifth topic is from elsewhere again.") if on else _("Only the plain list now.")
    messages.success(request, said)
    return redirect(reverse("settings") + "#others")


def _display_form(request: HttpRequest) -> DisplayForm:
    now = display_of(request)
    return DisplayForm(
        initial={"theme": now["theme"], "text_size": now["text"], "language": get_language()}
    )


def _back(request: HttpRequest, wish: str | None) -> str:
    """Where one was, when that is on this site."""
    if (
        wish
        and wish.startswith("/")
        and url_has_allowed_host_and_scheme(
            wish, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
    ):
        return wish
    return ""


@login_required
@require_POST
def end_session(request: MemberRequest, session: int) -> HttpResponse:
    """Sign one of one's devices out; somebody else's is not found."""
    if not actions.end_session(member=request.user, session=session):
        raise Http404
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")


@require_safe
def member_picture(request: HttpRequest, picture: uuid.UUID, size: int) -> HttpResponseBase:
    """A profile picture in one of its sizes; what lies at an address never changes.

    A suspended member's is there for moderators only, who decide about it, and comes back with her.
    """
    if size not in PICTURE_SIZES:
        raise Http404
    of = Member.objects.filter(picture=picture).values_list("is_active", flat=True)
    shown = next(iter(of[:1]), None)
    if shown is None or not (shown or request.user.is_staff):
        raise Http404
    response = stored_picture(request, actions.picture_path(picture, size))
    if not shown:
        response["Cache-Control"] = "private, no-store"
    return response
