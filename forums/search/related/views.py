"""What the form of a new topic asks while its title is typed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.base.rate_limits import light_pace
from forums.base.view_helpers import MemberRequest, signed_in
from forums.search.related.lists import similar_topics


@require_safe
@signed_in
@light_pace("suggest", by_address=True)
def similar(request: MemberRequest) -> HttpResponse:
    """A fragment: topics near the title being typed."""
    title = request.GET.get("title", "")[:300]
    return render(
        request, "topics/_similar.html", {"topics": similar_topics(title, member=request.user)}
    )
