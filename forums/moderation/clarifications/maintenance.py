"""Rendering pinned replies again: `manage.py rerender`."""

from django.db import transaction

from forums.moderation.clarifications.models import Clarification
from forums.pictures.bodies import rendered
from forums.text.render import RENDERER_VERSION


@transaction.atomic
def rerender_clarifications(*, after: int, size: int, everything: bool) -> tuple[int | None, int]:
    """Render the next `size` replies of those who are named, made by an older renderer (or all), again.

    Returns the id to go on after, None when there is no more, and how many were rendered.
    """
    found = Clarification.objects.select_for_update().filter(pk__gt=after)
    if not everything:
        found = found.filter(renderer_version__lt=RENDERER_VERSION)
    rows = list(found.order_by("pk").values_list("pk", "body")[:size])
    for pk, body in rows:
        Clarification.objects.filter(pk=pk).update(
            body_html=rendered(body, reader=None).html, renderer_version=RENDERER_VERSION
        )
    return (rows[-1][0] if rows else None), len(rows)
