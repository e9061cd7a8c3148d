"""What a link to a page shows elsewhere: only what a visitor may read."""

import re
from html import unescape

import pytest
from django.conf import settings

from forums.discussions.boards.models import Access
from forums.moderation import actions as moderation
from forums.moderation.networks import actions
from forums.pictures.actions import save_picture
from tests.make import make_board, make_board_of, make_network, make_topic
from tests.security.world import png


def meta(browser, path: str) -> dict[str, str]:
    """The page's description and Open Graph properties."""
    answer = browser.get(path)
    assert answer.status_code == 200
    head = answer.content.decode().split("</head>")[0]
    found = re.findall(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)"', head)
    names = [name for name, _ in found if name.startswith("og:")]
    assert len(names) == len(set(names))
    return {name: unescape(content) for name, content in found}


def test_a_topics_link_shows_its_beginning_and_its_cover(as_, malee, board):
    cover = save_picture(uploader=malee, file=png(), alt="คลอง")
    topic = make_topic(
        malee, board, title='น้ำ "ใส"', body="**เมื่อวาน** ||ความลับ|| น้ำขึ้น", cover=cover
    )
    found = meta(as_(None), topic.get_absolute_url())
    assert found["og:title"] == 'น้ำ "ใส"'
    assert found["og:description"] == found["description"] == "เมื่อวาน น้ำขึ้น"
    assert found["og:url"] == settings.SITE_URL + topic.get_absolute_url()
    assert (found["og:site_name"], found["og:locale"]) == ("ร้อยพลัง", "th_TH")
    picture = found["og:image"].removeprefix(settings.SITE_URL)
    assert as_(None).get(picture).status_code == 200


def test_what_has_neither_cover_nor_drawing_shows_the_sites_icon(as_, malee, board):
    found = meta(as_(None), board.get_absolute_url())
    assert re.match(rf"{re.escape(settings.SITE_URL)}/static/img/icon-512.*png", found["og:image"])
    assert found["twitter:card"] == "summary"


def test_without_a_cover_a_picture_is_drawn(as_, malee, board):
    for page in (make_topic(malee, board), make_network("คนรักคลอง", malee)):
        image = meta(as_(None), page.get_absolute_url())["og:image"]
        assert image.startswith(f"{settings.SITE_URL}/pictures/shared/")


def test_boards_and_networks_say_what_they_are_for(as_, malee):
    board = make_board(scope="คุยเรื่องคลอง")
    network = make_network("คนรักคลอง", malee, aim="ดูแลคลองด้วยกัน")
    assert meta(as_(None), board.get_absolute_url())["og:description"] == "คุยเรื่องคลอง"
    found = meta(as_(None), network.get_absolute_url())
    assert (found["og:title"], found["og:description"]) == ("คนรักคลอง", "ดูแลคลองด้วยกัน")


@pytest.mark.parametrize("read", [Access.MEMBERS, Access.NETWORK])
def test_what_is_not_for_everyone_shows_nothing_even_to_who_may_read_it(read, as_, malee):
    if read == Access.NETWORK:
        board = make_board_of(make_network("คนรักคลอง", malee), "network")
    else:
        board = make_board(read=read)
    topic = make_topic(malee, board)
    for page in (board, topic):
        found = meta(as_(malee), page.get_absolute_url())
        assert not any(name.startswith(("og:", "description")) for name in found)


def test_a_hidden_topic_or_network_shows_nothing_to_its_moderators(as_, malee, moderator, board):
    topic, network = make_topic(malee, board), make_network("คนรักคลอง", malee)
    moderation.hide_topic(moderator=moderator, topic=topic, reason="โฆษณา")
    actions.hide(moderator=moderator, network=network, reason="หลอกลวง")
    for page in (topic, network):
        found = meta(as_(moderator), page.get_absolute_url())
        assert not any(name.startswith(("og:", "description")) for name in found)
