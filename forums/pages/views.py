"""A page of the house, and how to reach who looks after it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from forums.base.offline import readable_offline
from forums.pages.documents import how_it_is_counted
from forums.pages.models import Page


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """About, rules, privacy, terms and whatever else the admin holds; what is for moderators only stays on no device."""
    found = get_object_or_404(Page.objects.visible_to(request.user), slug=slug)
    show = _shown if found.staff_only else readable_offline(_shown)
    return show(request, found)


def _shown(request: HttpRequest, found: Page) -> HttpResponse:
    context = {"page": found, "may_edit": request.user.has_perm("forums.change_page")}
    return render(request, "pages/page.html", context)


@require_safe
@readable_offline
def common_ground(request: HttpRequest) -> HttpResponse:
    """How votes are counted, for the curious: the words of docs/common-ground.md, which goes with the code that counts."""
    return render(request, "pages/common_ground.html", {"page": how_it_is_counted()})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Where to write to: an address and no form, which would be a door for whoever sends thousands."""
    return render(request, "pages/contact.html", {"contact": settings.CONTACT_EMAIL})
