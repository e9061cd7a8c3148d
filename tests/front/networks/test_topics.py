"""A network's topics, of its boards and of others it takes part in: by what was said last, however many."""

import re

import pytest
from django.http import QueryDict

from forums.discussions.boards.models import OpenTo
from forums.discussions.topics import lists
from forums.discussions.topics.models import Topic
from tests.answers import page
from tests.front.networks.make import joined_topics, room
from tests.make import make_board, make_member, make_network, make_post, make_topic

MANY = 520  # more than are looked at one by one (lists.FEW)


def test_an_answer_in_an_old_topic_brings_it_to_the_front_of_a_network_in_many(as_, malee):
    network = make_network("คนรักคลอง", malee)
    oldest = joined_topics(network, make_board(), MANY)[0]
    Topic.objects.filter(pk=oldest.pk).update(title="กระทู้ที่มีคนตอบวันนี้")
    make_post(oldest, make_member())
    for tab in ("", "topics/"):
        html = page(as_(None), network.get_absolute_url() + tab)
        titles = re.findall(r"กระทู้(?:ที่มีคนตอบวันนี้| \d+)", html)
        assert titles[:2] == ["กระทู้ที่มีคนตอบวันนี้", f"กระทู้ {MANY - 1}"], tab


@pytest.mark.parametrize("walked", [lists.WALKED, 7], ids=["talking", "long silent"])
@pytest.mark.parametrize("few", [lists.FEW, 2], ids=["in few", "in many"])
def test_turning_pages_back_and_forth_meets_every_topic_once(monkeypatch, malee, few, walked):
    monkeypatch.setattr(lists, "FEW", few)
    monkeypatch.setattr(lists, "WALKED", walked)
    network, board = make_network("คนรักคลอง", malee), make_board()
    own = room(network)
    make_topic(malee, own, title="ของเรา")
    joined_topics(network, board, 30)
    make_topic(malee, own, title="ของเราเพิ่งเขียน")
    closed = room(network, "ห้องปิด", OpenTo.NETWORK)
    joined_topics(make_network(), board, 9)  # of others
    joined_topics(network, closed, 25)  # which a stranger may not read
    firsts, found, address = [], [], ""
    while not firsts or address:
        shown = lists.of_network(None, network.pk, QueryDict(address), boards=[own.pk])
        firsts.append([row.url for row in shown.rows])
        found += [row.iso for row in shown.rows]
        address = shown.next
    assert [len(urls) for urls in firsts] == [20, 12]
    assert len({url for urls in firsts for url in urls}) == 32
    assert found == sorted(found, reverse=True)
    back = lists.of_network(None, network.pk, QueryDict(shown.previous), boards=[own.pk])
    assert [row.url for row in back.rows] == firsts[0]
    assert len(lists.latest_of(None, network.pk, boards=[own.pk], count=4)) == 4
