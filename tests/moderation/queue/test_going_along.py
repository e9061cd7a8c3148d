"""Cases go with what they are about to the boards of another network; nobody decides about what has left hers."""

import pytest

from forums.base.errors import NotAllowed
from forums.discussions.topics.models import Topic
from forums.moderation import subjects
from forums.moderation.actions import move
from forums.moderation.grounds import Grounds
from forums.moderation.queue import actions
from forums.moderation.queue.models import Case
from forums.moderation.takedown.actions import CASE as NOTICE
from forums.moderation.topics.actions import join, unjoin
from tests.make import make_board_of, make_member, make_network, make_post, make_topic
from tests.threads import in_threads

WHY = Grounds("เป็นเรื่องของเครือข่ายโน้น")


@pytest.fixture
def other(db):
    return make_network("คนรักป่า", make_member("other"))


@pytest.fixture
def topic(network, somchai) -> Topic:
    return make_topic(author=somchai, board=make_board_of(network, "everyone"))


def opened(thing, kind: str = "report") -> Case:
    if isinstance(thing, Topic):
        subject = subjects.of_topic(Topic.objects.select_related("board").get(pk=thing.pk))
    else:
        rows = type(thing).objects.select_related("topic__board")
        subject = subjects.of_post(rows.get(pk=thing.pk))
    return actions.open_case(kind=kind, subject=subject)


def answer(member, case: Case) -> None:
    actions.answer_case(moderator=member, case=case, answer="keep", grounds=Grounds(""))


def test_what_waits_about_a_topic_and_its_comments_goes_where_it_is_moved(
    topic, network, other, moderator, malee, somchai
):
    cases = [opened(topic), opened(make_post(topic, somchai))]
    elsewhere = opened(make_post(make_topic(board=topic.board, author=somchai), somchai))
    move(moderator=moderator, topic=topic, board=make_board_of(other, "everyone"), reason=WHY)
    for case in cases:
        case.refresh_from_db()
        assert case.network == other
        with pytest.raises(NotAllowed):
            answer(malee, case)
        assert not Case.objects.visible_to(malee).filter(pk=case.pk).exists()
        answer(other.registered_by, case)
    elsewhere.refresh_from_db()
    assert elsewhere.network == network


def test_a_notice_from_outside_stays_with_the_sites_moderators(topic, other, moderator):
    notice = opened(topic, kind=NOTICE)
    assert notice.network is None
    move(moderator=moderator, topic=topic, board=make_board_of(other, "everyone"), reason=WHY)
    notice.refresh_from_db()
    assert notice.network is None


def test_comments_merged_into_another_board_go_there_and_back(
    topic, network, other, moderator, somchai
):
    case = opened(make_post(topic, somchai))
    into = make_topic(author=somchai, board=make_board_of(other, "everyone"))
    join(moderator=moderator, topic=topic, into=into, reason=WHY)
    case.refresh_from_db()
    assert case.network == other
    unjoin(moderator=moderator, topic=topic, reason=WHY)
    case.refresh_from_db()
    assert case.network == network


def test_a_case_that_stayed_behind_is_decided_by_nobody_its_thing_has_left(
    topic, network, other, moderator, malee
):
    case = opened(topic)
    move(moderator=moderator, topic=topic, board=make_board_of(other, "everyone"), reason=WHY)
    Case.objects.filter(pk=case.pk).update(network=network)  # it was held at that moment
    for act in (lambda: actions.take(moderator=malee, case=case), lambda: answer(malee, case)):
        with pytest.raises(NotAllowed):
            act()
    assert opened(topic).network == other  # and the next report of it puts that right


@pytest.mark.django_db(transaction=True)
def test_a_move_while_it_is_decided_ends_it_before_or_takes_it_along(
    topic, network, other, moderator, malee
):
    boards = {
        network.pk: topic.board,
        other.pk: make_board_of(other, "everyone"),
    }
    for turn in range(6):
        here, there = (network, other) if turn % 2 == 0 else (other, network)
        case = opened(topic)
        assert case.network == here

        def run(what: str, case=case, here=here, there=there):
            if what == "move":
                return move(moderator=moderator, topic=topic, board=boards[there.pk], reason=WHY)
            sent = {"answer": "lock", "grounds": Grounds("ทะเลาะกัน")}
            keeper = malee if here == network else here.registered_by
            return actions.answer_case(moderator=keeper, case=case, **sent)

        found = in_threads(run, ["move", "decide"])
        assert all(
            not isinstance(each, Exception) or isinstance(each, NotAllowed) for each in found
        )
        case.refresh_from_db()
        topic.refresh_from_db()
        if case.ended_at is None:
            assert opened(topic).network == there
            answer(moderator, case)
        Topic.objects.filter(pk=topic.pk).update(locked_at=None)
