"""Two pages: for everyone what is held of members; for a member the same, and what she may do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.agreeing import has_agreed
from accounts.models import Said
from forums.base.view_helpers import MemberRequest, signed_in
from forums.privacy.copies.models import PersonalCopy
from forums.privacy.leaving.hindrances import only_hers
from forums.privacy.leaving.models import WAIT, going
from forums.privacy.overview.lists import held

LISTED = 50  # of what she agreed to, the newest


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What is held of a member, why, how long, and what becomes of it when she leaves."""
    return render(request, "privacy/data.html", {"areas": held()})


@never_cache
@require_safe
@signed_in
def mine(request: MemberRequest) -> HttpResponse:
    """What she may do about it."""
    copies = PersonalCopy.objects.visible_to(request.user).order_by("-asked_at")
    copy = next(iter(copies[:1]), None)
    there = copy is not None and copy.expires_at is not None and copy.expires_at > timezone.now()
    said = list(request.user.consents.order_by("-given_at", "-pk")[:LISTED])
    leaving = going(request.user.pk)
    context = {
        "section": "settings",
        "copy": copy,
        "copy_is_there": there,
        "leaving": leaving,
        "only_hers": only_hers(request.user.pk) if leaving else [],
        "days": WAIT.days,
        "agreed": has_agreed(request.user),
        "contract": [each for each in said if each.kind != Said.PROFILE],
        "consents": [each for each in said if each.kind == Said.PROFILE],
    }
    return render(request, "privacy/mine.html", context)
