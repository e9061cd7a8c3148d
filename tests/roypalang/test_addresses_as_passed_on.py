"""An address mangled on its way leads to what is meant, and to nothing its reader may not see."""

import json
import re
from urllib.parse import quote, unquote

import pytest
from django.contrib.messages import INFO
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from forums.activities.calendars.actions import renew_calendar
from forums.discussions.boards.models import Access
from forums.groups.networks.models import Network
from forums.groups.organisations.actions import register_organisation
from roypalang.middleware import MOST_ASKED, addresses_as_passed_on
from tests.make import make_activity, make_board, make_member, make_network, make_topic
from tests.needs import needs_shared

DECOMPOSED = "น\u0e4d\u0e49า"  # น้ำ as NFKC and some keyboards spell it


@pytest.fixture
def places(malee):
    """What addresses of every kind lead to, by their kind."""
    board = make_board("ห้องน้ำท่วม", slug="น้ำท่วม")
    topic = make_topic(malee, board, title="เดินเยี่ยมบ้านน้ำท่วม", tags=["น้ำท่วม", "C++"])
    network = make_network("คนเฝ้าป่าต้นน้ำ", malee)
    organisation = register_organisation(member=malee, name="มูลนิธิน้ำใจ", sector="civil")
    activity = make_activity(network, malee, title="วันดูน้ำ")
    return {
        "t": topic.get_absolute_url(),
        "b": board.get_absolute_url(),
        "n": unquote(network.get_absolute_url()),
        "o": unquote(organisation.get_absolute_url()),
        "a": activity.get_absolute_url(),
        "u": unquote(make_member("น้ำฝน").get_absolute_url()),
        "somchai": make_member("somchai.k").get_absolute_url(),
        "tag": "/tags/น้ำท่วม/",
        "c": "/tags/c++/",
        "id": f"/t/{topic.pk}/",
        "post": f"/p/{topic.posts.get().pk}/",
        "activity_id": f"/activities/{activity.pk}/",
    }


PASSED_ON = [
    ("{n}", "น้ำ", DECOMPOSED),
    ("{n}", "ป่า", "ป\u200bา\u0e48".replace("า\u0e48", "\u0e48า")),
    ("{n}members/", "น้ำ", "นำ้"),
    ("{n}feed/", "น้ำ", DECOMPOSED),
    ("{n}activities.ics", "น้ำ", DECOMPOSED),
    ("{n}activities.ics", ".ics", ".icsครับ"),
    ("{n}", "เฝ้า", "เฝ้า\u00ad"),
    ("{tag}", "น้ำ", "นำ้"),
    ("{tag}feed/", "น้ำ", DECOMPOSED),
    ("{c}", "c++", "C++"),
    ("{c}", "c++", "Ｃ＋＋"),
    ("{b}", "น้ำ", "นำ้"),
    ("{b}feed/", "น้ำ", DECOMPOSED),
    ("{o}", "น้ำ", DECOMPOSED),
    ("{activity_id}calendar.ics", ".ics", ".icsครับ/"),
    ("{somchai}", "k/", "kครับ"),
    ("{id}feed/", "feed/", "feedครับ"),
    ("{activity_id}calendar.ics", ".ics", ".ics)."),
    ("{activity_id}calendar.ics", ".ics", ".icsค่ะ"),
]
ENDS = [
    *(
        ")",
        ".",
        ",",
        "」",
        "”",
        "…",
        ").",
        "ๆ",
        "ครับ",
        "นะคะ",
        "🙏",
        "/ครับ",
        "/)",
        ").ครับ",
        "%E0%B8",
    ),
    *(" ", "\u00a0", "\u200b", "/ค่ะ🙏", "/ดูหน้านี้ด้วย)"),
]


def lead(client, address: str, method: str = "get") -> str:
    """Where an address leads in one step, as it is read."""
    response = getattr(client, method)(address)
    assert response.status_code == 301, (address, response.status_code)
    return unquote(response["Location"])


@pytest.mark.parametrize(("address", "right", "mangled"), PASSED_ON)
def test_another_form_of_the_same_leads_to_the_page(client, places, address, right, mangled):
    address = address.format(**places)
    assert right in address
    assert client.get(address).status_code == 200
    assert lead(client, quote(address.replace(right, mangled))) == address


@pytest.mark.parametrize("kind", ["t", "id", "b", "n", "o", "a", "u", "somchai", "tag", "c"])
def test_what_is_written_on_is_left_out(client, places, kind):
    """A topic and an activity take any word behind their number for their own, which is right as well."""
    page, final = places[kind], places["t" if kind == "id" else kind]
    for end in ENDS:
        response = client.get(page.rstrip("/") + end, follow=True)
        assert response.status_code == 200, end
        steps = response.redirect_chain
        assert (unquote(steps[-1][0]), steps[0][1]) == (final, 301), end
        assert len(steps) <= 2, end


