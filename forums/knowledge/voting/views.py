"""Voting: a card at a time, what I answered, for whom I count; a topic's rounds, opened and closed."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.silence import is_silenced
from forums.base.errors import NotAllowed
from forums.base.keyset import NUMBER, Keyset
from forums.base.view_helpers import MemberRequest, Submission, place_asked, posted, signed_in
from forums.discussions.topics.loading import topic_at
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import is_kept
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting import actions, cards
from forums.knowledge.voting.asking import chance_of, next_card, unanswered
from forums.knowledge.voting.forms import CloseForm, CountForForm, RoundForm, VoteForm
from forums.knowledge.voting.models import Answered, Ballot, Round, StatementVote
from forums.knowledge.voting.permissions import can_open, can_vote, enough, is_open
from forums.text import dates

_ROUNDS_ARE_FOR = gettext_lazy("Who decides what is put to the vote here opens and closes rounds.")
SIZE = 40  # answers a page, rounds a page
_BY_NUMBER = Keyset({"number": NUMBER})
_NEWEST_ROUNDS = Keyset({"number": NUMBER}, falling=True, onward="before")
MARKS = {Answered.AGREE: "full", Answered.DISAGREE: "ring", Answered.PASS: "grain"}


def card(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One statement and three answers; the address keeps which one. An answer leads to the next."""
    topic = topic_at(pk, request.user)
    round_, ballot = cards.newest_with(topic.pk, request.user)
    if request.method == "POST":
        return _answered(request, topic, round_, ballot)
    if round_ is None or not is_open(round_) or not topic.statement_count:
        return _not_now(request, topic, round_)
    asked = place_asked(request, "s", digits=4)
    shown = cards.card_of(topic, asked, ballot) if asked else None
    if shown is None:
        return redirect(_next(request, topic, round_, ballot))
    return _show(request, topic, round_, ballot, shown)


