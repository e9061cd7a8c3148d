"""A lost device, walked on a telephone, with scripts and without."""

from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from forums.moderation.lost_devices.models import LostDevice
from tests.passkeys import give_passkey

PASSWORD = "มะม่วงสุกใต้ต้น 7 ลูก"  # noqa: S105


def test_she_signs_in_and_asks_from_the_second_step(browse, js, board, malee):
    malee.set_password(PASSWORD)
    malee.save()
    EmailAddress.objects.create(user=malee, email=malee.email, primary=True, verified=True)
    give_passkey(malee)
    page = browse(js=js, viewport={"width": 360, "height": 740})
    page.goto("/accounts/login/")
    page.get_by_label("อีเมลหรือชื่อผู้ใช้").fill(malee.handle)
    page.get_by_label("รหัสผ่าน", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    passkey = page.get_by_role("button", name="ใช้พาสคีย์")
    expect(passkey).to_be_visible() if js else expect(passkey).to_be_hidden()
    page.get_by_role("link", name="เครื่องหาย ทำอย่างไร").click()
    page.get_by_label("ผู้ดูแลเว็บจะรู้ได้อย่างไรว่าเป็นท่าน").fill("ถามนงค์ที่ อสม. น้ำว้าได้")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_text("ขอไว้เมื่อ")).to_be_visible()
    assert LostDevice.objects.get().member == malee
