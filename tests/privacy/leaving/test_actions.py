"""Leaving: asked, confirmed by mail, changed one's mind about, done in pieces, gone on with."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from accounts.models import Member
from forums.base.errors import NotAllowed
from forums.base.personal import Farewell
from forums.discussions.parting import actions as texts
from forums.discussions.posts.models import Post
from forums.groups.memberships.models import Membership, Role
from forums.notifications.actions import deliver
from forums.notifications.models import Email
from forums.privacy.leaving import actions
from forums.privacy.leaving.models import Leaving, going
from tests.clients import signed_in
from tests.make import join, make_member, make_network
from tests.privacy.leaving.conftest import Scene, leave
from tests.threads import in_threads


def test_nothing_happens_before_the_letter_is_confirmed(db):
    leaving = actions.ask(member=make_member(), choice=Farewell.NAMELESS)
    assert leaving.due_at is None
    assert actions.carry_on() == 0


def test_confirmed_it_has_a_day_and_every_device_is_signed_out(db):
    member = make_member()
    browser = signed_in(member)
    leaving = actions.ask(member=member, choice=Farewell.NAMELESS)
    assert actions.confirm(leaving=leaving)
    assert not actions.confirm(leaving=leaving)
    due_at = going(member.pk).due_at
    assert timedelta(days=13) < due_at - timezone.now() < timedelta(days=15)
    assert browser.get("/settings/").status_code == 302 or browser.session is not None


def test_she_may_stay_until_the_work_begins(db):
    member = make_member()
    leaving = actions.ask(member=member, choice=Farewell.EMPTIED)
    actions.confirm(leaving=leaving)
    assert actions.stay(leaving=leaving)
    assert going(member.pk) is None
    Leaving.objects.update(due_at=timezone.now())
    assert actions.carry_on() == 0
    member.refresh_from_db()
    assert member.is_active


def test_an_old_letter_confirms_nothing(db):
    leaving = actions.ask(member=make_member(), choice=Farewell.NAMED)
    Leaving.objects.update(asked_at=timezone.now() - timedelta(days=3))
    assert not actions.confirm(leaving=leaving)
    actions.forget_unconfirmed(timezone.now())
    assert not Leaving.objects.exists()


def test_who_alone_looks_after_a_network_hands_it_over_first(db):
    member = make_member()
    network = make_network(coordinator=member)
    actions.ask(member=member, choice=Farewell.NAMED)  # nobody else is in it
    join(network, make_member())
    with pytest.raises(actions.OthersRelyOnHer):
        actions.ask(member=member, choice=Farewell.NAMED)


def test_what_hinders_her_on_the_day_is_told_by_letter_and_she_goes_when_it_is_gone(db):
    member, other = make_member(), make_member()
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    network = make_network(coordinator=member)
    leaving = actions.ask(member=member, choice=Farewell.NAMED)
    actions.confirm(leaving=leaving)
    deliver()
    join(network, other)  # from now on somebody relies on her
    Leaving.objects.update(due_at=timezone.now())
    assert actions.carry_on() == 0
    deliver()
    letter = mail.outbox[-1]
    assert letter.to == [member.email]
    assert network.name in letter.body
    leaving.refresh_from_db()
    assert leaving.begun_at is None
    assert leaving.due_at - timezone.now() > timedelta(days=6)
    page = signed_in(member).get("/settings/privacy/").content.decode()
    assert network.name in page
    Membership.objects.filter(member=other).update(role=Role.COORDINATOR)
    Leaving.objects.update(due_at=timezone.now())
    actions.carry_on()
    deliver()
    Leaving.objects.update(busy_until=None)
    assert actions.carry_on() == 1


def test_who_became_a_moderator_meanwhile_does_not_go_on_her_day(db):
    member = make_member()
    actions.confirm(leaving=actions.ask(member=member, choice=Farewell.NAMED))
    Member.objects.update(is_staff=True)
    Leaving.objects.update(due_at=timezone.now())
    assert actions.carry_on() == 0
    assert Leaving.objects.get().due_at > timezone.now()
    assert not Email.objects.filter(key__contains="farewell").exists()


def test_a_moderator_gives_up_her_duty_first(db):
    with pytest.raises(NotAllowed):
        actions.ask(member=make_member(is_staff=True), choice=Farewell.NAMED)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_was_killed_is_gone_on_with_where_it_was(scene: Scene, monkeypatch):
    monkeypatch.setattr(texts, "LOT", 1)
    empty, pieces = texts._empty_in, []

    def killed(topic, ids):
        if len(pieces) == 2:
            raise KeyboardInterrupt
        pieces.append(ids)
        empty(topic, ids)

    monkeypatch.setattr(texts, "_empty_in", killed)
    with pytest.raises(KeyboardInterrupt):
        leave(scene.her, Farewell.EMPTIED)
    leaving = Leaving.objects.get()
    assert leaving.step == "texts"
    assert leaving.after == pieces[-1][0]
    assert actions.carry_on() == 0, "it may still be at work"
    monkeypatch.setattr(
        texts, "_empty_in", lambda topic, ids: (pieces.append(ids), empty(topic, ids))
    )
    Leaving.objects.update(busy_until=None)
    assert actions.carry_on() == 1
    assert sorted(pk for ids in pieces for pk in ids) == sorted(
        Post.objects.filter(author=scene.her).values_list("pk", flat=True)
    )


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_it_once(scene: Scene):
    leaving = actions.ask(member=scene.her, choice=Farewell.EMPTIED)
    actions.confirm(leaving=leaving)
    Leaving.objects.update(due_at=timezone.now())
    actions.carry_on()
    deliver()
    Leaving.objects.update(busy_until=None)
    assert sorted(in_threads(lambda _nth: actions.carry_on(), range(3))) == [0, 0, 1]
