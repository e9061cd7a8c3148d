"""The rules of the house, for everyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.moderation.permissions import can_moderate
from forums.moderation.rules.models import HouseRule


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """What one asks of everyone here, by number; and what was asked once, since decisions name it."""
    found = list(HouseRule.objects.order_by("number"))
    context = {
        "rules": [rule for rule in found if rule.retired_at is None],
        "retired": [rule for rule in found if rule.retired_at is not None],
        "may_edit": can_moderate(request.user),
    }
    return render(request, "moderation/rules.html", context)
