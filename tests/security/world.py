"""A small community with something of everything, and every route of the site with addresses in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from PIL import Image

from accounts.actions import set_picture
from accounts.models import Member
from forums.activities.calendars.actions import renew_calendar
from forums.activities.models import Activity, CalendarKey
from forums.discussions.announcements.models import Announcement
from forums.discussions.boards.actions import open_board
from forums.discussions.boards.models import Access, Board
from forums.discussions.posts.actions import edit_post
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import can_reply
from forums.discussions.voices.models import View
from forums.groups.contacts.actions import save_contact, save_office
from forums.groups.contacts.models import Contact, Office
from forums.groups.invitations.actions import make_link
from forums.groups.invitations.models import Invitation
from forums.groups.links.actions import ask_link
from forums.groups.links.models import LinkKind, NetworkLink
from forums.groups.memberships.actions import ask_to_join
from forums.groups.memberships.models import JoinRequest
from forums.groups.networks.models import Network
from forums.groups.organisations.models import Organisation, Representative
from forums.groups.profiles.actions import change
from forums.groups.rosters.actions import keep as keep_roster
from forums.groups.rosters.models import Roster
from forums.groups.rosters.reading import read_roster
from forums.groups.staff_requests.models import StaffRequest
from forums.knowledge.portrayals.models import Portrayal
from forums.knowledge.restatements.models import Restatement
from forums.ledger.actions import open_ledger
from forums.ledger.models import Line, LineImport
from forums.ledger.sheets.actions import keep_import
from forums.moderation import actions as moderation
from forums.moderation.audit.models import AdminAct
from forums.moderation.clarifications.actions import ask
from forums.moderation.crawlers.models import Crawler
from forums.moderation.notes.actions import write_note
from forums.moderation.notes.models import StaffNote
from forums.moderation.queue.actions import open_case
from forums.moderation.reports.actions import report as report_problem
from forums.moderation.reports.models import ProblemReport
from forums.moderation.subjects import of_post
from forums.moderation.sweeping.models import Sweep
from forums.notifications.push.models import PushDevice
from forums.notifications.stop_links import Stop, sign
from forums.pages.actions import save_page
from forums.pages.models import CommunityLink, Page
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.pictures.models import Attachment
from forums.privacy.traffic.actions import give_right
from forums.privacy.traffic.models import TrafficLook, TrafficReader
from forums.reading.bookmarks.actions import mark
from forums.reading.drafts.actions import keep
from forums.reading.messages.actions import begin, report
from tests.devices import device_of
from tests.discussions.polls.making import make_poll
from tests.groups.organisations.make import make_organisation, represent
from tests.ledger.make import entry, make_line
from tests.make import (
    join,
    make_activity,
    make_board,
    make_board_of,
    make_member,
    make_network,
    make_post,
    make_topic,
)
from tests.security.decisions import of_decisions
from tests.security.knowledge import of_statements

PASSWORD = "มะม่วงสุกใต้ต้น 7 ลูก"
NO_ONE = "0190a000-0000-7000-8000-000000000001"


def png() -> SimpleUploadedFile:
    """A small true picture."""
    file = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(file, "PNG")
    return SimpleUploadedFile("ภาพ.png", file.getvalue(), "image/png")


@dataclass
class World:
    """What addresses name. `topic` is a question of Malee's, `post` Somchai's edited comment."""

    board: Board
    topic: Topic
    post: Post
    own: Post  # Malee's comment
    picture: Attachment
    network: Network  # Malee coordinates it; Fellow is in it, Asker asks to be
    activity: Activity  # of that network, to come, open to everyone
    people: dict[str, Member | None]

    def names(self) -> dict[str, Any]:
        """What stands for each argument in the addresses of tests/security/routes.py."""
        malee = self.people["malee"]
        assert malee is not None
        return {
            "board": self.board.slug,
            "topic": self.topic.pk,
            "slug": self.topic.slug,
            "post": self.post.pk,
            "own": self.own.pk,
            "picture": self.picture.pk,
            "network": self.network.slug,
            "network_board": self.network.boards.order_by("pk")[0].pk,
            "network_pk": self.network.pk,
            "plea": StaffRequest.objects.get().pk,
            **of_money(self.network, malee),
            "announcement": of_announcements(self.network, self.topic, malee),
            "roster": of_rosters(self.network, malee),
            **of_organisations(self.network, malee),
            "token": Invitation.objects.get().token,
            "invitation": Invitation.objects.get().pk,
            "asked": JoinRequest.objects.get().pk,
            "fellow": "fellow",
            "activity": self.activity.pk,
            "activity_slug": self.activity.slug,
            "calendar": CalendarKey.objects.get(member=malee).secret,
            "size": self.picture.sizes[0],
            "face": malee.picture,
            "member": malee.pk,
            "handle": malee.handle,
            "page": Page.objects.get(slug="rules").pk,
            "link": CommunityLink.objects.get().pk,
            "board_pk": self.board.pk,
            "decision": self.topic.decisions.get().pk,
            **of_decisions(self.topic, malee),
            "contact": Contact.objects.get(network=self.network).pk,
            "office": Office.objects.get(network=self.network).pk,
            "network_link": NetworkLink.objects.get(target=self.network).pk,
            "emblem": self.network.picture,
            **of_reading(self.post, malee),
            "clarification": of_clarifications(self.topic, self.people["somchai"] or malee),
            "restatement": of_restatements(self.post, malee),
            "portrayal": of_portrayals(self.topic, self.network, malee),
            "poll": of_polls(self.topic, malee, self.people["moderator"]),
            "reported": of_reports(self.post, malee),
            **of_traffic(self.people["administrator"]),
            "case": of_cases(self.network),
            "note": of_notes(malee),
            "sweep": of_sweeps(malee),
            "stop": sign(Stop(malee.pk, "part")),
            **of_statements(self.topic, self.people["moderator"], self.people["administrator"]),
            "none": NO_ONE,
        }


def of_money(network: Network, keeper: Member) -> dict[str, Any]:
    """An open ledger with a line, and a file that waits."""
    line = Line.objects.filter(network=network).first()
    if line is None:
        open_ledger(keeper=keeper, network=network)
        line = make_line(network, keeper)
        keep_import(keeper=keeper, network=network, entries=[entry(document_link="")], file_name="")
    return {"line": line.pk, "import": LineImport.objects.get(network=network).pk}


def of_traffic(head: Member | None) -> dict[str, Any]:
    """Who may read the traffic log, a look into it, a crawler."""
    assert head is not None
    until = timezone.now()
    return {
        "traffic_reader": _reader(head),
        "admin_act": AdminAct.objects.get_or_create(
            member=head, page="admin:index", defaults={"status": 302}
        )[0].pk,
        "crawler": Crawler.objects.get_or_create(sign="WorldBot", treatment="allowed")[0].pk,
        "look": TrafficLook.objects.get_or_create(
            reader=head,
            why="คำสั่งที่ 9/2569",
            defaults={"since": until - timedelta(hours=1), "until": until},
        )[0].pk,
    }


def _reader(head: Member) -> int:
    found = TrafficReader.objects.first()
    reader = found.member if found else make_member("reader", is_staff=True)
    return give_right(administrator=head, member=reader).pk


def of_announcements(network: Network, topic: Topic, coordinator: Member) -> int:
    """One that goes out in some minutes; of a topic that stands elsewhere, or its board could not be closed."""
    now = timezone.now()
    found, _made = Announcement.objects.get_or_create(
        network=network,
        defaults={
            "topic": topic,
            "announced_by": coordinator,
            "created_at": now,
            "goes_out_at": now + timedelta(hours=1),
        },
    )
    return found.pk


def of_rosters(network: Network, coordinator: Member) -> int:
    """A file that waits to be sent, one line of it wrong."""
    roster = Roster.objects.filter(network=network).first() or keep_roster(
        coordinator=coordinator, network=network, found=read_roster(b"a@example.org\nb@"), days=7
    )
    return roster.pk


def of_organisations(network: Network, member: Member) -> dict[str, Any]:
    """An organisation in the network, which its member coordinates, and another representative of it."""
    organisation = Organisation.objects.first() or make_organisation(
        "มูลนิธิสายน้ำ", member, coordinator=member, network=network
    )
    other = Representative.objects.exclude(member=member).first() or represent(organisation)
    return {
        "organisation": organisation.slug,
        "organisation_pk": organisation.pk,
        "representative": other.pk,
    }


def of_cases(network: Network) -> int:
    """What waits for moderators, those of the network too: somebody else's, in a board of theirs."""
    _first, *others = network.boards.order_by("pk")  # the first is empty: it can be closed
    board = others[0] if others else make_board_of(network, "everyone")
    topic = board.topics.first() or make_topic(board=board)
    post = Post.objects.select_related("topic__board").get(topic=topic, number=0)
    return open_case(kind="report", subject=of_post(post)).pk


