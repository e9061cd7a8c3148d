"""Plays what people of the demo say of statements: written, looked at, answered in two rounds by its quiet members too.

Nobody's answers are written down: each network leans as content/statements.json says (percent who agree, one number a
network, and who passes), and a person in it leans a little more to one side or the other in all she answers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from accounts.models import Member
from forums.demo.clock import clock_at
from forums.demo.scene import Scene
from forums.demo.script import load_json, moment
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership, forget_roles
from forums.knowledge.statements import actions as statements
from forums.knowledge.statements.models import Refusal, Statement
from forums.knowledge.voting import actions as voting
from forums.knowledge.voting.models import Answered, Round

PAUSE = timedelta(minutes=7)  # between two statements
LEAN = 0.18  # how far people of one network lie apart
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


def answer_statements(scene: Scene, now: datetime) -> None:
    """All of content/statements.json."""
    for about in load_json("statements"):
        _TopicVotes(scene, about, now).play()


class _TopicVotes:
    """One topic."""

    def __init__(self, scene: Scene, about: dict[str, Any], now: datetime) -> None:
        self.scene, self.about, self.now = scene, about, now
        self.topic = Topic.objects.select_related("board").get(pk=scene.topics[about["topic"]].pk)
        self.networks = [scene.networks[name].pk for name in about["voters"]]
        self.looks = scene.members[about["looks"]]
        self.leanings: list[_Leaning] = []
        self.clock = moment(about["written"], now)

    def play(self) -> None:
        late = [row for row in self.about["statements"] if "waits" in row]
        for row in self.about["statements"]:
            if row not in late:
                self._say(row)
        for words in self.about["rounds"]:
            self._hold(words)
        for row in late:
            self.clock = moment(row["waits"], self.now)
            self._propose(row)

    # -- Statements -------------------------------------------------------------------------------

    def _say(self, row: dict[str, Any]) -> None:
        made = self._propose(row)
        with clock_at(self._later()):
            if "refused" in row:
                statements.refuse(
                    member=self.looks, statement=made, refusal=Refusal(row["refused"])
                )
            elif "merged" in row:
                into = Statement.objects.get(topic=self.topic, body=row["merged"])
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

    def _hold(self, words: dict[str, Any]) -> None:
        opened, lasts = moment(words["opened"], self.now), timedelta(days=words["days"])
        with clock_at(opened):
            voting.end_rounds(now=opened)
            round_ = voting.open_round(member=self.looks, topic=self.topic, lasts=lasts)
        chance = Random(f"{self.about['topic']} {round_.number}")  # noqa: S311 - no secret
        until = min(self.now, round_.closes_at)
        for member, network in self._voters():
            if chance.random() < words["come"]:
                at = opened + (until - opened) * chance.uniform(0.01, 0.95)
                self._answer(round_, member, network, at, chance)
        if round_.closes_at <= self.now:
            with clock_at(round_.closes_at):
                voting.end_rounds(now=round_.closes_at)

    def _voters(self) -> list[tuple[Member, int]]:
        """The members of the networks, each once, for the network that stands first."""
        places = Membership.objects.filter(network__in=self.networks).select_related("member")
        first: dict[str, tuple[Member, int]] = {}
        for place in sorted(places, key=lambda each: self.networks.index(each.network_id)):
            first.setdefault(place.member.handle, (place.member, place.network_id))
        return [first[handle] for handle in sorted(first)]

    def _answer(
        self, round_: Round, member: Member, network: int, at: datetime, chance: Random
    ) -> None:
        """Most answer all, some stop after a few."""
        lean = Random(member.handle).gauss(0, LEAN)  # noqa: S311 - no secret
        answered = len(self.leanings)
        if chance.random() < 0.25:
            answered = chance.randint(3, answered)
        forget_roles(member)
        for place, each in enumerate(chance.sample(self.leanings, answered)):
            choice = each.answer(network, lean, chance)
            with clock_at(at + place * timedelta(seconds=9)):
                voting.vote(
                    member=member,
                    round_=round_,
                    statement=each.statement,
                    choice=choice,
                    important=choice != Answered.PASS and chance.random() < MATTERS,
                    network_id=voting.AS_BEFORE if place else network,
                )
