"""The figures as a page has them: counted anew every ten minutes in each process."""

from typing import Any

from django.core.cache import caches
from django.utils.translation import get_language

from forums.moderation.figures.charts import charts
from forums.moderation.figures.counting import figures

_TEN_MINUTES = 600  # seconds


def standing(*, by_week: bool) -> dict[str, Any]:
    """What the start page's template is given."""
    cache, key = caches["process"], f"figures:{by_week}:{get_language()}"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        counted = figures(by_week=by_week)
        found = {
            "charts": charts(counted),
            "decided": counted.decided,
            "took": None if counted.took is None else f"{counted.took:.1f}".removesuffix(".0"),
            "by_week": by_week,
        }
        cache.set(key, found, _TEN_MINUTES)
    return found