def of_sweeps(member: Member) -> int:
    """What was taken of her by mistake: nothing."""
    author = Member.objects.get(handle="moderator")
    made, _new = Sweep.objects.get_or_create(member=member, moderator=author, reason="เข้าใจผิด")
    return made.pk


def of_notes(member: Member) -> int:
    """What moderators note of her."""
    author = Member.objects.get(handle="moderator")
    note = StaffNote.objects.filter(member=member).first() or write_note(
        author=author, member=member, text="เตือนเรื่องลิงก์ไปแล้ว", days=90
    )
    return note.pk


def of_reading(post: Post, member: Member) -> dict[str, Any]:
    """What Malee keeps for herself."""
    place = f"/t/{post.topic_id}/reply/"
    draft = keep(member=member, place=place, fields={"body": ["ค้างไว้"]}, beginning="ค้างไว้")
    said = begin(writer=make_member(trust_level=1), people=[member], body="ถึงมาลี")
    device = PushDevice.objects.visible_to(member).first() or device_of(member)[0]
    return {
        "draft": draft.pk,
        "bookmark": mark(member=member, post=post).pk,
        "conversation": said.conversation_id,
        "message": said.pk,
        "message_report": report(member=member, message=said, reason="ข่มขู่").pk,
        "device": device.pk,
    }


