"""Pages of boards."""

import pytest

from forums.discussions.boards.models import Access, OpenTo
from forums.moderation import actions as moderation
from forums.moderation.networks.actions import archive
from tests.make import make_board, make_board_of, make_member, make_topic


def test_boards_stand_under_the_board_they_are_in(as_):
    top = make_board("สุขภาพ", slug="health")
    make_board("คนดูแล", slug="carers", parent=top)
    page = as_(None).get("/boards/").content.decode()
    assert page.index("สุขภาพ") < page.index("คนดูแล")


@pytest.mark.parametrize(
    ("read", "visitor", "newcomer", "staff"),
    [
        (Access.EVERYONE, 200, 200, 200),
        (Access.MEMBERS, 404, 200, 200),
        (Access.STAFF, 404, 404, 200),
    ],
)
def test_a_board_exists_only_for_those_who_may_enter(
    as_, moderator, read, visitor, newcomer, staff
):
    board = make_board("ห้องทดลอง", read=read)
    answers = [
        as_(who).get(board.get_absolute_url()).status_code
        for who in (None, make_member(), moderator)
    ]
    assert answers == [visitor, newcomer, staff]
    assert ("ห้องทดลอง" in as_(None).get("/boards/").content.decode()) == (visitor == 200)


def test_pinned_topics_stand_first_and_only_on_the_first_page(as_, moderator, malee, board):
    old = make_topic(malee, board, title="อ่านก่อนถาม")
    make_topic(malee, board, title="ถามใหม่")
    moderation.pin(moderator=moderator, topic=old, reason="ทุกคนควรรู้")
    page = as_(None).get(board.get_absolute_url()).content.decode()
    assert page.index("อ่านก่อนถาม") < page.index("ถามใหม่")
    assert "ปักหมุด" in page


def test_an_empty_board_invites_to_begin(as_, board, malee):
    page = as_(malee).get(board.get_absolute_url()).content.decode()
    assert "ห้องนี้ยังไม่มีกระทู้" in page


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (Access.LEVEL_2, "เฉพาะสมาชิกระดับ 2 ขึ้นไป ผู้ดูแลเว็บเป็นคนให้ระดับ"),
        (Access.STAFF, "เฉพาะผู้ดูแลเว็บ ตั้งกระทู้ในห้องอื่นได้"),
    ],
)
def test_whoever_reads_and_may_not_write_is_told_who_does(as_, write, said):
    board = make_board("ข่าวจากเรา", write=write)
    topic, member = make_topic(make_member(is_staff=True), board), make_member()
    for address in (board.get_absolute_url(), topic.get_absolute_url()):
        assert said in as_(member).get(address).content.decode()
        assert said not in as_(make_member(is_staff=True)).get(address).content.decode()


@pytest.mark.parametrize(
    ("archived", "said"),
    [(False, "ขอเข้าร่วมได้ที่หน้าเครือข่าย"), (True, "เครือข่ายนี้เก็บเข้าคลังแล้ว")],
)
def test_whoever_is_not_of_the_network_is_told_how_one_comes_to_write(
    as_, canal, malee, moderator, archived, said
):
    board = make_board_of(canal, OpenTo.READERS)
    topic = make_topic(malee, board)
    if archived:
        archive(moderator=moderator, network=canal, reason="เลิกกันแล้ว")
    page = as_(make_member()).get(topic.get_absolute_url()).content.decode()
    assert said in page
    assert f'class="button" href="{canal.get_absolute_url()}"' in page


def test_a_board_asks_as_many_questions_for_forty_topics_as_for_two(
    as_, board, django_assert_num_queries, django_assert_max_num_queries
):
    author, client = make_member(is_staff=True), as_(None)
    for _ in range(2):
        make_topic(author, board)
    client.get("/")
    with django_assert_max_num_queries(8) as first:
        client.get(board.get_absolute_url())
    for _ in range(38):
        make_topic(author, board)
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(board.get_absolute_url())


def test_a_thai_address_works(as_):
    board = make_board("น้ำและชายฝั่ง", slug="น้ำและชายฝั่ง")
    assert as_(None).get("/b/น้ำและชายฝั่ง/").status_code == 200
    assert board.get_absolute_url() == "/b/น้ำและชายฝั่ง/"
