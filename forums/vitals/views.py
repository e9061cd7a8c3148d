"""How the site runs: what is amiss now, and the week."""

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums.base.view_helpers import MemberRequest
from forums.vitals.charts import week
from forums.vitals.readiness import hindrances, worries


@require_safe
def vitals(request: MemberRequest) -> HttpResponse:
    """For whoever works in the admin: nothing in it is about a person."""
    context = {
        **admin.site.each_context(request),
        "title": _("How the site runs"),
        "faults": hindrances() or worries(),
        "charts": week(timezone.now()),
    }
    return render(request, "admin/vitals.html", context)
