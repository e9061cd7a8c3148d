"""The first step: who is led to it, what it keeps, and what it answers."""

import re
from urllib.parse import quote, unquote

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client, override_settings

from accounts.models import Member
from forums.discussions.boards.models import Access
from forums.discussions.topics.models import Topic
from tests.accounts.conftest import PASSWORD, link_in
from tests.answers import html_of
from tests.make import join, make_board, make_member, make_network

FORM = {
    "email": "malee@example.org",
    "username": "มาลี",
    "password1": PASSWORD,
    "age": "on",
    "consent": "on",
}


def set_password(browser: Client, page: HttpResponse, **more: str) -> HttpResponse:
    """The password that she is asked for where she did not type the first."""
    typed = {"password1": PASSWORD, "password2": PASSWORD}
    return browser.post(page.request["PATH_INFO"], typed | more)


def named(html: str) -> list[str]:
    return re.findall(r'<h2><a href="/n/[^"]+">([^<]+)</a>', html)


# -- who is led here ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_new_member_is_led_here_from_the_mail_and_only_once(client):
    client.post("/accounts/signup/", FORM)
    assert client.post(link_in(mail.outbox[0])).url == "/welcome/"
    client.post("/accounts/logout/")
    again = {"login": "malee@example.org", "password": PASSWORD}
    assert client.post("/accounts/login/", again).url == "/"


@pytest.mark.django_db
def test_who_confirmed_in_another_browser_is_led_here_when_she_signs_in(client):
    client.post("/accounts/signup/", FORM)
    elsewhere = Client()
    page = elsewhere.post(link_in(mail.outbox[0]), follow=True)
    assert set_password(elsewhere, page).url == "/welcome/"


