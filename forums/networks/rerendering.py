"""Refreshing the stored HTML of stories after the renderer changed: `manage.py rerender`."""

from django.db import transaction

from forums.groups.networks.models import Network
from forums.pictures.bodies import rendered
from forums.text.render import RENDERER_VERSION


@transaction.atomic
def rerender_stories(*, everything: bool) -> int:
    """Render the stories an older renderer made (or all) again; returns how many.

    None is locked: a change that is saved meanwhile wins, for the new renderer made it.
    """
    found = Network.objects.exclude(story="")
    if not everything:
        found = found.filter(renderer_version__lt=RENDERER_VERSION)
    count = 0
    for pk, story in found.order_by("pk").values_list("pk", "story").iterator(chunk_size=200):
        count += Network.objects.filter(pk=pk, story=story).update(
            story_html=rendered(story).html, renderer_version=RENDERER_VERSION
        )
    return count
