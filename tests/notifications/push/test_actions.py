"""What is pushed, when, to whom; and what becomes of a device whose service refuses, waits, breaks or is silent."""

import json
import logging
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import end_sessions
from forums.base.errors import TooFast
from forums.notifications.inbox.actions import mark_read, mark_unread, spread
from forums.notifications.models import Notification, Preference, Telling
from forums.notifications.push import actions
from forums.notifications.push.actions import (
    GAP,
    NoSuchSession,
    TooManyDevices,
    push,
    set_quiet,
    try_out,
    turn_off,
    turn_on,
)
from forums.notifications.push.models import LIMIT, PushDevice
from forums.notifications.push.saying import MOST, SIZE
from forums.notifications.telling import tell_here
from forums.text.dates import BANGKOK
from tests.devices import browser_of, device_of
from tests.notifications.push.conftest import push_now, tell, waits
from tests.push_service import PushBrowser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet_log(caplog):
    caplog.set_level(logging.ERROR)


# -- What is said -------------------------------------------------------------------------------


def test_turned_on_a_device_gets_a_first_message_at_once(malee, service):
    device, browser = device_of(malee, tried=False)
    assert push() == 1
    (said,) = service.read_by(browser)
    assert "ใช้ได้แล้ว" in said["body"]
    assert said["url"] == "/settings/notifications/"
    device.refresh_from_db()
    assert not device.trial


def test_what_she_is_told_is_pushed_once(malee, service):
    _device, browser = device_of(malee)
    tell(malee)
    assert push_now() == 1
    note = Notification.objects.get(member=malee)
    (said,) = service.read_by(browser)
    assert (said["body"], said["url"]) == ("มีคนทักทาย", f"/notifications/{note.pk}/")
    assert said["title"] == "ร้อยพลัง"
    assert push_now() == 0
    assert PushDevice.objects.get().due_at is None


def test_it_says_what_kind_of_thing_waits_and_nobodys_words(malee, service):
    """The line says “นงค์ว่า สวัสดี”; and every message has one length."""
    _device, browser = device_of(malee)
    tell(malee)
    push_now()
    (said,) = service.read_by(browser)
    assert "นงค์" not in json.dumps(said, ensure_ascii=False)
    ((_path, _headers, body),) = service.got
    assert len(body) == SIZE + 86 + 17


def test_what_comes_together_is_said_together(malee, service):
    _device, browser = device_of(malee)
    for key in "abc":
        tell(malee, key=key)
    assert push_now() == 1
    (said,) = service.read_by(browser)
    assert (said["body"], said["url"]) == ("มีคนทักทาย และอีก 2 เรื่อง", "/notifications/")
    for key in range(MOST + 5):
        tell(malee, key=f"more-{key}")
    push_now()
    assert service.read_by(browser)[-1]["body"] == f"มีคนทักทาย และอีก {MOST - 1}+ เรื่อง"


def test_in_her_language(malee, service):
    _device, browser = device_of(malee)
    malee.language = "en"
    malee.save()
    for key in "ab":
        tell(malee, key=key)
    push_now()
    assert service.read_by(browser)[0]["body"].endswith(", and 1 more")


def test_what_she_read_meanwhile_is_not_said(malee, service):
    device_of(malee)
    tell(malee)
    mark_read(member=malee, notes=[Notification.objects.get().pk])
    assert push_now() == 0
    mark_unread(member=malee, note=Notification.objects.get().pk)
    assert push_now() == 0  # nobody told her anything
    assert service.got == []


def test_what_she_may_read_no_more_is_neither_said_nor_counted(malee, somchai, service, hello):
    _device, browser = device_of(malee, "1")
    _other, his = device_of(somchai, "2")
    hello.update({malee, somchai})
    tell(malee, somchai, kind="secret", key="s")
    tell(malee, somchai)
    hello.discard(malee)
    assert push_now() == 2
    assert service.read_by(browser)[0]["body"] == "มีคนทักทาย"
    assert service.read_by(his)[0]["body"] == "มีคนทักทาย และอีก 1 เรื่อง"
    tell(malee, kind="secret", key="t")
    assert push_now() == 0


