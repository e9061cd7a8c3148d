"""Pictures of posts: taken in by the door, kept whole or not at all, shown to who may read the post."""

import errno
import io
import json
import os
import tarfile
import threading
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from forums.base.errors import BadPicture, NotAllowed, TooFast
from forums.discussions.boards.models import Access, Board
from forums.moderation.actions import hide_post
from forums.pictures import storage
from forums.pictures.models import Attachment
from forums.pictures.storage import NoRoom, folder, markdown, save_picture
from tests.make import make_board, make_member, make_post, make_topic
from tests.needs import needs_shared

pytestmark = pytest.mark.django_db


def picture_file(width: int = 600, height: int = 300, kind: str = "PNG", name: str = "a.png"):
    file = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(file, kind)
    return SimpleUploadedFile(name, file.getvalue())


def kept() -> list[Path]:
    """Every file under MEDIA_ROOT/pictures, of this test."""
    return [path for path in folder(uuid.uuid4()).parents[1].rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


# -- save_picture -------------------------------------------------------------------------------


def test_a_picture_is_kept_in_its_sizes(malee):
    picture = save_picture(
        uploader=malee, file=picture_file(1200, 600), alt=" ตลาด\u200b\n เช้า ", caption="วันพระ"
    )
    assert (picture.width, picture.height, picture.sizes) == (1200, 600, (480, 960, 1200))
    assert (picture.alt, picture.caption) == ("ตลาด เช้า", "วันพระ")
    files = kept()
    assert {path.name for path in files} == {"480.webp", "960.webp", "1200.webp"}
    assert sum(path.stat().st_size for path in files) == picture.bytes
    assert files[0].parent == folder(picture.pk)
    assert Attachment.objects.get() == picture


def test_the_markdown_of_a_picture_cannot_be_broken_out_of(malee):
    from forums.pictures.bodies import rendered

    said = 'a](x) ![b] <b> "c" \\ `d` *e*'
    picture = save_picture(uploader=malee, file=picture_file(), alt=said, caption=said)
    made = rendered(markdown(picture))
    assert made.picture_ids == (str(picture.pk),)
    assert made.html.count("<img") == 1
    assert '<figcaption>a](x) ![b] &lt;b&gt; "c" \\ `d` *e*</figcaption>' in made.html
    assert 'alt="a](x) ![b] &lt;b&gt; &quot;c&quot; \\ `d` *e*"' in made.html


def test_what_is_no_picture_leaves_nothing_behind(malee):
    with pytest.raises(BadPicture):
        save_picture(uploader=malee, file=SimpleUploadedFile("a.jpg", b"PK\x03\x04"))
    assert not kept()
    assert not Attachment.objects.exists()


def test_a_full_disk_leaves_no_row_and_no_file(malee, monkeypatch):
    calls = iter([None, OSError(errno.ENOSPC, "No space left on device")])

    def full(_fd):
        if error := next(calls):
            raise error

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom) as refusal:
        save_picture(uploader=malee, file=picture_file())
    assert refusal.value.status == 507
    assert not kept()
    assert not Attachment.objects.exists()


def test_a_row_that_cannot_be_written_takes_its_files_with_it(malee, monkeypatch):
    def broken(_picture):
        raise RuntimeError

    monkeypatch.setattr(storage, "_insert", broken)
    with pytest.raises(RuntimeError):
        save_picture(uploader=malee, file=picture_file())
    assert not kept()


def test_a_suspended_member_sends_no_picture(malee):
    malee.is_active = False
    with pytest.raises(NotAllowed):
        save_picture(uploader=malee, file=picture_file())


def test_pictures_have_a_pace_and_moderators_are_not_held(malee, moderator, settings):
    settings.FORUMS_PACE = settings.FORUMS_PACE | {"pictures": [(2, 60)]}
    for _ in range(2):
        save_picture(uploader=malee, file=picture_file())
    with pytest.raises(TooFast) as refusal:
        save_picture(uploader=malee, file=picture_file())
    assert 0 < refusal.value.wait <= 61
    assert len(kept()) == 4
    for _ in range(3):
        save_picture(uploader=moderator, file=picture_file())


