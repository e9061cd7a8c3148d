"""The log, filtered by act, rule, network and month; what was asked again stands beside what was decided."""

import pytest

from forums.discussions.topics.models import Topic
from forums.moderation import actions
from forums.moderation.grounds import Grounds
from forums.moderation.rules.models import HouseRule
from forums.moderation.topics.actions import split
from tests.make import make_network, make_network_board, make_post, make_topic

LOG = "/moderation/log/"


@pytest.fixture
def rule(db) -> HouseRule:
    return HouseRule.objects.create(number=104, title="ไม่ชวนไปรุม", text="ไม่ว่าใครผิด")


@pytest.fixture
def decided(malee, somchai, moderator, rule):
    """A lock without a rule, a hiding with one, and one by a network's own moderator."""
    topic = make_topic(malee)
    actions.lock(moderator=moderator, topic=topic, reason="ร้อนไปแล้ว")
    post = make_post(make_topic(malee), somchai)
    actions.hide_post(moderator=moderator, post=post, reason=Grounds("ชวนไปบ้านเขา", rule))
    network = make_network("คนรักคลองสามวา", malee)
    theirs = make_topic(malee, make_network_board(network))
    actions.hide_post(moderator=malee, post=make_post(theirs, somchai), reason="นอกเรื่องคลอง")
    return network


def shown(browser, query: str = "") -> set[str]:
    page = browser.get(LOG + query).content.decode()
    return {why for why in ("ร้อนไปแล้ว", "ชวนไปบ้านเขา", "นอกเรื่องคลอง") if why in page}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"ร้อนไปแล้ว", "ชวนไปบ้านเขา", "นอกเรื่องคลอง"}),
        ("?act=lock", {"ร้อนไปแล้ว"}),
        ("?rule=104", {"ชวนไปบ้านเขา"}),
        ("?rule=999", set()),
        ("?network=คนรักคลองสามวา", {"นอกเรื่องคลอง"}),
        ("?act=hide&network=คนรักคลองสามวา", {"นอกเรื่องคลอง"}),
        ("?act=&rule=&network=&month=", {"ร้อนไปแล้ว", "ชวนไปบ้านเขา", "นอกเรื่องคลอง"}),
        ("?act=nonsense", {"ร้อนไปแล้ว", "ชวนไปบ้านเขา", "นอกเรื่องคลอง"}),
        ("?month=2026-01", set()),
        ("?network=ไม่มีอยู่", set()),
    ],
)
def test_the_log_shows_what_was_asked_for(as_, decided, query, found):
    assert shown(as_(None), query) == found


def test_a_month_is_chosen_from_a_list(as_, decided):
    from django.utils import timezone

    now = timezone.localtime()
    assert len(shown(as_(None), f"?month={now.year}-{now.month:02}")) == 3
    page = as_(None).get(LOG).content.decode()
    assert f'<option value="{now.year}-{now.month:02}">' in page
    assert '<option value="104">104. ไม่ชวนไปรุม</option>' in page


@pytest.mark.parametrize("query", ["?rule=x", "?topic=x", "?post=-1"])
def test_what_is_no_number_is_not_found(as_, db, query):
    assert as_(None).get(LOG + query).status_code == 404


def test_the_rule_and_the_network_stand_beside_the_decision(as_, decided):
    page = as_(None).get(LOG).content.decode()
    assert 'href="/rules/#rule-104"' in page
    assert f'href="{decided.get_absolute_url()}">คนรักคลองสามวา</a>' in page


def test_personal_data_in_a_reason_is_blacked_out(as_, malee, moderator):
    actions.lock(
        moderator=moderator, topic=make_topic(malee), reason="ลงเบอร์ 081-234-5678 ของเพื่อนบ้าน"
    )
    page = as_(None).get(LOG).content.decode()
    feed = as_(None).get(f"{LOG}feed/").content.decode()
    for text in (page, feed):
        assert "ของเพื่อนบ้าน" in text
        assert "234-5678" not in text


def test_the_feed_tells_a_visitor_what_the_log_does(as_, decided, moderator, malee):
    secret = make_topic(title="เรื่องลับของเขา")
    actions.hide_topic(moderator=moderator, topic=secret, reason="ซ่อนไว้ก่อน")
    feed = as_(moderator).get(f"{LOG}feed/").content.decode()
    assert "ซ่อนไว้ก่อน" in feed
    assert "ชวนไปบ้านเขา (104. ไม่ชวนไปรุม)" in feed
    assert "เรื่องลับของเขา" not in feed
    assert moderator.handle not in feed


def test_the_log_names_what_was_split_off_and_merged_into_what_the_reader_may_see(
    as_, malee, somchai, moderator
):
    topic = make_topic(malee)
    make_post(topic, somchai)
    split(moderator=moderator, topic=topic, numbers="1", title="คุยเรื่องยา", reason="คนละเรื่อง")
    new = Topic.objects.get(title="คุยเรื่องยา")
    page = as_(None).get(LOG).content.decode()
    assert f'href="{new.get_absolute_url()}">คุยเรื่องยา</a>' in page
    actions.hide_topic(moderator=moderator, topic=new, reason="ว่าร้ายกัน")
    assert "คุยเรื่องยา" not in as_(None).get(LOG).content.decode()
