"""Rosters: kept, sent over the days once, taken back, forgotten; and nobody is looked up."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.core import mail
from django.utils import timezone

from forums.base.errors import NotAllowed, TooFast
from forums.groups.invitations.actions import (
    MailsLater,
    TooManyInvitations,
    forget_addresses,
    invite_by_mail,
    make_link,
    use_invitation,
)
from forums.groups.invitations.models import Invitation
from forums.groups.memberships.actions import leave
from forums.groups.memberships.models import Role
from forums.groups.networks.models import Event, EventKind
from forums.groups.rosters import actions, lists
from forums.groups.rosters.models import Roster, RosterLine
from forums.groups.rosters.plan import NoRoomAhead, spread
from forums.groups.rosters.reading import RosterReading
from forums.moderation.sanctions.actions import suspend
from forums.notifications.actions import deliver, forget_strangers
from forums.notifications.models import Email
from forums.reading.following.models import Block
from tests.make import join, make_member, make_network
from tests.threads import in_threads

NOW, DAY = timezone.now(), timedelta(days=1)


@pytest.fixture
def network(malee):
    return make_network("คนรักคลอง", malee)


def found(count: int, *, first: int = 1) -> RosterReading:
    return RosterReading({f"p{n}@example.org": n for n in range(first, first + count)})


def keep(network, coordinator, count: int = 3, **more):
    given = {"found": found(count, first=more.pop("first", 1)), "days": 30} | more
    return actions.keep(coordinator=coordinator, network=network, **given)


def bring(network, coordinator, count: int = 3, **more) -> Roster:
    roster = keep(network, coordinator, count, **more)
    return actions.send(coordinator=coordinator, roster=roster)


def days_later(days: int) -> None:
    """All that was planned, so much nearer."""
    back = timedelta(days=days)
    for each in Invitation.objects.all():
        at = each.created_at - back
        Invitation.objects.filter(pk=each.pk).update(created_at=at)
    for each in Email.objects.filter(sent_at=None):
        Email.objects.filter(pk=each.pk).update(due_at=each.due_at - back)


# -- On which days --------------------------------------------------------------------------------


def test_as_many_go_today_as_may_and_the_rest_on_the_next_days():
    plan = spread(300, [], NOW, 100, DAY)
    assert [(part.at, part.count) for part in plan] == [
        (NOW, 100),
        (NOW + DAY, 80),
        (NOW + 2 * DAY, 80),
        (NOW + 3 * DAY, 40),
    ]


def test_what_was_made_by_hand_today_counts():
    made = [NOW - timedelta(hours=n) for n in range(20)]
    assert [part.count for part in spread(120, made, NOW, 100, DAY)] == [80, 40]


def test_in_no_day_are_more_sent_than_may_whatever_is_under_way():
    made = [NOW + timedelta(hours=7) + n * DAY for n in range(3) for _each in range(60)]
    plan = spread(250, made, NOW, 100, DAY)
    times = sorted(made + [part.at for part in plan for _n in range(part.count)])
    for at in times:
        assert sum(at - DAY < each <= at for each in times) <= 100
    assert all(second.at - first.at >= DAY for first, second in pairwise(plan))


def test_what_does_not_go_out_in_a_week_is_refused_with_the_number_that_does():
    assert sum(part.count for part in spread(660, [], NOW, 100, DAY)) == 660
    with pytest.raises(NoRoomAhead) as refused:
        spread(661, [], NOW, 100, DAY)
    assert "660" in str(refused.value.message)


# -- Sent -----------------------------------------------------------------------------------------


def test_each_gets_one_letter_on_its_day(network, malee):
    roster = bring(network, malee, 150)
    assert deliver() == 100
    assert deliver() == 0
    assert (lists.progress(roster).sent, lists.progress(roster).waiting) == (100, 50)
    days_later(1)
    assert deliver() == 50
    told = [to for letter in mail.outbox for to in letter.to]
    assert len(told) == len(set(told)) == 150
    assert "คนรักคลอง" in mail.outbox[-1].body
    assert Event.objects.filter(network=network, what=EventKind.INVITED).count() == 1


def test_an_invitation_is_good_from_the_day_its_letter_goes(network, malee):
    bring(network, malee, 150)
    for each in Invitation.objects.all():
        assert each.expires_at - each.created_at == timedelta(days=30)


def test_sent_twice_it_is_sent_once(network, malee):
    roster = bring(network, malee, 5)
    actions.send(coordinator=malee, roster=roster)
    assert Invitation.objects.count() == Email.objects.count() == 5
    assert not RosterLine.objects.exclude(address="").exists()


@pytest.mark.django_db(transaction=True)
def test_sent_by_six_at_once_it_is_sent_once():
    network = make_network()
    coordinator = network.registered_by
    roster = keep(network, coordinator, 20)
    in_threads(lambda _n: actions.send(coordinator=coordinator, roster=roster), range(6))
    assert Invitation.objects.count() == Email.objects.count() == 20


def test_broken_off_nothing_is_sent(network, malee, monkeypatch):
    roster = keep(network, malee, 5)

    def broken(**_given):
        raise RuntimeError

    monkeypatch.setattr(RosterLine.objects, "bulk_create", lambda _rows: broken())
    with pytest.raises(RuntimeError):
        actions.send(coordinator=malee, roster=roster)
    monkeypatch.undo()
    assert not Invitation.objects.exists()
    assert not Email.objects.exists()
    assert actions.send(coordinator=malee, roster=roster).sent_at


def test_it_takes_few_statements_however_many_there_are(
    network, malee, django_assert_max_num_queries
):
    few, many = keep(network, malee, 2), None
    with django_assert_max_num_queries(30) as counted:
        actions.send(coordinator=malee, roster=few)
    many = keep(network, malee, 400, first=10)
    with django_assert_max_num_queries(len(counted) + 1):
        actions.send(coordinator=malee, roster=many)
    with django_assert_max_num_queries(2):
        lists.progress(many)


def test_by_hand_she_may_go_on_beside_a_list_but_not_beyond_her_pace(network, malee):
    bring(network, malee, 180)
    with pytest.raises(TooManyInvitations):
        make_link(coordinator=malee, network=network, days=7, uses=3)
    days_later(1)  # eighty have gone today
    for _n in range(19):
        make_link(coordinator=malee, network=network, days=7, uses=3)
    make_link(coordinator=malee, network=network, days=7, uses=3)
    with pytest.raises(TooManyInvitations):
        make_link(coordinator=malee, network=network, days=7, uses=3)


def test_who_is_on_a_list_is_not_written_to_by_hand_as_well(network, malee):
    bring(network, malee, 5)
    invite_by_mail(coordinator=malee, network=network, addresses=["p1@example.org"], days=7)
    assert Email.objects.filter(address="p1@example.org").count() == 1


# -- Left out -------------------------------------------------------------------------------------


def test_whom_the_network_invited_or_who_came_by_it_is_left_out_and_said(network, malee, somchai):
    invited = invite_by_mail(
        coordinator=malee,
        network=network,
        addresses=["p1@example.org", "p2@example.org", "p3@example.org"],
        days=7,
    )
    use_invitation(member=somchai, invitation=invited[1])
    Invitation.objects.filter(pk=invited[2].pk).update(revoked_at=timezone.now(), revoked_by=malee)
    roster = keep(network, malee, 4)
    assert [row[0::2] for row in roster.faults] == [(1, "invited"), (2, "joined")]
    assert {each.line for each in roster.lines.all()} == {3, 4}
    leave(member=somchai, network=network)
    assert 2 in {each.line for each in keep(network, malee, 4).lines.all()}


def test_who_was_invited_since_she_looked_is_left_out_when_it_is_sent(network, malee):
    roster = keep(network, malee, 3)
    invite_by_mail(coordinator=malee, network=network, addresses=["p2@example.org"], days=7)
    actions.send(coordinator=malee, roster=roster)
    roster.refresh_from_db()
    assert [row[0::2] for row in roster.faults] == [[2, "invited"]]
    assert Email.objects.filter(address="p2@example.org").count() == 1


@pytest.mark.parametrize("why", ["blocked", "member", "somebody"])
def test_nobody_learns_whose_address_has_an_account(network, malee, why):
    person = make_member(email="p1@example.org")
    if why == "blocked":
        Block.objects.create(member=person, person=malee)
    if why == "member":
        join(network, person)
    roster = bring(network, malee, 2)
    deliver()
    progress = lists.progress(roster)
    assert (progress.sent, progress.refused, progress.waiting) == (2, 0, 0)
    assert not roster.faults
    got = ["p1@example.org"] in [letter.to for letter in mail.outbox]
    assert got == (why == "somebody")


# -- How it goes ----------------------------------------------------------------------------------


def test_the_progress_says_who_joined_and_what_was_refused(network, malee, somchai):
    roster = bring(network, malee, 4)
    deliver()
    first, second = Invitation.objects.order_by("pk")[:2]
    use_invitation(member=somchai, invitation=first)
    Email.objects.filter(address=second.email).update(
        sent_at=None, dropped_at=timezone.now(), tries=6
    )
    progress = lists.progress(roster)
    assert (progress.all, progress.sent, progress.joined, progress.refused) == (4, 3, 1, 1)
    assert progress.refused_at == [second.email]


def test_what_goes_out_later_can_be_taken_back(network, malee):
    roster = bring(network, malee, 150)
    deliver()
    assert actions.stop(coordinator=malee, roster=roster) == 50
    assert actions.stop(coordinator=malee, roster=roster) == 0
    days_later(3)
    assert deliver() == 0
    progress = lists.progress(roster)
    assert (progress.sent, progress.taken_back, progress.waiting) == (100, 50, 0)


def test_of_who_was_suspended_meanwhile_nothing_more_goes_out(network, malee):
    bring(network, malee, 150)
    deliver()
    suspend(moderator=make_member(is_staff=True), member=malee, reason="ส่งโฆษณา")
    days_later(3)
    assert deliver() == 0
    assert len(mail.outbox) == 100


# -- Who, how often, how long ---------------------------------------------------------------------


def test_only_coordinators(network, malee, somchai):
    join(network, somchai, role=Role.SPOKESPERSON)
    roster = keep(network, malee)
    with pytest.raises(NotAllowed):
        keep(network, somchai)
    for act in (actions.send, actions.stop):
        with pytest.raises(NotAllowed):
            act(coordinator=somchai, roster=roster)
    actions.discard(coordinator=somchai, roster=roster)
    assert Roster.objects.filter(pk=roster.pk).exists()


def test_who_came_a_moment_ago_brings_none_and_who_is_new_few(network, malee):
    malee.created_at = timezone.now() - timedelta(days=2)
    malee.save()
    roster = keep(network, malee)
    with pytest.raises(MailsLater):
        actions.send(coordinator=malee, roster=roster)
    with pytest.raises(MailsLater):
        actions.read_file(coordinator=malee, network=network, file=None)
    malee.created_at = timezone.now() - timedelta(days=10)
    malee.save()
    roster = bring(network, malee, 60)
    assert deliver() == 20
    assert [part.count for part in lists.progress(roster).to_come] == [16, 16, 8]


def test_files_are_read_at_a_pace(network, malee, settings, tmp_path):
    settings.FORUMS_PACE = {**settings.FORUMS_PACE, "sheets": [(1, 60)]}
    file = tmp_path / "a.csv"
    file.write_text("nok@example.org")
    with file.open("rb") as opened:
        actions.read_file(coordinator=malee, network=network, file=opened)
        with pytest.raises(TooFast):
            actions.read_file(coordinator=malee, network=network, file=opened)


def test_a_new_file_takes_the_place_of_one_that_was_not_sent(network, malee):
    sent = bring(network, malee, 2)
    keep(network, malee, 3, first=10)
    last = keep(network, malee, 4, first=20)
    assert set(Roster.objects.all()) == {sent, last}


def test_addresses_are_forgotten(network, malee, settings):
    settings.FORUMS_INVITED_DAYS = 30
    roster = bring(network, malee, 150, found=found(150))
    Roster.objects.update(faults=[[7, "pu@example", "bad"]])
    deliver()
    unsent = keep(network, malee, 3, first=500)
    Roster.objects.filter(pk=unsent.pk).update(created_at=NOW - timedelta(days=8))
    actions.forget(NOW)
    assert set(Roster.objects.all()) == {roster}
    later = NOW + timedelta(days=40)
    for job in (actions.forget, forget_addresses, forget_strangers):
        job(later)
    roster.refresh_from_db()
    assert roster.faults == []
    assert not Invitation.objects.exclude(email="").exists()
    assert not Email.objects.exists()
    assert lists.progress(roster).all == 150
