"""The page of common ground, for each reader, at each stage."""

from dataclasses import replace

import pytest

from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.reasons.actions import give_reason
from forums.knowledge.results.models import PublishedResults
from forums.knowledge.statements.actions import propose
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.actions import close_round, vote
from forums.knowledge.voting.models import Answered, Round
from tests.answers import page, questions, text_of
from tests.knowledge.common_ground.told import figures_of, looked, many, publish
from tests.knowledge.making import make_round, member_of, network_in, steward
from tests.make import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(malee):
    return make_topic(malee, title="ชิงเผาหรือห้ามเผา")


@pytest.fixture
def networks(topic):
    return [network_in(topic, name) for name in ("คนเฝ้าป่าต้นน้ำ", "ฝุ่นเราไม่เอา", "อสม. น้ำว้า")]


@pytest.fixture
def statements(topic):
    return many(topic, 8)


@pytest.fixture
def told(topic, networks, statements):
    """A round that is open, and what is told of it."""
    round_ = make_round(topic)
    publish(round_, figures_of(statements, networks))
    return round_


@pytest.fixture
def fresh(networks, told, statements):
    """She answered five, and has neither guessed nor looked."""
    fresh = member_of(networks[0])
    answer(fresh, told, statements[:5])
    return fresh


@pytest.fixture
def noi(fresh, topic):
    """She answered five, and looked without guessing."""
    looked(fresh, topic)
    return fresh


def address(topic):
    return f"/t/{topic.pk}/common/"


def answer(member, round_, statements):
    for statement in statements:
        vote(member=member, round_=round_, statement=statement, choice=Answered.AGREE)


def words(as_, member, path):
    return text_of(as_(member).get(path))


# -- Until there is something to tell ----------------------------------------------------------


def test_a_topic_without_statements_says_what_one_is_and_who_can_begin(as_, topic, somchai):
    text = page(as_(None), address(topic))
    assert "คำกล่าวคือ" in text
    assert f"/accounts/login/?next={address(topic)}" in text
    assert f"{address(topic)}write/" not in text
    assert f"{address(topic)}write/" in page(as_(somchai), address(topic))


def test_before_a_round_the_statements_stand_in_a_plain_list(as_, topic, statements, somchai):
    text = page(as_(somchai), address(topic))
    assert "ยังไม่เปิดรอบให้ตอบ" in text
    assert statements[7].body in text
    assert f"{address(topic)}rounds/" not in text
    assert f"{address(topic)}rounds/" in page(as_(steward()), address(topic))


def test_who_has_not_answered_five_is_told_why_and_nothing_else(
    as_, topic, told, networks, statements
):
    noi = member_of(networks[0])
    answer(noi, told, statements[:4])
    for who, button in ((noi, "ตอบต่ออีก 1 ข้อ"), (member_of(), "เริ่มตอบ"), (None, "เริ่มตอบ")):
        for path in ("", "?round=1"):
            said = words(as_, who, address(topic) + path)
            assert "ตอบเองก่อน 5 ข้อ" in said
            assert button in said
            for secret in ("%", "60 คน", "เห็นตรงกัน", statements[0].body):
                assert secret not in said
        assert as_(who).get(f"{address(topic)}?of=shared").status_code == 302
        assert "%" not in words(as_, who, f"{address(topic)}1/")


def test_while_nothing_is_published_one_is_told_that_it_is_counted(as_, topic, noi):
    PublishedResults.objects.all().delete()
    assert "กำลังนับ" in page(as_(noi), address(topic))


def test_only_who_decides_sees_how_many_wait(as_, topic, statements, somchai):
    propose(author=somchai, topic=topic, body="คนในเมืองควรออกค่าแรงเก็บใบไม้")
    make_round(topic)
    looks = steward()
    propose(author=looks, topic=topic, body="หมู่บ้านควรมีถังน้ำสำรองไว้ทุกแนวกันไฟ")  # others look at it
    assert "รอท่านดู 1 ข้อ" in words(as_, looks, address(topic))
    assert "รอท่านดู" not in words(as_, somchai, address(topic))


def test_who_may_open_a_round_is_led_there_while_none_is_open(as_, topic, statements, somchai):
    to_open = f'href="{address(topic)}rounds/">เปิดรอบ</a>'
    assert to_open in page(as_(steward()), address(topic))
    assert to_open not in page(as_(somchai), address(topic))
    make_round(topic)
    assert to_open not in page(as_(steward()), address(topic))


# -- Guess before you look ---------------------------------------------------------------------


def test_before_she_looks_she_may_guess_and_nothing_is_told(as_, topic, fresh, statements):
    for path in ("", "?round=1"):
        said = words(as_, fresh, address(topic) + path)
        assert "เดาใจก่อนดู" in said
        for secret in ("%", "60 คน", "เห็นตรงกัน", statements[0].body):
            assert secret not in said
    assert as_(fresh).get(f"{address(topic)}?of=shared").status_code == 302
    of_one = words(as_, fresh, f"{address(topic)}1/")
    assert "เดาก่อน" in of_one
    assert "%" not in of_one


