"""Bounds of a day, and what decides over one thing in two ways, at once: real threads, each on a connection of its own."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import RequestFactory
from django.utils import timezone

from accounts.actions import sign_up
from accounts.models import Member
from accounts.registry import signed_up
from forums.base.errors import (
    AlreadyDecided,
    AskedTooOften,
    BadText,
    ForumError,
    NotAllowed,
    TooFast,
)
from forums.discussions.openings.actions import start_topic
from forums.discussions.posts.actions import reply
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Role
from forums.moderation import actions as moderation
from forums.moderation.clarifications.actions import ask
from forums.moderation.clarifications.models import Clarification
from forums.moderation.grounds import Grounds
from forums.moderation.models import Act, Decision
from forums.moderation.queue.actions import answer_case, take
from forums.moderation.queue.models import Case
from forums.moderation.reports.actions import ReportsTooFast, report
from forums.moderation.reports.models import ProblemReport
from forums.moderation.subjects import of_post, of_topic
from forums.moderation.takedown.actions import A_DAY, give_notice
from forums.moderation.takedown.models import Notice
from forums.moderation.watched.models import NewAccount
from forums.privacy.copies import actions as copies
from forums.privacy.copies.models import PersonalCopy
from tests.make import (
    join,
    make_board,
    make_board_of,
    make_member,
    make_network,
    make_post,
    make_topic,
)
from tests.threads import in_threads

pytestmark = pytest.mark.django_db(transaction=True)
WHY = Grounds("ตามกติกา")


def refused(results, kind):
    """How many were refused; all others went through."""
    found = [each for each in results if isinstance(each, Exception)]
    assert all(isinstance(each, kind) for each in found), found
    return len(found)


# -- bounds of a day -----------------------------------------------------------------------------------


def test_of_thirty_notices_from_one_address_of_mail_twenty_are_taken():
    topic = make_topic()
    given = {"notifier": "person", "name": "ทองดี", "harm": "personal"}

    def work(number):
        email = "Thongdi@example.org" if number % 2 else "thongdi@example.org"
        words = f"ข้อความที่ {number}"
        return give_notice(email=email, address=topic.get_absolute_url(), words=words, **given).pk

    assert refused(in_threads(work, range(A_DAY + 10)), AskedTooOften) == 10
    assert Notice.objects.count() == A_DAY


def test_a_notice_sent_ten_times_at_once_is_one():
    topic = make_topic()
    given = {"notifier": "person", "name": "ทองดี", "harm": "personal", "words": "ไม่จริง"}
    address = {"email": "thongdi@example.org", "address": topic.get_absolute_url()}
    made = in_threads(lambda _n: give_notice(**given, **address).pk, range(10))
    assert set(made) == {Notice.objects.get().pk}


def test_of_fourteen_things_one_reports_at_once_ten_are_taken():
    topic, member = make_topic(), make_member(trust_level=1)
    posts = [of_post(make_post(topic, make_member())) for _n in range(14)]
    results = in_threads(lambda each: report(member=member, subject=each, problem="rude"), posts)
    assert refused(results, ReportsTooFast) == 4
    assert ProblemReport.objects.count() == 10


def test_of_six_replies_one_asks_for_at_once_three_are_taken():
    member, topics = make_member(), [make_topic() for _n in range(6)]
    words = {"named": "person", "how": "ในข้อแรก", "body": "ขอเล่าจากฝั่งนี้"}
    results = in_threads(lambda topic: ask(member=member, topic=topic, **words), topics)
    assert refused(results, TooFast) == 3
    assert Clarification.objects.count() == 3


def test_of_ten_who_sign_up_at_once_from_one_house_three_have_an_account(settings):
    settings.FORUMS_LOOKS_FIRST = True
    request = RequestFactory().post("/accounts/signup/", REMOTE_ADDR="2001:db8::1")
    here = Member.objects.count()

    def work(number):
        named = {"handle": f"newcomer{number}", "email": f"n{number}@example.org"}
        then = partial(signed_up, request)
        return sign_up(**named, password=None, consent="1", then=then).pk

    assert refused(in_threads(work, range(10)), BadText) == 7
    assert Member.objects.count() - here == NewAccount.objects.count() == 3


def test_a_copy_that_is_ready_is_followed_by_no_other_that_day():
    member = make_member()
    copy = copies.ask(member=member)
    now = timezone.now()
    ready = {"ready_at": now, "expires_at": now + timedelta(days=7)}
    PersonalCopy.objects.filter(pk=copy.pk).update(**ready)
    results = in_threads(lambda _n: copies.ask(member=member), range(6))
    assert refused(results, copies.CopiedToday) == 6
    assert PersonalCopy.objects.count() == 1


def test_of_what_a_newcomer_sends_at_once_on_her_first_day_ten_comments_and_three_topics_stand(
    settings,
):
    settings.FORUMS_LOOKS_FIRST = True
    settings.FORUMS_PACE = {what: [] for what in settings.FORUMS_PACE}
    make_member(is_staff=True, last_login=timezone.now())
    topics = [make_topic() for _n in range(14)]
    board, new = make_board(), make_member(created_at=timezone.now(), trust_level=0)

    def work(number):
        if number < len(topics):
            return reply(author=new, topic=topics[number], body=f"ตอบที่ {number}")
        words = {"title": f"เรื่องที่ {number}", "body": f"เล่าเรื่องที่ {number}"}
        return start_topic(author=new, board=board, kind="conversation", **words)

    assert refused(in_threads(work, range(20)), ForumError) == 4 + 3
    hers = Post.objects.filter(author=new)
    assert (hers.filter(number__gt=0).count(), hers.filter(number=0).count()) == (10, 3)


# -- two ways to decide --------------------------------------------------------------------------------


@pytest.fixture
def scene():
    """A topic of a network's board, reported; who keeps order there, and two of the site."""
    network, keeper = make_network(), make_member()
    join(network, keeper, role=Role.MODERATOR)
    topic = make_topic(make_member(), make_board_of(network, "everyone"))
    topic = Topic.objects.select_related("board").get(pk=topic.pk)
    case = report(member=make_member(), subject=of_topic(topic), problem="rude").case
    return topic, case, keeper, make_member(is_staff=True), make_member(is_staff=True)


