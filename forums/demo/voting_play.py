"""Plays what people of the demo say of statements: written, looked at, answered in two rounds by its quiet members too.

Nobody's answers are written down: each network leans as content/statements.json says (percent who agree, one number a
network, and who passes), and a person in it leans a little more to one side or the other in all she answers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from accounts.models import Member
from forums.demo.ballots import SaidBallot, cast
from forums.demo.clock import clock_at
from forums.demo.exchange_play import PAUSE, ExchangePlay
from forums.demo.scene import Scene
from forums.demo.script import load_json, moment
from forums.groups.memberships.models import forget_roles
from forums.knowledge.guesses.actions import tell_acquaintances
from forums.knowledge.results.actions import publish
from forums.knowledge.statements import actions as statements
from forums.knowledge.statements.models import Refusal, Statement
from forums.knowledge.voting import actions as voting
from forums.knowledge.voting.models import Answered, Round

LEAN = 0.18  # how far people of one network lie apart
EARLY = 0.25  # of a round's time, when its votes are counted first
MATTERS = 0.3  # of what she agrees with or not, this matters to her


@dataclass(frozen=True, slots=True)
class _Leaning:
    """How likely people of each network agree with a statement, and pass."""

    statement: Statement
    agree: dict[int, float]
    passes: float
    side: int

    def answer(self, network: int, lean: float, chance: Random) -> Answered:
        if chance.random() < self.passes:
            return Answered.PASS
        likely = self.agree[network] + self.side * lean
        return Answered.AGREE if chance.random() < likely else Answered.DISAGREE

    def as_most(self, member: Member, network: int) -> Answered:
        """Who wrote it agrees; so does who speaks for a network of which most do."""
        hers = self.statement.author_id == member.pk
        return Answered.AGREE if hers or self.agree[network] >= 0.5 else Answered.DISAGREE


def answer_statements(scene: Scene, now: datetime) -> None:
    """All of content/statements.json."""
    for about in load_json("statements"):
        _TopicVotes(scene, about, now).play()
    tell_acquaintances()


class _TopicVotes(ExchangePlay):
    """One topic."""

    def __init__(self, scene: Scene, about: dict[str, Any], now: datetime) -> None:
        super().__init__(scene, about, now)
        self.looks = scene.members[about["looks"]]
        self.speak = {row["by"] for row in about["statements"] if row["for"]}
        self.leanings: list[_Leaning] = []
        self.clock = moment(about["written"], now)

    def play(self) -> None:
        late = [row for row in self.about["statements"] if "waits" in row]
        for row in self.about["statements"]:
            if row not in late:
                self._say(row)
        *before, newest = self.about["rounds"]
        for words in before:
            self._hold(words)
        # What comes of the newest is counted early too, so that a mark can have its day.
        self._hold(newest, early=EARLY)
        for row in late:
            self.clock = moment(row["waits"], self.now)
            self._propose(row)
        self.exchange()

    # -- Statements -------------------------------------------------------------------------------

    def _say(self, row: dict[str, Any]) -> None:
        made = self._propose(row)
        with clock_at(self._later()):
            if "refused" in row:
                statements.refuse(
                    member=self.looks, statement=made, refusal=Refusal(row["refused"])
                )
            elif "merged" in row:
                into = self.open_statement(row["merged"])
                statements.merge(member=self.looks, statement=made, into=into)
            elif "parts" in row:
                bodies = [each["says"] for each in row["parts"]]
                parts = statements.part(member=self.looks, statement=made, bodies=bodies)
                for part, leaning in zip(parts, row["parts"], strict=True):
                    self._lean(part, leaning)
            else:
                self._lean(statements.accept(member=self.looks, statement=made), row)

    def _propose(self, row: dict[str, Any]) -> Statement:
        author = self.scene.members[row["by"]]
        with clock_at(self._later()):
            forget_roles(author)
            return statements.propose(
                author=author,
                topic=self.topic,
                body=row["says"],
                speak_from=self.scene.network_id(row["for"]),
                in_name=bool(row["for"]),
            )

    def _lean(self, statement: Statement, row: dict[str, Any]) -> None:
        agree = {
            network: percent / 100
            for network, percent in zip(self.networks, row["agree"], strict=True)
        }
        self.leanings.append(_Leaning(statement, agree, row["pass"] / 100, row.get("side", 0)))

    def _later(self) -> datetime:
        self.clock += PAUSE
        return self.clock

    # -- Rounds -----------------------------------------------------------------------------------

    def _hold(self, words: dict[str, Any], *, early: float = 0) -> None:
        """One round, until it is over or it is now."""
        opened, lasts = moment(words["opened"], self.now), timedelta(days=words["days"])
        with clock_at(opened):
            round_ = voting.open_round(member=self.looks, topic=self.topic, lasts=lasts)
        chance = Random(f"{self.about['topic']} {round_.number}")  # noqa: S311 - no secret
        until = min(self.now, round_.closes_at)
        ballots = [
            self._ballot(member, network, opened, until - opened, chance)
            for member, network in self.voters()
            if chance.random() < words["come"]
        ]
        counted = opened + (until - opened) * early
        if early:
            cast(round_, [each for each in ballots if each.at <= counted])
            self._count(round_, counted)
        cast(round_, [each for each in ballots if not early or each.at > counted])
        if round_.closes_at <= self.now:
            with clock_at(until):
                voting.end_rounds(now=until)
        self._count(round_, until)

    def _count(self, round_: Round, at: datetime) -> None:
        with clock_at(at):
            publish(round_=round_, now=at)

    def _ballot(
        self, member: Member, network: int, opened: datetime, lasts: timedelta, chance: Random
    ) -> SaidBallot:
        """Many come early; most answer all, some stop after a few."""
        lean = Random(member.handle).gauss(0, LEAN)  # noqa: S311 - no secret
        answered = len(self.leanings)
        if chance.random() < 0.25:
            answered = chance.randint(3, answered)
        said = []
        for each in chance.sample(self.leanings, answered):
            choice = each.answer(network, lean, chance)
            if member.handle in self.speak or each.statement.author_id == member.pk:
                choice = each.as_most(member, network)
            matters = choice != Answered.PASS and chance.random() < MATTERS
            said.append((each.statement, choice, matters))
        at = opened + lasts * (chance.random() ** 2 * 0.95)
        return SaidBallot(member, network, at, said)
