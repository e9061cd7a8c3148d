"""Signing in with a real browser's keys and codes."""

from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.codes import code_now


def a_device_with_keys(page: Page) -> None:
    """A telephone that keeps passkeys and knows its owner's finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_passkey_is_added_and_opens_the_door(browse, board, joined):
    page = browse()
    a_device_with_keys(page)
    page.goto("/accounts/login/")
    joined.log_in(page)
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="เพิ่มพาสคีย์").click()
    joined.confirm(page)
    page.get_by_label("ตั้งชื่อให้พาสคีย์นี้").fill("โทรศัพท์ของมาลี")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/add/" not in url)
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("main")).to_contain_text("โทรศัพท์ของมาลี")

    page.goto("/")
    joined.log_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="เข้าด้วยพาสคีย์").click()
    expect(page.get_by_label(f"เมนูของ {joined.member.display_name}")).to_be_visible()


def test_a_code_of_the_app_is_the_second_step(browse, js, board, joined, settings):
    settings.MFA_TOTP_TOLERANCE = 1  # a code may be a step old by the time it has been typed
    page = browse(js=js)
    page.goto("/accounts/login/")
    joined.log_in(page)
    page.goto("/accounts/2fa/totp/activate/")
    joined.confirm(page)
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label("รหัสจากแอป").fill(code_now(secret))
    page.get_by_role("main").get_by_role("button", name="เปิด", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("รหัสกู้คืน")

    joined.log_out(page)
    cache.clear()  # a code works once, and half a minute has not gone by
    page.goto("/accounts/login/")
    joined.log_in(page)
    page.get_by_label("รหัส").fill(code_now(secret))
    page.get_by_role("main").get_by_role("button", name="ไปต่อ").click()
    expect(page.get_by_label(f"เมนูของ {joined.member.display_name}")).to_be_visible()
