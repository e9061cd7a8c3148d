"""Registering a network, changing and confirming its page, its picture."""

import uuid
from collections.abc import Callable
from typing import Any, cast

from allauth.core import ratelimit
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import PICTURE_SIZES, Member
from forums.base.errors import BadPicture, ForumError, NotAllowed
from forums.base.view_helpers import WRITES, me, refuse, signed_in
from forums.groups.memberships.network_page import for_coordinators, page_context
from forums.groups.networks.models import Network
from forums.groups.networks.pictures import picture_path
from forums.groups.profiles import actions
from forums.groups.profiles.forms import EditNetworkForm, NetworkForm
from forums.pictures.preview import preview_html

View = Callable[..., HttpResponse]


@require_http_methods(WRITES)
@for_coordinators
def edit(request: HttpRequest, network: Network) -> HttpResponse:
    """Change all of a network's page."""
    if request.method != "POST":
        return _edit_page(request, network, EditNetworkForm.of(network))
    form = EditNetworkForm(request.POST, request.FILES, network=network)
    if "preview" in request.POST:
        return _preview(request, network, form)
    if not form.is_valid():
        return _edit_page(request, network, form, status=400)
    if too_many_pictures(request, form):
        return _edit_page(request, network, form, status=429)
    try:
        network = actions.change(editor=me(request), network=network, **form.values())
    except NotAllowed:
        raise  # no longer a coordinator: a page of its own gives back what she wrote
    except ForumError as error:
        return _edit_page(request, network, form, error=error)
    messages.success(request, _("The page is saved."))
    return redirect(network)


def _preview(request: HttpRequest, network: Network, form: EditNetworkForm) -> HttpResponse:
    try:
        preview = preview_html(request.POST.get("story", ""))
    except ForumError as error:
        form.is_valid()
        return _edit_page(request, network, form, error=error)
    return _edit_page(request, network, form, preview=preview)


def _edit_page(
    request: HttpRequest,
    network: Network,
    form: EditNetworkForm,
    *,
    status: int = 200,
    error: ForumError | None = None,
    preview: SafeString | None = None,
) -> HttpResponse:
    context = {**page_context(request, network, "manage"), "form": form, "preview": preview}
    if error:
        status = refuse_at(form, error)
        context["taken"] = getattr(error, "network", None)
    return render(request, "networks/edit.html", context, status=status)


@require_POST
@for_coordinators
def confirm(request: HttpRequest, network: Network) -> HttpResponse:
    """All of the page is still right."""
    actions.confirm_network(member=me(request), network=network)
    messages.success(request, _("Thank you: everyone sees now that the page is still right."))
    return redirect(network)


# -- Links with other networks ------------------------------------------------------------------


# -- Asking the site's moderators ---------------------------------------------------------------


_A_YEAR = 60 * 60 * 24 * 365


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
