"""What else bears the words: by whom it may be seen, in which order, at what cost."""

import pytest
from django.utils import timezone

from accounts.models import Member
from forums.discussions.boards.models import Access, OpenTo
from forums.groups.networks.models import Network
from forums.search.results.boxes import EACH, begins_a_word, boxes
from tests.groups.organisations.make import make_organisation
from tests.make import (
    join,
    make_board,
    make_member,
    make_network,
    make_network_board,
    make_topic,
)


def names(rows) -> list[str]:
    return [row.name for row in rows]


def test_letters_begin_a_word_or_they_do_not_count():
    assert begins_a_word("ตา", "ตารางเวร")
    assert begins_a_word("น้ำท่วม", "หนีน้ำท่วมด้วยกัน")
    assert begins_a_word("สุข", "อาสาสุขภาพ")
    assert not begins_a_word("รางเวร", "ตารางเวร")


def test_tags_by_their_beginning_by_a_word_inside_and_named_in_passing(board, malee):
    make_topic(malee, board, tags=["น้ำท่วม", "น้ำท่วมขัง", "หนีน้ำท่วม"])
    make_topic(malee, board, tags=["น้ำท่วม", "ผู้ป่วยติดเตียง"])
    make_topic(make_member(is_staff=True), make_board(read=Access.STAFF), tags=["น้ำท่วมลับ"])
    assert names(boxes("น้ำท่วม", member=None).tags) == ["น้ำท่วม", "น้ำท่วมขัง", "หนีน้ำท่วม"]
    assert names(boxes("เยี่ยมผู้ป่วยติดเตียงอย่างไร", member=None).tags) == ["ผู้ป่วยติดเตียง"]
    assert boxes("วมขัง", member=None).tags == []


def test_boards_one_may_enter_and_no_other_networks(malee, somchai, moderator):
    make_board("สุขภาพชุมชน")
    make_board("ผู้ดูแลสุขภาพ", read=Access.STAFF)
    network = make_network("คนรักคลอง", malee)
    join(network, somchai)
    make_network_board(network, OpenTo.NETWORK, name="สุขภาพคนริมคลอง")
    make_network_board(make_network(), OpenTo.EVERYONE, name="สุขภาพของคนอื่น")
    found = {who: names(boxes("สุขภาพ", member=who).boards) for who in (None, somchai, moderator)}
    assert found[None] == ["สุขภาพชุมชน"]
    assert found[somchai] == ["สุขภาพคนริมคลอง", "สุขภาพชุมชน"]  # used alike: by name
    assert found[moderator] == ["สุขภาพชุมชน", "ผู้ดูแลสุขภาพ"]
    assert names(boxes("ชุมชน สุขภาพ", member=None).boards) == ["สุขภาพชุมชน"]


def test_networks_that_are_listed(malee):
    make_network("เพื่อนทะเล", malee)
    hidden = make_network("ทะเลลับ", malee)
    Network.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    assert [row.name for row in boxes("ทะเล", member=malee).networks] == ["เพื่อนทะเล"]


def test_members_by_handle_and_in_the_order_of_a_dictionary(db):
    for handle, name in (
        ("b1", "เกษม ใจดี"),
        ("b2", "กาญจนา"),
        ("b3", "เกษมสันต์"),
        ("kasem", "ลุงเษม"),
        ("b4", "เกษมศรี"),
    ):
        make_member(handle, display_name=name)
    Member.objects.filter(handle="b4").update(is_active=False)
    assert names(boxes("เกษม", member=None).members) == ["เกษม ใจดี", "เกษมสันต์"]
    assert names(boxes("เกษม ใจ", member=None).members) == ["เกษม ใจดี"]
    for typed in ("kasem", "KAS", "@kasem"):
        assert [row.handle for row in boxes(typed, member=None).members] == ["kasem"]
    assert not boxes("b4", member=None)
    assert not boxes("b", member=None).members


def test_five_of_a_kind_for_three_statements_and_two_a_minute(
    board, malee, django_assert_num_queries
):
    make_topic(malee, board, tags=[f"คลอง{n}" for n in range(5)])
    make_topic(malee, board, tags=[f"คลองที่{n}" for n in range(5)])
    for n in range(7):
        make_board(f"คลองสาย {n}")
        make_network(f"คลอง {n}", malee)
        make_member(display_name=f"คลอง {n}")
        make_organisation(f"กลุ่มรักคลอง {n}")
    with django_assert_num_queries(5):
        boxes("คลอง", member=None)
    with django_assert_num_queries(3):
        found = boxes("คลอง", member=None)
    for rows in (found.tags, found.boards, found.networks, found.organisations, found.members):
        assert len(rows) == EACH
        assert all(row.url.startswith("/") for row in rows)


@pytest.mark.parametrize(
    "line",
    ["", "%", "_", "\\", "'", '"', "​", "😀", "-", "@", "ก" * 400, "่" * 90, "a b " * 99, ":*"],
)
def test_odd_lines_find_nothing_and_break_nothing(db, malee, line):
    make_network("ร้อยเปอร์เซ็นต์", malee)
    assert not boxes(line, member=None).boards
