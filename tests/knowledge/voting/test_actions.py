"""Rounds and votes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed, TooFast
from forums.base.personal import Farewell, Parting
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership, forget_roles
from forums.knowledge.statements.actions import take_back
from forums.knowledge.voting import cards
from forums.knowledge.voting.actions import (
    NetworkLeft,
    NotAsked,
    RoundOver,
    choose_network,
    close_round,
    open_round,
    take_votes_back,
    vote,
)
from forums.knowledge.voting.models import Answered, Ballot, Round, StatementVote
from forums.knowledge.voting.permissions import BallotStanding
from tests.knowledge.making import make_round, make_statement, member_of, network_in, steward
from tests.make import make_member, make_network_board, make_topic
from tests.threads import in_threads

WEEK = timedelta(days=7)


@pytest.fixture
def topic(malee):
    return make_topic(malee)


@pytest.fixture
def statement(topic):
    return make_statement(topic)


@pytest.fixture
def open_(topic, statement):
    return make_round(topic)


def counted(statement):
    statement.refresh_from_db()
    return statement.answered


# -- Rounds ------------------------------------------------------------------------------------------


def test_whoever_looks_at_statements_opens_a_round_and_there_is_one_at_a_time(topic, statement):
    first = open_round(member=steward(), topic=topic, lasts=WEEK)
    assert open_round(member=steward(), topic=topic, lasts=WEEK) == first
    close_round(member=steward(), round_=first)
    assert open_round(member=steward(), topic=topic, lasts=WEEK).number == 2
    with pytest.raises(NotAllowed):
        open_round(member=make_member(trust_level=2), topic=topic, lasts=WEEK)


def test_a_round_over_by_time_makes_room_for_the_next(topic, statement):
    over = make_round(topic, opened_days_ago=8)
    again = open_round(member=steward(), topic=topic, lasts=WEEK)
    over.refresh_from_db()
    assert (again.number, over.closed_at) == (2, over.closes_at)


def test_nobody_opens_one_round_after_the_other_to_tell_who_follows_each_time(
    topic, statement, settings
):
    settings.FORUMS_PACE = {"rounds": [(2, 60)]}
    who = steward()
    for _ in range(2):
        round_ = open_round(member=who, topic=topic, lasts=WEEK)
        assert open_round(member=who, topic=topic, lasts=WEEK) == round_
        close_round(member=who, round_=round_)
    with pytest.raises(TooFast):
        open_round(member=who, topic=topic, lasts=WEEK)


def test_in_a_topic_that_is_kept_nobody_votes_and_no_round_begins(topic, open_, statement, somchai):
    Topic.objects.filter(pk=topic.pk).update(archived_at=timezone.now())
    with pytest.raises(NotAllowed):
        vote(member=somchai, round_=open_, statement=statement, choice=Answered.AGREE)
    with pytest.raises(NotAllowed):
        open_round(member=steward(), topic=topic, lasts=WEEK)


@pytest.mark.parametrize("lasts", [timedelta(hours=1), timedelta(days=61), timedelta(0)])
def test_a_round_lasts_a_day_to_sixty(topic, statement, lasts):
    with pytest.raises(BadText):
        open_round(member=steward(), topic=topic, lasts=lasts)


def test_without_a_statement_there_is_nothing_to_vote_on(topic):
    make_statement(topic, looked=False)
    with pytest.raises(BadText):
        open_round(member=steward(), topic=topic, lasts=WEEK)


# -- Votes -------------------------------------------------------------------------------------------


def test_a_vote_is_counted_and_may_be_changed_until_the_end(open_, statement, somchai):
    vote(member=somchai, round_=open_, statement=statement, choice=Answered.AGREE)
    assert counted(statement) == 1
    ballot = vote(
        member=somchai, round_=open_, statement=statement, choice=Answered.PASS, important=True
    )
    assert counted(statement) == 1
    assert ballot.answered == 1
    said = StatementVote.objects.get()
    assert (said.vote, said.important) == (Answered.PASS, True)


def test_the_same_vote_twice_is_once(open_, statement, somchai):
    for _ in range(3):
        vote(member=somchai, round_=open_, statement=statement, choice=Answered.DISAGREE)
    assert counted(statement) == 1
    assert Ballot.objects.get().answered == 1


def test_after_the_end_no_vote_counts(open_, statement, somchai):
    close_round(member=steward(), round_=open_)
    with pytest.raises(RoundOver):
        vote(member=somchai, round_=open_, statement=statement, choice=Answered.AGREE)
    assert counted(statement) == 0


def test_what_is_not_put_to_the_vote_takes_none(topic, open_, somchai, malee):
    waiting = make_statement(topic, looked=False)
    gone = make_statement(topic, somchai)
    take_back(member=somchai, statement=gone)
    elsewhere = make_statement(make_topic(malee, title="เรื่องอื่นโดยสิ้นเชิง"))
    for statement in (waiting, gone, elsewhere):
        with pytest.raises(NotAsked):
            vote(member=make_member(), round_=open_, statement=statement, choice=Answered.AGREE)


def test_who_may_write_nothing_votes_on_nothing(open_, statement):
    silenced = make_member(silenced_until=timezone.now() + timedelta(days=1))
    with pytest.raises(NotAllowed):
        vote(member=silenced, round_=open_, statement=statement, choice=Answered.AGREE)


# -- Who counts --------------------------------------------------------------------------------------


def ballot_of(member, round_, statement, **said) -> Ballot:
    return vote(member=member, round_=round_, statement=statement, choice=Answered.AGREE, **said)


def test_a_known_member_of_a_network_of_the_topic_counts_for_it(topic, open_, statement):
    network = network_in(topic)
    ballot = ballot_of(member_of(network), open_, statement)
    assert (ballot.network, ballot.counts) == (network, True)


@pytest.mark.parametrize(("days", "level", "counts"), [(8, 1, True), (6, 1, False), (30, 0, False)])
def test_who_came_a_week_before_the_round_and_is_known_counts(
    topic, open_, statement, days, level, counts
):
    network = network_in(topic)
    ballot = ballot_of(member_of(network, days=days, level=level), open_, statement)
    assert (ballot.network, ballot.counts) == (network, counts)


def test_who_was_new_when_she_began_counts_with_her_next_answer_once_she_is_known(
    topic, open_, statement
):
    """Her page says so then, and not before: what it said and what was counted were two things."""
    network = network_in(topic)
    member = member_of(network, level=0)
    ballot = ballot_of(member, open_, statement)
    member.trust_level = 1
    member.save(update_fields=["trust_level"])
    assert cards.counted(topic, member, open_, ballot).standing is BallotStanding.NEWCOMER
    again = ballot_of(member, open_, statement)
    assert again.counts
    assert Ballot.objects.get(pk=ballot.pk).counts
    assert cards.counted(topic, member, open_, again).standing is BallotStanding.COUNTS


def test_the_week_is_before_the_opening_not_before_the_vote(topic, statement):
    """A hundred who join the day a round opens wait it out, and still do not count."""
    network = network_in(topic)
    old = make_round(topic, days=30, opened_days_ago=20)
    late = member_of(network, days=15)
    assert not ballot_of(late, old, statement).counts
    close_round(member=steward(), round_=old)
    assert ballot_of(late, make_round(topic), statement).counts


def test_who_leaves_and_comes_back_has_joined_anew(topic, open_, statement):
    network = network_in(topic)
    member = member_of(network)
    Membership.objects.filter(member=member).update(joined_at=timezone.now())
    assert not ballot_of(member, open_, statement).counts


def test_whoever_is_in_no_network_of_the_topic_answers_and_is_shown_apart(topic, open_, statement):
    elsewhere = network_in(make_topic(title="กระทู้อื่นที่ไม่เกี่ยวข้อง"))
    ballot = ballot_of(member_of(elsewhere), open_, statement)
    assert (ballot.network, ballot.counts) == (None, False)
    with pytest.raises(NotAllowed):
        ballot_of(member_of(elsewhere), open_, statement, network_id=elsewhere.pk)


def test_who_is_in_two_networks_counts_once_for_the_one_she_says(topic, open_, statement):
    one, other = network_in(topic), network_in(topic)
    member = member_of(one, other)
    assert ballot_of(member, open_, statement).network is None
    assert ballot_of(member, open_, statement, network_id=one.pk).network_id == one.pk
    again = ballot_of(member, open_, statement, network_id=other.pk)
    assert (again.network_id, again.counts) == (other.pk, True)
    assert Ballot.objects.count() == 1


def test_who_left_her_network_answers_no_more_for_it_and_what_she_said_stays(
    topic, open_, statement
):
    network, other = network_in(topic), network_in(topic)
    member, second = member_of(network, other), make_statement(topic)
    vote(
        member=member,
        round_=open_,
        statement=statement,
        choice=Answered.AGREE,
        network_id=network.pk,
    )
    Membership.objects.filter(member=member, network=network).delete()
    forget_roles(member)
    for asked in (statement, second):
        with pytest.raises(NetworkLeft):
            vote(member=member, round_=open_, statement=asked, choice=Answered.DISAGREE)
    ballot, said = Ballot.objects.get(), StatementVote.objects.get()
    assert (ballot.network, ballot.counts, said.vote) == (network, True, Answered.AGREE)
    choose_network(member=member, round_=open_, network_id=other.pk)
    vote(member=member, round_=open_, statement=second, choice=Answered.DISAGREE)
    ballot.refresh_from_db()
    assert (ballot.network, ballot.counts, ballot.answered) == (other, True, 2)


def test_in_its_own_board_a_network_always_takes_part(malee, network, statement):
    topic = make_topic(malee, make_network_board(network))
    made = make_statement(topic)
    assert ballot_of(member_of(network), make_round(topic), made).network == network


# -- Leaving -----------------------------------------------------------------------------------------


def test_who_leaves_takes_her_votes_out_of_the_counts(open_, statement, somchai):
    vote(member=somchai, round_=open_, statement=statement, choice=Answered.AGREE)
    vote(member=make_member(), round_=open_, statement=statement, choice=Answered.PASS)
    assert take_votes_back(Parting(somchai, Farewell.NAMED)) is not None
    assert take_votes_back(Parting(somchai, Farewell.NAMED)) is None
    assert counted(statement) == 1
    assert StatementVote.objects.count() == Ballot.objects.count() == 1


# -- At once -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_one_vote_sent_ten_times_at_once_is_one(malee):
    topic = make_topic(malee)
    statement, voter = make_statement(topic), make_member()
    round_ = make_round(topic)
    results = in_threads(
        lambda choice: vote(member=voter, round_=round_, statement=statement, choice=choice),
        [Answered.AGREE] * 10,
    )
    assert not [each for each in results if isinstance(each, Exception)]
    assert counted(statement) == 1
    assert StatementVote.objects.count() == Ballot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_votes_of_many_at_once_are_all_counted(malee):
    topic = make_topic(malee)
    statement, round_ = make_statement(topic), make_round(topic)
    people = [make_member() for _ in range(12)]
    in_threads(
        lambda who: vote(
            member=who, round_=round_, statement=statement, choice=Answered(who.pk % 3 - 1)
        ),
        people,
    )
    assert counted(statement) == StatementVote.objects.count() == 12


@pytest.mark.django_db(transaction=True)
def test_a_round_that_closes_while_people_vote_keeps_just_what_came_before(malee):
    topic = make_topic(malee)
    statement, round_ = make_statement(topic), make_round(topic)
    closer, people = steward(), [make_member() for _ in range(8)]

    def work(who):
        if who is closer:
            return close_round(member=closer, round_=round_)
        return vote(member=who, round_=round_, statement=statement, choice=Answered.AGREE)

    results = in_threads(work, [*people[:4], closer, *people[4:]])
    refused = sum(isinstance(each, RoundOver) for each in results)
    assert len([each for each in results if isinstance(each, Ballot)]) == 8 - refused
    assert counted(statement) == StatementVote.objects.count() == 8 - refused
    closed = Round.objects.get().closed_at
    assert not StatementVote.objects.filter(cast_at__gt=closed).exists()
