"""Networks on the moderators' desk: finding them, deciding about them, answering what is asked."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.groups.memberships.models import JoinRequest, Membership, Role
from forums.groups.networks.models import Network
from forums.groups.staff_requests.models import StaffRequest
from forums.moderation.merging.actions import merge
from forums.moderation.models import Act, Decision
from forums.moderation.networks import actions as acts
from tests.answers import page as read
from tests.make import join, make_member, make_network

DESK = "/admin/forums/network/"
PLEAS = "/admin/forums/plea/"
WHY = "ตรวจสอบแล้ว"


def test_the_desk_is_for_moderators(as_, malee, moderator, network):
    staff_request = StaffRequest.objects.create(
        network=network, member=malee, kind="verify", reason="ขอ"
    )
    for path in (
        DESK, PLEAS, f"{DESK}add/", f"{DESK}{network.pk}/change/", f"{PLEAS}{staff_request.pk}/change/",
        f"{DESK}act/verify/?ids={network.pk}", f"{PLEAS}act/refuse/?ids={staff_request.pk}",
    ):  # fmt: skip
        assert as_(None).get(path).status_code == 302, path
        assert as_(malee).get(path).status_code == 403, path
        assert as_(moderator).get(path).status_code == 200, path
    for path in (f"{PLEAS}add/", f"{DESK}{network.pk}/delete/"):
        assert as_(moderator).get(path).status_code == 403
    assert as_(moderator).post(f"{DESK}{network.pk}/change/", {"name": "x"}).status_code == 403


@pytest.mark.parametrize(
    "state", ["waiting", "verified", "featured", "archived", "hidden", "stale"]
)
def test_each_state_is_a_filter(state, as_, malee, moderator, network):
    make_network("อีกเครือข่ายหนึ่ง")
    now = timezone.now()
    if state == "waiting":
        StaffRequest.objects.create(network=network, member=malee, kind="verify", reason="ขอ")
    elif state == "stale":
        Network.objects.filter(pk=network.pk).update(confirmed_at=now - timedelta(days=400))
    else:
        Network.objects.filter(pk=network.pk).update(**{f"{state}_at": now})
    page = read(as_(moderator), f"{DESK}?state={state}")
    assert network.name in page
    assert "อีกเครือข่ายหนึ่ง" not in page


@pytest.mark.parametrize("term", ["แสนแสบ", "@malee", "mal"])
def test_a_network_is_found_by_its_name_and_its_coordinator(term, as_, moderator, network):
    make_network("เครือข่ายป่าชุมชน")
    page = read(as_(moderator), f"{DESK}?q={term}")
    assert network.name in page
    assert "เครือข่ายป่าชุมชน" not in page


def test_a_networks_page_counts_who_waits_too_long(as_, moderator, network):
    now = timezone.now()
    for days in (5, 31, 45):
        JoinRequest.objects.create(
            network=network, member=make_member(), created_at=now - timedelta(days=days)
        )
    answered = JoinRequest.objects.create(
        network=network, member=make_member(), created_at=now - timedelta(days=99)
    )
    JoinRequest.objects.filter(pk=answered.pk).update(decided_at=now, accepted=False)
    page = read(as_(moderator), f"{DESK}{network.pk}/change/")
    assert "<dt>คำขอเข้าร่วมที่รอเกิน 30 วัน</dt><dd>2</dd>" in page


def test_a_moderator_registers_a_network_for_somebody(as_, moderator, malee):
    browser = as_(moderator)
    assert f'href="{DESK}add/"' in read(browser, DESK)
    values = {"name": "อสม. หนองบัว", "aim": "เยี่ยมบ้าน", "kind": "physical", "member": "@malee"}
    for missing in (*values, "reason"):
        sent = {**values, "reason": WHY} | {missing: ""}
        answer = browser.post(f"{DESK}add/", sent)
        assert answer.status_code == 400, missing
        shown = "เยี่ยมบ้าน" if missing != "aim" else "อสม. หนองบัว"
        assert shown in answer.content.decode()  # what was typed is still there
    answer = browser.post(f"{DESK}add/", {**values, "reason": WHY})
    network = Network.objects.get()
    assert answer["Location"] == f"{DESK}{network.pk}/change/"
    assert Membership.objects.get(member=malee).role == Role.COORDINATOR
    make_member("somsri")
    again = browser.post(f"{DESK}add/", {**values, "member": "@somsri", "reason": WHY})
    assert again.status_code == 400
    assert Network.objects.count() == 1


@pytest.mark.parametrize("handle", ["", "nobody", "@", "gone", "ก" * 100])
def test_who_is_not_there_is_refused_in_words(handle, as_, moderator, network):
    make_member("gone", is_active=False)
    sent = {"member": handle, "reason": WHY}
    answer = as_(moderator).post(f"{DESK}act/hand_over/?ids={network.pk}", sent)
    assert answer.status_code == 400
    assert WHY in answer.content.decode()
    assert not Decision.objects.exists()


def test_every_act_is_offered_when_it_makes_sense_and_done(as_, moderator, malee, network):
    browser = as_(moderator)
    other = make_network("คลองสวย")
    page = f"{DESK}{network.pk}/change/"

    def act(name: str, **fields: str) -> None:
        assert f"act/{name}/?ids={network.pk}" in read(browser, page), name
        url = f"{DESK}act/{name}/?ids={network.pk}"
        assert browser.post(url, {"reason": WHY, **fields}).status_code == 302, name
        assert f"act/{name}/?ids={network.pk}" not in read(browser, page) or name == "hand_over"

    for name in ("verify", "unverify", "feature", "unfeature", "hide", "unhide"):
        act(name)
    act("hand_over", member="moderator")
    act("archive")
    act("reopen", member="malee")
    act("merge", into=other.get_absolute_url(), sure=f"{other.pk}-{network.pk}")
    assert Decision.objects.filter(network=network).count() == 10
    assert other.name in read(browser, page)
    assert f"{DESK}{network.pk}/change/" in read(
        browser, f"{DESK}{other.pk}/change/"
    )  # its history


def test_a_merge_shows_what_will_move_and_asks_again(as_, moderator, malee, network):
    browser, other, third = as_(moderator), make_network("คลองสวย"), make_network("คลองใส")
    join(network, make_member())
    url = f"{DESK}act/merge/?ids={network.pk}"
    asked = browser.post(url, {"into": str(other.pk), "reason": WHY})
    assert asked.status_code == 200
    page = asked.content.decode()
    assert other.name in page
    assert WHY in page
    assert "สมาชิก: 2" in page  # Malee and whoever joined
    # Agreed to for one network, it is not done with another: it is asked again.
    other_digit = {"into": str(third.pk), "reason": WHY, "sure": f"{other.pk}-{network.pk}"}
    assert third.name in browser.post(url, other_digit).content.decode()
    assert not Decision.objects.exists()
    sure = {"into": str(other.pk), "reason": WHY, "sure": f"{other.pk}-{network.pk}"}
    assert browser.post(url, sure).status_code == 302
    network.refresh_from_db()
    assert network.merged_into_id == other.pk


def test_a_merge_is_undone_from_the_page_of_what_was_merged(as_, moderator, network):
    browser, other = as_(moderator), make_network("คลองสวย")
    merge(moderator=moderator, network=network, into=other, reason=WHY)
    assert f"act/unmerge/?ids={network.pk}" in read(browser, f"{DESK}{network.pk}/change/")
    sent = browser.post(f"{DESK}act/unmerge/?ids={network.pk}", {"reason": "ผิดเครือข่าย"})
    assert sent.status_code == 302
    network.refresh_from_db()
    assert network.is_open


def test_into_what_is_said_by_name_number_or_address(as_, moderator, malee, network):
    other = make_network("คลองใหม่", malee)
    numbered = make_network(str(network.pk), malee)
    for into, meant in (
        ("คลองใหม่", other),
        ("คลอง ใหม่", other),
        (str(other.pk), other),
        (f"https://roypalang.example{other.get_absolute_url()}", other),
        (f"/n/{numbered.slug}/", numbered),
    ):
        sent = {"into": into, "reason": WHY}
        answer = as_(moderator).post(f"{DESK}act/merge/?ids={network.pk}", sent)
        assert answer.context["preview"].into == meant
    sent = {
        "into": numbered.name,
        "reason": WHY,
    }  # the number of this network, the name of that one
    answer = as_(moderator).post(f"{DESK}act/merge/?ids={other.pk}", sent)
    assert answer.status_code == 400
    assert "เป็นชื่อของอันหนึ่งและเลขที่ของอีกอัน" in answer.content.decode()


@pytest.mark.parametrize("into", ["", "ไม่มี", "999999", "/n//"])
def test_a_network_that_is_not_there_takes_no_other(into, as_, moderator, network):
    sent = {"into": into, "reason": WHY}
    answer = as_(moderator).post(f"{DESK}act/merge/?ids={network.pk}", sent)
    assert answer.status_code == 400
    assert not Decision.objects.exists()


def test_what_is_asked_stands_oldest_first_and_is_answered(as_, moderator, malee, network):
    old, new = make_member("old"), make_member("new")
    now = timezone.now()
    for member, days in ((new, 1), (old, 9)):
        StaffRequest.objects.create(
            network=network, member=member, kind="take_over", reason=f"ขอโดย {member}",
            created_at=now - timedelta(days=days),
        )  # fmt: skip
    browser = as_(moderator)
    page = read(browser, PLEAS)
    assert page.index("ขอโดย old") < page.index("ขอโดย new")
    granted, refused = StaffRequest.objects.order_by("created_at")
    url = PLEAS + "act/{}/?ids={}"
    assert "ขอโดย old" in read(browser, url.format("hand_over", granted.pk))
    browser.post(url.format("hand_over", granted.pk), {"reason": WHY})
    browser.post(url.format("refuse", refused.pk), {"reason": "ให้คนแรกแล้ว"})
    wrong = browser.post(url.format("verify", refused.pk), {"reason": WHY})
    assert wrong.status_code == 400
    assert "ขอโดย" not in read(browser, PLEAS)
    assert "ขอโดย new" in read(browser, f"{PLEAS}?answered=yes")
    assert "ให้คนแรกแล้ว" in read(browser, f"{PLEAS}{refused.pk}/change/")
    assert set(Decision.objects.values_list("act", flat=True)) == {Act.HAND_OVER, Act.REFUSE}


def test_a_hidden_network_stands_on_the_desk(as_, moderator, network):
    acts.hide(moderator=moderator, network=network, reason=WHY)
    assert network.name in read(as_(moderator), DESK)
    assert f"act/unhide/?ids={network.pk}" in read(as_(moderator), f"{DESK}{network.pk}/change/")


def test_the_lists_cost_the_same_for_two_and_for_forty(as_, moderator, network):
    browser = as_(moderator)

    def cost() -> list[int]:
        found = []
        for path in (DESK, PLEAS):
            with CaptureQueriesContext(connection) as captured:
                read(browser, path)
            found.append(len(captured))
        return found

    def more(count: int) -> None:
        for _ in range(count):
            made = make_network()
            StaffRequest.objects.create(
                network=made, member=made.registered_by, kind="verify", reason="ขอ"
            )

    more(2)
    cost()
    few = cost()
    more(38)
    assert cost() == few