def test_kinds_she_turned_off_are_not_said(malee, service):
    device_of(malee)
    Preference.objects.create(member=malee, switch="hello", here=True, mail=True, push=False)
    tell(malee)
    assert push_now() == 0
    assert Notification.objects.filter(member=malee).exists()


def test_each_of_her_devices_says_it_and_nobody_elses(malee, somchai, service):
    browsers = [device_of(malee, str(number))[1] for number in range(3)]
    _device, his = device_of(somchai, "his")
    tell(malee)
    assert push_now() == 3
    assert all(len(service.read_by(each)) == 1 for each in browsers)
    assert service.read_by(his) == []


def test_of_what_is_old_and_unread_nothing_is_said_again(malee, service):
    _device, browser = device_of(malee)
    tell(malee, key="old")
    Notification.objects.update(newest_at=timezone.now() - timedelta(days=2))
    tell(malee)
    push_now()
    assert service.read_by(browser)[0]["body"] == "มีคนทักทาย"


# -- When ---------------------------------------------------------------------------------------


def test_soon_but_not_at_once_and_then_no_more_than_six_an_hour(malee, service):
    device, _browser = device_of(malee)
    tell(malee)
    assert push() == 0
    assert timedelta(seconds=15) < waits(device) <= actions.SOON
    push_now()
    tell(malee, key="b")
    assert push() == 0
    assert GAP - timedelta(minutes=1) < waits(device) <= GAP
    assert push_now() == 1


def test_at_night_it_waits_and_says_all_of_it_in_the_morning(malee, service, monkeypatch):
    clock = [datetime(2026, 12, 5, 19, 58, tzinfo=BANGKOK)]
    monkeypatch.setattr(timezone, "now", lambda: clock[0])
    monkeypatch.setattr("forums.notifications.telling.timezone.now", lambda: clock[0])
    device, browser = device_of(malee, quiet_from=20, quiet_until=7)
    Session.objects.update(expire_date=clock[0] + timedelta(days=9))
    tell(malee)
    clock[0] += timedelta(minutes=1)
    push_now()
    ((_path, headers, _body),) = service.got
    assert int(headers["TTL"]) <= 60  # what is not fetched by then comes no more
    for hour in (20, 23, 27):
        clock[0] = datetime(2026, 12, 5, tzinfo=BANGKOK) + timedelta(hours=hour)
        tell(malee, key=str(hour))
        assert push_now() == 0
    device.refresh_from_db()
    assert device.due_at == datetime(2026, 12, 6, 7, tzinfo=BANGKOK)
    clock[0] = datetime(2026, 12, 6, 7, tzinfo=BANGKOK)
    assert push() == 1
    assert service.read_by(browser)[-1]["body"] == "มีคนทักทาย และอีก 3 เรื่อง"


def test_what_she_tries_out_comes_at_night_too(malee, service, monkeypatch):
    monkeypatch.setattr(actions, "quiet_until", lambda now, *_hours: now + timedelta(hours=3))
    device, _browser = device_of(malee)
    tell(malee)
    assert push_now() == 0
    try_out(member=malee, device=device)
    assert push() == 1


def test_trying_out_swallows_nothing(malee, service):
    device, browser = device_of(malee)
    tell(malee)
    try_out(member=malee, device=device)
    assert push_now() == push_now() == 1
    assert service.read_by(browser)[-1]["body"] == "มีคนทักทาย"


def test_hours_set_otherwise_let_what_waits_out(malee, service, monkeypatch):
    night = datetime.now(BANGKOK).hour
    device, _browser = device_of(malee, quiet_from=night, quiet_until=(night + 2) % 24)
    tell(malee)
    assert push_now() == 0
    set_quiet(device=device, start=None, end=None)
    assert push() == 1