@pytest.mark.django_db(transaction=True)
def test_pictures_sent_at_once_do_not_slip_past_the_pace(settings):
    settings.FORUMS_PACE = settings.FORUMS_PACE | {"pictures": [(2, 60)]}
    member = make_member()
    refused = []

    def send():
        try:
            save_picture(uploader=member, file=picture_file())
        except TooFast:
            refused.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Attachment.objects.count(), len(refused), len(kept())) == (2, 3, 4)


# -- the door in --------------------------------------------------------------------------------


def send(client: Client, file=None, *, json=True, **fields):
    if file is not None:
        fields["picture"] = file
    headers = {"Accept": "application/json" if json else "text/html"}
    return client.post("/upload/", fields, headers=headers)


def test_scripts_are_told_how_a_text_shows_the_picture(as_, malee):
    response = send(as_(malee), picture_file(), alt="ตลาด", caption='คำว่า "ตลาด"')
    picture = Attachment.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": str(picture.pk),
        "address": f"/pictures/{picture.pk}",
        "markdown": f'![ตลาด](/pictures/{picture.pk} "คำว่า \\"ตลาด\\"")',
        "width": 600,
        "height": 300,
        "url": f"/pictures/{picture.pk}/600.webp",
    }


def test_a_plain_form_gets_a_page_with_the_line_to_copy(as_, malee):
    response = send(as_(malee), picture_file(), json=False, alt="ตลาด")
    assert response.status_code == 201
    assert f"![ตลาด](/pictures/{Attachment.objects.get().pk})" in response.text


def test_a_visitor_sends_nothing(as_):
    response = send(as_(None), picture_file())
    assert response.status_code == 403
    assert response.json()["error"]
    assert not kept()


@pytest.mark.parametrize(
    ("file", "status"),
    [
        (None, 400),
        (SimpleUploadedFile("a.jpg", b""), 400),
        (SimpleUploadedFile("a.jpg", b"PK\x03\x04" + b"\0" * 500), 400),
        (SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), 400),
        (SimpleUploadedFile("a.png", b"\0" * 13_000_000), 413),
        (SimpleUploadedFile("a.png", b"\0" * 20_000_000), 413),
    ],
    ids=["nothing", "empty", "zip", "svg", "13 MB", "20 MB"],
)
def test_a_bad_file_gets_a_thai_sentence_and_the_right_status(as_, malee, file, status):
    for json_wanted in (True, False):
        if file:
            file.seek(0)
        response = send(as_(malee), file, json=json_wanted)
        assert response.status_code == status
        said = response.json()["error"] if json_wanted else response.text
        assert any("ก" <= letter <= "๙" for letter in said)
    assert not kept()


def test_a_full_disk_is_said_and_posting_still_works(as_, malee, monkeypatch):
    def full(_fd):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    response = send(as_(malee), picture_file())
    assert response.status_code == 507
    topic = make_topic()
    sent = as_(malee).post(f"/t/{topic.pk}/reply/", {"body": "ไม่มีรูปก็ได้"})
    assert sent.status_code == 302


def test_too_many_pictures_say_when_to_come_back(as_, malee, settings):
    settings.FORUMS_PACE = settings.FORUMS_PACE | {"pictures": [(1, 60)]}
    client = as_(malee)
    assert send(client, picture_file()).status_code == 201
    response = send(client, picture_file())
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 61


def test_without_scripts_a_picture_joins_the_text_being_written(as_, malee):
    topic = make_topic()
    response = as_(malee).post(
        f"/t/{topic.pk}/reply/",
        {"body": "ดูรูปนี้", "attach": "1", "alt": "ตลาด", "picture": picture_file()},
    )
    picture = Attachment.objects.get()
    assert response.status_code == 200
    assert f"ดูรูปนี้\n\n![ตลาด](/pictures/{picture.pk})" in response.text
    assert not topic.posts.filter(number=1).exists()


def test_without_scripts_a_missing_picture_keeps_the_text(as_, malee):
    topic = make_topic()
    response = as_(malee).post(f"/t/{topic.pk}/reply/", {"body": "ดูรูปนี้", "attach": "1"})
    assert response.status_code == 400
    assert "ดูรูปนี้" in response.text


# -- the door out -------------------------------------------------------------------------------