def test_a_topic_that_is_moved_while_its_case_is_decided(scene):
    topic, case, keeper, moderator, _other = scene
    away = make_board("ห้องกลาง")

    def work(who):
        if who is moderator:
            return moderation.move(moderator=moderator, topic=topic, board=away, reason="ผิดห้อง")
        return answer_case(moderator=keeper, case=case, answer="hide", grounds=WHY)

    results = in_threads(work, [moderator, keeper])
    refused(results, NotAllowed)
    moved = Decision.objects.get(act=Act.MOVE)
    hidden = Decision.objects.filter(act=Act.HIDE).first()
    topic.refresh_from_db()
    assert (topic.hidden_at is None) == (hidden is None)
    case.refresh_from_db()
    assert (case.ended_at is None) == (hidden is None)
    # What stands in her board no more is not hers to decide.
    assert hidden is None or hidden.pk < moved.pk


def test_two_who_answer_one_case_in_two_ways(scene):
    topic, case, keeper, moderator, other = scene
    answers = {keeper: "keep", moderator: "hide", other: "lock"}

    def work(who):
        return answer_case(moderator=who, case=case, answer=answers[who], grounds=WHY)

    assert refused(in_threads(work, list(answers)), AlreadyDecided) == 2
    case.refresh_from_db()
    topic.refresh_from_db()
    done = [topic.hidden_at is not None, topic.locked_at is not None]
    assert done == [case.answer == "hide", case.answer == "lock"]
    assert Decision.objects.count() == sum(done)


def test_a_case_is_taken_by_one(scene):
    _topic, case, *people = scene
    assert sorted(in_threads(lambda who: take(moderator=who, case=case), people)) == [False] * 2 + [
        True
    ]
    assert Case.objects.get().taken_by in people
