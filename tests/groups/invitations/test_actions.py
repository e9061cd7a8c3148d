"""Invitations: made, sent, used up, expired, revoked, used by ten at once."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from forums.base.errors import AlreadyIn, BadText, InvitationOver, InvitationUsedUp, NotAllowed
from forums.groups.invitations.actions import (
    InvitedToday,
    TooManyInvitations,
    invite_by_mail,
    make_link,
    revoke,
    use_invitation,
)
from forums.groups.invitations.models import Invitation, InvitationUse
from forums.groups.memberships import actions
from forums.groups.memberships.models import JoinRequest, Membership, Role
from forums.groups.networks.models import Event, EventKind, Joining, Network
from forums.notifications.actions import deliver
from forums.notifications.models import Email
from tests.make import join, make_member, make_network
from tests.threads import in_threads


@pytest.fixture
def network(malee):
    return make_network("คนรักคลอง", malee, joining=Joining.INVITATION)


def link(network, coordinator, *, days=7, uses=3):
    return make_link(coordinator=coordinator, network=network, days=days, uses=uses)


def nothing_written(invitation, member):
    assert not Membership.objects.filter(network=invitation.network, member=member).exists()
    assert not InvitationUse.objects.filter(invitation=invitation, member=member).exists()


def test_a_link_lets_in_as_many_as_it_says(network, malee):
    invitation = link(network, malee, uses=2)
    for _ in range(2):
        use_invitation(member=make_member(), invitation=invitation)
    late = make_member()
    with pytest.raises(InvitationUsedUp):
        use_invitation(member=late, invitation=invitation)
    nothing_written(invitation, late)
    invitation.refresh_from_db()
    assert (invitation.uses, invitation.used_by.count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_use_a_single_use_link_at_once_one_gets_in():
    network = make_network()
    invitation = link(network, network.registered_by, uses=1)
    people = [make_member() for _ in range(10)]
    results = in_threads(lambda one: use_invitation(member=one, invitation=invitation), people)
    assert sum(isinstance(result, Membership) for result in results) == 1
    assert sum(isinstance(result, InvitationUsedUp) for result in results) == 9
    invitation.refresh_from_db()
    network.refresh_from_db()
    assert (invitation.uses, InvitationUse.objects.count(), network.member_count) == (1, 1, 2)


def test_a_double_click_uses_it_once(network, malee, somchai):
    invitation = link(network, malee)
    first = use_invitation(member=somchai, invitation=invitation)
    assert use_invitation(member=somchai, invitation=invitation) == first
    invitation.refresh_from_db()
    assert invitation.uses == 1


def test_who_is_in_already_uses_nothing_up(network, malee, somchai):
    invitation = link(network, malee)
    join(network, somchai)
    with pytest.raises(AlreadyIn):
        use_invitation(member=somchai, invitation=invitation)
    invitation.refresh_from_db()
    assert invitation.uses == 0


def test_an_expired_one_lets_nobody_in(network, malee, somchai):
    invitation = link(network, malee)
    past = timezone.now() - timedelta(days=9)
    Invitation.objects.update(created_at=past, expires_at=past + timedelta(days=7))
    with pytest.raises(InvitationOver):
        use_invitation(member=somchai, invitation=invitation)
    nothing_written(invitation, somchai)


def test_a_revoked_one_neither_and_it_is_written_down(network, malee, somchai):
    invitation = link(network, malee)
    revoke(coordinator=malee, invitation=invitation)
    revoke(coordinator=malee, invitation=invitation)
    with pytest.raises(InvitationOver):
        use_invitation(member=somchai, invitation=invitation)
    nothing_written(invitation, somchai)
    assert Event.objects.filter(what=EventKind.REVOKED).count() == 1


@pytest.mark.parametrize("column", ["archived_at", "hidden_at"])
def test_a_closed_network_takes_nobody_by_a_link(network, malee, somchai, column):
    invitation = link(network, malee)
    Network.objects.filter(pk=network.pk).update(**{column: timezone.now()})
    with pytest.raises(InvitationOver):
        use_invitation(member=somchai, invitation=invitation)


def test_who_was_removed_does_not_come_back_by_a_link_that_goes_round(network, malee, somchai):
    invitation = link(network, malee)
    use_invitation(member=somchai, invitation=invitation)
    actions.remove(coordinator=malee, network=network, member=somchai, reason="ขายของ")
    for old in (invitation, link(network, malee, uses=50)):
        with pytest.raises(NotAllowed):
            use_invitation(member=somchai, invitation=old)
    use_invitation(member=somchai, invitation=link(network, malee, uses=1))


def test_who_left_comes_back_by_the_same_link_uncounted(network, malee, somchai):
    invitation = link(network, malee)
    use_invitation(member=somchai, invitation=invitation)
    actions.leave(member=somchai, network=network)
    use_invitation(member=somchai, invitation=invitation)
    invitation.refresh_from_db()
    assert invitation.uses == 1


def test_a_suspended_member_uses_none(network, malee, somchai):
    somchai.is_active = False
    with pytest.raises(NotAllowed):
        use_invitation(member=somchai, invitation=link(network, malee))


def test_coming_in_by_a_link_settles_the_request(malee, somchai):
    network = make_network("สองประตู", malee, joining=Joining.REQUEST)
    request = actions.ask_to_join(member=somchai, network=network)
    use_invitation(member=somchai, invitation=link(network, malee))
    request.refresh_from_db()
    assert request.accepted is True
    assert not JoinRequest.objects.filter(decided_at=None).exists()


@pytest.mark.parametrize(("days", "uses"), [(0, 1), (2, 1), (365, 1), (7, 0), (7, 501)])
def test_only_links_of_a_sensible_size_are_made(network, malee, days, uses):
    with pytest.raises(BadText):
        link(network, malee, days=days, uses=uses)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SPOKESPERSON, Role.MODERATOR])
def test_only_coordinators_invite(network, malee, somchai, role):
    join(network, somchai, role=role)
    invitation = link(network, malee)
    with pytest.raises(NotAllowed):
        link(network, somchai)
    with pytest.raises(NotAllowed):
        invite_by_mail(coordinator=somchai, network=network, addresses=["a@b.org"], days=7)
    with pytest.raises(NotAllowed):
        revoke(coordinator=somchai, invitation=invitation)


def test_nobody_makes_more_than_the_pace_allows_in_a_day(network, malee, settings):
    settings.FORUMS_PACE = settings.FORUMS_PACE | {"invitations": [(3, 86400)]}
    link(network, malee)
    with pytest.raises(TooManyInvitations):
        invite_by_mail(
            coordinator=malee,
            network=network,
            addresses=[f"a{n}@example.org" for n in range(3)],
            days=7,
        )
    assert Invitation.objects.count() == 1
    assert not Email.objects.exists()


# -- by e-mail ----------------------------------------------------------------------------------


def test_each_address_gets_a_link_of_its_own_for_one(network, malee):
    made = invite_by_mail(
        coordinator=malee, network=network, addresses=["A@b.org", "a@b.org", "c@d.org"], days=30
    )
    assert [(one.email, one.max_uses) for one in made] == [("a@b.org", 1), ("c@d.org", 1)]
    assert deliver() == 2
    assert [sent.to for sent in mail.outbox] == [["a@b.org"], ["c@d.org"]]
    body = mail.outbox[0].body
    assert f"/join/{made[0].token}/" in body
    assert made[1].token not in body
    assert "มาลี คำหล้า" in body


def test_whoever_opens_the_letters_link_may_use_it_once(network, malee, somchai):
    (invitation,) = invite_by_mail(
        coordinator=malee, network=network, addresses=["a@b.org"], days=30
    )
    use_invitation(member=somchai, invitation=invitation)
    with pytest.raises(InvitationUsedUp):
        use_invitation(member=make_member(), invitation=invitation)


def test_an_address_with_an_account_gets_what_any_other_gets(network, malee, somchai):
    EmailAddress.objects.create(user=somchai, email=somchai.email, primary=True, verified=True)
    invite_by_mail(
        coordinator=malee, network=network, addresses=[somchai.email, "x@example.org"], days=30
    )
    deliver()
    known, stranger = mail.outbox
    assert known.subject == stranger.subject
    assert len(known.body) == len(stranger.body)


def test_a_letter_not_yet_sent_is_taken_back_with_its_invitation(network, malee):
    (invitation,) = invite_by_mail(
        coordinator=malee, network=network, addresses=["a@b.org"], days=30
    )
    revoke(coordinator=malee, invitation=invitation)
    assert deliver() == 0
    assert mail.outbox == []


def test_more_than_twenty_at_once_are_refused(network, malee):
    with pytest.raises(BadText):
        invite_by_mail(
            coordinator=malee,
            network=network,
            addresses=[f"a{n}@example.org" for n in range(21)],
            days=30,
        )
    assert not Invitation.objects.exists()


def test_tokens_hold_128_bits_and_none_is_told_by_the_history(network, malee):
    invitation = link(network, malee)
    assert len(invitation.token) >= 22
    for line in Event.objects.all():
        assert invitation.token not in str(line.details)


def test_addresses_sent_twice_get_one_letter(network, malee):
    both = {"coordinator": malee, "network": network, "days": 7}
    first = invite_by_mail(addresses=["a@example.org", "b@example.org"], **both)
    again = invite_by_mail(addresses=["a@example.org", "c@example.org"], **both)
    assert {each.email for each in again} == {"a@example.org", "c@example.org"}
    assert first[0] in again
    assert Invitation.objects.count() == Email.objects.count() == 3


def test_invited_taken_back_and_invited_again_is_one_letter_a_day(network, malee, somchai):
    join(network, somchai, role=Role.COORDINATOR)
    both = {"network": network, "days": 7, "addresses": ["a@example.org"]}
    (first,) = invite_by_mail(coordinator=malee, **both)
    deliver()
    revoke(coordinator=malee, invitation=first)
    for coordinator in (malee, somchai):
        with pytest.raises(InvitedToday):
            invite_by_mail(coordinator=coordinator, **both)
    deliver()
    assert len(mail.outbox) == 1
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    invite_by_mail(coordinator=malee, **both)
    deliver()
    assert len(mail.outbox) == 2
