"""Where a word with cards stands in a text."""

import pytest

from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.knowledge.glossary.actions import say_meaning
from forums.knowledge.glossary.cards import words_in, words_of
from tests.knowledge.making import network_in
from tests.make import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    topic = Topic.objects.select_related("board").get(pk=make_topic().pk)
    network = network_in(topic)
    for term in ("ชุมชน", "AI", "ไฟป่า"):
        say_meaning(
            member=network.registered_by, topic=topic, network=network, term=term, body="อย่างหนึ่ง"
        )
    return topic


def terms(topic, text):
    return [word.term for word in words_in(topic, text)]


def test_thai_is_found_without_spaces_and_latin_letters_as_a_word(topic):
    assert terms(topic, "ทุกชุมชนควรห้ามไฟป่า") == ["ชุมชน", "ไฟป่า"]
    assert terms(topic, "ใช้ ai ช่วยได้") == ["AI"]
    assert terms(topic, "She said so") == []


def test_each_leads_to_its_cards(topic):
    (word,) = words_in(topic, "ชุมชน")
    assert word.url == f"/t/{topic.pk}/common/words/?word={words_of(topic)[0].id}"


def test_it_is_one_query_for_words_and_one_for_cards(topic, django_assert_num_queries):
    with django_assert_num_queries(1):
        words_in(topic, "ชุมชน", "ไฟป่า")
    with django_assert_num_queries(1):
        words_of(topic)


def test_of_a_hidden_network_no_card_is_shown(topic):
    network = words_of(topic)[0].cards[0].network_id
    Network.objects.filter(pk=network).update(hidden_at=topic.created_at)
    assert words_of(topic) == []
    assert terms(topic, "ชุมชน") == []
