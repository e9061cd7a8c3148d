"""The queue's pages: who comes in, what stands there, what deciding does; on the desk and under a network."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.discussions.posts.models import Post
from forums.groups.memberships.models import Membership, Role
from forums.moderation import actions as acts
from forums.moderation.models import Act, Decision
from forums.moderation.queue import actions
from forums.moderation.queue.models import CaseState
from forums.moderation.rules.models import HouseRule
from forums.text.lengths import graphemes
from tests.make import join, make_member, make_network, make_post, make_topic
from tests.moderation.cases.conftest import opened
from tests.passkeys import give_passkey

QUEUE = "/admin/queue/"


def text(answer) -> str:
    return answer.content.decode()


def at(case, what: str = "") -> str:
    return f"{QUEUE}{case.pk}/{what}"


@pytest.fixture
def hers(as_, moderator):
    return as_(moderator)


# -- who comes in ------------------------------------------------------------------------------


def test_members_and_visitors_stay_outside(as_, somchai, case):
    for path in (QUEUE, at(case)):
        assert as_(somchai).get(path).status_code == 403
        assert as_(None).get(path).status_code == 302
    assert as_(somchai).post(at(case, "take/")).status_code == 403


def test_a_password_alone_opens_no_queue(hers, moderator, case, settings):
    settings.STAFF_SECOND_FACTOR = True
    assert hers.get(QUEUE).url == "/accounts/2fa/"
    assert hers.post(at(case), {"answer": "hide", "reason": "ว่าร้าย"}).url == "/accounts/2fa/"
    give_passkey(moderator)
    assert hers.get(QUEUE).status_code == 200


def test_nobody_sees_what_is_about_herself(as_, moderator):
    case = opened(make_post(make_topic(author=moderator), moderator))
    assert "ว่าร้ายกัน" not in text(as_(moderator).get(QUEUE))
    assert as_(moderator).get(at(case)).status_code == 404
    assert as_(moderator).post(at(case, "take/")).status_code == 404


# -- the list ----------------------------------------------------------------------------------


def test_the_list_says_what_waits_why_and_since_when(hers, case):
    page = text(hers.get(QUEUE))
    for words in ("คืนนี้ใครตื่นอยู่", "ว่าร้ายกัน", "แจ้ง 2 คน", "สมชาย ตั้งใจดี", "รับไปดู", "1 นาที"):
        assert words in page


def box(page: str) -> str:
    """The opening tag of the box one scrolls in, if there is one."""
    found = re.search(r'<div class="stored-text text long"[^>]*>', page)
    return found[0] if found else ""


@pytest.mark.parametrize("body", ["ก" * 10_000, "บรรทัด\n\n" * 40])
def test_of_a_long_text_one_sees_that_there_is_more_and_how_long_it_is(hers, somchai, body):
    page = text(hers.get(at(opened(make_post(make_topic(), somchai, body=body)))))
    assert f"ยาว {graphemes(body.strip()):,} ตัวอักษร เลื่อนอ่านในกรอบ" in page
    for attribute in ('tabindex="0"', 'role="region"', 'aria-label="ข้อความเต็มของ สมชาย ตั้งใจดี"'):
        assert attribute in box(page)


def test_what_is_not_long_is_shown_whole(hers, somchai):
    page = text(hers.get(at(opened(make_post(make_topic(), somchai, body="ก" * 1_500)))))
    assert "ก" * 1_500 in page
    assert not box(page)
    assert "เลื่อนอ่าน" not in page


def test_an_empty_queue_says_so(hers):
    assert "ไม่มีเรื่องรอ" in text(hers.get(QUEUE))


def test_what_is_asked_for_is_shown(hers, moderator, case, somchai, theirs):
    actions.take(moderator=moderator, case=theirs)
    shown = {
        "": 2,
        "?state=open": 1,
        "?state=taken": 1,
        "?state=decided": 0,
        "?who=mine": 1,
        "?who=others": 0,
        "?about=@somchai": 2,
        "?about=nobody": 0,
        "?kind=tried": 2,
        "?kind=nothing": 2,
        f"?network={theirs.network.slug}": 1,
        "?state=burnt&who=x": 2,
    }
    for query, count in shown.items():
        assert text(hers.get(QUEUE + query)).count("data-case") == count, query


def test_what_has_ended_stands_newest_first(hers, moderator, case, post):
    actions.end_case(case=case, moderator=moderator)
    again = opened(post)
    actions.end_case(case=again, moderator=moderator)
    page = text(hers.get(f"{QUEUE}?state=decided"))
    assert page.index(at(again)) < page.index(at(case))


def test_pages_turn_by_place_and_a_mangled_one_is_not_there(hers, case, somchai):
    topic = make_topic(author=somchai)
    for _each in range(31):
        opened(make_post(topic, make_member()))
    first = hers.get(QUEUE)
    assert text(first).count("data-case") == 30
    onward = first.context["page"].next
    assert text(hers.get(f"{QUEUE}?{onward}")).count("data-case") == 2
    assert hers.get(f"{QUEUE}?after=1_x").status_code == 404


def test_two_lines_take_as_many_queries_as_twenty(hers, case, somchai):
    topic = make_topic(author=somchai)
    opened(make_post(topic, somchai))

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            hers.get(QUEUE)
        return len(found)

    asked()
    few = asked()
    for _each in range(18):
        opened(make_post(topic, make_member()))
    assert asked() == few


# -- taking it ---------------------------------------------------------------------------------


def test_taking_is_deliberate_and_is_given_back(hers, as_, moderator, case):
    hers.get(at(case))
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    assert hers.post(at(case, "take/")).url == at(case)
    other = as_(make_member("ผู้ดูแลอีกคน", is_staff=True))
    page = text(other.get(at(case)))
    assert moderator.display_name in page
    assert 'name="answer"' not in page
    assert hers.post(at(case, "give-back/")).url == QUEUE
    assert 'name="answer"' in text(other.get(at(case)))


def test_taking_is_no_link(hers, case):
    assert hers.get(at(case, "take/")).status_code == 405


# -- a case ------------------------------------------------------------------------------------


def test_a_case_shows_the_text_between_its_neighbours_and_what_was_said_of_it(hers, somchai, malee):
    topic = make_topic(author=malee)
    posts = [make_post(topic, somchai, body=f"ข้อความลำดับ {n}") for n in "abcdefg"]
    page = text(hers.get(at(opened(posts[3]))))
    for n in "bcdef":
        assert f"ข้อความลำดับ {n}" in page
    assert "ข้อความลำดับ a" not in page
    assert "ข้อความลำดับ g" not in page
    assert "เบอร์นี้ไม่ใช่ของเขา" in page


def test_a_case_of_a_topic_shows_its_own_text(hers, somchai):
    topic = make_topic(author=somchai, body="เนื้อความของกระทู้นี้")
    case = opened(topic.posts.get(number=0))
    assert case.subject == "topic"
    assert "เนื้อความของกระทู้นี้" in text(hers.get(at(case)))


def test_what_was_decided_of_her_before_stands_beside_it(hers, moderator, case, somchai):
    other = make_post(make_topic(author=somchai), somchai)
    acts.hide_post(moderator=moderator, post=other, reason="โฆษณาอาหารเสริม")
    page = text(hers.get(at(case)))
    assert "โฆษณาอาหารเสริม" in page
    assert "สมชาย ตั้งใจดี" in page


def test_deciding_hides_says_why_under_which_rule_and_goes_on_to_the_next(
    hers, moderator, case, theirs
):
    rule = HouseRule.objects.create(number=94, title="พูดเรื่อง ไม่ว่าคน", text="…")
    sent = {"answer": "hide", "reason": "ว่าคนที่ไม่อยู่", "rule": rule.pk}
    answer = hers.post(at(case), sent)
    assert answer.url == at(theirs)
    decision = Decision.objects.get()
    assert (decision.act, decision.rule, decision.moderator) == (Act.HIDE, rule, moderator)
    case.refresh_from_db()
    assert (case.state, case.decision) == (CaseState.DECIDED, decision)
    page = text(hers.get(at(case)))
    assert "ว่าคนที่ไม่อยู่" in page
    assert "/admin/forums/post/act/unhide/" in page


def test_the_last_one_decided_leads_back_to_the_list(hers, case):
    assert hers.post(at(case), {"answer": "keep"}).url == QUEUE
    case.refresh_from_db()
    assert (case.state, case.answer) == (CaseState.REFUSED, "keep")
    assert not Decision.objects.exists()


def test_what_is_missing_is_said_and_what_was_typed_stays(hers, case):
    answer = hers.post(at(case), {"reason": "คำที่พิมพ์ไว้"})
    assert answer.status_code == 400
    assert "คำที่พิมพ์ไว้" in text(answer)
    assert "เลือกก่อนว่าจะทำอย่างไร" in text(answer)
    answer = hers.post(at(case), {"answer": "hide", "reason": " "})
    assert answer.status_code == 400
    assert not Decision.objects.exists()


def test_who_decides_too_late_is_told_and_nothing_changes(hers, as_, case):
    other = as_(make_member("ผู้ดูแลอีกคน", is_staff=True))
    hers.post(at(case), {"answer": "keep"})
    answer = other.post(at(case), {"answer": "hide", "reason": "ว่าร้าย"})
    assert answer.status_code == 409
    assert "มีคนตัดสินเรื่องนี้ไปก่อนแล้ว" in text(answer)
    assert not Decision.objects.exists()


def test_what_a_rule_hid_is_hidden_by_a_person_from_then_on(hers, moderator, case, post):
    Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now())
    board = post.topic.board
    acts.decide(Act.HIDE, moderator=None, reason="แจ้งมาหลายคน", target=post, board=board)
    hers.post(at(case), {"answer": "hide", "reason": "ว่าร้ายกันจริง"})
    assert list(Decision.objects.order_by("pk").values_list("moderator", flat=True)) == [
        None,
        moderator.pk,
    ]


# -- a network's own ---------------------------------------------------------------------------


def test_a_networks_moderators_see_and_decide_what_waits_in_their_boards_only(
    as_, canal, case, theirs, malee
):
    here = f"{canal.get_absolute_url()}queue/"
    keeper = make_member("keeper")
    join(canal, keeper, role=Role.MODERATOR)
    for member in (malee, keeper):
        page = text(as_(member).get(here))
        assert page.count("data-case") == 1
        assert f"{here}{theirs.pk}/" in page
        assert as_(member).get(f"{here}{case.pk}/").status_code == 404
        assert as_(member).post(f"{here}{case.pk}/", {"answer": "keep"}).status_code == 404
        assert as_(member).post(f"{here}{case.pk}/take/").status_code == 404
    answer = as_(keeper).post(f"{here}{theirs.pk}/", {"answer": "hide", "reason": "ผิดกติกาห้อง"})
    assert answer.url == here
    decision = Decision.objects.get()
    assert decision.details["network"] == canal.pk


def test_a_networks_moderators_decide_about_texts_and_not_about_people(as_, canal, theirs, malee):
    page = text(as_(malee).get(f"/n/{canal.slug}/queue/{theirs.pk}/"))
    assert 'value="hide"' in page
    assert "author_" not in page
    assert "/admin/" not in page
    sent = {"answer": "author_suspend", "reason": "ไม่ชอบเขา"}
    answer = as_(malee).post(f"/n/{canal.slug}/queue/{theirs.pk}/", sent)
    assert answer.status_code == 400
    theirs.about.refresh_from_db()
    assert theirs.about.is_active


def test_other_networks_moderators_and_members_come_to_no_queue(
    as_, canal, theirs, forest, somchai
):
    outsider = make_member("outsider")
    other = make_network("คนอื่น", outsider)
    for member in (outsider, somchai):
        assert as_(member).get(f"/n/{canal.slug}/queue/").status_code == 403
        assert as_(member).get(f"/n/{canal.slug}/queue/{theirs.pk}/").status_code == 403
    # Nor by their own network's address.
    assert as_(outsider).get(f"/n/{other.slug}/queue/{theirs.pk}/").status_code == 404
    assert as_(None).get(f"/n/{canal.slug}/queue/").status_code == 302


def test_who_is_a_moderator_no_more_decides_nothing(as_, canal, theirs):
    keeper = make_member("keeper")
    join(canal, keeper, role=Role.MODERATOR)
    client = as_(keeper)
    here = f"/n/{canal.slug}/queue/{theirs.pk}/"
    assert client.get(here).status_code == 200
    Membership.objects.filter(network=canal, member=keeper).update(role=Role.MEMBER)
    assert client.post(here, {"answer": "keep"}).status_code == 403


def test_the_tab_stands_there_for_those_who_look_after_its_boards(as_, canal, malee, somchai):
    there = f'href="{canal.get_absolute_url()}queue/"'
    assert there in text(as_(malee).get(canal.get_absolute_url()))
    assert there not in text(as_(somchai).get(canal.get_absolute_url()))
    queue = text(as_(malee).get(f"{canal.get_absolute_url()}queue/"))
    assert f'href="{canal.get_absolute_url()}members/"' in queue  # its other pages, too


@pytest.mark.parametrize("page", ["", "x/"])
def test_an_address_that_is_none_is_not_there(hers, page):
    assert hers.get(f"{QUEUE}99999/{page}").status_code == 404


# -- acts that ask for more --------------------------------------------------------------------


def test_what_an_act_asks_for_is_asked_here_and_reaches_it(hers, case):
    page = text(hers.get(at(case)))
    assert 'name="silence_days"' in page
    sent = {"answer": "author_silence", "reason": "ว่าคนอื่นซ้ำ", "silence_days": "7"}
    assert hers.post(at(case), sent).status_code == 302
    decision = Decision.objects.get()
    assert (decision.act, decision.member) == (Act.SILENCE, case.about)
    assert decision.until - timezone.now() > timedelta(days=6)


def test_what_is_missing_for_the_chosen_act_is_said_and_what_others_ask_is_not(hers, case):
    answer = hers.post(at(case), {"answer": "author_silence", "reason": "ว่าคนอื่นซ้ำ"})
    assert answer.status_code == 400
    assert "สิ่งที่ท่านเลือกต้องใช้ช่องนี้" in text(answer)
    wrong = {"answer": "hide", "reason": "ว่าคนอื่น", "silence_days": "สามปี"}
    assert hers.post(at(case), wrong).status_code == 302


def test_a_text_is_deleted_with_what_answers_it(hers, case, post):
    sent = {"answer": "delete", "reason": "โฆษณา", "delete_with_replies": "on"}
    assert hers.post(at(case), sent).status_code == 302
    assert Decision.objects.get().act == Act.DELETE
