"""A reply of one who is named is a text like others: what is hidden in its topic is hidden in it, and it is rendered anew."""

import pytest
from django.core.management import call_command

from forums.base.errors import BadText
from forums.moderation.clarifications.actions import ask, pin_reply
from forums.moderation.clarifications.models import Clarification
from forums.moderation.concealing.actions import conceal_until_seen, reveal_passages
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Telling
from forums.text.render import RENDERER_VERSION
from tests.make import make_member, make_topic

PHONE = "081-000-2345"
SIDE = "เบอร์ ๐๘๑๐๐๐๒๓๔๕ ไม่ใช่ของฉัน"


@pytest.fixture
def topic(malee):
    return make_topic(malee, title="คนในคลิปคือใคร", body=f"โทร {PHONE} ถามเอา")


def asked(member, topic, body=SIDE):
    return ask(member=member, topic=topic, named="person", how="ในคลิปคือฉัน", body=body)


def test_what_is_hidden_in_the_topic_is_hidden_in_its_replies_and_comes_back(
    topic, somchai, moderator, as_
):
    waiting, pinned = asked(somchai, topic), asked(make_member(), topic)
    pin_reply(moderator=moderator, clarification=pinned, reason="จริง")
    before = list(Clarification.objects.order_by("pk").values_list("body", "body_html"))
    conceal_until_seen(post=topic.posts.get())
    assert not Clarification.objects.filter(body__contains="๒๓๔๕").exists()
    assert not Clarification.objects.filter(body_html__contains="๒๓๔๕").exists()
    assert "๒๓๔๕" not in as_(None).get(topic.get_absolute_url()).text
    assert Telling.objects.filter(kind="clarify_covered").count() == 2
    reveal_passages(post=topic.posts.get(), moderator=moderator, reason="เบอร์สำนักงาน")
    after = list(Clarification.objects.order_by("pk").values_list("body", "body_html"))
    assert after == before
    assert waiting.body == SIDE


def test_her_page_of_what_she_is_told_says_it(topic, somchai, as_):
    asked(somchai, topic)
    conceal_until_seen(post=topic.posts.get())
    spread()
    assert "มีช่วงหนึ่งในคำชี้แจง" in as_(somchai).get("/notifications/").text


def test_nobody_brings_it_back_by_asking_for_a_reply(topic, somchai):
    conceal_until_seen(post=topic.posts.get())
    with pytest.raises(BadText):
        asked(somchai, topic)
    assert asked(somchai, topic, "ไม่ใช่เบอร์ของฉัน").waits


def test_an_older_renderers_reply_is_rendered_again(topic, somchai, capsys):
    made = asked(somchai, topic)
    Clarification.objects.update(body_html="<p>เก่า</p>", renderer_version=RENDERER_VERSION - 1)
    call_command("rerender")
    made.refresh_from_db()
    assert "๐๘๑๐๐๐๒๓๔๕" in made.body_html
    assert made.renderer_version == RENDERER_VERSION
    assert "1 replies of those who are named" in capsys.readouterr().out
