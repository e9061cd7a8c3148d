"""A poll is reported, taken out of sight with its reason, and shown again; its author is told, not whose topic it stands in."""

import pytest

from forums.base.errors import NotAllowed
from forums.discussions.topics.models import Topic
from forums.moderation.models import Act, Decision
from forums.moderation.queue.actions import answer_case, end_case
from forums.moderation.reports.actions import report
from forums.moderation.subjects import subject_at
from forums.moderation.telling import owners_of
from forums.moderation.topics.actions import join, unjoin
from forums.moderation.withdrawing.actions import put_back, withdraw_poll
from tests.discussions.polls.making import make_poll
from tests.make import make_board, make_member, make_topic
from tests.moderation.reports.conftest import hills, member_of, rivers  # noqa: F401

pytestmark = pytest.mark.django_db
WHY = "ถามเรื่องส่วนตัวของคนอื่น"


def test_a_poll_is_hidden_and_shown_again_and_its_author_is_told(malee, somchai, moderator):
    topic = make_topic(malee)
    poll = make_poll(topic, somchai)
    subject = subject_at("poll", str(poll.pk), malee)
    assert subject is not None
    assert report(member=malee, subject=subject, problem="rude").case
    with pytest.raises(NotAllowed):
        withdraw_poll(moderator=malee, poll=poll, reason=WHY)
    decision = withdraw_poll(moderator=moderator, poll=poll, reason=WHY)
    assert decision is not None
    assert (decision.act, decision.topic, decision.details["poll"]) == (
        Act.WITHDRAW,
        topic,
        poll.pk,
    )
    assert owners_of(decision) == {somchai.pk}
    assert Topic.objects.get(pk=topic.pk).poll_count == 0
    assert subject_at("poll", str(poll.pk), malee) is None
    assert withdraw_poll(moderator=moderator, poll=poll, reason=WHY) is None
    put_back(moderator=moderator, decision=decision, reason="ดูแล้วไม่มีปัญหา")
    assert Topic.objects.get(pk=topic.pk).poll_count == 1
    assert Decision.objects.filter(act=Act.PUT_BACK).exists()


def test_polls_go_along_when_topics_are_merged_and_back_when_that_is_undone(malee, moderator):
    board = make_board()
    one, other = make_topic(malee, board), make_topic(make_member(), board)
    poll = make_poll(one, malee)
    join(moderator=moderator, topic=one, into=other, reason="เรื่องเดียวกัน")
    poll.refresh_from_db()
    assert poll.topic_id == other.pk
    unjoin(moderator=moderator, topic=Topic.objects.get(pk=one.pk), reason="คนละเรื่อง")
    poll.refresh_from_db()
    assert (poll.topic_id, poll.came_through) == (one.pk, [])


@pytest.fixture
def hid_itself(member_of, rivers, hills):  # noqa: F811
    """A poll that three from two networks reported."""
    poll = make_poll()
    subject = subject_at("poll", str(poll.pk), None)
    for network, level in ((rivers, 2), (hills, 2), (rivers, 1)):
        who = member_of(network, trust_level=level)
        case = report(member=who, subject=subject, problem="rude").case
    poll.refresh_from_db()
    return poll, case


def test_reported_from_two_sides_it_hides_itself_until_a_moderator_has_looked(
    hid_itself, moderator
):
    poll, case = hid_itself
    assert poll.hidden_at is not None
    assert Topic.objects.get(pk=poll.topic_id).poll_count == 0
    assert Decision.objects.get(act=Act.WITHDRAW).moderator is None
    end_case(case=case, moderator=moderator, refused=True)
    poll.refresh_from_db()
    assert poll.hidden_at is None
    assert Decision.objects.get(act=Act.PUT_BACK).moderator is None


def test_a_moderator_who_takes_it_out_of_sight_too_answers_for_it_and_it_stays(
    hid_itself, moderator
):
    poll, case = hid_itself
    answer_case(moderator=moderator, case=case, answer="withdraw", grounds=WHY)
    poll.refresh_from_db()
    case.refresh_from_db()
    assert poll.hidden_at is not None
    assert case.decision.moderator == moderator


def test_its_author_is_led_to_the_reasons_and_a_moderator_to_showing_it_again(
    as_, malee, moderator
):
    poll = make_poll(author=malee)
    decision = withdraw_poll(moderator=moderator, poll=poll, reason=WHY)
    way = f"/decisions/about/poll/{poll.pk}/"
    assert way in as_(malee).get(poll.get_absolute_url()).content.decode()
    assert as_(malee).get(way)["Location"] == f"/decisions/{decision.pk}/"
    assert as_(make_member()).get(way).status_code == 404
    back = f"/moderation/act/put_back/?poll={poll.pk}"
    assert back in as_(moderator).get(poll.get_absolute_url()).content.decode()
    assert as_(moderator).post(back, {"reason": "ดูแล้วไม่มีปัญหา"}).status_code == 302
    poll.refresh_from_db()
    assert poll.hidden_at is None
