"""Hand a statement in; look at what waits; see what became of one's own."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums.base.errors import AlreadyDecided, BadText, NotAllowed
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.discussions.standpoints.choosing import choice
from forums.discussions.topics.loading import topic_at
from forums.discussions.topics.models import Topic
from forums.knowledge.statements import actions
from forums.knowledge.statements.forms import PartForm, ProposeForm, RefuseForm, TogetherForm
from forums.knowledge.statements.models import Fate, Refusal, Statement
from forums.knowledge.statements.permissions import can_look, can_propose
from forums.knowledge.statements.queue import waiting_in
from forums.knowledge.statements.receipts import receipts_of
from forums.knowledge.statements.seeds import seeds_of
from forums.knowledge.statements.wording import similar

_TAKEN_BACK = gettext_lazy("Whoever wrote it has taken it back. Nothing is left to decide.")


@require_http_methods(WRITES)
@signed_in
def write(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand in a statement; near ones that stand already are shown before it goes."""
    topic = topic_at(pk, request.user)
    if not can_propose(request.user, topic):
        raise NotAllowed(actions.NOT_HERE)
    places = choice(request.user, topic_id=topic.pk, host=topic.board.network_id)
    form = ProposeForm(*posted(request), choice=places, among=_open(topic) if request.POST else ())
    sent = Submission(
        form,
        lambda data: actions.propose(
            author=request.user, topic=topic, body=data["body"], **form.spoken
        ),
        passing=NotAllowed,
    )
    if sent.done:
        messages.success(request, _("It is handed in. Here you see what becomes of it."))
        return redirect("statements")
    said = sent.refusal.statement if isinstance(sent.refusal, actions.SaidAlready) else None
    context = {
        "topic": topic,
        "form": form,
        "said": said if said is not None and said.fate is Fate.OPEN else None,
        "seeds": seeds_of(topic, places),
        "refusals": Refusal.labels,
        "looks": can_look(request.user, topic),
    }
    return render(request, "statements/write.html", context, status=sent.status)


@require_safe
@never_cache
@signed_in
def waiting(request: MemberRequest, pk: int) -> HttpResponse:
    """What waits in a topic, the oldest first, for whoever decides."""
    topic = _to_look(request, pk)
    context = {"topic": topic, "page": waiting_in(topic, request.GET)}
    return render(request, "statements/waiting.html", context)


class Deciding(NamedTuple):
    """One way to decide, as the page of a statement that is looked at sends it."""

    form: forms.Form
    write: Callable[[dict[str, Any]], Any]
    done: Promise


@require_http_methods(WRITES)
@never_cache
@signed_in
def look(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Decide on one: to the vote, not, together with another, in parts. What is put to the vote can be parted still."""
    topic = _to_look(request, pk)
    found = Statement.objects.shown().for_list().filter(topic=topic)
    statement: Statement = get_object_or_404(found, number=number)
    statement.topic = topic
    if statement.author_id == request.user.pk:
        raise NotAllowed(actions.OTHERS_DECIDE)
    if statement.fate is Fate.WITHDRAWN:
        queue = f"/t/{topic.pk}/common/waiting/"
        raise AlreadyDecided(_TAKEN_BACK, way=(_("What waits to be looked at"), queue))
    others = [each for each in _open(topic) if each.pk != statement.pk]
    ways = _ways(request, statement, others)
    status = 200
    if request.method == "POST":
        if (way := ways.get(request.POST.get("act", ""))) is None:
            raise BadText(_("Choose one of the buttons."))
        sent = Submission(way.form, way.write, passing=NotAllowed)
        if sent.done:
            messages.success(request, str(way.done))
            return redirect("statements_waiting", pk=topic.pk)
        status = sent.status
    context = {
        "topic": topic,
        "statement": statement,
        "undecided": statement.fate is Fate.WAITING,
        "can_part": statement.fate in (Fate.WAITING, Fate.OPEN),
        "near": similar(statement.body, others),
        "others": bool(others),
        **{f"{name}_form": way.form for name, way in ways.items()},
    }
    return render(request, "statements/look.html", context, status=status)


def _ways(
    request: MemberRequest, statement: Statement, others: list[Statement]
) -> dict[str, Deciding]:
    """Each with its form, filled in where that one was sent."""
    sent = request.POST.get("act", "") if request.method == "POST" else ""
    who: dict[str, Any] = {"member": request.user, "statement": statement}
    by_number = {each.number: each for each in others}

    def filled(act: str) -> tuple[Any, Any]:
        return posted(request) if act == sent else (None, None)

    part_form = PartForm(*filled("part"))
    part_form.stands(statement.body)
    return {
        "accept": Deciding(
            forms.Form(*filled("accept")),
            lambda _data: actions.accept(**who),
            gettext_lazy("It is put to the vote."),
        ),
        "refuse": Deciding(
            RefuseForm(*filled("refuse")),
            lambda data: actions.refuse(**who, refusal=Refusal(data["refusal"])),
            gettext_lazy("It is not put to the vote. Whoever wrote it reads why."),
        ),
        "merge": Deciding(
            TogetherForm(*filled("merge"), among=others),
            lambda data: actions.merge(**who, into=by_number[data["into"]]),
            gettext_lazy("The two are one now. Whoever wrote it is led to the other."),
        ),
        "part": Deciding(
            part_form,
            lambda _data: actions.part(**who, bodies=part_form.parts),
            gettext_lazy("Its parts are put to the vote."),
        ),
    }


@require_safe
@never_cache
@signed_in
def mine(request: MemberRequest) -> HttpResponse:
    """What became of each statement she wrote."""
    return render(request, "statements/mine.html", {"page": receipts_of(request.user, request.GET)})


@require_POST
@signed_in
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """She takes one back that nobody has voted on."""
    statement = get_object_or_404(Statement, pk=pk, author=request.user)
    actions.take_back(member=request.user, statement=statement)
    messages.success(request, _("Your statement is taken back."))
    return redirect("statements")


def _open(topic: Topic) -> list[Statement]:
    return list(Statement.objects.open().filter(topic=topic).for_list().order_by("number"))


def _to_look(request: HttpRequest, pk: int) -> Topic:
    topic = topic_at(pk, request.user)
    if not can_look(request.user, topic):
        raise NotAllowed(
            _("What waits is looked at by whoever started the topic, stewards and moderators.")
        )
    return topic
