"""Notifications on a device: turned on by the button, shown by the service worker, led to by a press.

The Chromium of the tests shows no notifications; so the worker's script is tried with what a worker is given.
"""

import json

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from forums.notifications.push.keys import encoded
from forums.notifications.push.models import PushDevice
from forums.notifications.push.saying import PushMessage
from tests.devices import noted
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
    page = browse(malee, service_workers="allow")
    subscribing(page, base_url)
    (cookie,) = page.context.cookies()
    noted(malee, cookie["value"])
    page.goto(HERE)
    assert page.evaluate("window.asked") is None  # nobody is asked before she presses
    page.get_by_role("button", name="เปิดแจ้งเตือนบนเครื่องนี้").click()
    expect(page.get_by_text("เปิดแล้ว อีกสักครู่")).to_be_visible()
    device = PushDevice.objects.get()
    assert device.endpoint.startswith("https://push.example.org/")
    page.locator("#devices .settings a").click()
    page.get_by_role("button", name="ปิดแจ้งเตือนในเครื่องนี้").click()
    expect(page.get_by_text("ปิดแล้ว ไม่ส่งแจ้งเตือน")).to_be_visible()
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


# What a service worker is given, as far as ours asks; what it does is written down in `done`.
WORKER = """(said) => {
  const heard = {}, done = [];
  const self = {
    location: { origin: "https://roypalang.example" },
    addEventListener: (name, then) => (heard[name] = then),
    registration: { showNotification: async (title, shown) => done.push(["show", title, shown]) },
    clients: {
      matchAll: async () => said.open.map((url) => ({ url, focus: () => done.push(["focus", url]) })),
      openWindow: async (url) => done.push(["open", url]),
    },
  };
  %s
  const waited = [];
  const waitUntil = (what) => waited.push(what);
  if ("pushed" in said) {
    const data = said.pushed === null ? null : { json: () => JSON.parse(said.pushed) };
    heard.push({ data, waitUntil });
  } else {
    const notification = { data: { url: said.pressed }, close: () => done.push(["close"]) };
    heard.notificationclick({ notification, waitUntil });
  }
  return Promise.all(waited).then(() => done);
}"""


@pytest.fixture
def worker(browser):
    """Its script in a page of no site: what it does when something is pushed to it, or pressed."""
    page = browser.new_page()
    script = (settings.BASE_DIR / "static/js/worker/push.js").read_text()
    yield lambda **said: page.evaluate(WORKER.replace("%s", script), {"open": [], **said})
    page.close()


def test_the_worker_shows_what_is_pushed_each_in_the_place_of_the_one_before(worker):
    now = timezone.now()
    message = PushMessage("มีคนตอบท่าน", "/notifications/7/", now)
    ((_show, title, shown),) = worker(pushed=message.payload().decode())
    assert (title, shown["body"], shown["tag"]) == ("ร้อยพลัง", "มีคนตอบท่าน", "told")
    assert shown["data"] == {"url": "/notifications/7/"}


@pytest.mark.parametrize("pushed", [None, "", "no JSON", "{}", "null"])
def test_what_the_worker_cannot_read_is_something_all_the_same(worker, pushed):
    ((_show, title, shown),) = worker(pushed=pushed)
    assert (title, shown["body"]) == ("ร้อยพลัง", "มีเรื่องใหม่")
    assert shown["data"] == {"url": "/notifications/"}


def test_a_press_leads_to_its_page_and_to_no_other_site(worker):
    there = "https://roypalang.example/notifications/7/"
    assert worker(pressed="/notifications/7/") == [["close"], ["open", there]]
    assert worker(pressed="/notifications/7/", open=[there]) == [["close"], ["focus", there]]
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert worker(pressed=elsewhere) == [["close"]]
