"""forums.discussions.boards.lists: what its statements find is what `visible_to` finds."""

import pytest
from django.http import Http404

from forums.discussions.boards.lists import board_at, of_the_house
from forums.discussions.boards.models import Access, Board, OpenTo
from tests.make import join, make_board, make_member, make_network, make_network_board


@pytest.fixture
def boards(malee):
    """The house's, of each level, some with rooms; and a network's."""
    open_to_all = make_board("เปิด", slug="open")
    make_board("ห้องใน", parent=open_to_all, position=2, slug="second")
    make_board("ห้องแรก", parent=open_to_all, position=1, slug="first")
    make_board("ห้องสมาชิก", parent=open_to_all, read=Access.MEMBERS, slug="members")
    make_board("ผู้ดูแล", read=Access.STAFF, slug="staff")
    make_network_board(make_network("คนรักคลอง", malee), OpenTo.NETWORK)
    return {board.slug: board for board in Board.objects.all()}


def people(malee, moderator, visitor) -> list:
    somebody = make_member()
    joined = make_member()
    join(Board.objects.exclude(network=None).get().network, joined)
    return [visitor, somebody, malee, joined, moderator]


def test_each_finds_of_the_house_what_she_may_enter(boards, malee, moderator, visitor):
    for who in people(malee, moderator, visitor):
        seen = Board.objects.visible_to(who).of_the_house()
        assert of_the_house(who) == [
            (each.pk, each.parent_id, each.slug, each.name, each.scope, each.colour, each.emblem)
            for each in seen
        ]
        assert [each.get_absolute_url() for each in of_the_house(who)] == [
            each.get_absolute_url() for each in seen
        ]


def test_a_board_comes_with_what_it_stands_in_and_with_its_rooms(
    boards, malee, moderator, visitor, django_assert_num_queries
):
    for who in people(malee, moderator, visitor):
        seen = Board.objects.visible_to(who)
        for slug, board in boards.items():
            if not seen.filter(pk=board.pk).exists():
                with pytest.raises(Http404):
                    board_at(slug, who)
                continue
            list(seen)  # her networks are asked for once
            with django_assert_num_queries(1):
                found, rooms = board_at(slug, who)
                stands_in = (found.parent, found.network)
            assert found == board
            assert stands_in == (board.parent, board.network)
            assert rooms == list(seen.filter(parent=board))
    with pytest.raises(Http404):
        board_at("nowhere", malee)
