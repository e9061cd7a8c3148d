"""What programs ask for."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone


def test_whoever_found_a_hole_is_told_where_to_tell_it(client, settings):
    settings.SITE_URL, settings.CONTACT_EMAIL = "https://roypalang.example", "us@roypalang.example"
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = [line.split(": ", 1) for line in answer.content.decode().splitlines()]
    assert [value for name, value in fields if name == "Contact"] == [
        "mailto:us@roypalang.example",
        "https://roypalang.example/contact/",
    ]
    expires = datetime.fromisoformat(dict(fields)["Expires"])
    assert timedelta(days=100) < expires - timezone.now() < timedelta(days=365)
    assert dict(fields)["Canonical"] == "https://roypalang.example/.well-known/security.txt"


def test_no_page_may_use_camera_microphone_or_place(client, db):
    said = client.get("/accounts/login/")["Permissions-Policy"]
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(said.split(", "))
    assert "publickey" not in said  # passkeys


def test_a_telephone_keeps_the_site_among_its_apps(client, db):
    said = client.get("/manifest.webmanifest").json()
    assert {said["name"], said["short_name"]} == {"ร้อยพลัง"}
    assert (said["id"], said["start_url"], said["scope"], said["display"]) == (
        "/",
        "/",
        "/",
        "standalone",
    )
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    assert (
        said["color_scheme_dark"]["theme_color"]
        in (settings.BASE_DIR / "templates/base.html").read_text()
    )
    for shortcut in said["shortcuts"]:
        assert client.get(shortcut["url"]).status_code in (200, 302)
