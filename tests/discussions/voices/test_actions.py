"""Inviting networks to a topic, asking, answering, taking off, and a network's own view."""

import threading

import pytest
from django.db import close_old_connections, connection

from forums.base.errors import BadText, NotAllowed, Stale, TopicLocked
from forums.discussions.boards.models import Access, Board
from forums.discussions.topics.models import State, TopicNetwork
from forums.discussions.voices.actions import (
    answer_invitation,
    ask_to_join,
    invite_network,
    set_view,
    take_off,
)
from forums.discussions.voices.models import View
from forums.groups.memberships.models import Membership, Role, forget_roles
from forums.groups.networks.models import Event, EventKind, Network
from forums.moderation import actions as moderation
from forums.notifications.models import Email
from forums.notifications.registry import text_of
from tests.make import (
    join,
    make_board,
    make_member,
    make_network,
    make_network_board,
    make_post,
    make_topic,
)


@pytest.fixture
def topic(malee):
    return make_topic(malee)


def state(topic, network) -> str:
    return TopicNetwork.objects.get(topic=topic, network=network).state


def readers_only(network: Network) -> Board:
    """A board everyone reads and only the network's members write in."""
    return make_board(
        "ลานคลอง",
        slug="lan-khlong",
        network=network,
        open_to="readers",
        write=Access.NETWORK,
    )


def test_an_invited_network_takes_part_once_its_coordinator_says_yes(malee, somchai, topic, forest):
    invite_network(member=malee, topic=topic, network=forest)
    assert state(topic, forest) == State.INVITED
    answer_invitation(member=somchai, topic=topic, network=forest, accept=True)
    assert state(topic, forest) == State.JOINED
    assert Event.objects.filter(network=forest, what=EventKind.TOPIC_JOINED).count() == 1


def test_who_came_into_a_topic_of_a_network_stands_by_name_in_its_timeline(
    as_, malee, somchai, forest
):
    host = make_network("คนรักคลอง", malee)
    topic = make_topic(malee, make_network_board(host), title="น้ำขึ้นแล้ว")
    invite_network(member=malee, topic=topic, network=forest)
    answer_invitation(member=somchai, topic=topic, network=forest, accept=True)
    for path in ("", "timeline/", "history/"):
        html = as_(malee).get(f"{host.get_absolute_url()}{path}").content.decode()
        assert f"เครือข่าย “{forest.name}” มาร่วมกระทู้" in html
        theirs = as_(somchai).get(f"{forest.get_absolute_url()}{path}").content.decode()
        assert "มาร่วมกระทู้" not in theirs
        assert "น้ำขึ้นแล้ว" in theirs


def test_a_coordinator_may_say_no(malee, somchai, topic, forest):
    invite_network(member=malee, topic=topic, network=forest)
    answer_invitation(member=somchai, topic=topic, network=forest, accept=False)
    assert state(topic, forest) == State.DECLINED


def test_who_invites_does_not_answer(malee, topic, forest):
    invite_network(member=malee, topic=topic, network=forest)
    with pytest.raises(NotAllowed):
        answer_invitation(member=malee, topic=topic, network=forest, accept=True)


def test_a_plain_member_of_the_network_does_not_answer(malee, topic, forest):
    other = make_member()
    join(forest, other)
    invite_network(member=malee, topic=topic, network=forest)
    with pytest.raises(NotAllowed):
        answer_invitation(member=other, topic=topic, network=forest, accept=True)


def test_a_passer_by_does_not_invite(topic, forest):
    with pytest.raises(NotAllowed):
        invite_network(member=make_member(), topic=topic, network=forest)


def test_a_network_that_takes_part_invites_others(malee, somchai, topic, forest):
    third = make_network()
    invite_network(member=malee, topic=topic, network=forest)
    answer_invitation(member=somchai, topic=topic, network=forest, accept=True)
    invite_network(member=somchai, topic=topic, network=third)
    assert state(topic, third) == State.INVITED


def test_ones_own_network_joins_at_once(malee, topic, canal):
    invite_network(member=malee, topic=topic, network=canal)
    assert state(topic, canal) == State.JOINED


def test_a_network_asks_and_whoever_started_the_topic_lets_it_in(malee, somchai, topic, forest):
    ask_to_join(member=somchai, topic=topic, network=forest)
    assert state(topic, forest) == State.ASKED
    with pytest.raises(NotAllowed):
        answer_invitation(member=somchai, topic=topic, network=forest, accept=True)
    answer_invitation(member=malee, topic=topic, network=forest, accept=True)
    assert state(topic, forest) == State.JOINED


