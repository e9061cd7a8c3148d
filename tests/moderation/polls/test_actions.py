"""Another's poll is closed by a decision with its reason; her own, by who asked, without one."""

import pytest

from forums.base.errors import BadText, NotAllowed
from forums.discussions.polls.models import Poll
from forums.moderation.models import Act
from forums.moderation.polls.actions import end_poll
from forums.moderation.telling import owners_of
from tests.discussions.polls.making import make_ballots, make_poll
from tests.make import make_member, make_topic

pytestmark = pytest.mark.django_db
WHY = "ถามเรื่องที่ตัดสินไปแล้ว"


def test_it_is_closed_for_good_with_its_answers_and_the_log_says_why(malee, somchai, moderator):
    topic = make_topic(malee)
    poll = make_poll(topic, somchai)
    make_ballots(poll, [1, 0, 0])
    decision = end_poll(moderator=moderator, poll=poll, reason=WHY)
    poll.refresh_from_db()
    assert (poll.is_over, poll.voters, poll.closed_by) == (True, 1, moderator)
    assert (decision.act, decision.topic, decision.details["poll"]) == (Act.END, topic, poll.pk)
    assert owners_of(decision) == {somchai.pk}
    assert end_poll(moderator=moderator, poll=poll, reason=WHY) is None


def test_members_close_nobodys_and_nobody_decides_about_her_own(malee, moderator):
    poll, hers = make_poll(), make_poll(author=moderator)
    with pytest.raises(NotAllowed):
        end_poll(moderator=malee, poll=poll, reason=WHY)
    with pytest.raises(NotAllowed):
        end_poll(moderator=moderator, poll=hers, reason=WHY)
    with pytest.raises(BadText):
        end_poll(moderator=moderator, poll=poll, reason=" ")
    assert not Poll.objects.exclude(closed_at=None).exists()


def test_from_its_page_a_moderator_gives_the_reason_and_the_log_leads_back_to_it(as_, moderator):
    poll = make_poll(question="ใครไปบ้าง")
    address = f"/moderation/act/end/?poll={poll.pk}"
    browser = as_(moderator)
    page = browser.get(poll.get_absolute_url()).content.decode()
    assert f"/moderation/acts/?poll={poll.pk}" in page
    assert "/close/" not in page
    assert address in browser.get(f"/moderation/acts/?poll={poll.pk}").content.decode()
    assert "ใครไปบ้าง" in browser.get(address).content.decode()
    assert browser.post(address, {"reason": ""}).status_code == 400
    done = browser.post(address, {"reason": WHY})
    assert (done.status_code, done["Location"]) == (302, poll.get_absolute_url())
    log = as_(None).get(f"/moderation/log/?topic={poll.topic_id}").content.decode()
    assert WHY in log
    assert poll.get_absolute_url() in log
    assert as_(make_member()).post(address, {"reason": WHY}).status_code == 403
