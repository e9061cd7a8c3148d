"""A small community, what may be written in it, and the addresses that show it; time goes as a test lets it go."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from random import Random
from typing import Any

import hypothesis.strategies as st
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from hypothesis.stateful import RuleBasedStateMachine, rule

from accounts.actions import save_profile
from accounts.models import Member
from forums.activities.hosting.actions import cancel
from forums.activities.models import Activity
from forums.base.errors import ForumError
from forums.discussions.boards.actions import open_board, save_board
from forums.discussions.boards.models import Access, Board
from forums.discussions.openings.actions import (
    accept_answer,
    delete_topic,
    edit_topic,
    start_topic,
    take_back_deletion,
)
from forums.discussions.polls.actions import answer, close
from forums.discussions.polls.models import Poll
from forums.discussions.posts.actions import delete_post, edit_post, react, reply
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.discussions.voices.actions import answer_invitation, invite_network, set_view
from forums.groups.links.actions import ask_link, confirm_link
from forums.groups.links.models import LinkKind
from forums.groups.memberships.actions import give_role, join, leave
from forums.groups.memberships.models import Role
from forums.groups.networks.models import Joining, Network
from forums.groups.profiles.actions import edit_network
from forums.knowledge.voting.actions import close_round
from forums.knowledge.voting.models import Round
from forums.moderation import actions as moderation
from forums.moderation.concealing.actions import conceal_passages, reveal_passages
from forums.moderation.merging import actions as merging
from forums.moderation.networks import actions as networks
from forums.moderation.sanctions.actions import restore, suspend
from forums.moderation.topics import actions as regrouping
from forums.notifications.actions import remind
from forums.pages.actions import save_link, save_page
from forums.pages.models import Page
from tests.discussions.polls.making import make_poll
from tests.knowledge.making import make_round, make_statement
from tests.make import make_activity, make_board, make_member, make_network

WHY = "ตามกติกา"


def write(act: Callable[..., None]) -> Callable[..., None]:
    """A rule of the machine: it draws what it needs from `any_`; what the site refuses is no write."""

    @rule(any_=st.randoms(use_true_random=False))
    @wraps(act)
    def tried(self: "Community", any_: Random) -> None:
        self.any = any_
        with suppress(ForumError, ValidationError):
            act(self)

    return tried


class Community(RuleBasedStateMachine):
    """Three members, a moderator, two networks of theirs, three boards and as many topics."""

    now: datetime  # what every clock of the site says

    def __init__(self) -> None:
        super().__init__()
        self.any = Random(0)  # noqa: S311
        self.words = 0
        self.people = [make_member(trust_level=3) for _n in range(3)]
        self.moderator = make_member(is_staff=True, is_superuser=True)
        self.boards = [make_board(self.said("ห้อง")) for _n in range(2)]
        for member in self.people[:2]:
            network = make_network(self.said("เครือข่าย"), member, joining=Joining.OPEN)
            self.boards.append(open_board(member=member, network=network, name=self.said("ลาน")))
        for board in self.boards[:3]:
            self.begin(self.people[0], board)

    def said(self, what: str) -> str:
        """Words that stand nowhere yet."""
        self.words += 1
        return f"{what} เรื่องที่ {self.words}"

    def begin(self, author: Member, board: Board) -> Topic:
        title, body, tags = self.said("กระทู้"), self.said("เล่า โทร 081-234-5678"), ["คลอง"]
        return start_topic(
            author=author, board=board, kind="question", title=title, body=body, tags=tags
        )

    # -- one of those that are there -----------------------------------------------------------

    def one(self, rows: QuerySet[Any]) -> Any:
        """One of them; what needs one where there is none is refused."""
        found = list(rows.order_by("pk"))
        if not found:
            raise ForumError
        return self.any.choice(found)

    @property
    def who(self) -> Member:
        return Member.objects.get(pk=self.any.choice(self.people).pk)

    @property
    def topic(self) -> Topic:
        return self.one(Topic.objects.all())

    @property
    def post(self) -> Post:
        return self.one(Post.objects.filter(number__gt=0))

    @property
    def network(self) -> Network:
        return self.one(Network.objects.select_related("registered_by"))

    @property
    def decided(self) -> dict[str, Any]:
        return {"moderator": self.moderator, "reason": WHY}

    # -- what is written -----------------------------------------------------------------------

    @write
    def starts(self) -> None:
        self.begin(self.who, self.one(Board.objects.all()))

    @write
    def replies(self) -> None:
        topic = self.topic
        parent = self.any.choice([None, *topic.posts.filter(number__gt=0)])
        reply(author=self.who, topic=topic, body=self.said("ตอบ"), parent=parent)

    @write
    def is_undone(self) -> None:
        with transaction.atomic():
            reply(author=self.who, topic=self.topic, body=self.said("ไม่มีใครได้อ่าน"))
            transaction.set_rollback(True)

    @write
    def marks(self) -> None:
        kind, on = self.any.choice(["useful", "agree"]), self.any.random() < 0.7
        react(member=self.who, post=self.one(Post.objects.all()), kind=kind, on=on)

    @write
    def edits(self) -> None:
        post = self.post
        edit_post(editor=post.author, post=post, body=self.said("แก้"), reason=WHY)

    @write
    def deletes(self) -> None:
        post = self.post
        delete_post(member=post.author, post=post)

    @write
    def names_a_topic_anew(self) -> None:
        topic, words = self.topic, {"title": self.said("ชื่อใหม่"), "body": self.said("เล่าใหม่")}
        edit_topic(editor=topic.author, topic=topic, tags=[self.said("แท็ก")], reason=WHY, **words)

    @write
    def deletes_a_topic(self) -> None:
        topic = self.topic
        act = take_back_deletion if topic.deleted_at else delete_topic
        act(member=topic.author, topic=topic)

    @write
    def accepts(self) -> None:
        post = self.post
        accept_answer(member=post.topic.author, topic=post.topic, post=post)

    @write
    def polls(self) -> None:
        make_poll(self.topic, self.who)

    @write
    def answers_a_poll(self) -> None:
        marks = self.any.choice([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
        answer(member=self.who, poll=self.one(Poll.objects.all()), marks=marks)

    @write
    def closes_a_poll(self) -> None:
        poll = self.one(Poll.objects.all())
        close(member=poll.author, poll=poll)

    @write
    def asks_for_votes(self) -> None:
        topic = self.topic
        make_statement(topic)
        make_round(topic)

    @write
    def ends_a_round(self) -> None:
        close_round(member=self.moderator, round_=self.one(Round.objects.all()))

    @write
    def relates(self) -> None:
        ids = list(Topic.objects.order_by("pk").values_list("pk", flat=True))
        Topic.objects.filter(pk=self.any.choice(ids)).update(related=self.any.sample(ids, 2))

    # -- networks and people -------------------------------------------------------------------

    @write
    def is_called_otherwise(self) -> None:
        said = {"display_name": self.said("ชื่อ"), "bio": "", "province": "50", "links": []}
        save_profile(member=self.who, **said)

    @write
    def joins(self) -> None:
        join(member=self.any.choice([make_member(), self.who]), network=self.network)

    @write
    def leaves(self) -> None:
        leave(member=self.who, network=self.network)

    @write
    def is_given_a_role(self) -> None:
        network = self.network
        role = self.any.choice(Role.values)
        give_role(coordinator=network.registered_by, network=network, member=self.who, role=role)

    @write
    def edits_a_network(self) -> None:
        network = self.network
        new = self.any.choice([{"name": self.said("เปลี่ยนชื่อ")}, {"aim": self.said("มุ่งหมาย")}])
        edit_network(editor=network.registered_by, network=network, **new)

    @write
    def links(self) -> None:
        one, other = self.network, self.network
        kind = LinkKind.LINKED
        link = ask_link(member=one.registered_by, network=one, other=other, kind=kind)
        confirm_link(member=other.registered_by, link=link)

    @write
    def announces(self) -> None:
        network = self.network
        make_activity(network, network.registered_by, title=self.said("กิจกรรม"))

    @write
    def cancels(self) -> None:
        activity = self.one(Activity.objects.select_related("created_by"))
        cancel(member=activity.created_by, activity=activity, reason=WHY)

    @write
    def invites(self) -> None:
        topic, network = self.topic, self.network
        invite_network(member=topic.author, topic=topic, network=network)
        answer_invitation(member=network.registered_by, topic=topic, network=network, accept=True)

    @write
    def says_a_view(self) -> None:
        topic, network = self.topic, self.network
        said = {"member": network.registered_by, "topic": topic, "network": network}
        set_view(**said, body=self.said("มุมมอง"))

    # -- what is decided -----------------------------------------------------------------------

    @write
    def hides(self) -> None:
        act = self.any.choice([moderation.hide_post, moderation.unhide_post])
        act(post=self.post, **self.decided)

    @write
    def hides_a_topic(self) -> None:
        topic = self.topic
        act = moderation.unhide_topic if topic.hidden_at else moderation.hide_topic
        act(topic=topic, **self.decided)

    @write
    def locks(self) -> None:
        topic = self.topic
        act = moderation.unlock if topic.locked_at else moderation.lock
        self.any.choice([act, moderation.pin, moderation.unpin])(topic=topic, **self.decided)

    @write
    def moves(self) -> None:
        board = self.one(Board.objects.all())
        moderation.move(topic=self.topic, board=board, **self.decided)

    @write
    def keeps_a_topic_apart(self) -> None:
        topic = self.topic
        act = regrouping.reopen if topic.archived_at else regrouping.archive
        listing = regrouping.relist if topic.unlisted_at else regrouping.take_off_lists
        self.any.choice([act, listing])(topic=topic, **self.decided)

    @write
    def slows_down(self) -> None:
        if self.any.random() < 0.5:
            regrouping.slow_down(topic=self.topic, minutes=5, **self.decided)
        else:
            at = timezone.now() + timedelta(hours=self.any.randrange(1, 30))
            regrouping.close_at(topic=self.topic, at=at, **self.decided)

    @write
    def splits(self) -> None:
        post = self.post
        title = self.said("แยก")
        regrouping.split(topic=post.topic, numbers=str(post.number), title=title, **self.decided)

    @write
    def puts_together(self) -> None:
        topic = self.topic
        if topic.merged_into_id:
            regrouping.unjoin(topic=topic, **self.decided)
        elif self.any.random() < 0.3:
            regrouping.unsplit(topic=topic, **self.decided)
        else:
            regrouping.join(topic=topic, into=self.topic, **self.decided)

    @write
    def conceals(self) -> None:
        post = self.one(Post.objects.all())
        if self.any.random() < 0.3:
            reveal_passages(post=post, **self.decided)
        else:
            conceal_passages(post=post, passages=["081-234-5678"], **self.decided)

    @write
    def decides_on_a_network(self) -> None:
        acts = (networks.verify, networks.unverify, networks.feature, networks.unfeature)
        more = (networks.hide, networks.unhide, networks.unhide)
        self.any.choice([*acts, *more])(network=self.network, **self.decided)

    @write
    def merges_networks(self) -> None:
        network = self.network
        if network.merged_into_id:
            merging.unmerge(network=network, **self.decided)
        else:
            merging.merge(network=network, into=self.network, **self.decided)

    @write
    def appoints(self) -> None:
        self.any.choice([moderation.appoint, moderation.dismiss])(member=self.who, **self.decided)

    @write
    def sends_away(self) -> None:
        if self.any.random() < 0.3:
            until = timezone.now() + timedelta(days=3)
            suspend(member=self.who, until=until, **self.decided)
        else:
            restore(member=self.who, **self.decided)

    @write
    def changes_a_board(self) -> None:
        board = self.one(Board.objects.filter(network=None))
        level = self.any.choice([Access.EVERYONE, Access.EVERYONE, Access.MEMBERS])
        save_board(board=board, name=self.said("ห้อง"), slug=board.slug, read_level=level)

    @write
    def changes_the_footer(self) -> None:
        if self.any.random() < 0.5:
            save_link(name=self.said("ที่อื่น"), url="https://example.org/")
        else:
            page = Page.objects.first()
            save_page(slug="rules", title=self.said("กติกา"), body="สุภาพ", page=page)

    # -- what time does ------------------------------------------------------------------------

    @write
    def time_passes(self) -> None:
        seconds = self.any.choice([20, 70, 400, 4_000, 90_000])
        Community.now += timedelta(seconds=seconds)
        if seconds > 60:  # so long a process remembers, by a clock that stands still here
            caches["process"].clear()

    @write
    def the_worker_comes(self) -> None:
        assert remind() == []

    # -- where it is read ----------------------------------------------------------------------

    def addresses(self) -> list[str]:
        """Of all pages that show it and may be kept."""
        boards = [f"/b/{slug}/" for slug in Board.objects.values_list("slug", flat=True)]
        rows = [*Topic.objects.all(), *Network.objects.all()]
        lists = ("/", "/new/", "/hot/", "/unanswered/", "/boards/", "/networks/")
        return [*lists, *boards, *(row.get_absolute_url() for row in rows)]
