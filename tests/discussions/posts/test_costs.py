"""How many statements a text asks for, with all that follows it; its beginning and its end of a transaction are two."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.discussions.posts.models import Post
from forums.moderation.holding import looking
from tests.clients import signed_in
from tests.make import join, make_member, make_network, make_post, make_topic
from tests.moderation.holding.made import read_by_many

pytestmark = pytest.mark.django_db(transaction=True)  # or the ends of transactions were others
REPLY, MARK = 16, 13
LONG = "น้ำฝนที่เก็บไว้ใช้หน้าแล้งไม่พอสำหรับทุกบ้านในหมู่ของเรา"


def asked(client, address: str, **fields: str) -> int:
    """What a form asks, of a process that has sent one like it before."""
    for _twice in range(2):
        form = {"body": f"{LONG} {uuid.uuid4()}", "submission": str(uuid.uuid4()), **fields}
        with CaptureQueriesContext(connection) as found:
            sent = client.post(address, form)
        assert sent.status_code == 302, sent.content.decode()
    return len(found)


@pytest.fixture
def topic(settings):
    settings.FORUMS_LOOKS_FIRST = True
    topic = make_topic()
    make_post(topic)
    return topic


def test_a_reply(topic):
    member = make_member(trust_level=2)
    network = make_network()
    join(network, member)
    client, address = signed_in(member), f"/t/{topic.pk}/reply/"
    first = Post.objects.get(topic=topic, number=1)
    assert asked(client, address, speak_from="0") == REPLY
    assert asked(client, address, speak_from="0", to=str(first.pk)) == REPLY + 2
    assert asked(client, address, speak_from=str(network.pk)) == REPLY + 1


def test_a_newcomers_reply_is_looked_at_in_one_statement_more(topic, monkeypatch):
    """She is in no network: so none says from where she speaks."""
    member = make_member()
    read_by_many(member, topic)
    monkeypatch.setattr(looking, "age_of", lambda _name: 60)  # seconds
    assert asked(signed_in(member), f"/t/{topic.pk}/reply/") == REPLY


def test_a_mark(topic):
    client = signed_in(make_member(trust_level=2))
    there = f"/p/{Post.objects.get(topic=topic, number=1).pk}/mark"
    client.post(f"{there}/agree/", {"on": "1"})  # whatever is remembered, is
    with CaptureQueriesContext(connection) as found:
        assert client.post(f"{there}/useful/", {"on": "1"}).status_code == 302
    assert len(found) == MARK
