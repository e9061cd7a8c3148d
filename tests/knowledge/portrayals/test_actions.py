"""Passed by its owners: said by others, read by five of the network beside its own words."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed, Stale, TopicHidden
from forums.base.personal import Farewell, Parting
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.discussions.voices.actions import set_view
from forums.discussions.voices.models import View
from forums.groups.memberships.models import Membership, Role, forget_roles
from forums.knowledge.portrayals.actions import (
    PortrayalOver,
    TriesUsedUp,
    WaitsForReaders,
    empty_portrayals,
    end_unread,
    judge,
    portray,
    take_judgings_back,
)
from forums.knowledge.portrayals.models import OPEN_FOR, Judging, Portrayal
from forums.knowledge.portrayals.standing import stands_for
from forums.knowledge.statements.actions import EMPTIED
from forums.notifications.models import Telling
from tests.knowledge.making import member_of, network_in
from tests.knowledge.portrayals.making import OWN, SAID, judged, portrayed, two_networks
from tests.make import make_member, make_post, make_topic
from tests.threads import in_threads


@pytest.fixture
def met(db):
    return two_networks()


def _older(made, **by):
    Portrayal.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(**by))
    made.refresh_from_db()


def test_it_waits_beside_the_networks_own_words_and_its_people_are_asked(met):
    made = portrayed(met)
    assert (made.network, made.target, made.against.body) == (met.ours, met.theirs, OWN)
    told = Telling.objects.get(kind="portrayal-to-judge")
    assert told.actor is None
    # Who signed its own words reads neither.
    assert set(told.members) == {each.pk for each in met.owners}


def test_of_many_those_are_asked_who_spoke_from_it_here_and_who_speaks_for_it(db):
    met = two_networks(owners=14)
    spoke, speaker = met.owners[12], met.owners[13]
    post = make_post(met.topic, spoke)
    Post.objects.filter(pk=post.pk).update(network=met.theirs)
    Membership.objects.filter(member=speaker).update(role=Role.SPOKESPERSON)
    portrayed(met)
    asked = Telling.objects.get(kind="portrayal-to-judge").members
    assert len(asked) == 10
    assert {spoke.pk, speaker.pk} < set(asked)


def test_the_fifth_decides_and_the_writer_is_told_once(met):
    made = judged(met, portrayed(met), *[(4, 4)] * 4)
    assert (made.judges, made.ended_at, made.passed) == (4, None, False)
    judge(member=met.owners[4], portrayal=made, fits=3, own_fits=4)
    made.refresh_from_db()
    assert (made.passed, made.mean, made.own_mean) == (True, 3.8, 4.0)
    assert Telling.objects.get(kind="portrayal-judged").members == [met.writer.pk]
    with pytest.raises(PortrayalOver):
        judge(member=met.owners[5], portrayal=made, fits=1, own_fits=5)


def test_a_fifth_who_came_at_once_with_others_is_the_only_one(transactional_db):
    met = two_networks(owners=12)
    made = portrayed(met)

    def work(member):
        return judge(member=member, portrayal=made, fits=4, own_fits=4)

    got = in_threads(work, met.owners)
    made.refresh_from_db()
    assert (made.judges, made.given, made.passed) == (5, 20, True)
    assert sum(isinstance(each, PortrayalOver) for each in got) == 7
    assert Judging.objects.count() == 5
    assert Telling.objects.filter(kind="portrayal-judged").count() == 1


def test_one_sent_ten_times_at_once_counts_once(transactional_db):
    met = two_networks()
    made = portrayed(met)
    in_threads(lambda m: judge(member=m, portrayal=made, fits=4, own_fits=4), [met.owners[0]] * 10)
    made.refresh_from_db()
    assert (made.judges, made.given) == (1, 4)


def test_written_at_once_it_is_one(transactional_db):
    met = two_networks()
    made = in_threads(lambda member: portrayed(met, by=member), [met.writer] * 6)
    assert len({each.pk for each in made}) == 1
    assert Portrayal.objects.count() == 1


def test_three_may_fail_and_then_no_more(met):
    for number in range(3):
        made = judged(met, portrayed(met, f"{SAID} {number}"), *[(1, 5)] * 5)
        assert made.was_judged
        assert not made.passed
    with pytest.raises(TriesUsedUp):
        portrayed(met, "อีกครั้ง")
    assert portrayed(met, by=member_of(met.ours)).pk


def test_what_passed_is_not_said_again(met):
    judged(met, portrayed(met), *[(5, 5)] * 5)
    with pytest.raises(TriesUsedUp):
        portrayed(met, "อีกแบบ")


def test_one_of_hers_waits_at_a_time(met):
    made = portrayed(met)
    assert portrayed(met) == made
    with pytest.raises(WaitsForReaders):
        portrayed(met, "อีกแบบ")


def test_people_of_a_network_are_not_swamped(met):
    for _each in range(5):
        portrayed(met, by=member_of(met.ours))
    with pytest.raises(WaitsForReaders):
        portrayed(met)


def test_after_two_weeks_without_five_it_is_over_and_counts_against_nobody(met):
    made = judged(met, portrayed(met), *[(1, 5)] * 4)
    _older(made, days=15)
    with pytest.raises(PortrayalOver):
        judge(member=met.owners[4], portrayal=made, fits=5, own_fits=5)
    end_unread(timezone.now())
    end_unread(timezone.now())
    made.refresh_from_db()
    assert (made.is_over, made.was_judged, made.passed) == (True, False, False)
    assert Telling.objects.filter(kind="portrayal-judged").count() == 1
    assert portrayed(met, "อีกแบบ").pk


def test_what_is_late_and_not_ended_yet_keeps_nobody_from_trying_again(met):
    _older(portrayed(met), days=OPEN_FOR.days + 1)
    assert portrayed(met, "อีกแบบ").pk


@pytest.mark.parametrize("who", ["its own", "nobody's", "silenced"])
def test_who_is_of_no_other_network_here_says_nothing_of_one(met, who):
    member = {
        "its own": met.owners[0],
        "nobody's": make_member(trust_level=1),
        "silenced": member_of(met.ours),
    }[who]
    if who == "silenced":
        member.silenced_until = timezone.now() + timedelta(days=1)
        member.save(update_fields=["silenced_until"])
    with pytest.raises(NotAllowed):
        portrayed(met, by=member)


def test_a_network_without_own_words_is_not_portrayed(met):
    other = network_in(met.topic)
    with pytest.raises(NotAllowed, match="ยังไม่ได้เขียนมุมมอง"):
        portray(member=met.writer, topic=met.topic, target=other, body=SAID)
    View.objects.filter(network=met.theirs).update(closed_at=timezone.now())
    with pytest.raises(NotAllowed):
        portrayed(met)


def test_nor_one_of_too_few_people(db):
    met = two_networks(owners=3)
    with pytest.raises(NotAllowed, match="5 คน"):
        portrayed(met)


def test_nor_in_a_topic_that_is_hidden(met):
    Topic.objects.filter(pk=met.topic.pk).update(hidden_at=timezone.now())
    with pytest.raises(TopicHidden):
        portrayed(met)


@pytest.mark.parametrize("body", ["", "   ", "\u200b", "!!!", "ก" * 201])
def test_nothing_and_too_much_are_refused_in_words(met, body):
    with pytest.raises(BadText):
        portrayed(met, body)


def test_who_joined_to_judge_is_unknown_or_wrote_either_text_judges_nothing(met):
    made = portrayed(met)
    for member in (
        member_of(met.theirs, days=6),
        member_of(met.theirs, level=0),
        met.theirs.registered_by,
        met.writer,
        make_member(trust_level=2),
    ):
        forget_roles(member)
        with pytest.raises(NotAllowed):
            judge(member=member, portrayal=made, fits=5, own_fits=5)
    assert not Judging.objects.exists()


def test_in_a_topic_that_is_kept_as_it_is_nobody_speaks_for_another_and_nobody_judges(met):
    made = portrayed(met)
    Topic.objects.filter(pk=met.topic.pk).update(
        unlisted_at=timezone.now(), merged_into=make_topic(), merged_base=3
    )
    met.topic.refresh_from_db()
    with pytest.raises(NotAllowed):
        judge(member=met.owners[0], portrayal=made, fits=4, own_fits=4)
    with pytest.raises(NotAllowed):
        portrayed(met, by=member_of(met.ours))


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_is_one_of_five(met, score):
    with pytest.raises(BadText):
        judge(member=met.owners[0], portrayal=portrayed(met), fits=score, own_fits=3)


def test_answered_otherwise_a_second_time_is_refused_the_same_is_once(met):
    made = portrayed(met)
    first = judge(member=met.owners[0], portrayal=made, fits=4, own_fits=3)
    assert judge(member=met.owners[0], portrayal=made, fits=4, own_fits=3) == first
    with pytest.raises(Stale):
        judge(member=met.owners[0], portrayal=made, fits=5, own_fits=3)


def test_its_own_words_and_what_passed_may_stand_for_it_nothing_else(met):
    waiting = portrayed(met)
    assert [each.body for each in stands_for(met.topic, [met.theirs.pk])[met.theirs.pk]] == [OWN]
    judged(met, waiting, *[(5, 5)] * 5)
    found = stands_for(met.topic, [met.theirs.pk, met.ours.pk])
    assert [(each.body, each.portrayal) for each in found[met.theirs.pk]] == [
        (OWN, None),
        (SAID, waiting.pk),
    ]
    assert met.ours.pk not in found
    Portrayal.objects.update(hidden_at=timezone.now())
    assert len(stands_for(met.topic, [met.theirs.pk])[met.theirs.pk]) == 1


def test_own_words_changed_meanwhile_are_still_those_it_was_read_beside(met):
    made = portrayed(met)
    set_view(member=met.theirs.registered_by, topic=met.topic, network=met.theirs, body="ใหม่")
    made.refresh_from_db()
    assert made.against.body == OWN


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": ""},
        {"judges": 1},
        {"judges": 1, "given": 6, "own_given": 1},
        {"passed": True},
        {"passed": True, "ended_at": timezone.now(), "judges": 4, "given": 4, "own_given": 4},
    ],
)
def test_the_database_holds_it(met, wrong):
    made = portrayed(met)
    with pytest.raises(IntegrityError), transaction.atomic():
        Portrayal.objects.filter(pk=made.pk).update(**wrong)


def test_who_leaves_takes_her_answers_along_where_five_decided_the_sum_stays(met):
    open_ = judged(met, portrayed(met), (2, 5), (4, 4))
    first = met.owners[0]
    assert take_judgings_back(Parting(first, Farewell.NAMED)) is not None
    open_.refresh_from_db()
    assert (open_.judges, open_.given, open_.own_given) == (1, 4, 4)
    for member in met.owners[2:6]:
        judge(member=member, portrayal=open_, fits=4, own_fits=4)
    assert take_judgings_back(Parting(met.owners[3], Farewell.NAMED)) is not None
    assert take_judgings_back(Parting(met.owners[3], Farewell.NAMED)) is None
    open_.refresh_from_db()
    assert (open_.judges, open_.given, open_.passed) == (5, 20, True)


def test_who_leaves_and_wants_it_empties_what_she_said(met):
    passed = judged(met, portrayed(met), *[(5, 5)] * 5)
    assert empty_portrayals(Parting(met.writer, Farewell.NAMED)) is None
    empty_portrayals(Parting(met.writer, Farewell.EMPTIED))
    passed.refresh_from_db()
    assert (passed.body, passed.passed) == (EMPTIED, False)
    assert len(stands_for(met.topic, [met.theirs.pk])[met.theirs.pk]) == 1
