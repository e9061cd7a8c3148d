"""The results page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Member
from forums.boards.models import Board
from forums.networks import directory
from forums.text.handles import handle_key
from forums.text.slugs import slugify
from forums.text.thai import clean_line
from forums.topics import lists
from forums.topics.models import Tag, Topic
from forums.topics.similar import by_title

LENGTH = 200  # of a query
RESULTS = 30


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Topics whose titles hold the words, the networks they speak of, and the boards, tags and members
    that bear the name."""
    query = clean_line(request.GET.get("q", "")[: LENGTH * 2])[:LENGTH]
    context: dict[str, object] = {"query": query}
    if query:
        readable = Topic.objects.visible_to(request.user).listed()
        ids = list(by_title(query, topics=readable).values_list("pk", flat=True)[:RESULTS])
        context |= {
            "rows": lists.of_ids(Topic.objects.for_list(request.user), ids),
            "networks": directory.named(query),
            "boards": Board.objects.visible_to(request.user)
            .filter(name__icontains=query)
            .order_by("sort_key", "id")[:5],
            "tags": Tag.objects.filter(topic_count__gt=0, slug__startswith=slugify(query)).order_by(
                "sort_key", "id"
            )[:8],
            "members": Member.objects.filter(handle_key=handle_key(query), is_active=True),
        }
    return render(request, "search/search.html", context)