def test_asking_and_inviting_at_once_is_a_yes(malee, somchai, topic, forest):
    ask_to_join(member=somchai, topic=topic, network=forest)
    invite_network(member=malee, topic=topic, network=forest)
    assert state(topic, forest) == State.JOINED


def test_the_hosts_coordinator_answers_too(malee, canal, somchai, forest):
    topic = make_topic(make_member(is_staff=True), readers_only(canal))
    ask_to_join(member=somchai, topic=topic, network=forest)
    answer_invitation(member=malee, topic=topic, network=forest, accept=True)
    assert state(topic, forest) == State.JOINED
    assert Event.objects.filter(network=canal, other=forest).exists()


def test_what_not_everyone_may_read_is_not_shared(malee, forest):
    topic = make_topic(malee, make_board(read=Access.MEMBERS))
    with pytest.raises(NotAllowed):
        invite_network(member=malee, topic=topic, network=forest)


def test_a_network_is_not_brought_into_its_own_board(malee, canal):
    topic = make_topic(malee, readers_only(canal))
    with pytest.raises(NotAllowed):
        invite_network(member=malee, topic=topic, network=canal)


def test_an_archived_network_is_not_invited(malee, topic, forest):
    Network.objects.filter(pk=forest.pk).update(archived_at=forest.created_at)
    with pytest.raises(NotAllowed):
        invite_network(member=malee, topic=topic, network=forest)


def test_members_of_a_network_that_takes_part_may_reply(malee, canal, somchai, forest):
    topic = make_topic(malee, readers_only(canal))
    with pytest.raises(NotAllowed):
        make_post(topic, somchai)
    invite_network(member=malee, topic=topic, network=forest)
    answer_invitation(member=somchai, topic=topic, network=forest, accept=True)
    assert make_post(topic, somchai, speak_from=forest.pk).network == forest


def test_taking_part_does_not_open_a_closed_topic(malee, canal, somchai, forest, moderator):
    topic = make_topic(malee, readers_only(canal))
    invite_network(member=malee, topic=topic, network=forest)
    answer_invitation(member=somchai, topic=topic, network=forest, accept=True)
    moderation.lock(moderator=moderator, topic=topic, reason="จบเรื่องแล้ว")
    with pytest.raises(TopicLocked):
        make_post(topic, somchai)


def test_a_topic_is_taken_off_the_page_and_nothing_is_deleted(malee, somchai, topic, forest):
    invite_network(member=malee, topic=topic, network=forest)
    answer_invitation(member=somchai, topic=topic, network=forest, accept=True)
    post = make_post(topic, somchai, speak_from=forest.pk)
    take_off(member=somchai, topic=topic, network=forest)
    post.refresh_from_db()
    topic.refresh_from_db()
    assert state(topic, forest) == State.LEFT
    assert post.network == forest
    assert topic.voices == [forest.pk]
    ask_to_join(member=somchai, topic=topic, network=forest)  # she may take it back without asking
    assert state(topic, forest) == State.JOINED


def test_only_a_coordinator_takes_a_topic_off(malee, somchai, topic, forest):
    other = make_member()
    join(forest, other, role=Role.SPOKESPERSON)
    invite_network(member=malee, topic=topic, network=forest)
    answer_invitation(member=somchai, topic=topic, network=forest, accept=True)
    with pytest.raises(NotAllowed):
        take_off(member=other, topic=topic, network=forest)


def test_a_coordinator_removed_meanwhile_is_refused(malee, somchai, topic, forest):
    invite_network(member=malee, topic=topic, network=forest)
    join(forest, make_member(), role=Role.COORDINATOR)
    Membership.objects.filter(network=forest, member=somchai).update(role=Role.MEMBER)
    with pytest.raises(NotAllowed):
        answer_invitation(member=somchai, topic=topic, network=forest, accept=True)


# -- a network's own view ------------------------------------------------------------------------


@pytest.fixture
def joined(malee, somchai, topic, forest):
    invite_network(member=malee, topic=topic, network=forest)
    answer_invitation(member=somchai, topic=topic, network=forest, accept=True)
    return topic