@signed_in
def _answered(
    request: MemberRequest, topic: Topic, round_: Round | None, ballot: Ballot | None
) -> HttpResponse:
    if round_ is None or not is_open(round_):
        return _not_now(request, topic, round_, status=409)
    asked = request.GET.get("s", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    statement = cards.statement_asked(topic.pk, number)
    if statement is None:
        raise actions.NotAsked(way=(_("To the next one"), f"/t/{topic.pk}/common/vote/"))
    counting = cards.counted(topic, request.user, round_, None) if ballot is None else None
    form = VoteForm(request.POST, counting=counting)
    sent = Submission(
        form,
        lambda data: actions.vote(
            member=request.user,
            round_=round_,
            statement=statement,
            choice=data["vote"],
            important=data["important"],
            network_id=form.network_id(),
        ),
        passing=(NotAllowed, actions.NetworkLeft),
    )
    if isinstance(sent.refusal, actions.RoundOver):
        round_.refresh_from_db()
        return _not_now(request, topic, round_, status=sent.status)
    if isinstance(sent.refusal, actions.NotAsked):
        raise actions.NotAsked(way=(_("To the next one"), f"/t/{topic.pk}/common/vote/"))
    if not sent.done:
        shown = cards.card_of(topic, number, ballot)
        if shown is None:
            raise Http404
        return _show(request, topic, round_, ballot, shown, form=form, status=sent.status)
    if request.GET.get("back") == "mine":
        return redirect("vote_mine", pk=topic.pk)
    first = ballot is None or sent.made.answered > ballot.answered
    if first and sent.made.answered == enough(topic.statement_count):
        return redirect("vote_done", pk=topic.pk)
    return redirect(_next(request, topic, round_, sent.made, at="#statement"))


def _next(
    request: HttpRequest, topic: Topic, round_: Round, ballot: Ballot | None, *, at: str = ""
) -> str:
    """The address of a card she has not answered, or of what comes after the last; `at`: from where on the card is read
    by keys or by ear."""
    answered = ballot.answered if ballot else 0
    member = request.user.pk
    chance = chance_of(round_.pk, member, answered) if member else None
    statement = next_card(unanswered(topic.pk, ballot), chance=chance)
    here = f"/t/{topic.pk}/common/vote/"
    return f"{here}?s={statement.number}{at}" if statement else f"{here}done/"


def _show(
    request: HttpRequest,
    topic: Topic,
    round_: Round,
    ballot: Ballot | None,
    shown: cards.VotingCard,
    *,
    form: VoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    first = request.user.is_authenticated and ballot is None
    counting = cards.counted(topic, request.user, round_, None) if first else None
    initial = {"important": shown.answer.important} if shown.answer else {}
    context = {
        "topic": topic,
        "round": round_,
        "card": shown,
        "steps": cards.steps_of(topic, ballot),
        "counting": counting,
        "form": form or VoteForm(initial=initial, counting=counting),
        "choices": [(value, label, MARKS[Answered(value)]) for value, label in Answered.choices],
        "may_vote": can_vote(request.user, topic),
        "has_left": ballot is not None and cards.has_left(request.user, ballot),
        "refusal": _refusal(request.user, topic),
    }
    return render(request, "voting/card.html", context, status=status)


def _refusal(member: Any, topic: Topic) -> str:
    """Why a member may not answer now."""
    if is_silenced(member):
        until = dates.exactly(member.silenced_until)
        return _("The moderators have asked you to only read until %(until)s.") % {"until": until}
    if is_kept(topic):
        return _("This topic is kept as it is. It can be read, and nobody answers here any more.")
    return _("Nobody answers here while the topic is hidden.")


def _not_now(
    request: HttpRequest, topic: Topic, round_: Round | None, *, status: int = 200
) -> HttpResponse:
    """No round yet, it is over, or nothing is put to the vote."""
    context = {
        "topic": topic,
        "round": round_,
        "over": round_ is not None and not is_open(round_),
        "may_open": can_open(request.user, topic),
    }
    return render(request, "voting/not_now.html", context, status=status)


@require_safe
@signed_in
def done(request: MemberRequest, pk: int) -> HttpResponse:
    """After five answers, and after the last: where to go from here."""
    topic = topic_at(pk, request.user)
    round_, ballot = cards.newest_with(topic.pk, request.user)
    steps = cards.steps_of(topic, ballot)
    if round_ is None or ballot is None or not is_open(round_) or (steps.missing and steps.left):
        return redirect("vote", pk=topic.pk)
    context = {
        "topic": topic,
        "round": round_,
        "steps": steps,
        "counting": cards.counted(topic, request.user, round_, ballot),
    }
    return render(request, "voting/done.html", context)


@require_safe
@signed_in
def mine(request: MemberRequest, pk: int) -> HttpResponse:
    """What she answered in the newest round, to be changed while it is open; nobody else sees it."""
    topic = topic_at(pk, request.user)
    round_, ballot = cards.newest_with(topic.pk, request.user)
    shown = Statement.objects.shown().filter(topic=topic.pk)
    hers = StatementVote.objects.filter(ballot=ballot, statement__in=shown)
    numbered = hers.select_related("statement").annotate(number=F("statement__number"))
    page = _BY_NUMBER.page(numbered, request.GET, size=SIZE)
    counting = cards.counted(topic, request.user, round_, ballot) if round_ and ballot else None
    running = round_ is not None and is_open(round_)
    context = {
        "topic": topic,
        "round": round_,
        "page": page.with_rows([(row, MARKS[Answered(row.vote)]) for row in page.rows]),
        "open": running,
        "counting": counting,
        "has_left": running and ballot is not None and cards.has_left(request.user, ballot),
        "form": CountForForm(counting=counting) if counting and counting.may_choose else None,
    }
    return render(request, "voting/mine.html", context)


@require_POST
@signed_in
def count_for(request: MemberRequest, pk: int) -> HttpResponse:
    """Count for another of her networks from now on, with all she answered."""
    topic = topic_at(pk, request.user)
    round_ = cards.newest_round(topic.pk)
    if round_ is None:
        raise Http404
    counting = cards.counted(topic, request.user, round_, None)
    form = CountForForm(request.POST, counting=counting)
    if not form.is_valid():
        raise actions.NoNetworkChosen(
            way=(_("Back to my answers"), f"/t/{topic.pk}/common/vote/mine/")
        )
    actions.choose_network(member=request.user, round_=round_, network_id=form.network_id())
    messages.success(request, _("Saved. All your answers of this round count like this now."))
    return redirect("vote_mine", pk=topic.pk)


def rounds(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rounds of a topic; who may, opens the next."""
    topic = topic_at(pk, request.user)
    if request.method == "POST":
        return _open(request, topic)
    return _rounds(request, topic, RoundForm())


@signed_in
def _open(request: MemberRequest, topic: Topic) -> HttpResponse:
    if not can_open(request.user, topic):
        raise NotAllowed(_ROUNDS_ARE_FOR)
    form = RoundForm(request.POST)
    sent = Submission(
        form,
        lambda _data: actions.open_round(member=request.user, topic=topic, lasts=form.lasts()),
        passing=NotAllowed,
    )
    if sent.done:
        messages.success(request, _("The round is open. Who follows the topic will be told."))
        return redirect("rounds", pk=topic.pk)
    return _rounds(request, topic, form, status=sent.status)


def _rounds(
    request: HttpRequest, topic: Topic, form: RoundForm, *, status: int = 200
) -> HttpResponse:
    page = _NEWEST_ROUNDS.page(Round.objects.filter(topic=topic.pk), request.GET, size=SIZE)
    newest = page.rows[0] if page.is_first and page.rows else None
    running = newest if newest and is_open(newest) else None
    context = {
        "topic": topic,
        "page": page.with_rows([(row, is_open(row)) for row in page.rows]),
        "running": running,
        "form": form,
        "may_open": can_open(request.user, topic),
    }
    return render(request, "voting/rounds.html", context, status=status)


@signed_in
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """Close the open round before its time, after asking once more."""
    topic = topic_at(pk, request.user)
    if not can_open(request.user, topic):
        raise NotAllowed(_ROUNDS_ARE_FOR)
    round_ = cards.newest_round(topic.pk)
    if round_ is None:
        raise Http404
    form = CloseForm(*posted(request)[:1], initial={"number": round_.number})
    if form.is_bound and form.is_valid():
        asked = Round.objects.filter(topic=topic.pk, number=form.cleaned_data["number"]).first()
        if asked is None:
            raise Http404
        actions.close_round(member=request.user, round_=asked)
        messages.success(request, _("The round is closed. Who answered will be told."))
        return redirect("rounds", pk=topic.pk)
    if not is_open(round_):
        return redirect("rounds", pk=topic.pk)
    context = {"topic": topic, "round": round_, "form": form}
    return render(request, "voting/close.html", context, status=400 if form.is_bound else 200)
