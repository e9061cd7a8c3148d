"""Joining, asking, answering, leaving, roles: outcome, refusal, history, letters, races."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.actions import save_profile
from forums.base.errors import (
    AlreadyAnswered,
    AlreadyIn,
    BadText,
    LastCoordinator,
    NotAllowed,
    Stale,
)
from forums.groups.invitations.actions import make_link
from forums.groups.invitations.models import Invitation
from forums.groups.memberships import actions
from forums.groups.memberships.lists import ASKS_AGAIN
from forums.groups.memberships.models import JoinRequest, Membership, Role
from forums.groups.networks.models import Event, EventKind, Joining, Network
from forums.notifications.models import Email
from tests.make import join, make_member, make_network
from tests.threads import in_threads

QUESTIONS = ["ท่านอยู่หมู่บ้านไหน", "อยากช่วยเรื่องอะไร"]


@pytest.fixture
def opened(malee):
    return make_network("คนรักคลอง", malee, joining=Joining.OPEN)


@pytest.fixture
def asking(malee):
    network = make_network("บ้านมั่นคง", malee, joining=Joining.REQUEST)
    Network.objects.filter(pk=network.pk).update(questions=QUESTIONS)
    network.refresh_from_db()
    return network


def ask(network, member, **more):
    return actions.ask_to_join(
        member=member, network=network, answers=["บ้านหนองบัว", "เยี่ยมบ้าน"], **more
    )


def history(network):
    found = Event.objects.filter(network=network).exclude(what=EventKind.REGISTERED)
    return list(found.order_by("pk").values_list("what", "actor__handle", "member__handle"))


def role_of(network, member):
    return Membership.objects.values_list("role", flat=True).get(network=network, member=member)


def count(network):
    return Network.objects.values_list("member_count", flat=True).get(pk=network.pk)


# -- joining ------------------------------------------------------------------------------------


def test_an_open_network_lets_one_in_at_once(opened, somchai):
    membership = actions.join(member=somchai, network=opened)
    assert (membership.role, membership.sort_key) == (Role.MEMBER, somchai.sort_key)
    assert count(opened) == 2
    assert history(opened) == [("joined", "somchai", "somchai")]


def test_joining_twice_is_one_membership(opened, somchai):
    first = actions.join(member=somchai, network=opened)
    assert actions.join(member=somchai, network=opened) == first
    assert count(opened) == 2
    assert len(history(opened)) == 1


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_are_one_membership():
    network = make_network(joining=Joining.OPEN)
    somchai = make_member()
    results = in_threads(lambda _n: actions.join(member=somchai, network=network).pk, range(10))
    assert set(results) == {Membership.objects.get(member=somchai).pk}
    assert count(network) == 2


@pytest.mark.parametrize("joining", [Joining.REQUEST, Joining.INVITATION])
def test_no_other_network_does(malee, somchai, joining):
    network = make_network("ปิดประตู", malee, joining=joining)
    with pytest.raises(NotAllowed):
        actions.join(member=somchai, network=network)


@pytest.mark.parametrize("column", ["archived_at", "hidden_at"])
def test_a_closed_network_takes_nobody(opened, somchai, column):
    Network.objects.filter(pk=opened.pk).update(**{column: opened.created_at})
    with pytest.raises(NotAllowed):
        actions.join(member=somchai, network=opened)
    with pytest.raises(NotAllowed):
        actions.ask_to_join(member=somchai, network=opened)


def test_a_suspended_member_joins_nothing(opened, somchai):
    somchai.is_active = False
    with pytest.raises(NotAllowed):
        actions.join(member=somchai, network=opened)


def test_the_database_refuses_a_second_membership(opened, somchai):
    join(opened, somchai)
    with pytest.raises(IntegrityError), transaction.atomic():
        join(opened, somchai)


# -- asking -------------------------------------------------------------------------------------


def test_asking_keeps_the_questions_as_they_were_and_writes_to_the_coordinators(asking, somchai):
    request = ask(asking, somchai)
    assert (request.questions, request.answers) == (QUESTIONS, ["บ้านหนองบัว", "เยี่ยมบ้าน"])
    letter = Email.objects.get()
    assert (letter.kind, letter.member_id) == ("join_asked", asking.registered_by_id)
    assert history(asking) == [("asked", "somchai", "somchai")]


def test_asking_twice_is_one_request(asking, somchai):
    assert ask(asking, somchai) == ask(asking, somchai)
    assert Email.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_requests_at_once_are_one():
    network, somchai = make_network(), make_member()
    in_threads(lambda _n: actions.ask_to_join(member=somchai, network=network), range(10))
    assert JoinRequest.objects.count() == 1


@pytest.mark.parametrize("answers", [[], ["บ้านหนองบัว"], ["บ้านหนองบัว", " \u200b "]])
def test_each_question_wants_an_answer(asking, somchai, answers):
    with pytest.raises(BadText):
        actions.ask_to_join(member=somchai, network=asking, answers=answers)


def test_five_thousand_letters_are_no_answer(asking, somchai):
    with pytest.raises(BadText) as refusal:
        actions.ask_to_join(member=somchai, network=asking, answers=["ก" * 5000, "ข"])
    assert "500" in str(refusal.value.message)
    assert not JoinRequest.objects.exists()


def test_questions_that_changed_meanwhile_are_asked_again(asking, somchai):
    with pytest.raises(Stale):
        ask(asking, somchai, seen=["อีกคำถาม"])


def test_a_member_need_not_ask(asking, somchai):
    join(asking, somchai)
    with pytest.raises(AlreadyIn):
        ask(asking, somchai)


def test_nobody_asks_into_a_network_of_the_invited(malee, somchai):
    network = make_network("รับเชิญ", malee, joining=Joining.INVITATION)
    with pytest.raises(NotAllowed):
        actions.ask_to_join(member=somchai, network=network)


def test_coordinators_get_one_letter_an_hour_at_most(asking, malee):
    ask(asking, make_member())
    ask(asking, make_member())
    first = Email.objects.get()
    Email.objects.update(sent_at=first.due_at)
    ask(asking, make_member())
    second = Email.objects.exclude(pk=first.pk).get()
    assert (second.due_at - first.due_at).total_seconds() == 3600


def test_a_request_can_be_taken_back(asking, somchai):
    ask(asking, somchai)
    assert actions.take_request_back(member=somchai, network=asking)
    assert not actions.take_request_back(member=somchai, network=asking)
    assert not JoinRequest.objects.exists()


# -- answering ----------------------------------------------------------------------------------


def test_a_coordinator_lets_one_in_with_a_word(asking, malee, somchai):
    request = ask(asking, somchai)
    actions.answer_request(coordinator=malee, request=request, accept=True, word="ยินดีต้อนรับ")
    request.refresh_from_db()
    assert (request.accepted, request.decided_by, request.answer) == (True, malee, "ยินดีต้อนรับ")
    assert role_of(asking, somchai) == Role.MEMBER
    assert history(asking)[-1] == ("joined", "malee", "somchai")
    letter = Email.objects.get(kind="join_answered")
    assert letter.member_id == somchai.pk


def test_or_declines_and_then_one_waits_a_week(asking, malee, somchai):
    request = ask(asking, somchai)
    actions.answer_request(coordinator=malee, request=request, accept=False)
    assert not Membership.objects.filter(member=somchai).exists()
    with pytest.raises(NotAllowed):
        ask(asking, somchai)
    JoinRequest.objects.update(decided_at=request.created_at - ASKS_AGAIN)
    assert ask(asking, somchai).pk != request.pk


def test_a_request_is_answered_once(asking, malee, somchai):
    request = ask(asking, somchai)
    actions.answer_request(coordinator=malee, request=request, accept=False)
    with pytest.raises(AlreadyAnswered):
        actions.answer_request(coordinator=malee, request=request, accept=True)
    assert not Membership.objects.filter(member=somchai).exists()


def test_a_request_taken_back_is_not_answered(asking, malee, somchai):
    request = ask(asking, somchai)
    actions.take_request_back(member=somchai, network=asking)
    with pytest.raises(AlreadyAnswered):
        actions.answer_request(coordinator=malee, request=request, accept=True)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SPOKESPERSON, Role.MODERATOR, None])
def test_only_a_coordinator_answers(asking, somchai, role):
    other = make_member()
    if role:
        join(asking, other, role=role)
    request = ask(asking, somchai)
    with pytest.raises(NotAllowed):
        actions.answer_request(coordinator=other, request=request, accept=True)


def test_a_coordinator_removed_while_her_form_was_open_is_refused(asking, malee, somchai):
    second = make_member()
    join(asking, second, role=Role.COORDINATOR)
    request = ask(asking, somchai)
    actions.remove(coordinator=malee, network=asking, member=second, reason="พ้นวาระ")
    with pytest.raises(NotAllowed):
        actions.answer_request(coordinator=second, request=request, accept=True)


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_answer_at_once_give_one_answer():
    malee, second, somchai = make_member(), make_member(), make_member()
    network = make_network(coordinator=malee)
    join(network, second, role=Role.COORDINATOR)
    request = actions.ask_to_join(member=somchai, network=network)
    results = in_threads(
        lambda one: actions.answer_request(
            coordinator=one, request=JoinRequest.objects.get(pk=request.pk), accept=one == malee
        ),
        [malee, second],
    )
    assert sum(isinstance(result, AlreadyAnswered) for result in results) == 1
    request.refresh_from_db()
    assert Membership.objects.filter(member=somchai).exists() == request.accepted


# -- leaving, removing, roles ---------------------------------------------------------------------


def test_who_leaves_is_gone_and_the_history_knows(opened, somchai):
    join(opened, somchai)
    assert actions.leave(member=somchai, network=opened)
    assert not actions.leave(member=somchai, network=opened)
    assert count(opened) == 1
    assert history(opened) == [("left", "somchai", "somchai")]


def test_the_last_coordinator_cannot_leave_before_handing_over(opened, malee, somchai):
    join(opened, somchai)
    with pytest.raises(LastCoordinator):
        actions.leave(member=malee, network=opened)
    actions.give_role(coordinator=malee, network=opened, member=somchai, role=Role.COORDINATOR)
    assert actions.leave(member=malee, network=opened)


def test_nor_give_herself_another_role(opened, malee):
    with pytest.raises(LastCoordinator):
        actions.give_role(coordinator=malee, network=opened, member=malee, role=Role.MEMBER)
    assert role_of(opened, malee) == Role.COORDINATOR


def test_nor_be_removed_by_herself(opened, malee):
    with pytest.raises(NotAllowed):
        actions.remove(coordinator=malee, network=opened, member=malee, reason="เหนื่อย")


def test_an_archived_network_lets_its_last_coordinator_go(opened, malee):
    Network.objects.filter(pk=opened.pk).update(archived_at=opened.created_at)
    assert actions.leave(member=malee, network=opened)


@pytest.mark.parametrize("write", ["delete", "demote"])
def test_the_database_refuses_it_whatever_the_code_does(opened, malee, write):
    coordinator = Membership.objects.filter(network=opened, member=malee)
    with pytest.raises(IntegrityError), transaction.atomic():
        coordinator.delete() if write == "delete" else coordinator.update(role=Role.MEMBER)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_leave_at_once_one_stays():
    pair = [make_member(), make_member()]
    network = make_network(coordinator=pair[0])
    join(network, pair[1], role=Role.COORDINATOR)
    results = in_threads(lambda one: actions.leave(member=one, network=network), pair)
    assert sum(isinstance(result, LastCoordinator) for result in results) == 1
    assert Membership.objects.filter(network=network, role=Role.COORDINATOR).count() == 1
    assert count(network) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_remove_each_other_at_once_one_stays():
    pair = [make_member(), make_member()]
    network = make_network(coordinator=pair[0])
    join(network, pair[1], role=Role.COORDINATOR)
    results = in_threads(
        lambda two: actions.remove(
            coordinator=two[0], network=network, member=two[1], reason="ขัดกัน"
        ),
        [(pair[0], pair[1]), (pair[1], pair[0])],
    )
    assert sum(isinstance(result, NotAllowed) for result in results) == 1
    assert Membership.objects.filter(network=network).count() == 1


def test_who_is_removed_is_told_why_and_her_links_are_revoked(opened, malee, somchai):
    join(opened, somchai, role=Role.COORDINATOR)
    link = make_link(coordinator=somchai, network=opened, days=7, uses=5)
    actions.remove(coordinator=malee, network=opened, member=somchai, reason=" ขายของ ")
    assert Invitation.objects.get(pk=link.pk).revoked_at is not None
    letter = Email.objects.get(kind="member_removed")
    assert (letter.member_id, letter.data["reason"]) == (somchai.pk, "ขายของ")
    line = Event.objects.get(what=EventKind.REMOVED)
    assert (line.actor, line.member, line.details["was"]) == (malee, somchai, "coordinator")


@pytest.mark.parametrize("reason", ["", " \u200b ", "ก" * 301])
def test_removing_wants_a_reason(opened, malee, somchai, reason):
    join(opened, somchai)
    with pytest.raises(BadText):
        actions.remove(coordinator=malee, network=opened, member=somchai, reason=reason)
    assert count(opened) == 2


def test_who_was_removed_comes_back_by_a_coordinators_yes_only(opened, malee, somchai):
    join(opened, somchai)
    actions.remove(coordinator=malee, network=opened, member=somchai, reason="ขายของ")
    with pytest.raises(NotAllowed):
        actions.join(member=somchai, network=opened)
    request = actions.ask_to_join(member=somchai, network=opened)
    actions.answer_request(coordinator=malee, request=request, accept=True)
    assert role_of(opened, somchai) == Role.MEMBER
    actions.leave(member=somchai, network=opened)
    assert actions.join(member=somchai, network=opened)


def test_a_role_is_given_written_down_and_told(opened, malee, somchai):
    join(opened, somchai)
    actions.give_role(coordinator=malee, network=opened, member=somchai, role=Role.MODERATOR)
    assert role_of(opened, somchai) == Role.MODERATOR
    line = Event.objects.get(what=EventKind.ROLE)
    assert line.details == {"from": "member", "to": "moderator"}
    assert Email.objects.get().kind == "role_given"
    actions.give_role(coordinator=malee, network=opened, member=somchai, role=Role.MODERATOR)
    assert Email.objects.count() == 1


def test_a_role_there_is_not_or_somebody_outside_is_refused(opened, malee, somchai):
    with pytest.raises(NotAllowed):
        actions.give_role(coordinator=malee, network=opened, member=somchai, role=Role.MEMBER)
    join(opened, somchai)
    with pytest.raises(NotAllowed):
        actions.give_role(coordinator=malee, network=opened, member=somchai, role="king")
    with pytest.raises(NotAllowed):
        actions.give_role(coordinator=somchai, network=opened, member=somchai, role="coordinator")


# -- names --------------------------------------------------------------------------------------


def test_a_new_name_finds_its_new_place_in_every_network(opened, asking, malee):
    save_profile(member=malee, display_name="เกษม", bio="", province="", links=[])
    malee.refresh_from_db()
    keys = set(Membership.objects.filter(member=malee).values_list("sort_key", flat=True))
    assert keys == {malee.sort_key}


def test_a_membership_takes_the_name_as_it_is_not_as_it_was(opened, somchai):
    save_profile(member=somchai, display_name="ขวัญ", bio="", province="", links=[])
    membership = actions.join(member=somchai, network=opened)  # the object at hand is old
    membership.refresh_from_db()
    somchai.refresh_from_db()
    assert membership.sort_key == somchai.sort_key
