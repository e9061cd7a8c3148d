"""Which networks a network is part of, or works with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted
from forums.groups.links import actions as linking
from forums.groups.links.forms import NetworkLinkForm
from forums.groups.links.lists import links_of
from forums.groups.links.models import NetworkLink
from forums.groups.memberships.network_page import for_coordinators, page_context
from forums.groups.networks.models import Network


@require_http_methods(WRITES)
@for_coordinators
def links(request: MemberRequest, network: Network) -> HttpResponse:
    """Which networks it is part of, or works with; asking another one."""
    form = NetworkLinkForm(*posted(request), network=network)
    sent = Submission(
        form,
        lambda data: linking.ask_link(
            member=request.user, network=network, other=data["network"], kind=data["kind"]
        ),
    )
    if not sent.done:
        context = page_context(request, network, "manage")
        context |= {"form": form, "links": links_of(network)}
        return render(request, "networks/links.html", context, status=sent.status)
    answer = (
        _("The two are linked.")
        if sent.made.confirmed_at
        else _("“%(name)s” has been asked. The link shows once they confirm it.")
    )
    messages.success(request, answer % {"name": form.cleaned_data["network"].name})
    return redirect("network_links", network.slug)


def _link(network: Network, pk: int) -> NetworkLink:
    both = NetworkLink.objects.filter(source=network) | NetworkLink.objects.filter(target=network)
    return get_object_or_404(both, pk=pk)


@require_POST
@for_coordinators
def confirm_link(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """Yes, it is so."""
    linking.confirm_link(member=request.user, link=_link(network, pk))
    messages.success(request, _("The two are linked."))
    return redirect("network_links", network.slug)


@require_POST
@for_coordinators
def end_link(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """Decline, take back, or end."""
    linking.end_link(member=request.user, link=_link(network, pk), network=network)
    messages.success(request, _("Done: this link is gone."))
    return redirect("network_links", network.slug)