def shown_in_a_post(author, board: Board | None = None):
    picture = save_picture(uploader=author, file=picture_file())
    topic = make_topic(board=board)
    post = make_post(topic, author, body=markdown(picture))
    picture.refresh_from_db()
    assert picture.post == post
    return picture, f"/pictures/{picture.pk}/480.webp"


def test_everyone_sees_a_picture_of_an_open_board(as_, malee):
    picture, address = shown_in_a_post(malee)
    for reader in (None, make_member()):
        response = as_(reader).get(address, headers={"Accept-Encoding": "gzip, br"})
        assert response.status_code == 200
        data = b"".join(response)
        assert Image.open(io.BytesIO(data)).size == (480, 240)
        assert response["Content-Type"] == "image/webp"
        assert int(response["Content-Length"]) == len(data)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cache-Control"] == "public, max-age=3600"
        assert "Content-Encoding" not in response
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


def test_the_address_in_a_text_leads_to_the_largest_size(as_, malee):
    picture, _address = shown_in_a_post(malee)
    response = as_(None).get(f"/pictures/{picture.pk}")
    assert response.status_code == 302
    assert response["Location"] == f"/pictures/{picture.pk}/600.webp"
    assert as_(None).get(response["Location"]).status_code == 200


@pytest.mark.parametrize("size", ["0", "481", "960", "99999999999999999999"])
def test_only_the_sizes_there_are_are_served(as_, malee, size):
    picture, _address = shown_in_a_post(malee)
    assert as_(None).get(f"/pictures/{picture.pk}/{size}.webp").status_code == 404


def test_a_picture_in_no_post_is_its_uploaders_alone(as_, malee, somchai):
    picture = save_picture(uploader=malee, file=picture_file())
    address = f"/pictures/{picture.pk}/480.webp"
    assert as_(None).get(address).status_code == 404
    assert as_(somchai).get(address).status_code == 404
    response = as_(malee).get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert as_(somchai).get(f"/pictures/{picture.pk}").status_code == 404


def test_a_members_board_shows_its_pictures_to_members_until_they_leave(as_, malee, somchai):
    board = make_board(read=Access.LEVEL_1)
    for member in (malee, somchai):
        member.trust_level = 1
        member.save()
    _picture, address = shown_in_a_post(malee, board)
    client = as_(somchai)
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-cache"
    same = {"If-None-Match": response["ETag"]}
    assert client.get(address, headers=same).status_code == 304
    assert as_(None).get(address, headers=same).status_code == 404
    somchai.trust_level = 0
    somchai.save()
    assert client.get(address, headers=same).status_code == 404


def test_a_hidden_posts_picture_is_gone_at_once(as_, malee, somchai, moderator):
    picture, address = shown_in_a_post(malee)
    hide_post(moderator=moderator, post=picture.post, reason="ทดสอบ")
    assert as_(None).get(address).status_code == 404
    assert as_(somchai).get(address).status_code == 404
    assert as_(moderator).get(address).status_code == 200


def test_a_picture_costs_a_visitor_one_query(as_, malee, django_assert_num_queries):
    _picture, address = shown_in_a_post(malee)
    client = as_(None)
    with django_assert_num_queries(1):
        client.get(address)


def test_a_web_server_in_front_can_send_the_file(as_, malee, settings):
    settings.MEDIA_ACCEL = "/protected"
    picture, address = shown_in_a_post(malee)
    response = as_(None).get(address)
    where = f"/protected/pictures/{str(picture.pk)[:2]}/{picture.pk}/480.webp"
    assert response["X-Accel-Redirect"] == where
    assert not response.content


def test_a_lost_file_is_a_404(as_, malee):
    _picture, address = shown_in_a_post(malee)
    for path in kept():
        path.unlink()
    assert as_(None).get(address).status_code == 404


# -- preview, hints, sent -----------------------------------------------------------------------


def test_a_preview_shows_the_text_with_the_writers_pictures(as_, malee):
    picture = save_picture(uploader=malee, file=picture_file())
    body = f"**หนา**\n\n{markdown(picture)}"
    part = as_(malee).post("/preview/", {"body": body}, headers={"X-Requested-With": "fetch"})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert "<strong>หนา</strong>" in part.text
    assert f"/pictures/{picture.pk}/480.webp" in part.text
    page = as_(malee).post("/preview/", {"body": body})
    assert "<html" in page.text
    assert "<strong>หนา</strong>" in page.text


