"""One page that says what to do without the device, how far it is, and how to stop it."""

from typing import Any

from allauth.account.stages import LoginStageController
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Member
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.moderation.lost_devices import actions
from forums.moderation.lost_devices.forms import LostDeviceForm
from forums.moderation.lost_devices.kinds import SALT
from forums.moderation.lost_devices.models import WAIT, LostDevice, open_for


def _between_steps(request: HttpRequest) -> Member | None:
    """Who has passed the first step of signing in and stands before the second."""
    if request.user.is_authenticated:
        return None
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    return stage.login.user if stage else None


@never_cache
@require_http_methods(WRITES)
def lost_device(request: HttpRequest) -> HttpResponse:
    """Ask, from the second step; anybody else reads how."""
    member = _between_steps(request)
    context: dict[str, Any] = {"days": WAIT.days, "between_steps": member is not None}
    if member is None:
        reader = request.user.pk if request.user.is_authenticated else None
        context["lost"] = open_for(reader) if reader else None
        if request.method == "POST":
            return redirect("account_login")
        return render(request, "lost_devices/lost_device.html", context)
    form = LostDeviceForm(*posted(request))
    sent = Submission(form, lambda data: actions.ask(member=member, words=data["words"]))
    if sent.done:
        return redirect("lost_device")
    context |= {"lost": open_for(member.pk), "form": form}
    return render(request, "lost_devices/lost_device.html", context, status=sent.status)


@require_POST
@signed_in
def stop(request: MemberRequest) -> HttpResponse:
    """She is in after all."""
    lost = open_for(request.user.pk)
    if lost is not None and actions.stop(lost=lost):
        messages.success(request, _("Stopped. Your second step stays as it is."))
    return redirect("lost_device")


@never_cache
@require_http_methods(WRITES)
def stop_by_letter(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a letter: a page that asks, and stops it when it is sent."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    lost = LostDevice.objects.filter(pk=pk).first()
    if lost is None:
        raise Http404
    stopped = request.method == "POST" and actions.stop(lost=lost)
    context = {"lost": lost, "stopped": stopped, "over": stopped or lost.ended_at is not None}
    return render(request, "lost_devices/stop.html", context)
