"""Undoing a merge: what still is where it was put goes back, what somebody has moved since stays."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Member
from forums.base.errors import BadText, NotAllowed
from forums.discussions.boards.models import Board
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.discussions.voices.maintenance import repair_ties
from forums.discussions.voices.models import View
from forums.groups.invitations.models import Invitation
from forums.groups.links.models import LinkKind, NetworkLink
from forums.groups.memberships.actions import leave
from forums.groups.memberships.models import Membership, Role
from forums.groups.networks.models import Network, NetworkAddress, TaggedNetwork
from forums.groups.organisations.models import NetworkOrganisation
from forums.groups.profiles.maintenance import repair_networks
from forums.moderation.merging.actions import merge, unmerge
from forums.moderation.models import Act, Decision
from forums.moderation.moved.actions import forget_old_rows
from forums.moderation.moved.models import UNDO_FOR, Merge, MovedRow
from forums.notifications.models import Email
from forums.notifications.registry import scheduled_jobs, text_of
from forums.tags.tagging import get_tags
from tests.groups.organisations.make import enter, make_organisation
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

WHY = "ทำงานเรื่องเดียวกัน"
UNDO = "เลือกผิดเครือข่าย"

# What of the two networks is compared: each table, with what identifies a row and what may change of it.
TABLES = {
    Membership: ("network", "member", "role", "joined_at"),
    Board: ("network", "name", "sort_key", "read_level", "write_level"),
    Topic: ("network", "board", "voices"),
    Post: ("network",),
    TopicNetwork: ("network", "topic", "state", "post_count", "first_at", "asked_by"),
    View: ("network", "topic", "number", "body"),
    NetworkOrganisation: ("network", "organisation", "by_network_at", "by_organisation_at"),
    TaggedNetwork: ("network", "tag"),
    NetworkLink: ("source", "target", "kind"),
    Invitation: ("network", "revoked_at", "revoked_by"),
    NetworkAddress: ("network", "slug"),
    Network: ("merged_into", "archived_at", "member_count", "organisation_count"),
}


def state() -> dict[str, set[tuple]]:
    """Everything that a merge touches, as it is now."""
    return {
        model.__name__: {tuple(map(str, row)) for row in model.objects.values_list("pk", *columns)}
        for model, columns in TABLES.items()
    }


@pytest.fixture
def world(source, target, malee, somchai):
    """Two networks that have much to do with one another and with a third."""
    both, other = make_member("both"), make_network("ป่าต้นน้ำ")
    join(source, make_member("plain"))
    join(source, both, role=Role.MODERATOR)
    join(target, both)
    mine = make_board_of(source, "network", "ห้องประชุม")
    make_board_of(target, "everyone", "ห้องประชุม")
    make_topic(malee, mine)
    shared = make_topic(malee, make_board("ห้องกลาง"), speak_from=source.pk)
    make_post(shared, somchai, speak_from=target.pk)
    make_post(shared, malee, speak_from=source.pk)
    only = make_topic(malee, make_board("ห้องเดียว"), speak_from=source.pk)
    TopicNetwork.objects.create(
        topic=only, network=target, state=State.INVITED, first_at=timezone.now(), asked_by=malee
    )
    for network, number in ((source, 1), (source, 2), (target, 1)):
        View.objects.create(topic=shared, network=network, number=number, author=malee, body="เห็น")
    organisation = make_organisation("กองทุนคลอง", coordinator=malee)
    for network in (source, target):
        enter(network, organisation, malee)
    tag = get_tags(["น้ำ"])[0]
    TaggedNetwork.objects.create(network=source, tag=tag)
    TaggedNetwork.objects.create(network=target, tag=tag)
    link = {"asked_by": malee, "confirmed_by": malee, "confirmed_at": timezone.now()}
    NetworkLink.objects.create(source=source, target=target, kind=LinkKind.LINKED, **link)
    NetworkLink.objects.create(source=source, target=other, kind=LinkKind.PARENT, **link)
    Invitation.objects.create(
        network=source, created_by=malee, expires_at=timezone.now() + timedelta(days=3), max_uses=1
    )
    NetworkAddress.objects.create(network=source, slug="เก่า")
    return {"shared": shared, "mine": mine, "both": both, "other": other}


def test_everything_is_where_it_was(world, source, moderator, merged):
    before = state()
    merged()
    assert state() != before
    decision = unmerge(moderator=moderator, network=source, reason=UNDO)
    assert (decision.act, decision.reason) == (Act.UNMERGE, UNDO)
    after = state()
    for table, rows in before.items():
        assert after[table] == rows, table
    # and the counters are true
    assert repair_networks(after=0, size=100).networks == []
    assert repair_ties(after=0, size=100)[1] == []


def test_what_was_done_since_stays(world, source, target, moderator, malee, somchai, merged):
    merged()
    late, plain = make_member("late"), Member.objects.get(handle="plain")
    join(target, late)
    Membership.objects.filter(member=plain).delete()  # she left
    Membership.objects.filter(member=world["both"]).update(role=Role.COORDINATOR)
    Board.objects.filter(pk=world["mine"].pk).update(name="ห้องใหม่", sort_key="หองใหม")
    said = make_post(world["shared"], somchai, speak_from=target.pk)
    unmerge(moderator=moderator, network=source, reason=UNDO)
    assert not Membership.objects.filter(member=plain).exists()
    assert Membership.objects.get(member=late).network == target
    roles = dict(Membership.objects.filter(member=world["both"]).values_list("network", "role"))
    assert roles == {source.pk: Role.MODERATOR, target.pk: Role.COORDINATOR}
    board = Board.objects.get(pk=world["mine"].pk)
    assert (board.network, board.name) == (source, "ห้องใหม่")
    assert Post.objects.get(pk=said.pk).network == target
    there = TopicNetwork.objects.filter(topic=world["shared"])
    counts = dict(there.values_list("network", "post_count"))
    assert counts == {source.pk: 2, target.pk: 2}


def test_it_is_undone_once_within_a_week_and_by_moderators_only(
    source, target, moderator, malee, merged
):
    assert unmerge(moderator=moderator, network=source, reason=UNDO) is None
    merged()
    with pytest.raises(NotAllowed):
        unmerge(moderator=malee, network=source, reason=UNDO)
    Network.objects.filter(pk=target.pk).update(hidden_at=timezone.now())
    with pytest.raises(BadText):
        unmerge(moderator=moderator, network=source, reason=UNDO)
    Network.objects.filter(pk=target.pk).update(hidden_at=None)
    with connection.cursor() as cursor:  # a week passes; decisions only grow
        cursor.execute("SET LOCAL session_replication_role = replica")
        Decision.objects.update(created_at=timezone.now() - UNDO_FOR - timedelta(hours=1))
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    with pytest.raises(BadText):
        unmerge(moderator=moderator, network=source, reason=UNDO)
    assert forget_old_rows() > 0
    assert not MovedRow.objects.exists()


def test_one_merged_on_is_not_undone_before_the_later(source, target, moderator, merged):
    merged()
    third = make_network("แม่น้ำเดียวกัน")
    merge(moderator=moderator, network=target, into=third, reason=WHY)
    with pytest.raises(BadText):
        unmerge(moderator=moderator, network=source, reason=UNDO)
    unmerge(moderator=moderator, network=target, reason=UNDO)
    source.refresh_from_db()
    assert source.merged_into == target
    assert unmerge(moderator=moderator, network=source, reason=UNDO) is not None
    source.refresh_from_db()
    assert source.is_open


def test_plain_members_of_both_are_told_and_of_the_undoing_who_was_told_before(
    source, target, moderator, merged
):
    plain, theirs = make_member("plain"), make_member("theirs")
    join(source, plain)
    join(target, theirs)
    merged()
    late = make_member("late")
    join(target, late)
    tell = scheduled_jobs()["networks: members of merged ones"]
    tell(timezone.now())
    tell(timezone.now())  # and once only
    letters = Email.objects.filter(kind="network_merged")
    told = {email.member_id: text_of(email) for email in letters if text_of(email)}
    assert set(told) == {plain.pk, theirs.pk}
    text = told[plain.pk]
    assert source.name in text.subject
    assert target.name in text.body
    assert WHY in text.body
    Network.objects.filter(pk=target.pk).update(hidden_at=timezone.now())
    assert not any(text_of(email) for email in letters)
    Network.objects.filter(pk=target.pk).update(hidden_at=None)

    unmerge(moderator=moderator, network=source, reason=UNDO)
    assert not any(text_of(email) for email in letters)  # what was not sent yet is so no more
    tell(timezone.now())
    undone = {
        email.member_id for email in Email.objects.filter(kind="network_unmerged") if text_of(email)
    }
    assert undone >= {plain.pk, theirs.pk}


def test_undone_before_anybody_was_told_nobody_is(source, moderator, merged):
    join(source, make_member("plain"))
    merged()
    unmerge(moderator=moderator, network=source, reason=UNDO)
    scheduled_jobs()["networks: members of merged ones"](timezone.now())
    assert not Email.objects.filter(kind__in=["network_merged", "network_unmerged"]).exists()
    assert Merge.objects.get().undone_at is not None


@pytest.mark.django_db(transaction=True)
def test_two_who_undo_at_once_undo_it_once(source, target, moderator, merged):
    merged()
    other = make_member("second", is_staff=True)
    done = in_threads(
        lambda who: unmerge(moderator=who, network=source, reason=UNDO), [moderator, other]
    )
    assert sum(isinstance(each, Decision) for each in done) == 1
    assert Decision.objects.filter(act=Act.UNMERGE).count() == 1
    source.refresh_from_db()
    assert source.is_open


@pytest.mark.django_db(transaction=True)
def test_a_post_written_while_it_is_undone_is_counted_where_it_speaks(
    source, target, moderator, somchai, merged
):
    topic = make_topic(somchai, make_board("ห้องกลาง"), speak_from=target.pk)
    merged()
    gate = threading.Barrier(2)

    def work(what: str) -> None:
        gate.wait()
        if what == "undo":
            unmerge(moderator=moderator, network=source, reason=UNDO)
        else:
            make_post(topic, somchai, speak_from=target.pk)

    assert in_threads(work, ["undo", "write"]) == [None, None]
    row = TopicNetwork.objects.get(topic=topic, network=target)
    assert row.post_count == Post.objects.filter(topic=topic, network=target).count()


def test_it_is_refused_in_words_where_a_network_would_be_without_a_coordinator(
    source, target, malee, moderator, merged
):
    merged()
    leave(member=malee, network=target)
    before = state()
    with pytest.raises(BadText, match="ผู้ประสานงาน"):
        unmerge(moderator=moderator, network=source, reason=UNDO)
    assert state() == before
