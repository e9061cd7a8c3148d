"""Pictures for sharing go to everyone, of what everyone may read; each is drawn once, and few at a time."""

import re
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.utils import timezone

from forums.activities.models import Activity, Open
from forums.discussions.boards.models import Access
from forums.groups.networks.models import Network
from forums.moderation import actions as moderation
from forums.moderation.merging.actions import merge
from forums.moderation.networks import actions as networks
from forums.sharing import keeping
from forums.sharing.kinds import forget_pictures
from tests.make import (
    join,
    make_activity,
    make_board,
    make_board_of,
    make_member,
    make_network,
    make_post,
    make_topic,
)

NAMED = re.compile(r'<meta property="og:image" content="([^"]+)">')


def named_in(browser, path: str) -> str:
    """The picture a page names, or ''."""
    found = NAMED.search(browser.get(path).text)
    return found[1].removeprefix(settings.SITE_URL) if found else ""


def things(malee, board) -> dict[str, object]:
    network = make_network("คนรักคลอง", malee)
    return {
        "topics": make_topic(malee, board),
        "networks": network,
        "activities": make_activity(network),
    }


@pytest.mark.parametrize("kind", ["topics", "networks", "activities"])
def test_a_page_names_a_picture_that_everyone_gets(kind, as_, malee, board):
    thing = things(malee, board)[kind]
    for browser in (as_(None), as_(malee)):
        address = named_in(browser, thing.get_absolute_url())
        assert re.fullmatch(rf"/pictures/shared/{kind}/{thing.pk}/[0-9a-f]{{16}}\.png", address)
        answer = browser.get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")
        assert answer["Cache-Control"] == "public, max-age=86400, immutable"
        assert not answer.cookies
        again = browser.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_its_size_and_words_stand_beside_it(as_, malee, board):
    topic = make_topic(malee, board, title='น้ำ "ใส"')
    head = as_(None).get(topic.get_absolute_url()).text
    for name, value in (
        ("image:width", "1200"), ("image:height", "630"), ("image:alt", "น้ำ &quot;ใส&quot;"),
        ("image:type", "image/png"),
    ):  # fmt: skip
        assert f'<meta property="og:{name}" content="{value}">' in head
    assert '<meta name="twitter:card" content="summary_large_image">' in head


def test_pages_beside_the_first_lead_to_the_same_picture(as_, malee, board, settings):
    settings.FORUMS_PACE = {}
    topic = make_topic(malee, board)
    for _each in range(21):
        make_post(topic, malee)
    first = named_in(as_(None), topic.get_absolute_url())
    second = named_in(as_(None), f"{topic.get_absolute_url()}?page=2")
    answer = as_(None).get(second)
    assert (answer.status_code, answer.url) == (302, first)


def test_a_page_and_the_picture_agree_on_who_met_there(as_, malee, somchai, board, canal, forest):
    topic = make_topic(malee, board, speak_from=canal.pk)
    make_post(topic, somchai, speak_from=forest.pk)
    address = named_in(as_(None), topic.get_absolute_url())
    assert as_(None).get(address).status_code == 200  # no redirect: both know the same key
    networks.hide(moderator=make_member(is_staff=True), network=forest, reason="หลอกลวง")
    renamed = named_in(as_(None), topic.get_absolute_url())
    assert renamed != address
    assert as_(None).get(renamed).status_code == 200


def test_an_old_address_leads_to_what_is_drawn_today(as_, malee, board):
    topic = make_topic(malee, board)
    old = named_in(as_(None), topic.get_absolute_url())
    type(topic).objects.filter(pk=topic.pk).update(title="เรื่องใหม่")
    answer = as_(None).get(old)
    assert answer.status_code == 302
    assert answer["Cache-Control"] == "no-cache"
    assert as_(None).get(answer.url).status_code == 200


# -- who may see ----------------------------------------------------------------------------------


@pytest.mark.parametrize("read", [Access.MEMBERS, Access.STAFF, Access.NETWORK])
def test_a_topic_that_is_not_for_everyone_has_none(read, as_, malee, moderator):
    if read == Access.NETWORK:
        board = make_board_of(make_network("คนรักคลอง", malee), "network")
    else:
        board = make_board(read=read)
    topic = make_topic(moderator if read == Access.STAFF else malee, board)
    for who in (None, malee, moderator):
        assert as_(who).get(f"/pictures/shared/topics/{topic.pk}.png").status_code == 404
    assert named_in(as_(moderator), topic.get_absolute_url()) == ""


def test_what_moderators_hide_has_none_from_then_on(as_, malee, moderator, board):
    found = things(malee, board)
    addresses = {
        kind: named_in(as_(None), thing.get_absolute_url()) for kind, thing in found.items()
    }
    assert {as_(None).get(address).status_code for address in addresses.values()} == {200}
    moderation.hide_topic(moderator=moderator, topic=found["topics"], reason="โฆษณา")
    networks.hide(
        moderator=moderator, network=found["networks"], reason="หลอกลวง"
    )  # its activity too
    for kind, address in addresses.items():
        for who in (None, malee, moderator):
            assert as_(who).get(address).status_code == 404, kind
        assert named_in(as_(moderator), found[kind].get_absolute_url()) == "", kind


