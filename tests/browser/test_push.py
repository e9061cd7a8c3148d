"""Notifications on a device: turned on by the button, shown by the service worker, led to by a press."""

import json
from functools import partial

import pytest
from playwright.sync_api import expect

from forums.notifications.push.keys import encoded
from forums.notifications.push.models import PushDevice
from tests.push_service import PushBrowser

HERE = "/settings/notifications/"
# No push service can be reached from here: what the browser would get from one.
SUBSCRIBES = """
PushManager.prototype.getSubscription = async () => null;
PushManager.prototype.subscribe = async (options) => {
  window.asked = options;
  return { toJSON: () => (%s) };
};
"""


def subscribing(page, base_url):
    """A browser that would get a subscription, and whose reader says yes."""
    browser = PushBrowser()
    keys = {"p256dh": encoded(browser.p256dh), "auth": encoded(browser.auth)}
    page.context.grant_permissions(["notifications"], origin=base_url)
    page.add_init_script(SUBSCRIBES % json.dumps({"endpoint": browser.endpoint, "keys": keys}))
    return browser


def test_turned_on_by_the_button_and_off_again(browse, base_url, malee):
    page = browse(malee)
    subscribing(page, base_url)
    page.goto(HERE)
    assert page.evaluate("window.asked") is None  # nobody is asked before she presses
    page.get_by_role("button", name="เปิดแจ้งเตือนบนเครื่องนี้").click()
    expect(page.get_by_text("เปิดแล้ว")).to_be_visible()
    device = PushDevice.objects.get()
    assert device.endpoint.startswith("https://push.example.org/")
    page.locator("#devices .settings a").click()
    page.get_by_role("button", name="ปิดแจ้งเตือนในเครื่องนี้").click()
    expect(page.get_by_text("ปิดแล้ว")).to_be_visible()
    assert not PushDevice.objects.exists()


def test_who_says_no_to_the_browser_is_told_how_to_change_her_mind(browse, malee):
    page = browse(malee)
    page.add_init_script("Notification.requestPermission = async () => 'denied'")
    page.goto(HERE)
    page.get_by_role("button", name="เปิดแจ้งเตือนบนเครื่องนี้").click()
    expect(page.get_by_text("เปิดให้ในการตั้งค่าของเบราว์เซอร์ก่อน")).to_be_visible()
    assert not PushDevice.objects.exists()


def test_a_browser_that_cannot_says_so(browse, malee):
    page = browse(malee)
    page.add_init_script("delete window.PushManager")
    page.goto(HERE)
    page.get_by_role("button", name="เปิดแจ้งเตือนบนเครื่องนี้").click()
    expect(page.get_by_text("เบราว์เซอร์นี้ขึ้นแจ้งเตือนไม่ได้")).to_be_visible()


def test_without_scripts_it_says_what_is_missing_and_what_is_on_can_be_set(browse, malee):
    page = browse(malee, js=False)
    page.goto(HERE)
    expect(page.get_by_role("button", name="เปิดแจ้งเตือนบนเครื่องนี้")).to_be_hidden()
    expect(page.get_by_text("เปิดใช้ JavaScript")).to_be_visible()


@pytest.mark.parametrize(
    ("said", "body"),
    [
        ('{"title": "ร้อยพลัง", "body": "มีคนตอบท่าน", "url": "/notifications/7/"}', "มีคนตอบท่าน"),
        ("not what we send", "มีเรื่องใหม่"),
    ],
)
def test_the_service_worker_shows_what_is_pushed(browse, base_url, malee, said, body):
    page = browse(malee)
    page.context.grant_permissions(["notifications"], origin=base_url)
    page.goto(HERE)
    devtools = page.context.new_cdp_session(page)
    registered = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", registered.append)
    devtools.send("ServiceWorker.enable")
    page.evaluate(
        "navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)"
    )
    number = registered[-1]["registrations"][-1]["registrationId"]
    deliver = partial(devtools.send, "ServiceWorker.deliverPushMessage")
    for _twice in range(2):
        deliver({"origin": base_url, "registrationId": number, "data": said})
    shown = page.evaluate(
        """async () => {
            const worker = await navigator.serviceWorker.ready;
            for (let tries = 0; tries < 100; tries++) {
              const shown = await worker.getNotifications();
              if (shown.length) return shown.map(({ body, tag, data }) => ({ body, tag, url: data.url }));
              await new Promise((resolve) => setTimeout(resolve, 50));
            }
        }"""
    )
    assert [each["body"] for each in shown] == [body]  # the second in the place of the first
    assert shown[0]["url"].startswith("/notifications/")
