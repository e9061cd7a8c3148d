"""Registering a network, changing and confirming its page, its picture."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import PICTURE_SIZES
from forums.base.errors import ForumError, NotAllowed, PictureTrouble
from forums.base.limits import LinkInName
from forums.base.picture_giving import stored_picture
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.groups.memberships.network_page import for_coordinators, page_context
from forums.groups.networks.models import Network
from forums.groups.networks.pictures import picture_path
from forums.groups.profiles import actions
from forums.groups.profiles.forms import EditNetworkForm, NetworkForm
from forums.pictures.forms import Composing


@require_http_methods(WRITES)
@for_coordinators
def edit(request: MemberRequest, network: Network) -> HttpResponse:
    """Change all of a network's page."""
    if request.method == "POST":
        form = EditNetworkForm(request.POST, request.FILES, network=network)
    else:
        form = EditNetworkForm.of(network)
    sent = Composing(
        request,
        form,
        lambda _data: actions.change(editor=request.user, network=network, **form.values()),
        text="story",
        passing=NotAllowed,
        refuse=refuse_at,
    )
    if sent.done:
        messages.success(request, _("The page is saved."))
        return redirect(sent.made)
    context = page_context(request, network, "manage") | {
        "form": form,
        "preview": sent.preview,
        "taken": getattr(sent.refusal, "network", None),
    }
    return render(request, "networks/edit.html", context, status=sent.status)


@require_POST
@for_coordinators
def confirm(request: MemberRequest, network: Network) -> HttpResponse:
    """All of the page is still right."""
    actions.confirm_network(member=request.user, network=network)
    messages.success(request, _("Thank you: everyone sees now that the page is still right."))
    return redirect(network)


@require_http_methods(WRITES)
@signed_in
def register(request: MemberRequest) -> HttpResponse:
    """A member registers a network, and coordinates it from then on."""
    form = NetworkForm(*posted(request))
    sent = Submission(
        form,
        lambda _data: actions.register(founder=request.user, **form.values()),
        refuse=refuse_at,
        drafts_of=request,
    )
    if sent.done:
        messages.success(request, _("The network is registered. Now let the others know."))
        return redirect(f"{sent.made.get_absolute_url()}manage/")
    context = {
        "form": form,
        "section": "networks",
        "taken": getattr(sent.refusal, "network", None),
    }
    return render(request, "networks/register.html", context, status=sent.status)


def refuse_at(form: NetworkForm, error: ForumError) -> int:
    """Say a refusal at the field it speaks of, or above the form; returns the HTTP status."""
    at = "name" if isinstance(error, (actions.NetworkNameTaken, LinkInName)) else None
    if isinstance(error, PictureTrouble):
        at = "picture"
    form.add_error(at, str(error.message))
    return error.status


@require_safe
def picture(request: HttpRequest, picture: uuid.UUID, size: int) -> HttpResponseBase:
    """A network's picture in one of its sizes; what lies at an address never changes."""
    if size not in PICTURE_SIZES:
        raise Http404
    return stored_picture(request, picture_path(picture, size))
