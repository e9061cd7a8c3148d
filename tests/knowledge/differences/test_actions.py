"""Both sides of a difference say what kind it is, and nobody else."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Member
from forums.base.errors import NotAllowed
from forums.knowledge.differences.actions import say_difference
from forums.knowledge.differences.models import (
    DifferenceAnswer,
    DifferenceKind,
    PublishedDifference,
)
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.voting.models import Ballot
from tests.knowledge.differences.dispute import Dispute
from tests.knowledge.making import member_of
from tests.threads import in_threads

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispute():
    return Dispute()


def say(dispute, member, kind=DifferenceKind.FACTS):
    return say_difference(
        member=member, topic=dispute.topic, statement=dispute.statement, kind=kind
    )


def test_who_counts_for_one_of_the_two_sides_says_it_and_may_change_it(dispute):
    malee = dispute.voter(dispute.forest)
    assert say(dispute, malee).network_id == dispute.forest.pk
    say(dispute, malee, DifferenceKind.WORDS)
    (row,) = DifferenceAnswer.objects.all()
    assert row.kind == DifferenceKind.WORDS


def test_the_same_again_leaves_it_where_it_stands_among_the_others(dispute):
    malee = dispute.voter(dispute.forest)
    first = say(dispute, malee)
    assert say(dispute, malee).said_at == first.said_at


def test_a_network_between_the_two_is_not_asked(dispute):
    with pytest.raises(NotAllowed):
        say(dispute, dispute.voter(dispute.between))


def test_who_does_not_count_is_not_asked(dispute):
    malee = dispute.voter(dispute.forest)
    Ballot.objects.filter(member=malee).update(counts=False)
    with pytest.raises(NotAllowed):
        say(dispute, malee)


def test_who_has_not_answered_this_statement_is_not_asked(dispute):
    malee = dispute.voter(dispute.forest, skips=dispute.statement)
    with pytest.raises(NotAllowed):
        say(dispute, malee)


def test_before_her_own_five_answers_nobody_learns_that_networks_differ(dispute):
    with pytest.raises(NotAllowed):
        say(dispute, dispute.voter(dispute.forest, answers=4))
    with pytest.raises(NotAllowed):
        say(dispute, member_of(dispute.forest))


def test_where_networks_agree_there_is_nothing_to_say(dispute):
    malee = dispute.voter(dispute.forest)
    dispute.publish(Finding.SHARED)
    with pytest.raises(NotAllowed):
        say(dispute, malee)


def test_who_is_suspended_says_nothing_as_long_as_she_is(dispute):
    dispute.say(dispute.forest, *["facts"] * 4)
    Member.objects.filter(pk__in=DifferenceAnswer.objects.values("member")).update(is_active=False)
    dispute.say(dispute.forest, "values")
    assert PublishedDifference.objects.get().people == {}
    dispute.say(dispute.forest, *["values"] * 4)
    assert PublishedDifference.objects.get().people == {str(dispute.forest.pk): {"values": 5}}


def test_one_kind_a_member_a_statement_the_database_holds_it(dispute):
    malee = dispute.voter(dispute.forest)
    said = say(dispute, malee)
    with pytest.raises(IntegrityError), transaction.atomic():
        DifferenceAnswer.objects.create(
            statement=said.statement, member=malee, network=said.network, kind="values"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        DifferenceAnswer.objects.filter(pk=said.pk).update(kind="other")


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_are_one(dispute):
    malee = dispute.voter(dispute.forest)
    in_threads(lambda _number: say(dispute, malee), range(10))
    assert DifferenceAnswer.objects.count() == 1
