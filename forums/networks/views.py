"""Pages of networks: the directory, and one network's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.networks.models import Network
from forums.networks.shell import network_page, shell


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Every network there is."""
    return render(
        request,
        "networks/directory.html",
        {"section": "networks", "networks": Network.objects.listed()[:20]},
    )


@require_safe
@network_page
def overview(request: HttpRequest, network: Network) -> HttpResponse:
    """Who they are, what they did, whether they are alive."""
    return render(request, "networks/overview.html", shell(request, network, "overview"))