def test_what_happened_before_the_newest_and_is_told_later_is_said(malee, service):
    device, browser = device_of(malee)
    tell(malee, key="b")
    push_now()
    tell_here("hello", key="a", members=[malee.pk])
    Telling.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    spread()
    assert push_now() == 1
    assert len(service.read_by(browser)) == 2


# -- Whose device -------------------------------------------------------------------------------


def test_signed_out_there_it_is_no_device_of_hers(malee, service):
    client = browser_of(malee)
    browser = PushBrowser()
    keys = {"p256dh": browser.p256dh, "auth": browser.auth}
    turn_on(
        member=malee,
        session_key=client.session.session_key,
        endpoint=browser.endpoint,
        **keys,
    )
    client.post("/accounts/logout/")
    assert not PushDevice.objects.exists()


def test_nor_signed_out_from_elsewhere_or_erased(malee, somchai, service):
    device_of(malee, "1")
    end_sessions(member=malee)
    assert not PushDevice.objects.exists()
    device_of(somchai, "2")
    somchai.delete()
    assert not PushDevice.objects.exists()


def test_nor_when_the_session_is_over_or_she_is_suspended(malee, somchai, service):
    ended, _browser = device_of(malee, "1")
    Session.objects.filter(pk=ended.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    device_of(somchai, "2")
    somchai.is_active = False
    somchai.save()
    tell(malee, somchai)
    assert push_now() == 0
    assert not PushDevice.objects.exists()
    assert service.got == []


def test_a_browser_somebody_else_signs_in_to_tells_the_first_no_more(malee, somchai, service):
    device_of(malee)
    device, browser = device_of(somchai)
    assert list(PushDevice.objects.all()) == [device]
    tell(malee, somchai)
    assert push_now() == 1


def test_turned_on_twice_it_is_one_device_with_the_hours_it_had(malee):
    client, keys = browser_of(malee), PushBrowser()
    for name in "12":
        device = turn_on(
            member=malee,
            session_key=client.session.session_key,
            endpoint=f"https://push.example.org/{name}",
            p256dh=keys.p256dh,
            auth=keys.auth,
        )
        set_quiet(device=device, start=1, end=2)
    device = PushDevice.objects.get()
    assert (device.endpoint[-1], device.quiet_from) == ("2", 1)


def test_she_has_ten_at_most(malee):
    for number in range(LIMIT):
        device_of(malee, str(number))
    with pytest.raises(TooManyDevices, match="10"):
        device_of(malee, "more")
    turn_off(device=PushDevice.objects.first())
    device_of(malee, "more")


def test_a_session_nobody_noted_cannot_have_one(malee, somchai):
    keys = PushBrowser()
    there = {"endpoint": keys.endpoint, "p256dh": keys.p256dh, "auth": keys.auth}
    his = browser_of(somchai).session.session_key
    for key in ("none", None, his):
        with pytest.raises(NoSuchSession):
            turn_on(member=malee, session_key=key, **there)


def test_turning_on_and_trying_out_have_a_pace(malee, settings):
    settings.FORUMS_PACE = {"push_devices": [(2, 3600)]}
    device, _browser = device_of(malee)
    try_out(member=malee, device=device)
    with pytest.raises(TooFast):
        try_out(member=malee, device=device)


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://push.example.org/"},
        {"endpoint": "https://push.example.org/\r\nx"},
        {"p256dh": b"x" * 64},
        {"auth": b"x" * 15},
        {"quiet_from": 24},
        {"quiet_from": None},
        {"quiet_from": 7},
    ],
)
def test_the_database_refuses_what_no_device_has(malee, wrong):
    device, _browser = device_of(malee, quiet_from=20, quiet_until=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        PushDevice.objects.filter(pk=device.pk).update(**wrong)
