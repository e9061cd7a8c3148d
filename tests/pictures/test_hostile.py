"""Pictures others have made to break programs."""

import io
import json
import os
import tarfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from forums.pictures.actions import save_picture
from forums.pictures.models import Attachment
from tests.needs import needs_shared
from tests.pictures.files import send

pytestmark = pytest.mark.django_db


# Every second of them in everyday tests; all with ROYPALANG_FULL=1.


EACH = 1 if os.environ.get("ROYPALANG_FULL") == "1" else 2


@pytest.mark.parametrize("part", range(6))
def test_hostile_pictures_break_nothing_and_leave_nothing_of_themselves(
    as_, moderator, part, settings
):
    """Each is sent and, if taken, fetched: no 5xx, under 2 s of CPU, no 64 bytes in a row of the original."""
    archive = needs_shared("data", "security", "images.tar.gz")
    settings.FORUMS_PACE = {}
    client = as_(moderator)
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
