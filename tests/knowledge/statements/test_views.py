"""The pages of statements: handing one in, looking at what waits, what became of one's own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.discussions.boards.models import Access
from forums.discussions.topics.models import Topic
from forums.knowledge.statements.actions import merge, part, refuse, set_hidden, take_back
from forums.knowledge.statements.models import Fate, Refusal, Statement
from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.models import Answered
from forums.moderation.withdrawing.actions import withdraw_statement
from tests.knowledge.making import make_round, make_statement, member_of, network_in, steward
from tests.make import join, make_board, make_member, make_topic

SAID = "ควรมีเวรเยี่ยมบ้านผู้ป่วยทุกสัปดาห์"


@pytest.fixture
def topic(malee):
    return make_topic(malee)


@pytest.fixture
def write(topic):
    return f"/t/{topic.pk}/common/write/"


@pytest.fixture
def queue(topic):
    return f"/t/{topic.pk}/common/waiting/"


def body(response) -> str:
    return response.content.decode()


# -- handing one in ---------------------------------------------------------------------------------


def test_what_is_handed_in_waits_and_leads_to_its_receipt(as_, somchai, write):
    page = body(as_(somchai).get(write))
    assert all(str(reason) in page for reason in Refusal.labels)
    sent = as_(somchai).post(write, {"body": SAID}, follow=True)
    assert sent.redirect_chain == [("/statements/", 302)]
    assert SAID in body(sent)
    assert Statement.objects.get().fate is Fate.WAITING


@pytest.mark.parametrize("typed", ["", "\u200b\u2060", "...!?", "ก" * 141])
def test_nothing_or_too_much_comes_back_with_words(as_, somchai, write, typed):
    sent = as_(somchai).post(write, {"body": typed})
    assert sent.status_code == 400
    assert "field wrong" in body(sent)
    assert typed.strip("\u200b\u2060") in body(sent)
    assert not Statement.objects.exists()


def test_near_ones_are_shown_first_and_hers_goes_if_it_differs(as_, somchai, topic, write):
    near = make_statement(topic, body="ควรมีเวรเยี่ยมผู้ป่วยที่บ้านทุกสัปดาห์")
    shown = as_(somchai).post(write, {"body": SAID})
    assert shown.status_code == 400
    assert near.body in body(shown)
    assert f'href="{near.get_absolute_url()}"' in body(shown)
    assert SAID in body(shown)
    assert as_(somchai).post(write, {"body": SAID, "differs": "1"}).status_code == 302
    assert Statement.objects.filter(body=SAID).exists()


def test_what_was_said_already_leads_there(as_, somchai, topic, write):
    there = make_statement(topic, body=SAID)
    sent = as_(somchai).post(write, {"body": SAID, "differs": "1"})
    assert sent.status_code == 400
    assert there.get_absolute_url() in body(sent)


def test_a_telephone_number_is_asked_about_first(as_, somchai, write):
    typed = {"body": "โทรหาหมอที่ 081-234-5678 ได้ทุกวัน"}
    asked = as_(somchai).post(write, typed)
    assert asked.status_code == 400
    assert 'name="mine"' in body(asked)


def test_where_one_speaks_from_is_asked_and_seeds_are_counted(as_, somchai, topic, write):
    network = network_in(topic, "คนรักคลอง")
    join(network, somchai, role="spokesperson")
    assert as_(somchai).post(write, {"body": SAID}).status_code == 400
    assert "0 จาก 3" in body(as_(somchai).get(write))
    spoken = {"body": SAID, "speak_from": f"{network.pk}-name"}
    assert as_(somchai).post(write, spoken).status_code == 302
    assert "1 จาก 3" in body(as_(somchai).get(write))
    assert Statement.objects.get().in_name


def test_too_many_that_wait_come_back_with_429(as_, somchai, write):
    for n in range(5):
        typed = {"body": f"ข้อเสนอเรื่องน้ำข้อที่ {n}", "differs": "1"}
        assert as_(somchai).post(write, typed).status_code == 302
    sent = as_(somchai).post(write, {"body": "อีกข้อหนึ่งที่ไม่เหมือนใคร"})
    assert sent.status_code == 429
    assert "อีกข้อหนึ่งที่ไม่เหมือนใคร" in body(sent)


def test_a_closed_topic_takes_none_and_gives_the_words_back(as_, somchai, topic, write):
    Topic.objects.filter(pk=topic.pk).update(locked_at=timezone.now())
    assert as_(somchai).get(write).status_code == 403
    sent = as_(somchai).post(write, {"body": SAID})
    assert sent.status_code == 403
    assert SAID in body(sent)


def test_a_visitor_is_asked_to_sign_in(client, write, queue):
    for address in (write, queue, "/statements/"):
        assert client.get(address).url.startswith("/accounts/login/")


def test_where_the_topic_is_not_seen_nothing_is(as_, somchai, moderator):
    topic = make_topic(moderator, make_board(read=Access.STAFF))
    made = make_statement(topic, moderator)
    for address in ("write/", "waiting/", f"{made.number}/look/"):
        assert as_(somchai).get(f"/t/{topic.pk}/common/{address}").status_code == 404


# -- looking at what waits ---------------------------------------------------------------------------


def test_who_may_not_decide_sees_no_queue(as_, somchai, topic, queue):
    made = make_statement(topic, looked=False)
    assert as_(somchai).get(queue).status_code == 403
    look = f"/t/{topic.pk}/common/{made.number}/look/"
    assert as_(somchai).get(look).status_code == 403
    assert as_(somchai).post(look, {"act": "accept"}).status_code == 403


def test_the_oldest_waits_first_and_ones_own_says_that_another_decides(as_, topic, queue):
    mine = steward()
    first = make_statement(topic, looked=False)
    own = make_statement(topic, mine, looked=False)
    page = body(as_(mine).get(queue))
    assert page.index(first.body) < page.index(own.body)
    assert "ท่านเขียนข้อนี้ คนอื่นเป็นคนดู" in page
    look = f"/t/{topic.pk}/common/{own.number}/look/"
    assert as_(mine).get(look).status_code == 403
    assert as_(mine).post(look, {"act": "accept"}).status_code == 403
    assert "เราจะเตือนท่าน" in body(as_(mine).get(f"/t/{make_topic(title='อื่น').pk}/common/waiting/"))


def test_each_way_to_decide_works_by_a_plain_form(as_, topic, queue):
    decider = as_(steward())
    kept = make_statement(topic, body=SAID)

    def decide(statement, **typed):
        sent = decider.post(f"/t/{topic.pk}/common/{statement.number}/look/", typed)
        statement.refresh_from_db()
        return sent, statement.fate

    ways = {
        Fate.OPEN: {"act": "accept"},
        Fate.REFUSED: {"act": "refuse", "refusal": "double"},
        Fate.MERGED: {"act": "merge", "into": kept.number},
        Fate.SPLIT: {"act": "part", "part1": "ควรมีเรือ", "part2": "ควรมีแพ"},
    }
    for fate, typed in ways.items():
        sent, became = decide(make_statement(topic, looked=False), **typed)
        assert (sent.status_code, sent.url, became) == (302, queue, fate)
    sent, became = decide(kept, act="part", part1="หนึ่งอย่าง", part2="สองอย่าง", part3="สามอย่าง")
    assert (sent.status_code, became) == (302, Fate.SPLIT)


def test_what_is_filled_in_wrongly_comes_back(as_, topic):
    decider, waits = as_(steward()), make_statement(topic, looked=False)
    make_statement(topic)
    look = f"/t/{topic.pk}/common/{waits.number}/look/"
    for typed in (
        {"act": "refuse"},
        {"act": "refuse", "refusal": "none"},
        {"act": "merge", "into": "99"},
        {"act": "part", "part1": "ข้อเดียวที่พิมพ์ไว้", "part2": " "},
        {"act": "part", "part1": "ข้อเดียวที่พิมพ์ไว้", "part2": "ก" * 141},
        {"act": "nothing"},
        {},
    ):
        sent = decider.post(look, typed)
        assert sent.status_code == 400, typed
        assert typed.get("part1", "") in body(sent)
    waits.refresh_from_db()
    assert waits.fate is Fate.WAITING


def test_what_another_decided_meanwhile_is_said(as_, topic):
    waits = make_statement(topic, looked=False)
    refuse(member=steward(), statement=waits, refusal=Refusal.PERSON)
    decider, look = as_(steward()), f"/t/{topic.pk}/common/{waits.number}/look/"
    assert "มีคนดูข้อนี้แล้ว" in body(decider.get(look))
    assert decider.post(look, {"act": "accept"}).status_code == 409


def test_what_its_author_took_back_meanwhile_is_nobodys_to_read_and_nothing_typed_is_lost(
    as_, topic, somchai
):
    waits = make_statement(topic, somchai, "ควรมีเวรและถังน้ำ", looked=False)
    take_back(member=somchai, statement=waits)
    decider, look = as_(steward()), f"/t/{topic.pk}/common/{waits.number}/look/"
    for answer in (decider.get(look), decider.post(look, {"act": "part", "part1": "ควรมีเวร"})):
        assert answer.status_code == 409
        assert "ผู้เขียนถอนคำกล่าวนี้ไปแล้ว" in body(answer)
        assert waits.body not in body(answer)
    assert "ควรมีเวร" in body(answer)


def test_what_moderators_hid_nobody_decides_on_or_reads_there(as_, topic):
    waits = make_statement(topic, looked=False)
    set_hidden(statement=waits, on=True)
    decider, look = as_(steward()), f"/t/{topic.pk}/common/{waits.number}/look/"
    assert decider.get(look).status_code == 404
    assert decider.post(look, {"act": "accept"}).status_code == 404
    waits.refresh_from_db()
    assert waits.looked_at is None


def test_as_many_queries_for_two_that_wait_as_for_fifteen(as_, topic, queue):
    decider = as_(steward())
    decider.get(queue)  # what is asked but once
    counts = []
    for more in (2, 13):
        for _ in range(more):
            make_statement(topic, member_of(network_in(topic)), looked=False)
        with CaptureQueriesContext(connection) as asked:
            assert decider.get(queue).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


# -- what became of one's own ------------------------------------------------------------------------


def test_each_fate_is_told_in_words(as_, topic, somchai, moderator):
    kept = make_statement(topic, body=SAID)
    fates = {name: make_statement(topic, somchai, looked=False) for name in ("refused", "merged")}
    refuse(member=moderator, statement=fates["refused"], refusal=Refusal.LOADED)
    merge(member=moderator, statement=fates["merged"], into=kept)
    split, hidden, voted = (make_statement(topic, somchai) for _ in range(3))
    part(member=moderator, statement=split, bodies=["ควรมีเรือ", "ควรมีแพ"])
    withdraw_statement(moderator=moderator, statement=hidden, reason="เป็นเรื่องของคนอื่น")
    vote(member=make_member(), round_=make_round(topic), statement=voted, choice=Answered.AGREE)
    waits = make_statement(topic, somchai, looked=False)
    page = body(as_(somchai).get("/statements/"))
    for said in (
        "เขียนชวนให้ตอบได้ทางเดียว", SAID, "ควรมีเรือ", "ควรมีแพ", "ผู้ดูแลซ่อนไว้",
        "มีคนตอบ 1 คน", "รอคนดูก่อน", waits.body,
    ):  # fmt: skip
        assert said in page, said
    assert kept.get_absolute_url() in page
    assert SAID not in body(as_(make_member()).get("/statements/"))


def test_she_takes_one_back_here_and_nobody_elses(as_, topic, somchai):
    mine, other = make_statement(topic, somchai), make_statement(topic)
    assert as_(somchai).post(f"/statements/{other.pk}/take-back/").status_code == 404
    assert as_(somchai).post(f"/statements/{mine.pk}/take-back/").status_code == 302
    mine.refresh_from_db()
    assert mine.fate is Fate.WITHDRAWN
    assert "ท่านถอนแล้ว" in body(as_(somchai).get("/statements/"))


def test_of_a_topic_she_reads_no_more_only_her_own_words_are_left(as_, somchai, moderator):
    topic = make_topic(moderator, title="ชื่อที่ไม่ให้ใครรู้")
    kept = make_statement(topic, body="คำของคนอื่นในนั้น")
    merged = make_statement(topic, somchai, SAID, looked=False)
    merge(member=moderator, statement=merged, into=kept)
    Topic.objects.filter(pk=topic.pk).update(hidden_at=timezone.now())
    page = body(as_(somchai).get("/statements/"))
    assert SAID in page
    assert "ชื่อที่ไม่ให้ใครรู้" not in page
    assert "คำของคนอื่นในนั้น" not in page


def test_without_any_the_page_says_how_to_write_one_and_pages_turn(as_, somchai, topic):
    assert "ยังไม่มีคำกล่าว" in body(as_(somchai).get("/statements/"))
    for _ in range(5):
        make_statement(topic, somchai)
    Statement.objects.bulk_create(
        Statement(topic=topic, number=100 + n, body=f"ข้อ {n}", key=f"k{n}", author=somchai)
        for n in range(20)
    )
    first = body(as_(somchai).get("/statements/"))
    assert "?before=" in first
    assert first.count('<p class="says">') == 20
    assert as_(somchai).get("/statements/?before=x").status_code == 404
