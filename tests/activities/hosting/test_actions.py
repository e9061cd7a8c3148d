"""forums.activities.hosting.actions: announcing, changing, cancelling, reporting."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from forums.activities.attendance.actions import answer
from forums.activities.hosting import actions
from forums.activities.hosting.actions import announce, cancel, decide_host, edit, report
from forums.activities.models import Activity, ActivityTopic
from forums.base.errors import BadText, NotAllowed, Stale, TooFast
from forums.groups.memberships.models import Membership, Role
from forums.groups.networks.models import Event, EventKind, Network
from forums.notifications.models import Email
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.pictures.models import Attachment
from tests.activities.make import details, of
from tests.make import (
    in_days,
    join,
    make_activity,
    make_board,
    make_member,
    make_network,
    make_topic,
)
from tests.security.world import png

pytestmark = pytest.mark.django_db


# -- announcing -----------------------------------------------------------------------------------


def test_an_activity_is_announced_with_its_text_and_stands_in_the_history(network, malee):
    activity = announce(member=malee, network=network, details=details(body="**เอาถุงมือ**มาด้วย"))
    assert "<strong>เอาถุงมือ</strong>" in activity.body_html
    host = activity.hosts.get()
    assert (host.network, host.position, host.confirmed_at is not None) == (network, 0, True)
    line = Event.objects.get(what=EventKind.ACTIVITY)
    assert (line.network, line.actor, line.activity) == (network, malee, activity)


@pytest.mark.parametrize(
    ("role", "may"),
    [("coordinator", True), ("spokesperson", True), ("moderator", False), ("member", False)],
)
def test_coordinators_and_spokespersons_announce(network, somchai, role, may):
    join(network, somchai, role=role)
    if may:
        assert announce(member=somchai, network=network, details=details()).pk
        return
    with pytest.raises(NotAllowed):
        announce(member=somchai, network=network, details=details())
    assert not Activity.objects.exists()


def test_outsiders_moderators_and_archived_networks_announce_nothing(
    network, malee, somchai, moderator
):
    for outsider in (somchai, moderator):
        with pytest.raises(NotAllowed):
            announce(member=outsider, network=network, details=details())
    Network.objects.update(archived_at=in_days(0))
    with pytest.raises(NotAllowed):
        announce(member=malee, network=network, details=details())


def test_the_same_sent_twice_is_one_activity(network, malee):
    first = announce(member=malee, network=network, details=details())
    assert announce(member=malee, network=network, details=details()) == first
    other = announce(member=malee, network=network, details=details(title="อีกครั้ง"))
    assert other != first


def test_nobody_announces_too_many_a_day(network, malee, settings):
    settings.FORUMS_PACE = {"activities": [(2, 86400)]}
    for n in range(2):
        announce(member=malee, network=network, details=details(title=f"ครั้งที่ {n}"))
    with pytest.raises(actions.TooMany):
        announce(member=malee, network=network, details=details(title="อีก"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "\u200b "},
        {"title": "ก" * 151},
        {"ends_at": in_days(10)},
        {"ends_at": in_days(9)},
        {"ends_at": in_days(50)},
        {"starts_at": in_days(-1)},
        {"starts_at": in_days(1200)},
        {"place": "", "link": ""},
        {"place": "ก" * 201},
        {"capacity": 0},
        {"capacity": 100_001},
        {"body": "ก" * 32_001},
    ],
)
def test_what_cannot_be_is_refused_with_words_and_nothing_is_written(network, malee, wrong):
    with pytest.raises(BadText) as refused:
        announce(member=malee, network=network, details=details(**wrong))
    assert str(refused.value.message)
    assert not Activity.objects.exists()


def test_the_database_refuses_what_ends_before_it_starts(network, malee):
    activity = make_activity(network)
    with pytest.raises(IntegrityError, match="ends_after"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(ends_at=activity.starts_at)


def test_what_only_members_know_of_leaves_no_trace_on_the_networks_clock(network, malee):
    Network.objects.update(last_active_at=in_days(-30))
    announce(member=malee, network=network, details=details(open_to="members"))
    network.refresh_from_db()
    assert network.last_active_at == in_days(-30)
    announce(member=malee, network=network, details=details(title="เปิด"))
    network.refresh_from_db()
    assert network.last_active_at > in_days(-1)


# -- topics and pictures ---------------------------------------------------------------------------


def test_an_activity_for_everyone_is_linked_to_topics_everyone_may_read(network, malee):
    public = make_topic()
    inside = make_topic(board=make_board(read=0), author=malee)
    activity = announce(member=malee, network=network, details=details(topics=[public]))
    assert ActivityTopic.objects.get().topic == public
    with pytest.raises(BadText):
        announce(member=malee, network=network, details=details(title="ข", topics=[inside]))
    for_members = details(title="ค", topics=[inside], open_to="members")
    assert announce(member=malee, network=network, details=for_members).topics.count() == 1
    edit(member=malee, activity=activity, details=of(activity), seen=None)
    assert activity.topics.count() == 0


def test_topics_the_writer_cannot_see_are_neither_linked_nor_unlinked(network, malee, somchai):
    staff_only = make_topic(board=make_board(read=9))
    with pytest.raises(BadText):
        announce(
            member=malee,
            network=network,
            details=details(topics=[staff_only], open_to="members"),
        )
    activity = make_activity(network, open_to="members")
    ActivityTopic.objects.create(activity=activity, topic=staff_only)
    edit(member=malee, activity=activity, details=of(activity), seen=None)
    assert activity.topics.get().topic == staff_only


def test_a_picture_is_seen_by_whoever_sees_the_activity(network, malee, somchai, visitor):
    picture = save_picture(uploader=malee, file=png(), alt="คลอง")
    assert not Attachment.objects.visible_to(somchai).exists()
    activity = announce(
        member=malee, network=network, details=details(body=markdown(picture), open_to="members")
    )
    assert not Attachment.objects.visible_to(somchai).exists()
    assert not Attachment.objects.visible_to(visitor).exists()
    join(network, somchai)
    somchai = type(somchai).objects.get(pk=somchai.pk)
    assert Attachment.objects.visible_to(somchai).get() == picture
    Activity.objects.update(hidden_at=in_days(0))
    assert not Attachment.objects.visible_to(somchai).exists()
    assert activity.pictures.get() == picture


def test_a_picture_belongs_to_one_place(network, malee, somchai, visitor):
    picture = save_picture(uploader=malee, file=png(), alt="คลอง")
    announce(
        member=malee, network=network, details=details(body=markdown(picture), open_to="members")
    )
    make_topic(malee, body=f"ดูนี่\n\n{markdown(picture)}")  # would open it to everyone
    picture.refresh_from_db()
    assert picture.post is None
    assert not Attachment.objects.visible_to(visitor).exists()
    theirs = save_picture(uploader=somchai, file=png(), alt="ของเขา")
    announce(member=malee, network=network, details=details(title="ข", body=markdown(theirs)))
    theirs.refresh_from_db()
    assert theirs.activity is None  # nobody opens somebody else's picture


# -- changing -------------------------------------------------------------------------------------


def test_those_who_answered_are_told_of_another_time_or_place(network, malee, somchai):
    activity = make_activity(network)
    staying_away = make_member()
    answer(member=somchai, activity=activity, answer="maybe")
    answer(member=staying_away, activity=activity, answer="not")
    answer(member=malee, activity=activity, answer="going")  # she changes it: she knows
    later = activity.starts_at + timedelta(days=1)
    new = replace(of(activity), starts_at=later, ends_at=later + timedelta(hours=1))
    edit(member=malee, activity=activity, details=new, seen=0)
    letter = Email.objects.get()
    assert (letter.kind, letter.member) == ("activity-changed", somchai)
    activity.refresh_from_db()
    assert (activity.sequence, activity.starts_at) == (1, later)


def test_another_title_bumps_the_sequence_and_tells_nobody(network, malee, somchai):
    activity = make_activity(network)
    answer(member=somchai, activity=activity, answer="going")
    edit(member=malee, activity=activity, details=replace(of(activity), title="ชื่อใหม่"), seen=0)
    activity.refresh_from_db()
    assert (activity.title, activity.slug, activity.sequence) == ("ชื่อใหม่", "ชื่อใหม่", 1)
    assert not Email.objects.exists()


def test_nothing_changed_is_no_change(network, malee):
    activity = make_activity(network)
    edit(member=malee, activity=activity, details=of(activity), seen=0)
    before = activity.changed_at
    activity.refresh_from_db()
    assert (activity.sequence, activity.changed_at) == (0, before)


def test_what_somebody_changed_meanwhile_is_not_overwritten(network, malee, somchai):
    join(network, somchai, role="spokesperson")
    activity = make_activity(network)
    edit(member=somchai, activity=activity, details=replace(of(activity), title="หนึ่ง"), seen=0)
    with pytest.raises(Stale):
        edit(member=malee, activity=activity, details=replace(of(activity), title="สอง"), seen=0)
    activity.refresh_from_db()
    assert activity.title == "หนึ่ง"


def test_there_cannot_be_fewer_places_than_people_going(network, malee):
    activity = make_activity(network, capacity=3)
    people = [make_member() for _ in range(4)]
    for person in people:
        answer(member=person, activity=activity, answer="going")
    with pytest.raises(BadText) as refused:
        edit(member=malee, activity=activity, details=replace(of(activity), capacity=2), seen=0)
    assert "3" in str(refused.value.message)
    edit(member=malee, activity=activity, details=replace(of(activity), capacity=4), seen=0)
    activity.refresh_from_db()
    assert (activity.going_count, activity.waiting_count) == (4, 0)
    assert Email.objects.get(kind="activity-place").member == people[3]


def test_places_without_end_take_in_all_who_wait(network, malee):
    activity = make_activity(network, capacity=1)
    for _ in range(3):
        answer(member=make_member(), activity=activity, answer="going")
    edit(member=malee, activity=activity, details=replace(of(activity), capacity=None), seen=0)
    activity.refresh_from_db()
    assert (activity.going_count, activity.waiting_count) == (3, 0)


def test_only_the_announcing_networks_speakers_change_it_and_not_when_it_is_over(
    network, malee, somchai, moderator
):
    other = make_network(coordinator=somchai)
    activity = announce(member=malee, network=network, details=details(hosts=[other]))
    decide_host(member=somchai, activity=activity, network=other, accept=True)
    for person in (somchai, moderator):
        with pytest.raises(NotAllowed):
            edit(member=person, activity=activity, details=of(activity), seen=None)
    over = make_activity(network, days=-3)
    with pytest.raises(NotAllowed):
        edit(member=malee, activity=over, details=of(over), seen=None)


def test_a_coordinator_who_lost_her_role_while_the_form_was_open_is_refused(network, malee):
    activity = make_activity(network)
    join(network, make_member(), role=Role.COORDINATOR)
    Membership.objects.filter(member=malee).update(role=Role.MEMBER)
    with pytest.raises(NotAllowed):
        edit(member=malee, activity=activity, details=of(activity), seen=0)
    with pytest.raises(NotAllowed):
        cancel(member=malee, activity=activity, reason="ฝนตก")


# -- cancelling -----------------------------------------------------------------------------------


def test_cancelling_tells_those_who_answered_and_stands_in_the_history(network, malee, somchai):
    activity = make_activity(network)
    answer(member=somchai, activity=activity, answer="going")
    cancel(member=malee, activity=activity, reason="น้ำท่วมทางเข้า")
    activity.refresh_from_db()
    assert activity.cancelled_at
    assert (activity.cancelled_why, activity.sequence) == ("น้ำท่วมทางเข้า", 1)
    assert Email.objects.get(kind="activity-cancelled").member == somchai
    assert Event.objects.filter(what=EventKind.ACTIVITY_CANCELLED, activity=activity).exists()
    with pytest.raises(NotAllowed):
        cancel(member=malee, activity=activity, reason="อีกที")


@pytest.mark.parametrize("reason", ["", " \u200b", "ก" * 301])
def test_cancelling_asks_for_a_reason(network, malee, reason):
    activity = make_activity(network)
    with pytest.raises(BadText):
        cancel(member=malee, activity=activity, reason=reason)
    activity.refresh_from_db()
    assert activity.cancelled_at is None


# -- reporting ------------------------------------------------------------------------------------


def test_a_report_is_told_once_it_is_over_and_may_be_told_better(network, malee):
    activity = make_activity(network, days=-2)
    report(member=malee, activity=activity, body="เก็บขยะได้ **3 ตัน**", lesson="เริ่มเช้ากว่านี้", came=41)
    activity.refresh_from_db()
    assert "<strong>3 ตัน</strong>" in activity.report_html
    assert (activity.came, activity.lesson, activity.reported_by) == (41, "เริ่มเช้ากว่านี้", malee)
    first = activity.reported_at
    report(member=malee, activity=activity, body="เก็บได้ 4 ตัน")
    activity.refresh_from_db()
    assert (activity.report, activity.reported_at, activity.came) == ("เก็บได้ 4 ตัน", first, None)
    assert Event.objects.filter(what=EventKind.ACTIVITY_REPORTED).count() == 1


def test_a_host_may_report_too_others_may_not(network, malee, somchai):
    other = make_network(coordinator=somchai)
    activity = announce(member=malee, network=network, details=details(hosts=[other]))
    decide_host(member=somchai, activity=activity, network=other, accept=True)
    with pytest.raises(NotAllowed):  # it is not over
        report(member=somchai, activity=activity, body="ดีมาก")
    Activity.objects.update(starts_at=in_days(-2), ends_at=in_days(-1))
    report(member=somchai, activity=activity, body="ดีมาก")
    assert Event.objects.filter(what=EventKind.ACTIVITY_REPORTED).count() == 2
    with pytest.raises(NotAllowed):
        report(member=make_member(), activity=activity, body="ไม่ได้ไป")


@pytest.mark.parametrize("wrong", [{"body": " "}, {"lesson": "ก" * 1001}, {"came": -1}])
def test_a_report_of_nothing_is_refused(network, malee, wrong):
    activity = make_activity(network, days=-2)
    with pytest.raises(BadText):
        report(member=malee, activity=activity, **{"body": "ทำแล้ว"} | wrong)
    activity.refresh_from_db()
    assert activity.reported_at is None


def test_so_often_may_one_move_it_for_each_move_is_a_letter_to_all_who_come(
    network, malee, somchai, settings
):
    settings.FORUMS_PACE = {"changes": [(2, 60 * 60)]}
    activity = make_activity(network)
    answer(member=somchai, activity=activity, answer="going")
    places = [replace(of(activity), place=f"ศาลา {number}") for number in range(3)]
    for there in places[:2]:
        edit(member=malee, activity=activity, details=there, seen=None)
    with pytest.raises(TooFast):
        edit(member=malee, activity=activity, details=places[2], seen=None)
    activity.refresh_from_db()
    assert activity.place == "ศาลา 1"
    edit(member=malee, activity=activity, details=replace(of(activity), title="ใหม่"), seen=None)
    assert Email.objects.filter(kind="activity-changed").count() == 2
