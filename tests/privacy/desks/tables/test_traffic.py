"""The traffic log in the admin: who comes in, that a look is recorded first, and what is shown of it to whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.privacy.traffic.actions import give_right, write_down
from forums.privacy.traffic.models import TrafficLook, TrafficReader
from forums.privacy.traffic.recording import NotedRequest
from tests.make import make_member
from tests.passkeys import give_passkey

AT, RIGHTS = "/admin/forums/trafficlook/", "/admin/forums/trafficreader/"


@pytest.fixture
def head(db):
    return make_member("head", is_staff=True, is_superuser=True)


@pytest.fixture
def reader(head, moderator):
    give_right(administrator=head, member=moderator)
    return moderator


def asked(**more: str) -> dict[str, str]:
    now = timezone.localtime()
    return {
        "since": f"{now - timedelta(hours=3):%Y-%m-%dT%H:%M}",
        "until": f"{now + timedelta(minutes=1):%Y-%m-%dT%H:%M}",
        "why": "คำสั่งที่ 9/2569",
        "account": "",
        "net": "",
        **more,
    }


def lines(count: int, account: int, address: str = "203.0.113.7") -> None:
    now = timezone.now()
    write_down(
        [
            NotedRequest(now - timedelta(seconds=n), address, 4000 + n, account, f"GET page{n}")
            for n in range(count)
        ]
    )


def test_a_look_shows_the_lines_of_an_account_a_page_at_a_time(as_, reader, malee, somchai):
    lines(120, malee.pk)
    lines(3, somchai.pk)
    answer = as_(reader).post(f"{AT}add/", asked(account="@malee"))
    look = TrafficLook.objects.get()
    assert answer.url == f"{AT}{look.pk}/change/"
    first = as_(reader).get(answer.url)
    assert len(first.context["page"].rows) == 100
    assert {row.handle for row in first.context["page"].rows} == {"malee"}
    second = as_(reader).get(f"{answer.url}?{first.context['page'].next}")
    assert len(second.context["page"].rows) == 20
    sheet = as_(reader).get(f"{AT}{look.pk}/lines.csv")
    rows = b"".join(sheet.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 121
    assert "malee" in rows[1]


def test_a_look_by_net_finds_what_came_from_there(as_, reader, malee):
    lines(2, malee.pk)
    lines(5, malee.pk, "198.51.100.1")
    as_(reader).post(f"{AT}add/", asked(net="203.0.113.0/24"))
    shown = as_(reader).get(f"{AT}{TrafficLook.objects.get().pk}/change/")
    assert len(shown.context["page"].rows) == 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"net": "ไม่ใช่"}, "ไม่ใช่ที่อยู่ไอพี"),
        ({"account": "@nobody"}, "ไม่มีใครชื่อนี้"),
        ({"why": ""}, "why"),
        ({"since": "เมื่อวาน"}, "since"),
    ],
)
def test_what_cannot_be_read_comes_back_and_is_not_recorded(as_, reader, typed, told):
    answer = as_(reader).post(f"{AT}add/", asked(**typed))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert told in page
    assert "คำสั่งที่ 9/2569" in page or "why" in typed
    assert not TrafficLook.objects.exists()


def test_an_administrator_reads_who_looked_but_no_lines(as_, head, reader, malee):
    lines(1, malee.pk)
    as_(reader).post(f"{AT}add/", asked(account="malee"))
    look = TrafficLook.objects.get()
    assert "คำสั่งที่ 9/2569" in as_(head).get(AT).content.decode()
    shown = as_(head).get(f"{AT}{look.pk}/change/")
    assert "203.0.113.7" not in shown.content.decode()
    assert as_(head).get(f"{AT}{look.pk}/lines.csv").status_code == 403
    assert as_(head).get(f"{AT}add/").status_code == 403


def test_after_a_day_the_lines_are_shown_no_more(as_, reader, malee):
    lines(1, malee.pk)
    now = timezone.now()
    look = TrafficLook.objects.create(
        reader=reader,
        at=now - timedelta(hours=25),
        since=now - timedelta(hours=2),
        until=now + timedelta(hours=1),
        account=malee.pk,
        why="เก่า",
    )
    assert "203.0.113.7" not in as_(reader).get(f"{AT}{look.pk}/change/").content.decode()
    assert as_(reader).get(f"{AT}{look.pk}/lines.csv").status_code == 403


def test_a_moderator_without_the_right_sees_nothing_of_it(as_, moderator):
    for page in (AT, f"{AT}add/", "/admin/forums/trafficreader/"):
        assert as_(moderator).get(page).status_code == 403
    assert "trafficlook" not in as_(moderator).get("/admin/").content.decode()


def test_an_administrator_gives_the_right_and_takes_it(as_, head, moderator):
    at = "/admin/forums/trafficreader/"
    assert as_(head).post(f"{at}add/", {"handle": "@nobody"}).status_code == 400
    assert as_(head).post(f"{at}add/", {"handle": "@Moderator"}).url == at
    reader = TrafficReader.objects.get()
    assert reader.given_by == head
    assert as_(moderator).get(AT).status_code == 200
    assert as_(head).get(f"{at}{reader.pk}/change/").status_code == 200
    assert as_(head).post(f"{at}{reader.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not TrafficReader.objects.exists()


def test_giving_the_right_and_taking_it_ask_for_a_proof(as_, head, reader, settings):
    settings.STAFF_SECOND_FACTOR = True
    give_passkey(head)
    given, client = TrafficReader.objects.get(), as_(head)
    for address in (f"{RIGHTS}add/", f"{RIGHTS}{given.pk}/delete/"):
        opened = client.get(address)
        assert opened.status_code == 302
        assert "2fa" in opened.url
    assert client.post(f"{RIGHTS}{given.pk}/delete/", {"post": "yes"}).status_code == 403
    assert TrafficReader.objects.exists()
