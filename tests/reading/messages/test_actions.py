"""Saying, taking back, reading, muting, leaving."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Member
from forums.base.errors import BadText, NotAllowed, TooFast
from forums.reading.messages import actions
from forums.reading.messages.actions import (
    NetworksOnly,
    NobodyThere,
    NotReached,
    TooLate,
    begin,
    leave,
    send,
)
from forums.reading.messages.models import Conversation, Message, Participant
from tests.make import join, make_member, make_network
from tests.threads import in_threads


def place(member, conversation) -> Participant:
    return Participant.objects.get(member=member, conversation=conversation)


def test_what_is_said_is_kept_as_typed_and_as_html_without_pictures(malee, somchai):
    body = "**ดี**\n\n![](/pictures/0190a000-0000-7000-8000-000000000001)"
    message = begin(writer=malee, people=[somchai], body=f"  {body} ")
    assert message.body == body
    assert "<strong>ดี</strong>" in message.body_html
    assert "<img" not in message.body_html


def test_one_set_of_people_has_one_conversation_whoever_begins(malee, somchai, nong):
    first = begin(writer=malee, people=[somchai, nong], body="หนึ่ง")
    again = begin(writer=nong, people=[malee, somchai], body="สอง")
    other = begin(writer=malee, people=[somchai], body="สาม")
    assert first.conversation_id == again.conversation_id != other.conversation_id
    assert first.conversation.participants.count() == 3


def test_one_writes_to_one_to_seven_others(malee, somchai):
    seven = [make_member(trust_level=1) for _ in range(7)]
    assert begin(writer=malee, people=seven, body="แปดคน").conversation.participants.count() == 8
    for people in ([], [malee], [*seven, somchai]):
        with pytest.raises(BadText):
            begin(writer=malee, people=people, body="ไม่ได้")


def test_the_database_keeps_conversations_of_one_or_nine_out(db):
    for key in ("1", "1,2,3,4,5,6,7,8,9", "1,x"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Conversation.objects.create(key=key, created_at=timezone.now())


def test_a_form_sent_twice_is_one_message_and_the_same_words_by_another_are_two(malee, pair):
    form = uuid.uuid4()
    first = send(writer=malee, conversation=pair, body="ได้ค่ะ", submission=form)
    assert send(writer=malee, conversation=pair, body="ได้ค่ะ", submission=form) == first
    changed = send(writer=malee, conversation=pair, body="ไม่ได้ค่ะ", submission=form)
    assert changed != first
    assert send(writer=malee, conversation=pair, body="ไม่ได้ค่ะ", submission=form) == changed
    assert send(writer=malee, conversation=pair, body="ได้ค่ะ", submission=uuid.uuid4()) != first


@pytest.mark.parametrize("body", ["", " \n​ ", "ก" * 10_001])
def test_nothing_and_too_much_are_refused(malee, pair, body):
    with pytest.raises(BadText):
        send(writer=malee, conversation=pair, body=body)


# -- Who to whom ----------------------------------------------------------------------------------


def test_a_newcomer_writes_to_those_in_her_networks_and_answers_everyone(somchai):
    new, near = make_member(), make_member()
    join(make_network(), new, near)
    begin(writer=new, people=[near], body="สวัสดี")
    with pytest.raises(NetworksOnly):
        begin(writer=new, people=[somchai], body="สวัสดี")
    with pytest.raises(NetworksOnly):
        begin(writer=new, people=[near, somchai], body="สวัสดี")
    there = begin(writer=somchai, people=[new], body="สวัสดี").conversation
    send(writer=new, conversation=there, body="ขอบคุณ")
    begin(writer=new, people=[somchai], body="อีกคำ")


def test_a_network_that_hides_its_members_tells_nobody_who_is_in_it(db):
    coordinator, new, other = make_member(), make_member(), make_member()
    network = make_network(coordinator=coordinator, members_shown_to="coordinators")
    join(network, new, other)
    with pytest.raises(NetworksOnly):
        begin(writer=new, people=[other], body="สวัสดี")
    begin(writer=new, people=[coordinator], body="สวัสดี")
    begin(writer=coordinator, people=[other], body="สวัสดี")


def blocked(malee, somchai):
    from forums.reading.following.actions import block

    block(member=somchai, person=malee)


def refuses_all(malee, somchai):
    actions.choose(member=somchai, takes="nobody")


def refuses_strangers(malee, somchai):
    actions.choose(member=somchai, takes="networks")


def suspended(malee, somchai):
    Member.objects.filter(pk=somchai.pk).update(is_active=False)
    somchai.refresh_from_db()


REASONS = [blocked, refuses_all, refuses_strangers, suspended]


@pytest.mark.parametrize("reason", REASONS)
def test_whatever_the_reason_the_answer_is_the_same(malee, somchai, pair, reason):
    reason(malee, somchai)
    said = set()
    for write in (
        lambda: send(writer=malee, conversation=pair, body="อยู่ไหม"),
        lambda: begin(writer=malee, people=[somchai], body="อยู่ไหม"),
        lambda: begin(writer=malee, people=[somchai, make_member()], body="อยู่ไหม"),
    ):
        with pytest.raises(NotReached) as refused:
            write()
        said.add((str(refused.value), refused.value.status))
    assert said == {("ตอนนี้ส่งข้อความส่วนตัวถึง สมชาย ตั้งใจดี ไม่ได้", 409)}


def test_who_takes_none_writes_none_and_in_a_network_of_both_all_is_well(malee, somchai):
    actions.choose(member=malee, takes="networks")
    with pytest.raises(NotReached):
        begin(writer=malee, people=[somchai], body="สวัสดี")
    join(make_network(), malee, somchai)
    again = Member.objects.get(pk=malee.pk)
    there = begin(writer=again, people=[somchai], body="สวัสดี").conversation
    send(writer=Member.objects.get(pk=somchai.pk), conversation=there, body="สวัสดีครับ")


def test_in_a_group_the_blocked_write_on_and_who_blocked_them_is_told_nothing(
    malee, somchai, nong, group
):
    blocked(malee, somchai)
    for member in (somchai, nong):
        actions.mark_read(member=member, place=place(member, group), until=10**9)
    send(writer=malee, conversation=group, body="มีใครอยู่ไหม")
    assert place(somchai, group).unread_from is None
    assert place(nong, group).unread_from is not None


def test_where_everyone_else_has_left_nobody_would_read_it(malee, somchai, nong, group):
    leave(member=somchai, conversation=group)
    send(writer=malee, conversation=group, body="เหลือสอง")
    leave(member=nong, conversation=group)
    with pytest.raises(NobodyThere):
        send(writer=malee, conversation=group, body="เหลือหนึ่ง")


def test_an_outsider_says_nothing(nong, pair):
    with pytest.raises(NotAllowed):
        send(writer=nong, conversation=pair, body="ขอแทรก")


# -- How often ------------------------------------------------------------------------------------


def test_strangers_are_counted_one_by_one_people_of_ones_networks_are_not(malee, settings):
    settings.FORUMS_PACE = {**settings.FORUMS_PACE, "messages": []}
    near = [make_member() for _ in range(6)]
    join(make_network(), malee, *near)
    for each in near:
        begin(writer=malee, people=[each], body="สวัสดี")
    strangers = [make_member() for _ in range(11)]
    begin(writer=malee, people=strangers[:7], body="สวัสดี")
    begin(writer=malee, people=strangers[7:10], body="สวัสดี")
    with pytest.raises(TooFast) as refused:
        begin(writer=malee, people=strangers[10:], body="สวัสดี")
    assert refused.value.status == 429
    begin(writer=malee, people=strangers[:7], body="เคยคุยกันแล้ว")


def test_ten_messages_a_minute(malee, pair):
    for number in range(9):
        send(writer=malee, conversation=pair, body=str(number))
    with pytest.raises(TooFast):
        send(writer=malee, conversation=pair, body="อีก")


# -- Taken back, left ---------------------------------------------------------------------------


def test_ones_own_is_taken_back_for_a_quarter_of_an_hour(malee, somchai, pair):
    message = pair.said.get()
    with pytest.raises(NotAllowed):
        actions.take_back(member=somchai, message=message)
    actions.take_back(member=malee, message=message)
    actions.take_back(member=malee, message=message)
    message.refresh_from_db()
    assert (message.body, message.body_html) == ("", "")
    late = send(writer=malee, conversation=pair, body="ส่งผิด")
    Message.objects.filter(pk=late.pk).update(created_at=timezone.now() - timedelta(minutes=16))
    with pytest.raises(TooLate):
        actions.take_back(member=malee, message=late)


def test_who_left_a_group_stays_out_and_comes_back_to_what_is_said_from_then_on(
    malee, somchai, group
):
    leave(member=somchai, conversation=group)
    send(writer=malee, conversation=group, body="ลับหลังสมชาย")
    begin(
        writer=malee, people=[p.member for p in group.participants.exclude(member=malee)], body="อีก"
    )
    assert not Message.objects.visible_to(somchai).exists()
    people = [each.member for each in group.participants.exclude(member=somchai)]
    back = begin(writer=somchai, people=people, body="กลับมาแล้ว")
    assert back.conversation_id == group.pk
    assert list(Message.objects.visible_to(somchai)) == [back]


def test_between_two_the_next_message_begins_anew_for_who_left(malee, somchai, pair):
    leave(member=somchai, conversation=pair)
    assert not Conversation.objects.visible_to(somchai).exists()
    next_one = send(writer=malee, conversation=pair, body="อีกเรื่อง")
    assert list(Message.objects.visible_to(somchai)) == [next_one]
    assert place(somchai, pair).unread_from == next_one.pk
    assert Message.objects.visible_to(malee).count() == 2


def test_what_everyone_has_left_is_forgotten_and_nothing_else(malee, somchai, nong, pair, group):
    for member in (malee, somchai):
        leave(member=member, conversation=pair)
    leave(member=nong, conversation=group)
    actions.forget_ended(timezone.now() + timedelta(minutes=1))
    assert list(Conversation.objects.all()) == [group]
    assert Message.objects.count() == 1


def test_begun_again_in_between_it_is_not_forgotten(malee, somchai, pair):
    for member in (malee, somchai):
        leave(member=member, conversation=pair)
    begin(writer=somchai, people=[malee], body="กลับมา")
    assert actions.forget_ended(timezone.now() + timedelta(minutes=1)) == 0
    assert Message.objects.visible_to(malee).count() == 1


def test_what_an_erased_member_said_goes_with_her(malee, somchai, nong, group):
    send(writer=somchai, conversation=group, body="ได้ครับ")
    malee.delete()
    assert list(Message.objects.values_list("body", flat=True)) == ["ได้ครับ"]
    send(writer=nong, conversation=group, body="มาลีไปแล้ว")


# -- At once --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_with_each_other_at_once_are_in_one_conversation():
    people = [make_member(trust_level=1) for _ in range(2)]
    join(make_network(), *people)

    def write(number: int):
        return begin(writer=people[number % 2], people=[people[1 - number % 2]], body=str(number))

    said = in_threads(write, range(6))
    assert {each.conversation_id for each in said} == {Conversation.objects.get().pk}
    assert Message.objects.count() == 6
    assert Participant.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_leaves_while_others_write_is_out_and_has_nothing_unread():
    one, two, three = people = [make_member(trust_level=1) for _ in range(3)]
    join(make_network(), *people)
    there = begin(writer=one, people=[two, three], body="เริ่ม").conversation

    def work(number: int):
        if number == 2:
            return leave(member=three, conversation=there)
        return send(writer=(one, two)[number % 2], conversation=there, body=str(number))

    results = in_threads(work, range(5))
    assert not [each for each in results if isinstance(each, Exception)]
    gone = place(three, there)
    assert gone.left_at is not None
    assert gone.unread_from is None
    newest = Message.objects.order_by("-pk").first()
    assert place(one, there).newest == place(two, there).newest == newest.pk


@pytest.mark.django_db(transaction=True)
def test_what_is_said_while_she_reads_is_not_taken_for_read():
    one, two = people = [make_member(trust_level=1) for _ in range(2)]
    join(make_network(), *people)
    first = begin(writer=one, people=[two], body="เริ่ม")
    there = first.conversation
    hers = place(two, there)

    def work(number: int):
        if number == 0:
            return actions.mark_read(member=two, place=hers, until=first.pk)
        return send(writer=one, conversation=there, body="ต่อ")

    in_threads(work, range(2))
    assert place(two, there).unread_from == there.said.order_by("-pk").first().pk
