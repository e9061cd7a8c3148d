"""The wording in force. Reads only."""

from django.core.cache import caches

from forums.privacy.agreements.models import Wording

_NEWEST = (
    "privacy.wording"  # what this process keeps of it; `agreements.actions` forgets it everywhere
)


def newest() -> Wording | None:
    """The newest wording; None while the first holds. One query a minute a process."""
    kept: list[Wording] | None = caches["process"].get(_NEWEST)
    if kept is None:
        kept = list(Wording.objects.order_by("-published_at", "-pk")[:1])
        caches["process"].set(_NEWEST, kept)
    return kept[0] if kept else None
