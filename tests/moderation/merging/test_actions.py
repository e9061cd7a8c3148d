"""Merging two networks: everything follows, nothing is lost or doubled, and the old address leads on."""

import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Member
from forums.activities.models import Activity, ActivityHost
from forums.base.errors import BadText, NotAllowed
from forums.discussions.boards.models import Board
from forums.discussions.posts.models import Post
from forums.discussions.standpoints.models import Standpoint
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.discussions.voices.models import View
from forums.groups.invitations.models import Invitation
from forums.groups.memberships.models import JoinRequest, Membership, Role
from forums.groups.networks.models import (
    Event,
    EventKind,
    Network,
    NetworkAddress,
    TaggedNetwork,
    Tie,
)
from forums.groups.organisations.models import NetworkOrganisation, Organisation
from forums.groups.staff_requests.models import StaffRequest
from forums.ledger.models import Flow, Line
from forums.moderation.merging import actions, tables
from forums.moderation.merging.actions import free_name, merge
from forums.moderation.models import Decision
from forums.moderation.networks import actions as acts
from forums.reading.following.models import Follow, Level
from forums.tags.tagging import get_tags
from tests.make import join, make_board_of, make_member, make_network, make_post, make_topic
from tests.moderation.networks.test_actions import letters, levels

WHY = "ทำงานเรื่องเดียวกัน"


def test_every_column_that_names_a_network_has_its_place_in_a_merge():
    named = {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.many_to_one and field.related_model is Network
    }
    known = tables.MOVES | tables.MERGED | tables.STAYS
    assert named - known == set()


def test_who_follows_one_follows_the_other_and_who_follows_both_keeps_her_level_there(
    source, target, malee, somchai, merged
):
    Follow.objects.create(member=malee, network=source, level=Level.WATCHING)
    Follow.objects.create(member=somchai, network=source, level=Level.MUTED)
    Follow.objects.create(member=somchai, network=target, level=Level.TRACKING)
    merged()
    assert dict(Follow.objects.filter(network=target).values_list("member", "level")) == {
        malee.pk: Level.WATCHING,
        somchai.pk: Level.TRACKING,
    }
    assert not Follow.objects.filter(network=source).exists()


def test_members_keep_the_higher_of_their_roles(source, target, malee, somchai, merged):
    both = {role: make_member(role) for role in ("spokesperson", "keeper")}
    join(source, both["spokesperson"], role=Role.MEMBER)
    join(target, both["spokesperson"], role=Role.SPOKESPERSON)
    join(source, both["keeper"], role=Role.MODERATOR)
    join(target, both["keeper"], role=Role.MEMBER)
    join(source, make_member("only"))
    merged()
    roles = dict(Membership.objects.filter(network=target).values_list("member__handle", "role"))
    assert roles == {
        "malee": "coordinator",
        "somchai": "coordinator",
        "spokesperson": "spokesperson",
        "keeper": "moderator",
        "only": "member",
    }
    assert (source.member_count, target.member_count) == (0, 5)
    assert not Membership.objects.filter(network=source).exists()


def test_boards_move_with_their_topics_and_clashing_names_get_a_suffix(
    source, target, malee, merged
):
    mine = make_board_of(source, "network", "ห้องประชุม")
    make_board_of(target, "everyone", "ห้องประชุม")
    topic = make_topic(malee, mine)
    merged()
    mine.refresh_from_db()
    assert (mine.network, mine.name) == (target, "ห้องประชุม (คนรักคลอง)")
    assert levels(mine) == (8, 8)
    member = Member.objects.get(pk=malee.pk)
    assert Topic.objects.visible_to(member).filter(pk=topic.pk).exists()


def test_a_suffix_fits_and_is_free():
    taken = {"ก" * 80, "ห้อง", "ห้อง (เครือข่าย)"}
    assert free_name("ห้อง", "เครือข่าย", taken) == "ห้อง (เครือข่าย 2)"
    long = free_name("ก" * 80, "ข" * 80, taken)
    assert long not in taken
    assert len(long) <= 80


def test_an_archived_networks_boards_open_again_in_the_other(source, target, moderator, merged):
    board = make_board_of(source, "readers")
    acts.archive(moderator=moderator, network=source, reason=WHY)
    assert levels(board) == (-1, 9)
    merged()
    assert levels(board) == (-1, 8)


def speak(topic: Topic, network: Network, posts: int, state: str = State.PRESENT, day: int = 1):
    return TopicNetwork.objects.create(
        topic=topic,
        network=network,
        state=state,
        post_count=posts,
        first_at=datetime(2026, 1, day, tzinfo=UTC),
    )


