"""A thing hides itself when two sides reported it; never for one camp alone; and comes back when it was in order."""

import pytest

from forums.discussions.boards.models import OpenTo
from forums.discussions.posts.models import Post
from forums.moderation import actions as moderation
from forums.moderation.models import Act, Decision
from forums.moderation.queue.actions import end_case
from forums.moderation.queue.models import Case
from forums.moderation.reports.actions import report, take_back
from forums.moderation.reports.models import (
    Problem,
    ProblemReport,
    ReporterRecord,
    SelfHiding,
)
from forums.moderation.subjects import of_activity, of_network, of_topic
from forums.notifications.models import Telling
from tests.make import make_activity, make_board_of, make_member, make_post, make_topic
from tests.moderation.reports.conftest import send
from tests.threads import in_threads


def is_hidden(thing) -> bool:
    thing.refresh_from_db()
    return thing.hidden_at is not None


@pytest.fixture
def two_sides(member_of, rivers, hills):
    """Three who together weigh 8, from two networks."""
    return [
        member_of(rivers, trust_level=2),
        member_of(hills, trust_level=2),
        member_of(rivers, trust_level=1),
    ]


def test_at_a_sum_of_eight_from_two_networks_it_hides_itself(post, two_sides):
    for who in two_sides[:2]:
        send(who, post)
    assert not is_hidden(post)
    send(two_sides[2], post)
    assert is_hidden(post)
    decision = Decision.objects.get(act=Act.HIDE)
    assert decision.moderator is None
    assert "เครือข่าย" in decision.reason  # in the site's own language, whoever sent the last one
    assert decision.post_id == post.pk
    assert SelfHiding.objects.get().decision == decision
    assert Telling.objects.filter(kind="decided", members=[post.author_id]).exists()
    assert Case.objects.get().ended_at is None


def test_one_network_alone_never_hides_it_whichever_others_its_members_are_in(
    post, member_of, rivers, hills
):
    for _each in range(6):
        send(member_of(rivers, trust_level=2), post)
    send(member_of(rivers, hills, trust_level=2), post)
    send(make_member(trust_level=4), post)
    assert Case.objects.get().weight > 20
    assert not is_hidden(post)
    send(member_of(hills, trust_level=0), post)
    assert is_hidden(post)


def test_those_in_no_network_are_no_side(post):
    for _each in range(5):
        send(make_member(trust_level=2), post)
    assert not is_hidden(post)


def test_a_report_that_weighs_nothing_is_no_side(post, member_of, rivers, hills):
    for _each in range(4):
        send(member_of(rivers, trust_level=2), post)
    wrong = member_of(hills)
    ReporterRecord.objects.create(member=wrong, rejected=100)
    send(wrong, post)
    assert not is_hidden(post)


def test_found_in_order_it_comes_back_by_the_same_rule(post, two_sides, moderator):
    for who in two_sides:
        send(who, post)
    assert is_hidden(post)
    end_case(case=Case.objects.get(), moderator=moderator, refused=True)
    assert not is_hidden(post)
    back = Decision.objects.get(act=Act.UNHIDE)
    assert back.moderator is None


def test_a_moderator_who_hides_it_too_answers_for_it_and_it_stays(post, two_sides, moderator):
    for who in two_sides:
        send(who, post)
    decision = moderation.hide_post(moderator=moderator, post=post, reason="ว่าร้ายกัน")
    assert decision is not None
    assert moderation.hide_post(moderator=moderator, post=post, reason="อีกครั้ง") is None
    end_case(case=Case.objects.get(), moderator=moderator, decision=decision)
    assert is_hidden(post)
    assert set(ProblemReport.objects.values_list("state", flat=True)) == {"upheld"}


def test_what_a_moderator_hid_meanwhile_stays_though_its_reports_are_refused(
    post, two_sides, moderator
):
    for who in two_sides:
        send(who, post)
    moderation.hide_post(moderator=moderator, post=post, reason="ผิดกติกา")
    end_case(case=Case.objects.get(), moderator=moderator, refused=True)
    assert is_hidden(post)


def test_it_hides_itself_once_a_case(post, two_sides, moderator, member_of, hills):
    for who in two_sides:
        send(who, post)
    moderation.unhide_post(moderator=moderator, post=post, reason="ไม่ผิด")
    send(member_of(hills, trust_level=2), post)
    assert not is_hidden(post)


def test_taken_back_by_all_it_comes_back(post, two_sides):
    sent = [send(who, post) for who in two_sides]
    for who, each in zip(two_sides, sent, strict=True):
        assert is_hidden(post)
        take_back(member=who, report=each)
    assert not is_hidden(post)


def test_a_network_moderator_may_take_back_what_a_rule_did(two_sides, network, malee, somchai):
    board = make_board_of(network, OpenTo.EVERYONE)
    made = make_post(make_topic(somchai, board), somchai)
    post = Post.objects.select_related("topic__board").get(pk=made.pk)
    for who in two_sides:
        send(who, post)
    assert is_hidden(post)
    assert moderation.unhide_post(moderator=malee, post=post, reason="ไม่ผิดกติกา")


def test_topics_and_activities_hide_themselves_networks_never(two_sides, network):
    topic, activity = make_topic(), make_activity(network)
    for subject in (of_topic(topic), of_activity(activity), of_network(network)):
        for who in two_sides:
            report(member=who, subject=subject, problem=Problem.SPAM)
    assert is_hidden(topic)
    assert is_hidden(activity)
    assert not is_hidden(network)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_hide_it_once(post, member_of, rivers, hills, moderator):
    people = [member_of(each, trust_level=1) for each in (rivers, hills) * 8]
    other = make_post(post.topic, moderator)
    results = in_threads(lambda who: send(who, post), people)
    assert [each for each in results if isinstance(each, Exception)] == []
    assert is_hidden(post)
    assert Decision.objects.filter(act=Act.HIDE).count() == 1
    assert Case.objects.get().weight == 32
    assert not is_hidden(other)
