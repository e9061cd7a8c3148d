"""Whatever a notice can name can be taken down from the desk, and what it said is sealed."""

import pytest

from forums.ledger.actions import open_ledger
from forums.moderation.queue.actions import answer_case
from forums.moderation.queue.models import Case
from forums.moderation.takedown.actions import CASE, give_notice
from forums.moderation.takedown.models import SealedCopy
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.reading.messages.actions import begin, send
from forums.reading.messages.models import MessageReport
from tests.groups.organisations.make import make_organisation
from tests.ledger.make import make_line
from tests.make import make_network, make_topic
from tests.security.world import png

WHY = "บอกที่อยู่ของคนอื่น"


def taken_down(moderator, address: str, reader=None) -> SealedCopy:
    """What is sealed when a notice about this address was found right."""
    give_notice(
        notifier="person",
        name="ทองดี",
        email="thongdi@example.org",
        address=address,
        harm="personal",
        words="บอกที่อยู่ของข้าพเจ้า",
        reader=reader,
    )
    case = Case.objects.get(kind=CASE)
    decision = answer_case(moderator=moderator, case=case, answer="remove", grounds=WHY)
    copy = SealedCopy.objects.get()
    assert copy.notice.decision == decision
    return copy


@pytest.fixture
def network(malee):
    made = make_network("คนรักคลองบางซื่อ", malee)
    open_ledger(keeper=malee, network=made)
    return made


def test_a_picture(malee, moderator):
    picture = save_picture(uploader=malee, file=png(), alt="บ้านของทองดี")
    make_topic(malee, body=f"ดูรูป\n\n{markdown(picture)}")
    copy = taken_down(moderator, f"{picture.address}/{picture.sizes[0]}.webp")
    assert (copy.body, copy.author) == ("บ้านของทองดี", malee)
    picture.refresh_from_db()
    assert picture.hidden_at is not None


def test_a_line_of_a_ledger(malee, network, moderator):
    line = make_line(network, malee, source="นายทองดี ซอยหลังวัด")
    copy = taken_down(moderator, f"{network.get_absolute_url()}money/history/?line={line.pk}")
    assert "นายทองดี ซอยหลังวัด" in copy.body
    assert "1234.50" in copy.body
    line.refresh_from_db()
    assert line.hidden_at is not None


def test_a_private_message_by_who_got_it(malee, somchai, moderator):
    malee.trust_level = 1
    there = begin(writer=malee, people=[somchai], body="คำแรก").conversation
    message = send(writer=malee, conversation=there, body="ทองดีอยู่ซอยหลังวัด")
    copy = taken_down(moderator, f"/messages/{there.pk}/#m{message.pk}", somchai)
    assert (copy.body, copy.author) == ("ทองดีอยู่ซอยหลังวัด", malee)
    assert MessageReport.objects.get().message == message
    message.refresh_from_db()
    assert message.hidden_at is not None


def test_an_organisation(malee, moderator):
    organisation = make_organisation("มูลนิธิคลองใส", coordinator=malee, about="ดูแลคลอง")
    copy = taken_down(moderator, organisation.get_absolute_url())
    assert (copy.title, copy.author) == ("มูลนิธิคลองใส", None)
    assert "ดูแลคลอง" in copy.body
    organisation.refresh_from_db()
    assert organisation.hidden_at is not None


def test_a_members_page(malee, moderator):
    type(malee).objects.filter(pk=malee.pk).update(bio="ทองดีอยู่ซอยหลังวัด")
    copy = taken_down(moderator, malee.get_absolute_url())
    assert "ทองดีอยู่ซอยหลังวัด" in copy.body
    malee.refresh_from_db()
    assert malee.bio == ""