def test_she_looks_without_guessing_and_is_not_asked_again(as_, topic, fresh):
    client = as_(fresh)
    sent = client.post(f"{address(topic)}guess/", {"look": "1"})
    assert sent.url == address(topic)
    assert "เห็นด้วย 85%" in text_of(client.get(sent.url))
    assert "เดาใจก่อนดู" not in text_of(client.get(sent.url))
    assert "ไม่มีข้อให้เดาแล้ว" in text_of(client.get(f"{address(topic)}guess/"))


def test_from_a_statement_she_comes_back_to_it(as_, topic, fresh):
    client = as_(fresh)
    for wrong in ("x", "0", "99999", "๑/"):
        sent = client.post(f"{address(topic)}guess/", {"look": "1", "statement": wrong})
        assert sent.url == address(topic)
    sent = client.post(f"{address(topic)}guess/", {"look": "1", "statement": "1"})
    assert sent.url == f"{address(topic)}1/"
    assert "85%" in text_of(client.get(sent.url))


def test_to_look_before_there_is_anything_costs_no_card(as_, topic, fresh):
    told = PublishedResults.objects.get()
    PublishedResults.objects.all().delete()
    as_(fresh).post(f"{address(topic)}guess/", {"look": "1"})
    told.save(force_insert=True)
    assert "เดาใจก่อนดู" in words(as_, fresh, address(topic))


def test_who_answered_nothing_or_did_not_sign_in_may_ask_to_look_and_sees_nothing(as_, topic, told):
    sent = as_(member_of()).post(f"{address(topic)}guess/", {"look": "1"})
    assert "%" not in words(as_, None, sent.url)
    assert "%" not in text_of(as_(None).post(f"{address(topic)}guess/", {"look": "1"}))


# -- What is told ------------------------------------------------------------------------------


def test_three_columns_stand_side_by_side_and_the_rest_is_listed(as_, topic, noi, statements):
    text = page(as_(noi), address(topic))
    places = [text.index(f'id="{key}"') for key in ("shared", "differs", "unsure", "rest")]
    assert places == sorted(places)
    for at, key in enumerate(("shared", "differs", "unsure", "rest")):
        after = text[text.index(f'id="{key}"') :]
        assert statements[at].body in after
    said = words(as_, noi, address(topic))
    for piece in ("เห็นด้วย 85%", "เห็นด้วยราว 85%", "16 คน", "ขอข้าม 50%", "ตอบต่ออีก 3 ข้อ"):
        assert piece in said
    assert "60 คนจาก 3 เครือข่ายตอบแล้ว" in said


def test_of_a_closed_round_a_visitor_reads_all(as_, topic, told, statements):
    close_round(member=steward(), round_=told)
    said = words(as_, None, address(topic))
    assert "รอบที่ 1 ปิดแล้วเมื่อ" in said
    assert "เห็นด้วย 85%" in said
    assert "เริ่มตอบ" not in said


def test_an_earlier_round_is_read_by_its_number(as_, topic, told, noi, networks, statements):
    close_round(member=steward(), round_=told)
    second = make_round(topic)
    publish(second, figures_of(statements[:1], networks))
    assert as_(noi).get(f"{address(topic)}?round=1").status_code == 200
    assert "%" not in words(as_, noi, f"{address(topic)}?round=1")  # she answered none of this one
    answer(noi, second, statements[:5])
    looked(noi, topic)
    assert statements[5].body in words(as_, noi, f"{address(topic)}?round=1&of=differs")
    assert as_(noi).get(f"{address(topic)}?round=1&of=differs").status_code == 200
    assert "รอบที่ 1" in words(as_, noi, address(topic))
    for wrong in ("3", "0", "x", "-1", "99999", "²"):
        assert as_(noi).get(f"{address(topic)}?round={wrong}").status_code == 404, wrong


def test_a_mark_says_what_stands_behind_it(as_, topic, noi):
    said = words(as_, noi, address(topic))
    assert "มั่นคง ขาดเครือข่ายใดไปก็ยังตรงกัน" in said
    assert "เปราะ ถ้าไม่นับคนที่ตอบมากสุดห้าคน จะไม่ผ่าน" in said


def test_when_a_round_is_over_nothing_is_said_to_come(as_, topic, told, noi, networks, statements):
    figures = figures_of(statements[:1], networks)
    unmarked = replace(figures.statements[0], mark="")
    publish(told, replace(figures, statements=(unmarked,)))
    shared = f"{address(topic)}{statements[0].number}/"
    for path in (f"{address(topic)}?of=shared", shared):
        assert "ยังไม่ขึ้นป้าย" in words(as_, noi, path), path
    close_round(member=steward(), round_=told)
    for path in (f"{address(topic)}?of=shared", shared):
        said = words(as_, None, path)
        assert "ยังไม่ขึ้นป้าย" not in said, path
        assert "ไม่มีป้าย: จนปิดรอบ" in said, path


