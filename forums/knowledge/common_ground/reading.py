"""How far a topic's votes are, for one reader: which page she gets, and what of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.http import Http404

from forums.discussions.topics.models import Topic
from forums.knowledge.guesses.hands import hand_of
from forums.knowledge.results.access import ResultsAccess, access_to, figures_for
from forums.knowledge.results.figures import RoundFigures
from forums.knowledge.voting.models import Round
from forums.knowledge.voting.permissions import OWN_FIRST, is_open


class Stage(StrEnum):
    """What there is to tell her."""

    EMPTY = "empty"  # no statement is put to the vote
    UNASKED = "unasked"  # no round was opened yet
    OWN_FIRST = "own_first"  # a round is open, and she has not answered enough
    COUNTING = "counting"  # nothing is published yet
    GUESS_FIRST = "guess_first"  # it is published; she may guess before she looks, once a round
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Reading:
    """`round`: the one told of, the newest unless she asks for another; `votes`: hers in the newest, by statement;
    `guesses_first`: a card waits for her, and until she has turned it over, or chosen to look, no figures are here."""

    access: ResultsAccess
    round: Round | None
    figures: RoundFigures | None
    guesses_first: bool = False

    @property
    def votes(self) -> Mapping[int, int]:
        return self.access.votes

    @property
    def stage(self) -> Stage:
        if not self.access.topic.statement_count:
            return Stage.EMPTY
        if self.access.round is None:
            return Stage.UNASKED
        if not self.access.may_see:
            return Stage.OWN_FIRST
        if self.guesses_first:
            return Stage.GUESS_FIRST
        return Stage.TOLD if self.figures else Stage.COUNTING

    @property
    def is_open(self) -> bool:
        """Is the one told of open?"""
        return self.round is not None and is_open(self.round)

    @property
    def earlier(self) -> list[int]:
        """The other rounds she may read of, newest first."""
        newest = self.access.round
        if newest is None or self.round is None or not self.access.may_see:
            return []
        return [number for number in range(newest.number, 0, -1) if number != self.round.number]

    @property
    def own_first(self) -> int:
        """How many answers of her own come before the others'."""
        return min(OWN_FIRST, self.access.topic.statement_count)

    @property
    def own_left(self) -> int:
        answered = self.access.ballot.answered if self.access.ballot else 0
        return max(0, self.own_first - answered)


def reading_of(topic: Topic, member: Any, *, number: int | None = None) -> Reading:
    """What `member`, who may read `topic`, reads of its votes: six queries at most. `number`: of an earlier round.

    Raises Http404 where there is no such round.
    """
    access = access_to(topic, member)
    told = access.round
    if number is not None and (told is None or number != told.number):
        told = Round.objects.filter(topic=topic.pk, number=number).first()
        if told is None:
            raise Http404
    figures = figures_for(access, number=number)
    hand = hand_of(access, figures) if told == access.round else None
    if hand and hand.next:
        return Reading(access, told, None, guesses_first=True)
    return Reading(access, told, figures)
