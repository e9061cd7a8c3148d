"""Which thing an address names: of this site only, that its reader sees, as a browser or a chat gives it."""

import pytest

from forums.base.errors import BadText
from forums.discussions.boards.models import Access
from forums.ledger.actions import open_ledger
from forums.moderation import actions
from forums.moderation.takedown.pages import subject_of
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.reading.messages.actions import begin, send
from tests.groups.organisations.make import make_organisation
from tests.ledger.make import make_line
from tests.make import make_activity, make_board, make_network, make_post, make_topic
from tests.security.world import png


@pytest.fixture
def topic(malee):
    return make_topic(malee)


def found(address: str) -> tuple[str, str]:
    subject = subject_of(address)
    return subject.kind, subject.key


def test_a_topic_by_its_page_with_and_without_the_site(topic, settings):
    named = ("topic", str(topic.pk))
    path = topic.get_absolute_url()
    for address in (
        path,
        f"{settings.SITE_URL}{path}",
        f"{settings.FORUMS_SITE_HOST}{path}?page=2",
    ):
        assert found(address) == named, address
    assert found(f"/t/{topic.pk}") == named


def test_a_comment_by_its_address_or_its_place_in_the_topic(topic, somchai):
    post = make_post(topic, somchai)
    for address in (f"/p/{post.pk}/", f"{topic.get_absolute_url()}?page=1#p{post.pk}"):
        assert found(address) == ("post", str(post.pk))


def refused(address: str, reader=None) -> str:
    with pytest.raises(BadText) as error:
        subject_of(address, reader)
    return str(error.value)


def test_what_a_visitor_cannot_see_is_answered_like_what_is_not_there(topic, malee, moderator):
    nothing = refused("/t/999999999/")
    board = make_board(read=Access.MEMBERS)
    inside = make_topic(malee, board=board)
    actions.hide_topic(moderator=moderator, topic=topic, reason="ซ่อน")
    assert refused(inside.get_absolute_url()) == nothing
    assert refused(topic.get_absolute_url()) == nothing
    assert refused("/n/nobody-here/") == nothing


def test_who_is_signed_in_names_what_she_sees(malee, somchai):
    inside = make_topic(malee, board=make_board(read=Access.MEMBERS))
    subject = subject_of(inside.get_absolute_url(), somchai)
    assert (subject.kind, subject.key) == ("topic", str(inside.pk))


def test_a_picture_a_line_of_a_ledger_and_an_organisation(malee):
    picture = save_picture(uploader=malee, file=png(), alt="รูป")
    make_topic(malee, body=f"ดูรูป\n\n{markdown(picture)}")
    network = make_network("คนรักคลองบางซื่อ", malee)
    open_ledger(keeper=malee, network=network)
    line = make_line(network, malee)
    organisation = make_organisation("มูลนิธิคลองใส")
    assert found(f"{picture.address}/480.webp") == ("picture", str(picture.pk))
    money = f"{network.get_absolute_url()}money/history/?line={line.pk}"
    assert found(money) == ("line", str(line.pk))
    assert found(organisation.get_absolute_url()) == ("organisation", str(organisation.pk))


def test_a_private_message_is_named_by_who_got_it_alone(malee, somchai, moderator):
    malee.trust_level = 1
    there = begin(writer=malee, people=[somchai], body="คำแรก").conversation
    message = send(writer=malee, conversation=there, body="คำร้าย")
    address = f"/messages/{there.pk}/#m{message.pk}"
    subject = subject_of(address, somchai)
    assert (subject.kind, subject.key) == ("message", str(message.pk))
    for reader in (None, moderator):
        refused(address, reader)


def test_a_member_a_network_and_an_activity(malee):
    network = make_network("คนรักคลองบางซื่อ", malee)
    activity = make_activity(network)
    assert found(malee.get_absolute_url()) == ("member", str(malee.pk))
    assert found(network.get_absolute_url()) == ("network", str(network.pk))
    assert found(activity.get_absolute_url()) == ("activity", str(activity.pk))


@pytest.mark.django_db
def test_an_organisation_is_named_by_the_address_of_its_page():
    organisation = make_organisation("มูลนิธิคลองใส")
    assert found(organisation.get_absolute_url()) == ("organisation", str(organisation.pk))


@pytest.mark.parametrize(
    "address",
    [
        *("https://example.com/t/1/", "//evil.example/t/1/", "http://[::1/t/1/", "mailto:a@b.c"),
        *(
            "/",
            "/t/999999999/",
            "/t/x/",
            "/u/nobody-here/",
            "/search/?q=a",
            "javascript:alert(1)",
            "๑",
        ),
    ],
)
def test_other_sites_and_pages_of_nothing_are_refused(db, address):
    with pytest.raises(BadText):
        subject_of(address)
