"""robots.txt, made of the list."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from forums.moderation.crawlers.known import Known, listed
from forums.moderation.crawlers.models import Treatment

# Everything public may be crawled; forms and what turns on a reader's input need not be.
KEPT_OUT = (
    "/accounts/",
    "/admin/",
    "/search/",
    "/p/*/cite/",  # one for each post, and nothing in it that the post does not say
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What everybody may crawl, and what those of the list may: the most special group is what a crawler reads."""
    groups = [["User-agent: *", *_kept_out()], *(_group(crawler) for crawler in listed())]
    lines = [line for group in groups if group for line in (*group, "")]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _kept_out() -> list[str]:
    return [f"Disallow: {path}" for path in KEPT_OUT]


def _group(crawler: Known) -> list[str]:
    """The lines about one; those that are allowed read what everybody reads."""
    name = f"User-agent: {crawler.sign}"
    if crawler.treatment == Treatment.REFUSED:
        return [name, "Disallow: /"]
    if crawler.treatment == Treatment.SLOWED:
        return [name, *_kept_out(), f"Crawl-delay: {crawler.seconds}"]
    return []
