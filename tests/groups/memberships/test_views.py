"""Pages of memberships: who may open them, what they say, what a form answers."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.groups.invitations import actions as inviting
from forums.groups.invitations.models import Invitation
from forums.groups.memberships import actions
from forums.groups.memberships.models import JoinRequest, Membership, Role
from forums.groups.networks.models import Audience, Joining, Network
from forums.notifications.actions import deliver
from tests.make import join, make_member, make_network
from tests.moderation.desks.test_pages import DATA, ENGLISH, Words

# What the radios are called inside, and an address that is data.
HIDDEN = re.compile(
    rf"{DATA.pattern}|\b(member|spokesperson|moderator|coordinator|somchai)\b|https?://\S+"
)
QUESTIONS = ["ท่านอยู่หมู่บ้านไหน"]


@pytest.fixture
def network(malee):
    return make_network("คนรักคลอง", malee, joining=Joining.REQUEST)


@pytest.fixture
def asking(network):
    Network.objects.filter(pk=network.pk).update(questions=QUESTIONS)
    network.refresh_from_db()
    return network


def at(network, page=""):
    return f"{network.get_absolute_url()}{page}"


def text(response):
    return response.content.decode()


# -- joining ------------------------------------------------------------------------------------


def test_a_visitor_signs_in_first_and_comes_back(network, as_):
    answer = as_(None).get(at(network, "join/"))
    assert answer.status_code == 302
    assert answer.url == f"/accounts/login/?next={quote(at(network, 'join/'))}"


def test_an_open_door_is_one_button(malee, somchai, as_):
    network = make_network("เปิด", malee, joining=Joining.OPEN)
    browser = as_(somchai)
    assert "เข้าร่วมได้ทันที" in text(browser.get(at(network, "join/")))
    answer = browser.post(at(network, "join/"), follow=True)
    assert answer.redirect_chain == [(at(network), 302)]
    assert "ยินดีต้อนรับ" in text(answer)
    again = browser.post(at(network, "join/"), follow=True)
    assert "อยู่แล้ว" in text(again)
    assert Membership.objects.filter(member=somchai).count() == 1


def test_questions_are_asked_answered_and_shown_while_she_waits(asking, somchai, as_):
    browser = as_(somchai)
    page = browser.get(at(asking, "join/"))
    assert QUESTIONS[0] in text(page)
    seen = page.context["form"]["seen"].value()
    browser.post(at(asking, "join/"), {"answer0": "หนองบัว", "seen": seen})
    waiting = text(browser.get(at(asking, "join/")))
    assert "หนองบัว" in waiting
    assert "ถอนคำขอ" in waiting
    browser.post(at(asking, "join/take-back/"))
    assert not JoinRequest.objects.exists()


def test_an_answer_that_is_missing_or_too_long_comes_back_with_what_was_typed(asking, somchai, as_):
    for typed in ("", "ก" * 501):
        answer = as_(somchai).post(at(asking, "join/"), {"answer0": typed})
        assert answer.status_code == 400
        assert typed in text(answer)
    assert not JoinRequest.objects.exists()


def test_questions_changed_meanwhile_are_shown_and_the_next_try_is_taken(asking, somchai, as_):
    browser = as_(somchai)
    seen = browser.get(at(asking, "join/")).context["form"]["seen"].value()
    Network.objects.filter(pk=asking.pk).update(questions=["ถนัดอะไร"])
    answer = browser.post(at(asking, "join/"), {"answer0": "หนองบัว", "seen": seen})
    assert answer.status_code == 409
    assert "ถนัดอะไร" in text(answer)
    assert "หนองบัว" in text(answer)
    again = {"answer0": "ขับรถ", "seen": answer.context["form"]["seen"].value()}
    assert browser.post(at(asking, "join/"), again).status_code == 302


def test_a_network_of_the_invited_says_so_kindly(malee, somchai, as_):
    network = make_network("รับเชิญ", malee, joining=Joining.INVITATION)
    answer = as_(somchai).get(at(network, "join/"))
    assert answer.status_code == 200
    assert "รับสมาชิกด้วยคำเชิญ" in text(answer)
    assert as_(somchai).post(at(network, "join/")).status_code == 403


def test_who_was_declined_reads_when_she_may_ask_again(network, malee, somchai, as_):
    request = actions.ask_to_join(member=somchai, network=network)
    actions.answer_request(coordinator=malee, request=request, accept=False, word="เต็มแล้ว")
    page = text(as_(somchai).get(at(network, "join/")))
    assert "เต็มแล้ว" in page
    assert "<textarea" not in page
    assert as_(somchai).post(at(network, "join/")).status_code == 403


def test_an_archived_network_takes_nobody_a_hidden_one_is_not_there(network, somchai, as_):
    Network.objects.filter(pk=network.pk).update(archived_at=timezone.now())
    assert "ปิดแล้ว" in text(as_(somchai).get(at(network, "join/")))
    assert as_(somchai).post(at(network, "join/")).status_code == 403
    Network.objects.filter(pk=network.pk).update(hidden_at=timezone.now())
    for page in ("join/", "members/", "leave/"):
        assert as_(somchai).get(at(network, page)).status_code == 404


# -- leaving ------------------------------------------------------------------------------------


def test_the_last_coordinator_reads_that_she_must_hand_over(network, malee, as_):
    answer = as_(malee).post(at(network, "leave/"))
    assert answer.status_code == 409
    assert "ผู้ประสานงานก่อน" in text(answer)
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
            said = text(answer)
            if who != "fellow" and fellow.get_absolute_url() in said:
                seen.add(who)
            if who == "fellow" and "ผู้ที่ดูได้" not in said:
                seen.add(who)
    assert seen == seen_by


def test_only_coordinators_see_what_they_can_do_with_a_member(network, malee, somchai, as_):
    join(network, somchai)
    role = at(network, f"members/{somchai.handle}/")
    assert role in text(as_(malee).get(at(network, "members/")))
    assert role not in text(as_(somchai).get(at(network, "members/")))
    for address in (role, f"{role}remove/", at(network, "requests/"), at(network, "invitations/")):
        assert as_(malee).get(address).status_code == 200, address
        assert as_(somchai).get(address).status_code == 403, address
        assert as_(None).get(address).status_code == 302, address


def test_a_coordinator_gives_a_role(network, malee, somchai, as_):
    join(network, somchai)
    address = at(network, f"members/{somchai.handle}/")
    page = text(as_(malee).get(address))
    for hint in ("พูดในนามเครือข่าย", "ปักหมุดในห้อง", "มอบบทบาท"):
        assert hint in page
    assert as_(malee).post(address, {"role": "king"}).status_code == 400
    assert as_(malee).post(address, {"role": "moderator"}).status_code == 302
    assert Membership.objects.get(member=somchai).role == Role.MODERATOR


def test_the_only_coordinator_cannot_give_up_her_role(network, malee, as_):
    answer = as_(malee).post(at(network, f"members/{malee.handle}/"), {"role": "member"})
    assert answer.status_code == 409
    assert "ผู้ประสานงาน" in text(answer)


def test_a_member_is_removed_with_a_reason(network, malee, somchai, as_):
    join(network, somchai)
    address = at(network, f"members/{somchai.handle}/remove/")
    answer = as_(malee).post(address, {"reason": " "})
    assert answer.status_code == 400
    assert "เหตุผล" in text(answer)
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
    page = text(as_(malee).get(at(asking, "requests/")))
    assert "หนองบัว" in page
    where = at(asking, f"requests/{request.pk}/")
    long = as_(malee).post(where, {"accept": "1", "word": "ก" * 301})
    assert long.status_code == 400
    assert "ก" * 301 in text(long)
    assert as_(malee).post(where, {"accept": "1", "word": "ยินดี"}).status_code == 302
    assert Membership.objects.filter(member=somchai, role=Role.MEMBER).exists()
    again = as_(malee).post(where, {"accept": "0"})
    assert again.status_code == 409
    assert "มีผู้ตอบคำขอนี้แล้ว" in text(again)


def test_another_networks_request_is_not_answered_here(asking, malee, somchai, as_):
    other = make_network()
    request = actions.ask_to_join(member=somchai, network=other)
    answer = as_(malee).post(at(asking, f"requests/{request.pk}/"), {"accept": "1"})
    assert answer.status_code == 404


# -- invitations --------------------------------------------------------------------------------


@pytest.fixture
def link(network, malee):
    return inviting.make_link(coordinator=malee, network=network, days=7, uses=2)


def test_a_coordinator_makes_a_link_to_copy(network, malee, as_):
    browser = as_(malee)
    answer = browser.post(at(network, "invitations/"), {"days": "30", "uses": "๕๐"})
    assert answer.status_code == 302
    made = Invitation.objects.get()
    assert made.max_uses == 50
    assert f"/join/{made.token}/" in text(browser.get(at(network, "invitations/")))


@pytest.mark.parametrize(
    ("days", "uses"), [("2", "1"), ("7", "0"), ("7", "501"), ("", ""), ("x", "x")]
)
def test_a_link_of_no_sensible_size_is_refused_in_the_form(network, malee, as_, days, uses):
    answer = as_(malee).post(at(network, "invitations/"), {"days": days, "uses": uses})
    assert answer.status_code == 400
    assert not Invitation.objects.exists()


def test_a_revoked_link_is_shown_no_more(network, malee, as_, link):
    browser = as_(malee)
    browser.post(at(network, f"invitations/{link.pk}/revoke/"))
    page = text(browser.get(at(network, "invitations/")))
    assert link.token not in page
    assert "ยกเลิกแล้ว" in page


def test_wrong_addresses_are_named_by_line_and_nothing_is_sent(network, malee, as_):
    typed = "somjit@example.org\nไม่ใช่อีเมล\n\n a@b , c@example.org"
    answer = as_(malee).post(at(network, "invitations/mail/"), {"addresses": typed, "days": "7"})
    page = text(answer)
    assert answer.status_code == 400
    assert "บรรทัดที่ 2: “ไม่ใช่อีเมล”" in page
    assert "บรรทัดที่ 4: “a@b”" in page
    assert "somjit@example.org" in page
    assert not Invitation.objects.exists()


def test_up_to_twenty_addresses_go_out(network, malee, as_):
    typed = "\n".join(f"a{n}@example.org" for n in range(21))
    browser, address = as_(malee), at(network, "invitations/mail/")
    assert browser.post(address, {"addresses": typed, "days": "7"}).status_code == 400
    typed = "\n".join(f"a{n}@example.org" for n in range(20))
    assert browser.post(address, {"addresses": typed, "days": "7"}).status_code == 302
    assert deliver() == 20
    assert len(mail.outbox) == 20


def test_too_many_in_a_day_are_told_so(network, malee, as_, settings):
    settings.FORUMS_PACE = settings.FORUMS_PACE | {"invitations": [(1, 86400)]}
    typed = {"addresses": "a@example.org b@example.org", "days": "7"}
    answer = as_(malee).post(at(network, "invitations/mail/"), typed)
    assert answer.status_code == 429
    assert "พรุ่งนี้" in text(answer)


def test_the_link_shows_the_network_to_whoever_opens_it(network, malee, as_, link):
    page = text(as_(None).get(f"/join/{link.token}/"))
    for words in ("คนรักคลอง", network.aim, "มาลี คำหล้า", "สมาชิก 1 คน"):
        assert words in page
    came_back = quote(f"/join/{link.token}/", safe="")
    assert f"/accounts/signup/?next={came_back}" in page
    assert f"/accounts/login/?next={came_back}" in page


def test_opening_it_uses_nothing_up(as_, link, somchai):
    for reader in (None, somchai):
        as_(reader).get(f"/join/{link.token}/")
    link.refresh_from_db()
    assert link.uses == 0


def test_its_button_lets_one_in_and_twice_is_once(network, as_, link, somchai):
    browser = as_(somchai)
    for _ in range(2):
        assert browser.post(f"/join/{link.token}/").url == at(network)
    link.refresh_from_db()
    assert link.uses == 1


def test_the_address_is_kept_by_no_cache_no_search_no_other_page(as_, link):
    for token, status in ((link.token, 200), ("nothing", 404)):
        answer = as_(None).get(f"/join/{token}/")
        assert answer.status_code == status
    answer = as_(None).get(f"/join/{link.token}/")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert 'content="noindex, nofollow"' in text(answer)


def make_bad(link, how, member):
    past = timezone.now() - timedelta(days=9)
    if how == "expired":
        Invitation.objects.update(created_at=past, expires_at=past + timedelta(days=1))
    elif how == "revoked":
        Invitation.objects.update(revoked_at=timezone.now())
    elif how == "used up":
        Invitation.objects.update(uses=2)
    elif how == "archived":
        Network.objects.update(archived_at=timezone.now())
    elif how == "in already":
        join(link.network, member)
    elif how == "hidden":
        Network.objects.update(hidden_at=timezone.now())


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("expired", 410, "หมดอายุแล้ว"),
        ("revoked", 410, "ถูกยกเลิกแล้ว"),
        ("used up", 409, "ใช้ครบแล้ว"),
        ("archived", 410, "ปิดแล้ว"),
        ("in already", 409, "เป็นสมาชิกของเครือข่ายนี้อยู่แล้ว"),
        ("hidden", 404, "ไม่มีหน้านี้"),
    ],
)
def test_a_bad_one_says_why_and_writes_nothing(as_, link, somchai, how, status, words):
    make_bad(link, how, somchai)
    before = Membership.objects.count()
    for answer in (
        as_(somchai).get(f"/join/{link.token}/"),
        as_(somchai).post(f"/join/{link.token}/"),
    ):
        assert answer.status_code == status
        if how != "hidden":
            assert words in text(answer)
    assert Membership.objects.count() == before
    link.refresh_from_db()
    assert link.uses == (2 if how == "used up" else 0)


# -- all of them --------------------------------------------------------------------------------


def test_no_page_says_an_english_word(asking, malee, somchai, as_, link):
    actions.ask_to_join(member=somchai, network=asking, answers=["หนองบัว"])
    used = inviting.make_link(coordinator=malee, network=asking, days=7, uses=1)
    third = make_member("ปิ่น")
    inviting.use_invitation(member=third, invitation=used)
    invited = make_network("รับเชิญ", joining=Joining.INVITATION)
    opened = make_network("เปิด", joining=Joining.OPEN)
    pages = [
        "/networks/mine/",
        at(asking, "members/"),
        at(asking, "members/?q=ฮ"),
        at(asking, "members/ปิ่น/"),
        at(asking, "members/ปิ่น/remove/"),
        at(asking, "leave/"),
        at(asking, "requests/"),
        at(asking, "invitations/"),
        at(asking, "invitations/mail/"),
        at(invited, "join/"),
        at(opened, "join/"),
        f"/join/{used.token}/",
    ]
    for address in pages:
        said = " ".join(Words(text(as_(malee).get(address))).said)
        assert ENGLISH.findall(HIDDEN.sub("", said)) == [], address
    for address in (at(asking, "join/"), "/networks/mine/", f"/join/{link.token}/"):
        said = " ".join(Words(text(as_(somchai).get(address))).said)
        assert ENGLISH.findall(HIDDEN.sub("", said)) == [], address


@pytest.mark.parametrize("page", ["members/", "requests/", "invitations/"])
def test_a_page_costs_the_same_with_two_rows_and_with_forty(network, malee, as_, page, settings):
    settings.FORUMS_PACE = settings.FORUMS_PACE | {"invitations": [(500, 60)]}
    browser = as_(malee)

    def more(count):
        for _ in range(count):
            join(network, make_member())
            actions.ask_to_join(member=make_member(), network=network)
            inviting.make_link(coordinator=malee, network=network, days=7, uses=3)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(at(network, page)).status_code == 200
        return len(captured)

    more(2)
    cost()  # what a process keeps is kept now
    two = cost()
    more(38)
    assert cost() == two <= 9
