"""A page of the house, and how to reach who looks after it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from forums.base.offline import readable_offline
from forums.pages.models import Page


@require_safe
@readable_offline
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """About, rules, privacy, terms and whatever else the admin holds; everyone may read them."""
    found = get_object_or_404(Page, slug=slug)
    return render(
        request,
        "pages/page.html",
        {"page": found, "may_edit": request.user.has_perm("forums.change_page")},
    )


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Where to write to: an address and no form, which would be a door for whoever sends thousands."""
    return render(request, "pages/contact.html", {"contact": settings.CONTACT_EMAIL})
