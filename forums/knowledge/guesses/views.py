"""Guess what another network thinks, then look."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forums.base.errors import ForumError
from forums.base.view_helpers import MemberRequest, refuse, signed_in
from forums.discussions.topics.loading import topic_at
from forums.discussions.topics.models import Topic
from forums.knowledge.guesses import actions
from forums.knowledge.guesses.cards import AnsweredCard, GuessCard
from forums.knowledge.guesses.forms import CameFromForm, GuessForm
from forums.knowledge.guesses.hands import hand_of, networks_of
from forums.knowledge.guesses.permissions import can_guess
from forums.knowledge.guesses.pinned import PinnedGuess
from forums.knowledge.reasons.quoted import quoted
from forums.knowledge.results.access import ResultsAccess, access_to, figures_for
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.models import Answered, StatementVote


@signed_in
def guess(request: MemberRequest, pk: int) -> HttpResponse:
    """The next card; sent, the answer to it (`?answer=`), or, with `look`, what was told; without any, why not."""
    topic = topic_at(pk, request.user)
    if request.method == "POST":
        if "look" in request.POST:
            return _look(request, topic)
        return _turned(request, topic)
    if token := request.GET.get("answer"):
        return _answer(request, topic, token)
    return _card(request, topic, GuessForm())


def _turned(request: MemberRequest, topic: Topic) -> HttpResponse:
    form = GuessForm(request.POST)
    if not form.is_valid():
        return _card(request, topic, form, status=400)
    card, number = form.cleaned_data["card"], form.number
    try:
        actions.turn_over(member=request.user, topic=topic, card=card, guess=number)
    except ForumError as error:
        return _card(request, topic, form, status=refuse(form, error))
    if number is None:
        return redirect("guess", pk=topic.pk)
    return redirect(f"/t/{topic.pk}/common/guess/?answer={AnsweredCard(card, number).signed()}")


def _card(
    request: MemberRequest, topic: Topic, form: GuessForm, *, status: int = 200
) -> HttpResponse:
    access = access_to(topic, request.user)
    hand = hand_of(access, figures_for(access))
    context: dict[str, Any] = {
        "section": "topics", "topic": topic, "form": form, "may_guess": can_guess(access),
        "is_open": access.is_open, "common": f"/t/{topic.pk}/common/",
        "voting": f"/t/{topic.pk}/common/vote/", "done": hand.done if hand else 0,
    }  # fmt: skip
    if hand and (card := hand.next) and (vote := _answered(access, card)):
        context |= {
            "card": card.signed(),
            "number": hand.done + 1,
            "all": len(hand.cards),
            "network": hand.networks[card.network],
            "vote": vote,
            "mine": Answered(vote.vote).label,
        }
    return render(request, "guesses/card.html", context, status=status)


def _look(request: MemberRequest, topic: Topic) -> HttpResponse:
    """To what was told, without guessing any more; to one statement where she was at one."""
    actions.look(member=request.user, topic=topic)
    form = CameFromForm(request.POST)
    if form.is_valid() and (number := form.cleaned_data["statement"]):
        return redirect("topic_statement", pk=topic.pk, number=number)
    return redirect("topic_common", pk=topic.pk)


def _answer(request: MemberRequest, topic: Topic, token: str) -> HttpResponse:
    """What the network said, her guess pinned beside it, and one who says why."""
    answered = AnsweredCard.read(token)
    access = access_to(topic, request.user)
    figures = figures_for(access) if can_guess(access) else None
    if answered is None or answered.card.member != request.user.pk or access.round is None:
        raise Http404
    card = answered.card
    told = figures.of(card.statement) if figures and card.round == access.round.pk else None
    share = told.of(card.network) if told else None
    network = networks_of(figures).get(card.network) if figures else None
    vote = _answered(access, card)
    if share is None or network is None or vote is None:
        return redirect("guess", pk=topic.pk)
    hand = hand_of(access, figures)
    side = Answered.AGREE if share.agree >= share.disagree else Answered.DISAGREE
    quotes = quoted([card.statement], request.user, topic=topic, networks={card.network: network})
    context = {
        "section": "topics", "topic": topic, "number": card.place + 1,
        "vote": vote, "network": network, "share": share,
        "pinned": PinnedGuess(share, answered.guess),
        "quote": quotes.of(card.statement, card.network, side),
        "more": bool(hand and hand.next),
    }  # fmt: skip
    return render(request, "guesses/answer.html", context)


def _answered(access: ResultsAccess, card: GuessCard) -> StatementVote | None:
    """How she answered what the card is about, with its words; None once it is not put to the vote any more."""
    about = Statement.objects.open().filter(pk=card.statement)
    found = StatementVote.objects.filter(ballot=access.ballot, statement__in=about)
    return found.select_related("statement").first()
