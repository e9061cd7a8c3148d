"""What is passed on: the shortest address, by plain links, from topics, networks and activities."""

from urllib.parse import unquote

import pytest
from django.conf import settings

from forums.discussions.boards.models import Access
from forums.groups.networks.models import Network
from forums.moderation import actions as moderation
from forums.moderation.merging.actions import merge
from forums.moderation.networks import actions as networks
from tests.make import make_activity, make_board, make_network, make_topic


@pytest.fixture
def things(malee, board, network):
    return [make_topic(malee, board), network, make_activity(network)]


def test_each_page_offers_its_short_address_and_plain_links(as_, things):
    for thing in things:
        short = settings.SITE_URL + thing.short_url
        page = as_(None).get(thing.get_absolute_url()).text
        assert short.isascii()
        assert f'value="{short}"' in page
        quoted = short.replace(":", "%3A").replace("/", "%2F")
        for address in ("line.me/lineit/share?url=", "sharer.php?u=", "intent/post?url="):
            assert f"{address}{quoted}" in page
        assert page.count('rel="nofollow noopener noreferrer"') >= 3


def test_a_short_address_leads_to_the_page(as_, things):
    for thing in things:
        answer = as_(None).get(thing.short_url)
        assert answer.status_code in (301, 302)
        assert unquote(answer.url) == unquote(thing.get_absolute_url())


def test_a_networks_short_address_outlives_its_names(as_, malee, somchai, moderator, network):
    short = network.short_url
    Network.objects.filter(pk=network.pk).update(slug="ชื่อใหม่")
    network.refresh_from_db()
    assert as_(None).get(short).url == network.get_absolute_url()
    other = make_network("คนรักป่า", somchai)
    merge(moderator=moderator, network=network, into=other, reason="เรื่องเดียวกัน")
    answer = as_(None).get(short, follow=True)
    assert answer.redirect_chain[-1][0] == other.get_absolute_url()
    networks.hide(moderator=moderator, network=other, reason="หลอกลวง")
    assert as_(None).get(short, follow=True).status_code == 404
    assert as_(None).get(other.short_url).status_code == 404


def test_a_name_of_digits_takes_no_short_address(as_, malee, network):
    """n12 is no slug: /n/12/ is a network called 12, /n12/ the twelfth."""
    other = make_network(str(network.pk), malee)
    assert other.get_absolute_url() == f"/n/{network.pk}/"
    assert as_(None).get(network.short_url).url == network.get_absolute_url()


def test_what_is_not_for_everyone_is_offered_to_no_stranger(as_, malee, moderator):
    topic = make_topic(malee, make_board(read=Access.MEMBERS))
    page = as_(malee).get(topic.get_absolute_url()).text
    assert f'value="{settings.SITE_URL}/t/{topic.pk}/"' in page
    assert "line.me" not in page
    hidden = make_topic(malee)
    moderation.hide_topic(moderator=moderator, topic=hidden, reason="โฆษณา")
    assert 'id="short"' not in as_(moderator).get(hidden.get_absolute_url()).text


def test_nothing_is_loaded_from_elsewhere(as_, things):
    for thing in things:
        page = as_(None).get(thing.get_absolute_url()).text
        for host in ("line.me", "facebook.com", "x.com"):
            assert f'src="https://{host}' not in page