@pytest.mark.parametrize("body", ["", " \u200b ", "ก" * 32_001])
def test_a_preview_of_nothing_or_too_much_says_so(as_, malee, body):
    for headers in ({}, {"X-Requested-With": "fetch"}):
        response = as_(malee).post("/preview/", {"body": body}, headers=headers)
        assert response.status_code == 400
        assert ("<html" in response.text) == (not headers)


def test_hints_name_what_is_personal(as_, malee):
    ask = {"path": "/preview/?hints=1", "headers": {"X-Requested-With": "fetch"}}
    client = as_(malee)
    assert client.post(**ask, data={"body": "โทร 1669 ได้ตลอด"}).text.strip() == ""
    found = client.post(**ask, data={"body": "โทร 081-234-5678 หรือ a@example.org"}).text
    assert found.count('class="warn"') == 2


def test_a_preview_is_for_members(as_):
    assert as_(None).post("/preview/", {"body": "ก"}).status_code == 403


def test_a_draft_learns_that_its_text_has_arrived(as_, malee, somchai):
    submission = uuid.uuid4()
    topic = make_topic()
    address = f"/sent/?submission={submission}"
    assert as_(malee).get(address).json() == {"sent": False}
    as_(malee).post(f"/t/{topic.pk}/reply/", {"body": "ส่งแล้ว", "submission": str(submission)})
    assert as_(malee).get(address).json() == {"sent": True}
    assert as_(somchai).get(address).json() == {"sent": False}
    assert as_(None).get(address).json() == {"sent": False}
    assert as_(malee).get("/sent/?submission=x").json() == {"sent": False}


# -- pictures others have made to break programs -------------------------------------------------


# Every second of them in everyday tests; all with ROYPALANG_FULL=1.
EACH = 1 if os.environ.get("ROYPALANG_FULL") == "1" else 2


@pytest.mark.parametrize("part", range(6))
def test_hostile_pictures_break_nothing_and_leave_nothing_of_themselves(as_, moderator, part):
    """Each is sent and, if taken, fetched: no 5xx, under 2 s of CPU, no 64 bytes in a row of the original."""
    archive = needs_shared("data", "security", "images.tar.gz")
    client = as_(moderator)  # no pace
    taken = 0
    with tarfile.open(archive) as files:
        members = [m for m in files.getmembers() if m.isfile() and not m.name.endswith(".jsonl")]
        for member in members[part :: 6 * EACH]:
            extracted = files.extractfile(member)
            assert extracted
            original = extracted.read()
            before = os.times()
            response = send(client, SimpleUploadedFile("picture.jpg", original))
            after = os.times()
            cpu = sum(after[:4]) - sum(before[:4])
            assert response.status_code in {201, 400, 413}, member.name
            assert cpu < 2, (member.name, cpu)
            answer = json.loads(response.content)
            if response.status_code != 201:
                assert answer["error"]
                continue
            taken += 1
            for size in Attachment.objects.get(pk=answer["id"]).sizes:
                served = b"".join(client.get(f"{answer['address']}/{size}.webp"))
                assert not shares_a_run(original, served), member.name
                assert not Image.open(io.BytesIO(served)).getexif(), member.name
    assert taken > 10


def shares_a_run(original: bytes, served: bytes) -> bool:
    """Whether some 64 bytes of the original stand in what is served.

    Any such run holds one of the original's aligned blocks of 32; blocks of hardly any different
    bytes (long zeros) say nothing.
    """
    blocks = {original[i : i + 32] for i in range(0, len(original) - 31, 32)}
    telling = {block for block in blocks if len(set(block)) > 4}
    return any(served[i : i + 32] in telling for i in range(len(served) - 31))


def test_twelve_megapixels_take_a_moment_and_not_more(malee):
    file = io.BytesIO()
    Image.effect_noise((4000, 3000), 20).convert("RGB").save(file, "JPEG", quality=85)
    start = os.times()
    picture = save_picture(uploader=malee, file=SimpleUploadedFile("a.jpg", file.getvalue()))
    assert sum(os.times()[2:4]) - sum(start[2:4]) < 3
    assert (picture.width, picture.height) == (1600, 1200)
