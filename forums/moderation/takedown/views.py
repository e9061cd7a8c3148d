"""The desk for outsiders: a form, and the state of what was sent. Nobody needs an account."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forums.base.rate_limits import hold_light_pace
from forums.base.view_helpers import WRITES, Submission, posted
from forums.moderation.takedown import actions
from forums.moderation.takedown.forms import MoreForm, NoticeForm
from forums.moderation.takedown.models import Notice, NoticeState
from forums.pages.models import Page


@require_http_methods(WRITES)
def takedown(request: HttpRequest) -> HttpResponse:
    """The form, under the house's own words about it (its page of that name, if the admin has one)."""
    _hold_pace(request)
    form = NoticeForm(*posted(request))
    sent = Submission(form, lambda data: _give(request, data))
    if sent.done:
        messages.success(request, _("Received. Keep the address of this page: it is your receipt."))
        return redirect(sent.made)
    context = {
        "form": form,
        "hours": settings.FORUMS_TAKEDOWN_HOURS,
        "words": Page.objects.filter(slug="takedown").first(),
    }
    return render(request, "takedown/form.html", context, status=sent.status)


def _hold_pace(request: HttpRequest) -> None:
    """Before anything that was sent is looked at."""
    if request.method == "POST":
        hold_light_pace(request, "takedown", by_address=True)


def _give(request: HttpRequest, data: dict[str, str]) -> Notice:
    reader = request.user if request.user.is_authenticated else None
    asked = {name: value for name, value in data.items() if name != "truth"}
    return actions.give_notice(**asked, reader=reader)


@never_cache
@require_http_methods(WRITES)
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """How far it is; and the form for what was asked."""
    _hold_pace(request)
    notice = get_object_or_404(Notice, receipt=receipt)
    form = MoreForm(*posted(request))
    sent = Submission(form, lambda data: actions.add_to_notice(notice=notice, more=data["more"]))
    if sent.done:
        messages.success(request, _("Added. The moderators look at it again."))
        return redirect(notice)
    asks = notice.state == NoticeState.ASKED
    context = {"notice": notice, "asks": asks, "form": form}
    return render(request, "takedown/receipt.html", context, status=sent.status)
