"""Refreshing the stored HTML of activities after the renderer changed: `manage.py rerender`."""

from django.db import transaction

from forums.activities.models import Activity
from forums.pictures.bodies import rendered, writer_of
from forums.text.render import RENDERER_VERSION


@transaction.atomic
def rerender_activities(
    *, after: int, size: int, everything: bool
) -> tuple[int | None, int, list[tuple[int, str]]]:
    """Render the next `size` activities again: (the id to go on after or None, how many, what failed).

    A text that is changed meanwhile wins: the new renderer made it.
    """
    found = Activity.objects.filter(pk__gt=after).order_by("pk")
    if not everything:
        found = found.filter(renderer_version__lt=RENDERER_VERSION)
    rows = list(found.values_list("pk", "body", "created_by", "report", "reported_by")[:size])
    count, failed = 0, []
    for pk, body, writer, report, reporter in rows:
        try:
            html = rendered(body, reader=writer_of(writer)).html if body else ""
            report_html = rendered(report, reader=writer_of(reporter)).html if report else ""
        except Exception as error:
            # One text must not keep the others waiting.
            failed.append((pk, f"{type(error).__name__}: {error}"))
            continue
        count += Activity.objects.filter(pk=pk, body=body, report=report).update(
            body_html=html, report_html=report_html, renderer_version=RENDERER_VERSION
        )
    return rows[-1][0] if rows else None, count, failed