def test_a_view_is_signed_and_every_version_stays(somchai, joined, forest):
    set_view(member=somchai, topic=joined, network=forest, body="ป่าต้นน้ำต้องมาก่อน", seen=0)
    set_view(member=somchai, topic=joined, network=forest, body="ป่าต้นน้ำกับนาต้องคุยกัน", seen=1)
    found = View.objects.filter(topic=joined, network=forest).order_by("number")
    assert [(view.number, view.author) for view in found] == [(1, somchai), (2, somchai)]
    assert found[0].body == "ป่าต้นน้ำต้องมาก่อน"


def test_the_same_words_again_are_no_new_version(somchai, joined, forest):
    for _ in range(2):
        set_view(member=somchai, topic=joined, network=forest, body="ป่าต้องมาก่อน")
    assert View.objects.count() == 1


def test_an_empty_view_takes_it_back(somchai, joined, forest):
    set_view(member=somchai, topic=joined, network=forest, body="ป่าต้องมาก่อน")
    set_view(member=somchai, topic=joined, network=forest, body="  ")
    assert View.objects.get(number=2).body == ""


def test_five_hundred_letters_as_a_reader_counts_them_fit(somchai, joined, forest):
    set_view(member=somchai, topic=joined, network=forest, body="ที่" * 500)
    with pytest.raises(BadText):
        set_view(member=somchai, topic=joined, network=forest, body="ที่" * 501)
    with pytest.raises(BadText):
        set_view(member=somchai, topic=joined, network=forest, body="ก" * 5000)


def test_a_view_has_an_end_of_versions(somchai, joined, forest):
    set_view(member=somchai, topic=joined, network=forest, body="ป่าต้องมาก่อน")
    View.objects.update(number=500)
    with pytest.raises(BadText, match="500"):
        set_view(member=somchai, topic=joined, network=forest, body="ป่าต้องมาก่อนทุกอย่าง")


def test_two_who_write_it_at_once_do_not_overwrite_each_other(somchai, joined, forest):
    set_view(member=somchai, topic=joined, network=forest, body="หนึ่ง", seen=0)
    with pytest.raises(Stale):
        set_view(member=somchai, topic=joined, network=forest, body="สอง", seen=0)


def test_a_plain_member_does_not_write_it(joined, forest):
    other = make_member()
    join(forest, other)
    with pytest.raises(NotAllowed):
        set_view(member=other, topic=joined, network=forest, body="ของเรา")


def test_only_a_network_that_takes_part_has_a_view(malee, topic, canal):
    with pytest.raises(NotAllowed):
        set_view(member=malee, topic=topic, network=canal, body="ของเรา")


def test_the_host_has_a_view_without_being_invited(malee, canal):
    topic = make_topic(malee, readers_only(canal))
    assert set_view(member=malee, topic=topic, network=canal, body="ของเรา")


# -- letters ---------------------------------------------------------------------------------------


def test_coordinators_are_told_of_an_invitation_and_only_while_it_waits(
    malee, somchai, topic, forest
):
    invite_network(member=malee, topic=topic, network=forest)
    letter = Email.objects.get(kind="topic-invites")
    assert letter.member == somchai
    words = text_of(letter)
    assert topic.title in words.body
    assert f"/t/{topic.pk}/\n" in words.body  # whole for programs that stop at Thai letters
    assert words.subject.count("“") == 1
    assert f"{forest.get_absolute_url()}topics/waiting/" in words.body
    answer_invitation(member=somchai, topic=topic, network=forest, accept=True)
    assert text_of(letter) is None


def test_no_letter_tells_of_a_topic_that_was_hidden_meanwhile(
    malee, somchai, topic, forest, moderator
):
    invite_network(member=malee, topic=topic, network=forest)
    moderation.hide_topic(moderator=moderator, topic=topic, reason="โฆษณา")
    assert text_of(Email.objects.get(kind="topic-invites")) is None


def test_whoever_started_it_is_told_that_a_network_asks(malee, somchai, topic, forest):
    ask_to_join(member=somchai, topic=topic, network=forest)
    letter = Email.objects.get(kind="topic-asked")
    assert letter.member == malee
    assert forest.name in text_of(letter).subject


# -- at once -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_ten_invitations_at_once_are_one(malee, somchai):
    topic, forest = make_topic(malee), make_network("คนเฝ้าป่าต้นน้ำ", somchai)
    start = threading.Barrier(10)
    wrong = []

    def ask():
        try:
            start.wait(timeout=20)
            invite_network(member=malee, topic=topic, network=forest)
        except Exception as error:
            wrong.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert TopicNetwork.objects.filter(topic=topic).count() == 1
    assert Email.objects.filter(kind="topic-invites").count() == 1
    forget_roles(malee)
