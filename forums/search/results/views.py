"""The results page. Nothing of what is asked here is kept or logged."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.base.rate_limits import light_pace
from forums.search.query.asking import ask
from forums.search.query.forms import Filters
from forums.search.query.language import MAX_LENGTH, read, words_of
from forums.search.results.boxes import Boxes, boxes
from forums.search.results.examples import EXAMPLES
from forums.search.results.find import Found, find
from forums.search.results.rows import TOPICS, TopicHits, by_topic, shown

_NEAR = 20  # topics of what comes near


@require_safe
@light_pace("search")
def search(request: HttpRequest) -> HttpResponse:
    """What the line and the filters find among what this reader may read, with all that bears the name."""
    line = request.GET.get("q", "")[: MAX_LENGTH * 2].strip()
    form = Filters(request.GET, member=request.user)
    newest_first = request.GET.get("sort") == "date"
    context: dict[str, Any] = {
        "query": line,
        "newest_first": newest_first,
        "form": form,
        "examples": EXAMPLES,
    }
    if line or form.is_used:
        question = ask(read(line), form.asked(), member=request.user)
        found = find(question, member=request.user, newest_first=newest_first)
        context |= _results(request, found) | {
            "asked": True,
            "notices": question.notices,
            "boxes": _named(words_of(question.terms), found, request.user),
            "spellings": [
                {"text": text, "url": _url(request, q=text, page=None)} for text in found.spellings
            ],
        }
    return render(request, "search/search.html", context)


def _named(typed: str, found: Found, member: Any) -> Boxes:
    """What bears the words as they were typed; where nothing does, the spelling that was looked for."""
    named = boxes(typed, member=member)
    return boxes(words_of(found.terms), member=member) if found.corrected and not named else named


def _results(request: HttpRequest, found: Found) -> dict[str, Any]:
    groups = by_topic(found.matches)
    pages = max(1, -(-len(groups) // TOPICS))
    page = min(_page(request), pages)
    here = groups[(page - 1) * TOPICS : page * TOPICS]
    near: list[list[TopicHits]] = [[], []]
    if page == pages:  # what comes near stands after the last match
        near = [by_topic(hits)[:_NEAR] for hits in (found.inside, found.partial)]
    matches, inside, partial = shown(found, [here, *near])
    return {
        "matches": matches,
        "inside": inside,
        "partial": partial,
        "count_posts": len(found.matches),
        "count_topics": len(groups),
        "more": found.more,
        "only_newest": found.only_newest,
        "too_slow": found.too_slow,
        "corrected": found.corrected,
        "also": found.also,
        "page": page,
        "pages": pages,
        "pager": {
            "previous": _url(request, page=page - 1) if page > 1 else "",
            "next": _url(request, page=page + 1) if page < pages else "",
        },
    }


def _page(request: HttpRequest) -> int:
    """The page asked for; 1 for what is no number. One too far is the last."""
    asked = request.GET.get("page", "1")[:9]
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() else 1


def _url(request: HttpRequest, **changes: Any) -> str:
    """This page with other parameters; None leaves one out."""
    asked = {name: request.GET.getlist(name) for name in request.GET} | changes
    kept = {name: value for name, value in asked.items() if value is not None}
    return "?" + urlencode(kept, doseq=True)
