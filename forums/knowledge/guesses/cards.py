"""Which three cards a member is dealt, and what a card carries from page to page, signed. No table."""

from collections.abc import Collection, Iterable
from hashlib import blake2b
from typing import NamedTuple, Self

from django.core import signing
from django.utils.crypto import salted_hmac

from forums.knowledge.guesses.models import CARDS
from forums.knowledge.results.figures import RoundFigures, StatementFigures

_CARD, _ANSWER = "guess-card", "guess-answer"
TEN = 10


class GuessCard(NamedTuple):
    """The `place`th (from 0) of a member in a round: how does `network` answer `statement`?"""

    member: int
    round: int
    place: int
    statement: int
    network: int

    def signed(self) -> str:
        """As a form carries it: what was dealt stays as it is, though the figures move on meanwhile."""
        return signing.dumps(self, salt=_CARD)

    @classmethod
    def read(cls, token: str) -> Self | None:
        """None for what this site never dealt."""
        try:
            return cls(*signing.loads(token, salt=_CARD))
        except signing.BadSignature:
            return None


class AnsweredCard(NamedTuple):
    """A card and what she guessed: it stands in the address of the answer, for it stands nowhere else."""

    card: GuessCard
    guess: int

    def signed(self) -> str:
        return signing.dumps([*self.card, self.guess], salt=_ANSWER)

    @classmethod
    def read(cls, token: str) -> Self | None:
        try:
            *card, guess = signing.loads(token, salt=_ANSWER)
        except signing.BadSignature:
            return None
        return cls(GuessCard(*card), guess)


class _Candidate(NamedTuple):
    gap: float  # in percent, between the network and hers
    lot: bytes  # of equal ones, and at random: the same for her in this round whenever she asks
    statement: int
    network: int


def dealt(
    figures: RoundFigures,
    *,
    member: int,
    round_: int,
    mine: int | None,
    answered: Collection[int],
    networks: Collection[int],
) -> list[GuessCard]:
    """Hers: where the gap to her own network (else to all) is largest, where it is smallest, and one at random.

    Of statements she has `answered`, each once, and of these `networks` but her own; of each five people and more
    answered, or no figure of it is told.
    """
    key = salted_hmac(_CARD, f"{member} {round_}", algorithm="sha256").digest()
    left = [
        _Candidate(
            abs(share.agree - own),
            # One key a hand: of two hundred statements and forty networks there are eight thousand lots.
            blake2b(b"%d %d" % (told.statement, share.network), key=key, digest_size=16).digest(),
            told.statement,
            share.network,
        )
        for told in figures.statements
        if told.statement in answered
        for own in (_own(told, mine),)
        for share in told.shares
        if share.network in networks and share.network != mine
    ]
    picked: list[_Candidate] = []
    for choose in (_largest, _smallest, _by_lot)[:CARDS]:
        if left:
            picked.append(choose(left))
            left = [each for each in left if each.statement != picked[-1].statement]
    return [
        GuessCard(member, round_, place, each.statement, each.network)
        for place, each in enumerate(picked)
    ]


def _own(told: StatementFigures, mine: int | None) -> float:
    """What her network says; where she counts for none, or hers was not heard, what all say who were."""
    if own := told.of(mine):
        return own.agree
    people = sum(share.people for share in told.shares)
    return sum(share.agree * share.people for share in told.shares) / people


def _largest(found: Iterable[_Candidate]) -> _Candidate:
    return max(found)


def _smallest(found: Iterable[_Candidate]) -> _Candidate:
    return min(found)


def _by_lot(found: Iterable[_Candidate]) -> _Candidate:
    return min(found, key=lambda each: each.lot)
