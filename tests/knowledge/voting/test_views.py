"""The pages of voting: a card at a time, five and then what comes, my answers, rounds."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from forums.groups.memberships.models import Membership
from forums.knowledge.statements.actions import take_back
from forums.knowledge.voting.actions import close_round, vote
from forums.knowledge.voting.models import Answered, Ballot, Round, StatementVote
from tests.answers import page, questions, text_of
from tests.knowledge.making import make_round, make_statement, member_of, network_in, steward
from tests.make import make_member, make_topic

NEW = "ท่านเพิ่งมาใหม่"


@pytest.fixture
def topic(malee):
    return make_topic(malee)


@pytest.fixture
def statements(topic):
    return [make_statement(topic) for _ in range(7)]


@pytest.fixture
def open_(topic, statements):
    return make_round(topic)


def here(topic, more=""):
    return f"/t/{topic.pk}/common/vote/{more}"


def answer(client, topic, statement, choice=Answered.AGREE, **more):
    return client.post(here(topic, f"?s={statement.number}"), {"vote": str(int(choice)), **more})


# -- The card ----------------------------------------------------------------------------------------


def test_the_card_keeps_its_place_and_an_answer_leads_to_the_next(as_, topic, open_, somchai):
    client = as_(somchai)
    first = client.get(here(topic))
    assert first.status_code == 302
    assert re.fullmatch(rf"/t/{topic.pk}/common/vote/\?s=\d", first.url)
    said = page(client, first.url)
    assert "สมาชิกคนหนึ่งเขียน · มีคนอ่านก่อนแล้ว" in said
    assert "ตอบครบ 5 ข้อ จะเห็นผลของทุกเครือข่าย" in said
    places = [said.index(f'value="{value}"') for value in (1, -1, 0)]
    assert places == sorted(places)
    sent = client.post(first.url, {"vote": "-1", "important": "on"})
    assert (sent.status_code, sent.url == first.url) == (302, False)
    cast = StatementVote.objects.get()
    assert (cast.vote, cast.important) == (Answered.DISAGREE, True)
    said = page(client, sent.url)
    assert "ตอบแล้ว 1 ข้อ อีก 4 ข้อจะเห็นผลของทุกเครือข่าย" in said
    assert "ข้อที่แล้ว: ไม่เห็นด้วย" in said


def test_after_five_answers_it_says_what_comes_and_after_the_last_that_it_was(
    as_, topic, statements, open_, somchai
):
    client = as_(somchai)
    for statement in statements[:4]:
        assert answer(client, topic, statement).url.startswith(here(topic, "?s="))
        assert client.get(here(topic, "done/")).url == here(topic)
    assert answer(client, topic, statements[4]).url == here(topic, "done/")
    said = text_of(client.get(here(topic, "done/")))
    assert "ครบ 5 ข้อแล้ว" in said
    assert "ตอบต่ออีก 2 ข้อ" in said
    last = here(topic, f"?s={statements[6].number}#statement")
    assert answer(client, topic, statements[5]).url == last
    assert answer(client, topic, statements[6]).url == here(topic, "done/")
    assert client.get(here(topic)).url == here(topic, "done/")
    assert "ตอบครบทุกข้อแล้ว" in text_of(client.get(here(topic, "done/")))


def test_where_there_are_fewer_than_five_all_of_them_are_enough(as_, topic, somchai):
    one, two = make_statement(topic), make_statement(topic)
    make_round(topic)
    client = as_(somchai)
    assert "ตอบครบ 2 ข้อ จะเห็นผล" in page(client, here(topic, f"?s={one.number}"))
    answer(client, topic, one)
    assert answer(client, topic, two).url == here(topic, "done/")


def test_what_was_answered_is_marked_and_changed_in_its_place(
    as_, topic, statements, open_, somchai
):
    client = as_(somchai)
    answer(client, topic, statements[0], important="on")
    said = page(client, here(topic, f"?s={statements[0].number}"))
    assert "ท่านตอบไว้: เห็นด้วย" in said
    assert 'aria-pressed="true"' in said
    assert "checked" in said
    answer(client, topic, statements[0], Answered.PASS)
    assert [(v.vote, v.important) for v in StatementVote.objects.all()] == [(Answered.PASS, False)]


def test_without_a_choice_the_card_comes_back_and_says_so(as_, topic, statements, open_, somchai):
    for sent in ({}, {"vote": "7"}, {"vote": "เห็นด้วย"}):
        back = as_(somchai).post(
            here(topic, f"?s={statements[0].number}"), sent | {"important": "on"}
        )
        assert back.status_code == 400
        assert "เลือกหนึ่งในสามคำตอบ" in text_of(back)
        assert "checked" in back.content.decode()
    assert not Ballot.objects.exists()


def test_a_card_that_is_gone_leads_to_another_and_takes_no_answer(
    as_, topic, statements, open_, somchai
):
    hers = make_statement(topic, somchai)
    take_back(member=somchai, statement=hers)
    client = as_(make_member())
    assert client.get(here(topic, f"?s={hers.number}")).url.startswith(here(topic, "?s="))
    refused = answer(client, topic, hers)
    assert refused.status_code == 409
    assert "ไปข้อถัดไป" in text_of(refused)
    assert client.get(here(topic, "?s=หนึ่ง")).status_code == 404
    assert client.post(here(topic), {"vote": "1"}).status_code == 409


def test_a_visitor_reads_the_card_and_is_asked_in(as_, topic, statements, open_):
    client = as_(None)
    address = here(topic, f"?s={statements[2].number}")
    said = page(client, address)
    assert statements[2].body in said
    assert f"/accounts/login/?next=/t/{topic.pk}/common/vote/%3Fs%3D{statements[2].number}" in said
    assert 'name="vote"' not in said
    assert client.post(address, {"vote": "1"}).status_code in (302, 403)


def test_a_topic_one_may_not_read_has_no_card(as_, topic, open_, somchai):
    type(topic).objects.filter(pk=topic.pk).update(hidden_at=timezone.now())
    for more in ("", "done/", "mine/"):
        assert as_(somchai).get(here(topic, more)).status_code == 404


def test_who_is_silenced_reads_the_card_and_is_told(as_, topic, statements, open_):
    member = make_member(silenced_until=timezone.now() + timedelta(days=2))
    said = page(as_(member), here(topic, f"?s={statements[0].number}"))
    assert "งดเขียนถึง" in said
    assert 'name="vote"' not in said
    assert answer(as_(member), topic, statements[0]).status_code == 403


def test_before_a_round_and_after_it_nobody_answers_and_all_are_told_why(
    as_, topic, statements, somchai
):
    client = as_(somchai)
    assert "มีคำกล่าวพร้อมแล้ว 7 ข้อ" in page(client, here(topic))
    assert answer(client, topic, statements[0]).status_code == 409
    round_ = make_round(topic)
    answer(client, topic, statements[0])
    close_round(member=steward(), round_=round_)
    assert "รอบที่ 1 ปิดแล้ว" in page(client, here(topic))
    late = answer(client, topic, statements[1])
    assert late.status_code == 409
    assert "รอบที่ 1 ปิดแล้ว" in text_of(late)
    assert StatementVote.objects.count() == 1


def test_a_topic_without_statements_says_what_they_are(as_, topic):
    assert "ยังไม่มีคำกล่าวให้ตอบ" in page(as_(None), here(topic))


# -- For whom one counts --------------------------------------------------------------------------


def test_of_one_network_it_is_said_and_counted(as_, topic, statements, open_):
    network = network_in(topic)
    member = member_of(network)
    assert f"นับรวมกับ “{network.name}”" in page(
        as_(member), here(topic, f"?s={statements[0].number}")
    )
    answer(as_(member), topic, statements[0])
    ballot = Ballot.objects.get()
    assert (ballot.network_id, ballot.counts) == (network.pk, True)


def test_of_several_she_chooses_with_her_first_answer_and_may_change_it(
    as_, topic, statements, open_
):
    one, two = network_in(topic), network_in(topic)
    client = as_(member_of(one, two))
    said = page(client, here(topic, f"?s={statements[0].number}"))
    assert one.name in said
    assert "ไม่นับกับเครือข่ายไหน" in said
    unchosen = answer(client, topic, statements[0])
    assert unchosen.status_code == 400
    assert "เลือกก่อนว่าจะให้นับคำตอบกับเครือข่ายไหน" in text_of(unchosen)
    answer(client, topic, statements[0], network=str(two.pk))
    assert Ballot.objects.get().network_id == two.pk
    assert 'name="network"' not in page(client, here(topic, f"?s={statements[1].number}"))
    answer(client, topic, statements[1])
    client.post(here(topic, "network/"), {"network": str(one.pk)})
    assert (Ballot.objects.get().network_id, Ballot.objects.get().answered) == (one.pk, 2)
    client.post(here(topic, "network/"), {"network": "0"})
    assert (Ballot.objects.get().network_id, Ballot.objects.get().counts) == (None, False)
    foreign = network_in(topic)
    assert client.post(here(topic, "network/"), {"network": str(foreign.pk)}).status_code == 400


def test_who_left_her_network_is_led_to_say_for_whom_she_goes_on(as_, topic, statements, open_):
    network = network_in(topic)
    member = member_of(network)
    client = as_(member)
    answer(client, topic, statements[0])
    Membership.objects.filter(member=member).delete()
    refused = answer(client, topic, statements[1])
    assert refused.status_code == 409
    said = text_of(refused)
    assert "คำตอบที่ส่งไว้ยังอยู่ตามเดิม" in said
    assert here(topic, "mine/") in refused.content.decode()
    card = client.get(here(topic, f"?s={statements[1].number}")).content.decode()
    assert 'name="vote"' not in card  # nothing to press that would be refused
    assert here(topic, "mine/") in card
    said = page(client, here(topic, "mine/"))
    assert "คำตอบที่ส่งไว้ยังนับตามเดิม" in said
    assert said.index('value="0"') < said.index(statements[0].body)
    client.post(here(topic, "network/"), {"network": "0"})
    assert answer(client, topic, statements[1]).status_code == 302
    ballot = Ballot.objects.get()
    assert (ballot.network, ballot.counts, ballot.answered) == (None, False, 2)


def test_who_joined_for_the_vote_or_is_new_or_of_no_network_is_told_that_it_is_shown_apart(
    as_, topic, statements, open_
):
    network = network_in(topic)
    first = here(topic, f"?s={statements[0].number}")
    assert "ไม่ถึงหนึ่งสัปดาห์ก่อนเปิดรอบ" in page(as_(member_of(network, days=2)), first)
    assert NEW in page(as_(member_of(network, level=0)), first)
    assert "ไม่ได้นับกับเครือข่ายไหน" in page(as_(make_member(trust_level=1)), first)


# -- My answers -----------------------------------------------------------------------------------


def test_who_left_her_network_is_told_what_to_choose_and_who_left_the_site_answers_nothing(
    as_, topic, statements, open_
):
    network = network_in(topic, "คนรักคลอง")
    member = member_of(network)
    client = as_(member)
    assert answer(client, topic, statements[0]).status_code == 302
    Membership.objects.filter(member=member).delete()
    refused = answer(client, topic, statements[1])
    assert refused.status_code == 409
    assert "ไปที่คำตอบของฉัน" in text_of(refused)
    chosen = client.post(here(topic, "network/"), {"network": "0"})
    assert chosen.url == here(topic, "mine/")
    assert answer(client, topic, statements[1]).status_code == 302
    member.is_active = False
    member.save(update_fields=["is_active"])
    assert answer(client, topic, statements[2]).status_code in (302, 403)
    assert StatementVote.objects.count() == Ballot.objects.get().answered == 2


def test_she_finds_her_answers_and_nobody_elses_and_changes_them_there(
    as_, topic, statements, open_, somchai
):
    vote(member=make_member(), round_=open_, statement=statements[3], choice=Answered.AGREE)
    client = as_(somchai)
    assert "ยังไม่ได้ตอบข้อใด" in page(client, here(topic, "mine/"))
    answer(client, topic, statements[1], Answered.DISAGREE, important="on")
    said = page(client, here(topic, "mine/"))
    assert statements[1].body in said
    assert statements[3].body not in said
    assert "เรื่องนี้สำคัญกับเรา" in said
    way = f"?s={statements[1].number}&back=mine"
    assert way.replace("&", "&amp;") in said
    assert client.post(here(topic, way), {"vote": "0"}).url == here(topic, "mine/")
    close_round(member=steward(), round_=open_)
    said = page(client, here(topic, "mine/"))
    assert "คงไว้ตามนี้" in said
    assert "back=mine" not in said


# -- Rounds ---------------------------------------------------------------------------------------


def rounds(topic, more=""):
    return f"/t/{topic.pk}/common/rounds/{more}"


def test_who_may_opens_a_round_and_closes_it_after_being_asked_once_more(
    as_, topic, statements, somchai
):
    client = as_(steward())
    assert "ยังไม่เคยเปิดรอบ" in page(client, rounds(topic))
    assert client.post(rounds(topic), {"days": "8"}).status_code == 400
    assert client.post(rounds(topic), {"days": "14"}).url == rounds(topic)
    round_ = Round.objects.get()
    assert round_.closes_at - round_.opened_at == timedelta(days=14)
    assert "เปิดอยู่" in page(client, rounds(topic))
    assert "ปิดรอบที่ 1 ตอนนี้เลยไหม" in page(client, rounds(topic, "close/"))
    assert client.post(rounds(topic, "close/"), {}).status_code == 400
    assert client.post(rounds(topic, "close/"), {"number": "1"}).url == rounds(topic)
    assert client.get(rounds(topic, "close/")).url == rounds(topic)
    client.post(rounds(topic), {"days": "3"})
    client.post(rounds(topic, "close/"), {"number": "1"})  # a page that was open since the first
    assert Round.objects.get(number=2).closed_at is None


def test_others_read_the_rounds_and_open_none(as_, topic, open_, somchai):
    for who in (None, somchai):
        said = page(as_(who), rounds(topic))
        assert "รอบที่ 1" in said
        assert 'name="days"' not in said
    assert as_(somchai).post(rounds(topic), {"days": "7"}).status_code == 403
    assert as_(somchai).get(rounds(topic, "close/")).status_code == 403


def test_without_a_statement_nobody_opens_a_round(as_, topic):
    client = as_(steward())
    assert 'name="days"' not in page(client, rounds(topic))
    refused = client.post(rounds(topic), {"days": "7"})
    assert refused.status_code == 400
    assert "ยังไม่มี" in text_of(refused)


# -- What it costs ----------------------------------------------------------------------------------


def test_a_card_asks_and_weighs_the_same_whatever_there_is(as_, topic, statements, open_, somchai):
    client = as_(somchai)
    for statement in statements[:3]:
        answer(client, topic, statement)
    address = here(topic, f"?s={statements[3].number}")
    page(client, address)
    few = questions(client, address)
    for _ in range(30):
        made = make_statement(topic)
        vote(member=make_member(), round_=open_, statement=made, choice=Answered.AGREE)
    assert questions(client, address) == few
    assert few <= 11
    assert len(client.get(address).content) < 20_000
