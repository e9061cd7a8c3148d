"""Pictures are kept whole or not at all, in their sizes."""

import errno
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from forums.base import picture_taking
from forums.base.errors import (
    BadPicture,
    NoRoom,
    NotAllowed,
    PicturesTooFast,
    TooManyPictures,
)
from forums.base.picture_taking import encoded
from forums.pictures import actions
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown, picture_paths
from forums.pictures.models import Attachment
from roypalang import pictures as roypalang_pictures
from tests.make import make_member
from tests.pictures.files import kept, picture_file

pytestmark = pytest.mark.django_db


def test_a_picture_is_kept_in_its_sizes(malee, settings):
    picture = save_picture(
        uploader=malee, file=picture_file(1200, 600), alt=" ตลาด\u200b\n เช้า ", caption="วันพระ"
    )
    assert (picture.width, picture.height, picture.sizes) == (1200, 600, (480, 960, 1200))
    assert (picture.alt, picture.caption) == ("ตลาด เช้า", "วันพระ")
    files = kept()
    assert {path.name for path in files} == {"480.webp", "960.webp", "1200.webp"}
    assert sum(path.stat().st_size for path in files) == picture.bytes
    there = sorted(path.relative_to(settings.MEDIA_ROOT).as_posix() for path in files)
    assert there == sorted(picture_paths(picture))
    assert Attachment.objects.get() == picture


def test_the_markdown_of_a_picture_cannot_be_broken_out_of(malee):
    from forums.pictures.bodies import rendered

    said = 'a](x) ![b] <b> "c" \\ `d` *e*'
    picture = save_picture(uploader=malee, file=picture_file(), alt=said, caption=said)
    made = rendered(markdown(picture), reader=malee)
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
    def broken(_picture, _looked):
        raise RuntimeError

    monkeypatch.setattr(actions, "_insert", broken)
    with pytest.raises(RuntimeError):
        save_picture(uploader=malee, file=picture_file())
    assert not kept()


def test_a_suspended_member_sends_no_picture(malee):
    malee.is_active = False
    with pytest.raises(NotAllowed):
        save_picture(uploader=malee, file=picture_file())


def test_pictures_have_a_pace_and_broken_ones_count(malee, moderator, settings):
    settings.FORUMS_PACE = settings.FORUMS_PACE | {"pictures": [(2, 60)]}
    for sender in (malee, moderator):
        with pytest.raises(BadPicture):
            save_picture(uploader=sender, file=SimpleUploadedFile("a.png", b"PK\x03\x04"))
        save_picture(uploader=sender, file=picture_file())
        with pytest.raises(PicturesTooFast) as refusal:
            save_picture(uploader=sender, file=picture_file())
        assert 0 < refusal.value.wait <= 61
        assert "รอ 1 นาที" in str(refusal.value.message)


def test_a_second_picture_of_hers_waits_for_no_turn_and_of_others_one_does(malee, somchai):
    with ThreadPoolExecutor(1) as threads:
        with roypalang_pictures._turn:
            first = threads.submit(encoded, picture_file(), **_portrait(malee))
            while malee.pk not in picture_taking._at_work:
                time.sleep(0.01)
            with pytest.raises(TooManyPictures):
                encoded(picture_file(), **_portrait(malee))
            assert roypalang_pictures._places.acquire(blocking=False)  # another at work; she waits
            try:
                with pytest.raises(TooManyPictures):
                    encoded(picture_file(), **_portrait(somchai))
            finally:
                roypalang_pictures._places.release()
        assert first.result().width


def _portrait(member) -> dict:
    return {"member": member, "pace": "none", "widths": (96,)}


@pytest.mark.django_db(transaction=True)
def test_pictures_sent_at_once_do_not_slip_past_the_pace(settings):
    settings.FORUMS_PACE = settings.FORUMS_PACE | {"pictures": [(2, 60)]}
    member = make_member()
    refused = []

    def send():
        try:
            save_picture(uploader=member, file=picture_file())
        except (PicturesTooFast, TooManyPictures):
            refused.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = Attachment.objects.count()
    assert 1 <= stored <= 2
    assert (len(refused), len(kept())) == (5 - stored, 2 * stored)
