"""The page in between: what changed, and a box. Not a trap: one reads on without it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.agreeing import has_agreed
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.privacy.agreements import actions
from forums.privacy.agreements.forms import AgreeForm
from forums.privacy.agreements.wordings import newest


@never_cache
@require_http_methods(WRITES)
@signed_in
def agree(request: MemberRequest) -> HttpResponse:
    """What changed since she agreed; once she has, she writes on."""
    form = AgreeForm(*posted(request))
    sent = Submission(form, lambda _data: actions.agree(member=request.user))
    if sent.done:
        messages.success(request, _("Thank you. You can write on."))
        return redirect("settings_privacy")
    context = {
        "form": form,
        "wording": newest(),
        "agreed": has_agreed(request.user),
        "section": "settings",
    }
    return render(request, "privacy/agree.html", context, status=sent.status)


@require_POST
@signed_in
def take_back(request: MemberRequest) -> HttpResponse:
    """What she said of herself goes."""
    if actions.take_profile_back(member=request.user):
        messages.success(
            request, _("Taken back. From now on we do not use it any more; it is deleted.")
        )
    else:
        messages.info(request, _("There is nothing of it."))
    return redirect("settings_privacy")
