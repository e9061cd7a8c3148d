"""The QR code of a link says the link: read back by a decoder that is not ours."""

import re

import pytest
import zxingcpp
from django.template.loader import render_to_string
from PIL import Image, ImageDraw

from forums.groups.invitations.models import new_token
from forums.groups.invitations.qr import QUIET, QrCode, qr_code

MODULE = 4  # pixels
ONLY_QR = zxingcpp.BarcodeFormat.QRCode  # else chance finds a code of stripes in it, now and then


def drawn(code: QrCode) -> Image.Image:
    """The code as a browser draws the path: each step a line one module thick."""
    picture = Image.new("L", (code.size * MODULE, code.size * MODULE), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, steps in re.findall(r"M(\d+) (\d+)\.5([^M]*)", code.path):
        at = int(x)
        for kind, length in re.findall(r"([hm])(\d+)", steps):
            if kind == "h":
                pen.rectangle(
                    (
                        at * MODULE,
                        int(y) * MODULE,
                        (at + int(length)) * MODULE - 1,
                        int(y) * MODULE + MODULE - 1,
                    ),
                    fill=0,
                )
            at += int(length)
    return picture


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture, ONLY_QR)]


@pytest.mark.parametrize(
    "site", ["http://127.0.0.1:8000", "https://roypalang.example", f"https://{'ab' * 100}.example"]
)
def test_what_is_read_is_the_link(site):
    for _each in range(20):
        link = f"{site}/join/{new_token()}/"
        assert read(drawn(qr_code(link))) == [link]


def test_a_soiled_code_is_read_too():
    link = f"https://roypalang.example/join/{new_token()}/"
    picture = drawn(qr_code(link))
    middle = picture.width // 2
    ImageDraw.Draw(picture).ellipse((middle - 15, middle - 15, middle + 15, middle + 15), fill=0)
    assert read(picture) == [link]


def test_it_is_small_and_has_white_around_it():
    code = qr_code(f"https://roypalang.example/join/{new_token()}/")
    assert len(code.path) < 2500
    border = drawn(code).crop((0, 0, code.size * MODULE, QUIET * MODULE))
    assert border.getextrema() == (255, 255)


def test_no_style_stands_in_it():
    """The Content-Security-Policy would leave it out."""
    svg = render_to_string("memberships/_qr.html", {"code": qr_code("https://roypalang.example/")})
    assert "style" not in svg
