"""The page from which one leaves; the letter's links; staying after all."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.privacy.leaving import actions
from forums.privacy.leaving.forms import LeaveForm
from forums.privacy.leaving.hindrances import only_hers
from forums.privacy.leaving.kinds import asked_by, stays_by
from forums.privacy.leaving.models import WAIT, going


@never_cache
@require_http_methods(WRITES)
@signed_in
@reauthentication_required(app="forums.privacy")
def leave(request: MemberRequest) -> HttpResponse:
    """What leaving means, what she chooses, and who must take over from her first."""
    form = LeaveForm(*posted(request))
    sent = Submission(form, lambda data: actions.ask(member=request.user, choice=data["choice"]))
    if sent.done:
        messages.success(request, _("We have sent you a letter. Confirm it by the link there."))
        return redirect("settings_privacy")
    context = {
        "form": form,
        "section": "settings",
        "leaving": going(request.user.pk),
        "only_hers": only_hers(request.user.pk),
        "days": WAIT.days,
    }
    return render(request, "privacy/leave.html", context, status=sent.status)


@require_POST
@signed_in
def stay(request: MemberRequest) -> HttpResponse:
    """She changed her mind."""
    leaving = going(request.user.pk)
    if leaving is not None and actions.stay(leaving=leaving):
        messages.success(request, _("You stay. Nothing was deleted."))
    return redirect("settings_privacy")


@never_cache
@require_http_methods(WRITES)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The letter's link: a page that asks, and sets the day when it is sent."""
    leaving = asked_by(token)
    if leaving is None:
        raise Http404
    done = request.method == "POST" and actions.confirm(leaving=leaving)
    leaving.refresh_from_db()
    context = {"leaving": leaving, "done": done, "days": WAIT.days}
    return render(request, "privacy/confirm.html", context)


@never_cache
@require_http_methods(WRITES)
def stay_by_letter(request: HttpRequest, token: str) -> HttpResponse:
    """The letter's other link."""
    leaving = stays_by(token)
    if leaving is None:
        raise Http404
    stays = request.method == "POST" and actions.stay(leaving=leaving)
    over = stays or leaving.stopped_at is not None or leaving.begun_at is not None
    return render(request, "privacy/stay.html", {"stays": stays, "over": over})
