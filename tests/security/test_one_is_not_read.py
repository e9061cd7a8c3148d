"""What one person says is read by nobody: no page tells one vote, guess, kind of difference or answer to a poll from another.

Each is said in one way and in another; what others read then, once the worker has been there, is the same to the letter.
They have answered enough themselves, have looked, and may know that it was said.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pytest
from django.core.cache import caches
from django.db import transaction

from accounts.models import Member
from forums.discussions.polls.actions import answer
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.knowledge.differences.actions import say_difference
from forums.knowledge.differences.models import DifferenceKind
from forums.knowledge.guesses.actions import tell_acquaintances, turn_over
from forums.knowledge.guesses.hands import hand_of
from forums.knowledge.results.access import access_to, figures_for
from forums.knowledge.results.actions import publish
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.models import Answered, Round
from tests.clients import signed_in
from tests.discussions.polls.making import make_ballots, make_poll
from tests.knowledge.common_ground.told import looked
from tests.knowledge.making import ballot_of, make_round, make_statement, member_of, network_in
from tests.make import make_member, make_topic
from tests.security.test_no_other_door import _TOKENS

pytestmark = pytest.mark.django_db
COUNT = 8  # statements, of which she has answered five


class Told(NamedTuple):
    """A round of two networks of nine, told, that differ on each statement; `her`: one more of the first."""

    topic: Topic
    round: Round
    statements: list[Statement]
    one: Network
    her: Member
    readers: list[Member]


@pytest.fixture
def told() -> Told:
    starter = make_member(trust_level=2)
    topic = make_topic(starter)
    statements = [make_statement(topic) for _ in range(COUNT)]
    one, other = network_in(topic), network_in(topic)
    round_ = make_round(topic)
    for network, side in ((one, 1), (other, -1)):
        for person in range(9):
            said = {
                each: side if (person + at) % 7 else -side for at, each in enumerate(statements)
            }
            ballot_of(round_, network, said)
    her, readers = member_of(one), [starter, member_of(one), make_member(is_staff=True)]
    for who in (her, *readers):
        for statement in statements[:5]:
            vote(member=who, round_=round_, statement=statement, choice=Answered.AGREE)
    publish(round_=round_)
    for who in readers:
        looked(who, topic)
    topic.refresh_from_db()
    return Told(topic, round_, statements, one, her, readers)


def differing(
    told: Told, says: Callable[[Any], object], ways: Iterable[Any], *more: str
) -> list[tuple[int, str]]:
    """What is read otherwise after one of these `ways` than after the first."""
    here = f"/t/{told.topic.pk}/"
    common = ("", "?of=networks", "?of=rest", "?of=differ", "1/", f"{COUNT}/", "vote/", "speak/")
    paths = [f"{here}{path}" for path in (*(f"common/{each}" for each in common), "polls/", *more)]
    read = []
    for way in ways:
        with transaction.atomic():
            says(way)
            read.append({
                (who.pk, path): _TOKENS.sub(b"", signed_in(who).get(path, follow=True).content)
                for who in told.readers
                for path in ["/", "/notifications/", told.topic.get_absolute_url(), *paths]
            })  # fmt: skip
            transaction.set_rollback(True)
        caches["process"].clear()
    first, *others = read
    return [where for other in others for where, page in other.items() if page != first[where]]


def say(told: Told, who: Member, number: int, way: tuple[Answered, bool]) -> None:
    choice, important = way
    statement = told.statements[number - 1]
    vote(member=who, round_=told.round, statement=statement, choice=choice, important=important)
    publish(round_=told.round)


@pytest.mark.parametrize("number", [1, COUNT])
def test_a_vote_is_not_read_whether_it_is_the_first_or_another(told, number):
    ways = [*((choice, False) for choice in Answered), (Answered.AGREE, True)]
    assert differing(told, lambda way: say(told, told.her, number, way), ways) == []


def test_what_five_say_is_read_or_this_would_see_nothing(told):
    five = [member_of(told.one) for _each in range(5)]

    def says(choice: Answered) -> None:
        for who in five:
            say(told, who, COUNT, (choice, False))

    common = f"/t/{told.topic.pk}/common/?of=networks"
    assert common in {path for _who, path in differing(told, says, Answered)}


def test_nor_is_a_guess(told):
    def says(guess: int | None) -> None:
        access = access_to(told.topic, told.her)
        hand = hand_of(access, figures_for(access))
        assert hand
        assert hand.next
        assert turn_over(member=told.her, topic=told.topic, card=hand.next, guess=guess)
        tell_acquaintances()

    assert differing(told, says, (0, 10, None)) == []


def test_nor_is_what_kind_of_difference_she_sees(told):
    about: dict[str, Any] = {"topic": told.topic, "statement": told.statements[0]}
    assert (
        differing(
            told,
            lambda kind: say_difference(member=told.her, kind=kind, **about),
            DifferenceKind,
            "common/different/1/",
        )
        == []
    )


@pytest.mark.parametrize("people", [4, 9])
def test_nor_is_her_answer_to_a_secret_poll_that_is_open(told, people):
    poll = make_poll(told.topic, shown="always")
    make_ballots(poll, *([int(at % 3 == one) for one in range(3)] for at in range(people)))
    ways = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    asked = differing(
        told,
        lambda marks: answer(member=told.her, poll=poll, marks=marks),
        ways,
        f"polls/{poll.pk}/",
    )
    assert asked == []
