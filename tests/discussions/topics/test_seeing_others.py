"""Every fifth row of a member's latest list comes from a network she is not in."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Member
from forums.discussions.boards.models import OpenTo
from forums.discussions.topics.models import Topic
from tests.make import join, make_board, make_member, make_network, make_network_board, make_topic

MARK = "จากเครือข่ายที่ท่านไม่ได้อยู่"


@pytest.fixture
def writer(db):
    return make_member(is_staff=True)


@pytest.fixture
def house(db):
    return make_board("ลานกลาง")


@pytest.fixture
def elsewhere(somchai):
    """The board of a network Malee is not in."""
    return make_network_board(make_network("คนเฝ้าป่าต้นน้ำ", somchai))


def start(writer, board, count: int, word: str, *, age: timedelta = timedelta(0)) -> list[Topic]:
    made = [make_topic(writer, board, title=f"{word} {n}") for n in range(count)]
    if age:
        for topic in made:
            Topic.objects.filter(pk=topic.pk).update(last_post_at=timezone.now() - age)
    return made


def titles(client, address: str = "/") -> list[tuple[str, bool]]:
    """The rows of a list: the title, and whether it is marked as from elsewhere."""
    text = client.get(address).content.decode()
    rows = text.split('<li class="row">')[1:]
    return [(re.search(r"<h2><a [^>]*>([^<]*)", row)[1], MARK in row) for row in rows]


def older(client, address: str = "/") -> str:
    text = client.get(address).content.decode()
    found = re.search(r'href="(\?[^"]+)" rel="next"', text)
    return "/" + found[1].replace("&amp;", "&") if found else ""


def test_each_fifth_row_is_from_elsewhere_and_says_so(as_, malee, writer, house, elsewhere):
    start(writer, elsewhere, 6, "ป่า", age=timedelta(days=2))
    start(writer, house, 30, "กลาง")
    rows = titles(as_(malee))
    assert len(rows) == 20
    assert [place for place, (_title, marked) in enumerate(rows, 1) if marked] == [5, 10, 15, 20]
    assert all(title.startswith("ป่า") for title, marked in rows if marked)


def test_nobody_meets_a_topic_twice(as_, malee, writer, house, elsewhere):
    start(writer, elsewhere, 9, "ป่า", age=timedelta(days=2))
    start(writer, house, 40, "กลาง")
    client, address, met = as_(malee), "/", []
    while address:
        met += [title for title, _marked in titles(client, address)]
        address = older(client, address)
    assert sorted(met) == sorted(Topic.objects.values_list("title", flat=True))


def test_her_own_networks_are_not_elsewhere(as_, malee, writer, house, elsewhere):
    join(elsewhere.network, malee)
    start(writer, elsewhere, 6, "ป่า", age=timedelta(days=2))
    start(writer, house, 30, "กลาง")
    assert not any(marked for _title, marked in titles(as_(malee)))


def test_what_she_may_not_read_is_never_shown(as_, malee, writer, house, somchai):
    inside = make_network_board(make_network("คนเฝ้าป่า", somchai), OpenTo.NETWORK)
    start(writer, inside, 6, "ป่า")
    start(writer, house, 30, "กลาง")
    assert not any("ป่า" in title for title, _marked in titles(as_(malee)))


def test_a_topic_of_the_house_spoken_from_elsewhere_counts(as_, malee, somchai, house, settings):
    settings.FORUMS_PACE = {"posts": [], "topics": [], "pictures": []}
    network = make_network("คนเฝ้าป่า", somchai)
    spoken = make_topic(somchai, house, title="จากป่า", speak_from=network.pk)
    Topic.objects.filter(pk=spoken.pk).update(last_post_at=timezone.now() - timedelta(days=1))
    start(make_member(is_staff=True), house, 25, "กลาง")
    assert ("จากป่า", True) in titles(as_(malee))


def test_what_has_been_silent_for_two_months_is_not_brought_up(
    as_, malee, writer, house, elsewhere
):
    start(writer, elsewhere, 3, "ป่า", age=timedelta(days=90))
    start(writer, house, 30, "กลาง")
    assert not any(marked for _title, marked in titles(as_(malee)))


def test_it_can_be_turned_off_and_on(as_, malee, writer, house, elsewhere):
    start(writer, elsewhere, 3, "ป่า", age=timedelta(days=2))
    start(writer, house, 30, "กลาง")
    client = as_(malee)
    client.post("/settings/see-others/", {"on": "0"})
    assert not Member.objects.get(pk=malee.pk).see_others
    assert not any(marked for _title, marked in titles(client))
    client.post("/settings/see-others/", {"on": "1"})
    assert any(marked for _title, marked in titles(client))


def test_a_visitor_has_the_plain_list(as_, writer, house, elsewhere):
    start(writer, elsewhere, 3, "ป่า", age=timedelta(days=2))
    start(writer, house, 30, "กลาง")
    assert not any(marked for _title, marked in titles(as_(None)))


@pytest.mark.parametrize("met", ["x", "1.x", "-1", "1" * 30, ".".join(["1"] * 41)])
def test_a_mangled_address_is_404(as_, malee, met):
    assert as_(malee).get(f"/?met={met}").status_code == 404


def test_few_topics_make_a_short_list_and_no_gaps(as_, malee, writer, house, elsewhere):
    start(writer, house, 2, "กลาง")
    start(writer, elsewhere, 1, "ป่า", age=timedelta(days=2))
    assert [title for title, _marked in titles(as_(malee))] == ["กลาง 1", "กลาง 0", "ป่า 0"]
