"""Nobody takes back what another decided about what is her own, or decides in its favour: at every door."""

import pytest
from django.utils import timezone

from accounts.models import Member
from forums.base.errors import NotAllowed
from forums.discussions.posts.models import Post
from forums.groups.organisations.models import Representative
from forums.groups.staff_requests.models import StaffRequest, StaffRequestKind
from forums.moderation import actions
from forums.moderation.appeals.actions import appeal, overturn
from forums.moderation.cases.actions import hide_for_good
from forums.moderation.concealing.actions import conceal_passages, reveal_passages
from forums.moderation.holding import actions as holding
from forums.moderation.models import Act, Decision
from forums.moderation.networks import actions as networks
from forums.moderation.organisations import actions as organisations
from forums.moderation.posts import actions as posts
from forums.moderation.queue.actions import answer_case, open_case
from forums.moderation.queue.models import Case
from forums.moderation.queue.permissions import can_look_into
from forums.moderation.reports.models import REPORT
from forums.moderation.subjects import of_member, of_network, of_organisation, of_topic, subject_at
from forums.moderation.telling import owners_of
from forums.moderation.topics import actions as topics
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Email
from tests.groups.organisations.make import make_organisation
from tests.ledger.make import make_line
from tests.make import in_days, make_activity, make_member, make_network, make_post, make_topic

WHY = "ดูแล้วไม่ตรงกฎ"
BACK = "ดูใหม่แล้ว"


@pytest.fixture
def hers(db) -> Member:
    """A moderator, whose own things are decided about."""
    return make_member(is_staff=True)


@pytest.fixture
def topic(hers):
    return make_topic(hers)


TOPIC_ACTS = {
    "hide": (actions.hide_topic, actions.unhide_topic, {}),
    "lock": (actions.lock, actions.unlock, {}),
    "slow": (topics.slow_down, topics.let_run, {"minutes": 5}),
    "unlist": (topics.take_off_lists, topics.relist, {}),
    "archive": (topics.archive, topics.reopen, {}),
}


@pytest.mark.parametrize("act", TOPIC_ACTS)
def test_what_another_decided_about_her_topic_she_does_not_take_back(act, topic, hers, moderator):
    do, undo, more = TOPIC_ACTS[act]
    do(moderator=moderator, topic=topic, reason=WHY, **more)
    with pytest.raises(NotAllowed, match="เรื่องของท่านเอง"):
        undo(moderator=hers, topic=topic, reason=BACK)
    assert undo(moderator=make_member(is_staff=True), topic=topic, reason=BACK) is not None


@pytest.mark.parametrize("act", TOPIC_ACTS)
def test_what_she_decided_herself_she_takes_back(act, topic, hers):
    do, undo, more = TOPIC_ACTS[act]
    do(moderator=hers, topic=topic, reason=WHY, **more)
    assert undo(moderator=hers, topic=topic, reason=BACK) is not None


def test_closing_at_a_time_too(topic, hers, moderator):
    topics.close_at(moderator=moderator, topic=topic, at=in_days(3), reason=WHY)
    with pytest.raises(NotAllowed):
        topics.keep_open(moderator=hers, topic=topic, reason=BACK)


def test_what_was_taken_back_and_decided_by_herself_is_hers_again(topic, hers, moderator):
    actions.lock(moderator=moderator, topic=topic, reason=WHY)
    actions.unlock(moderator=moderator, topic=topic, reason=BACK)
    actions.lock(moderator=hers, topic=topic, reason=WHY)
    assert actions.unlock(moderator=hers, topic=topic, reason=BACK) is not None


def test_hiding_once_more_what_hid_itself_does_not_make_it_hers_to_show(hers, somchai):
    post = make_post(make_topic(somchai), hers)
    post = Post.objects.select_related("topic__board").get(pk=post.pk)
    actions.hide_post(moderator=None, post=post, reason="หลายคนแจ้ง")
    with pytest.raises(NotAllowed):
        actions.unhide_post(moderator=hers, post=post, reason=BACK)
    hide_for_good(moderator=hers, thing=post, reason=WHY)
    with pytest.raises(NotAllowed):
        actions.unhide_post(moderator=hers, post=post, reason=BACK)


def test_her_deleted_comment_her_hidden_words_her_activity(hers, moderator, somchai):
    post = make_post(make_topic(somchai), hers, body="โทร 081-234-5678 ได้")
    conceal_passages(post=post, moderator=moderator, reason=WHY)
    with pytest.raises(NotAllowed):
        reveal_passages(post=post, moderator=hers, reason=BACK)
    posts.delete(moderator=moderator, post=post, reason=WHY)
    with pytest.raises(NotAllowed):
        posts.bring_back(moderator=hers, post=post, reason=BACK)
    activity = make_activity(make_network("คนรักคลอง", hers))
    actions.hide_activity(moderator=moderator, activity=activity, reason=WHY)
    with pytest.raises(NotAllowed):
        actions.unhide_activity(moderator=hers, activity=activity, reason=BACK)


def test_her_own_text_that_waits_another_lets_through(topic, hers, moderator, somchai):
    now = timezone.now()
    post = make_post(make_topic(somchai), hers)
    Post.objects.filter(pk=post.pk).update(held_at=now, hidden_at=now)
    type(topic).objects.filter(pk=topic.pk).update(held_at=now, hidden_at=now)
    with pytest.raises(NotAllowed):
        holding.admit(moderator=hers, post=post, reason=BACK)
    with pytest.raises(NotAllowed):
        holding.admit_topic(moderator=hers, topic=topic, reason=BACK)
    assert holding.admit(moderator=moderator, post=post, reason=BACK) is not None


