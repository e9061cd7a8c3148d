"""A network's own boards: three degrees of openness, and who may do what in them."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from forums.base.errors import BadText, NotAllowed
from forums.discussions.boards.actions import MOST_BOARDS, change_board, close_board, open_board
from forums.discussions.boards.models import Access, Board, OpenTo
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership, Role, forget_roles
from forums.groups.networks.models import Event, EventKind, Network
from forums.tags.models import Tag
from tests.make import join, make_member, make_network, make_network_board, make_post, make_topic


@pytest.mark.parametrize(
    ("open_to", "reads", "writes"),
    [
        # visitor, outsider, member, moderator
        (OpenTo.EVERYONE, (1, 1, 1, 1), (0, 1, 1, 1)),
        (OpenTo.READERS, (1, 1, 1, 1), (0, 0, 1, 1)),
        (OpenTo.NETWORK, (0, 0, 1, 1), (0, 0, 1, 1)),
    ],
)
def test_who_reads_and_who_writes(canal, malee, somchai, moderator, open_to, reads, writes):
    board = make_network_board(canal, open_to)
    people = [AnonymousUser(), somchai, malee, moderator]
    seen = [Board.objects.visible_to(one).filter(pk=board.pk).exists() for one in people]
    may = [Board.objects.writable_by(one).filter(pk=board.pk).exists() for one in people[1:]]
    assert seen == [bool(n) for n in reads]
    assert may == [bool(n) for n in writes[1:]]


def test_outsider_cannot_see_a_topic_of_a_members_board_nor_its_posts(canal, malee, somchai):
    board = make_network_board(canal, OpenTo.NETWORK)
    topic = make_topic(malee, board)
    post = make_post(topic, malee)
    for one in (somchai, AnonymousUser(), None):
        assert not Topic.objects.visible_to(one).filter(pk=topic.pk).exists()
        assert not type(post).objects.visible_to(one).filter(pk=post.pk).exists()
    assert Topic.objects.visible_to(malee).get() == topic


def test_who_leaves_the_network_sees_it_no_more(canal, somchai):
    board = make_network_board(canal, OpenTo.NETWORK)
    join(canal, somchai)
    assert Board.objects.visible_to(somchai).filter(pk=board.pk).exists()
    Membership.objects.filter(member=somchai).delete()
    forget_roles(somchai)
    assert not Board.objects.visible_to(somchai).filter(pk=board.pk).exists()


def test_a_check_that_forgets_networks_shuts_the_board(canal):
    board = make_network_board(canal, OpenTo.NETWORK)
    assert board.read_level > Access.LEVEL_4


def test_only_a_coordinator_opens_boards(canal, somchai):
    join(canal, somchai, role=Role.MODERATOR)
    with pytest.raises(NotAllowed):
        open_board(member=somchai, network=canal, name="ลานคลอง")
    assert not Board.objects.exists()


def test_opening_and_changing_stand_in_the_history(canal, malee):
    board = make_network_board(canal)
    change_board(
        member=malee, board=board, name="ในบ้าน", scope="", open_to=OpenTo.NETWORK, emblem="house"
    )
    said = Event.objects.filter(network=canal, what=EventKind.BOARD).order_by("pk")
    assert [line.details["open_to"] for line in said] == ["everyone", "network"]


def test_closing_a_board_to_outsiders_takes_its_tags_out_of_the_counts(canal, malee):
    board = make_network_board(canal)
    make_topic(malee, board, tags=["คลอง"])
    assert Tag.objects.get().topic_count == 1
    changed = change_board(
        member=malee, board=board, name="ลานคลอง", scope="", open_to=OpenTo.NETWORK, emblem="house"
    )
    assert (changed.read_level, changed.write_level) == (Access.NETWORK, Access.NETWORK)
    assert Tag.objects.get().topic_count == 0


def test_two_boards_of_a_network_do_not_share_a_name_but_those_of_two_may(canal, malee, somchai):
    make_network_board(canal)
    with pytest.raises(BadText):
        make_network_board(canal)
    other = make_network_board(make_network("คนเฝ้าป่า", somchai))
    assert other.slug != Board.objects.get(network=canal).slug


def test_a_network_has_so_many_boards_and_no_more(canal):
    for n in range(MOST_BOARDS):
        make_network_board(canal, name=f"ห้องที่ {n}")
    with pytest.raises(NotAllowed):
        make_network_board(canal, name="อีกห้อง")


def test_a_board_with_topics_stays(canal, malee):
    board = make_network_board(canal)
    make_topic(malee, board)
    with pytest.raises(NotAllowed):
        close_board(member=malee, board=board)
    empty = make_network_board(canal, name="ว่าง")
    close_board(member=malee, board=empty)
    assert not Board.objects.filter(pk=empty.pk).exists()


def test_an_archived_network_opens_nothing(canal, malee):
    Network.objects.filter(pk=canal.pk).update(archived_at=canal.created_at)
    with pytest.raises(NotAllowed):
        make_network_board(canal)


def test_the_database_keeps_house_and_network_boards_apart(canal):
    board = make_network_board(canal)

    def refused(**columns):
        with pytest.raises(IntegrityError), transaction.atomic():
            Board.objects.filter(pk=board.pk).update(**columns)

    refused(network=None)  # a level of networks without a network
    refused(open_to="")
    refused(read_level=2, write_level=8)  # trust levels are the house's


# -- pages -----------------------------------------------------------------------------------------


def test_a_coordinator_opens_a_board_from_its_page(as_, canal, malee):
    client = as_(malee)
    address = f"{canal.get_absolute_url()}boards/"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"name": "ในบ้าน", "open_to": "network", "emblem": "house"})
    board = Board.objects.get(network=canal)
    assert answer.status_code == 302
    assert board.open_to == OpenTo.NETWORK
    text = client.get(board.get_absolute_url()).content.decode()
    assert canal.name in text
    assert "เฉพาะสมาชิกเครือข่าย" in text


def test_what_was_typed_comes_back_with_what_is_wrong(as_, canal, malee):
    answer = as_(malee).post(
        f"{canal.get_absolute_url()}boards/", {"name": "ก" * 500, "open_to": "nobody"}
    )
    assert answer.status_code == 400
    assert "ก" * 400 in answer.content.decode()


def test_others_may_not(as_, canal, somchai, moderator):
    for one in (somchai, moderator):
        assert as_(one).get(f"{canal.get_absolute_url()}boards/").status_code == 403


def test_boards_of_networks_do_not_crowd_the_houses(as_, canal, malee, somchai):
    board = make_network_board(canal)
    assert board.name not in as_(None).get("/boards/").content.decode()
    assert board.slug not in as_(somchai).get("/start/").content.decode()
    assert board.slug in as_(malee).get("/start/").content.decode()
    assert board.slug in as_(somchai).get(f"/b/{board.slug}/new/").content.decode()


def test_who_is_in_no_network_asks_about_roles_once(as_, somchai, django_assert_max_num_queries):
    make_topic(make_member(is_staff=True))
    client = as_(somchai)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value  # noted, as signing in does
    UserSession.objects.create(user=somchai, session_key=key, ip="127.0.0.1")
    client.get("/")
    # Two of them are home's: how many topics nobody has answered, and whether he has written anything yet.
    with django_assert_max_num_queries(11) as asked:
        client.get("/")
    about_roles = [each for each in asked.captured_queries if "forums_membership" in each["sql"]]
    assert len(about_roles) == 1