def test_an_activity_for_members_and_a_merged_network_have_none(as_, malee, somchai, moderator):
    network, other = make_network("คนรักคลอง", malee), make_network("คนรักป่า", somchai)
    join(network, somchai)
    activity = make_activity(network, open_to=Open.MEMBERS)
    assert as_(somchai).get(activity.get_absolute_url()).status_code == 200
    assert named_in(as_(somchai), activity.get_absolute_url()) == ""
    assert as_(somchai).get(f"/pictures/shared/activities/{activity.pk}.png").status_code == 404
    merge(moderator=moderator, network=other, into=network, reason="เรื่องเดียวกัน")
    assert as_(None).get(f"/pictures/shared/networks/{other.pk}.png").status_code == 404


def test_what_is_not_there_is_404(as_, db):
    for path in ("topics/1", "networks/1/0123456789abcdef", "members/1", f"topics/{10**30}"):
        assert as_(None).get(f"/pictures/shared/{path}.png").status_code == 404


def test_the_picture_of_a_cancelled_activity_says_so(as_, malee, network):
    activity = make_activity(network)
    before = named_in(as_(None), activity.get_absolute_url())
    Activity.objects.filter(pk=activity.pk).update(cancelled_at=timezone.now())
    assert named_in(as_(None), activity.get_absolute_url()) != before


def test_the_language_of_the_reader_makes_no_other_picture(as_, malee, board):
    for thing in things(malee, board).values():
        english = as_(None)
        english.cookies["django_language"] = "en"
        path = thing.get_absolute_url()
        assert named_in(english, path) == named_in(as_(None), path)


# -- drawn once, and few at a time ----------------------------------------------------------------


def test_each_is_drawn_once(as_, network, monkeypatch, django_assert_num_queries):
    drawn = []
    monkeypatch.setattr(keeping, "draw", lambda sketch: drawn.append(sketch) or b"picture")
    address = named_in(as_(None), network.get_absolute_url())
    for _each in range(3):
        with django_assert_num_queries(1):
            assert as_(None).get(address).content == b"picture"
    assert len(drawn) == 1


def test_while_others_are_drawn_one_may_wait_and_the_rest_come_again(as_, network):
    address = named_in(as_(None), network.get_absolute_url())
    with keeping._turn:
        assert keeping._places.acquire(blocking=False)
        assert keeping._places.acquire(blocking=False)
        try:
            answer = as_(None).get(address)
        finally:
            keeping._places.release()
            keeping._places.release()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Cache-Control"] == "no-store"
    assert as_(None).get(address).status_code == 200


def test_who_waits_waits_no_longer_than_some_seconds(as_, network, monkeypatch):
    monkeypatch.setattr(keeping, "SECONDS", 0.01)
    address = named_in(as_(None), network.get_absolute_url())
    with keeping._turn:
        assert as_(None).get(address).status_code == 503


def test_drawing_has_a_pace_and_what_is_kept_has_none(as_, network, settings, monkeypatch):
    now = time.monotonic()  # no minute ends while this is tried
    monkeypatch.setattr("forums.base.rate_limits.time", SimpleNamespace(monotonic=lambda: now))
    settings.FORUMS_LIGHT_PACE = {**settings.FORUMS_LIGHT_PACE, "drawing": (0, 1)}
    address = named_in(as_(None), network.get_absolute_url())
    assert [as_(None).get(address).status_code for _each in range(3)] == [200, 200, 200]
    Network.objects.filter(pk=network.pk).update(aim="อย่างอื่น")
    other = named_in(as_(None), network.get_absolute_url())
    assert as_(None).get(other).status_code == 429
    assert as_(None).get(address).status_code == 302


def test_a_full_disk_stops_no_picture(as_, network, media, caplog):
    (media / "shared").write_text("no folder")
    address = named_in(as_(None), network.get_absolute_url())
    keeping_failed = as_(None).get(address)
    assert keeping_failed.status_code == 200
    assert "could not be written" in caplog.text


def test_a_folder_holds_so_many_and_the_oldest_go_first(network, media, monkeypatch):
    monkeypatch.setattr(keeping, "EACH", 3)
    folder = media / "shared" / "ab"
    for n in range(5):
        keeping._keep(folder / f"ab{n}.png", b"picture")
    assert sorted(file.name for file in folder.iterdir()) == ["ab2.png", "ab3.png", "ab4.png"]


def test_what_was_drawn_long_ago_is_forgotten(as_, network, media):
    address = named_in(as_(None), network.get_absolute_url())
    as_(None).get(address)
    forget_pictures(timezone.now() + keeping.FORGOTTEN_AFTER - timedelta(minutes=5))
    assert len(list(media.rglob("*.png"))) == 1
    forget_pictures(timezone.now() + keeping.FORGOTTEN_AFTER + timedelta(minutes=5))
    assert list(media.rglob("*.png")) == []
    assert as_(None).get(address).status_code == 200