def of_clarifications(topic: Topic, member: Member) -> int:
    """Somchai says that he is meant in Malee's topic."""
    values = {"named": "person", "how": "ในคำถามข้อแรก", "body": "ขอเล่าจากฝั่งของผม"}
    return ask(member=member, topic=topic, **values).pk


def of_restatements(post: Post, member: Member) -> int:
    """Malee says what Somchai means."""
    return Restatement.objects.get_or_create(
        topic=post.topic, post=post, author=member, number=1, defaults={"body": "อยากให้มีเวร"}
    )[0].pk


def of_portrayals(topic: Topic, network: Network, member: Member) -> int:
    """What Malee said a network thinks; nobody reads it any more, and it did not pass."""
    values = {"topic": topic, "network": network}
    view = View.objects.filter(**values).first() or View.objects.create(
        **values, number=1, body="ไปให้ถึงทุกบ้าน", author=member
    )
    return Portrayal.objects.get_or_create(
        **values,
        target=network,
        author=member,
        against=view,
        defaults={"body": "อยากให้มีเวร", "ended_at": timezone.now()},
    )[0].pk


def of_polls(topic: Topic, member: Member, other: Member | None) -> int:
    """A poll of Malee's in her topic, which nobody has answered; of a moderator's, where Malee may not write."""
    return make_poll(topic, member if can_reply(member, topic) else other).pk


def of_reports(post: Post, member: Member) -> int:
    """What Malee reported: a comment of the same topic, or who wrote it, where it is her own."""
    sent = ProblemReport.objects.filter(reporter=member).first()
    other = make_post(post.topic, post.author)
    return (sent or report_problem(member=member, subject=of_post(other), problem="rude")).pk


def make_people() -> dict[str, Member | None]:
    """The five who knock at every door."""
    words = {"password": PASSWORD}
    return {
        "visitor": None,
        "somchai": make_member("somchai", email="somchai@example.org", **words),
        "malee": make_member("malee", email="malee@example.org", **words),
        "moderator": make_member("moderator", is_staff=True, **words),
        "administrator": make_member("administrator", is_staff=True, is_superuser=True, **words),
    }


def make_world(people: dict[str, Member | None], *, read: int = Access.EVERYONE) -> World:
    """One board with a question, two comments, a picture, an edit and a decision in it."""
    malee, somchai, moderator = (people[name] for name in ("malee", "somchai", "moderator"))
    staff = read == Access.STAFF
    asker = moderator if staff else malee
    other = moderator if staff else somchai
    assert malee
    assert asker
    assert other
    board = make_board(read=read)
    picture = save_picture(uploader=asker, file=png(), alt="ภาพหนึ่ง")
    topic = make_topic(
        asker, board, kind="question", body=f"ถามหน่อย\n\n{markdown(picture)}", tags=["เตียงลม"]
    )
    post = make_post(topic, other)
    edit_post(editor=other, post=post, body="แก้แล้ว", reason="คำผิด", seen_revision=0)
    own = make_post(topic, asker)
    make_post(topic, other, parent=own)
    moderation.pin(moderator=moderator, topic=topic, reason="ให้เห็นก่อน")
    if not malee.picture:
        set_picture(member=malee, file=png())
        save_page(slug="rules", title="กติกา", body="สุภาพ", position=1, in_footer=True)
        CommunityLink.objects.get_or_create(name="ที่อื่น", url="https://example.org/")
    for made in (topic, malee):
        made.refresh_from_db()
    network = Network.objects.first() or _network(malee, somchai or malee)
    if not network.boards.exists():
        open_board(member=malee, network=network, name="ลานคลอง")
    StaffRequest.objects.get_or_create(network=network, kind="verify", member=malee, reason="มีจริง")
    if network.member_count == 1:
        join(network, make_member("fellow"))
        ask_to_join(member=make_member("asker"), network=network)
        make_link(coordinator=malee, network=network, days=7, uses=50)
    activity = Activity.objects.first() or make_activity(network, malee)
    if not CalendarKey.objects.filter(member=malee).exists():
        renew_calendar(member=malee)
    return World(
        board, topic, Post.objects.get(pk=post.pk), own, picture, network, activity, people
    )


def _network(malee: Member, somchai: Member) -> Network:
    """Malee's network: an emblem of its own, a contact, a duty; Somchai's asks to be linked with it."""
    network = make_network("คนรักคลอง", malee)
    network = change(editor=malee, network=network, file=png())
    save_contact(editor=malee, network=network, label="ไลน์", value="klong", audience="network")
    save_office(editor=malee, network=network, title="เหรัญญิก", holder="ละเมียด")
    other = make_network("คนรักป่า", somchai)
    ask_link(member=somchai, network=other, other=network, kind=LinkKind.LINKED)
    return network


def walk(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every route of the URLconf as it is written there, the admin's and allauth's too."""
    for found in (resolver or get_resolver()).url_patterns:
        route = before + str(found.pattern).removeprefix("^")
        if isinstance(found, URLPattern):
            yield route
        else:
            yield from walk(found, route)
