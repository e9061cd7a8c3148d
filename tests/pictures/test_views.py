"""Pictures go in by a door and come out to who may read their post; texts are previewed."""

import errno
import io
import os
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from forums.discussions.boards.models import Access, Board
from forums.moderation.actions import hide_post
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.pictures.models import Attachment
from roypalang.pictures import ACCEPT
from tests.make import make_board, make_member, make_post, make_topic
from tests.pictures.files import kept, picture_file, send

pytestmark = pytest.mark.django_db


# -- the door in --------------------------------------------------------------------------------


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
        "small": f"/pictures/{picture.pk}/480.webp",
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


def test_without_scripts_a_picture_chosen_but_not_inserted_is_asked_for_not_lost(as_, malee):
    topic = make_topic()
    fields = {"body": "ดูรูปนี้", "send": "1", "alt": "ตลาด"}
    response = as_(malee).post(f"/t/{topic.pk}/reply/", {**fields, "picture": picture_file()})
    picture = Attachment.objects.get()
    assert response.status_code == 200
    assert f"ดูรูปนี้\n\n![ตลาด](/pictures/{picture.pk})" in response.text
    assert f'src="/pictures/{picture.pk}/480.webp"' in response.text  # the thumbnail
    assert "รูปอยู่ท้ายข้อความแล้ว" in response.text
    assert not topic.posts.filter(number=1).exists()


@pytest.mark.parametrize("name", ["alt", "caption"])
def test_words_of_a_picture_that_are_too_long_come_back_with_the_limit(as_, malee, name):
    topic = make_topic()
    fields = {"body": "ดูรูปนี้", "attach": "1", "alt": "ตลาด", "caption": "เช้า", name: "ก" * 301}
    response = as_(malee).post(f"/t/{topic.pk}/reply/", {**fields, "picture": picture_file()})
    assert response.status_code == 400
    assert ("300" in response.text, "ก" * 301 in response.text) == (True, True)
    assert "ดูรูปนี้" in response.text
    assert not Attachment.objects.exists()
    refused = send(as_(malee), picture_file(), **{name: "ก" * 301})
    assert (refused.status_code, "300" in refused.json()["error"]) == (400, True)


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


# -- what moves ---------------------------------------------------------------------------------


def moving() -> SimpleUploadedFile:
    file = io.BytesIO()
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "blue")]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return SimpleUploadedFile("a.gif", file.getvalue())


def test_who_sends_a_picture_that_moves_is_told_that_it_stands_still(as_, malee):
    client = as_(malee)
    assert "ภาพนิ่ง" in send(client, moving()).json()["note"]
    assert "ภาพนิ่ง" in send(client, moving(), json=False).text
    topic = make_topic()
    sent = {"body": "ดูรูปนี้", "attach": "1", "picture": moving()}
    assert "ที่นี่จะเห็นเป็นภาพนิ่ง" in client.post(f"/t/{topic.pk}/reply/", sent).text
    assert "note" not in send(client, picture_file()).json()


def test_every_form_says_beforehand_what_becomes_of_what_moves_and_offers_every_format(as_, malee):
    board = make_board()
    for address in (f"/t/{make_topic().pk}/reply/", f"/b/{board.slug}/new/", "/settings/profile/"):
        page = as_(malee).get(address, follow=True)
        assert page.status_code == 200, address
        assert f'accept="{ACCEPT}"' in page.text, address
        assert "ภาพเคลื่อนไหวจะเป็นภาพนิ่ง" in page.text, address


def test_a_file_that_cannot_be_read_is_answered_with_what_to_do(as_, malee):
    said = send(as_(malee), SimpleUploadedFile("a.dng", b"II*\0" + b"\1" * 900)).json()["error"]
    assert "ถ่ายหน้าจอ" in said
    said = send(as_(malee), SimpleUploadedFile("a.jpg", b"\0" * 13_000_000)).json()["error"]
    assert "ย่อรูป" in said
