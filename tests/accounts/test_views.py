"""Settings of one's own: who may open them, what a form changes, where it leads back to."""

import errno
import io
import uuid

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from accounts.models import PICTURE_SIZES, Member
from tests.accounts.conftest import PASSWORD


def picture(size: tuple[int, int] = (800, 600), kind: str = "JPEG") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 120, 40)).save(out, kind)
    out.seek(0)
    out.name = "me.jpg"
    return out


# -- Who ----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/settings/", "/settings/profile/"])
def test_settings_are_for_members(client, malee, as_, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.url == f"/accounts/login/?next={path}"
    assert as_(malee).get(path).status_code == 200


@pytest.mark.django_db
def test_the_overview_says_how_things_stand(malee, login, django_assert_max_num_queries):
    client = login(malee)
    body = client.get("/settings/").content.decode()
    assert "malee@example.org" in body
    assert "มาลี คำหล้า · @malee · น่าน" in body
    assert "1 เครื่อง" in body
    with django_assert_max_num_queries(10):
        client.get("/settings/")


# -- Profile ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_profile_is_saved_clean(malee, as_):
    answer = as_(malee).post(
        "/settings/profile/",
        {
            "display_name": "  มาลี \u200b ใจดี ",
            "province": "50",
            "bio": "ทำเรื่องป่า\r\n\r\nกับเพื่อนบ้าน\u202e\r\n\r\n",
            "link1": "example.org/ป่า",
            "link3": "https://example.org/",
            "link4": "https://example.org/",
        },
    )
    assert answer.status_code == 302
    member = Member.objects.get(pk=malee.pk)
    assert member.display_name == "มาลี ใจดี"
    assert member.sort_key.startswith("มาลใจ") or member.sort_key
    assert member.place == "เชียงใหม่"
    assert member.bio == "ทำเรื่องป่า\n\nกับเพื่อนบ้าน"
    assert member.links == ["https://example.org/ป่า", "https://example.org/"]


@pytest.mark.django_db
def test_no_name_means_the_handle(malee, as_):
    as_(malee).post("/settings/profile/", {"display_name": ""})
    assert str(Member.objects.get(pk=malee.pk)) == "malee"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"display_name": "\u200b\u2060"},
        {"display_name": "\u3164"},
        {"display_name": "ก" * 61},
        {"display_name": "a\0b"},
        {"province": "99"},
        {"bio": "ก" * 1001},
        {"link1": "javascript:alert(1)"},
        {"link1": "ftp://example.org/"},
        {"link2": "https://google.com@evil.example/"},
        {"link5": "https://" + "a" * 300 + ".example"},
        {"link1": "//"},
        {"link1": "https://[::1"},
    ],
)
def test_a_bad_profile_is_told_and_what_was_typed_stays(malee, as_, fields):
    typed = {"display_name": "มาลี", "bio": "เรื่องของฉัน"} | fields
    answer = as_(malee).post("/settings/profile/", typed)
    body = answer.content.decode()
    assert answer.status_code == 400
    assert 'class="error"' in body
    if "bio" not in fields:
        assert "เรื่องของฉัน" in body
    assert Member.objects.get(pk=malee.pk).bio == ""


@pytest.mark.django_db
def test_a_profile_changes_what_is_its_own_and_nothing_else(malee, somchai, as_):
    as_(malee).post(
        "/settings/profile/",
        {
            "display_name": "มาลี",
            "bio": "ใหม่",
            "id": somchai.pk,
            "user": somchai.pk,
            "handle": "boss",
            "email": "x@example.org",
            "trust_level": "4",
            "is_staff": "1",
        },
    )
    assert Member.objects.get(pk=somchai.pk).bio == ""
    member = Member.objects.get(pk=malee.pk)
    assert (member.handle, member.email, member.trust_level, member.is_staff) == (
        "malee",
        "malee@example.org",
        0,
        False,
    )


@pytest.mark.django_db
def test_what_a_profile_says_is_text_not_html(malee, as_):
    as_(malee).post(
        "/settings/profile/",
        {
            "display_name": "<img src=x onerror=alert(1)>",
            "bio": "</textarea><script>alert(1)</script>",
        },
    )
    body = as_(malee).get("/settings/profile/").content.decode()
    assert "<img src=x" not in body
    assert "<script>alert" not in body