def test_one_voice_comes_out_of_two(source, target, malee, somchai, merged):
    third = make_network()
    topic = make_topic(malee)
    for network, count, state, day in (
        (source, 2, State.JOINED, 1),
        (third, 1, State.PRESENT, 2),
        (target, 3, State.LEFT, 3),
    ):
        speak(topic, network, count, state, day)
    Topic.objects.filter(pk=topic.pk).update(voices=[source.pk, third.pk, target.pk])
    post = make_post(topic, malee)
    Post.objects.filter(pk=post.pk).update(network=source)
    Standpoint.objects.filter(topic=topic).delete()  # she started it in her own name
    Standpoint.objects.create(topic=topic, member=malee, network=source)
    Standpoint.objects.create(topic=topic, member=somchai, network=target)
    merged()
    topic.refresh_from_db()
    post.refresh_from_db()
    row = TopicNetwork.objects.get(topic=topic, network=target)
    assert (row.post_count, row.state, row.first_at.day) == (5, State.JOINED, 1)
    assert topic.voices == [target.pk, third.pk]
    assert post.network == target
    assert set(Standpoint.objects.values_list("network", flat=True)) == {target.pk}
    assert not TopicNetwork.objects.filter(network=source).exists()


def test_a_host_is_no_guest_in_its_own_board(source, target, malee, merged):
    topic = make_topic(malee, make_board_of(source, "everyone"))
    speak(topic, target, 1, State.JOINED)
    other = make_topic(malee, make_board_of(target, "everyone"))
    speak(other, source, 0, State.JOINED)
    merged()
    assert set(TopicNetwork.objects.values_list("network", "state")) == {(target.pk, State.PRESENT)}


def test_views_become_earlier_versions_and_what_was_shown_stays_shown(
    source, target, malee, somchai, merged
):
    topic, other = make_topic(malee), make_topic(malee)
    for network, bodies in ((source, ["ก1", "ก2"]), (target, ["ข1", "ข2", "ข3"])):
        for number, body in enumerate(bodies, start=1):
            View.objects.create(
                topic=topic, network=network, number=number, body=body, author=malee
            )
    View.objects.create(topic=other, network=source, number=1, body="ค", author=malee)
    merged()
    shown = View.objects.filter(topic=topic, network=target).order_by("number")
    assert list(shown.values_list("number", "body")) == list(
        enumerate(["ก1", "ก2", "ข1", "ข2", "ข3"], start=1)
    )
    assert View.objects.get(topic=other).network == target


def test_organisations_activities_tags_and_money_follow(source, target, malee, merged):
    now = timezone.now()
    made = {}
    for n, name in enumerate(["วัด", "โรงเรียน", "อบต."]):
        made[name] = Organisation.objects.create(
            slug=f"o{n}", name=name, name_key=name, sort_key=name, sector="civil", created_by=malee
        )
    NetworkOrganisation.objects.create(
        network=source, organisation=made["วัด"], by_network_at=now, by_organisation_at=now
    )
    NetworkOrganisation.objects.create(network=target, organisation=made["วัด"], by_network_at=now)
    NetworkOrganisation.objects.create(
        network=source, organisation=made["โรงเรียน"], by_network_at=now
    )
    shared, mine = (make_activity(malee, title) for title in ("ร่วม", "เดี่ยว"))
    ActivityHost.objects.create(activity=shared, network=source, confirmed_at=now)
    ActivityHost.objects.create(activity=shared, network=target, position=1, confirmed_at=now)
    ActivityHost.objects.create(activity=mine, network=source, confirmed_at=now)
    tags = get_tags(["คลอง", "น้ำ"])
    for network, tag in ((source, tags[0]), (source, tags[1]), (target, tags[1])):
        TaggedNetwork.objects.create(network=network, tag=tag)
    line = Line.objects.create(
        network=source, flow=Flow.INCOME, date=now.date(), source="บริจาค", purpose="ซื้อเรือ",
        amount=Decimal("100.50"), created_by=malee,
    )  # fmt: skip
    merged()
    assert set(
        NetworkOrganisation.objects.filter(network=target).values_list(
            "organisation__name", "by_organisation_at"
        )
    ) == {("วัด", now), ("โรงเรียน", None)}
    assert (source.organisation_count, target.organisation_count) == (0, 1)
    assert set(ActivityHost.objects.values_list("activity__title", "network")) == {
        ("ร่วม", target.pk),
        ("เดี่ยว", target.pk),
    }
    assert set(TaggedNetwork.objects.values_list("network", "tag__name")) == {
        (target.pk, "คลอง"),
        (target.pk, "น้ำ"),
    }
    line.refresh_from_db()
    assert line.network == target


def make_activity(member, title: str, **fields) -> Activity:
    starts = timezone.now() + timedelta(days=3)
    values = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "open_to": "everyone"}
    return Activity.objects.create(title=title, slug="-", created_by=member, **(values | fields))


def test_doors_are_closed_and_who_waited_is_told(source, target, malee, moderator, merged):
    asker, insider = make_member("asker"), make_member("insider")
    join(target, insider)
    for member in (asker, insider):
        JoinRequest.objects.create(network=source, member=member)
    link = Invitation.objects.create(
        network=source, created_by=malee, max_uses=5, expires_at=timezone.now() + timedelta(days=1)
    )
    StaffRequest.objects.create(network=source, member=malee, kind="verify", reason="ขอ")
    merged()
    link.refresh_from_db()
    assert (link.revoked_at is not None, link.revoked_by) == (True, moderator)
    assert set(JoinRequest.objects.values_list("accepted", "decided_by")) == {(False, moderator.pk)}
    told = letters("join_request_merged")
    assert set(told) == {"asker"}  # the insider is in already
    assert target.get_absolute_url() in told["asker"]
    assert StaffRequest.objects.get().granted is False


