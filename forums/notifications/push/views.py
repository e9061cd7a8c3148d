"""Turning notifications on for a device, and what is set for each."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from forums.base.errors import BadText
from forums.base.view_helpers import WRITES, MemberRequest, Submission, signed_in
from forums.notifications.push import actions, keys
from forums.notifications.push.forms import STRANGE, QuietForm, SubscriptionForm
from forums.notifications.push.lists import row_of
from forums.notifications.push.models import PushDevice

HERE = "/settings/notifications/#devices"


def where_it_is_on[**P](
    view: Callable[Concatenate[MemberRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For members; no such page where the site pushes nothing."""

    @wraps(view)
    def door(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not keys.is_on():
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(door)


@require_POST
@where_it_is_on
def turn_on(request: MemberRequest) -> HttpResponse:
    """This browser takes what is pushed from now on."""
    form = SubscriptionForm(request.POST)
    if not form.is_valid():
        raise BadText(STRANGE)
    actions.turn_on(
        member=request.user, session_key=request.session.session_key, **form.cleaned_data
    )
    messages.success(request, _("Turned on. A first message is on its way to this device."))
    return redirect(HERE)


@never_cache
@require_http_methods(WRITES)
@where_it_is_on
def device(request: MemberRequest, pk: int) -> HttpResponse:
    """A device: its quiet hours, trying it out, turning it off."""
    found = _device(request, pk)
    form = QuietForm(request.POST if request.method == "POST" else None, device=found)

    def save(_data: dict[str, object]) -> None:
        start, end = form.hours()
        actions.set_quiet(device=found, start=start, end=end)

    sent = Submission(form, save)
    if sent.done:
        messages.success(request, _("Saved."))
        return redirect(HERE)
    row = row_of(found, request.session.session_key)
    context = {"section": "settings", "form": form, "row": row}
    return render(request, "notifications/device.html", context, status=sent.status)


@require_POST
@where_it_is_on
def turn_off(request: MemberRequest, pk: int) -> HttpResponse:
    """Nothing is pushed to it any more."""
    actions.turn_off(device=_device(request, pk))
    messages.success(request, _("Turned off. Nothing is sent to that device any more."))
    return redirect(HERE)


@require_POST
@where_it_is_on
def try_out(request: MemberRequest, pk: int) -> HttpResponse:
    """A message of ours, to see whether it comes."""
    actions.try_out(member=request.user, device=_device(request, pk))
    messages.success(request, _("Sent. It comes to that device within a minute."))
    return redirect(HERE)


def _device(request: MemberRequest, pk: int) -> PushDevice:
    mine = PushDevice.objects.visible_to(request.user).select_related("session")
    return get_object_or_404(mine, pk=pk)
