"""Pages of organisations: what each reader sees, what she may do, what they cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.groups.networks.models import Network
from forums.groups.organisations import lists
from forums.groups.organisations.models import NetworkOrganisation, Organisation, Representative
from tests.answers import text_of
from tests.groups.organisations.make import believed, enter, make_organisation, represent
from tests.make import make_member, make_network

pytestmark = pytest.mark.django_db

FORM = {"name": "สหกรณ์ริมคลอง", "sector": "community", "province": "74", "represents": "on"}


def names(response):
    return [each.name for each in response.context["page"].rows]


# -- All of them --------------------------------------------------------------------------------


def test_the_list_is_in_dictionary_order_and_is_searched_by_its_beginning(as_):
    for name in ("แม่น้ำ", "กลุ่มหนึ่ง", "โรงเรียน", "มูลนิธิ", "เกษตร", "กลุ่มสอง"):
        make_organisation(name)
    visitor = as_(None)
    assert names(visitor.get("/organisations/")) == [
        "กลุ่มสอง",
        "กลุ่มหนึ่ง",
        "เกษตร",
        "มูลนิธิ",
        "แม่น้ำ",
        "โรงเรียน",
    ]
    assert names(visitor.get("/organisations/", {"q": "กลุม"})) == ["กลุ่มสอง", "กลุ่มหนึ่ง"]
    assert names(visitor.get("/organisations/", {"q": "แม่"})) == ["แม่น้ำ"]
    assert "ยังไม่มีองค์กร" not in text_of(visitor.get("/organisations/", {"q": "ฮ"}))
    assert names(visitor.get("/organisations/", {"q": "ฮ"})) == []


def test_an_empty_list_says_so(as_):
    assert "ยังไม่มีองค์กร" in text_of(as_(None).get("/organisations/"))


def test_pages_of_the_list_turn_both_ways(as_, monkeypatch):
    monkeypatch.setattr(lists, "SIZE", 2)
    for name in ("ก", "ข", "ค", "ง", "จ"):
        make_organisation(name)
    visitor = as_(None)
    first = visitor.get("/organisations/")
    second = visitor.get(f"/organisations/?{first.context['page'].next}")
    third = visitor.get(f"/organisations/?{second.context['page'].next}")
    assert [names(page) for page in (first, second, third)] == [["ก", "ข"], ["ค", "ง"], ["จ"]]
    assert (first.context["page"].previous, third.context["page"].next) == ("", "")
    back = visitor.get(f"/organisations/?{third.context['page'].previous}")
    assert names(back) == ["ค", "ง"]
    assert names(visitor.get(f"/organisations/?{back.context['page'].previous}")) == ["ก", "ข"]


@pytest.mark.parametrize(
    "query", ["after=x", "after=0", "before=999999999999999999999", "before=-1"]
)
def test_a_mangled_place_is_not_found(as_, query):
    assert as_(None).get(f"/organisations/?{query}").status_code == 404


def test_moderators_see_who_waits_for_them(as_, malee, moderator):
    make_organisation("ลงเอง", malee, represents=True, title="ประธาน")
    assert "มาลี คำหล้า" in text_of(as_(moderator).get("/organisations/"))
    for other in (None, make_member(), malee):
        page = as_(other).get("/organisations/")
        assert list(page.context["unbelieved"]) == []
    believed(Representative.objects.get())
    assert list(as_(moderator).get("/organisations/").context["unbelieved"]) == []


# -- Registering --------------------------------------------------------------------------------


def test_an_organisation_is_registered_by_its_form(as_, malee):
    response = as_(malee).post("/organisations/new/", FORM | {"title": "ประธาน"})
    made = Organisation.objects.get()
    assert (response.status_code, response["Location"]) == (302, made.get_absolute_url())
    page = text_of(as_(None).get(made.get_absolute_url()))
    assert "ยังไม่มีคนยืนยัน" in page
    assert "มาลี" not in page
    assert "รอ" not in page


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"sector": ""}, {"about": "ก" * 5000}, {"province": "00"}, {"website": "x y"}],
)
def test_a_wrong_form_comes_back_with_what_was_typed(as_, malee, wrong):
    response = as_(malee).post("/organisations/new/", FORM | {"title": "เหรัญญิก"} | wrong)
    assert response.status_code == 400
    assert 'value="เหรัญญิก"' in response.content.decode()
    assert not Organisation.objects.exists()


def test_a_name_that_is_taken_leads_to_its_page(as_, malee):
    there = make_organisation("สหกรณ์ริมคลอง")
    response = as_(malee).post("/organisations/new/", FORM)
    assert response.status_code == 400
    assert f'href="{there.get_absolute_url()}"' in response.content.decode()


# -- One of them --------------------------------------------------------------------------------


def test_its_page_shows_what_is_confirmed_and_who_confirmed_it(as_, malee, somchai, network):
    made = make_organisation(
        "สหกรณ์ริมคลอง", coordinator=somchai, network=network, about="ดูแลบ้าน", website="example.org"
    )
    asked = make_network("อีกเครือข่าย", make_member())
    waiting = represent(made, make_member(display_name="คนที่รอ"), title="คนแอบอ้าง")
    page = text_of(as_(None).get(made.get_absolute_url()))
    for words in ("สมชาย", "คนรักคลอง", "ดูแลบ้าน", "https://example.org", "ยืนยันเมื่อ"):
        assert words in page
    for words in ("คนที่รอ", "คนแอบอ้าง", asked.name, "ยังไม่มีคนยืนยัน"):
        assert words not in page
    assert "คนที่รอ" in text_of(as_(somchai).get(made.get_absolute_url()))
    assert "คนแอบอ้าง" not in text_of(as_(malee).get(made.get_absolute_url()))
    assert "ท่านบอกไว้ว่า" in text_of(as_(waiting.member).get(made.get_absolute_url()))


def test_a_hidden_network_leaves_no_trace_on_its_page(as_, somchai, network):
    made = make_organisation("", coordinator=somchai, network=network)
    Network.objects.filter(pk=network.pk).update(hidden_at=timezone.now())
    for who in (None, somchai):
        assert "คนรักคลอง" not in as_(who).get(made.get_absolute_url()).content.decode()
    there = f"{made.get_absolute_url()}networks/"
    assert "คนรักคลอง" not in as_(somchai).get(there, {"q": "คน"}).content.decode().replace(
        'value="คน"', ""
    )
    assert as_(somchai).post(f"{there}{network.pk}/no/").status_code == 404


def test_whoever_asks_is_confirmed_on_the_page_and_shown_on_her_own(as_, malee, somchai):
    made = make_organisation("สหกรณ์ริมคลอง", coordinator=malee)
    there = made.get_absolute_url()
    assert as_(somchai).post(f"{there}represent/", {"title": "เลขานุการ"}).status_code == 302
    assert "สหกรณ์ริมคลอง" not in as_(None).get(somchai.get_absolute_url()).content.decode()
    claim = Representative.objects.get(member=somchai)
    assert as_(malee).post(f"{there}people/{claim.pk}/confirm/").status_code == 302
    page = text_of(as_(None).get(somchai.get_absolute_url()))
    assert "สหกรณ์ริมคลอง" in page
    assert "เลขานุการ" in page
    assert as_(somchai).post(f"{there}people/{claim.pk}/remove/").status_code == 302
    assert "สหกรณ์ริมคลอง" not in as_(None).get(somchai.get_absolute_url()).content.decode()


def test_a_claim_belongs_to_its_organisation(as_, malee, somchai):
    made, other = make_organisation("", coordinator=malee), make_organisation("")
    claim = represent(made, somchai)
    there = f"{other.get_absolute_url()}people/{claim.pk}/confirm/"
    assert as_(malee).post(there).status_code == 404


def test_its_coordinator_edits_it(as_, malee):
    made = make_organisation("ชื่อเดิม", coordinator=malee)
    there = f"{made.get_absolute_url()}edit/"
    assert 'value="ชื่อเดิม"' in as_(malee).get(there).content.decode()
    assert as_(malee).post(there, FORM | {"name": ""}).status_code == 400
    assert as_(malee).post(there, FORM | {"name": "ชื่อใหม่"}).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.province) == ("ชื่อใหม่", "74")


# -- In networks --------------------------------------------------------------------------------


def test_a_network_invites_the_organisation_says_yes_and_the_network_takes_it_out(
    as_, malee, somchai, network
):
    made = make_organisation("สหกรณ์ริมคลอง", coordinator=somchai)
    ours, theirs = (
        f"{network.get_absolute_url()}organisations/",
        f"{made.get_absolute_url()}networks/",
    )
    page = as_(malee).get(ours, {"q": "สหกรณ์"}).content.decode()
    assert f'action="{ours}{made.pk}/yes/"' in page
    assert as_(malee).post(f"{ours}{made.pk}/yes/").status_code == 302
    assert "รอคำตอบ" in text_of(as_(malee).get(ours))
    assert f'action="{theirs}{network.pk}/yes/"' in as_(somchai).get(theirs).content.decode()
    assert as_(somchai).post(f"{theirs}{network.pk}/yes/").status_code == 302
    assert NetworkOrganisation.objects.get().is_confirmed
    assert as_(malee).post(f"{ours}{made.pk}/yes/", {"note": "28 ครัวเรือน"}).status_code == 302
    refused = as_(malee).post(f"{ours}{made.pk}/yes/", {"note": "ก" * 121})
    assert (refused.status_code, "ก" * 121 in refused.text) == (400, True)
    assert "120" in refused.text
    assert "28 ครัวเรือน" in text_of(as_(None).get(made.get_absolute_url()))
    assert as_(malee).post(f"{ours}{made.pk}/no/").status_code == 302
    assert as_(malee).post(f"{ours}{made.pk}/no/").status_code == 409
    assert not NetworkOrganisation.objects.exists()


def test_an_organisation_asks_a_network_and_takes_it_back(as_, somchai, network):
    made = make_organisation("", coordinator=somchai)
    theirs = f"{made.get_absolute_url()}networks/"
    assert "คนรักคลอง" in text_of(as_(somchai).get(theirs, {"q": "คนรัก"}))
    as_(somchai).post(f"{theirs}{network.pk}/yes/")
    assert "รอคำตอบ" in text_of(as_(somchai).get(theirs))
    as_(somchai).post(f"{theirs}{network.pk}/no/")
    assert not NetworkOrganisation.objects.exists()


# -- What they cost -----------------------------------------------------------------------------


def test_pages_cost_the_same_whatever_they_hold(as_, malee, somchai, moderator, network):
    made = make_organisation("ก", coordinator=somchai, network=network)
    pages = [
        (made.get_absolute_url(), (None, malee, somchai, moderator)),
        ("/organisations/", (None, moderator)),
        (f"{made.get_absolute_url()}networks/?q=ค", (somchai,)),
        (f"{network.get_absolute_url()}organisations/?q=ม", (malee,)),
        (somchai.get_absolute_url(), (None,)),
    ]

    def costs():
        found = {}
        for url, people in pages:
            for who in people:
                browser = as_(who)
                browser.get(url)
                with CaptureQueriesContext(connection) as asked:
                    assert browser.get(url).status_code == 200
                found[url, who] = len(asked)
        return found

    def more(number):
        for _ in range(number):
            head = make_member()
            enter(make_network(coordinator=head), made, somchai)
            other = make_organisation("", coordinator=somchai)
            enter(network, other, somchai)
            make_organisation("")
            represent(make_organisation(""))
            represent(made)
            believed(represent(made), somchai)

    more(2)
    few = costs()
    more(12)
    assert costs() == few
    assert max(few.values()) <= 12, few


def test_a_number_in_what_it_does_is_asked_about(as_, malee):
    client, told = as_(malee), FORM | {"about": "ถามพี่ต้อย 081-000-2345"}
    answer = client.post("/organisations/new/", told)
    assert answer.status_code == 400
    (mine,) = re.findall(r'name="mine"\s+value="([^"]+)"', answer.text)
    assert client.post("/organisations/new/", told | {"mine": mine}).status_code == 302
