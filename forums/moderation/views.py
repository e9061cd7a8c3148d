"""The public log of decisions."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.moderation import log
from forums.moderation.lookups import number_in
from forums.moderation.models import Decision


@require_safe
def moderation_log(request: HttpRequest) -> HttpResponse:
    """What was decided, newest first; `?topic=`, `?post=`, `?network=`, `?organisation=` ask about one of them."""
    asked = {name: _number(request, name) for name in ("topic", "post", "network", "organisation")}
    about = {name: number for name, number in asked.items() if number is not None}
    decisions = Decision.objects.visible_to(request.user).filter(**about)
    page = log.page(decisions, request.user, request.GET, keep=urlencode(about))
    return render(request, "moderation/log.html", {"page": page, "about": bool(about)})


def _number(request: HttpRequest, name: str) -> int | None:
    """The id asked for in the address, or None; Http404 for what cannot be one."""
    value = request.GET.get(name)
    if value is None:
        return None
    if (number := number_in(value)) is None:
        raise Http404
    return number
