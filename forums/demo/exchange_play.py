"""Plays how people of the demo come to see each other, beside the votes: why, what words mean, what another means, what a
network thinks, what kind of difference it is, what they guess of each other; and their polls."""

from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any

from accounts.models import Member, TrustLevel
from forums.base.errors import NotAllowed
from forums.demo.clock import clock_at
from forums.demo.scene import Scene
from forums.demo.script import moment
from forums.discussions.polls import actions as polls
from forums.discussions.polls.models import Poll, PollKind
from forums.discussions.polls.tallies import IF_NEED_BE, NO, YES
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership, forget_roles
from forums.knowledge.differences.actions import say_difference
from forums.knowledge.differences.models import DifferenceKind
from forums.knowledge.differences.sides import sides_of
from forums.knowledge.glossary.actions import say_meaning
from forums.knowledge.guesses.actions import turn_over
from forums.knowledge.guesses.cards import TEN, dealt
from forums.knowledge.guesses.permissions import can_guess
from forums.knowledge.portrayals.actions import judge, portray
from forums.knowledge.portrayals.permissions import can_judge
from forums.knowledge.reasons.actions import give_reason
from forums.knowledge.restatements.actions import answer as answer_restatement
from forums.knowledge.restatements.actions import restate
from forums.knowledge.results.access import access_to, figures_for
from forums.knowledge.results.figures import RoundFigures
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.models import Answered
from forums.text.dates import BANGKOK

PAUSE = timedelta(minutes=7)
ANSWER_A_POLL = 0.45  # of those who are asked
GUESSING = 2  # every second


