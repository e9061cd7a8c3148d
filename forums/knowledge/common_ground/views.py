"""A topic's common ground, and the page of one of its statements."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from forums.discussions.topics.loading import topic_at
from forums.discussions.topics.models import Topic
from forums.discussions.topics.sharing import picture_of_any_page
from forums.discussions.voices.lists import networks_in
from forums.knowledge.common_ground import saying
from forums.knowledge.common_ground.looking import SIDES, found_elsewhere, one_statement
from forums.knowledge.common_ground.named import StatementRef, merged_into, open_statements
from forums.knowledge.common_ground.reading import Reading, Stage, reading_of
from forums.knowledge.common_ground.sections import BY_KEY, REST
from forums.knowledge.common_ground.telling import column_page, told_page
from forums.knowledge.common_ground.ways import ways_for
from forums.knowledge.portrayals.lists import to_judge
from forums.knowledge.statements.acts import acts_on

NETWORKS = "networks"  # the page on which no table is cut short


def _context(request: HttpRequest, topic: Topic, reading: Reading, left: int) -> dict[str, Any]:
    """What every page of a topic's votes needs. `left`: how many statements she has not answered."""
    networks = networks_in(topic)
    common = f"/t/{topic.pk}/common/"
    return {
        "section": "topics",
        "topic": topic,
        "networks": networks,
        "voice_count": sum(1 for network in networks if network.posts),
        "at": "common",
        "reading": reading,
        "may": ways_for(topic, request.user, reading),
        "merged": merged_into(topic, request.user),
        "round_said": saying.of_round(reading),
        "button": saying.of_the_button(reading, left),
        "common": common,
        "drawn": picture_of_any_page(topic)
        if topic.is_listed and topic.board.is_for_everyone
        else "",
    }


@require_safe
def common_ground(request: HttpRequest, pk: int) -> HttpResponse:
    """What a topic's votes say, or what is to do until they say something."""
    topic = topic_at(pk, request.user)
    of, asked = request.GET.get("of", ""), _number(request.GET.get("round"))
    start = _number(request.GET.get("from")) or 0
    if of not in ("", NETWORKS, REST, *BY_KEY):
        raise Http404
    reading = reading_of(topic, request.user, number=asked)
    if of and reading.stage is not Stage.TOLD:
        return redirect("topic_common", pk=topic.pk)
    statements = open_statements(topic.pk) if topic.statement_count else {}
    context = _context(request, topic, reading, _left(reading, statements)) | {
        "own_said": saying.own_first(reading),
        "statements": list(statements.values()),
        "of": of,
        "query": f"?round={asked}&" if asked else "?",
    }
    page = "page"
    if of in BY_KEY or of == REST:
        page, finding = "column", BY_KEY.get(of)
        context["told"] = column_page(
            reading,
            statements,
            context["networks"],
            request.user,
            finding=finding,
            start=start,
        )
    elif reading.stage is Stage.TOLD:
        page, whole = of or "page", of == NETWORKS
        context["to_judge"] = to_judge(topic, request.user) if topic.voices and not of else []
        context["told"] = told_page(
            reading, statements, context["networks"], request.user, whole=whole
        )
    return render(request, f"common_ground/{page}.html", context)


def _left(reading: Reading, statements: dict[int, StatementRef]) -> int:
    """How many she may answer now; before her own first answers, how many of those."""
    if reading.stage is Stage.OWN_FIRST:
        return reading.own_left
    return sum(1 for statement in statements if statement not in reading.votes)


def _number(asked: str | None) -> int | None:
    """None where nothing is asked for; raises Http404 for what is no number of a round or a place."""
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 5):
        raise Http404
    return int(asked)


@require_safe
def statement(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One statement, all that is told of it, and what stands beside it."""
    topic = topic_at(pk, request.user)
    reading = reading_of(topic, request.user)
    context = _context(request, topic, reading, 0)
    why, start = request.GET.get("why", ""), _number(request.GET.get("from")) or 0
    if why and why not in SIDES:
        raise Http404
    shown = one_statement(
        topic,
        request.user,
        number,
        reading=reading,
        there=context["networks"],
        why=SIDES.get(why),
        start=start if why else 0,
    )
    if shown is None:
        if address := found_elsewhere(topic, number):
            return redirect(address)
        raise Http404
    context |= {
        "statement": shown.statement,
        "shown": shown,
        "acts": acts_on(request.user, shown.statement),
    }
    return render(request, f"common_ground/{'why' if why else 'statement'}.html", context)
