"""Each sanction: what it changes, how it ends, whom it refuses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Member
from accounts.silence import Silenced, is_silenced
from forums.base.errors import BadText, NotAllowed
from forums.discussions.posts.actions import reply
from forums.discussions.posts.models import Post
from forums.moderation.grounds import Grounds
from forums.moderation.models import Act, Decision
from forums.moderation.rules.models import HouseRule
from forums.moderation.sanctions import actions
from forums.moderation.sanctions.models import Sanction, SanctionKind
from forums.notifications.models import Email
from tests.make import make_board, make_member, make_topic
from tests.threads import in_threads

WHY = "ด่าคนอื่นซ้ำหลายครั้ง"


def held(member):
    return [each.kind for each in Sanction.objects.holding().filter(member=member)]


def past(sanction, days=1):
    """As if its end had come."""
    until = timezone.now() - timedelta(days=days)
    Sanction.objects.filter(pk=sanction.pk).update(until=until)
    Member.objects.filter(pk=sanction.member_id).exclude(silenced_until=None).update(
        silenced_until=until
    )


def test_a_warning_takes_nothing_and_counts_for_half_a_year(malee, moderator):
    rule = HouseRule.objects.create(number=91, title="พูดกันดีๆ", text="ไม่ด่ากัน")
    decision = actions.warn(moderator=moderator, member=malee, reason=Grounds(WHY, rule))
    assert (decision.act, decision.rule, decision.member) == (Act.WARN, rule, malee)
    assert decision.until > timezone.now() + timedelta(days=179)
    assert held(malee) == [SanctionKind.WARNING]
    malee.refresh_from_db()
    assert malee.is_active
    assert not is_silenced(malee)
    actions.warn(moderator=moderator, member=malee, reason="อีกครั้ง")
    assert len(held(malee)) == 2
    actions.take_warning_back(moderator=moderator, member=malee, reason="เข้าใจผิด")
    assert len(held(malee)) == 1


@pytest.mark.parametrize("days", [1, 3, 7, 30])
def test_who_is_silenced_writes_nothing_until_the_day_said(malee, moderator, board, days):
    topic = make_topic(malee, board)
    decision = actions.silence(moderator=moderator, member=malee, days=days, reason=WHY)
    malee.refresh_from_db()
    assert malee.silenced_until == decision.until
    with pytest.raises(Silenced):
        reply(author=malee, topic=topic, body="ขอพูดหน่อย")
    past(decision.sanction)
    malee.refresh_from_db()
    assert reply(author=malee, topic=topic, body="ขอพูดหน่อย").number == 1
    assert held(malee) == []


def test_silence_lasts_for_one_of_four_lengths(malee, moderator):
    with pytest.raises(BadText):
        actions.silence(moderator=moderator, member=malee, days=2, reason=WHY)


def test_a_new_silence_takes_the_place_of_the_old_one(malee, moderator):
    actions.silence(moderator=moderator, member=malee, days=1, reason=WHY)
    actions.silence(moderator=moderator, member=malee, days=7, reason=WHY)
    assert held(malee) == [SanctionKind.SILENCE]
    assert Sanction.objects.filter(member=malee).count() == 2


def test_silence_is_taken_back(malee, moderator):
    actions.silence(moderator=moderator, member=malee, days=7, reason=WHY)
    decision = actions.unsilence(moderator=moderator, member=malee, reason="ขอโทษกันแล้ว")
    malee.refresh_from_db()
    assert malee.silenced_until is None
    assert held(malee) == []
    assert Sanction.objects.get(member=malee).ended_by == decision
    assert actions.unsilence(moderator=moderator, member=malee, reason="อีกครั้ง") is None


def test_a_suspension_with_an_end_lets_her_in_when_it_has_come(malee, moderator):
    until = timezone.now() + timedelta(days=3)
    decision = actions.suspend(moderator=moderator, member=malee, reason=WHY, until=until)
    assert decision.until == until
    assert not Member.objects.get(pk=malee.pk).is_active
    assert not actions.let_in_again(member=malee)
    past(decision.sanction)
    assert actions.let_in_again(member=malee)
    assert Member.objects.get(pk=malee.pk).is_active
    assert Decision.objects.count() == 1  # nobody decided anew


def test_a_suspension_without_end_and_a_ban_are_taken_back_by_moderators_only(malee, moderator):
    actions.suspend(moderator=moderator, member=malee, reason=WHY)
    assert not actions.let_in_again(member=malee)
    assert actions.suspend(moderator=moderator, member=malee, reason=WHY) is None
    assert actions.ban(moderator=moderator, member=malee, reason=WHY) is not None
    assert held(malee) == [SanctionKind.BAN]
    assert not actions.let_in_again(member=malee)
    actions.restore(moderator=moderator, member=malee, reason="คุยกันแล้ว")
    assert Member.objects.get(pk=malee.pk).is_active
    assert held(malee) == []


def test_somebody_suspended_before_there_were_such_rows_can_be_restored_and_banned(
    malee, moderator
):
    Member.objects.filter(pk=malee.pk).update(is_active=False)
    assert not actions.let_in_again(member=malee)
    assert actions.suspend(moderator=moderator, member=malee, reason=WHY) is None
    assert actions.ban(moderator=moderator, member=malee, reason=WHY) is not None
    assert actions.restore(moderator=moderator, member=malee, reason=WHY) is not None


@pytest.mark.parametrize("days", [-1, 5000])
def test_the_end_of_a_suspension_lies_ahead_and_not_too_far(malee, moderator, days):
    until = timezone.now() + timedelta(days=days)
    with pytest.raises(BadText):
        actions.suspend(moderator=moderator, member=malee, reason=WHY, until=until)


def test_each_is_told_by_mail_also_who_is_suspended(malee, moderator):
    actions.warn(moderator=moderator, member=malee, reason=WHY)
    actions.ban(moderator=moderator, member=malee, reason=WHY)
    assert Email.objects.filter(kind="sanctioned", member=malee).count() == 2


ALL = [
    lambda **about: actions.warn(**about),
    lambda **about: actions.silence(days=1, **about),
    lambda **about: actions.suspend(**about),
    lambda **about: actions.ban(**about),
]


@pytest.mark.parametrize("act", ALL)
def test_members_and_coordinators_sanction_nobody_and_moderators_no_moderator(
    malee, somchai, moderator, network, act
):
    with pytest.raises(NotAllowed):
        act(moderator=somchai, member=malee, reason=WHY)
    with pytest.raises(NotAllowed):
        act(moderator=malee, member=somchai, reason=WHY)  # she coordinates a network
    with pytest.raises(NotAllowed):
        act(moderator=moderator, member=make_member(is_staff=True), reason=WHY)
    with pytest.raises(NotAllowed):
        act(moderator=moderator, member=moderator, reason=WHY)
    with pytest.raises(BadText):
        act(moderator=moderator, member=malee, reason="  ")
    assert not Sanction.objects.exists()


# -- at once ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_while_she_is_silenced_is_there_before_it_or_refused():
    moderator, member = make_member(is_staff=True), make_member()
    topic = make_topic(make_member(), make_board())

    def work(what):
        if what == "silence":
            return actions.silence(moderator=moderator, member=member, days=1, reason=WHY)
        return reply(author=Member.objects.get(pk=member.pk), topic=topic, body=f"ข้อความ {what}")

    done = in_threads(work, ["1", "2", "silence", "3", "4"])
    assert all(isinstance(each, Silenced | Post | Decision) for each in done), done
    decided = Decision.objects.get(act=Act.SILENCE)
    late = Post.objects.filter(author=member, created_at__gt=decided.created_at)
    assert not late.exists()


@pytest.mark.django_db(transaction=True)
def test_two_moderators_who_silence_one_member_at_once_leave_one_silence():
    one, two, member = make_member(is_staff=True), make_member(is_staff=True), make_member()

    def work(moderator):
        return actions.silence(moderator=moderator, member=member, days=3, reason=WHY)

    done = in_threads(work, [one, two])
    assert all(isinstance(each, Decision) for each in done), done
    assert held(member) == [SanctionKind.SILENCE]
