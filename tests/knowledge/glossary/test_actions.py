"""What a word means to a network: said in its name, kept in versions, never twice."""

import pytest
from django.db import IntegrityError, transaction

from forums.base.errors import BadText, NotAllowed, Stale
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Role
from forums.knowledge.glossary.actions import merge_meanings, say_meaning
from forums.knowledge.glossary.cards import words_of
from forums.knowledge.glossary.models import Meaning, Word
from tests.knowledge.making import network_in
from tests.make import join, make_member, make_topic
from tests.threads import in_threads

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return Topic.objects.select_related("board").get(pk=make_topic().pk)


def speaker_of(network, role=Role.SPOKESPERSON):
    member = make_member()
    join(network, member, role=role)
    return member


def say(topic, network, member=None, term="ชุมชน", body="คนที่กินน้ำบ่อเดียวกัน", **more):
    return say_meaning(
        member=member or speaker_of(network),
        topic=topic,
        network=network,
        term=term,
        body=body,
        **more,
    )


def test_networks_say_what_the_same_word_means_to_each(topic):
    forest, town = network_in(topic), network_in(topic)
    say(topic, forest)
    say(topic, town, term=" ชุมชน ", body="คนในหมู่บ้านจัดสรรเดียวกัน")
    (word,) = words_of(topic)
    assert word.term == "ชุมชน"
    assert [card.body for card in word.cards] == [
        "คนที่กินน้ำบ่อเดียวกัน",
        "คนในหมู่บ้านจัดสรรเดียวกัน",
    ]


def test_a_new_version_takes_the_place_of_the_one_before_which_stays(topic):
    forest = network_in(topic)
    first = say(topic, forest)
    second = say(topic, forest, body="คนที่ใช้ป่าผืนเดียวกัน", seen=first.pk)
    assert [card.id for card in words_of(topic)[0].cards] == [second.pk]
    assert Meaning.objects.get(pk=first.pk).body == "คนที่กินน้ำบ่อเดียวกัน"
    assert say(topic, forest, body="คนที่ใช้ป่าผืนเดียวกัน").pk == second.pk


def test_two_who_write_at_once_do_not_overwrite_each_other(topic):
    forest = network_in(topic)
    first = say(topic, forest)
    say(topic, forest, body="อย่างอื่น", seen=first.pk)
    with pytest.raises(Stale):
        say(topic, forest, body="อีกอย่าง", seen=first.pk)
    with pytest.raises(BadText):
        say(topic, forest, body="อีกอย่าง", seen=0)


def test_an_empty_card_takes_it_back_and_the_word_goes_with_the_last(topic):
    forest = network_in(topic)
    first = say(topic, forest)
    assert say(topic, forest, body=" \n ", seen=first.pk) is None
    assert words_of(topic) == []
    assert say(topic, forest, body="") is None
    say(topic, forest)
    assert Word.objects.count() == 1


def test_only_who_speaks_for_a_network_that_takes_part_does(topic):
    forest, stranger = network_in(topic), network_in(make_topic())
    with pytest.raises(NotAllowed):
        say(topic, forest, speaker_of(forest, Role.MEMBER))
    with pytest.raises(NotAllowed):
        say(topic, stranger)
    with pytest.raises(NotAllowed):
        say(topic, forest, speaker_of(stranger))


@pytest.mark.parametrize("term", ["", " \u200b ", "ก" * 41, "ดู example.com", "???"])
def test_what_is_no_word_is_refused(topic, term):
    with pytest.raises(BadText):
        say(topic, network_in(topic), term=term)


def test_a_card_has_two_lines_and_two_hundred_letters_as_a_reader_counts_them(topic):
    forest = network_in(topic)
    made = say(topic, forest, body="หนึ่ง\n\nสอง\nสาม")
    assert made.body == "หนึ่ง\nสอง สาม"
    say(topic, forest, body="ที่" * 200)
    with pytest.raises(BadText):
        say(topic, forest, body="ที่" * 201)


def test_what_was_hidden_does_not_come_back_by_being_said_again(topic):
    forest = network_in(topic)
    made = say(topic, forest)
    Meaning.objects.filter(pk=made.pk).update(hidden_at=made.created_at)
    say(topic, forest)
    assert words_of(topic) == []


def test_a_topic_has_an_end_of_words(topic):
    forest = network_in(topic)
    speaker = speaker_of(forest)
    Word.objects.bulk_create(
        Word(topic=topic, term=f"คำ {n}", key=f"คำ {n}", made_by=speaker) for n in range(20)
    )
    with pytest.raises(NotAllowed):
        say(topic, forest, speaker)


def test_one_card_a_network_a_word_the_database_holds_it(topic):
    made = say(topic, network_in(topic))
    with pytest.raises(IntegrityError), transaction.atomic():
        Meaning.objects.create(
            word=made.word, network=made.network, body="อย่างอื่น", author=made.author
        )


def test_when_networks_merge_what_the_one_that_stays_said_is_shown(topic):
    forest, town = network_in(topic), network_in(topic)
    say(topic, forest)
    say(topic, town, body="คนในเมือง")
    say(topic, town, term="ป่า", body="ที่ที่ไปเที่ยว")
    merge_meanings(source=town.pk, target=forest.pk)
    assert [[card.body for card in word.cards] for word in words_of(topic)] == [
        ["คนที่กินน้ำบ่อเดียวกัน"],
        ["ที่ที่ไปเที่ยว"],
    ]
    assert Meaning.objects.filter(network=forest).count() == 3


@pytest.mark.django_db(transaction=True)
def test_ten_speakers_at_once_leave_one_card(topic):
    forest = network_in(topic)
    speakers = [speaker_of(forest) for _ in range(10)]
    in_threads(lambda speaker: say(topic, forest, speaker, body=f"{speaker.handle}"), speakers)
    assert Word.objects.count() == 1
    assert Meaning.objects.shown().count() == 1
