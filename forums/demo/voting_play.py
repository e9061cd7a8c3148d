"""Plays what people of the demo say of statements: written, looked at, answered in two rounds by its quiet members too.

Nobody's answers are written down: each network leans as content/statements.json says (percent who agree, one number a
network, and who passes), and a person in it leans a little more to one side or the other in all she answers.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from accounts.models import Member
from forums.base.errors import NotAllowed
from forums.demo.clock import clock_at
from forums.demo.scene import Scene
from forums.demo.script import load_json, moment
from forums.discussions.polls import actions as polls
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership, forget_roles
from forums.knowledge.differences.actions import say_difference
from forums.knowledge.differences.models import DifferenceKind
from forums.knowledge.glossary.actions import say_meaning
from forums.knowledge.guesses.actions import turn_over
from forums.knowledge.guesses.cards import TEN, dealt
from forums.knowledge.reasons.actions import give_reason
from forums.knowledge.restatements.actions import answer as answer_restatement
from forums.knowledge.restatements.actions import restate
from forums.knowledge.results.access import access_to, figures_for
from forums.knowledge.results.actions import publish
from forums.knowledge.statements import actions as statements
from forums.knowledge.statements.models import Refusal, Statement
from forums.knowledge.voting import actions as voting
from forums.knowledge.voting.models import Answered, Round

PAUSE = timedelta(minutes=7)  # between two statements
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


def answer_statements(scene: Scene, now: datetime) -> None:
    """All of content/statements.json."""
    for about in load_json("statements"):
        _TopicVotes(scene, about, now).play()


class _TopicVotes:
    """One topic."""

    def __init__(self, scene: Scene, about: dict[str, Any], now: datetime) -> None:
        self.scene, self.about, self.now = scene, about, now
        self.topic = self._topic_now()
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
        self._explain()

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

    # -- Why, and what words mean -------------------------------------------------------------------

    def _explain(self) -> None:
        for row in self.about["reasons"]:
            self.topic = self._topic_now()  # it has counted its statements and comments
            # A reason is a comment: it comes after those that are there.
            with clock_at(max(moment(row["at"], self.now), self.topic.last_post_at + PAUSE)):
                forget_roles(self.scene.members[row["by"]])
                give_reason(
                    member=self.scene.members[row["by"]],
                    topic=self.topic,
                    statement=self._open(row["about"]),
                    side=Answered(row["side"]),
                    body=row["says"],
                    speak_from=self.scene.network_id(row["for"]),
                )
        for row in self.about["words"]:
            say_meaning(
                member=self.scene.members[row["by"]],
                topic=self.topic,
                network=self.scene.network(row["for"]),
                term=row["word"],
                body=row["means"],
            )
        self._restate(**self.about["restated"])
        for says, kinds in self.about["differs"].items():
            self._say_differences(self._open(says), kinds)
        self._poll(**self.about["poll"])
        self._guess()

    def _restate(self, by: str, post: str, says: str) -> None:
        """Its author finds herself in it."""
        meant = self.scene.posts[self.about["topic"], post]
        made = restate(member=self.scene.members[by], post=meant, body=says)
        answer_restatement(member=meant.author, restatement=made, fits=True)

    def _say_differences(self, statement: Statement, kinds: list[str]) -> None:
        """Of those who are asked, whom the two networks farthest apart count, most say what it is about."""
        chance = Random(statement.body)  # noqa: S311 - no secret
        for member, _network in self._voters():
            forget_roles(member)
            kind = DifferenceKind(chance.choices(kinds, (3, 1))[0])
            with suppress(NotAllowed):
                say_difference(member=member, topic=self.topic, statement=statement, kind=kind)

    def _topic_now(self) -> Topic:
        found = self.scene.topics[self.about["topic"]]
        return Topic.objects.select_related("board").get(pk=found.pk)

    # -- Polls and guesses ---------------------------------------------------------------------------

    def _poll(
        self,
        at: str,
        by: str,
        kind: str,
        asks: str,
        options: list[str],
        weights: list[int],
        most: int,
        **more: str,
    ) -> None:
        """Half of them answer it."""
        with clock_at(moment(at, self.now)):
            forget_roles(self.scene.members[by])
            poll = polls.ask(
                author=self.scene.members[by],
                topic=self.topic,
                kind=kind,
                question=asks,
                options=options,
                most=most,
                closes_at=self.now + timedelta(days=9),
                speak_from=self.scene.network_id(more["for"]),
            )
        chance = Random(asks)  # noqa: S311 - no secret
        for member, _network in self._voters():
            if chance.random() < 0.5:
                order = sorted(range(len(options)), key=lambda n: chance.random() ** weights[n])
                best = order[::-1]
                ranks = {place: n + 1 for n, place in enumerate(best)}
                marks = [
                    ranks[n] if kind == "ranked" else int(ranks[n] <= most)
                    for n in range(len(options))
                ]
                polls.answer(member=member, poll=poll, marks=marks)

    def _guess(self) -> None:
        """Every third of them guesses before she looks, and lies some people off."""
        for member, network in self._voters()[::3]:
            access = access_to(self.topic, member)
            figures = figures_for(access)
            if figures is None or access.round is None or access.ballot is None:
                continue
            cards = dealt(
                figures,
                member=member.pk,
                round_=access.round.pk,
                mine=network,
                answered=access.ballot.votes.values_list("statement_id", flat=True),
                networks=self.networks,
            )
            chance = Random(member.handle)  # noqa: S311 - no secret
            for card in cards:
                told = figures.of(card.statement)
                share = told.of(card.network) if told else None
                near = round((share.agree if share else 50) / TEN + chance.gauss(0, 2))
                turn_over(member=member, topic=self.topic, card=card, guess=min(TEN, max(0, near)))

    def _open(self, says: str) -> Statement:
        return Statement.objects.open().get(topic=self.topic, body=says)

    # -- Rounds -----------------------------------------------------------------------------------

    def _hold(self, words: dict[str, Any]) -> None:
        """One round. What comes of it is counted at the end; of the one that is open also early, so that a mark can have
        its day."""
        opened, lasts = moment(words["opened"], self.now), timedelta(days=words["days"])
        with clock_at(opened):
            round_ = voting.open_round(member=self.looks, topic=self.topic, lasts=lasts)
        chance = Random(f"{self.about['topic']} {round_.number}")  # noqa: S311 - no secret
        until = min(self.now, round_.closes_at)
        coming = [
            (chance.random() ** 2 * 0.95, member, network)
            for member, network in self._voters()
            if chance.random() < words["come"]
        ]
        early = opened + (until - opened) * EARLY
        counted = False
        for part, member, network in sorted(coming, key=lambda each: each[0]):
            at = opened + (until - opened) * part
            if at > early and not counted and until == self.now:
                counted = True
                self._count(round_, early)
            self._answer(round_, member, network, at, chance)
        if round_.closes_at <= self.now:
            with clock_at(until):
                voting.end_rounds(now=until)
        self._count(round_, until)

    def _count(self, round_: Round, at: datetime) -> None:
        with clock_at(at):
            publish(round_=round_, now=at)

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
