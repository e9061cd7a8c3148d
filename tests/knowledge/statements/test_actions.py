"""Statements: proposed, looked at by somebody else, refused for a reason of the list, put together, parted, taken back."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.base.errors import AlreadyDecided, BadText, NotAllowed, TooFast
from forums.base.personal import Farewell, Parting
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Role
from forums.knowledge.statements import seeds
from forums.knowledge.statements.actions import (
    MOST_WAITING,
    SaidAlready,
    TooManyHere,
    WaitsAlready,
    accept,
    empty_statements,
    merge,
    part,
    propose,
    refuse,
    take_back,
)
from forums.knowledge.statements.models import Fate, Refusal, Statement
from forums.knowledge.statements.wording import similar
from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.models import Answered
from tests.knowledge.making import make_round, make_statement, member_of, network_in, steward
from tests.make import join, make_member, make_topic
from tests.threads import in_threads


@pytest.fixture
def topic(malee):
    return make_topic(malee)


def test_a_statement_waits_until_somebody_else_has_looked_at_it(topic, somchai):
    made = propose(author=somchai, topic=topic, body="  ควรมีเวรเยี่ยมบ้านทุกสัปดาห์ ")
    assert (made.number, made.body, made.fate) == (1, "ควรมีเวรเยี่ยมบ้านทุกสัปดาห์", Fate.WAITING)
    assert not Statement.objects.open().exists()
    assert accept(member=steward(), statement=made).fate is Fate.OPEN
    assert list(Statement.objects.open()) == [made]


def test_nobody_decides_on_what_she_wrote_herself(topic):
    mine = steward()
    made = propose(author=mine, topic=topic, body="ควรมีเวรเยี่ยมบ้าน")
    for decide in (
        lambda: accept(member=mine, statement=made),
        lambda: refuse(member=mine, statement=made, refusal=Refusal.DOUBLE),
        lambda: part(member=mine, statement=made, bodies=["ก", "ข"]),
    ):
        with pytest.raises(NotAllowed):
            decide()


@pytest.mark.parametrize("level", [0, 1, 2])
def test_who_neither_started_the_topic_nor_is_a_steward_decides_nothing(topic, somchai, level):
    made = propose(author=somchai, topic=topic, body="ควรมีเวรเยี่ยมบ้าน")
    with pytest.raises(NotAllowed):
        accept(member=make_member(trust_level=level), statement=made)


@pytest.mark.parametrize(("level", "may"), [(1, False), (2, True)])
def test_who_started_the_topic_decides_once_she_is_a_regular(somchai, level, may):
    starter = make_member(trust_level=level)
    made = propose(author=somchai, topic=make_topic(starter), body="ควรมีเวรเยี่ยมบ้าน")
    if may:
        assert accept(member=starter, statement=made).fate is Fate.OPEN
    else:
        with pytest.raises(NotAllowed):
            accept(member=starter, statement=made)


def test_a_refusal_says_which_reason_of_the_list(topic, somchai):
    made = propose(author=somchai, topic=topic, body="ควรมีเวรเยี่ยมบ้านและถังน้ำ")
    refused = refuse(member=steward(), statement=made, refusal=Refusal.DOUBLE)
    assert (refused.fate, refused.refusal) == (Fate.REFUSED, Refusal.DOUBLE)
    with pytest.raises(AlreadyDecided):
        accept(member=steward(), statement=made)


def test_what_was_refused_may_be_said_anew(topic, somchai):
    made = propose(author=somchai, topic=topic, body="ควรมีเวรเยี่ยมบ้าน")
    refuse(member=steward(), statement=made, refusal=Refusal.UNCLEAR)
    assert propose(author=somchai, topic=topic, body="ควรมีเวรเยี่ยมบ้าน").number == 2


def test_the_same_sent_twice_is_one_and_of_somebody_else_it_is_said_already(topic, somchai):
    made = propose(author=somchai, topic=topic, body="ควรมีเวรเยี่ยมบ้าน")
    assert propose(author=somchai, topic=topic, body="ควรมี เวรเยี่ยมบ้าน ") == made
    with pytest.raises(SaidAlready) as said:
        propose(author=make_member(), topic=topic, body="ควรมีเวรเยี่ยมบ้าน.")
    assert said.value.statement == made


def test_one_that_says_what_another_says_leads_there(topic, somchai):
    kept = make_statement(topic, body="ควรมีเวรเยี่ยมบ้านทุกสัปดาห์")
    made = propose(author=somchai, topic=topic, body="เยี่ยมบ้านควรมีเวรทุกอาทิตย์")
    merged = merge(member=steward(), statement=made, into=kept)
    assert (merged.fate, merged.merged_into) == (Fate.MERGED, kept)
    with pytest.raises(NotAllowed):
        merge(member=steward(), statement=make_statement(topic, looked=False), into=made)


def test_one_is_put_together_only_with_one_of_its_topic(topic, malee):
    elsewhere = make_statement(make_topic(malee, title="เรื่องอื่นที่ไม่เกี่ยวกันเลย"))
    with pytest.raises(NotAllowed):
        merge(member=steward(), statement=make_statement(topic, looked=False), into=elsewhere)


def test_a_double_one_is_parted_and_keeps_its_lineage_and_its_votes(topic, somchai):
    double = make_statement(topic, somchai, "ควรมีเวรเยี่ยมบ้านและถังน้ำ")
    round_ = make_round(topic)
    vote(member=make_member(), round_=round_, statement=double, choice=Answered.AGREE)
    parts = part(member=steward(), statement=double, bodies=["ควรมีเวรเยี่ยมบ้าน", "ควรมีถังน้ำ"])
    double.refresh_from_db()
    assert double.fate is Fate.SPLIT
    assert [(each.part_of_id, each.author_id, each.fate) for each in parts] == [
        (double.pk, somchai.pk, Fate.OPEN)
    ] * 2
    assert double.votes.count() == 1
    for bodies in (["เดียว"], ["ก"] * 5, ["", " "]):
        with pytest.raises(BadText):
            part(member=steward(), statement=parts[0], bodies=bodies)


def test_parts_of_what_a_network_says_are_said_in_nobodys_name(topic):
    network = network_in(topic)
    speaks = member_of(network)
    network.memberships.filter(member=speaks).update(role=Role.COORDINATOR)
    seed = make_statement(topic, speaks, speak_from=network.pk, in_name=True)
    for each in part(member=steward(), statement=seed, bodies=["ควรมีเวร", "ควรมีถังน้ำ"]):
        assert (each.network_id, each.in_name, each.part_of_id) == (network.pk, False, seed.pk)


def test_parting_makes_no_more_statements_than_a_topic_may_have(topic, monkeypatch):
    double = make_statement(topic)
    make_statement(topic)
    monkeypatch.setattr("forums.knowledge.statements.actions.MOST", 3)
    with pytest.raises(TooManyHere):
        part(member=steward(), statement=double, bodies=["ก", "ข", "ค"])
    part(member=steward(), statement=double, bodies=["ก", "ข"])
    assert Statement.objects.open().count() == 3


def test_of_a_topic_that_is_kept_nobody_decides(topic):
    made = make_statement(topic, looked=False)
    Topic.objects.filter(pk=topic.pk).update(archived_at=timezone.now())
    with pytest.raises(NotAllowed):
        accept(member=steward(), statement=made)


def test_from_the_first_vote_on_its_words_stay(topic):
    made = make_statement(topic)
    Statement.objects.filter(pk=made.pk).update(body="คำอื่นได้ ก่อนมีคนตอบ")
    vote(member=make_member(), round_=make_round(topic), statement=made, choice=Answered.PASS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=made.pk).update(body="คำอื่นหลังมีคนตอบ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=made.pk).update(voted_at=None)


def test_its_author_takes_it_back_until_somebody_has_voted(topic, somchai):
    made = make_statement(topic, somchai)
    with pytest.raises(NotAllowed):
        take_back(member=make_member(), statement=made)
    assert take_back(member=somchai, statement=made).fate is Fate.WITHDRAWN
    assert take_back(member=somchai, statement=made).fate is Fate.WITHDRAWN
    voted = make_statement(topic, somchai)
    vote(member=make_member(), round_=make_round(topic), statement=voted, choice=Answered.AGREE)
    with pytest.raises(NotAllowed):
        take_back(member=somchai, statement=voted)


@pytest.mark.parametrize("body", ["", "  ", "\u200b\u2060\u200d", "...!?", "ุ", "ก" * 141])
def test_nothing_and_too_much_is_refused(topic, somchai, body):
    with pytest.raises(BadText):
        propose(author=somchai, topic=topic, body=body)


def test_a_hundred_and_forty_letters_with_their_marks_fit(topic, somchai):
    assert propose(author=somchai, topic=topic, body="ที่" * 140).body == "ที่" * 140


def test_of_one_member_few_wait_and_ten_come_an_hour(topic, somchai, settings):
    for n in range(MOST_WAITING):
        propose(author=somchai, topic=topic, body=f"ข้อเสนอเรื่องน้ำข้อ {n}")
    with pytest.raises(WaitsAlready):
        propose(author=somchai, topic=topic, body="อีกข้อหนึ่ง")
    for made in Statement.objects.waiting():
        accept(member=steward(), statement=made)
    for n in range(MOST_WAITING):
        propose(author=somchai, topic=topic, body=f"ข้อเสนอเรื่องป่าข้อ {n}")
    for made in Statement.objects.waiting():
        accept(member=steward(), statement=made)
    with pytest.raises(TooFast):
        propose(author=somchai, topic=topic, body="ข้อที่สิบเอ็ด")


def test_each_network_begins_with_as_many_in_its_name(topic, somchai):
    network = network_in(topic)
    join(network, somchai, role="spokesperson")
    for n in range(seeds.MOST):
        made = propose(
            author=somchai,
            topic=topic,
            body=f"ในนามเครือข่าย ข้อ {n}",
            speak_from=network.pk,
            in_name=True,
        )
        assert (made.network, made.in_name) == (network, True)
    with pytest.raises(TooManyHere):
        propose(author=somchai, topic=topic, body="อีกข้อ", speak_from=network.pk, in_name=True)
    with pytest.raises(NotAllowed):
        propose(
            author=member_of(network),
            topic=topic,
            body="ไม่ใช่ผู้พูดแทน",
            speak_from=network.pk,
            in_name=True,
        )


def test_who_may_not_write_in_the_topic_proposes_nothing(topic, somchai):
    topic.locked_at = topic.created_at
    topic.save(update_fields=["locked_at"])
    with pytest.raises(NotAllowed):
        propose(author=somchai, topic=topic, body="ข้อเสนอ")


def test_a_reader_sees_what_is_put_to_the_vote_and_her_own(topic, somchai, malee, visitor):
    open_ = make_statement(topic)
    mine = make_statement(topic, somchai, looked=False)
    make_statement(topic, looked=False)
    assert list(Statement.objects.visible_to(somchai).order_by("pk")) == [open_, mine]
    assert list(Statement.objects.visible_to(malee)) == [open_]
    assert (
        list(Statement.objects.visible_to(visitor))
        == list(Statement.objects.visible_to(None))
        == [open_]
    )


def test_near_ones_are_offered_and_others_are_not(topic):
    near = make_statement(topic, body="ควรมีเวรเยี่ยมบ้านผู้ป่วยทุกสัปดาห์")
    make_statement(topic, body="ถังน้ำฝนควรมีทุกหลังคา")
    found = similar("ควรมีเวรเยี่ยมผู้ป่วยที่บ้านทุกสัปดาห์", Statement.objects.open())
    assert found == [near]
    assert similar("ป", Statement.objects.open()) == []


def test_who_leaves_may_take_her_words_along_and_leaves_the_votes(topic, somchai):
    voted, fresh = make_statement(topic, somchai), make_statement(topic, somchai)
    kept = make_statement(topic)
    vote(member=make_member(), round_=make_round(topic), statement=voted, choice=Answered.AGREE)
    named = Parting(somchai, Farewell.NAMED)
    assert empty_statements(named) is None
    emptied = Parting(somchai, Farewell.EMPTIED, size=1)
    assert empty_statements(emptied) == voted.pk
    assert empty_statements(replace(emptied, after=voted.pk)) == fresh.pk
    assert empty_statements(replace(emptied, after=fresh.pk)) is None
    for each in (voted, fresh, kept):
        each.refresh_from_db()
    assert (voted.body, voted.fate, voted.answered) == ("…", Fate.OPEN, 1)
    assert (fresh.body, fresh.fate) == ("…", Fate.WITHDRAWN)
    assert kept.body != "…"


@pytest.mark.django_db(transaction=True)
def test_two_who_say_the_same_at_once_make_one(malee):
    topic = make_topic(malee)
    people = [make_member() for _ in range(4)]
    results = in_threads(lambda who: propose(author=who, topic=topic, body="พร้อมกัน"), people)
    assert Statement.objects.count() == 1
    assert sum(isinstance(each, SaidAlready) for each in results) == 3


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_decide_once(malee):
    made = make_statement(make_topic(malee), looked=False)
    results = in_threads(
        lambda who: refuse(member=who, statement=made, refusal=Refusal.PERSON),
        [steward(), steward()],
    )
    assert sum(isinstance(each, AlreadyDecided) for each in results) == 1
