"""What boxes ask for while somebody types. Scripts only: without them nothing is missing."""

from collections.abc import Iterable

from django.http import HttpRequest, JsonResponse
from django.utils.translation import pgettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forums.base.rate_limits import light_pace
from forums.search.query.language import MAX_LENGTH
from forums.search.suggestions.lists import suggestions
from forums.search.suggestions.names import Suggestion, named

_kept_nowhere = cache_control(private=True, no_store=True)


@require_safe
@_kept_nowhere
@light_pace("suggest", by_address=True)
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles and tags as JSON. Kept nowhere, on the way or here: nobody learns who typed what."""
    found = suggestions(request.GET.get("q", "")[:MAX_LENGTH], member=request.user)
    tag = pgettext("one suggestion", "tag")
    return _rows(
        [
            *(Suggestion(row.title, row.board, row.title, row.url) for row in found.titles),
            *(
                Suggestion(f"#{each.name}", tag, each.name, each.url, "of-tag")
                for each in found.tags
            ),
        ]
    )


@require_safe
@_kept_nowhere
@light_pace("suggest", by_address=True)
def suggest_names(request: HttpRequest, kind: str) -> JsonResponse:
    """Networks, organisations, topics or members whose names may be meant, as JSON; kept nowhere."""
    return _rows(named(kind, request.GET, member=request.user))


def _rows(found: Iterable[Suggestion]) -> JsonResponse:
    return JsonResponse({"rows": [row._asdict() for row in found]})
