"""A picture in a text, a line of a ledger and a private message, each with whose it is."""

import pytest

from forums.ledger.actions import open_ledger
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.reading.messages.actions import begin, send
from tests.ledger.make import make_line
from tests.make import make_post, make_topic
from tests.security.world import png

WHY = "เป็นเอกสารของคนอื่น"


@pytest.fixture
def picture(malee):
    return save_picture(uploader=malee, file=png(), alt="บัตรของเพื่อนบ้าน")


@pytest.fixture
def post(picture, malee, somchai):
    return make_post(make_topic(somchai), malee, body=f"ดูรูปนี้\n\n{markdown(picture)}")


@pytest.fixture
def line(network, malee):
    open_ledger(keeper=malee, network=network)
    make_line(network, malee, purpose="ค่าเรือ")
    return make_line(network, malee, source="นายทองดี ซอยหลังวัด", purpose="ค่าน้ำมัน")


@pytest.fixture
def message(malee, somchai):
    """Malee wrote it to Somchai."""
    malee.trust_level = 1
    there = begin(writer=malee, people=[somchai], body="คำแรก").conversation
    return send(writer=malee, conversation=there, body="คำร้าย")
