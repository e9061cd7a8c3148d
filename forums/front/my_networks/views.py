"""My networks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forums.base.view_helpers import MemberRequest, signed_in
from forums.front.my_networks.lists import my_networks


@require_safe
@signed_in
def mine(request: MemberRequest) -> HttpResponse:
    """The networks I am in, what waits for me, what I wait for."""
    context = my_networks(request.user, timezone.now())
    return render(request, "memberships/mine.html", {"section": "networks", **context})
