"""What words mean to networks goes along with a topic that is merged into another, and back when that is undone."""

import pytest
from django.utils import timezone

from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.groups.memberships.models import Role
from forums.groups.networks.models import Network
from forums.knowledge.glossary.actions import MOST_WORDS, say_meaning
from forums.knowledge.glossary.cards import words_of
from forums.knowledge.glossary.models import Meaning, Word
from forums.moderation.merging.actions import merge as merge_networks
from forums.moderation.topics.actions import join, unjoin
from forums.moderation.withdrawing.actions import withdraw_meaning
from forums.moderation.withdrawing.places import withdrawal_of
from tests.knowledge.making import network_in
from tests.make import join as join_network
from tests.make import make_member, make_topic

WHY = "เรื่องเดียวกัน"


@pytest.fixture
def topic(malee, board) -> Topic:
    return make_topic(malee, board)


@pytest.fixture
def other(malee, board) -> Topic:
    return make_topic(malee, board)


@pytest.fixture
def forest(topic) -> Network:
    return network_in(topic)


def takes_part(network: Network, topic: Topic) -> None:
    TopicNetwork.objects.create(
        topic=topic, network=network, state=State.JOINED, first_at=timezone.now()
    )


def say(topic: Topic, network: Network, body: str, term: str = "ชุมชน") -> Meaning:
    speaker = make_member()
    join_network(network, speaker, role=Role.SPOKESPERSON)
    topic = Topic.objects.select_related("board").get(pk=topic.pk)
    card = say_meaning(member=speaker, topic=topic, network=network, term=term, body=body)
    assert card is not None
    return card


def cards(topic: Topic) -> dict[str, list[str]]:
    """What stands there: {"word": ["card", …]}."""
    return {word.term: [card.body for card in word.cards] for word in words_of(topic)}


def test_cards_stand_in_the_topic_that_goes_on_and_are_back_when_it_is_undone(
    topic, other, forest, moderator
):
    town = network_in(other)
    say(other, town, "คนในตลาด", term=" ชุมชน ")
    say(topic, forest, "คนกินน้ำบ่อเดียวกัน")
    say(topic, forest, "ที่ไม่มีใครเผา", term="ป่า")
    join(moderator=moderator, topic=topic, into=other, reason=WHY)
    assert cards(topic) == {}
    assert cards(other) == {"ชุมชน": ["คนในตลาด", "คนกินน้ำบ่อเดียวกัน"], "ป่า": ["ที่ไม่มีใครเผา"]}
    unjoin(moderator=moderator, topic=topic, reason=WHY)
    assert cards(topic) == {"ชุมชน": ["คนกินน้ำบ่อเดียวกัน"], "ป่า": ["ที่ไม่มีใครเผา"]}
    assert cards(other) == {"ชุมชน": ["คนในตลาด"]}
    assert not Word.objects.filter(topic=other, term="ป่า").exists()  # nor does it count there


def test_what_a_network_says_there_already_is_what_it_says(topic, other, forest, moderator):
    takes_part(forest, other)
    here, there = say(topic, forest, "ที่นี่"), say(other, forest, "ที่โน่น")
    join(moderator=moderator, topic=topic, into=other, reason=WHY)
    assert cards(other) == {"ชุมชน": ["ที่โน่น"]}
    assert cards(topic) == {"ชุมชน": ["ที่นี่"]}
    unjoin(moderator=moderator, topic=topic, reason=WHY)
    assert Meaning.objects.get(pk=here.pk).word.topic == topic
    assert Meaning.objects.get(pk=there.pk).word.topic == other


def test_earlier_versions_go_along_and_what_was_said_since_goes_back(
    topic, other, forest, moderator
):
    first, second = say(topic, forest, "หนึ่ง"), say(topic, forest, "สอง")
    join(moderator=moderator, topic=topic, into=other, reason=WHY)
    third = say(other, forest, "สาม")
    stay = say(other, forest, "ใหม่", term="คลอง")
    unjoin(moderator=moderator, topic=topic, reason=WHY)
    there = Meaning.objects.filter(word__topic=topic).order_by("pk")
    assert [card.pk for card in there] == [first.pk, second.pk, third.pk]
    assert cards(topic) == {"ชุมชน": ["สาม"]}
    assert cards(other) == {"คลอง": [stay.body]}


def test_merged_on_they_go_back_a_step_at_a_time(topic, other, forest, moderator, malee, board):
    last = make_topic(malee, board)
    say(topic, forest, "หนึ่ง")
    join(moderator=moderator, topic=topic, into=other, reason=WHY)
    join(moderator=moderator, topic=other, into=last, reason=WHY)
    assert cards(last) == {"ชุมชน": ["หนึ่ง"]}
    unjoin(moderator=moderator, topic=other, reason=WHY)
    assert cards(other) == {"ชุมชน": ["หนึ่ง"]}
    unjoin(moderator=moderator, topic=topic, reason=WHY)
    assert cards(topic) == {"ชุมชน": ["หนึ่ง"]}


def test_two_networks_that_became_one_meanwhile_say_one_thing_in_each_topic(
    topic, other, forest, moderator
):
    town = network_in(topic)
    takes_part(town, other)
    say(topic, town, "ของเมือง")
    say(topic, forest, "ของป่า")
    say(other, town, "ของเมืองที่โน่น")  # so what the town says in the first stays there
    join(moderator=moderator, topic=topic, into=other, reason=WHY)
    merge_networks(moderator=moderator, network=forest, into=town, reason=WHY)
    assert cards(other) == {"ชุมชน": ["ของเมืองที่โน่น"]}
    unjoin(moderator=moderator, topic=topic, reason=WHY)
    assert (cards(topic), cards(other)) == ({"ชุมชน": ["ของเมือง"]}, {"ชุมชน": ["ของเมืองที่โน่น"]})


def test_more_words_than_anybody_could_add_come_along(topic, other, forest, moderator):
    for at in range(MOST_WORDS):
        for each in (topic, other):
            word = Word.objects.create(
                topic=each, term=f"{each.pk}-{at}", key=f"{each.pk}-{at}", made_by=moderator
            )
            Meaning.objects.create(word=word, network=forest, body="ก", author=moderator)
    join(moderator=moderator, topic=topic, into=other, reason=WHY)
    assert Meaning.objects.filter(word__topic=other).count() == 2 * MOST_WORDS


def test_what_was_hidden_stays_hidden_and_its_decision_is_found(topic, other, forest, moderator):
    card = say(topic, forest, "ของร้านเรา")
    withdraw_meaning(moderator=moderator, meaning=card, reason=WHY)
    join(moderator=moderator, topic=topic, into=other, reason=WHY)
    assert cards(other) == {}
    card = Meaning.objects.get(pk=card.pk)
    assert card.word.topic == other
    assert withdrawal_of("meaning", card) is not None


def test_old_addresses_of_words_lead_to_where_they_went(topic, other, forest, moderator, as_):
    card = say(topic, forest, "คนกินน้ำบ่อเดียวกัน")
    join(moderator=moderator, topic=topic, into=other, reason=WHY)
    there = f"/t/{other.pk}/common/words/"
    for asked in ("", f"?word={card.word_id}"):
        assert as_(None).get(f"/t/{topic.pk}/common/words/{asked}").url == there
    assert "คนกินน้ำบ่อเดียวกัน" in as_(None).get(there).content.decode()