@pytest.mark.parametrize("end", [")", "ค่ะ", "/ครับ", "."])
def test_a_post_is_found_in_its_place(client, places, end):
    assert lead(client, places["post"].rstrip("/") + end) == places["post"]


def test_thai_digits_and_capitals(client, places):
    number = places["id"].split("/")[2]
    thai = number.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert lead(client, f"/t/{thai}/") == places["t"]
    assert lead(client, f"/T/{number}/") == places["t"]
    assert lead(client, "/Networks/") == "/networks/"


def test_twice_encoded_and_with_its_query(client, places):
    assert lead(client, quote(quote(places["n"])) + "?page=2") == places["n"] + "?page=2"
    assert lead(client, places["t"] + "?page=1)") == places["t"] + "?page=1"
    assert (
        lead(client, places["t"] + "?page=1%E0%B8%84%E0%B9%88%E0%B8%B0") == places["t"] + "?page=1"
    )


def test_the_home_page_too(client, places):
    assert lead(client, "/)") == lead(client, "/ครับ") == "/"


def test_the_cases_that_were_found(client, malee):
    topic = make_topic(malee, make_board(), title="เดินเยี่ยมบ้าน", tags=["น้ำท่วม"])
    make_network("คนเฝ้าป่าต้นน้ำ", malee)
    for case in json.loads(needs_shared("data", "cases", "addresses.json").read_text()):
        address = case["get"].replace("/t/27", f"/t/{topic.pk}").replace("<its slug>", topic.slug)
        address = re.sub("<slug cut.*>", quote(topic.slug)[:-3], address)
        right = re.search(r"/\S+", case["right"])
        assert lead(client, address) == (right[0] if right else topic.get_absolute_url()), case


def test_head_is_led_on_and_a_form_is_not(client, places):
    assert lead(client, "/tags/นำ้ท่วม/", "head") == "/tags/น้ำท่วม/"
    assert client.post("/t/๒๗/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/tags/ไม่มีแท็กนี้/", "/tags/ไม่มี/ครับ", "/n/ไม่มี)", "/b/ไม่มี/ค่ะ", "/u/nobodyครับ", "/t/999999)",
        "/t/27x/", "/nothing.php", "/ไม่มีหน้านี้/", "/%2F/evil.example)",
        "/accounts/logout)", "/n/ไม่มี/members/มาลี)",
    ],
)  # fmt: skip
def test_what_means_nothing_is_not_here(client, places, address):
    assert client.get(address, follow=True).status_code == 404


def test_nothing_is_said_of_what_a_reader_may_not_see(client, as_, malee, moderator):
    secret = make_board("ห้องน้ำลับ", slug="น้ำลับ", read=Access.STAFF)
    network = make_network("คนรักษ์น้ำ", malee)
    topic = make_topic(moderator, secret, title="เรื่องน้ำลับ", tags=["น้ำลับ"])
    Network.objects.filter(pk=network.pk).update(hidden_at=timezone.now())
    mangled = [
        f"/t/{topic.pk})", f"/t/{topic.pk}/ครับ/ค่ะ", "/b/นำ้ลับ/", "/b/น้ำลับ)", "/tags/นำ้ลับ/",
        "/tags/น้ำลับ/feed)", f"/p/{topic.posts.get().pk}).", "/n/คนรักษ์นำ้/", "/n/คนรักษ์น้ำ/feed)",
    ]  # fmt: skip
    for address in mangled:
        assert client.get(address, follow=True).status_code == 404, address
        assert as_(malee).get(address, follow=True).status_code == 404, address
    assert lead(as_(moderator), f"/t/{topic.pk})") == topic.get_absolute_url()


def test_a_key_in_an_address_stays_a_key(client, malee):
    """Letters of another size are another key; a bracket behind it is none of it."""
    secret = renew_calendar(member=malee).secret
    assert lead(client, f"/calendar/{secret}.ics)") == f"/calendar/{secret}.ics"
    assert client.get(f"/calendar/{secret.swapcase()}.ics)").status_code == 404


def test_messages_that_wait_are_shown_on_the_page_itself(client, places):
    request = RequestFactory().get("/")
    storage = CookieStorage(request)
    response = HttpResponse()
    storage.add(INFO, "บันทึกแล้ว")
    storage.update(response)
    client.cookies["messages"] = response.cookies["messages"].value
    lead(client, "/tags/นำ้ท่วม/")
    assert "บันทึกแล้ว" in client.get("/tags/น้ำท่วม/").text


def test_a_lost_reader_costs_a_few_pages_at_most(rf):
    asked = []

    def nowhere(request):
        asked.append(request.path_info)
        return HttpResponse(status=404)

    door = addresses_as_passed_on(nowhere)
    for address in ("/n/X/Activities.icsค่ะ", "/t/๒๗/ครับ/", "/tags/Ａ)ครับ🙏/", "/nothing/here/"):
        asked.clear()
        assert door(rf.get(quote(address))).status_code == 404
        assert len(asked) <= 1 + MOST_ASKED
    assert asked == ["/nothing/here/"]
