"""A card of a word is reported, taken out of sight by who keeps order there, and shown again."""

import pytest

from forums.base.errors import NotAllowed
from forums.knowledge.glossary.actions import say_meaning
from forums.knowledge.glossary.cards import words_of
from forums.moderation.models import Decision
from forums.moderation.queue.models import Case
from forums.moderation.subjects import subject_at
from forums.moderation.withdrawing.actions import put_back, withdraw_meaning
from tests.answers import page
from tests.knowledge.making import network_in
from tests.make import make_member, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    topic = make_topic()
    network = network_in(topic)
    return say_meaning(
        member=network.registered_by, topic=topic, network=network, term="ชุมชน", body="พวกเดียวกัน"
    )


def test_whoever_reads_it_may_report_it(as_, card):
    reader = as_(make_member(trust_level=1))
    words = f"/t/{card.word.topic_id}/common/words/"
    assert f"/report/meaning/{card.pk}/" in page(reader, words)
    assert "พวกเดียวกัน" in page(reader, f"/report/meaning/{card.pk}/")
    answer = reader.post(f"/report/meaning/{card.pk}/", {"problem": "insult"})
    assert answer.status_code in (302, 400)


def test_it_is_found_by_its_address_and_by_who_reads_the_topic_only(card, moderator):
    assert subject_at("meaning", str(card.pk), None).owner_id == card.author_id
    type(card).objects.filter(pk=card.pk).update(hidden_at=card.created_at)
    assert subject_at("meaning", str(card.pk), None) is None
    assert subject_at("meaning", str(card.pk), card.author) is not None
    assert subject_at("meaning", str(card.pk), moderator) is not None


def test_taken_out_of_sight_it_stands_nowhere_and_comes_back_by_decision(as_, card, moderator):
    topic = card.word.topic
    decision = withdraw_meaning(moderator=moderator, meaning=card, reason="ว่าร้ายกัน")
    assert words_of(topic) == []
    assert withdraw_meaning(moderator=moderator, meaning=card, reason="ว่าร้ายกัน") is None
    assert page(as_(card.author), f"/decisions/{decision.pk}/")
    put_back(moderator=moderator, decision=decision, reason="ดูใหม่แล้ว")
    assert [word.term for word in words_of(topic)] == ["ชุมชน"]
    assert Decision.objects.filter(details__meaning=card.pk).count() == 2
    assert not Case.objects.filter(subject="meaning").exists()


def test_nobody_decides_about_her_own(card):
    type(card.author).objects.filter(pk=card.author.pk).update(is_staff=True)
    card.author.refresh_from_db()
    with pytest.raises(NotAllowed):
        withdraw_meaning(moderator=card.author, meaning=card, reason="ของตัวเอง")
