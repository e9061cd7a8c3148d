"""To LINE, Google and Facebook and back, with scripts and without, under our policy."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from playwright.sync_api import Page, expect

from accounts.models import Member
from accounts.providers import offered
from tests.browser.axe import SMALL_TARGETS, axe
from tests.browser.steps import Joined, agree, confirm_address, until
from tests.provider import KEYS, Provider, provider_on_loopback

NO_SCROLLING = "() => document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def provider(settings: Any, base_url: str) -> Iterator[Provider]:
    settings.SITE_URL = base_url
    settings.SOCIALACCOUNT_PROVIDERS = KEYS
    with provider_on_loopback() as server:
        yield server


@pytest.fixture
def telephone(browse: Callable[..., Page], provider: Provider) -> Callable[..., Page]:
    """A browser that may go to the provider, which is another host."""
    screen = {"width": 360, "height": 740}
    return lambda *who, **how: browse(
        *who, viewport=screen, foreseen=f"{re.escape(provider.url)}|status of 4", **how
    )


@pytest.mark.parametrize("name", ["LINE", "Google", "Facebook"])
def test_a_newcomer_comes_by_it_and_later_comes_again(
    telephone: Callable[..., Page], provider: Provider, board: Any, js: bool, name: str
) -> None:
    provider.email = "dao@example.org"
    page = telephone(js=js)
    page.goto("/accounts/signup/")
    page.get_by_role("button", name=f"เข้าด้วย {name}").click()
    page.get_by_role("link", name="Yes").click()
    expect(page.get_by_role("heading", name="อีกขั้นเดียว")).to_be_visible()
    page.get_by_label("ชื่อผู้ใช้").fill("ดาว")
    agree(page)
    page.get_by_role("main").get_by_role("button", name="สมัครสมาชิก").click()
    confirm_address(page, "dao@example.org")
    expect(page.get_by_label("เมนูของ ดาว")).to_be_visible()
    assert SocialAccount.objects.get().user == Member.objects.get(handle="ดาว")

    again = telephone(js=js)
    again.goto("/accounts/login/?next=/boards/")
    again.get_by_role("button", name=f"เข้าด้วย {name}").click()
    again.get_by_role("link", name="Yes").click()
    expect(again.get_by_label("เมนูของ ดาว")).to_be_visible()
    assert again.url.endswith("/boards/")


def test_a_member_connects_one_and_disconnects_it(
    telephone: Callable[..., Page], provider: Provider, joined: Joined, js: bool
) -> None:
    page = telephone(js=js)
    page.goto("/accounts/login/?next=/settings/")
    joined.log_in(page)
    page.get_by_role("link", name="เข้าด้วย LINE, Google, Facebook").click()
    joined.confirm(page)
    page.get_by_role("button", name="เชื่อมกับ Google").click()
    page.get_by_role("link", name="Yes").click()
    expect(page.get_by_role("status")).to_contain_text("เข้าสู่ระบบด้วย Google ได้แล้ว")
    assert SocialAccount.objects.get().user == joined.member
    expect(page.get_by_role("button", name="เชื่อมกับ Google")).to_have_count(0)
    page.get_by_role("button", name="เลิกเชื่อม Google").click()
    expect(page.get_by_role("status")).to_contain_text("เลิกเชื่อมกับ Google แล้ว")
    assert not SocialAccount.objects.exists()


def test_who_turns_back_goes_there_again(
    telephone: Callable[..., Page], provider: Provider, joined: Joined, js: bool
) -> None:
    SocialAccount.objects.create(user=joined.member, provider="line", uid=provider.uid)
    page = telephone(js=js)
    page.goto("/accounts/login/?next=/settings/")
    page.get_by_role("button", name="เข้าด้วย LINE").click()
    page.get_by_role("link", name="No").click()
    expect(page.get_by_role("main")).to_contain_text("ท่านกดยกเลิกที่ LINE")
    page.get_by_role("button", name="เข้าด้วย LINE").click()
    page.get_by_role("link", name="Yes").click()
    expect(page.get_by_role("heading", name="ตั้งค่า")).to_be_visible()


def test_the_policy_lets_a_button_lead_to_nobody_else(
    telephone: Callable[..., Page], provider: Provider, monkeypatch: Any
) -> None:
    """What `with_buttons` adds is needed, and nothing beside it is let through."""
    monkeypatch.setattr(offered, "hosts", lambda: ["http://127.0.0.1:9"])
    page = telephone()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    page.goto("/accounts/login/")
    page.get_by_role("button", name="เข้าด้วย LINE").click()
    until(page, lambda: any("form-action" in words for words in refused))
    assert page.url.endswith("/accounts/login/")
    page.wrong.clear()


def test_each_page_can_be_heard_and_fits_the_smallest_telephone(
    browse: Callable[..., Page], provider: Provider, joined: Joined, subtests: pytest.Subtests
) -> None:
    provider.email = "a.very.long.address.of.somebody.who.writes.much@organisation.example.org"
    foreseen = f"{re.escape(provider.url)}|status of [45]|50[23]:"
    page = browse(heard=True, foreseen=foreseen, viewport={"width": 320, "height": 640})

    def fits(what: str) -> None:
        with subtests.test(what):
            assert axe(page) == []
            assert page.evaluate(SMALL_TARGETS) == []
            assert page.evaluate(NO_SCROLLING)

    def there_and(answer: str) -> None:
        page.goto("/accounts/line/login/")
        page.get_by_role("main").get_by_role("button").click()
        page.get_by_role("link", name=answer).click()

    for path in ("/accounts/login/", "/accounts/signup/", "/accounts/google/login/"):
        page.goto(path)
        fits(path)
    there_and("No")
    fits("cancelled")
    page.goto("/accounts/line/login/callback/?state=gone")
    fits("expired")
    provider.mood["/line/token"] = 500
    there_and("Yes")
    fits("away")
    provider.mood["/line/token"] = b"[]"
    there_and("Yes")
    fits("wrong")
    provider.mood.clear()
    there_and("Yes")
    fits("a handle is chosen")
    page.get_by_role("main").get_by_role("button", name="สมัครสมาชิก").click()
    fits("a handle is missing")

    page.goto("/accounts/login/?next=/accounts/3rdparty/")
    joined.log_in(page)
    fits("none connected")
    for name in KEYS:
        SocialAccount.objects.create(user=joined.member, provider=name, uid=name)
    page.reload()
    fits("all connected")
    page.goto("/settings/")
    fits("settings")
