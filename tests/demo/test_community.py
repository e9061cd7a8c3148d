"""What the demo has, once it is filled: tests/filled.py does so once for all tests."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from accounts.models import Member
from forums.activities.models import Activity, ActivityHost, Open
from forums.demo import actions
from forums.demo.script import load_json
from forums.discussions.boards.models import Access, Board, OpenTo
from forums.discussions.openings.maintenance import repair_boards, repair_tags, repair_topics
from forums.discussions.posts.models import Post, Revision
from forums.discussions.topics.models import State, Topic, TopicKind, TopicNetwork
from forums.discussions.voices.models import View
from forums.groups.contacts.models import Contact
from forums.groups.links.models import LinkKind, NetworkLink
from forums.groups.memberships.models import JoinRequest, Membership, Role
from forums.groups.networks.models import Audience, Event, Joining, Network, NetworkKind, Sector
from forums.groups.organisations.models import Organisation
from forums.groups.staff_requests.models import StaffRequest, StaffRequestKind
from forums.ledger.models import Line, LineChange
from forums.moderation.appeals.models import Appeal, AppealOutcome
from forums.moderation.clarifications.models import Clarification
from forums.moderation.holding.models import HeldText
from forums.moderation.models import Act, Decision
from forums.moderation.queue.models import Case
from forums.moderation.reports.models import ProblemReport
from forums.moderation.sanctions.models import Sanction
from forums.notifications.models import Email, Notification
from forums.notifications.registry import DIGEST, TOLD
from forums.pages.models import CommunityLink, Page
from forums.pictures import files
from forums.pictures.models import Attachment
from forums.reading.messages.models import Conversation, Participant
from forums.tags.models import Tag
from tests.search.entries import entries, remade


def test_the_demo_is_a_whole_community(filled, db):
    """One test for all that is only read."""
    demo = filled.counts
    assert demo == {
        "members": Member.objects.count(),
        "networks": Network.objects.count(),
        "topics": Topic.objects.count(),
        "posts": Post.objects.count(),
    }
    assert Member.objects.count() >= 14
    assert Topic.objects.count() >= 24
    assert set(Topic.objects.values_list("kind", flat=True)) == set(TopicKind.values)
    assert Topic.objects.filter(last_number__gt=25).exists()
    assert Post.objects.filter(last_reply_number__gt=12).exists()
    assert Post.objects.filter(parent__parent__parent__isnull=False).exists()
    assert Topic.objects.filter(kind=TopicKind.QUESTION, accepted_post__isnull=False).exists()
    assert Topic.objects.filter(kind=TopicKind.QUESTION, reply_count=0).exists()
    assert Topic.objects.filter(locked_at__isnull=False).exists()
    assert Topic.objects.filter(pinned_at__isnull=False).exists()
    assert Topic.objects.exclude(cover=None).exists()
    assert Post.objects.filter(hidden_at__isnull=False).exists()
    assert Post.objects.filter(deleted_at__isnull=False).exists()
    assert Conversation.objects.count() == 2
    assert list(
        Participant.objects.exclude(unread_from=None).values_list("member__handle", flat=True)
    ) == ["มาลี"]
    assert Revision.objects.exclude(reason="").exists()
    assert set(Decision.objects.values_list("act", flat=True)) >= {
        Act.HIDE, Act.LOCK, Act.PIN, Act.MOVE,
    }  # fmt: skip
    assert set(Board.objects.values_list("read_level", flat=True)) == {
        Access.EVERYONE, Access.MEMBERS, Access.LEVEL_2, Access.STAFF, Access.NETWORK,
    }  # fmt: skip
    assert Page.objects.count() == 11
    assert CommunityLink.objects.count() == 2

    # Who they are.
    assert Member.objects.get(is_superuser=True).check_password(actions.PASSWORD)
    assert Member.objects.filter(is_staff=True, is_superuser=False).count() == 1
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == (
        Member.objects.count()
    )
    assert Member.objects.get_by_natural_key("มาลี").province == "55"

    _networks_of_all_kinds()
    _networks_meet_in_topics()
    _activities_of_all_sorts()
    _something_waits(filled.began)
    _moderators_have_work()
    _a_boycott_stays_fair()
    _who_is_named_is_protected()

    # Counters are those of the truth.
    repaired = repair_topics(after=0, size=Topic.objects.count())
    assert (repaired.topics, repaired.posts) == ([], [])
    assert repair_boards() == []
    assert repair_tags(after=0, size=Tag.objects.count())[1] == []

    # Nothing is in the future, and a topic's last post is its newest.
    now = timezone.now()
    assert not Post.objects.filter(created_at__gt=now).exists()
    assert Decision.objects.latest("created_at").created_at < now
    oldest = Post.objects.earliest("created_at").created_at
    assert timedelta(days=20) < now - oldest < timedelta(days=100)

    # Pictures stand in posts, and no placeholder is left in a text.
    assert Attachment.objects.count() == len(load_json("pictures"))
    assert not Attachment.objects.filter(post=None, activity=None).exists()
    assert "<figure" in Activity.objects.get(reported_by__handle="มาลี").report_html
    assert all(
        Path(settings.MEDIA_ROOT, files.picture_path(p, p.sizes[0])).exists()
        for p in Attachment.objects.all()
    )
    for mark in ("(picture:", "(topic:", "(post:"):
        assert not Post.objects.filter(body__contains=mark).exists()
    assert not Post.objects.filter(body_html__contains="missing-picture").exists()
    rendered = "".join(Post.objects.values_list("body_html", flat=True))
    for made in ("youtube", "footnote", "<table", "<blockquote", "spoiler", "<figure"):
        assert made in rendered

    # Every text is found by what it says, and by nothing else; what waits for a moderator, once she let it through.
    waits = set(HeldText.objects.filter(ended_at=None).values_list("post_id", flat=True))
    there = entries()
    assert there == {pk: entry for pk, entry in remade().items() if pk not in waits}
    assert len(entries()) == demo["posts"]

    # A second time nothing happens.
    with pytest.raises(actions.NotEmpty):
        actions.fill()
    assert Post.objects.count() == demo["posts"]


def _networks_of_all_kinds():
    networks = list(Network.objects.all())
    assert {network.kind for network in networks} == set(NetworkKind.values)
    assert {network.joining for network in networks} == set(Joining.values)
    sectors = {sector for network in networks for sector in network.sectors}
    assert sectors == set(Sector.values)
    provinces = {province for network in networks for province in network.provinces}
    assert len({province[0] for province in provinces}) >= 6  # regions
    open_ones = [network for network in networks if network.is_open]
    assert len([network for network in open_ones if network.story]) >= 10
    assert [network.is_stale for network in open_ones].count(True) == 1
    for state in ("verified_at", "featured_at", "archived_at"):
        assert Network.objects.filter(**{f"{state}__isnull": False}).count() == 1
    new = Network.objects.latest("created_at")
    assert (new.story, new.member_count, new.boards.count()) == ("", 1, 0)
    confirmed = NetworkLink.objects.filter(confirmed_at__isnull=False)
    assert set(confirmed.values_list("kind", flat=True)) == set(LinkKind.values)
    assert Membership.objects.filter(member__handle="มาลี", role=Role.COORDINATOR).count() == 1
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    assert set(Contact.objects.values_list("audience", flat=True)) == set(Audience.values)
    for open_to in OpenTo.values:
        assert Topic.objects.filter(board__open_to=open_to).exists()
    for network in networks:
        truth = network.memberships.count(), network.organisations.confirmed().count()
        assert (network.member_count, network.organisation_count) == truth
        assert network.created_at <= network.last_active_at


def _networks_meet_in_topics():
    assert sum(len(topic.voices) >= 3 for topic in Topic.objects.all()) >= 12
    seen_by = View.objects.values_list("topic_id", "network_id").distinct()
    views = Counter(topic for topic, _network in seen_by)
    assert len([topic for topic, count in views.items() if count >= 3]) >= 4
    assert View.objects.filter(number=2).exists()  # a network that has learned something
    assert set(TopicNetwork.objects.values_list("state", flat=True)) >= {
        State.INVITED, State.ASKED, State.JOINED, State.DECLINED,
    }  # fmt: skip
    assert Post.objects.filter(in_name=True).exists()
    assert Post.objects.filter(network=None, number__gt=0).exists()  # in one's own name


def _activities_of_all_sorts():
    now = timezone.now()
    activities = Activity.objects.all()
    assert activities.filter(reported_at__isnull=False, came__gt=0).exclude(lesson="").exists()
    assert activities.filter(ends_at__lt=now, reported_at=None).exists()
    assert activities.filter(starts_at__gt=now, starts_at__lt=now + timedelta(days=3)).exists()
    assert activities.filter(cancelled_at__isnull=False).exists()
    assert activities.filter(open_to=Open.MEMBERS).exists()
    assert activities.filter(going_count=F("capacity"), waiting_count__gt=0).exists()
    assert activities.exclude(topics=None).exists()
    hosts = ActivityHost.objects.filter(position__gt=0)
    assert {host.confirmed_at is None for host in hosts} == {True, False}


def _moderators_have_work():
    """A queue with life in it: each kind of what waits, and a clock that runs."""
    waiting = Case.objects.waiting()
    assert set(waiting.values_list("kind", flat=True)) >= {
        "report", "held", "appeal", "notice",
    }  # fmt: skip
    assert waiting.filter(due_at__gt=timezone.now()).exists()
    ends = Sanction.objects.filter(ended_at=None, until__gt=timezone.now())
    assert set(ends.values_list("kind", flat=True)) == {"warning", "silence"}


def _a_boycott_stays_fair():
    """One network's reports reach the sum, and the text stands; what two sides report hides itself, and a person decides."""
    talk = Post.objects.filter(
        topic__title__startswith="งดซื้อน้ำแข็ง", number__in=(1, 2), reply_number=0
    )
    few, cruel = talk.order_by("number")
    one_camp = ProblemReport.objects.filter(key=str(few.pk), subject="post")
    assert sum(each.weight for each in one_camp) >= settings.FORUMS_REPORTS_HIDE_AT
    assert not Decision.objects.filter(post=few).exists()
    assert few.hidden_at is None
    decided = Decision.objects.filter(post=cruel, act=Act.HIDE).order_by("pk")
    assert [each.moderator_id is None for each in decided] == [True, False]
    assert cruel.hidden_at is not None


