"""Pages that list activities."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.provinces import PROVINCE_NAMES, in_order
from forums.activities import lists
from forums.base.keyset import kept
from forums.base.offline import readable_offline
from forums.groups.memberships.models import roles_of
from forums.groups.memberships.network_page import network_page, page_context
from forums.groups.networks.models import Network


@require_safe
@readable_offline
def activities(request: HttpRequest) -> HttpResponse:
    """All the reader may know of: what comes, what was, or a month; of one network, in one province."""
    network = _network(request)
    province = request.GET.get("province", "")
    if province and province not in PROVINCE_NAMES:
        raise Http404
    mine = list(roles_of(request.user).values())
    return render(
        request,
        "activities/activities.html",
        {
            "section": "activities",
            "network": network,
            "province": province,
            "networks": mine,
            "is_mine": network is not None and network.pk in roles_of(request.user),
            "provinces": in_order(),
            "may_announce": [each for each in mine if each.speaks],
            **_listed(request, network, province),
        },
    )


@require_safe
@network_page
def of_network(request: HttpRequest, network: Network) -> HttpResponse:
    """What one network holds: what comes and what was."""
    context = page_context(request, network, "activities")
    if any(request.GET.get(name) for name in ("view", "after", "from")):
        context |= _listed(request, network, "")
    else:
        page, last = lists.first_pages(network, request.user)
        context |= {"view": "", "kept": "", "page": page, "last": last}
    context["may_announce"] = context["may_speak_for"]
    return render(request, "activities/of_network.html", context)


def _network(request: HttpRequest) -> Network | None:
    if not (slug := request.GET.get("network")):
        return None
    return get_object_or_404(Network.objects.visible_to(request.user), slug=slug)


def _listed(request: HttpRequest, network: Network | None, province: str) -> dict[str, Any]:
    view = request.GET.get("view", "")
    found = lists.seen_by(request.user, network=network.pk if network else None, province=province)
    asked = {
        name: value
        for name in ("network", "province")
        if (value := request.GET.get(name)) and request.path == reverse("activities")
    }
    context: dict[str, Any] = {"view": view, "kept": kept(**asked)}
    if view == "month":
        return context | {"month": lists.month(found, request.GET.get("month", ""))}
    if view not in lists.LISTS:
        raise Http404
    page = lists.LISTS[view](found, request.GET, keep=kept(view=view, **asked))
    return context | {"page": page}
