"""Pictures, lines of a ledger and private messages as things to report."""

import pytest

from forums.ledger.actions import open_ledger
from forums.moderation.reports.actions import report, take_back
from forums.moderation.reports.things import pictures_in
from forums.moderation.subjects import of_topic, subject_at
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.reading.messages.actions import begin, send
from forums.reading.messages.models import MessageReport
from tests.ledger.make import make_line
from tests.make import make_topic
from tests.security.world import png


@pytest.fixture
def picture(malee):
    return save_picture(uploader=malee, file=png(), alt="คลองหน้าบ้าน")


def test_a_picture_is_seen_where_it_stands_and_is_its_uploaders(picture, malee, somchai):
    assert subject_at("picture", str(picture.pk), somchai) is None
    topic = make_topic(malee, body=f"ดูรูป\n\n{markdown(picture)}")
    subject = subject_at("picture", str(picture.pk), somchai)
    assert subject is not None
    assert (subject.owner_id, subject.words) == (malee.pk, "คลองหน้าบ้าน")
    assert topic.title in subject.title
    assert [each.pk for each in pictures_in(of_topic(topic), somchai)] == [picture.pk]
    assert subject_at("picture", "x", somchai) is None
    assert subject_at("picture", "12", somchai) is None


def test_a_line_of_a_ledger_is_seen_while_the_ledger_is_open(network, malee, somchai):
    line = make_line(network, malee)
    assert subject_at("line", str(line.pk), somchai) is None
    open_ledger(keeper=malee, network=network)
    subject = subject_at("line", str(line.pk), somchai)
    assert subject is not None
    assert f"?line={line.pk}" in subject.url
    assert network.name in subject.title


@pytest.fixture
def message(malee, somchai):
    """Malee wrote it to Somchai."""
    malee.trust_level = 1
    there = begin(writer=malee, people=[somchai], body="คำแรก").conversation
    return send(writer=malee, conversation=there, body="คำร้าย")


def test_moderators_see_of_a_message_the_copy_alone_and_only_when_it_is_reported(
    message, somchai, malee, moderator
):
    key = str(message.pk)
    assert subject_at("message", key, moderator) is None
    subject = subject_at("message", key, somchai)
    assert subject is not None
    sent = report(member=somchai, subject=subject, problem="rude")
    assert sent.copied is not None
    type(message).objects.filter(pk=message.pk).update(body_html="<p>อย่างอื่น</p>")
    seen = subject_at("message", key, moderator)
    assert seen is not None
    assert seen.words == "คำร้าย"
    assert seen.url == f"/admin/forums/messagereport/{sent.copied_id}/change/"
    hers = subject_at("message", key, somchai)
    assert hers is not None
    assert hers.url.startswith("/messages/")


def test_taken_back_nothing_of_the_message_stays_with_the_moderators(message, somchai, moderator):
    subject = subject_at("message", str(message.pk), somchai)
    sent = report(member=somchai, subject=subject, problem="rude")
    take_back(member=somchai, report=sent)
    assert not MessageReport.objects.exists()
    assert subject_at("message", str(message.pk), moderator) is None
    assert report(member=somchai, subject=subject, problem="rude").copied_id
