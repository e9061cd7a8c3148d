"""The cards one reader holds in a round: which she was dealt, and how many she has turned over."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery

from forums.groups.networks.models import LONG, NETWORK_SHOWN, Network
from forums.groups.networks.references import NetworkRef
from forums.knowledge.guesses.cards import GuessCard, dealt
from forums.knowledge.guesses.models import CARDS, GuessProgress
from forums.knowledge.guesses.permissions import can_guess
from forums.knowledge.results.access import ResultsAccess
from forums.knowledge.results.figures import RoundFigures
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.models import StatementVote


@dataclass(frozen=True, slots=True)
class Hand:
    """`votes`: all of hers in the round, by statement; `cards`: what she was dealt, none once she has turned over as many
    as anybody may; `networks`: those a card may ask about, by id."""

    votes: dict[int, int]
    done: int
    cards: list[GuessCard]
    networks: dict[int, NetworkRef]

    @property
    def next(self) -> GuessCard | None:
        return self.cards[self.done] if self.done < len(self.cards) else None


def hand_of(access: ResultsAccess, figures: RoundFigures | None) -> Hand | None:
    """Of the newest round, with what she may read of it (`results.access.figures_for`); None for who cannot guess, or
    while nothing is told. Two queries, one once all is done: the page of common ground asks this each time."""
    ballot = access.ballot
    if figures is None or ballot is None or not can_guess(access):
        return None
    progress = GuessProgress.objects.filter(member=ballot.member_id, round=ballot.round_id)
    is_open = Statement.objects.open().filter(pk=OuterRef("statement"))
    rows = StatementVote.objects.filter(ballot=ballot).values_list(
        "statement_id", "vote", Exists(is_open), Subquery(progress.values("done"))
    )
    votes: dict[int, int] = {}
    answered: set[int] = set()
    done = 0
    for statement, vote, stands, turned in rows:
        votes[statement] = vote
        done = turned or 0
        if stands:
            answered.add(statement)
    if done >= CARDS:
        return Hand(votes, done, [], {})
    networks = networks_of(figures)
    cards = dealt(
        figures,
        member=ballot.member_id,
        round_=ballot.round_id,
        mine=ballot.network_id if ballot.counts else None,
        answered=answered,
        networks=networks.keys(),
    )
    return Hand(votes, done, cards, networks)


def networks_of(figures: RoundFigures) -> dict[int, NetworkRef]:
    """Those that are heard, by id; a hidden one is not among them."""
    found = Network.objects.filter(NETWORK_SHOWN.q(), pk__in=figures.heard).defer(*LONG)
    return {
        each.pk: NetworkRef.of(each.name, each.slug, each.colour, each.emblem) for each in found
    }
