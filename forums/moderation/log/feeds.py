"""The newest decisions as a feed: what a visitor may read, and titles of nothing that is hidden."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums.base.atom import SIZE, Entry, feed, in_thai
from forums.moderation.log.filters import newest_first
from forums.moderation.log.rows import Row, rows_of


@require_safe
@in_thai
def log_feed(request: HttpRequest) -> HttpResponseBase:
    """The newest decisions, by office and not by name."""
    visitor = AnonymousUser()
    decisions = list(newest_first(visitor).select_related("rule", "appeal").order_by("-pk")[:SIZE])
    rows = zip(decisions, rows_of(decisions, visitor), strict=True)
    return feed(
        request,
        title=_("Moderation log"),
        path="/moderation/log/",
        about=_("What the moderators decided, and why, without names."),
        entries=[_entry(decision.pk, row) for decision, row in rows],
    )


def _entry(pk: int, row: Row) -> Entry:
    about = f"{row.act} {row.what} {row.title}".strip()
    rule = f" ({row.rule})" if row.rule else ""
    return Entry(
        key=f"decision-{pk}",
        path=f"/moderation/log/?before={pk + 1}#decision-{pk}",
        title=about,
        summary=f"{row.reason}{rule}",
        author=row.role,
        published=row.created_at,
        updated=row.asked.answered_at or row.created_at if row.asked else row.created_at,
    )
