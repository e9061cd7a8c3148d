"""The page where a member sees what holds for her account."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.trust import rights_of
from forums.base.view_helpers import MemberRequest, signed_in
from forums.moderation.sanctions.models import Sanction
from forums.moderation.trust.said import lines_of

SHOWN = 50


@never_cache
@require_safe
@signed_in
def standing(request: MemberRequest) -> HttpResponse:
    """What holds, until when and why; and what there was."""
    rows = Sanction.objects.filter(member=request.user)
    found = list(rows.select_related("decision__rule").order_by("-pk")[:SHOWN])
    return render(
        request,
        "moderation/standing.html",
        {
            "holding": [each for each in found if each.holds],
            "over": [each for each in found if not each.holds],
            "lines": lines_of(rights_of(request.user)),
        },
    )
