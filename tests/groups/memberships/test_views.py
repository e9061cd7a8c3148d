"""Pages of memberships: who may open them, what they say, what a form answers."""

from urllib.parse import quote

import pytest
from django.utils import timezone

from forums.groups.memberships import actions
from forums.groups.memberships.models import JoinRequest, Membership, Role
from forums.groups.networks.models import Audience, Joining, Network
from tests.answers import html_of
from tests.make import join, make_member, make_network


def at(network, page=""):
    return f"{network.get_absolute_url()}{page}"


# -- joining ------------------------------------------------------------------------------------


def test_a_visitor_signs_in_first_and_comes_back(network, as_):
    answer = as_(None).get(at(network, "join/"))
    assert answer.status_code == 302
    assert answer.url == f"/accounts/login/?next={quote(at(network, 'join/'))}"


def test_an_open_door_is_one_button(malee, somchai, as_):
    network = make_network("เปิด", malee, joining=Joining.OPEN)
    browser = as_(somchai)
    assert "เข้าร่วมได้ทันที" in html_of(browser.get(at(network, "join/")))
    answer = browser.post(at(network, "join/"), follow=True)
    assert answer.redirect_chain == [(at(network), 302)]
    assert "ยินดีต้อนรับ" in html_of(answer)
    again = browser.post(at(network, "join/"), follow=True)
    assert "อยู่แล้ว" in html_of(again)
    assert Membership.objects.filter(member=somchai).count() == 1


def test_questions_are_asked_answered_and_shown_while_she_waits(asking, somchai, as_):
    browser = as_(somchai)
    page = browser.get(at(asking, "join/"))
    assert asking.questions[0] in html_of(page)
    seen = page.context["form"]["seen"].value()
    browser.post(at(asking, "join/"), {"answer0": "หนองบัว", "seen": seen})
    waiting = html_of(browser.get(at(asking, "join/")))
    assert "หนองบัว" in waiting
    assert "ถอนคำขอ" in waiting
    browser.post(at(asking, "join/take-back/"))
    assert not JoinRequest.objects.exists()


def test_an_answer_that_is_missing_or_too_long_comes_back_with_what_was_typed(asking, somchai, as_):
    for typed in ("", "ก" * 501):
        answer = as_(somchai).post(at(asking, "join/"), {"answer0": typed})
        assert answer.status_code == 400
        assert typed in html_of(answer)
    assert not JoinRequest.objects.exists()


def test_questions_changed_meanwhile_are_shown_and_the_next_try_is_taken(asking, somchai, as_):
    browser = as_(somchai)
    seen = browser.get(at(asking, "join/")).context["form"]["seen"].value()
    Network.objects.filter(pk=asking.pk).update(questions=["ถนัดอะไร"])
    answer = browser.post(at(asking, "join/"), {"answer0": "หนองบัว", "seen": seen})
    assert answer.status_code == 409
    assert "ถนัดอะไร" in html_of(answer)
    assert ">\nหนองบัว</textarea>" in html_of(answer)  # just as it was typed
    again = {"answer0": "ขับรถ", "seen": answer.context["form"]["seen"].value()}
    assert browser.post(at(asking, "join/"), again).status_code == 302


def test_a_network_of_the_invited_says_so_kindly(malee, somchai, as_):
    network = make_network("รับเชิญ", malee, joining=Joining.INVITATION)
    answer = as_(somchai).get(at(network, "join/"))
    assert answer.status_code == 200
    assert "รับสมาชิกด้วยคำเชิญ" in html_of(answer)
    assert as_(somchai).post(at(network, "join/")).status_code == 403


def test_who_was_declined_reads_when_she_may_ask_again(network, malee, somchai, as_):
    request = actions.ask_to_join(member=somchai, network=network)
    actions.answer_request(coordinator=malee, request=request, accept=False, word="เต็มแล้ว")
    page = html_of(as_(somchai).get(at(network, "join/")))
    assert "เต็มแล้ว" in page
    assert "<textarea" not in page
    assert as_(somchai).post(at(network, "join/")).status_code == 403


def test_an_archived_network_takes_nobody_a_hidden_one_is_not_there(network, somchai, as_):
    Network.objects.filter(pk=network.pk).update(archived_at=timezone.now())
    assert "เก็บเข้าคลังแล้ว" in html_of(as_(somchai).get(at(network, "join/")))
    assert as_(somchai).post(at(network, "join/")).status_code == 403
    Network.objects.filter(pk=network.pk).update(hidden_at=timezone.now())
    for page in ("join/", "members/", "leave/"):
        assert as_(somchai).get(at(network, page)).status_code == 404


# -- leaving ------------------------------------------------------------------------------------


def test_the_last_coordinator_reads_that_she_must_hand_over(network, malee, as_):
    answer = as_(malee).post(at(network, "leave/"))
    assert answer.status_code == 409
    assert "ผู้ประสานงานก่อน" in html_of(answer)
    assert Membership.objects.filter(member=malee).exists()


def test_a_member_leaves(network, somchai, as_):
    join(network, somchai)
    assert as_(somchai).get(at(network, "leave/")).status_code == 200
    assert as_(somchai).post(at(network, "leave/")).status_code == 302
    assert not Membership.objects.filter(member=somchai).exists()
    assert as_(somchai).get(at(network, "leave/")).status_code == 302


