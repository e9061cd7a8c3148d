"""A network with a secret of every kind in it, and who may know each. For test_network_privacy.py.

Each secret is a word that stands nowhere else. Words that a search may be asked for (ASKED) stand in
the same texts and are secret to nobody.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import Member
from forums.activities.models import Activity, ActivityHost, Attendance, CalendarKey, Open
from forums.discussions.announcements.models import Announcement
from forums.discussions.boards.models import Board
from forums.discussions.posts.actions import edit_post
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import State, TopicNetwork
from forums.discussions.voices.models import View
from forums.groups.contacts.models import Contact
from forums.groups.invitations.models import Invitation
from forums.groups.memberships.models import JoinRequest
from forums.groups.networks.models import Audience, EventKind, Network
from forums.groups.networks.recording import record_event
from forums.groups.organisations.models import NetworkOrganisation, Organisation
from forums.groups.rosters.models import Roster, RosterLine
from forums.ledger.models import Flow, Line
from forums.moderation import actions as moderation
from forums.moderation.networks import actions
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.text.render import render
from tests.make import (
    join,
    make_board,
    make_board_of,
    make_member,
    make_network,
    make_post,
    make_topic,
)
from tests.security.world import png

READERS = ("visitor", "outsider", "member", "coordinator", "moderator")
INSIDE = {"member", "coordinator", "moderator"}
LEADING = {"coordinator", "moderator"}
ONLY_STAFF = {"moderator"}
ASKED = "ประชุมริมน้ำ"  # what somebody would search for

# The secret word of each private object, and who may know it.
SECRETS: dict[str, tuple[str, set[str]]] = {
    "a members-only board": ("zroomqx", INSIDE),
    "its topic's title": ("ztitleqx", INSIDE),
    "its topic's text": ("ztextqx", INSIDE),
    "a post there": ("zpostqx", INSIDE),
    "what that post said before": ("zbeforeqx", INSIDE),
    "why it was changed": ("zchangeqx", INSIDE),
    "a picture there": ("zpictureqx", INSIDE),
    "a tag used only there": ("ztagqx", INSIDE),
    "a decision there": ("zdecisionqx", INSIDE),
    "our view of a topic there": ("zviewqx", INSIDE),
    "a hidden post in an open topic": ("zhiddenpostqx", ONLY_STAFF),
    "a hidden topic of an open board": ("zhiddentopicqx", ONLY_STAFF),
    "a members-only activity": ("zactivityqx", INSIDE),
    "where it is held": ("zplaceqx", INSIDE),
    "its report": ("zreportqx", INSIDE),
    "a contact shown to members": ("zcontactqx", INSIDE),
    "a contact shown to coordinators": ("zphoneqx", LEADING),
    "a member who never wrote": ("zsilentqx", INSIDE),
    "an invitation's link": ("zinvitationqx", LEADING),
    "an invitation's address": ("zinvitedqx", LEADING),
    "an address on a list": ("zlistedqx", {"coordinator"}),
    "a request to join": ("zrequestqx", LEADING),
    "a line of a ledger that is off": ("zledgerqx", LEADING),
    "an organisation not yet confirmed": ("zpendingqx", LEADING),
    "a hidden network": ("zhiddennetqx", ONLY_STAFF),
    "a board of a hidden network": ("zhiddenroomqx", ONLY_STAFF),
    "a topic of a hidden network": ("zhiddenwordqx", ONLY_STAFF),
    "an activity of a hidden network": ("zhiddenactqx", ONLY_STAFF),
    "a decision about a hidden network": ("zhiddenwhyqx", ONLY_STAFF),
}


def word(name: str) -> str:
    return SECRETS[name][0]


@dataclass
class PrivateNetwork:
    """What addresses name, the readers, and addresses that are nobody's but some readers' to open."""

    people: dict[str, Member | None]
    names: dict[str, Any] = field(default_factory=dict)


def build() -> PrivateNetwork:
    """The network and all its secrets, through the actions where there is one."""
    coordinator, member = make_member("khlong", display_name="พี่คลอง"), make_member("nok")
    silent = make_member("ngiap", display_name=word("a member who never wrote"))
    outsider, moderator = make_member("outsider"), make_member("keeper", is_staff=True)
    network = make_network("คนรักคลอง", coordinator, members_shown_to=Audience.NETWORK)
    join(network, member, silent)
    record_event(network.pk, EventKind.JOINED, actor=silent, member=silent)
    elsewhere = make_network("คนรักป่า", outsider)
    people = {
        "visitor": None,
        "outsider": outsider,
        "member": member,
        "coordinator": coordinator,
        "moderator": moderator,
    }
    made = PrivateNetwork(people)
    made.names = {"network": network.slug, "elsewhere": elsewhere.slug, "author": member.handle}
    made.names |= _talk(network, coordinator, member, moderator, elsewhere)
    made.names |= _hidden_things(moderator)
    made.names |= _activity(network, coordinator, member)
    _page(network, coordinator)
    made.names |= _money_and_partners(network, coordinator)
    made.names["roster"] = Roster.objects.get().pk
    made.names |= _hidden_network(moderator)
    return made


def _talk(
    network: Network, coordinator: Member, member: Member, moderator: Member, elsewhere: Network
) -> dict[str, Any]:
    board = make_board_of(network, "network", f"ห้อง {word('a members-only board')}")
    picture = save_picture(uploader=member, file=png(), alt=word("a picture there"))
    topic = make_topic(
        member,
        board,
        kind="article",
        title=f"{ASKED} {word("its topic's title")}",
        body=f"{ASKED} {word("its topic's text")}\n\n{markdown(picture)}",
        tags=[word("a tag used only there"), "คลอง"],
        cover=picture,
    )
    post = make_post(topic, member, body=f"{ASKED} {word('what that post said before')}")
    edit_post(
        editor=member, post=post, body=f"{ASKED} {word('a post there')}",
        reason=word("why it was changed"), seen_revision=0,
    )  # fmt: skip
    moderation.pin(moderator=moderator, topic=topic, reason=word("a decision there"))
    Post.objects.filter(topic=topic).update(network=network)
    for joined in (network, elsewhere):
        TopicNetwork.objects.create(topic=topic, network=joined, state=State.PRESENT, post_count=1)
    View.objects.create(
        topic=topic, network=network, number=1, author=coordinator,
        body=word("our view of a topic there"),
    )  # fmt: skip
    now = timezone.now()
    Announcement.objects.create(
        topic=topic, network=network, announced_by=coordinator, created_at=now, goes_out_at=now
    )
    open_topic = make_topic(member, make_board("ห้องเปิด"), title=ASKED, tags=["คลอง"])
    return {
        "board": board.slug,
        "board_id": board.pk,
        "topic": topic.pk,
        "slug": topic.slug,
        "post": post.pk,
        "picture": picture.pk,
        "size": picture.sizes[0],
        "open_topic": open_topic.pk,
        "open_slug": open_topic.slug,
        "open_board": open_topic.board.slug,
    }


def _hidden_things(moderator: Member) -> dict[str, Any]:
    topic = make_topic(board=make_board("ห้องสอง"), title="คุยกัน")
    post = make_post(topic, make_member(), body=word("a hidden post in an open topic"))
    moderation.hide_post(moderator=moderator, post=post, reason="โฆษณา")
    title = f"{ASKED} {word('a hidden topic of an open board')}"
    hidden = make_topic(board=topic.board, title=title)
    moderation.hide_topic(moderator=moderator, topic=hidden, reason="โฆษณา")
    return {
        "shown_topic": topic.pk,
        "shown_slug": topic.slug,
        "shown_board": topic.board.slug,
        "hidden_post": post.pk,
        "hidden_topic": hidden.pk,
        "hidden_slug": hidden.slug,
    }


def _activity(network: Network, coordinator: Member, member: Member) -> dict[str, Any]:
    now = timezone.now()
    activity = Activity.objects.create(
        title=f"{ASKED} {word('a members-only activity')}", slug=word("a members-only activity"),
        place=word("where it is held"), open_to=Open.MEMBERS, created_by=coordinator,
        starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=2, hours=3),
        report=word("its report"), report_html=render(word("its report")).html,
        reported_at=now, reported_by=coordinator,
    )  # fmt: skip
    ActivityHost.objects.create(activity=activity, network=network, confirmed_at=now)
    Attendance.objects.create(activity=activity, member=member, answer="going")
    record_event(network.pk, EventKind.ACTIVITY, actor=coordinator, activity=activity)
    key = CalendarKey.objects.create(member=Member.objects.get(handle="outsider"))
    return {"activity": activity.pk, "activity_slug": activity.slug, "calendar": key.secret}


def _page(network: Network, coordinator: Member) -> None:
    for name, audience in (
        ("a contact shown to members", Audience.NETWORK),
        ("a contact shown to coordinators", Audience.COORDINATORS),
    ):
        Contact.objects.create(network=network, label="โทร", value=word(name), audience=audience)
    soon = timezone.now() + timedelta(days=5)
    for fields in (
        {"token": word("an invitation's link")},
        {"email": f"{word("an invitation's address")}@example.org"},
    ):
        Invitation.objects.create(
            network=network, created_by=coordinator, expires_at=soon, max_uses=3, **fields
        )
    address = f"{word('an address on a list')}@example.org"
    roster = Roster.objects.create(
        network=network, created_by=coordinator, created_at=timezone.now(), days=7
    )
    RosterLine.objects.create(roster=roster, line=1, address=address)
    JoinRequest.objects.create(
        network=network,
        member=make_member(),
        questions=["ทำไม"],
        answers=[word("a request to join")],
    )


def _money_and_partners(network: Network, coordinator: Member) -> dict[str, Any]:
    now = timezone.now()
    Line.objects.create(
        network=network, flow=Flow.INCOME, date=now.date(), source="บริจาค",
        purpose=word("a line of a ledger that is off"), amount=Decimal(100), created_by=coordinator,
    )  # fmt: skip
    organisation = Organisation.objects.create(
        slug="วัดริมน้ำ", name="วัดริมน้ำ", name_key="ว", sort_key="ว", sector="civil",
        created_by=coordinator,
    )  # fmt: skip
    NetworkOrganisation.objects.create(
        network=network, organisation=organisation, by_network_at=now, by_network=coordinator,
        note=word("an organisation not yet confirmed"),
    )  # fmt: skip
    return {"organisation": organisation.slug}


def _hidden_network(moderator: Member) -> dict[str, Any]:
    owner = make_member("owner")
    hidden = make_network(f"{ASKED} {word('a hidden network')}", owner)
    board: Board = make_board_of(hidden, "everyone", word("a board of a hidden network"))
    topic = make_topic(owner, board, title=f"{ASKED} {word('a topic of a hidden network')}")
    now = timezone.now()
    activity = Activity.objects.create(
        title=word("an activity of a hidden network"), open_to=Open.EVERYONE,
        slug=word("an activity of a hidden network"),
        created_by=owner, starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2),
    )  # fmt: skip
    ActivityHost.objects.create(activity=activity, network=hidden, confirmed_at=now)
    why = word("a decision about a hidden network")
    actions.hide(moderator=moderator, network=hidden, reason=why)
    return {
        "hidden_network": hidden.slug,
        "hidden_network_id": hidden.pk,
        "hidden_board": board.slug,
        "hidden_network_topic": topic.pk,
        "hidden_network_slug": topic.slug,
        "hidden_activity": activity.pk,
    }
