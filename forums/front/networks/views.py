"""Pages of networks: registering one, and what one says of itself."""

import uuid
from datetime import timedelta
from typing import Any, cast

from allauth.core import ratelimit
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import PICTURE_SIZES, Member
from accounts.provinces import PROVINCE_NAMES
from forums.activities import rows
from forums.base.errors import BadPicture, ForumError, NotAllowed
from forums.base.view_helpers import refuse, signed_in
from forums.discussions.topics import lists as topic_lists
from forums.front.networks import neighbours, parts, sentences, timeline
from forums.groups.memberships.network_page import network_page, shell
from forums.groups.networks.models import Network
from forums.groups.networks.pictures import picture_path
from forums.groups.profiles import actions
from forums.groups.profiles.forms import NetworkForm
from forums.groups.staff_requests.permissions import can_read_history
from forums.text import dates

LATEST = 4  # topics on the overview
LINES = 6  # of the timeline there
JOINS = timedelta(days=184)  # how far back it says how many joined
_A_YEAR = 60 * 60 * 24 * 365


# -- Registering --------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def register(request: HttpRequest) -> HttpResponse:
    """A member registers a network, and coordinates it from then on."""
    if request.method != "POST":
        return _register_page(request, NetworkForm())
    form = NetworkForm(request.POST, request.FILES)
    if not form.is_valid():
        return _register_page(request, form, status=400)
    if too_many_pictures(request, form):
        return _register_page(request, form, status=429)
    try:
        network = actions.register(founder=cast(Member, request.user), **form.values())
    except ForumError as error:
        return _register_page(request, form, error=error)
    messages.success(request, _("The network is registered. Now let the others know."))
    return redirect(f"{network.get_absolute_url()}manage/")


def _register_page(
    request: HttpRequest, form: NetworkForm, *, status: int = 200, error: ForumError | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "section": "networks"}
    if error:
        status = refuse_at(form, error)
        context["taken"] = getattr(error, "network", None)
    return render(request, "networks/register.html", context, status=status)


def refuse_at(form: NetworkForm, error: ForumError) -> int:
    """Say a refusal at the field it speaks of, or above the form; returns the HTTP status."""
    if isinstance(error, actions.NameTaken):
        form.add_error("name", str(error.message))
        return error.status
    if isinstance(error, BadPicture):
        form.add_error("picture", str(error.message))
        return error.status
    return refuse(form, error)


def too_many_pictures(request: HttpRequest, form: NetworkForm) -> bool:
    """Does this one come after too many others of hers? Making pictures anew is dear."""
    if not form.cleaned_data["picture"] or ratelimit.consume(request, action="set_picture"):
        return False
    form.add_error("picture", _("That is a lot of pictures. Please try again in an hour."))
    return True


# -- What everyone may read ---------------------------------------------------------------------


@require_safe
@network_page
def overview(request: HttpRequest, network: Network) -> HttpResponse:
    """Who they are, what they did, whether they are alive."""
    found = parts.parts(network, request.user, joins_since=timezone.now() - JOINS)
    boards = found.get("board", [])
    lines = timeline.happenings(network, request.user, limit=LINES)
    lines += found.get("article", [])
    lines += [
        timeline.joined(month=row["month"], count=row["count"], at=row["last"])
        for row in found.get("joins", [])
    ]
    lines.sort(key=lambda line: line["at"], reverse=True)
    return render(
        request,
        "networks/overview.html",
        {
            **shell(request, network, "overview"),
            "neighbours": neighbours.section(network),
            "parts": found,
            "boards": boards,
            "topics": topic_lists.latest_of(
                request.user,
                network.pk,
                boards=[board["id"] for board in boards],
                count=LATEST,
            ),
            "activities": rows.of_network(network, request.user, 4),
            "lines": sentences.tell(lines[:LINES]),
            "home": found["home"][0] if "home" in found else None,
            "organisations": [
                row for row in found.get("organisation", []) if row["id"] != network.home_id
            ],
            **_place(network),
        },
    )


def _place(network: Network) -> dict[str, Any]:
    """Where a network is, since when, and whose: in words."""
    since = dates.month(network.since_year, network.since_month) if network.since_year else ""
    return {
        "since": since,
        "provinces": [
            {"code": code, "name": PROVINCE_NAMES[code]}
            for code in network.provinces
            if code in PROVINCE_NAMES
        ],
    }


@require_safe
@network_page
def topics(request: HttpRequest, network: Network) -> HttpResponse:
    """The topics of its boards, and those it takes part in: all one may read."""
    boards, joined = parts.sources(network, request.user)
    if request.GET.get("before") or request.GET.get("after"):
        page = topic_lists.latest(parts.topics_of(request.user, boards, joined), request.GET)
    else:
        page = topic_lists.first_page_of(request.user, network.pk, boards=boards)
    context = {**shell(request, network, "topics"), "page": page, "has_boards": bool(boards)}
    return render(request, "networks/topics.html", context)


@require_safe
@network_page
def whole_timeline(request: HttpRequest, network: Network) -> HttpResponse:
    """All that happened, as far as one may know it."""
    page = timeline.timeline(network, request.user, request.GET)
    lines = sentences.tell(page.rows)
    if not page.older and network.since_year:
        lines.append(sentences.began(network))
    context = {**shell(request, network, "overview"), "page": page, "lines": lines}
    return render(request, "networks/timeline.html", context)


@require_safe
@signed_in
@network_page
def history(request: HttpRequest, network: Network) -> HttpResponse:
    """Every line of it, for its coordinators."""
    if not can_read_history(request.user, network):
        raise NotAllowed(_("Only its coordinators can read the whole history."))
    page = timeline.history(network, request.user, request.GET)
    context = {
        **shell(request, network, "manage"),
        "page": page,
        "lines": sentences.tell_all(page.rows),
    }
    return render(request, "networks/history.html", context)


@require_safe
@cache_control(public=True, max_age=_A_YEAR, immutable=True)
def picture(request: HttpRequest, picture: uuid.UUID, size: int) -> HttpResponseBase:
    """A network's picture in one of its sizes; what lies at an address never changes."""
    if size not in PICTURE_SIZES:
        raise Http404
    try:
        with default_storage.open(picture_path(picture, size)) as file:
            response = HttpResponse(file.read(), content_type="image/webp")
    except FileNotFoundError as error:
        raise Http404 from error
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
