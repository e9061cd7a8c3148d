"""A lost device: two moderators, three days, a letter at every step, and a way to stop it."""

from datetime import timedelta
from threading import Thread

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Member
from forums.base.errors import BadText, NotAllowed, TooFast
from forums.moderation.desks.acts import MEMBER_ACTS
from forums.moderation.lost_devices import actions
from forums.moderation.lost_devices.models import OPEN_FOR, WAIT, Ending, LostDevice
from forums.moderation.models import Act, Decision
from forums.notifications.actions import deliver
from tests.make import make_member
from tests.passkeys import give_passkey

WHY = "โทรคุยกันแล้ว"


def with_passkey(member: Member) -> Member:
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    return give_passkey(member)


@pytest.fixture
def owner(malee) -> Member:
    return with_passkey(malee)


@pytest.fixture
def second(db) -> Member:
    return make_member("second", is_staff=True)


def asked(member: Member) -> LostDevice:
    return actions.ask(member=member, words="ถามนงค์ที่ อสม. น้ำว้าได้")


def subjects() -> list[str]:
    mail.outbox.clear()
    deliver()
    return [message.subject.removeprefix("[ร้อยพลัง] ") for message in mail.outbox]


def test_two_moderators_and_three_days_take_the_second_step_off(owner, moderator, second):
    lost = asked(owner)
    assert subjects() == ["มีคนขอเข้าบัญชีของท่านโดยไม่ยืนยันตัวชั้นที่สอง"]
    assert "/accounts/2fa/lost/stop/" in mail.outbox[0].body
    actions.check(moderator=moderator, member=owner, reason=WHY)
    assert subjects() == ["ผู้ดูแลเว็บคนแรกยืนยันแล้วว่าเป็นท่าน"]
    actions.check(moderator=second, member=owner, reason=WHY)
    assert subjects() == ["จะปิดการยืนยันตัวชั้นที่สองของบัญชีท่าน"]
    lost.refresh_from_db()
    assert timedelta(0) <= lost.due_at - timezone.now() - WAIT + timedelta(minutes=1)

    actions.settle(lost.due_at - timedelta(seconds=1))
    assert Authenticator.objects.filter(user=owner).exists()
    actions.settle(lost.due_at)
    assert not Authenticator.objects.filter(user=owner).exists()
    assert subjects() == ["ปิดการยืนยันตัวชั้นที่สองของบัญชีท่านแล้ว"]
    lost.refresh_from_db()
    assert (lost.ending, lost.words) == (Ending.DONE, "")
    actions.settle(lost.due_at + WAIT)  # once
    assert subjects() == []


def test_both_checks_stand_in_the_log_with_their_reasons(owner, moderator, second, visitor):
    asked(owner)
    actions.check(moderator=moderator, member=owner, reason=WHY)
    actions.check(moderator=second, member=owner, reason="นงค์รู้จัก")
    rows = Decision.objects.visible_to(visitor).order_by("pk")
    assert [(row.act, row.reason, row.member) for row in rows] == [
        (Act.CHECK, WHY, owner),
        (Act.CHECK, "นงค์รู้จัก", owner),
    ]
    with pytest.raises(BadText):
        actions.check(moderator=moderator, member=owner, reason=" ")


def test_one_moderator_is_not_two(owner, moderator):
    lost = asked(owner)
    assert actions.check(moderator=moderator, member=owner, reason=WHY)
    assert actions.check(moderator=moderator, member=owner, reason=WHY) is None
    lost.refresh_from_db()
    assert lost.due_at is None


