"""What the search boxes ask for while somebody types. Scripts only: without them nothing is missing."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forums.search.query.language import MAX_LENGTH
from forums.search.suggestions.lists import suggestions


@require_safe
@cache_control(private=True, no_store=True)
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles and tags as JSON. Kept nowhere, on the way or here: nobody learns who typed what."""
    found = suggestions(request.GET.get("q", "")[:MAX_LENGTH], member=request.user)
    return JsonResponse(
        {
            "titles": [
                {"title": row.title, "url": row.url, "board": row.board} for row in found.titles
            ],
            "tags": [{"name": tag.name, "url": tag.url} for tag in found.tags],
        }
    )