# -- Picture ------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("size", [(800, 600), (100, 300), (40, 40)])
def test_a_picture_is_stored_square_in_every_size(
    malee, as_, size, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_(malee).post("/settings/profile/", {"picture": picture(size)})
    assert answer.status_code == 302
    shown = Member.objects.get(pk=malee.pk).picture
    for wanted in PICTURE_SIZES:
        served = Client().get(f"/pictures/members/{shown}/{wanted}.webp")
        assert served.status_code == 200
        assert served["Content-Type"] == "image/webp"
        assert served["X-Content-Type-Options"] == "nosniff"
        assert served["Cache-Control"] == "public, max-age=3600"
        assert "Set-Cookie" not in served
        width, height = Image.open(io.BytesIO(served.content)).size
        assert width == height == min(wanted, *size)


@pytest.mark.django_db
def test_a_new_picture_takes_the_place_of_the_old_one(
    malee, as_, django_capture_on_commit_callbacks
):
    client = as_(malee)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/settings/profile/", {"picture": picture()})
        first = Member.objects.get(pk=malee.pk).picture
        client.post("/settings/profile/", {"picture": picture()})
    second = Member.objects.get(pk=malee.pk).picture
    assert first != second
    assert client.get(f"/pictures/members/{first}/72.webp").status_code == 404
    assert not default_storage.exists(f"members/{first}")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/settings/profile/picture/remove/")
    assert Member.objects.get(pk=malee.pk).picture is None
    assert not default_storage.exists(f"members/{second}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 a zip", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\0" * 64]
)
def test_what_is_no_picture_is_told_and_the_rest_is_kept(malee, as_, content):
    file = io.BytesIO(content)
    file.name = "me.jpg"
    answer = as_(malee).post("/settings/profile/", {"picture": file, "bio": "เรื่องของฉัน"})
    assert answer.status_code == 400
    assert "เรื่องของฉัน" in answer.content.decode()
    member = Member.objects.get(pk=malee.pk)
    assert (member.picture, member.bio) == (None, "")


@pytest.mark.django_db
@pytest.mark.parametrize("size", ["73", "0", "99999999999999999999", "-1", "x"])
def test_other_sizes_and_pictures_are_not_there(client, size):
    assert client.get(f"/pictures/members/{uuid.uuid4()}/{size}.webp").status_code == 404
    assert client.get(f"/pictures/members/{uuid.uuid4()}/72.webp").status_code == 404


# -- Colours and letters ------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_visitor_gets_bigger_letters_on_this_device(client):
    answer = client.post(
        "/settings/display/", {"theme": "dark", "text_size": "larger", "next": "/?page=2"}
    )
    assert (answer.status_code, answer.url) == (302, "/?page=2")
    cookie = answer.cookies["display"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("dark.larger", True, "Lax")
    body = client.get("/settings/display/").content.decode()
    assert 'data-theme="dark" data-text="larger"' in body
    client.post("/settings/display/", {"theme": "", "text_size": ""})
    assert 'data-theme="" data-text=""' in client.get("/settings/display/").content.decode()


@pytest.mark.django_db
def test_a_member_gets_them_on_every_device(malee, as_):
    as_(malee).post("/settings/display/", {"theme": "light", "text_size": "large"})
    member = Member.objects.get(pk=malee.pk)
    assert (member.theme, member.text_size) == ("light", "large")
    assert 'data-theme="light" data-text="large"' in as_(malee).get("/settings/").content.decode()


@pytest.mark.django_db
def test_what_a_visitor_chose_stays_when_she_comes_in(client, malee):
    client.post("/settings/display/", {"theme": "", "text_size": "larger"})
    client.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
    assert 'data-text="larger"' in client.get("/settings/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    ["", ".", "pink.huge", '"><script>alert(1)</script>.large', "dark" * 500, "dark.large.x"],
)
def test_a_cookie_by_hand_puts_nothing_on_the_page(client, value):
    client.cookies["display"] = value
    body = client.get("/settings/display/").content.decode()
    assert 'data-theme="" ' in body or 'data-theme="dark"' in body
    assert "alert(1)" not in body
    assert "huge" not in body


@pytest.mark.django_db
def test_choices_by_hand_are_refused(client):
    assert client.post("/settings/display/", {"theme": "pink"}).status_code == 400


# -- Sessions -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_device_is_listed_and_can_be_signed_out(malee, login):
    android = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
    here = login(malee)
    there = login(malee, headers={"user-agent": android})
    body = here.get("/accounts/sessions/").content.decode()
    assert "Chrome บน Android" in body
    assert "เครื่องนี้" in body
    session = there.get("/settings/").wsgi_request.session.session_key
    number = malee.usersession_set.get(session_key=session).pk
    assert here.get(f"/accounts/sessions/{number}/end/").status_code == 405
    answer = here.post(f"/accounts/sessions/{number}/end/")
    assert answer.url == "/accounts/sessions/"
    assert there.get("/settings/").status_code == 302
    assert here.get("/settings/").status_code == 200


@pytest.mark.django_db
def test_anothers_session_is_not_found(malee, somchai, login):
    other = login(somchai)
    number = somchai.usersession_set.get().pk
    assert login(malee).post(f"/accounts/sessions/{number}/end/").status_code == 404
    assert other.get("/settings/").status_code == 200


@pytest.mark.django_db
def test_every_other_session_ends_at_once(malee, login):
    here, one, two = login(malee), login(malee), login(malee)
    here.post("/accounts/sessions/")
    assert [c.get("/settings/").status_code for c in (here, one, two)] == [200, 302, 302]


@pytest.mark.django_db
def test_the_language_is_chosen_and_thai_is_what_everyone_starts_with(client):
    assert '<html lang="th"' in client.get("/", headers={"Accept-Language": "en"}).content.decode()
    client.post("/settings/display/", {"theme": "", "text_size": "", "language": "en"})
    page = client.get("/").content.decode()
    assert '<html lang="en"' in page
    assert "Sign up" in page
    client.post("/settings/display/", {"theme": "", "text_size": "", "language": "th"})
    assert '<html lang="th"' in client.get("/").content.decode()


@pytest.mark.django_db
def test_a_full_disk_keeps_the_picture_out_and_the_words_on_the_page(as_, malee, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("roypalang.picture_store.PictureFolder.put", full)
    sent = {"display_name": "มาลี", "bio": "เขียนไว้ยาวมาก", "picture": picture()}
    answer = as_(malee).post("/settings/profile/", sent)
    page = answer.content.decode()
    assert answer.status_code == 507
    assert "ไม่มีที่เก็บ" in page or "เก็บรูปไม่ได้" in page
    assert "เขียนไว้ยาวมาก" in page
    assert Member.objects.get(pk=malee.pk).picture is None
