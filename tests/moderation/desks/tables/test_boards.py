"""Boards in the admin: made, changed and taken away by administrators, in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.discussions.boards.models import Access, Board
from forums.tags.models import Tag
from tests.make import make_board, make_member, make_topic

BOARDS = "/admin/forums/board/"


def form(**changes) -> dict[str, object]:
    """What the browser sends for a new board."""
    fields = {
        "name": "น้ำและป่า",
        "slug": "",
        "scope": "เรื่องน้ำ เรื่องป่า",
        "parent": "",
        "position": 10,
        "colour": "thale",
        "emblem": "drop",
        "read_level": Access.EVERYONE,
        "write_level": Access.MEMBERS,
    }
    return {**fields, **changes}


def test_a_board_is_made(head, as_):
    answer = as_(head).post(f"{BOARDS}add/", form(), follow=True)
    board = Board.objects.get()
    assert (board.name, board.slug, board.colour) == ("น้ำและป่า", "น้ำและป่า", "thale")
    assert answer.redirect_chain == [(BOARDS, 302)]
    page = answer.content.decode()
    assert "เพิ่มห้อง" in page
    assert "successfully" not in page


def test_a_board_is_changed_and_its_tags_follow(head, as_, malee, board):
    make_topic(malee, board, tags=["น้ำ"])
    room = make_board(parent=board)
    changed = form(name="ชื่อใหม่", slug=board.slug, read_level=Access.STAFF)
    assert as_(head).post(f"{BOARDS}{board.pk}/change/", changed).status_code == 302
    board.refresh_from_db()
    room.refresh_from_db()
    assert (board.name, board.read_level, board.write_level) == ("ชื่อใหม่", 9, 9)
    assert (board.topic_count, room.read_level) == (1, Access.STAFF)
    assert Tag.objects.get().topic_count == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "\u200b"}, "ตั้งชื่อห้องด้วย"),
        ({"name": ""}, "เว้นว่างไม่ได้"),
        ({"slug": "  มีแล้ว "}, "อยู่แล้ว"),
        ({"position": "-1"}, ""),
        ({"read_level": "5"}, ""),
        ({"parent": "999999"}, ""),
        ({"colour": "#ff0000"}, ""),
    ],
)
def test_what_cannot_be_is_said_in_thai_and_kept(changes, said, head, as_):
    make_board(slug="มีแล้ว")
    answer = as_(head).post(f"{BOARDS}add/", form(scope="ของเดิมยังอยู่", **changes))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "ของเดิมยังอยู่" in page
    assert said in page, page[page.index("errorlist") : page.index("errorlist") + 300]
    assert Board.objects.count() == 1


def test_a_room_more_open_than_its_board_is_refused_in_the_form(head, as_):
    house = make_board("บ้านใหญ่", read=Access.MEMBERS)
    answer = as_(head).post(f"{BOARDS}add/", form(parent=house.pk))
    assert "เปิดกว้างกว่าห้อง “บ้านใหญ่”" in answer.content.decode()
    answer = as_(head).post(f"{BOARDS}add/", form(parent=house.pk, read_level=0))
    assert answer.status_code == 302


def test_a_board_with_rooms_does_not_become_a_room(head, as_):
    house, other = make_board(), make_board()
    make_board(parent=house)
    url = f"{BOARDS}{house.pk}/change/"
    answer = as_(head).post(url, form(slug=house.slug, parent=other.pk))
    assert "ห้องมีได้สองชั้น" in answer.content.decode()
    house.refresh_from_db()
    assert house.parent is None


def test_only_an_empty_board_can_be_taken_away(head, as_, malee, board):
    for _ in range(3):
        make_topic(make_member(), board, title="กระทู้ที่อยู่ในห้องนี้")
    empty = make_board()
    browser = as_(head)
    page = browser.get(f"{BOARDS}{board.pk}/delete/").content.decode()
    assert "ยังมีกระทู้อยู่" in page
    assert "กระทู้ที่อยู่ในห้องนี้" not in page
    browser.post(f"{BOARDS}{board.pk}/delete/", {"post": "yes"})
    browser.post(f"{BOARDS}{empty.pk}/delete/", {"post": "yes"})
    assert list(Board.objects.all()) == [board]


def test_several_boards_are_never_taken_away_at_once(head, as_):
    boards = [make_board(), make_board()]
    chosen = {
        "action": "delete_selected",
        "_selected_action": [b.pk for b in boards],
        "post": "yes",
    }
    as_(head).post(BOARDS, chosen)
    assert Board.objects.count() == 2


def test_a_moderator_makes_no_board(as_, moderator, board):
    browser = as_(moderator)
    assert browser.post(f"{BOARDS}add/", form()).status_code == 403
    assert browser.post(f"{BOARDS}{board.pk}/change/", form()).status_code == 403
    assert browser.post(f"{BOARDS}{board.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Board.objects.count() == 1


def test_the_list_shows_the_tree_and_costs_the_same_for_two_and_for_forty(head, as_):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(BOARDS).status_code == 200
        return len(captured)

    browser = as_(head)
    house = make_board("บ้านใหญ่", position=1)
    make_board("ห้องเล็ก", parent=house)
    assert "— ห้องเล็ก" in browser.get(BOARDS).content.decode()
    few = cost()
    for n in range(38):
        make_board(f"ห้อง {n}", parent=house if n % 2 else None)
    assert cost() == few