def test_at_the_desk_she_is_told_so(as_, topic, hers, moderator):
    actions.lock(moderator=moderator, topic=topic, reason=WHY)
    answer = as_(hers).post(f"/admin/forums/topic/act/unlock/?ids={topic.pk}", {"reason": BACK})
    assert answer.status_code == 403
    assert "เรื่องของท่านเอง" in answer.content.decode()
    topic.refresh_from_db()
    assert topic.locked_at is not None


def test_a_network_she_coordinates(hers, moderator):
    network = make_network("คนรักคลอง", hers)
    networks.hide(moderator=moderator, network=network, reason=WHY)
    with pytest.raises(NotAllowed):
        networks.unhide(moderator=hers, network=network, reason=BACK)
    networks.unhide(moderator=moderator, network=network, reason=BACK)
    networks.archive(moderator=moderator, network=network, reason=WHY)
    with pytest.raises(NotAllowed):
        networks.reopen(moderator=hers, network=network, member=hers, reason=BACK)
    networks.reopen(moderator=moderator, network=network, member=hers, reason=BACK)
    for favour in (networks.verify, networks.feature):
        with pytest.raises(NotAllowed):
            favour(moderator=hers, network=network, reason=BACK)


def test_what_she_asked_for_herself_another_grants(hers, moderator):
    network = make_network("คนรักคลอง")
    asked = StaffRequest.objects.create(
        network=network, member=hers, kind=StaffRequestKind.TAKE_OVER, reason="เงียบมานาน"
    )
    with pytest.raises(NotAllowed):
        networks.grant_take_over(moderator=hers, staff_request=asked, reason=BACK)
    assert networks.grant_take_over(moderator=moderator, staff_request=asked, reason=BACK)


# -- the queue -----------------------------------------------------------------------------------------


def test_no_case_about_what_is_hers_is_shown_or_answered(as_, topic, hers, moderator):
    network = make_network("คนรักคลอง", hers)
    line = make_line(network, hers)
    type(line).objects.filter(pk=line.pk).update(created_by=make_member(), hidden_at=timezone.now())
    organisation = make_organisation(coordinator=hers)
    things = (
        of_topic(topic),
        of_member(hers),
        of_network(network),
        of_organisation(organisation),
        subject_at("line", str(line.pk), moderator),
    )
    for thing in things:
        case = open_case(kind=REPORT, subject=thing)
        assert not can_look_into(hers, case), thing.kind
        assert can_look_into(moderator, case), thing.kind
        assert case not in Case.objects.visible_to(hers)
        assert as_(hers).get(f"/admin/queue/{case.pk}/").status_code == 404
        with pytest.raises(NotAllowed):
            answer_case(moderator=hers, case=case, answer="keep", grounds="")


def test_somebody_elses_case_stays_hers_to_answer(hers, somchai):
    make_organisation(coordinator=hers)
    make_network("คนรักคลอง", hers)
    case = open_case(kind=REPORT, subject=of_topic(make_topic(somchai)))
    assert can_look_into(hers, case)


# -- organisations --------------------------------------------------------------------------------------


def test_who_speaks_for_an_organisation_is_told_and_may_ask_again(as_, malee, somchai, moderator):
    organisation = make_organisation("มูลนิธิคลองใส", coordinator=malee)
    Representative.objects.create(
        organisation=organisation, member=somchai, confirmed_at=timezone.now()
    )
    decision = organisations.hide(moderator=moderator, organisation=organisation, reason=WHY)
    assert owners_of(decision) == {malee.pk}  # its coordinator, not whoever represents it
    assert Email.objects.filter(kind="statement", member=malee).exists()
    spread()
    assert "มูลนิธิคลองใส" in as_(malee).get("/notifications/").content.decode()
    page = as_(malee).get(f"/decisions/{decision.pk}/").content.decode()
    assert "องค์กรของท่าน" in page
    assert "บัญชีของท่าน" not in page
    assert as_(somchai).get(f"/decisions/{decision.pk}/").status_code == 404

    asked = appeal(member=malee, decision=decision, words="แก้ไขแล้ว")
    overturn(moderator=make_member(is_staff=True), appeal=asked, reason=BACK)
    organisation.refresh_from_db()
    assert organisation.hidden_at is None


def test_without_a_coordinator_who_is_believed_hears_and_else_who_registered_it(malee, somchai):
    organisation = make_organisation(member=malee, represents=True)
    decision = Decision(act=Act.HIDE, organisation=organisation)
    assert owners_of(decision) == {malee.pk}
    Representative.objects.create(
        organisation=organisation, member=somchai, confirmed_at=timezone.now()
    )
    assert owners_of(decision) == {somchai.pk}


def test_a_moderator_who_speaks_for_it_neither_shows_it_again_nor_answers_its_appeal(
    hers, malee, moderator
):
    organisation = make_organisation(coordinator=malee)
    Representative.objects.create(
        organisation=organisation, member=hers, confirmed_at=timezone.now(), is_coordinator=True
    )
    decision = organisations.hide(moderator=moderator, organisation=organisation, reason=WHY)
    asked = appeal(member=malee, decision=decision, words="แก้ไขแล้ว")
    with pytest.raises(NotAllowed):
        organisations.unhide(moderator=hers, organisation=organisation, reason=BACK)
    with pytest.raises(NotAllowed):
        overturn(moderator=hers, appeal=asked, reason=BACK)