def test_a_mark_that_is_being_lost_does_not_stand_where_they_differ_or_are_not_sure(
    as_, topic, noi, networks, statements
):
    figures = figures_of(statements, networks)
    of_each = tuple(replace(each, mark="firm", failed=()) for each in figures.statements)
    publish(Round.objects.get(), replace(figures, statements=of_each))
    said = words(as_, noi, address(topic))
    shared = figures.found(Finding.SHARED)
    assert said.count("มั่นคง ขาดเครือข่ายใดไปก็ยังตรงกัน") == len(shared) == 2


def test_an_empty_column_keeps_its_place_and_says_so(as_, topic, noi, networks, statements):
    publish(Round.objects.get(), figures_of(statements[:1], networks))
    said = words(as_, noi, address(topic))
    for column in ("เห็นตรงกัน", "เห็นต่างกัน", "ยังไม่แน่ใจ"):
        assert column in said
    assert "ยังไม่มีข้อที่เครือข่ายเห็นต่างกัน" in said


def test_who_is_not_heard_is_named_once(as_, topic, noi, networks, statements):
    unheard = network_in(topic, "เกลือและชายฝั่ง")
    publish(Round.objects.get(), figures_of(statements, networks, unheard=[unheard.pk]))
    assert words(as_, noi, address(topic)).count("เกลือและชายฝั่ง") == 1


def test_a_hidden_network_is_named_nowhere(as_, topic, noi, networks):
    networks[1].hidden_at = networks[1].created_at
    networks[1].save()
    said = words(as_, noi, address(topic))
    assert networks[1].name not in said
    assert networks[2].name in said


def test_a_statement_that_is_hidden_is_told_nowhere(as_, topic, noi, statements):
    Statement.objects.filter(pk=statements[0].pk).update(hidden_at=statements[0].created_at)
    for path in ("", "?of=shared", "?of=networks"):
        assert statements[0].body not in words(as_, noi, address(topic) + path)
    assert as_(noi).get(f"{address(topic)}1/").status_code == 404


def test_the_map_says_where_she_stands_and_a_table_says_the_same(as_, topic, noi):
    text = page(as_(noi), address(topic))
    assert "กลุ่ม ก มี 34 คน กลุ่ม ข มี 27 คน ท่านอยู่ใกล้กลุ่ม ก ที่สุด" in text
    assert 'class="map-me"' in text
    assert "style=" not in text
    assert "ใกล้ท่าน" in text


def test_more_than_five_of_a_column_are_a_page_away(as_, topic, networks):
    statements = many(topic, 100)
    round_ = make_round(topic)
    publish(round_, figures_of(statements, networks))
    noi = member_of(networks[0])
    answer(noi, round_, statements[:5])
    looked(noi, topic)
    assert "อีก 20 ข้อ" in words(as_, noi, address(topic))
    first = page(as_(noi), f"{address(topic)}?of=shared")
    assert first.count('class="stand"') == 8
    assert "from=8" in first
    assert page(as_(noi), f"{address(topic)}?of=shared&from=24").count('class="stand"') == 1
    assert statements[3].body in page(as_(noi), f"{address(topic)}?of=rest")
    assert as_(noi).get(f"{address(topic)}?of=best").status_code == 404


def test_two_hundred_statements_cost_as_many_questions_as_two(as_, networks):
    asked, sizes = [], []
    for count in (2, 200):
        place = make_topic()
        there = [network_in(place) for _ in range(40)]
        statements = many(place, count)
        round_ = make_round(place)
        publish(round_, figures_of(statements, there))
        noi = member_of(there[0])
        answer(noi, round_, statements[:5])
        client = as_(noi)
        page(client, address(place))
        asked.append(questions(client, address(place)))  # folded, before she guessed or looked
        looked(noi, place)
        asked.append(questions(client, address(place)))
        sizes.append(len(client.get(address(place)).content))
    assert asked[:2] == asked[2:]
    assert max(asked) <= 12
    assert sizes[1] < 60_000


def test_who_may_not_read_the_topic_finds_no_page(as_, topic, told, somchai):
    topic.hidden_at = topic.created_at
    topic.save()
    for path in ("", "1/"):
        assert as_(somchai).get(address(topic) + path).status_code == 404


def test_beside_what_is_shared_stands_one_reason_against_it(as_, topic, noi, statements):
    for side, body in (
        (Answered.AGREE, "บอกก่อน คนเตรียมตัวทัน"),
        (Answered.DISAGREE, "สองวันบางทีลมเปลี่ยนสามหน"),
    ):
        give_reason(member=member_of(), topic=topic, statement=statements[0], side=side, body=body)
    said = words(as_, noi, address(topic))
    assert "สองวันบางทีลมเปลี่ยนสามหน" in said
    assert "คนเตรียมตัวทัน" not in said
    both = words(as_, noi, f"{address(topic)}1/")
    assert both.index("คนเตรียมตัวทัน") < both.index("ลมเปลี่ยนสามหน")


def test_the_figures_can_be_taken_along_when_the_round_is_over(as_, topic, told, noi):
    assert "export.zip" not in page(as_(noi), address(topic))
    close_round(member=steward(), round_=told)
    assert f"{address(topic)}export.zip?round=1" in page(as_(None), address(topic))
