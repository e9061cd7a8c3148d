"""Rendering private messages again: `manage.py rerender`."""

from django.db import transaction

from forums.reading.messages.actions import rendered
from forums.reading.messages.models import Message
from forums.text.render import RENDERER_VERSION


@transaction.atomic
def rerender_messages(*, after: int, size: int, everything: bool) -> tuple[int | None, int]:
    """Render the next `size` messages an older renderer made (or all) again.

    Returns the id to go on after, None when there is no more, and how many were rendered. What is taken back
    meanwhile stays so.
    """
    found = Message.objects.filter(pk__gt=after, taken_back_at=None)
    if not everything:
        found = found.filter(renderer_version__lt=RENDERER_VERSION)
    rows = list(found.order_by("pk").values_list("pk", "body")[:size])
    for pk, body in rows:
        Message.objects.filter(pk=pk, taken_back_at=None).update(
            body_html=rendered(body).html, renderer_version=RENDERER_VERSION
        )
    return (rows[-1][0] if rows else None), len(rows)
