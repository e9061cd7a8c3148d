"""A guess is kept without who guessed."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed
from forums.discussions.topics.models import Topic
from forums.knowledge.guesses.actions import (
    CardOver,
    OwnAnswersFirst,
    tell_acquaintances,
    turn_over,
)
from forums.knowledge.guesses.cards import GuessCard
from forums.knowledge.guesses.models import Acquaintance, GuessProgress, NetworkGuess
from forums.knowledge.voting.actions import close_round
from tests.knowledge.guesses.making import answer_all, publish, told
from tests.knowledge.making import make_round, make_statement, member_of, network_in, steward
from tests.make import make_topic
from tests.threads import in_threads

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    topic = make_topic()
    for _ in range(6):
        make_statement(topic)
    return Topic.objects.get(pk=topic.pk)


@pytest.fixture
def ours(topic):
    return network_in(topic)


@pytest.fixture
def theirs(topic):
    return network_in(topic)


@pytest.fixture
def round_(topic, ours, theirs):
    made = make_round(topic)
    said = topic.statements.values_list("pk", flat=True)
    publish(made, told({pk: {ours.pk: 80, theirs.pk: 35} for pk in said}))
    return made


@pytest.fixture
def duang(ours, round_):
    """One of ours who has answered enough."""
    member = member_of(ours)
    answer_all(member, round_, count=5)
    return member


def card(member, round_, theirs, place=0):
    statement = round_.topic.statements.order_by("number")[place]
    return GuessCard(member.pk, round_.pk, place, statement.pk, theirs.pk)


def test_a_guess_is_kept_with_networks_and_what_was_told_and_nothing_of_her(
    topic, duang, ours, theirs, round_
):
    assert turn_over(member=duang, topic=topic, card=card(duang, round_, theirs), guess=3)
    kept = NetworkGuess.objects.get()
    assert (kept.viewer, kept.target, kept.guess, kept.told) == (ours, theirs, 3, 35)
    assert (kept.month, kept.pk.version) == (timezone.localdate().replace(day=1), 4)
    assert GuessProgress.objects.get().done == 1


def test_nothing_in_one_table_leads_to_the_other():
    """Neither names the other, and but for the round they have no column in common."""
    guess = {field.name for field in NetworkGuess._meta.get_fields()}
    progress = {field.name for field in GuessProgress._meta.get_fields()}
    assert guess & progress == {"id", "round"}
    assert isinstance(NetworkGuess._meta.pk.get_default(), uuid.UUID)
    related = {
        field.related_model._meta.label
        for field in NetworkGuess._meta.get_fields()
        if field.is_relation
    }
    assert related == {"forums.Network", "forums.Statement", "forums.Round"}
    times = {"DateTimeField", "DateField", "TimeField"}
    assert not [f for f in GuessProgress._meta.fields if f.get_internal_type() in times]


def test_sent_twice_it_is_one_and_the_first(topic, duang, theirs, round_):
    first = card(duang, round_, theirs)
    assert turn_over(member=duang, topic=topic, card=first, guess=3)
    assert not turn_over(member=duang, topic=topic, card=first, guess=9)
    assert NetworkGuess.objects.get().guess == 3


def test_passed_on_it_is_done_and_nothing_is_kept(topic, duang, theirs, round_):
    for place in range(3):
        asked = card(duang, round_, theirs, place)
        assert turn_over(member=duang, topic=topic, card=asked, guess=None)
    assert not turn_over(member=duang, topic=topic, card=card(duang, round_, theirs, 3), guess=1)
    assert not NetworkGuess.objects.exists()
    assert GuessProgress.objects.get().done == 3


@pytest.mark.parametrize("wrong", [11, -1, 2**40])
def test_a_guess_is_of_ten(topic, duang, theirs, round_, wrong):
    with pytest.raises(BadText):
        turn_over(member=duang, topic=topic, card=card(duang, round_, theirs), guess=wrong)


def test_nobody_guesses_before_five_own_answers(topic, ours, theirs, round_):
    early = member_of(ours)
    answer_all(early, round_, count=4)
    with pytest.raises(OwnAnswersFirst):
        turn_over(member=early, topic=topic, card=card(early, round_, theirs), guess=3)
    close_round(member=steward(), round_=round_)
    with pytest.raises(OwnAnswersFirst):
        turn_over(member=early, topic=topic, card=card(early, round_, theirs), guess=3)


def test_nobody_turns_over_the_card_of_another(topic, duang, malee, theirs, round_):
    with pytest.raises(NotAllowed):
        turn_over(member=duang, topic=topic, card=card(malee, round_, theirs), guess=3)


def test_a_card_of_a_round_that_is_over_still_goes_until_the_next_begins(
    topic, duang, theirs, round_
):
    close_round(member=steward(), round_=round_)
    assert turn_over(member=duang, topic=topic, card=card(duang, round_, theirs), guess=3)
    answer_all(duang, make_round(topic))
    with pytest.raises(CardOver):
        turn_over(member=duang, topic=topic, card=card(duang, round_, theirs, 1), guess=3)


def test_about_a_network_of_fewer_than_five_there_is_no_card(topic, duang, round_):
    few = network_in(topic)
    with pytest.raises(CardOver):
        turn_over(member=duang, topic=topic, card=card(duang, round_, few), guess=3)


def test_who_counts_for_no_network_guesses_for_herself_and_nothing_is_kept(topic, theirs, round_):
    stranger = member_of()
    answer_all(stranger, round_)
    assert turn_over(member=stranger, topic=topic, card=card(stranger, round_, theirs), guess=3)
    assert not NetworkGuess.objects.exists()


def test_the_database_keeps_no_guess_that_is_none(topic, ours, theirs, round_):
    good = {
        "viewer": ours, "target": theirs, "statement": topic.statements.first(), "round": round_,
        "guess": 3, "told": 35, "month": timezone.localdate().replace(day=1),
    }  # fmt: skip
    NetworkGuess.objects.create(**good)
    second = good["month"].replace(day=2)
    for wrong in ({"guess": 11}, {"told": 101}, {"target": ours}, {"month": second}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NetworkGuess.objects.create(**good | wrong)


@pytest.mark.django_db(transaction=True)
def test_twice_at_once_is_one_guess(topic, duang, theirs, round_):
    asked = card(duang, round_, theirs)
    done = in_threads(
        lambda number: turn_over(member=duang, topic=topic, card=asked, guess=number), range(6)
    )
    assert sorted(done) == [False] * 5 + [True]
    assert NetworkGuess.objects.count() == 1


def guesses(viewer, target, *numbers, statement, round_, told_=50, month=(2026, 11)):
    for number in numbers:
        NetworkGuess.objects.create(
            viewer=viewer, target=target, statement=statement, round=round_, guess=number,
            told=told_, month=date(*month, 1),
        )  # fmt: skip


def test_what_is_told_of_a_pair_is_the_mean_distance_where_both_have_guessed_five_times(
    topic, ours, theirs, round_
):
    about = {"statement": topic.statements.first(), "round_": round_}
    guesses(ours, theirs, 5, 5, 7, 3, 0, **about)  # 0 0 20 20 50: 18, told as 20
    guesses(theirs, ours, 6, 6, 6, 6, **about)
    assert tell_acquaintances() == 0
    guesses(theirs, ours, 6, **about)
    assert tell_acquaintances() == 2
    assert Acquaintance.objects.get(viewer=ours).off == 20
    assert Acquaintance.objects.get(viewer=theirs).off == 10


def test_it_is_told_anew_when_five_more_were_made(topic, ours, theirs, round_):
    about = {"statement": topic.statements.first(), "round_": round_}
    guesses(ours, theirs, 5, 5, 5, 5, 5, **about)
    guesses(theirs, ours, 5, 5, 5, 5, 5, **about)
    assert tell_acquaintances() == 2
    guesses(ours, theirs, 0, 0, 0, 0, **about)
    assert tell_acquaintances() == 0
    guesses(ours, theirs, 0, **about)
    assert tell_acquaintances() == 1
    assert Acquaintance.objects.get(viewer=ours).off == 25