def test_ties_are_added_up_and_people_in_both_counted_once(source, target, merged):
    third, friend = make_network(), make_member()
    join(source, friend)
    join(target, friend)
    join(third, friend)
    topic = make_topic()
    for network in (source, target, third):
        speak(topic, network, 1)
    Tie.objects.all().delete()
    pairs = [
        (source, third, 4), (target, third, 1), (third, source, 2),
        (source, target, 3), (target, source, 1), (source, source, 5), (target, target, 7),
    ]  # fmt: skip
    for one, other, replies in pairs:
        Tie.objects.create(source=one, target=other, replies=replies, members=1, topics=1)
    merged()
    ties = set(Tie.objects.values_list("source", "target", "replies", "members", "topics"))
    assert ties == {
        (target.pk, third.pk, 5, 1, 1),
        (third.pk, target.pk, 2, 1, 1),
        (target.pk, target.pk, 16, 0, 0),
    }


def test_both_histories_and_the_log_tell_it_and_both_sides_are_told(
    source, target, malee, somchai, moderator, merged, as_
):
    merged()
    assert source.archived_at is not None
    assert source.merged_into == target
    told = Event.objects.filter(what__in=[EventKind.MERGED, EventKind.ARCHIVED])
    assert set(told.values_list("network", "what", "other")) == {
        (target.pk, EventKind.MERGED, source.pk),
        (source.pk, EventKind.ARCHIVED, target.pk),
    }
    page = as_(None).get("/moderation/log/").content.decode()
    for network in (source, target):
        assert network.name in page
    assert set(letters("network_decided")) == {"malee", "somchai"}
    assert Decision.objects.get().network == source


def test_old_addresses_lead_on_however_long_the_chain(source, target, moderator, merged, as_):
    NetworkAddress.objects.create(slug="ชื่อเก่า", network=source)
    last = make_network("ปลายทาง")
    merged()
    merge(moderator=moderator, network=target, into=last, reason=WHY)
    browser = as_(None)
    # An old name leads on for ever; a merge may be undone, and takes the old names along there and back.
    for slug in ("ชื่อเก่า", source.slug, target.slug):
        for page in ("", "feed/", "topics/", "activities.ics"):
            answer = browser.get(f"/n/{slug}/{page}")
            there = last.get_absolute_url() + page
            assert (answer.status_code, answer["Location"]) == (302, there), (slug, page)


def test_an_old_name_of_one_that_was_never_merged_leads_on_for_good(source, as_):
    NetworkAddress.objects.create(slug="ชื่อเก่า", network=source)
    for page in ("", "feed/", "topics/", "activities.ics"):
        assert as_(None).get(f"/n/ชื่อเก่า/{page}").status_code == 301, page


def test_what_cannot_be_merged_is_refused_and_nothing_happens(source, target, malee, moderator):
    def refused(error=BadText, **changes):
        values = {"moderator": moderator, "network": source, "into": target, "reason": WHY}
        with pytest.raises(error):
            merge(**(values | changes))

    refused(NotAllowed, moderator=malee)
    refused(reason="")
    refused(into=source)
    acts.archive(moderator=moderator, network=target, reason=WHY)
    refused()
    Network.objects.filter(pk=target.pk).update(archived_at=None)
    acts.hide(moderator=moderator, network=source, reason=WHY)
    refused()
    assert Network.objects.filter(merged_into=None).count() == 2
    assert Membership.objects.get(member=malee).network == source


def test_what_is_merged_stays_so(source, target, malee, moderator, merged):
    merged()
    assert merge(moderator=moderator, network=source, into=target, reason=WHY) is None
    with pytest.raises(BadText):
        acts.reopen(moderator=moderator, network=source, member=malee, reason=WHY)
    with pytest.raises(BadText):
        acts.verify(moderator=moderator, network=source, reason=WHY)


@pytest.mark.django_db(transaction=True)
def test_two_that_are_merged_into_each_other_at_once_leave_one():
    moderator = make_member("moderator", is_staff=True)
    one, other = make_network(), make_network()
    start, answers = threading.Barrier(2), []

    def run(network: Network, into: Network) -> None:
        try:
            start.wait()
            answers.append(merge(moderator=moderator, network=network, into=into, reason=WHY))
        except BadText as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sum(isinstance(answer, Decision) for answer in answers) == 1
    assert sum(isinstance(answer, BadText) for answer in answers) == 1
    assert Network.objects.filter(archived_at=None).count() == 1


def test_a_merge_that_fails_half_way_leaves_everything(source, target, moderator, monkeypatch):
    make_board_of(source, "everyone")

    def fall(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "merge_ties", fall)
    with pytest.raises(RuntimeError), transaction.atomic():
        merge(moderator=moderator, network=source, into=target, reason=WHY)
    assert Membership.objects.filter(network=source).count() == 1
    assert Board.objects.get().network == source
