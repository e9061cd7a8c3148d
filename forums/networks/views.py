"""A network's own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.networks import neighbours
from forums.networks.models import Network
from forums.networks.shell import network_page, shell


@require_safe
@network_page
def overview(request: HttpRequest, network: Network) -> HttpResponse:
    """Who they are, what they did, whether they are alive."""
    context = shell(request, network, "overview")
    context |= neighbours.context(network, request.user)
    return render(request, "networks/overview.html", context)
