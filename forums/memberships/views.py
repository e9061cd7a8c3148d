"""Pages of memberships: my networks, a network's members, joining, inviting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.doors import signed_in
from forums.memberships.models import roles_of


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """The networks I am in."""
    return render(request, "memberships/mine.html", {"networks": roles_of(request.user).values()})
