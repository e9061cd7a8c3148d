"""From a thing of hers that moderators took out of sight, to what was decided about it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from forums.base.view_helpers import MemberRequest, signed_in
from forums.moderation.appeals.permissions import can_read_reasons
from forums.moderation.withdrawing.places import found, withdrawal_of


@require_safe
@signed_in
def about_hers(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """To the page that says why, where she may ask that somebody else looks again; 404 to anybody else."""
    thing = found(kind, pk) if kind != "picture" else None  # a picture is hidden with its text
    decision = withdrawal_of(kind, thing) if thing is not None else None
    if decision is None or not can_read_reasons(request.user.pk, decision):
        raise Http404
    return redirect("reasons", pk=decision.pk)
