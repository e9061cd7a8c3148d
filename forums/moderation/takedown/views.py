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
from forums.moderation.takedown.forms import MoreForm, NoticeForm, ReceiptForm
from forums.moderation.takedown.models import WORDS_LENGTH, Notice, NoticeState
from forums.pages.models import Page
from forums.text import dates
from forums.text.glance import glance

# What a lawyer corrects in the admin, as pages: all about it, what stands above the form, what one declares, what stands
# below. Of another language than Thai with its code behind ("takedown-truth-en").
WORDS = {
    "about": "takedown",
    "intro": "takedown-intro",
    "truth": "takedown-truth",
    "after": "takedown-after",
}


@require_http_methods(WRITES)
def takedown(request: HttpRequest) -> HttpResponse:
    """The form, in the house's own words where the admin has pages of them (WORDS), else in the code's; and below it, how
    far a notice is whose receipt one has."""
    _hold_pace(request)
    known = ReceiptForm(request.GET if "receipt" in request.GET else None)
    if known.is_valid():
        return redirect(known.cleaned_data["receipt"])
    words = _words()
    form = NoticeForm(*posted(request))
    if truth := words["truth"]:
        form.fields["truth"].label = glance(truth.body_html, WORDS_LENGTH)
    sent = Submission(form, lambda data: _give(request, data))
    if sent.done:
        messages.success(request, _("Received. Keep the address of this page: it is your receipt."))
        return redirect(sent.made)
    context = {
        "form": form,
        "known": known,
        "hours": settings.FORUMS_TAKEDOWN_HOURS,
        "words": words,
    }
    status = 404 if known.is_bound else sent.status
    return render(request, "takedown/form.html", context, status=status)


def _words() -> dict[str, Page | None]:
    """Those there are; what it says about all of it stands in Thai alone, as other pages of the house do."""
    behind = "" if dates.language() == "th" else f"-{dates.language()}"
    slugs = {name: slug if name == "about" else f"{slug}{behind}" for name, slug in WORDS.items()}
    pages = {page.slug: page for page in Page.objects.filter(slug__in=slugs.values())}
    return {name: pages.get(slug) for name, slug in slugs.items()}


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
