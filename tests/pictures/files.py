"""Files of pictures: to send, and those that were kept."""

import io
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image


def picture_file(width: int = 600, height: int = 300, kind: str = "PNG", name: str = "a.png"):
    file = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(file, kind)
    return SimpleUploadedFile(name, file.getvalue())


def kept() -> list[Path]:
    """Every file under MEDIA_ROOT/pictures, of this test."""
    return [path for path in Path(settings.MEDIA_ROOT, "pictures").rglob("*") if path.is_file()]


def send(client: Client, file=None, *, json=True, **fields):
    if file is not None:
        fields["picture"] = file
    headers = {"Accept": "application/json" if json else "text/html"}
    return client.post("/upload/", fields, headers=headers)
