"""The page from which a post is cited and passed on."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.discussions.citing.wording import citation
from forums.discussions.posts import stream
from forums.discussions.posts.labels import labels
from forums.discussions.posts.views import visible_post
from forums.sharing.sending import send_on


@require_safe
def cite(request: HttpRequest, pk: int) -> HttpResponse:
    """A sentence and an address to copy; 404 for a post that cannot be read."""
    found = visible_post(request, pk)
    row = stream.one_row(found.pk, request.user)
    if row.gone:
        raise Http404
    topic = found.topic
    sentence = citation(
        row,
        title=topic.title,
        written_at=found.created_at,
        address=f"{settings.SITE_URL}{found.get_absolute_url()}",
    )
    context = {
        "post": found,
        "topic": topic,
        "sentence": sentence,
        "send_on": send_on(
            path=found.get_absolute_url(),
            title=topic.title,
            is_public=topic.is_listed and topic.board.is_for_everyone,
            folded=False,
        ),
        **labels(),
    }
    return render(request, "citing/cite.html", context)
