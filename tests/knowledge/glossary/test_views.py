"""The page of a topic's words, and the form in which a network says what one means to it."""

import pytest

from forums.discussions.boards.models import Access
from forums.knowledge.glossary.actions import say_meaning
from forums.knowledge.glossary.models import Meaning
from tests.answers import html_of, page, questions
from tests.knowledge.making import network_in
from tests.make import make_board, make_member, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return make_topic(title="ป่าชุมชน")


@pytest.fixture
def forest(topic):
    return network_in(topic, "คนเฝ้าป่า")


def address(topic, rest=""):
    return f"/t/{topic.pk}/common/words/{rest}"


def said(topic, network, term="ชุมชน", body="คนที่กินน้ำบ่อเดียวกัน"):
    return say_meaning(
        member=network.registered_by, topic=topic, network=network, term=term, body=body
    )


def test_where_no_word_has_a_card_it_says_whose_they_are(as_, topic):
    assert "ยังไม่มีคำที่บอกความหมายไว้" in page(as_(None), address(topic))


def test_everybody_reads_what_each_network_means(as_, topic, forest):
    said(topic, forest)
    said(topic, network_in(topic, "ฝุ่นเราไม่เอา"), body="คนใน <b>หมู่บ้านจัดสรร</b>")
    text = page(as_(None), address(topic))
    assert "คนที่กินน้ำบ่อเดียวกัน" in text
    assert "คนใน &lt;b&gt;หมู่บ้านจัดสรร" in text
    assert "words/write/" not in text


def test_a_spokesperson_writes_changes_and_takes_back_by_plain_forms(as_, topic, forest):
    malee = as_(forest.registered_by)
    assert "words/write/" in page(malee, address(topic))
    sent = {"network": forest.pk, "term": "ชุมชน", "body": "คนที่กินน้ำบ่อเดียวกัน", "seen": "0"}
    assert malee.post(address(topic, "write/"), sent).status_code == 302
    card = Meaning.objects.get()
    change = address(topic, f"write/?of={card.pk}")
    assert f'href="{change}"' in page(malee, address(topic))
    assert "คนที่กินน้ำบ่อเดียวกัน" in page(malee, change)
    malee.post(change, {"body": "คนที่ใช้ป่าผืนเดียวกัน", "seen": card.pk})
    assert "คนที่ใช้ป่าผืนเดียวกัน" in page(as_(None), address(topic))
    newest = Meaning.objects.latest("pk").pk
    malee.post(address(topic, f"write/?of={newest}"), {"body": "", "seen": newest})
    assert "the-word" not in page(as_(None), address(topic))


@pytest.mark.parametrize("body", ["", " \n ", "\u200b"])
def test_a_word_without_a_meaning_is_asked_for_one(as_, topic, forest, body):
    sent = {"network": forest.pk, "term": "ชุมชน", "body": body, "seen": "0"}
    answer = as_(forest.registered_by).post(address(topic, "write/"), sent)
    assert answer.status_code == 400
    assert "เขียนความหมายก่อน" in html_of(answer)
    assert 'value="ชุมชน"' in html_of(answer)


def test_what_is_too_long_comes_back_with_both_numbers(as_, topic, forest):
    sent = {"network": forest.pk, "term": "ชุมชน", "body": "ก" * 300, "seen": "0"}
    answer = as_(forest.registered_by).post(address(topic, "write/"), sent)
    assert answer.status_code == 400
    assert "ก" * 300 in html_of(answer)
    assert "300" in html_of(answer)


def test_who_speaks_for_no_network_here_does_not_write(as_, topic, forest):
    assert as_(make_member()).get(address(topic, "write/")).status_code == 403
    assert as_(None).get(address(topic, "write/")).status_code == 302
    other = network_in(make_topic()).registered_by
    assert as_(other).post(address(topic, "write/"), {"network": forest.pk}).status_code == 403


def test_another_networks_card_is_not_hers_to_change(as_, topic, forest):
    card = said(topic, forest)
    other = as_(network_in(topic).registered_by)
    assert other.get(address(topic, f"write/?of={card.pk}")).status_code == 404
    assert other.get(address(topic, "write/?of=9999999999")).status_code == 404
    assert other.get(address(topic, "write/?of=x")).status_code == 200


def test_of_a_topic_one_may_not_read_there_are_no_words(as_, canal, malee):
    board = make_board(
        "ในบ้าน", network=canal, open_to="network", read=Access.NETWORK, write=Access.NETWORK
    )
    inside = make_topic(malee, board)
    assert as_(None).get(address(inside)).status_code == 404
    assert as_(make_member()).get(address(inside, "write/")).status_code == 404
    assert as_(malee).get(address(inside)).status_code == 200


def test_it_costs_the_same_with_one_card_and_with_twenty(as_, topic, forest):
    said(topic, forest)
    page(as_(None), address(topic))
    few = questions(as_(None), address(topic))
    for number in range(6):
        said(topic, forest, term=f"คำที่ {number}")
        said(topic, network_in(topic), body=f"อย่างที่ {number}")
    assert questions(as_(None), address(topic)) == few


def test_where_a_word_stands_in_a_topic_its_cards_open_below_the_text(as_, forest):
    topic = make_topic(body="หมู่บ้านเราอยู่ติดป่า")
    client, url = as_(None), topic.get_absolute_url()
    page(client, url)
    before = questions(client, url)
    assert "คำที่ใช้ต่างกัน" not in page(client, url)
    said(topic, network_in(topic, "ฝุ่นเราไม่เอา"), term="หมู่บ้าน", body="คนที่กินน้ำบ่อเดียวกัน")
    said(topic, network_in(topic, "รักคลอง"), term="คลอง", body="ทางน้ำที่คนขุด")
    text = page(client, url)
    places = [text.index(each) for each in ("อยู่ติดป่า", "คำที่ใช้ต่างกัน", "กินน้ำบ่อเดียวกัน")]
    assert places == sorted(places)
    assert "ทางน้ำที่คนขุด" not in text  # nobody said it here
    assert questions(client, url) <= before + 2  # the cards, and networks that are there now
