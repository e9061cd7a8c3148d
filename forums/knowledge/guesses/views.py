"""Guess what another network thinks, then look."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forums.base.errors import ForumError
from forums.base.view_helpers import MemberRequest, refuse, signed_in
from forums.discussions.topics.loading import topic_at
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import LONG, NETWORK_SHOWN, Network
from forums.groups.networks.references import NetworkRef
from forums.knowledge.guesses import actions
from forums.knowledge.guesses.cards import AnsweredCard, dealt
from forums.knowledge.guesses.forms import GuessForm
from forums.knowledge.guesses.models import CARDS, GuessProgress
from forums.knowledge.guesses.permissions import can_guess
from forums.knowledge.guesses.pinned import PinnedGuess
from forums.knowledge.reasons.quoted import quoted
from forums.knowledge.results.access import ResultsAccess, access_to, figures_for
from forums.knowledge.results.figures import RoundFigures
from forums.knowledge.voting.models import Answered, StatementVote


@signed_in
def guess(request: MemberRequest, pk: int) -> HttpResponse:
    """The next card; sent, the answer to it (`?answer=`); without any, why not."""
    topic = topic_at(pk, request.user)
    if request.method == "POST":
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
    figures = figures_for(access) if can_guess(access) else None
    context: dict[str, Any] = {
        "section": "topics", "topic": topic, "form": form, "may_guess": can_guess(access),
        "is_open": access.is_open, "common": f"/t/{topic.pk}/common/",
        "voting": f"/t/{topic.pk}/common/vote/",
    }  # fmt: skip
    if figures is not None and access.round is not None:
        said = _answered(access)
        networks = _shown(figures)
        cards = dealt(
            figures,
            member=request.user.pk,
            round_=access.round.pk,
            mine=_counts_for(access),
            answered=said.keys(),
            networks=networks.keys(),
        )
        progress = GuessProgress.objects.filter(member=request.user, round=access.round).first()
        done = progress.done if progress else 0
        context |= {"done": done, "all": len(cards)}
        if done < len(cards):
            card = cards[done]
            context |= {
                "card": card.signed(),
                "number": done + 1,
                "network": networks[card.network],
                "vote": said[card.statement],
                "mine": Answered(said[card.statement].vote).label,
            }
    return render(request, "guesses/card.html", context, status=status)


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
    network = _shown(figures).get(card.network) if figures else None
    vote = _answered(access).get(card.statement)
    if share is None or network is None or vote is None:
        return redirect("guess", pk=topic.pk)
    side = Answered.AGREE if share.agree >= share.disagree else Answered.DISAGREE
    quotes = quoted([card.statement], request.user, topic=topic, networks={card.network: network})
    context = {
        "section": "topics", "topic": topic, "number": card.place + 1, "all": CARDS,
        "vote": vote, "network": network, "share": share,
        "pinned": PinnedGuess(share, answered.guess),
        "quote": quotes.of(card.statement, card.network, side),
    }  # fmt: skip
    return render(request, "guesses/answer.html", context)


def _counts_for(access: ResultsAccess) -> int | None:
    return access.ballot.network_id if access.ballot and access.ballot.counts else None


def _answered(access: ResultsAccess) -> dict[int, StatementVote]:
    """Her votes by statement, with its words; of those that are put to the vote still."""
    votes = StatementVote.objects.filter(ballot=access.ballot).select_related("statement")
    return {vote.statement_id: vote for vote in votes}


def _shown(figures: RoundFigures) -> dict[int, NetworkRef]:
    found = Network.objects.filter(NETWORK_SHOWN.q(), pk__in=figures.heard).defer(*LONG)
    return {
        each.pk: NetworkRef.of(each.name, each.slug, each.colour, each.emblem) for each in found
    }
