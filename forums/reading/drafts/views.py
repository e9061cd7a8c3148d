"""Pages of drafts, and what keeps them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forums.base.drafts import Token
from forums.base.errors import ForumError
from forums.base.rate_limits import light_pace
from forums.base.view_helpers import MemberRequest, signed_in, wants_part
from forums.reading.drafts import actions, lists
from forums.reading.drafts.forms import SentToKeep
from forums.reading.drafts.models import LIMIT, Draft
from forums.reading.drafts.places import named, place_of


@require_safe
@never_cache
@signed_in
def drafts(request: MemberRequest) -> HttpResponse:
    """What she has begun to write, by place; `?thrown=` names what she has just thrown away."""
    places = lists.drafts_of(request.user)
    thrown = Token.read(request.GET.get("thrown", ""))
    context = {
        "places": places,
        "count": sum(len(place.drafts) for place in places),
        "limit": LIMIT,
        "thrown": thrown and lists.thrown_away(request.user, thrown.key),
    }
    return render(request, "drafts/drafts.html", context)


@require_safe
@never_cache
@signed_in
def draft(request: MemberRequest, pk: uuid.UUID) -> HttpResponse:
    """One draft whole, to read and to copy: also where its form takes it no more."""
    found = get_object_or_404(Draft.objects.visible_to(request.user).kept(), pk=pk)
    context = {
        "draft": found,
        "label": named(request.user, [found.place])[found.place],
        "texts": lists.texts_of(found),
    }
    return render(request, "drafts/draft.html", context)


@require_POST
@light_pace("drafts")
@signed_in
def keep(request: MemberRequest) -> HttpResponse:
    """Keep what a form holds. A script is told in which draft it stands now; others come to the list."""
    script = wants_part(request)
    try:
        sent = SentToKeep.read(request)
        kept = actions.keep(member=request.user, **sent._asdict())
    except ForumError as error:
        if not script:
            raise
        return JsonResponse({"error": str(error.message)}, status=error.status)
    beside = sent.token is not None and sent.token.version > 0 and kept.key != sent.token.key
    if script:
        said = _("It was changed elsewhere meanwhile: both are among your drafts.")
        return JsonResponse({"draft": str(kept.token), "beside": said if beside else ""})
    messages.success(request, _("The draft is kept. You find it here, on each of your devices."))
    return redirect("drafts")


@require_safe
@never_cache
@light_pace("drafts")
@signed_in
def at_place(request: MemberRequest) -> JsonResponse:
    """For a script: what waits at `place`, and whether the draft it knows is still there."""
    place = place_of(request.GET.get("place", "")[:300], request.GET)
    token = Token.read(request.GET.get("draft", ""))
    waiting = lists.at_place(request.user, place) if place else []
    mine = next((each for each in waiting if token and each.key == token.key), None)
    seen = mine is not None and token is not None and mine.version <= token.version
    offers = [each for each in waiting if not (seen and each is mine)]
    return JsonResponse(
        {
            "gone": token is not None and mine is None,
            "offers": render_to_string("drafts/_offers.html", {"offers": offers}, request),
        }
    )


@require_POST
@signed_in
def throw_away(request: MemberRequest, pk: uuid.UUID) -> HttpResponse:
    """Throw a draft away. The list says so, with a way back."""
    found = get_object_or_404(Draft.objects.visible_to(request.user), pk=pk)
    actions.throw_away(member=request.user, draft=found)
    return redirect(f"/drafts/?thrown={found.key}")


@require_POST
@signed_in
def bring_back(request: MemberRequest, pk: uuid.UUID) -> HttpResponse:
    """Bring back what was thrown away."""
    found = get_object_or_404(Draft.objects.visible_to(request.user), pk=pk)
    actions.bring_back(member=request.user, draft=found)
    messages.success(request, _("The draft is back."))
    return redirect("drafts")
