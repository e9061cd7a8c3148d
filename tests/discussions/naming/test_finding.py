"""Whom a text names: who may read where it stands, and has not blocked its writer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Member
from forums.discussions.boards.models import Access, OpenTo
from forums.discussions.naming.finding import MOST_ASKED, MOST_IN_GROUP, names_for
from forums.discussions.openings.actions import edit_topic
from forums.discussions.openings.maintenance import rerender_posts
from forums.discussions.posts.actions import delete_post, edit_post
from forums.discussions.posts.models import Post
from forums.groups.memberships.models import Membership, Role
from forums.groups.networks.models import Audience, Network
from forums.moderation.actions import hide_post, hide_topic
from forums.reading.following.models import Block
from forums.text.render import linked_in
from tests.make import (
    join,
    make_board,
    make_board_of,
    make_member,
    make_network,
    make_post,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(malee):
    return make_topic(malee)


def named(topic, writer, body):
    """The pages a comment links to."""
    return linked_in(make_post(topic, writer, body=body).body_html)


def test_a_member_is_named_in_thai_or_latin_whatever_the_case(topic, malee):
    make_member("อินสม")
    make_member("Somchai.K")
    assert named(topic, malee, "ถาม@อินสมดูก่อน แล้ว @somchai.k") == {
        "/u/%E0%B8%AD%E0%B8%B4%E0%B8%99%E0%B8%AA%E0%B8%A1/",
        "/u/Somchai.K/",
    }
    assert named(topic, malee, "@ไม่มีใครชื่อนี้ @nobody.here") == set()


def test_the_opening_names_too_and_an_edit_of_either(board, malee, somchai):
    topic = make_topic(malee, board, body="ฝาก @somchai ดูด้วย")
    opening = Post.objects.get(topic=topic)
    assert linked_in(opening.body_html) == {"/u/somchai/"}
    edit_topic(editor=malee, topic=topic, title="เรื่องใหม่", body="ฝาก @malee", tags=[])
    opening.refresh_from_db()
    assert linked_in(opening.body_html) == {"/u/malee/"}
    comment = make_post(topic, malee)
    edit_post(editor=malee, post=comment, body="@somchai")
    comment.refresh_from_db()
    assert linked_in(comment.body_html) == {"/u/somchai/"}


def test_nobody_who_may_not_read_there(malee, somchai, moderator):
    canal = make_network("คนรักคลอง", malee)
    topic = make_topic(malee, make_board_of(canal, OpenTo.NETWORK))
    assert named(topic, malee, "@somchai @moderator") == {"/u/moderator/"}
    join(canal, somchai)
    assert named(topic, malee, "@somchai อีกครั้ง") == {"/u/somchai/"}
    known = make_topic(malee, make_board_of(canal, OpenTo.READERS))
    make_member("outsider")
    assert named(known, malee, "@outsider") == {"/u/outsider/"}
    Member.objects.filter(pk=malee.pk).update(trust_level=2)
    malee.refresh_from_db()
    of_level_two = make_topic(malee, make_board(read=Access.LEVEL_2))
    assert named(of_level_two, malee, "@somchai เห็นไหม") == set()


def test_nobody_who_blocked_the_writer_is_suspended_or_has_proven_no_address(topic, malee, somchai):
    Block.objects.create(member=somchai, person=malee)
    make_member("suspended", is_active=False)
    make_member("pending", pending_since=timezone.now())
    assert named(topic, malee, "@somchai @suspended @pending") == set()
    Block.objects.all().delete()
    Block.objects.create(member=malee, person=somchai)
    assert named(topic, malee, "@somchai กลับกัน") == {"/u/somchai/"}


def test_a_longer_name_that_somebody_bears_is_not_a_shorter_one(topic, malee):
    make_member("มาลี")
    make_member("มาลีวรรณ", is_active=False)
    names = names_for("@มาลีวรรณ @มาลี", writer=malee, board=topic.board)
    assert names == {"มาลีวรรณ": None, "มาลี": names["มาลี"]}
    assert len(named(topic, malee, "@มาลีวรรณ")) == 0
    assert len(named(topic, malee, "@มาลีครับ")) == 1


def test_who_may_not_know_the_members_of_a_network_learns_none_by_naming(malee, somchai):
    canal = make_network("คนรักคลอง", malee)
    silent = make_member("silent")
    join(canal, somchai, silent)
    Network.objects.filter(pk=canal.pk).update(members_shown_to=Audience.COORDINATORS)
    board = make_board_of(canal, OpenTo.NETWORK)
    topic = make_topic(malee, board)
    assert named(topic, somchai, "@silent @malee") == {"/u/malee/"}
    assert named(topic, malee, "@silent") == {"/u/silent/"}
    make_post(topic, silent)
    assert named(topic, somchai, "@silent เห็นด้วย") == {"/u/silent/"}


@pytest.mark.parametrize("how", ["hidden", "taken back", "its topic hidden"])
def test_nor_by_whose_words_she_can_read_no_more(malee, somchai, moderator, how):
    canal = make_network("คนรักคลอง", malee)
    silent = make_member("silent")
    join(canal, somchai, silent)
    Network.objects.filter(pk=canal.pk).update(members_shown_to=Audience.COORDINATORS)
    board = make_board_of(canal, OpenTo.NETWORK)
    topic = make_topic(malee, board)
    if how == "its topic hidden":
        hide_topic(moderator=moderator, topic=make_topic(silent, board), reason="ผิดที่")
    elif how == "hidden":
        hide_post(moderator=moderator, post=make_post(topic, silent), reason="บอกชื่อคนอื่น")
    else:
        delete_post(member=silent, post=make_post(topic, silent))
    assert named(topic, somchai, "@silent") == set()
    assert named(topic, malee, "@silent") == {"/u/silent/"}


def test_a_network_is_named_by_those_who_speak_for_it(topic, malee, somchai):
    canal = make_network("คนรักคลอง", malee)
    join(canal, somchai)
    assert named(topic, malee, "เรียน@คนรักคลองทุกคน") == {canal.get_absolute_url()}
    assert named(topic, somchai, "@คนรักคลอง") == set()
    Membership.objects.filter(member=somchai).update(role=Role.SPOKESPERSON)
    spokesperson = Member.objects.get(pk=somchai.pk)
    assert named(topic, spokesperson, "@คนรักคลอง เชิญ") == {canal.get_absolute_url()}
    Network.objects.filter(pk=canal.pk).update(archived_at=timezone.now())
    spokesperson = Member.objects.get(pk=somchai.pk)
    assert named(topic, spokesperson, "@คนรักคลอง ลาก่อน") == set()


def test_of_a_network_that_is_too_large_nobody_is_meant(topic, malee):
    canal = make_network("คนรักคลอง", malee)
    people = [make_member() for _each in range(3)]
    join(canal, *people)
    (name,) = names_for("@คนรักคลอง", writer=malee, board=topic.board).values()
    assert (sorted(name.members), name.is_crowd) == ([each.pk for each in people], False)
    more = Member.objects.bulk_create(
        Member(
            handle=f"x{n}", handle_key=f"x{n}", email=f"x{n}@x.org", display_name="ก", sort_key="ก"
        )
        for n in range(MOST_IN_GROUP - 2)
    )
    Membership.objects.bulk_create(
        Membership(network=canal, member=each, sort_key="ก") for each in more
    )
    (name,) = names_for("@คนรักคลอง", writer=malee, board=topic.board).values()
    assert (name.members, name.is_crowd) == ((), True)


def test_rendered_again_a_text_names_as_if_it_were_written_now(topic, malee, somchai):
    post = make_post(topic, malee, body="@somchai @newcomer")
    make_member("newcomer")
    Block.objects.create(member=somchai, person=malee)
    rerender_posts(after=0, size=10, everything=True)
    post.refresh_from_db()
    assert linked_in(post.body_html) == {"/u/newcomer/"}


# -- What it costs ------------------------------------------------------------------------------


def queries(topic, body):
    writer = Member.objects.get(pk=topic.author_id)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        names_for(body, writer=writer, board=topic.board)
    return len(asked)


def test_without_an_at_nothing_is_asked_and_five_hundred_names_cost_a_fixed_number(topic):
    assert queries(topic, "ไม่มีใคร") == 0
    few = queries(topic, "@nobody @nobody2")
    assert queries(topic, " ".join(f"@คนที่{n}ช่วยดู" for n in range(500))) == few <= 3
    for n in range(60):
        make_member(f"person{n}")
    everyone = " ".join(f"@person{n}" for n in range(60))
    assert queries(topic, everyone) <= few + 1 + MOST_ASKED
