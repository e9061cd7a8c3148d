"""A page of the house, and how to reach who looks after it."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forums.pages.models import Page


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """About, rules, privacy, terms and whatever else the admin holds; everyone may read them."""
    found = get_object_or_404(Page, slug=slug)
    return render(
        request,
        "pages/page.html",
        {"page": found, "may_edit": request.user.has_perm("forums.change_page")},
    )


@require_safe
@cache_control(private=True, no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """What the browser keeps beside the pages: the files of static/js/worker, one after the other, for the whole site."""
    response = HttpResponse(_worker(), content_type="text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@cache
def _worker() -> str:
    files = sorted((settings.BASE_DIR / "static/js/worker").glob("*.js"))
    return "\n".join(path.read_text() for path in files)


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Where to write to: an address and no form, which would be a door for whoever sends thousands."""
    return render(request, "pages/contact.html", {"contact": settings.CONTACT_EMAIL})
