"""Every write to the house's pages and links; each makes this process forget its cached footer.

Other processes follow within a minute (settings.CACHES["process"]): a footer may wait that long.
"""

from django.conf import settings
from django.db import transaction

from forums.base.caches import forget_at_once
from forums.base.limits import fitting_title
from forums.pages.models import NAME_LENGTH, TITLE_LENGTH, CommunityLink, Page
from forums.pictures.bodies import clean_body
from forums.text.render import RENDERER_VERSION, render


@transaction.atomic
def save_page(
    *,
    slug: str,
    title: str,
    body: str,
    position: int = 100,
    in_footer: bool = True,
    staff_only: bool = False,
    page: Page | None = None,
) -> Page:
    """Store a page (a new one, or `page` with a new text) with its HTML. Raises BadText."""
    page = page or Page()
    page.slug, page.title, page.body = slug, fitting_title(title, TITLE_LENGTH), clean_body(body)
    page.position, page.in_footer, page.staff_only = position, in_footer, staff_only
    page.body_html, page.renderer_version = _rendered(page.body), RENDERER_VERSION
    page.save()
    forget_at_once()
    return page


@transaction.atomic
def render_again(*, page: Page) -> None:
    """Refresh the HTML of a page after the renderer changed; its date of change stays."""
    Page.objects.filter(pk=page.pk).update(
        body_html=_rendered(page.body), renderer_version=RENDERER_VERSION
    )


@transaction.atomic
def delete_page(*, page: Page) -> None:
    """Take a page away."""
    page.delete()
    forget_at_once()


@transaction.atomic
def save_link(
    *, name: str, url: str, position: int = 100, link: CommunityLink | None = None
) -> CommunityLink:
    """Store where else the community is. Raises BadText when the name has nothing visible."""
    link = link or CommunityLink()
    link.name, link.url, link.position = fitting_title(name, NAME_LENGTH), url, position
    link.save()
    forget_at_once()
    return link


@transaction.atomic
def delete_link(*, link: CommunityLink) -> None:
    """Take a link out of the footer."""
    link.delete()
    forget_at_once()


def _rendered(body: str) -> str:
    return render(body, prefix="page-", site_hosts=(settings.FORUMS_SITE_HOST,)).html
