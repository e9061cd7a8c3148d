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


def _give(request: HttpRequest, data: dict[str, str]) -> Notice:
    hold_light_pace(request, "takedown", by_address=True)
    asked = {name: value for name, value in data.items() if name != "truth"}
    return actions.give_notice(**asked)


@never_cache
@require_http_methods(WRITES)
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """How far it is; and the form for what was asked."""
    notice = get_object_or_404(Notice, receipt=receipt)
    form = MoreForm(*posted(request))
    sent = Submission(form, lambda data: _add(request, notice, data["more"]))
    if sent.done:
        messages.success(request, _("Added. The moderators look at it again."))
        return redirect(notice)
    asks = notice.state == NoticeState.ASKED
    context = {"notice": notice, "asks": asks, "form": form}
    return render(request, "takedown/receipt.html", context, status=sent.status)


def _add(request: HttpRequest, notice: Notice, more: str) -> Notice:
    hold_light_pace(request, "takedown", by_address=True)
    return actions.add_to_notice(notice=notice, more=more)