def _who_is_named_is_protected():
    """Reported, hidden by the rule, decided, asked again, upheld by another; and the right of reply is pinned."""
    decision = Decision.objects.filter(act=Act.CONCEAL, rule__number=2).get()
    asked = Appeal.objects.get(decision=decision)
    assert asked.outcome == AppealOutcome.UPHELD
    assert asked.answered_by != decision.moderator
    assert "081-000" not in decision.post.body
    told = Notification.objects.filter(member=decision.post.author)
    assert told.filter(kind="appeal_answered").exists()
    assert Clarification.objects.filter(topic=decision.post.topic).exclude(pinned_at=None).exists()


def _something_waits(began):
    """For whoever signs in as a coordinator or a moderator; and nobody gets a letter."""
    health = Network.objects.get(name="อาสาสุขภาพลุ่มน้ำว้า")
    assert JoinRequest.objects.filter(network=health, decided_at=None).exists()
    assert TopicNetwork.objects.filter(network=health, state=State.INVITED).exists()
    assert health.organisations.filter(by_network_at=None).exists()
    assert NetworkLink.objects.filter(target=health, confirmed_at=None).exists()
    assert set(StaffRequest.objects.filter(decided_at=None).values_list("kind", flat=True)) == set(
        StaffRequestKind.values
    )
    assert Network.objects.exclude(ledger_since=None).count() == 2
    assert Line.objects.count() > 60
    assert LineChange.objects.exclude(reason="").exists()
    waiting = Email.objects.filter(sent_at=None, dropped_at=None)
    kinds = set(waiting.values_list("kind", flat=True))
    assert kinds == {TOLD, DIGEST, "network-announced"}  # those to be looked at
    assert not waiting.filter(due_at__lt=began).exists(), (
        "no letter has waited since the days it tells of"
    )
    # The database's own clock was that of the filling: what it dated would be out of its order.
    for rows in (JoinRequest, View, StaffRequest, Organisation, LineChange, Event):
        assert not rows.objects.filter(created_at__gte=began).exists(), rows
