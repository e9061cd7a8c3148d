"""The settings of notifications."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forums.base.view_helpers import WRITES, MemberRequest, Submission, signed_in
from forums.notifications.models import Preference
from forums.notifications.preferences.actions import save_preferences
from forums.notifications.preferences.forms import PreferencesForm
from forums.notifications.push.lists import push_of


@never_cache
@require_http_methods(WRITES)
@signed_in
def preferences(request: MemberRequest) -> HttpResponse:
    """What she is told of, and where."""
    push = push_of(request.user, request.session.session_key)
    wishes = {each.switch: each for each in Preference.objects.filter(member=request.user)}
    sent_data = request.POST if request.method == "POST" else None
    form = PreferencesForm(sent_data, wishes=wishes, pushes=push is not None)
    sent = Submission(
        form, lambda _data: save_preferences(member=request.user, wishes=form.wishes())
    )
    if sent.done:
        messages.success(request, _("Saved. From now on you are told as you chose."))
        return redirect("settings_notifications")
    context = {"section": "settings", "form": form, "push": push}
    return render(request, "notifications/preferences.html", context, status=sent.status)
