"""Pages of tags."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.base.rate_limits import light_pace
from forums.base.view_helpers import MemberRequest, signed_in
from forums.tags.models import Tag
from forums.text.naming import tag_key


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """The tags most used in topics everyone may read."""
    found = Tag.objects.filter(topic_count__gt=0).order_by("-topic_count", "sort_key")[:200]
    return render(request, "topics/tags.html", {"tags": found})


@require_safe
@signed_in
@light_pace("suggest", by_address=True)
def suggest_tags(request: MemberRequest) -> HttpResponse:
    """A fragment: tags that begin with what is being typed."""
    words = request.GET.get("q", "")[:300].split()
    typed = tag_key(words[-1]) if words else ""
    found = Tag.objects.filter(topic_count__gt=0, key__startswith=typed)
    return render(
        request, "topics/_tags.html", {"tags": found.order_by("-topic_count", "sort_key")[:8]}
    )
