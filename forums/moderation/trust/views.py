"""The page that says what each level allows; to a member also where she stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import TrustLevel
from accounts.trust import RIGHTS
from forums.moderation.trust import reckoning
from forums.moderation.trust.said import lines_of

_ASKED = {
    "hours": _("Hours since you joined"),
    "topics": _("Topics you have opened"),
    "posts": _("Comments and texts you have read"),
    "days": _("Days since you joined"),
    "people": _("People who found your texts useful"),
    "networks": _("Networks these people are in"),
}


@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    """For everybody; signed in, with what is still missing."""
    member: Any = request.user
    needs = reckoning.needs(member) if member.is_authenticated else []
    held = member.is_authenticated and reckoning.is_held_down(member)
    context = {
        "levels": [(level, lines_of(RIGHTS[level])) for level in TrustLevel],
        "mine": TrustLevel(member.trust_level) if member.is_authenticated else None,
        "needs": [] if held else [(_ASKED[need.what], need) for need in needs],
        "held": held,
        "wants": {
            "topics": reckoning.TOPICS,
            "posts": reckoning.POSTS,
            "days": reckoning.A_FORTNIGHT.days,
            "networks": reckoning.NETWORKS,
            "people": reckoning.PEOPLE,
        },
    }
    return render(request, "moderation/levels.html", context)
