"""Which thing an address names: of this site only, hidden ones too, as a browser or a chat gives it."""

import pytest

from forums.base.errors import BadText
from forums.moderation import actions
from forums.moderation.takedown.pages import subject_of
from tests.groups.organisations.make import make_organisation
from tests.make import make_activity, make_network, make_post, make_topic


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


def test_what_is_hidden_can_be_named(topic, somchai, moderator):
    post = make_post(topic, somchai)
    actions.hide_post(moderator=moderator, post=post, reason="ซ่อน")
    assert found(f"/p/{post.pk}/") == ("post", str(post.pk))


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
