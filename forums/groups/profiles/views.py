"""What a network's coordinators do with it: its page, its links, the moderators asked for help."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Member
from forums.base.errors import ForumError, NotAllowed
from forums.base.view_helpers import refuse, signed_in
from forums.front.networks import parts
from forums.front.networks.views import refuse_at, too_many_pictures
from forums.groups.contacts.forms import LinkForm, PleaForm
from forums.groups.links import actions as linking
from forums.groups.memberships.network_page import network_page, shell
from forums.groups.memberships.permissions import can_coordinate
from forums.groups.networks.models import Network, NetworkLink, Plea
from forums.groups.profiles import actions
from forums.groups.profiles.forms import EditNetworkForm
from forums.groups.staff_requests.permissions import can_read_history, pleas_open_to
from forums.pictures.preview import preview_html

View = Callable[..., HttpResponse]
WRITES = ["GET", "HEAD", "POST"]


def for_coordinators(view: View) -> View:
    """Only for those who coordinate it, while it is open: 403 with the reason, and what was typed."""

    @wraps(view)
    @signed_in
    @network_page
    def door(request: HttpRequest, network: Network, **kwargs: Any) -> HttpResponse:
        if not can_coordinate(request.user, network):
            if not network.is_open:
                raise NotAllowed(_("This network is archived: nothing of it can be changed."))
            raise NotAllowed(_("Only the coordinators of this network can do this."))
        return view(request, network, **kwargs)

    return door


def me(request: HttpRequest) -> Member:
    """Who is signed in; for views that let nobody else in."""
    return cast(Member, request.user)


@require_safe
@signed_in
@network_page
def manage(request: HttpRequest, network: Network) -> HttpResponse:
    """All there is to look after, with what waits."""
    if not can_read_history(request.user, network):
        raise NotAllowed(_("Only the coordinators of this network can do this."))
    context = {**shell(request, network, "manage"), "waiting": parts.waiting(network)}
    return render(request, "networks/manage.html", context)


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
    context = {**shell(request, network, "manage"), "form": form, "preview": preview}
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


@require_http_methods(WRITES)
@for_coordinators
def links(request: HttpRequest, network: Network) -> HttpResponse:
    """Which networks it is part of, or works with; asking another one."""
    if request.method != "POST":
        return _links_page(request, network, LinkForm(network=network))
    form = LinkForm(request.POST, network=network)
    if not form.is_valid():
        return _links_page(request, network, form, status=400)
    data = form.cleaned_data
    try:
        link = linking.ask_link(
            member=me(request), network=network, other=data["network"], kind=data["kind"]
        )
    except ForumError as error:
        return _links_page(request, network, form, status=refuse(form, error))
    answer = (
        _("The two are linked.")
        if link.confirmed_at
        else _("“%(name)s” has been asked. The link shows once they confirm it.")
    )
    messages.success(request, answer % {"name": data["network"].name})
    return redirect("network_links", network.slug)


def _links_page(
    request: HttpRequest, network: Network, form: LinkForm, *, status: int = 200
) -> HttpResponse:
    context = {**shell(request, network, "manage"), "form": form, "links": parts.links_of(network)}
    return render(request, "networks/links.html", context, status=status)


def _link(network: Network, pk: int) -> NetworkLink:
    both = NetworkLink.objects.filter(source=network) | NetworkLink.objects.filter(target=network)
    return get_object_or_404(both, pk=pk)


@require_POST
@for_coordinators
def confirm_link(request: HttpRequest, network: Network, pk: int) -> HttpResponse:
    """Yes, it is so."""
    linking.confirm_link(member=me(request), link=_link(network, pk))
    messages.success(request, _("The two are linked."))
    return redirect("network_links", network.slug)


@require_POST
@for_coordinators
def end_link(request: HttpRequest, network: Network, pk: int) -> HttpResponse:
    """Decline, take back, or end."""
    linking.end_link(member=me(request), link=_link(network, pk), network=network)
    messages.success(request, _("Done: this link is gone."))
    return redirect("network_links", network.slug)


# -- Asking the site's moderators ---------------------------------------------------------------


@require_http_methods(WRITES)
@signed_in
@network_page
def ask(request: HttpRequest, network: Network) -> HttpResponse:
    """Ask that the network is verified, or to take over one that nobody looks after."""
    kinds = pleas_open_to(request.user, network)
    if request.method != "POST":
        return _ask_page(request, network, PleaForm(kinds=kinds))
    if not kinds:
        raise NotAllowed(_("This cannot be asked for this network, or not by you."))
    form = PleaForm(request.POST, kinds=kinds)
    if not form.is_valid():
        return _ask_page(request, network, form, status=400)
    data = form.cleaned_data
    try:
        actions.ask_moderators(
            member=me(request), network=network, kind=data["kind"], reason=data["why"]
        )
    except ForumError as error:
        return _ask_page(request, network, form, status=refuse(form, error))
    messages.success(request, _("The moderators have been asked. Their answer will stand here."))
    return redirect("network_ask", network.slug)


def _ask_page(
    request: HttpRequest, network: Network, form: PleaForm, *, status: int = 200
) -> HttpResponse:
    mine = Plea.objects.filter(network=network, member=me(request)).order_by("-created_at", "-id")
    context = {**shell(request, network, "overview"), "form": form, "pleas": list(mine[:20])}
    context["may_ask"] = bool(form.fields["kind"].choices)  # type: ignore[attr-defined]
    return render(request, "networks/ask.html", context, status=status)
