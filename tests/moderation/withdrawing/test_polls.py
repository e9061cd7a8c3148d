"""A poll is reported, taken out of sight with its reason, and shown again; its author is told, not whose topic it stands in."""

import pytest

from forums.base.errors import NotAllowed
from forums.discussions.topics.models import Topic
from forums.moderation.models import Act, Decision
from forums.moderation.reports.actions import report
from forums.moderation.subjects import subject_at
from forums.moderation.telling import owners_of
from forums.moderation.topics.actions import join, unjoin
from forums.moderation.withdrawing.actions import put_back, withdraw_poll
from tests.discussions.polls.making import make_poll
from tests.make import make_board, make_member, make_topic

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
