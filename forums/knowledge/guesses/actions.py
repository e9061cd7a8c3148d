"""Every write to guesses: turn a card over, and tell anew how well networks know each other."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.silence import refuse_silenced
from forums.base.errors import BadText, ForumError, NotAllowed
from forums.base.rate_limits import one_at_a_time
from forums.discussions.topics.models import Topic
from forums.knowledge.guesses.acquaintances import Pair, PairGuesses, guessed_pairs
from forums.knowledge.guesses.cards import TEN, GuessCard
from forums.knowledge.guesses.hands import hand_of
from forums.knowledge.guesses.models import CARDS, ENOUGH, Acquaintance, GuessProgress, NetworkGuess
from forums.knowledge.guesses.permissions import can_guess
from forums.knowledge.results.access import access_to, figures_for

if TYPE_CHECKING:
    from accounts.models import Member


class OwnAnswersFirst(NotAllowed):
    message = gettext_lazy("Answer first yourself; then you can guess.")


class CardOver(ForumError):
    status = 409
    message = gettext_lazy("This card is over: another round has begun. Take the next one.")


@transaction.atomic
def turn_over(*, member: "Member", topic: Topic, card: GuessCard, guess: int | None) -> bool:
    """She guesses, or passes on (None). Each card once: sent again, nothing is written, and False is returned.

    Raises BadText for a guess that is none, OwnAnswersFirst, CardOver, or NotAllowed for the card of another.
    """
    if guess is not None and not 0 <= guess <= TEN:
        raise BadText
    if card.member != member.pk:
        raise NotAllowed
    one_at_a_time(member)
    refuse_silenced(member)
    access = access_to(topic, member)
    if not can_guess(access):
        raise OwnAnswersFirst
    figures = figures_for(access)
    told = figures.of(card.statement) if figures else None
    share = told.of(card.network) if told else None
    if access.round is None or access.round.pk != card.round or share is None:
        raise CardOver
    progress, _new = GuessProgress.objects.get_or_create(member=member, round=access.round)
    if progress.done != card.place or progress.done >= CARDS:
        return False
    progress.done += 1
    progress.save(update_fields=["done"])
    viewer = access.ballot.network_id if access.ballot and access.ballot.counts else None
    if guess is not None and viewer is not None and viewer != card.network:
        NetworkGuess.objects.create(
            viewer_id=viewer,
            target_id=card.network,
            statement_id=card.statement,
            round=access.round,
            guess=guess,
            told=share.agree,
            month=timezone.localdate().replace(day=1),
        )
    return True


@transaction.atomic
def look(*, member: "Member", topic: Topic) -> bool:
    """She looks at what was told; what she would guess after that is worth nothing, so her cards of the round are over.

    Nothing is written, and False is returned, where none waits for her. Who may not write may look.
    """
    one_at_a_time(member)
    access = access_to(topic, member)
    hand = hand_of(access, figures_for(access))
    if hand is None or hand.next is None:
        return False
    GuessProgress.objects.update_or_create(
        member=member, round=access.round, defaults={"done": CARDS}
    )
    return True


@transaction.atomic
def tell_acquaintances() -> int:
    """What is told of pairs of networks, where both have guessed enough, and at least five times since it was told
    last; returns how many were."""
    found = guessed_pairs()
    told = {
        (each.viewer_id, each.target_id): each
        for each in Acquaintance.objects.select_for_update().order_by("pk")
    }
    return sum(_tell(pair, found[pair], told.get(pair)) for pair in _both_ways(found))


def _both_ways(found: dict[Pair, PairGuesses]) -> Iterable[Pair]:
    enough = {pair for pair, each in found.items() if each.guesses >= ENOUGH}
    return sorted((one, other) for one, other in enough if (other, one) in enough)


def _tell(pair: Pair, now: PairGuesses, before: Acquaintance | None) -> bool:
    if before and now.guesses - before.guesses < ENOUGH:
        return False
    values = {"guesses": now.guesses, "off": now.off, "months": _as_json(now.months)}
    Acquaintance.objects.update_or_create(viewer_id=pair[0], target_id=pair[1], defaults=values)
    return True


def _as_json(months: Iterable[tuple[date, int]]) -> list[tuple[str, int]]:
    return [(month.isoformat(), off) for month, off in months]
