"""The pages of the first step."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.discussions.boards.models import Board
from forums.front.welcome.forms import FirstStepForm
from forums.front.welcome.wish import Wish
from forums.groups.directory.fitting import fitting, offered_tags


@never_cache
@require_http_methods(WRITES)
@signed_in
def first_step(request: MemberRequest) -> HttpResponse:
    """Ask what she cares about and where she is; keep the province."""
    member = request.user
    wish = Wish.read(request.POST if request.method == "POST" else request.GET)
    form = FirstStepForm(
        *posted(request), initial={"matter": wish.matter, "province": member.province}
    )

    def keep(data: dict[str, str]) -> None:
        # A form that came in part (a session ended, its words were sent again) takes nothing off her profile.
        if "province" in request.POST and data["province"] != member.province:
            actions.set_province(member=member, province=data["province"])

    sent = Submission(form, keep)
    if sent.done:
        return redirect(f"{reverse('first_networks')}?{wish.query}")
    context = {"form": form, "offered": offered_tags(), "chosen": wish.tags}
    return render(request, "welcome/first_step.html", context, status=sent.status)


@never_cache
@require_safe
@signed_in
def networks(request: MemberRequest) -> HttpResponse:
    """Three networks that fit what she told, and where to say hello."""
    wish, member = Wish.read(request.GET), request.user
    found = fitting(member, matter=wish.matter, tags=wish.tags, province=member.province)
    context = {
        "wish": wish,
        "found": found,
        "elsewhere": bool(wish.query) and not any(fit.by_matter for fit in found),
        "hello": Board.objects.for_hello(member),
    }
    return render(request, "welcome/networks.html", context)


@require_POST
@signed_in
def close(request: MemberRequest) -> HttpResponse:
    """Take the line off home."""
    actions.close_first_step(member=request.user)
    messages.success(request, _("Closed. All networks are in the menu, under “Networks”."))
    return redirect("home")
