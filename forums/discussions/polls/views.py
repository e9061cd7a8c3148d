"""The polls of a topic: all of them, asking one, one with its answers; closing it, taking it or an answer back."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from forums.base.errors import NotAllowed
from forums.base.view_helpers import MemberRequest, Submission, posted, signed_in
from forums.discussions.polls import actions, lists
from forums.discussions.polls.forms import BallotForm, PollForm
from forums.discussions.polls.marking import how_many
from forums.discussions.polls.models import Poll, PollKind
from forums.discussions.polls.options import labels
from forums.discussions.polls.permissions import (
    can_ask,
    can_close,
    can_keep_order,
    can_take_back,
)
from forums.discussions.polls.reach import may_be_asked
from forums.discussions.polls.tallies import is_level
from forums.discussions.standpoints.choosing import choice
from forums.discussions.topics.loading import topic_at
from forums.discussions.topics.models import Topic


class KindOffered(NamedTuple):
    """A kind of poll, as it is offered."""

    kind: PollKind
    icon: str
    hint: Promise


KINDS = (
    KindOffered(
        PollKind.ONE,
        "check",
        gettext_lazy("Everyone chooses one. The one chosen most comes first."),
    ),
    KindOffered(PollKind.SEVERAL, "list", gettext_lazy("Everyone chooses as many as you allow.")),
    KindOffered(
        PollKind.RANKED,
        "olist",
        gettext_lazy("Everyone puts them in order. First comes what no other is preferred to."),
    ),
    KindOffered(
        PollKind.DATE,
        "calendar",
        gettext_lazy("Everyone says of each day: yes, if need be, or no."),
    ),
)


@require_safe
def polls(request: HttpRequest, pk: int) -> HttpResponse:
    """All polls of a topic, the newest first."""
    topic = topic_at(pk, request.user)
    if topic.merged_into_id is not None:
        return redirect("polls", pk=topic.merged_into_id)
    context = {
        "section": "topics",
        "topic": topic,
        "is_public": _is_public(topic),
        "page": lists.page_of(topic, request.user, request.GET),
        "may_ask": can_ask(request.user, topic),
    }
    return render(request, "polls/polls.html", context)


@signed_in
def new(request: MemberRequest, pk: int, kind: str = "") -> HttpResponse:
    """Choose a kind, then ask."""
    topic = topic_at(pk, request.user)
    if not can_ask(request.user, topic):
        raise NotAllowed(_("Only who may reply in this topic can ask a poll in it."))
    context: dict[str, Any] = {"section": "topics", "topic": topic, "kinds": KINDS}
    offered = next((each for each in KINDS if each.kind == kind), None)
    if offered is None and kind:
        raise Http404
    if offered is None:
        return render(request, "polls/kinds.html", context)
    form = PollForm(
        *posted(request),
        kind=offered.kind,
        networks=may_be_asked(request.user, topic),
        choice=choice(request.user, topic_id=topic.pk, host=topic.board.network_id),
    )
    sent = Submission(
        form,
        lambda _data: actions.ask(author=request.user, topic=topic, kind=offered.kind, **form.asks),
    )
    if sent.done:
        messages.success(request, _("Your poll stands in the topic. Others can answer it now."))
        return redirect(sent.made)
    context |= {"form": form, "offered": offered}
    return render(request, "polls/new.html", context, status=sent.status)


def poll(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One poll: the question, what holds of it, her ballot, and what was answered as far as she may see it."""
    found = _poll(request, number)
    if found.topic_id != pk:
        return _where_it_stands(pk, found)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    row = lists.row_of(found, request.user)
    form, status = None, 200
    if row.may_answer or request.method == "POST":
        form = BallotForm(*posted(request), poll=found, marks=row.mine)
        sent = Submission(
            form,
            lambda _data: actions.answer(member=request.user, poll=found, marks=form.marks),  # type: ignore[arg-type]
        )
        if sent.done:
            _say_what_became(request, found, sent.made.marks)
            if "in_topic" in request.POST:
                return redirect(f"{found.topic.get_absolute_url()}#poll-{found.pk}")
            return redirect(found)
        status = sent.status
        if status == actions.PollOver.status:  # what it says now
            found = _poll(request, number)
            row = lists.row_of(found, request.user)
    context = {
        "section": "topics",
        "topic": found.topic,
        "row": row,
        "poll": found,
        "is_public": _is_public(found.topic),
        "form": form,
        "how_many": how_many(found),
        "labels": labels(found),
        "asked": lists.asked_by(found),
        "found_day": lists.found_day(found, row.outcome, request.user),
        "who": lists.who_answered(found, row.outcome, request.user, request.GET),
        "may_close": can_close(request.user, found),
        "keeps_order": can_keep_order(request.user, found),
        "is_hers": found.author_id == request.user.pk,
        "may_take_back": can_take_back(request.user, found),
    }
    return render(request, "polls/poll.html", context, status=status)


@require_POST
@signed_in
def answer_back(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Her answer counts no more."""
    found = _poll_in(request, pk, number)
    actions.take_answer_back(member=request.user, poll=found)
    messages.success(request, _("Your answer is taken back. You can answer again until it closes."))
    return redirect(found)


@require_POST
@signed_in
def close(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Close it before its time."""
    found = _poll_in(request, pk, number)
    actions.close(member=request.user, poll=found)
    messages.success(request, _("The poll is closed. Whoever answered is told."))
    return redirect(found)


@require_POST
@signed_in
def take_back(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Take the poll back, while nobody has answered."""
    found = _poll_in(request, pk, number)
    actions.take_back(member=request.user, poll=found)
    messages.success(request, _("The poll is taken back."))
    return redirect(found.topic)


def _poll(request: HttpRequest, number: int) -> Poll:
    """The poll, with its topic, which she must be able to open."""
    there = lists.with_mine(Poll.objects.visible_to(request.user), request.user)
    found = there.filter(pk=number).first()
    if found is None:
        raise Http404
    found.topic = topic_at(found.topic_id, request.user)
    return found


def _poll_in(request: HttpRequest, pk: int, number: int) -> Poll:
    found = _poll(request, number)
    if found.topic_id != pk and pk not in found.came_through:
        raise Http404
    return found


def _is_public(topic: Topic) -> bool:
    """May what it says of itself stand where a link to it is sent?"""
    return topic.is_listed and topic.board.is_for_everyone


def _where_it_stands(pk: int, found: Poll) -> HttpResponse:
    """It came with a merged topic, or is of another."""
    if pk not in found.came_through:
        raise Http404
    return redirect(found)


def _say_what_became(request: HttpRequest, found: Poll, marks: list[int]) -> None:
    if found.kind == PollKind.RANKED and is_level(marks):
        messages.warning(
            request,
            _("Counted, but all options have the same rank, so it changes nothing in the order."),
        )
    else:
        messages.success(
            request, _("Your answer is counted. You can change it until the poll closes.")
        )
