"""The settings page: turning on, what is set for a device, and who may."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.notifications.models import Preference
from forums.notifications.push.keys import encoded
from forums.notifications.push.models import PushDevice
from tests.clients import signed_in
from tests.devices import browser_of, device_of
from tests.push_service import PushBrowser

pytestmark = pytest.mark.django_db
HERE = "/settings/notifications/"
DEVICES = f"{HERE}devices/"


def subscription(**other):
    browser = PushBrowser()
    return {
        "endpoint": browser.endpoint,
        "p256dh": encoded(browser.p256dh),
        "auth": encoded(browser.auth),
        **other,
    }


def test_by_the_button_this_browser_is_on_and_the_page_says_so(malee):
    client = browser_of(malee)
    page = client.get(HERE).text
    assert "เปิดแจ้งเตือนบนเครื่องนี้" in page
    assert "iOS 16.4" in page
    answer = client.post(DEVICES, subscription(), follow=True)
    assert answer.redirect_chain == [(f"{HERE}#devices", 302)]
    assert "เปิดแล้ว" in answer.text
    assert "Chrome บน Android" in answer.text
    assert "20.00 น. ถึง 7.00 น." in answer.text
    assert re.search(r"<form[^>]*data-push[^>]* hidden", answer.text)
    assert PushDevice.objects.get().session.user == malee


def test_another_of_her_browsers_sees_it_and_is_offered_to_be_one_too(malee):
    device_of(malee)
    page = signed_in(malee).get(HERE).text
    assert "Chrome บน Android" in page
    assert not re.search(r"<form[^>]*data-push[^>]* hidden", page)
    assert 'class="state"' not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://push.example.org/x"},
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "https://push.example.org/" + "x" * 700},
        {"endpoint": ""},
        {"p256dh": ""},
        {"p256dh": encoded(bytes(65))},
        {"p256dh": encoded(b"\x04" + b"\xff" * 64)},
        {"p256dh": "ก" * 87},
        {"auth": encoded(bytes(15))},
        {"auth": "!" * 22},
        {"auth": "x\0y"},
    ],
)
def test_forged_keys_and_addresses_are_refused_with_a_word(malee, wrong):
    client = browser_of(malee)
    answer = client.post(DEVICES, subscription(**wrong))
    assert answer.status_code == 400
    assert "ลองเปิดในเบราว์เซอร์อื่น" in answer.text
    assert not PushDevice.objects.exists()


def test_her_hours_are_kept_and_may_be_none(malee):
    device, _browser = device_of(malee, quiet_from=20, quiet_until=7)
    client = signed_in(malee)
    there = f"{DEVICES}{device.pk}/"
    assert 'value="20" selected' in client.get(there).text
    client.post(there, {"is_quiet": "on", "start": "22", "end": "5"})
    device.refresh_from_db()
    assert (device.quiet_from, device.quiet_until) == (22, 5)
    client.post(there, {"start": "22", "end": "5"})
    device.refresh_from_db()
    assert (device.quiet_from, device.quiet_until) == (None, None)
    assert "แจ้งได้ทุกเวลา" in client.get(HERE).text


@pytest.mark.parametrize(
    "wrong", [{"start": "7", "end": "7"}, {"start": "24", "end": "7"}, {"start": "x"}, {}]
)
def test_hours_that_are_none_come_back_with_a_word(malee, wrong):
    device, _browser = device_of(malee, quiet_from=20, quiet_until=7)
    answer = signed_in(malee).post(f"{DEVICES}{device.pk}/", {"is_quiet": "on", **wrong})
    assert answer.status_code == 400
    device.refresh_from_db()
    assert (device.quiet_from, device.quiet_until) == (20, 7)


def test_a_device_is_tried_out_and_turned_off(malee):
    device, _browser = device_of(malee)
    client = signed_in(malee)
    assert "ส่งแล้ว" in client.post(f"{DEVICES}{device.pk}/try/", follow=True).text
    device.refresh_from_db()
    assert device.trial
    assert "ปิดแล้ว" in client.post(f"{DEVICES}{device.pk}/off/", follow=True).text
    assert not PushDevice.objects.exists()


def test_nobody_else_finds_it_not_a_moderator_either(malee, somchai, moderator):
    device, _browser = device_of(malee)
    for other in (somchai, moderator):
        client = signed_in(other)
        assert client.get(f"{DEVICES}{device.pk}/").status_code == 404
        for act in ("", "off/", "try/"):
            assert client.post(f"{DEVICES}{device.pk}/{act}").status_code == 404
        assert "Chrome บน Android" not in client.get(HERE).text
    assert PushDevice.objects.exists()


def test_one_device_more_costs_no_statement_more(malee):
    client = signed_in(malee)

    def asked():
        with CaptureQueriesContext(connection) as found:
            client.get(HERE)
        return len(found)

    device_of(malee, "0")
    client.get(HERE)
    few = asked()
    for number in range(1, 10):
        device_of(malee, str(number))
    assert asked() == few


def test_what_kinds_are_pushed_is_a_column_of_the_matrix(malee):
    client = signed_in(malee)
    names = re.findall(r'<input type="checkbox"[^>]*name="([^"]*)"', client.get(HERE).text)
    assert {"replied-push", "care-push", "marked-push"} <= set(names)
    client.post(HERE, {name: "on" for name in names if name != "replied-push"})
    wish = Preference.objects.get()
    assert (wish.switch, wish.here, wish.mail, wish.push) == ("replied", True, True, False)


def test_without_a_key_nothing_of_it_is_shown_and_what_she_chose_stays(malee, settings):
    Preference.objects.create(member=malee, switch="replied", here=True, mail=True, push=False)
    device, _browser = device_of(malee)
    settings.VAPID_KEY = ""
    client = signed_in(malee)
    page = client.get(HERE).text
    assert "มือถือ" not in page
    assert "เครื่องนี้" not in page
    assert client.post(DEVICES, subscription()).status_code == 404
    assert client.get(f"{DEVICES}{device.pk}/").status_code == 404
    names = re.findall(r'<input type="checkbox"[^>]*name="([^"]*)"', page)
    client.post(HERE, dict.fromkeys(names, "on"))
    assert not Preference.objects.get(member=malee, switch="replied").push
