"""The card, and what comes after it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.signing import dumps
from django.utils import timezone

from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.knowledge.guesses.cards import AnsweredCard, GuessCard
from forums.knowledge.guesses.models import GuessProgress, NetworkGuess
from forums.knowledge.reasons.actions import give_reason
from forums.knowledge.voting.models import Answered
from tests.knowledge.guesses.making import answer_all, publish, told
from tests.knowledge.making import make_round, make_statement, member_of, network_in
from tests.make import make_member, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    topic = make_topic()
    for _ in range(6):
        make_statement(topic)
    return Topic.objects.get(pk=topic.pk)


@pytest.fixture
def theirs(topic):
    return network_in(topic, "คนเฝ้าป่า")


@pytest.fixture
def round_(topic, theirs):
    made = make_round(topic)
    said = topic.statements.values_list("pk", flat=True)
    publish(made, told({pk: {theirs.pk: 70} for pk in said}, people=23))
    return made


@pytest.fixture
def duang(topic, round_):
    member = member_of(network_in(topic))
    answer_all(member, round_, count=5)
    return member


@pytest.fixture
def page(topic):
    return f"/t/{topic.pk}/common/guess/"


def read(answer):
    return answer.content.decode()


def card_on(answer):
    return re.search(r'name="card" value="([^"]+)"', read(answer))[1]


def test_who_may_knock(client, as_, malee, topic, page, duang):
    assert "/accounts/login/" in client.get(page).url
    assert "ตอบเองก่อน" in read(as_(malee).get(page))
    assert "คนเฝ้าป่า" in read(as_(duang).get(page))
    Topic.objects.filter(pk=topic.pk).update(hidden_at=timezone.now())
    assert as_(duang).get(page).status_code == 404


def test_nothing_of_a_result_stands_on_a_card(as_, malee, topic, round_, page, duang):
    for member in (malee, duang):
        assert "70" not in re.sub(r"<[^>]*>", "", read(as_(member).get(page)).split("<main")[1])


def test_a_topic_without_statements_and_one_without_a_round_say_so(as_, malee, topic):
    for each in (make_topic(), topic):
        answer = as_(malee).get(f"/t/{each.pk}/common/guess/")
        assert answer.status_code == 200
        assert "ตอนนี้ยังไม่มีอะไรให้เดา" in read(answer)


def test_three_cards_each_guessed_looked_at_and_left(as_, topic, theirs, round_, page, duang):
    client = as_(duang)
    assert card_on(client.get(page))
    first = read(client.get(page)).count("ข้อ 1 จาก 3")
    assert first == 1
    for number in range(1, 4):
        assert "เดาใจก่อนดู" in read(client.get(f"/t/{topic.pk}/common/"))
        sent = client.post(page, {"card": card_on(client.get(page)), "guess": "3", "send": "1"})
        said = read(client.get(sent.url))
        assert "เห็นด้วย 7 ใน 10 คน" in said
        assert "23 คน" in said
        assert "ท่านเดาไว้ 3" in said
        assert ("ข้อถัดไป" in said) is (number < 3)
        assert GuessProgress.objects.get().done == number
    assert "ไม่มีข้อให้เดาแล้ว" in read(client.get(page))
    assert NetworkGuess.objects.count() == 3


def test_a_reload_shows_the_same_card_and_the_same_answer(as_, page, duang):
    client = as_(duang)
    asked = [GuessCard.read(card_on(client.get(page))) for _ in range(2)]
    assert asked[0] == asked[1]
    sent = client.post(page, {"card": card_on(client.get(page)), "guess": "0"})
    assert read(client.get(sent.url)).count("ท่านเดาไว้ 0") == 1
    assert client.get(sent.url).status_code == 200


def test_one_reason_of_that_network_stands_beside_the_figure(
    as_, topic, theirs, round_, page, duang
):
    client = as_(duang)
    card = GuessCard.read(card_on(client.get(page)))
    statement = topic.statements.get(pk=card.statement)
    for side, body in ((Answered.DISAGREE, "ไม่เอา"), (Answered.AGREE, "น้ำพอถึงเมษา")):
        give_reason(
            member=member_of(theirs), topic=topic, statement=statement, side=side, body=body,
            speak_from=theirs.pk,
        )  # fmt: skip
    sent = client.post(page, {"card": card.signed(), "guess": "3"})
    said = read(client.get(sent.url))
    assert "น้ำพอถึงเมษา" in said
    assert "ไม่เอา" not in said


def test_skipped_it_goes_on_to_the_next(as_, page, duang):
    client = as_(duang)
    sent = client.post(page, {"card": card_on(client.get(page)), "skip": "1"})
    assert sent.url == page
    assert "ข้อ 2 จาก 3" in read(client.get(page))
    assert not NetworkGuess.objects.exists()


@pytest.mark.parametrize("wrong", ["", "11", "-1", "x", "๓", "1.5", "9" * 40])
def test_a_number_that_is_none_is_asked_for_again(as_, page, duang, wrong):
    client = as_(duang)
    answer = client.post(page, {"card": card_on(client.get(page)), "guess": wrong})
    assert answer.status_code == 400
    assert "เลือกจำนวน" in read(answer)
    assert card_on(answer)


def test_a_card_somebody_made_or_of_another_is_refused_in_words(as_, round_, page, duang, theirs):
    client = as_(duang)
    statement = round_.topic.statements.first()
    for card in ("", "x", dumps([duang.pk, round_.pk, 0, statement.pk, theirs.pk])):
        answer = client.post(page, {"card": card, "guess": "3"})
        assert answer.status_code == 400
    of_another = GuessCard(make_member().pk, round_.pk, 0, statement.pk, theirs.pk)
    assert client.post(page, {"card": of_another.signed(), "guess": "3"}).status_code == 403
    assert not NetworkGuess.objects.exists()


def test_the_answer_of_another_is_not_there(as_, malee, round_, page, duang, theirs):
    statement = round_.topic.statements.first()
    card = GuessCard(duang.pk, round_.pk, 0, statement.pk, theirs.pk)
    token = AnsweredCard(card, 3).signed()
    assert as_(malee).get(page, {"answer": token}).status_code == 404
    assert as_(duang).get(page, {"answer": token[:-2]}).status_code == 404
    assert as_(duang).get(page, {"answer": token}).status_code == 200
    assert parse_qs(urlsplit(f"?answer={token}").query)["answer"] == [token]


def test_an_answer_shows_nothing_of_a_next_round_before_five_own_answers(
    as_, topic, round_, page, duang, theirs
):
    client = as_(duang)
    sent = client.post(page, {"card": card_on(client.get(page)), "guess": "3"})
    round_.closes_at = timezone.now()
    round_.closed_at = round_.closes_at
    round_.save(update_fields=["closes_at", "closed_at"])
    publish(
        make_round(topic),
        told({pk: {theirs.pk: 70} for pk in topic.statements.values_list("pk", flat=True)}),
    )
    assert client.get(sent.url).url == page
    assert "ตอบเองก่อน" in read(client.get(page))


def test_a_hidden_network_is_not_asked_about(as_, page, duang, theirs):
    Network.objects.filter(pk=theirs.pk).update(hidden_at=timezone.now())
    assert "ยังไม่มีข้อให้เดา" in read(as_(duang).get(page))


def test_pages_cost_the_same_for_two_networks_and_ten(
    as_, topic, round_, page, duang, theirs, django_assert_max_num_queries
):
    client = as_(duang)
    client.get(page)
    networks = [theirs, *(network_in(topic) for _ in range(9))]
    for some in (networks[:2], networks):
        publish(
            round_,
            told(
                {
                    pk: {each.pk: 60 for each in some}
                    for pk in topic.statements.values_list("pk", flat=True)
                }
            ),
        )
        with django_assert_max_num_queries(10):
            client.get(page)