def test_two_checks_at_once_by_one_moderator_are_one(transactional_db):
    owner = with_passkey(make_member("malee"))
    moderator = make_member("moderator", is_staff=True)
    lost = asked(owner)

    def check() -> None:
        actions.check(moderator=moderator, member=owner, reason=WHY)
        connection.close()

    threads = [Thread(target=check) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lost.refresh_from_db()
    assert (lost.first_by, lost.second_by) == (moderator, None)
    assert Decision.objects.count() == 1


def test_members_check_nobody_and_nobody_herself(owner, somchai, moderator):
    asked(owner)
    with pytest.raises(NotAllowed):
        actions.check(moderator=somchai, member=owner, reason=WHY)
    with_passkey(moderator)
    asked(moderator)
    with pytest.raises(NotAllowed):
        actions.check(moderator=moderator, member=moderator, reason=WHY)


def test_a_moderators_account_needs_an_administrator_among_the_two(moderator, second):
    with_passkey(moderator)
    lost = asked(moderator)
    third = make_member("third", is_staff=True)
    head = make_member("head", is_staff=True, is_superuser=True)
    actions.check(moderator=second, member=moderator, reason=WHY)
    with pytest.raises(NotAllowed, match="ผู้ดูแลระบบ"):
        actions.check(moderator=third, member=moderator, reason=WHY)
    actions.check(moderator=head, member=moderator, reason=WHY)
    lost.refresh_from_db()
    assert lost.due_at is not None


def test_who_became_a_moderator_meanwhile_needs_one_too(owner, moderator, second):
    lost = asked(owner)
    for one in (moderator, second):
        actions.check(moderator=one, member=owner, reason=WHY)
    Member.objects.filter(pk=owner.pk).update(is_staff=True)
    actions.settle(timezone.now() + WAIT)
    lost.refresh_from_db()
    assert lost.ending == Ending.LAPSED
    assert Authenticator.objects.filter(user=owner).exists()


@pytest.mark.parametrize("field", ["is_staff", "is_active"])
def test_a_checker_who_moderates_no_more_vouches_for_nobody(field, owner, moderator, second):
    lost = asked(owner)
    for one in (moderator, second):
        actions.check(moderator=one, member=owner, reason=WHY)
    Member.objects.filter(pk=second.pk).update(**{field: False})
    actions.settle(timezone.now() + WAIT)
    lost.refresh_from_db()
    assert lost.ending == Ending.LAPSED
    assert Authenticator.objects.filter(user=owner).exists()


@pytest.mark.parametrize("checks", [0, 1, 2])
def test_she_stops_it_however_far_it_is(checks, owner, moderator, second):
    lost = asked(owner)
    for one in (moderator, second)[:checks]:
        actions.check(moderator=one, member=owner, reason=WHY)
    assert actions.stop(lost=lost)
    assert not actions.stop(lost=lost)
    actions.settle(timezone.now() + WAIT)
    assert Authenticator.objects.filter(user=owner).exists()
    assert subjects() == ["หยุดแล้ว การยืนยันตัวสองชั้นยังอยู่"]  # what it ended makes the others untrue


def test_a_moderator_who_does_not_believe_it_ends_it(owner, moderator, second):
    lost = asked(owner)
    actions.check(moderator=moderator, member=owner, reason=WHY)
    assert actions.deny(moderator=second, member=owner, reason="คนที่โทรมาไม่ใช่เขา")
    lost.refresh_from_db()
    assert (lost.ending, lost.words) == (Ending.DENIED, "")
    assert actions.deny(moderator=second, member=owner, reason=WHY) is None


def test_what_nobody_checks_ends_after_a_month(owner):
    lost = asked(owner)
    actions.settle(timezone.now() + OPEN_FOR - timedelta(minutes=1))
    lost.refresh_from_db()
    assert lost.ended_at is None
    actions.settle(timezone.now() + OPEN_FOR + timedelta(minutes=1))
    lost.refresh_from_db()
    assert lost.ending == Ending.LAPSED


def test_asking_twice_is_one_and_asking_again_and_again_is_too_much(owner):
    first = asked(owner)
    assert asked(owner) == first
    actions.stop(lost=first)
    for _again in range(2):
        actions.stop(lost=asked(owner))
    with pytest.raises(TooFast):
        asked(owner)


def test_nothing_to_read_and_no_second_step_are_refused(owner, somchai):
    with pytest.raises(BadText):
        actions.ask(member=owner, words=" ")
    with pytest.raises(BadText):
        actions.ask(member=owner, words="ก" * 501)
    with pytest.raises(BadText):
        asked(somchai)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda lost, by: {"first_by": by, "second_by": by, "due_at": lost.created_at},
        lambda lost, by: {"first_by": lost.member, "second_by": by, "due_at": lost.created_at},
        lambda lost, by: {"first_by": by, "second_by": lost.member, "due_at": lost.created_at},
        lambda lost, by: {"due_at": lost.created_at},
        lambda lost, by: {"ending": Ending.DONE, "ended_at": lost.created_at, "words": ""},
        lambda lost, by: {"ending": Ending.STOPPED, "ended_at": lost.created_at},
    ],
)
def test_the_database_holds_to_it(wrong, owner, moderator):
    lost = asked(owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        LostDevice.objects.filter(pk=lost.pk).update(**wrong(lost, moderator))


def test_the_desk_offers_it_only_where_something_is_asked(owner, as_, moderator):
    offers = [offer for offer in MEMBER_ACTS if offer.act in (Act.CHECK, Act.DENY)]
    assert not any(offer.applies(owner) for offer in offers)
    asked(owner)
    assert all(offer.applies(owner) for offer in offers)
    page = as_(moderator).get(f"/admin/accounts/member/{owner.pk}/change/").content.decode()
    assert "ถามนงค์ที่ อสม. น้ำว้าได้" in page
    there = f"/admin/accounts/member/act/check/?ids={owner.pk}"
    assert (
        as_(moderator).post(there, {"reason": WHY}).status_code == 400
    )  # has she been spoken with?
    assert as_(moderator).post(there, {"reason": WHY, "spoken": "on"}).status_code == 302
    waiting = as_(moderator).get("/admin/accounts/member/?lost=open").content.decode()
    assert "@malee" in waiting or ">malee<" in waiting
