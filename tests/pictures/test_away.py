"""The storage of pictures does not answer: texts go on, and a picture is refused in words with all that was typed."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command

from forums.pictures import actions
from forums.pictures.actions import save_picture
from forums.pictures.models import Attachment
from roypalang.picture_store import PictureFolder
from tests.drills.cluster import free_port
from tests.make import make_post, make_topic
from tests.pictures.files import picture_file, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(settings):
    """A bucket at an address where nobody listens."""
    pytest.importorskip("obstore")
    settings.MEDIA_BUCKET = f"http://key:secret@127.0.0.1:{free_port()}/pictures"


@pytest.fixture
def shown(malee):
    picture = save_picture(uploader=malee, file=picture_file(), alt="ตลาด")
    picture.post = make_post(make_topic(malee), malee)
    picture.save()
    return picture


def test_scripts_are_told_that_it_may_be_sent_again(as_, malee, away):
    answer = send(as_(malee), picture_file())
    assert answer.status_code == 503
    assert "ติดต่อที่เก็บรูปไม่ได้" in answer.json()["error"]
    assert not Attachment.objects.exists()


def test_without_scripts_the_text_stands_in_the_form_again(as_, malee, away):
    topic = make_topic()
    typed = {"body": "เขียนไว้ยาวมาก", "attach": "1", "alt": "ตลาดเช้า", "picture": picture_file()}
    answer = as_(malee).post(f"/t/{topic.pk}/reply/", typed)
    assert answer.status_code == 503
    for words in ("เขียนไว้ยาวมาก", "ตลาดเช้า", "ติดต่อที่เก็บรูปไม่ได้"):
        assert words in answer.text
    sent = as_(malee).post(f"/t/{topic.pk}/reply/", {"body": "เขียนไว้ยาวมาก", "send": "1"})
    assert sent.status_code == 302  # the text without it


def test_a_portrait_is_refused_and_the_words_beside_it_come_back(as_, malee, away):
    typed = {"display_name": "มาลี", "bio": "เขียนไว้ยาวมาก", "picture": picture_file()}
    answer = as_(malee).post("/settings/profile/", typed)
    assert answer.status_code == 503
    assert "เขียนไว้ยาวมาก" in answer.text
    assert "ติดต่อที่เก็บรูปไม่ได้" in answer.text


def test_a_page_is_shown_and_its_picture_may_be_asked_for_again(as_, shown, request):
    client, address = as_(None), f"/pictures/{shown.pk}/480.webp"
    kept = client.get(address)["ETag"]
    request.getfixturevalue("away")
    assert client.get(shown.post.topic.get_absolute_url()).status_code == 200
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Cache-Control"] == "no-store"
    assert client.get(address, headers={"If-None-Match": kept}).status_code == 304


def test_what_is_deleted_meanwhile_is_shown_to_nobody_and_swept_later(
    as_, shown, settings, away, caplog, django_capture_on_commit_callbacks, capsys, monkeypatch
):
    bucket, settings.MEDIA_BUCKET = settings.MEDIA_BUCKET, ""
    kept = dict(PictureFolder(settings.MEDIA_ROOT).walk())
    settings.MEDIA_BUCKET = bucket
    with django_capture_on_commit_callbacks(execute=True):
        actions.drop([shown.pk])
    assert "manage.py pictures --sweep" in caplog.text
    settings.MEDIA_BUCKET = ""
    assert dict(PictureFolder(settings.MEDIA_ROOT).walk()) == kept
    assert as_(None).get(f"/pictures/{shown.pk}/480.webp").status_code == 404
    monkeypatch.setattr("forums.management.picture_care.YOUNG", timedelta(0))
    call_command("pictures", "--sweep")
    assert re.search(r"^2 files .*; 2 no row speaks of, deleted", capsys.readouterr().out)
    assert list(PictureFolder(settings.MEDIA_ROOT).walk()) == []
