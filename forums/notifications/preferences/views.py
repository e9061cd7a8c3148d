"""The settings of notifications, and the page behind the link that stops emails."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from forums.base.rate_limits import light_pace
from forums.base.view_helpers import WRITES, MemberRequest, Submission, signed_in
from forums.notifications.models import MailWish, Preference
from forums.notifications.preferences.actions import (
    save_mail_wish,
    save_preferences,
    stop_emails,
)
from forums.notifications.preferences.forms import MailWishForm, PreferencesForm
from forums.notifications.push.lists import push_of
from forums.notifications.stop_links import BadLink, OldLink, read, stopped_by


@never_cache
@require_http_methods(WRITES)
@signed_in
def preferences(request: MemberRequest) -> HttpResponse:
    """What she is told of, and where; and what mail she gets at all."""
    push = push_of(request.user, request.session.session_key)
    typed = request.POST if request.method == "POST" else None
    wishes = {each.switch: each for each in Preference.objects.filter(member=request.user)}
    form = PreferencesForm(typed, wishes=wishes, pushes=push is not None)
    wish = MailWish.objects.filter(member=request.user).first() or MailWish()
    mail_form = MailWishForm(typed, wish=wish)

    def save(data: dict[str, Any]) -> None:
        if form.is_valid():  # boxes always are
            save_preferences(member=request.user, wishes=form.wishes())
        save_mail_wish(member=request.user, **data)

    sent = Submission(mail_form, save)
    if sent.done:
        messages.success(request, _("Saved. From now on you are told as you chose."))
        return redirect("settings_notifications")
    context = {"section": "settings", "form": form, "mail_form": mail_form, "push": push}
    return render(request, "notifications/preferences.html", context, status=sent.status)


@never_cache
@csrf_exempt  # mail programs send the form (RFC 8058); it does what its address says, whoever is signed in
@light_pace("mail_stop", by_address=True)
@require_http_methods(WRITES)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stops emails like the one the link stood in, or all of them: once the form is sent, for links are opened by machines."""
    status = 200
    context: dict[str, Any] = {"section": "settings"}
    try:
        asked = read(token)
    except BadLink as error:
        status, context["problem"] = (410, "old") if isinstance(error, OldLink) else (400, "bad")
    else:
        context["names"] = stopped_by(asked.what)
        if request.method == "POST":
            context["done"] = "all" if "all" in request.POST else "these"
            stop_emails(asked, all_of_them=context["done"] == "all")
    return render(request, "notifications/stop.html", context, status=status)