# -- members ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        (Audience.EVERYONE, {"visitor", "somchai", "fellow", "malee", "moderator"}),
        (Audience.MEMBERS, {"somchai", "fellow", "malee", "moderator"}),
        (Audience.NETWORK, {"fellow", "malee", "moderator"}),
        (Audience.COORDINATORS, {"malee", "moderator"}),
    ],
)
def test_members_are_shown_to_whom_the_network_says(
    malee, somchai, moderator, as_, audience, seen_by
):
    network = make_network("คนรักคลอง", malee, members_shown_to=audience)
    fellow = make_member(display_name="ปิ่นแก้ว")
    join(network, fellow)
    people = {
        "visitor": None,
        "somchai": somchai,
        "fellow": fellow,
        "malee": malee,
        "moderator": moderator,
    }
    seen = set()
    for who, reader in people.items():
        for address in ("members/", "members/?q=ปิ่น"):
            answer = as_(reader).get(at(network, address))
            assert answer.status_code == 200
            said = html_of(answer)
            if who != "fellow" and fellow.get_absolute_url() in said:
                seen.add(who)
            if who == "fellow" and "ผู้ที่ดูได้" not in said:
                seen.add(who)
    assert seen == seen_by


def test_only_coordinators_see_what_they_can_do_with_a_member(network, malee, somchai, as_):
    join(network, somchai)
    role = at(network, f"members/{somchai.handle}/")
    assert role in html_of(as_(malee).get(at(network, "members/")))
    assert role not in html_of(as_(somchai).get(at(network, "members/")))
    for address in (role, f"{role}remove/", at(network, "requests/"), at(network, "invitations/")):
        assert as_(malee).get(address).status_code == 200, address
        assert as_(somchai).get(address).status_code == 403, address
        assert as_(None).get(address).status_code == 302, address


def test_a_coordinator_gives_a_role(network, malee, somchai, as_):
    join(network, somchai)
    address = at(network, f"members/{somchai.handle}/")
    page = html_of(as_(malee).get(address))
    for hint in ("พูดในนามเครือข่าย", "ปักหมุดในห้อง", "มอบบทบาท"):
        assert hint in page
    assert as_(malee).post(address, {"role": "king"}).status_code == 400
    assert as_(malee).post(address, {"role": "moderator"}).status_code == 302
    assert Membership.objects.get(member=somchai).role == Role.MODERATOR


def test_the_only_coordinator_cannot_give_up_her_role(network, malee, as_):
    answer = as_(malee).post(at(network, f"members/{malee.handle}/"), {"role": "member"})
    assert answer.status_code == 409
    assert "ผู้ประสานงาน" in html_of(answer)


def test_a_member_is_removed_with_a_reason(network, malee, somchai, as_):
    join(network, somchai)
    address = at(network, f"members/{somchai.handle}/remove/")
    answer = as_(malee).post(address, {"reason": " "})
    assert answer.status_code == 400
    assert "เหตุผล" in html_of(answer)
    assert as_(malee).post(address, {"reason": "ขายของ"}).status_code == 302
    assert not Membership.objects.filter(member=somchai).exists()
    assert as_(malee).post(address, {"reason": "ขายของ"}).status_code == 404


def test_who_lost_her_role_while_her_form_was_open_is_refused(network, malee, somchai, as_):
    join(network, somchai, role=Role.COORDINATOR)
    other = make_member()
    join(network, other)
    browser = as_(somchai)
    assert browser.get(at(network, f"members/{other.handle}/")).status_code == 200
    actions.give_role(coordinator=malee, network=network, member=somchai, role=Role.MEMBER)
    answer = browser.post(at(network, f"members/{other.handle}/"), {"role": "coordinator"})
    assert answer.status_code == 403
    assert Membership.objects.get(member=other).role == Role.MEMBER


# -- requests -----------------------------------------------------------------------------------


def test_a_coordinator_answers_on_the_page_of_requests(asking, malee, somchai, as_):
    request = actions.ask_to_join(member=somchai, network=asking, answers=["หนองบัว"])
    page = html_of(as_(malee).get(at(asking, "requests/")))
    assert "หนองบัว" in page
    where = at(asking, f"requests/{request.pk}/")
    long = as_(malee).post(where, {"accept": "1", "word": "ก" * 301})
    assert long.status_code == 400
    assert "ก" * 301 in html_of(long)
    assert as_(malee).post(where, {"accept": "1", "word": "ยินดี"}).status_code == 302
    assert Membership.objects.filter(member=somchai, role=Role.MEMBER).exists()
    again = as_(malee).post(where, {"accept": "0"})
    assert again.status_code == 409
    assert "มีคนตอบคำขอนี้แล้ว" in html_of(again)


def test_another_networks_request_is_not_answered_here(asking, malee, somchai, as_):
    other = make_network()
    request = actions.ask_to_join(member=somchai, network=other)
    answer = as_(malee).post(at(asking, f"requests/{request.pk}/"), {"accept": "1"})
    assert answer.status_code == 404
