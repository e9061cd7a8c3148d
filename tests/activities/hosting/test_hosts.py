"""Networks that hold an activity together: asked, agreeing, saying no."""

from dataclasses import replace

import pytest

from forums.activities.attendance.actions import NoAnswers
from forums.activities.hosting.actions import announce, cancel, decide_host, edit
from forums.activities.models import Activity
from forums.base.errors import BadText, NotAllowed
from forums.groups.networks.models import Event, EventKind
from forums.notifications.models import Email
from forums.notifications.registry import text_of
from tests.activities.make import details, of
from tests.make import join, make_member, make_network

pytestmark = pytest.mark.django_db


def test_an_invited_network_counts_once_its_coordinator_agrees(network, malee, somchai):
    other = make_network(coordinator=somchai)
    neighbour = make_member()
    join(other, neighbour)
    activity = announce(
        member=malee, network=network, details=details(hosts=[other], open_to="members")
    )
    letter = Email.objects.get(kind="activity-invited")
    assert letter.member == somchai
    assert text_of(letter).body.count(activity.title) == 1
    assert Activity.objects.visible_to(somchai).exists()  # or she could not decide
    assert not Activity.objects.visible_to(neighbour).exists()
    with pytest.raises(NotAllowed):
        decide_host(member=neighbour, activity=activity, network=other, accept=True)
    decide_host(member=somchai, activity=activity, network=other, accept=True)
    assert Activity.objects.visible_to(neighbour).exists()
    assert Event.objects.filter(network=other, what=EventKind.ACTIVITY).exists()


def test_a_network_that_says_no_sees_no_more_of_it(network, malee, somchai):
    other = make_network(coordinator=somchai)
    activity = announce(
        member=malee, network=network, details=details(hosts=[other], open_to="members")
    )
    decide_host(member=somchai, activity=activity, network=other, accept=False)
    assert not Activity.objects.visible_to(somchai).exists()
    with pytest.raises(NotAllowed):
        decide_host(member=somchai, activity=activity, network=other, accept=True)


def test_the_announcer_cannot_step_back_and_nobody_decides_about_what_is_cancelled(
    network, malee, somchai
):
    other = make_network(coordinator=somchai)
    activity = announce(member=malee, network=network, details=details(hosts=[other]))
    with pytest.raises(NotAllowed):
        decide_host(member=malee, activity=activity, network=network, accept=False)
    cancel(member=malee, activity=activity, reason="ฝนตก")
    with pytest.raises(NoAnswers):
        decide_host(member=somchai, activity=activity, network=other, accept=True)


def test_who_coordinates_both_need_not_ask_herself(network, malee):
    second = make_network(coordinator=malee)
    activity = announce(member=malee, network=network, details=details(hosts=[second, network]))
    assert activity.hosts.count() == 2
    assert not activity.hosts.filter(confirmed_at=None).exists()
    assert not Email.objects.exists()


def test_networks_can_be_asked_and_taken_off_later(network, malee, somchai):
    other, third = make_network(coordinator=somchai), make_network()
    activity = announce(member=malee, network=network, details=details(hosts=[other]))
    new = replace(of(activity), hosts=[third])
    edit(member=malee, activity=activity, details=new, seen=0)
    assert set(activity.hosts.values_list("network", flat=True)) == {network.pk, third.pk}
    crowd = [make_network() for _ in range(10)]
    with pytest.raises(BadText):
        edit(member=malee, activity=activity, details=replace(new, hosts=crowd), seen=None)
