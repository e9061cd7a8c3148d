"""Boards: made, changed, closed, taken away; what stands inside and what tags count follows."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from forums.base.errors import BadText, NotAllowed
from forums.discussions.boards import actions
from forums.discussions.boards.models import Access, Board
from forums.moderation.actions import hide_topic
from forums.tags.models import Tag
from tests.make import make_board, make_member, make_topic


def tag_count(name: str) -> int:
    return Tag.objects.get(name=name).topic_count


def save(board: Board, **changes) -> Board:
    """The board as it is, but for `changes`."""
    fields = {
        name: getattr(board, name)
        for name in ("name", "slug", "scope", "parent", "position", "read_level", "write_level")
    }
    return actions.save_board(board=board, **{**fields, **changes})


# -- names and addresses ------------------------------------------------------------------------


def test_an_address_is_made_from_the_name(db):
    assert actions.save_board(name=" น้ำ  และป่า ").slug == "น้ำ-และป่า"
    assert actions.save_board(name="น้ำ และป่า").slug == "น้ำ-และป่า-2"
    assert actions.save_board(name="น้ำ-และป่า!").slug == "น้ำ-และป่า-3"
    assert actions.save_board(name="🌱").slug == "board"
    assert list(Board.objects.values_list("name", flat=True))[0] == "น้ำ และป่า"


def test_an_address_of_ones_own_is_kept_in_the_form_addresses_have(db):
    assert actions.save_board(name="น้ำ", slug="Our Water!").slug == "our-water"
    with pytest.raises(BadText):
        actions.save_board(name="อีกห้อง", slug="our water")


def test_an_old_address_stays_until_it_is_changed(board):
    assert save(board, name="ชื่อใหม่").slug == board.slug
    assert save(board, slug="").slug == "ชื่อใหม่"


@pytest.mark.parametrize("name", ["", "  ", "\u200b\u2060\u00ad", "ก" * 81])
def test_a_name_one_cannot_read_is_refused(name, db):
    with pytest.raises(BadText):
        actions.save_board(name=name)
    assert not Board.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_boards_of_one_name_at_once_get_two_addresses_or_a_sentence():
    barrier, said = Barrier(2), []

    def run():
        try:
            barrier.wait()
            actions.save_board(name="ห้องใหม่")
        except BadText as error:
            said.append(str(error.message))
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Board.objects.count() + len(said) == 2


# -- who may enter ------------------------------------------------------------------------------


def test_whoever_may_write_may_read(db):
    board = actions.save_board(name="ห้อง", read_level=Access.LEVEL_2, write_level=Access.MEMBERS)
    assert (board.read_level, board.write_level) == (Access.LEVEL_2, Access.LEVEL_2)
    board = actions.save_board(name="ห้อง", write_level=Access.EVERYONE)
    assert board.write_level == Access.MEMBERS


def test_a_room_is_never_more_open_than_its_board(db):
    house = make_board(read=Access.MEMBERS)
    with pytest.raises(NotAllowed):
        actions.save_board(name="ห้องย่อย", parent=house, read_level=Access.EVERYONE)
    room = actions.save_board(name="ห้องย่อย", parent=house, read_level=Access.LEVEL_1)
    with pytest.raises(NotAllowed):
        save(room, read_level=Access.EVERYONE)
    room.refresh_from_db()
    assert room.read_level == Access.LEVEL_1


def test_closing_a_board_closes_its_rooms_along(db):
    house = make_board()
    open_room = make_board(parent=house)
    closed_room = make_board(parent=house, read=Access.STAFF)
    save(house, read_level=Access.LEVEL_1)
    open_room.refresh_from_db()
    closed_room.refresh_from_db()
    assert (open_room.read_level, open_room.write_level) == (Access.LEVEL_1, Access.LEVEL_1)
    assert closed_room.read_level == Access.STAFF


def test_opening_a_board_leaves_its_rooms_as_they_are(db):
    house = make_board(read=Access.STAFF)
    room = make_board(parent=house, read=Access.STAFF)
    save(house, read_level=Access.EVERYONE)
    room.refresh_from_db()
    assert room.read_level == Access.STAFF


def test_tags_count_only_what_everyone_may_read(malee):
    house, elsewhere = make_board(), make_board()
    room = make_board(parent=house)
    for board in (house, room, elsewhere):
        make_topic(make_member(), board, tags=["น้ำ", f"ห้อง{board.pk}"])
    hidden = make_topic(make_member(), house, tags=["น้ำ"])
    hide_topic(moderator=make_member(is_staff=True), topic=hidden, reason="โฆษณา")
    assert tag_count("น้ำ") == 3

    save(house, read_level=Access.MEMBERS)
    assert (tag_count("น้ำ"), tag_count(f"ห้อง{house.pk}"), tag_count(f"ห้อง{room.pk}")) == (1, 0, 0)
    save(house, read_level=Access.LEVEL_2)
    assert tag_count("น้ำ") == 1
    save(house, read_level=Access.EVERYONE)
    assert (tag_count("น้ำ"), tag_count(f"ห้อง{room.pk}")) == (2, 0)
    room.refresh_from_db()
    save(room, read_level=Access.EVERYONE)
    assert (tag_count("น้ำ"), tag_count(f"ห้อง{room.pk}")) == (3, 1)


def test_changing_a_board_keeps_its_count_of_topics(malee, board):
    stale = Board.objects.get(pk=board.pk)
    make_topic(malee, board)
    save(stale, name="ชื่อใหม่")
    assert Board.objects.get(pk=board.pk).topic_count == 1


# -- two levels ---------------------------------------------------------------------------------


def test_there_are_two_levels_and_no_third(db):
    house, other = make_board(), make_board()
    room = make_board(parent=house)
    with pytest.raises(NotAllowed):
        actions.save_board(name="ชั้นที่สาม", parent=room)
    for board, parent in [(house, other), (house, house), (other, room)]:
        with pytest.raises(NotAllowed):
            save(board, parent=parent)
    moved = save(room, parent=other)
    assert moved.parent == other
    assert save(moved, parent=None).parent is None


def test_boards_stand_in_order_with_their_rooms_behind_them(db):
    second = make_board("สอง", position=20)
    first = make_board("หนึ่ง", position=10)
    room_b = make_board("ข", parent=first, position=2)
    room_a = make_board("ก", parent=first, position=1)
    same = make_board("สองอีก", position=20)
    room_c = make_board("ค", parent=second, position=1)
    order = [first, room_a, room_b, second, room_c, same]
    assert list(Board.objects.as_tree()) == order


# -- taking away --------------------------------------------------------------------------------


def test_an_empty_board_can_be_taken_away(board):
    actions.delete_board(board=board)
    assert not Board.objects.exists()


def test_a_board_with_topics_or_rooms_stays_and_says_why(malee, board):
    house = make_board()
    make_board(parent=house)
    with pytest.raises(NotAllowed) as refusal:
        actions.delete_board(board=house)
    assert "1 ห้อง" in str(refusal.value.message)
    topic = make_topic(malee, board)
    hide_topic(moderator=make_member(is_staff=True), topic=topic, reason="โฆษณา")
    with pytest.raises(NotAllowed) as refusal:
        actions.delete_board(board=board)
    assert "ยังมีกระทู้อยู่" in str(refusal.value.message)
    assert Board.objects.count() == 3