class ExchangePlay:
    """One topic of content/statements.json: what stands beside its statements."""

    def __init__(self, scene: Scene, about: dict[str, Any], now: datetime) -> None:
        self.scene, self.about, self.now = scene, about, now
        self.topic = self.topic_now()
        self.networks = [scene.networks[name].pk for name in about["voters"]]

    def exchange(self) -> None:
        for row in self.about["reasons"]:
            self._give_reason(row)
        for row in self.about["words"]:
            with clock_at(moment(row["at"], self.now)):
                say_meaning(
                    member=self._member(row["by"]),
                    topic=self.topic,
                    network=self.scene.network(row["for"]),
                    term=row["word"],
                    body=row["means"],
                )
        for row in self.about["restated"]:
            self._restate(**row)
        for row in self.about["portrayed"]:
            self._portray(**row)
        for row in self.about["polls"]:
            self._poll(row)
        figures = self._figures()
        for says, kinds in self.about["differs"].items():
            self._say_differences(figures, self.open_statement(says), kinds)
        self._guess()

    def topic_now(self) -> Topic:
        found = self.scene.topics[self.about["topic"]]
        return Topic.objects.select_related("board").get(pk=found.pk)

    def voters(self) -> list[tuple[Member, int]]:
        """The members of the networks, each once, for the network that stands first.

        Who came lately has yet to answer: whoever signs in as her sees how one begins.
        """
        places = Membership.objects.filter(
            network__in=self.networks, member__trust_level__gt=TrustLevel.NEW
        ).select_related("member")
        first: dict[str, tuple[Member, int]] = {}
        for place in sorted(places, key=lambda each: self.networks.index(each.network_id)):
            first.setdefault(place.member.handle, (place.member, place.network_id))
        return [first[handle] for handle in sorted(first)]

    def open_statement(self, says: str) -> Statement:
        return Statement.objects.open().get(topic=self.topic, body=says)

    def _member(self, handle: str) -> Member:
        """As every request of the site begins."""
        member = self.scene.members[handle]
        forget_roles(member)
        return member

    # -- Why, and what is meant -----------------------------------------------------------------------

    def _give_reason(self, row: dict[str, Any]) -> None:
        self.topic = self.topic_now()  # it has counted its statements and comments
        # A reason is a comment: it comes after those that are there.
        with clock_at(max(moment(row["at"], self.now), self.topic.last_post_at + PAUSE)):
            give_reason(
                member=self._member(row["by"]),
                topic=self.topic,
                statement=self.open_statement(row["about"]),
                side=Answered(row["side"]),
                body=row["says"],
                speak_from=self.scene.network_id(row["for"]),
            )

    def _restate(self, by: str, post: str, says: str, at: str, answer: str = "") -> None:
        """Its author finds herself in it ("fits"), says what is missing, or has not answered yet ("")."""
        meant = self.scene.posts[self.about["topic"], post]
        with clock_at(moment(at, self.now)):
            made = restate(member=self._member(by), post=meant, body=says)
        if answer:
            fits = answer == "fits"
            with clock_at(moment(at, self.now) + PAUSE):
                answer_restatement(
                    member=self._member(meant.author.handle),
                    restatement=made,
                    fits=fits,
                    missing="" if fits else answer,
                )

    def _portray(self, **row: Any) -> None:
        """`fits`: what those who may judge it give it, and their network's own words, and why. Five decide."""
        at = moment(row["at"], self.now)
        target = self.scene.network(row["of"])
        with clock_at(at):
            made = portray(
                member=self._member(row["by"]), topic=self.topic, target=target, body=row["says"]
            )
        made.topic = self.topic
        places = Membership.objects.filter(network=target).select_related("member").order_by("pk")
        asked = [place.member for place in places if can_judge(place.member, made)]
        for member, (fits, own_fits, *why) in zip(asked, row["fits"], strict=False):
            at += PAUSE
            with clock_at(at):
                judge(member=member, portrayal=made, fits=fits, own_fits=own_fits, why="".join(why))

    # -- What the votes lead to -----------------------------------------------------------------------

    def _figures(self) -> RoundFigures:
        """As one reads them who has answered all."""
        member = self._member(self.about["looks"])
        for each, _network in [(member, 0), *self.voters()]:
            if figures := figures_for(access_to(self.topic, each)):
                return figures
        raise LookupError(self.about["topic"])

    def _say_differences(
        self, figures: RoundFigures, statement: Statement, kinds: list[str]
    ) -> None:
        """Of those who are asked, whom the two networks farthest apart count, most say what it is about."""
        chance = Random(statement.body)  # noqa: S311 - no secret
        sides = sides_of(figures.of(statement.pk)) or ()
        for member, network in self.voters():
            if network in sides:
                kind = DifferenceKind(chance.choices(kinds, (3, 1))[0])
                with suppress(NotAllowed):  # who passed that card by is not asked
                    say_difference(member=member, topic=self.topic, statement=statement, kind=kind)

    def _guess(self) -> None:
        """Every second of them guesses before she looks, and lies some people off."""
        for member, network in self.voters()[::GUESSING]:
            access = access_to(self.topic, member)
            figures = figures_for(access)
            if not (can_guess(access) and figures and access.round and access.ballot):
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

    # -- Polls ------------------------------------------------------------------------------------------

    def _poll(self, row: dict[str, Any]) -> None:
        """`days`: how long it is open; of one that has closed, who asked it closed it then."""
        asked, over = moment(row["at"], self.now), timedelta(days=row["days"])
        options = [self._option(row["kind"], option) for option in row["options"]]
        networks = [self.scene.networks[name].pk for name in row.get("asks_only", ())]
        with clock_at(asked):
            poll = polls.ask(
                author=self._member(row["by"]),
                topic=self.topic,
                kind=row["kind"],
                question=row["asks"],
                about=row.get("about", ""),
                options=options,
                most=row.get("most", 1),
                shown=row.get("shown", "always"),
                names_shown=row.get("names", False),
                closes_at=asked + over,
                networks=networks,
                speak_from=self.scene.network_id(row["for"]),
            )
        chance = Random(row["asks"])  # noqa: S311 - no secret
        until = min(self.now, asked + over)
        for member, network in self.voters():
            if chance.random() < ANSWER_A_POLL and (not networks or network in networks):
                with clock_at(asked + (until - asked) * chance.random() ** 2):
                    forget_roles(member)
                    polls.answer(member=member, poll=poll, marks=_marks(poll, row, chance))
        if until < self.now:
            polls.close_in_time(poll=poll)

    def _option(self, kind: str, words: str) -> str:
        """Of a date to find: "6d 20:00" is six days from now."""
        if kind != PollKind.DATE:
            return words
        days, time = words.split("d ")
        return f"{self.now.astimezone(BANGKOK) + timedelta(days=int(days)):%d/%m/%Y} {time}"


def _marks(poll: Poll, row: dict[str, Any], chance: Random) -> list[int]:
    """What one person answers: each option is liked as its weight says."""
    size = len(poll.options)
    liked = sorted(range(size), key=lambda at: chance.random() ** (1 / row["weights"][at]))[::-1]
    rank = {option: place for place, option in enumerate(liked)}
    match poll.kind:
        case PollKind.RANKED:
            return [rank[at] + 1 for at in range(size)]
        case PollKind.DATE:
            return [(YES, YES, IF_NEED_BE, NO)[min(rank[at], 3)] for at in range(size)]
        case _:
            return [int(rank[at] < row.get("most", 1)) for at in range(size)]
