"""The matrix of what she is told of, and that it decides, here and by e-mail."""

import re

from allauth.account.models import EmailAddress
from django.core import mail

from forums.groups.memberships.actions import give_role
from forums.groups.memberships.models import Role
from forums.notifications.actions import deliver
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Notification, Preference
from forums.notifications.registry import switches
from tests.clients import signed_in
from tests.make import join, make_network

HERE = "/settings/notifications/"


def boxes(response):
    """Every box of the page, and whether it is ticked."""
    inputs = re.findall(r'<input type="checkbox"[^>]*>', response.text)
    return {re.search(r'name="([^"]*)"', box)[1]: "checked" in box for box in inputs}


def test_at_first_all_is_on_and_what_cannot_be_off_says_so(malee):
    response = signed_in(malee).get(HERE)
    found = boxes(response)
    assert all(found.values())
    assert {"replied-here", "replied-mail", "marked-here", "part-mail", "care-mail"} <= found.keys()
    assert not {"marked-mail", "care-here"} & found.keys()  # no mail of it; always
    assert "เสมอ" in response.text


def test_what_is_turned_off_stays_off_and_comes_back(malee):
    client = signed_in(malee)
    on = dict.fromkeys(boxes(client.get(HERE)), "on")
    off = {name: "on" for name in on if name not in ("replied-here", "part-mail")}
    assert client.post(HERE, off, follow=True).status_code == 200
    found = boxes(client.get(HERE))
    assert [name for name, ticked in found.items() if not ticked] == ["replied-here", "part-mail"]
    assert Preference.objects.count() == 2
    client.post(HERE, on)
    assert not Preference.objects.exists()


def give(network, member, role):
    give_role(coordinator=network.registered_by, network=network, member=member, role=role)
    spread()
    deliver()


def test_the_same_thing_is_said_here_and_by_email_as_she_wishes(malee):
    EmailAddress.objects.create(user=malee, email=malee.email, primary=True, verified=True)
    network = make_network()
    join(network, malee)
    give(network, malee, Role.MODERATOR)
    assert Notification.objects.filter(member=malee).count() == len(mail.outbox) == 1
    wish = Preference.objects.create(member=malee, switch="part", here=True, mail=False)
    give(network, malee, Role.SPOKESPERSON)
    assert (Notification.objects.filter(member=malee).count(), len(mail.outbox)) == (2, 1)
    Preference.objects.filter(pk=wish.pk).update(here=False, mail=True)
    give(network, malee, Role.COORDINATOR)
    assert (Notification.objects.filter(member=malee).count(), len(mail.outbox)) == (2, 2)


def test_every_switch_has_kinds_and_a_heading():
    names = [each.name for _group, found in switches() for each in found]
    assert len(names) == len(set(names)) >= 12