@pytest.mark.django_db
def test_who_signs_in_first_by_a_code_is_led_here(client):
    client.post("/accounts/signup/", FORM)
    elsewhere = Client()
    elsewhere.post(link_in(mail.outbox[0]))
    elsewhere.post("/accounts/login/code/", {"email": FORM["email"]})
    code = re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", mail.outbox[-1].body, re.M)
    assert code
    answer = elsewhere.post("/accounts/login/code/confirm/", {"code": code[1]})
    assert answer.url == "/welcome/"


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", [False, True], ids=["same browser", "another browser"])
def test_what_she_was_on_the_way_to_comes_first_and_the_step_waits_on_home(client, elsewhere):
    wanted = "/n/คนรักคลอง/join/?a=1"
    client.post("/accounts/signup/", FORM | {"next": wanted})
    link = link_in(mail.outbox[0])
    other = Client() if elsewhere else client
    page = html_of(other.get(link))
    assert f'value="{wanted}"' in page
    answer = other.post(link.partition("?")[0], {"next": wanted})
    if elsewhere:
        page = other.get(answer.url, follow=True)
        answer = set_password(other, page, next=page.context["redirect_field_value"])
    assert unquote(answer.url) == wanted
    assert "ยังไม่ได้อยู่ในเครือข่ายไหน" in html_of(other.get("/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wish", ["//evil.example/", "https://evil.example/", "http://[", "/search/?q=" + "evil " * 200]
)
def test_a_mail_leads_to_no_page_of_others_and_carries_no_text_of_theirs(client, wish):
    client.post("/accounts/signup/", FORM | {"next": wish})
    assert "evil" not in mail.outbox[0].body
    assert "evil" not in Client().post(link_in(mail.outbox[0])).url


@pytest.mark.django_db
def test_who_was_brought_into_a_network_before_she_came_is_not_led_here(client):
    client.post("/accounts/signup/", FORM)
    join(make_network("คนรักคลอง"), Member.objects.get(handle="มาลี"))
    assert client.post(link_in(mail.outbox[0])).url == "/"


def test_visitors_are_asked_to_sign_in(as_):
    for path in ("/welcome/", "/welcome/networks/?matter=x"):
        answer = as_(None).get(path)
        assert answer.url == f"/accounts/login/?next={quote(path, safe='/')}"
    assert as_(None).post("/welcome/close/").status_code == 403


# -- what it asks and keeps ---------------------------------------------------------------------


def test_the_province_is_kept_on_the_profile_and_the_matter_nowhere(as_, somchai):
    client = as_(somchai)
    page = html_of(client.get("/welcome/"))
    assert "ใคร ๆ ก็เห็น" in page
    assert '<option value="74" selected>' in page
    answer = client.post("/welcome/", {"province": "55", "matter": "ป่า  ต้นน้ำ", "tag": ["ไฟป่า"]})
    assert (
        answer.url == f"/welcome/networks/?matter={quote('ป่า')}+{quote('ต้นน้ำ')}&tag={quote('ไฟป่า')}"
    )
    somchai.refresh_from_db()
    assert somchai.province == "55"


def test_a_form_that_came_without_the_province_leaves_it_and_one_that_says_none_takes_it_off(
    as_, malee
):
    for sent, kept in (({"matter": "ป่า"}, "55"), ({"matter": "", "province": ""}, "")):
        assert as_(malee).post("/welcome/", sent).status_code == 302
        malee.refresh_from_db()
        assert malee.province == kept


def test_all_of_it_may_be_left_out(as_, db):
    member = make_member()
    answer = as_(member).post("/welcome/", {"province": "", "matter": ""})
    assert answer.url == "/welcome/networks/?"
    assert as_(member).get(answer.url).status_code == 200


def test_what_no_form_sends_is_refused_or_left_out(as_, malee):
    answer = as_(malee).post("/welcome/", {"province": "99", "matter": "ป่า"})
    assert answer.status_code == 400
    assert 'value="ป่า"' in html_of(answer)
    long = as_(malee).post("/welcome/", {"province": "", "matter": "ป่า\0" * 120, "tag": ["<>", ""]})
    assert long.status_code == 302
    assert "%00" not in long.url
    answer = as_(malee).get(
        "/welcome/networks/?matter=" + "%27%3A*%20%26%20%21" * 40 + "&tag=%F0%9F"
    )
    assert answer.status_code == 200


@override_settings(FORUMS_PACE={"profile": [(2, 3600)]})
def test_provinces_are_not_tried_one_after_the_other(as_, db):
    client = as_(make_member())
    answers = [client.post("/welcome/", {"province": code}) for code in ("55", "74", "10")]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    # The same again changes nothing, and nobody is held back.
    assert client.post("/welcome/", {"province": "74"}).status_code == 302


def test_tags_of_networks_can_be_tapped_on_and_stay_chosen(as_, malee):
    make_network("คนเฝ้าป่า", tags=["ไฟป่า", "ต้นน้ำ"])
    make_network("ฟื้นป่า", tags=["ไฟป่า"])
    page = html_of(as_(malee).get("/welcome/"))
    assert re.findall(r'name="tag"\s*value="([^"]+)"', page) == ["ไฟป่า", "ต้นน้ำ"]
    page = html_of(as_(malee).get("/welcome/?tag=ไฟป่า&matter=ควัน"))
    assert re.findall(r'value="([^"]+)" checked', page) == ["ไฟป่า"]
    assert 'value="ควัน"' in page


# -- what it answers ----------------------------------------------------------------------------


def test_a_network_stands_with_its_aim_why_it_is_there_and_how_one_joins(as_, malee):
    make_network("คนเฝ้าป่า", aim="เฝ้าไฟป่า", provinces=["55"], joining="open")
    make_network("ป่าชายเลน", aim="ปลูกป่าริมทะเล", provinces=["91"], joining="request")
    page = html_of(as_(malee).get("/welcome/networks/?matter=ป่า"))
    assert named(page) == ["คนเฝ้าป่า", "ป่าชายเลน"]
    assert "เฝ้าไฟป่า" in page
    assert "ทำงานในน่าน" in page
    assert "สตูล" in page
    ways = re.findall(r'href="(/n/[^"]+/join/)">\s*([^\s<]+)', page)
    assert [words for _url, words in ways] == ["เข้าร่วม", "ขอเข้าร่วม"]
    assert as_(malee).get(ways[0][0]).status_code == 200


def test_where_nothing_fits_it_says_so_and_leads_to_the_directory(as_, malee):
    make_network("คนเฝ้าป่า", aim="เฝ้าไฟป่า", provinces=["91"])
    page = html_of(as_(malee).get("/welcome/networks/?matter=ดาราศาสตร์"))
    assert named(page) == []
    assert "ยังไม่มีเครือข่ายที่ตรงกัน" in page
    assert 'href="/networks/"' in page


def test_where_only_the_province_fits_it_says_that_the_matter_does_not(as_, malee):
    make_network("คนเฝ้าป่า", aim="เฝ้าไฟป่า", provinces=["55"])
    said = "ยังไม่มีเครือข่ายที่ตรงเรื่องนี้"
    page = html_of(as_(malee).get("/welcome/networks/?matter=ดาราศาสตร์"))
    assert named(page) == ["คนเฝ้าป่า"]
    assert said in page
    for path in ("/welcome/networks/?matter=ป่า", "/welcome/networks/"):
        assert said not in html_of(as_(malee).get(path))


def test_it_asks_as_many_questions_for_three_as_for_none(
    as_, malee, django_assert_num_queries, django_assert_max_num_queries
):
    client = as_(malee)
    client.get("/welcome/networks/")
    with django_assert_max_num_queries(9) as first:
        client.get("/welcome/networks/?matter=ป่า")
    for n in range(6):
        make_network(f"ป่า {n}")
    with django_assert_num_queries(len(first.captured_queries) + 1):  # the rows of what was found
        assert len(named(html_of(client.get("/welcome/networks/?matter=ป่า")))) == 3


# -- saying hello -------------------------------------------------------------------------------


def test_hello_is_said_in_the_first_room_of_the_house_where_every_member_writes(as_, malee):
    top = make_board("ลานกลาง", position=1)
    make_board("เฉพาะผู้ดูแล", position=1, parent=top, write=Access.STAFF)
    room = make_board("แนะนำตัว", position=2, parent=top, slug="แนะนำตัว")
    make_board("อื่น ๆ", position=2)
    page = html_of(as_(malee).get("/welcome/networks/"))
    assert "“แนะนำตัว”" in page
    assert f'href="{room.get_absolute_url()}new/?hello=1"' in page


def test_without_such_a_room_nothing_is_said_of_it(as_, malee):
    make_board(write=Access.LEVEL_2)
    assert "hello=1" not in html_of(as_(malee).get("/welcome/networks/"))


def test_the_form_opens_with_a_conversation_and_a_beginning(as_, malee):
    make_board("แนะนำตัว", slug="แนะนำตัว")
    page = html_of(as_(malee).get("/b/แนะนำตัว/new/?hello=1"))
    assert "มาจากไหน ทำเรื่องอะไร" in page
    assert "มาลี คำหล้า จากน่าน มาแนะนำตัว" in page
    assert re.search(r'value="conversation"\s*checked', page)
    assert re.search(r'<option value="แนะนำตัว" selected', page)
    assert "มาแนะนำตัว" not in html_of(as_(malee).get("/b/แนะนำตัว/new/"))
    assert not Topic.objects.exists()
