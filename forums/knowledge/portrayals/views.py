"""Who speaks for whom in a topic; say what a network thinks; say how well it fits."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums.base.errors import NotAllowed
from forums.base.view_helpers import MemberRequest, Submission, place_asked, posted, signed_in
from forums.discussions.topics.loading import topic_at
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import roles_of
from forums.groups.networks.models import Network
from forums.knowledge.portrayals import actions, lists
from forums.knowledge.portrayals.blind import own_first
from forums.knowledge.portrayals.forms import JudgeForm, PortrayForm
from forums.knowledge.portrayals.models import JUDGES, Judging, Portrayal
from forums.knowledge.portrayals.permissions import can_judge
from forums.knowledge.portrayals.standing import own_words
from forums.knowledge.restatements.lists import understood_in


@require_safe
def speaking(request: HttpRequest, pk: int) -> HttpResponse:
    """Each network of a topic in its own words and in those of others that it passed; who understood whom."""
    topic = topic_at(pk, request.user)
    of, start = request.GET.get("of", ""), place_asked(request, "from")
    networks = lists.spoken_in(topic, request.user, of=of, start=start)
    if (of or start) and not networks:
        raise Http404
    context: dict[str, Any] = {
        "topic": topic,
        "networks": networks[: lists.NETWORKS],
        "of": of,
        "goes_on": len(networks) > lists.NETWORKS,
        "later": start + (lists.PAGE if of else lists.NETWORKS),
    }
    if not (of or start):
        context |= {
            "to_judge": lists.to_judge(topic, request.user),
            "mine": lists.mine_in(topic, request.user),
            "understood": understood_in(topic, request.user),
        }
    return render(request, "portrayals/speaking.html", context)


@signed_in
def portray(request: MemberRequest, pk: int, slug: str) -> HttpResponse:
    """Say what a network thinks of the topic."""
    topic = topic_at(pk, request.user)
    target = get_object_or_404(Network.objects.visible_to(request.user), slug=slug)
    against = actions.refuse_portraying(request.user, topic, target)
    form = PortrayForm(*posted(request))
    sent = Submission(
        form,
        lambda data: actions.portray(
            member=request.user, topic=topic, target=target, body=data["body"]
        ),
    )
    if sent.done:
        said = _("People of “%(network)s” will read it and say how well it fits.")
        messages.success(request, said % {"network": target.name})
        return redirect("portrayal", pk=topic.pk, number=sent.made.pk)
    context = {"topic": topic, "target": target, "form": form, "own": own_words(against)}
    return render(request, "portrayals/portray.html", context, status=sent.status)


@require_safe
def portrayal(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One: what became of it, for who wrote it; what passed, for whoever reads the topic."""
    topic = topic_at(pk, request.user)
    there = Portrayal.objects.visible_to(request.user).filter(topic=topic)
    found = get_object_or_404(there.select_related("target", "network", "author"), pk=number)
    is_mine = found.author_id == request.user.pk
    context = {
        "topic": topic,
        "portrayal": found,
        "row": lists.passed_row(found),
        "is_mine": is_mine,
        "reasons": lists.reasons_of(found) if is_mine else [],
        "judges": JUDGES,
    }
    return render(request, "portrayals/portrayal.html", context)


@signed_in
def judge(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Two texts without a name: how well does each fit what one's network thinks?"""
    topic = topic_at(pk, request.user)
    found = _to_judge(request, topic, number)
    if Judging.objects.filter(portrayal=found, member=request.user).exists():
        messages.info(request, _("You have answered this already."))
        return redirect("speaking", pk=topic.pk)
    if found.is_over and request.method != "POST":
        raise actions.PortrayalOver
    form = JudgeForm(*posted(request))
    sent = Submission(form, lambda data: _judge(request, found, data))
    if sent.done:
        messages.success(
            request,
            _("Thank you. When five have read it, whoever wrote it is told how well it fits."),
        )
        return redirect("speaking", pk=topic.pk)
    first, second = lists.texts_for(request.user, found)
    context = {
        "topic": topic,
        "target": found.target,
        "form": form,
        "texts": [(first, form["first"]), (second, form["second"])],
    }
    return render(request, "portrayals/judge.html", context, status=sent.status)


def _judge(request: MemberRequest, found: Portrayal, data: dict[str, object]) -> Judging:
    scores = [int(str(data["first"])), int(str(data["second"]))]
    if own_first(found.pk, request.user.pk):
        scores.reverse()
    fits, own_fits = scores
    return actions.judge(
        member=request.user, portrayal=found, fits=fits, own_fits=own_fits, why=str(data["why"])
    )


def _to_judge(request: MemberRequest, topic: Topic, number: int) -> Portrayal:
    """One that her network's people read: nobody else knows that it is there; of them, who may not is told why."""
    rows = Portrayal.objects.standing().filter(topic=topic, target__in=roles_of(request.user))
    found = rows.select_related("target", "against").filter(pk=number).first()
    if found is None or found.author_id == request.user.pk:
        raise Http404
    found.topic = topic
    if not can_judge(request.user, found):
        raise NotAllowed(_("Whoever has been in this network for a week says how well it fits."))
    return found
