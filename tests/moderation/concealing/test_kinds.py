"""A decision that is taken back shows what it hid, and nothing that another one hid."""

import pytest

from forums.discussions.posts.models import Post
from forums.moderation.appeals.actions import appeal, overturn, was_undone
from forums.moderation.appeals.models import Appeal, AppealOutcome
from forums.moderation.concealing.actions import conceal_passages, reveal_passages
from forums.moderation.models import Decision
from tests.make import make_member, make_post, make_topic

PHONE = "081-000-2345"
PLACE = "ร้านก๋วยเตี๋ยวหน้าวัด"
TEXT = f"คนในคลิปอยู่{PLACE} โทร {PHONE}"


@pytest.fixture
def post(malee):
    return make_post(make_topic(), malee, body=TEXT)


def body(post):
    return Post.objects.get(pk=post.pk).body


def hidden(post, moderator, words):
    return conceal_passages(post=post, moderator=moderator, reason="ชี้ตัวคน", passages=[words])


def other_moderator():
    return make_member("another", is_staff=True)


def test_only_what_that_decision_hid_comes_back(post, malee, moderator):
    number, place = hidden(post, moderator, PHONE), hidden(post, moderator, PLACE)
    first = appeal(member=malee, decision=place, words="ร้านเป็นที่สาธารณะ")
    second = appeal(member=malee, decision=number, words="เบอร์ร้าน")
    overturn(moderator=other_moderator(), appeal=first, reason="ร้านเป็นที่สาธารณะจริง")
    assert PLACE in body(post)
    assert PHONE not in body(post)
    assert was_undone(place)
    assert not was_undone(number)
    assert Appeal.objects.get(pk=second.pk).answered_at is None


def test_with_it_the_quotes_it_hid(post, malee, somchai, moderator):
    quote = make_post(post.topic, somchai, body=f"> {TEXT}\n\nอย่าเลย")
    number = hidden(post, moderator, PHONE)
    hidden(post, moderator, PLACE)
    asked = appeal(member=malee, decision=number, words="เบอร์ร้าน")
    overturn(moderator=other_moderator(), appeal=asked, reason="เบอร์ร้านจริง")
    assert PHONE in body(quote)
    assert PLACE not in body(quote)


def test_of_a_quote_its_own_words_come_back_and_the_text_stays_as_it_is(post, somchai, moderator):
    quote = make_post(post.topic, somchai, body=f"> {TEXT}\n\nอย่าเลย")
    hidden(post, moderator, PHONE)
    hers = Decision.objects.get(post=quote)
    asked = appeal(member=somchai, decision=hers, words="ฉันเตือนเขา")
    overturn(moderator=other_moderator(), appeal=asked, reason="เป็นการเตือน")
    assert PHONE in body(quote)
    assert PHONE not in body(post)


def test_shown_all_at_once_every_appeal_is_answered(post, malee, moderator):
    decisions = [hidden(post, moderator, PHONE), hidden(post, moderator, PLACE)]
    for each in decisions:
        appeal(member=malee, decision=each, words="ขอให้ดูใหม่")
    reveal_passages(post=post, moderator=moderator, reason="เปิดทั้งหมด")
    assert body(post) == TEXT
    assert set(Appeal.objects.values_list("outcome", flat=True)) == {AppealOutcome.UNDONE}
