"""What becomes of a device whose service refuses, waits, breaks or is silent; and of a message on its way."""

import logging
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.notifications.push import actions, posting
from forums.notifications.push.actions import (
    push,
    turn_off,
)
from forums.notifications.push.models import PushDevice
from tests.devices import device_of
from tests.notifications.push.conftest import later, push_now, tell, waits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet_log(caplog):
    caplog.set_level(logging.ERROR)


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(malee, service, status):
    _device, browser = device_of(malee)
    service.mood[browser.path] = status
    tell(malee)
    assert push_now() == 0
    assert not PushDevice.objects.exists()


@pytest.mark.parametrize("status", [429, 503])
def test_a_service_that_wants_to_be_left_alone_is(malee, service, status):
    device, browser = device_of(malee)
    service.mood[browser.path] = (status, {"Retry-After": "1800"})
    tell(malee)
    assert push_now() == 0
    assert timedelta(minutes=29) < waits(device) <= timedelta(minutes=30)
    assert push() == 0
    assert len(service.got) == 1
    del service.mood[browser.path]
    assert push_now() == 1


def test_but_no_longer_than_a_day(malee, service):
    device, browser = device_of(malee)
    service.mood[browser.path] = (429, {"Retry-After": "99999999"})
    tell(malee)
    push_now()
    assert waits(device) <= timedelta(days=1)


@pytest.mark.parametrize("status", [429, 500, 502, 400, 403, 302])
def test_one_that_breaks_is_asked_again_with_growing_waits_and_then_not_about_this(
    malee, service, status
):
    device, browser = device_of(malee)
    service.mood[browser.path] = status
    tell(malee)
    waited = []
    for _try in range(len(actions.WAITS) + 1):
        push_now()
        waited.append(waits(device))
    minutes = [round(each.total_seconds() / 60) for each in waited[:-1]]
    assert minutes == [1, 5, 30, 120, 480]
    assert waited[-1] is None
    assert (device.tries, device.failing_since is None) == (0, False)
    del service.mood[browser.path]
    tell(malee, key="b")
    assert push_now() == 1
    device.refresh_from_db()
    assert device.failing_since is None


def test_one_that_fails_for_a_week_is_forgotten(malee, service):
    device, browser = device_of(malee)
    service.mood[browser.path] = 500
    tell(malee)
    push_now()
    PushDevice.objects.update(failing_since=timezone.now() - timedelta(days=8))
    push_now()
    assert not PushDevice.objects.exists()


def test_an_address_that_leads_inside_is_forgotten_and_never_called(malee, service, monkeypatch):
    device_of(malee)
    monkeypatch.setattr(posting, "is_public", lambda address: False)
    tell(malee)
    assert push_now() == 0
    assert not PushDevice.objects.exists()
    assert service.got == []


def test_one_that_never_answers_holds_nobody_up(malee, somchai, service, monkeypatch):
    monkeypatch.setattr(posting, "SECONDS", 1)
    for number in range(4):
        _device, silent = device_of(malee, f"silent{number}")
        service.mood[silent.path] = lambda call: call.server.over.wait(20)
    _device, browser = device_of(somchai, "fine")
    tell(malee, somchai)
    began = time.monotonic()
    assert push_now() == 1
    assert time.monotonic() - began < 4  # beside each other
    assert len(service.read_by(browser)) == 1
    assert PushDevice.objects.filter(tries=1).count() == 4


def test_turned_off_while_it_is_on_its_way_it_stays_off(malee, service):
    device, _browser = device_of(malee)
    tell(malee)
    later()
    lot = actions._take()
    turn_off(device=device)
    (outcome,) = actions._post_all(lot, lambda: False)
    actions._note(*outcome)
    assert not PushDevice.objects.exists()


def test_what_is_told_while_a_message_is_on_its_way_comes_next(malee, service):
    _device, browser = device_of(malee)
    tell(malee)
    later()
    lot = actions._take()
    tell(malee, key="b")
    (outcome,) = actions._post_all(lot, lambda: False)
    actions._note(*outcome)
    assert push_now() == 1
    assert [said["body"] for said in service.read_by(browser)] == [
        "มีคนทักทาย",
        "มีคนทักทาย และอีก 1 เรื่อง",
    ]


def test_killed_on_its_way_it_goes_out_after_the_lease(malee, service):
    device, browser = device_of(malee)
    tell(malee)
    later()
    actions._take()  # and then nothing
    assert push() == 0
    assert timedelta(minutes=4) < waits(device) <= actions.LEASE
    assert push_now() == 1
    assert len(service.read_by(browser)) == 1


def test_where_the_site_has_no_key_nothing_is_pushed(malee, service, settings):
    device, _browser = device_of(malee)
    settings.VAPID_KEY = ""
    tell(malee)
    assert waits(device) is None
    assert push_now() == 0


def test_many_lines_and_devices_of_hers_are_asked_about_in_as_many_statements(malee, service):
    def asked():
        later()
        with CaptureQueriesContext(connection) as found:
            actions._take()
        return len([each for each in found if "UPDATE" not in each["sql"]])

    device_of(malee, "1")
    tell(malee)
    few = asked()
    for number in range(8):
        device_of(malee, f"m{number}", due_at=timezone.now())
    for number in range(15):
        tell(malee, key=str(number))
    assert asked() == few
