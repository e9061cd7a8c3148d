"""A topic with a statement and a poll in every state, and everybody who might want to read them.

Each has a word of its own, which stands nowhere else: where it is read, that thing is told.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forums.discussions.boards.models import Access, Board
from forums.discussions.polls.actions import close as close_poll
from forums.discussions.polls.actions import take_back as take_poll_back
from forums.discussions.polls.models import Poll
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.discussions.voices.actions import set_view
from forums.groups.memberships.models import Membership, Role
from forums.knowledge.results.actions import publish
from forums.knowledge.statements.actions import merge, part, refuse, take_back
from forums.knowledge.statements.models import Refusal, Statement
from forums.knowledge.voting.actions import close_round, vote
from forums.knowledge.voting.models import Answered, Round
from forums.moderation.withdrawing.actions import withdraw_poll, withdraw_statement
from forums.reading.following.actions import block
from tests.clients import signed_in
from tests.discussions.polls.making import make_poll
from tests.knowledge.common_ground.told import looked
from tests.knowledge.making import ballot_of, make_round, make_statement, steward
from tests.make import join, make_board, make_board_of, make_member, make_network, make_topic

WHO = {
    "visitor": "not signed in",
    "gone": "her account is shut, her browser still signed in",
    "new": "level 0",
    "member": "level 1",
    "blocking": "wants to hear nothing of whoever wrote the statements",
    "silenced": "reads only, for some days",
    "outsider": "of another network that takes part",
    "insider": "of the network whose boards two of the boards are; has answered all there is, and looked",
    "author": "wrote the statements and asked the polls; of that network too",
    "starter": "began the topic; level 2",
    "steward": "level 3",
    "coordinator": "of that network",
    "keeper": "keeps order in that network's boards",
    "moderator": "of the site",
}
PEOPLE = tuple(WHO)
TITLE = "แคลคูลัสกับสวนหลังบ้าน"  # of the topic: its word
FRUITS = {  # the word of each thing
    "waiting": "มังคุด",
    "open": "ทุเรียน",
    "refused": "ลำไย",
    "merged": "ระกำ",
    "split": "ส้มโอ",
    "withdrawn": "ละมุด",
    "hidden": "มะไฟ",
    "poll": "กระท้อน",
    "closed poll": "ขนุน",
    "withdrawn poll": "พุทรา",
    "hidden poll": "น้อยหน่า",
}
FATES = [name for name in FRUITS if "poll" not in name]
POLLS = [name for name in FRUITS if "poll" in name]
WHY = "ตามกติกา"
STATES = {  # of the topic: what is set then
    "plain": (),
    "hidden": ("hidden",),
    "held": ("hidden", "held"),
    "deleted": ("deleted",),
    "unlisted": ("unlisted",),
    "closed": ("locked",),
    "archived": ("archived",),
    "merged": ("unlisted",),
}


@dataclass
class Place:
    people: dict[str, Member | None] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    polls: dict[str, Poll] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known: dict[str, Any] = {"trust_level": 1}
        coordinator = make_member("coordinator", **known)
        self.network = make_network("คนรักสวน", coordinator)
        self.other = make_network("คนรักเรือ", make_member())
        self.people = {
            "visitor": None,
            "gone": make_member("gone", is_active=False, **known),
            "new": make_member("newcomer"),
            "member": make_member("plain", **known),
            "blocking": make_member("blocking", **known),
            "silenced": make_member(
                "silenced", silenced_until=timezone.now() + timedelta(days=3), **known
            ),
            "outsider": make_member("outsider", **known),
            "insider": make_member("insider", **known),
            "author": make_member("author", **known),
            "starter": make_member("starter", trust_level=2),
            "steward": steward(),
            "coordinator": coordinator,
            "keeper": make_member("keeper", **known),
            "moderator": make_member("moderator", is_staff=True, **known),
        }
        author, keeper = self._one("author"), self._one("keeper")
        join(self.other, self._one("outsider"))
        join(self.network, self._one("insider"), author, *(make_member() for _ in range(3)))
        join(self.network, keeper, role=Role.MODERATOR)
        Membership.objects.update(joined_at=timezone.now() - timedelta(days=30))
        block(member=self._one("blocking"), person=author)
        self.boards = {
            "public": make_board("สวนของทุกคน", slug="public"),
            "members": make_board("สวนของสมาชิก", read=Access.MEMBERS, slug="members"),
            "network, all read": make_board_of(self.network, "everyone"),
            "network": make_board_of(self.network, "network"),
            "moderators": make_board("สวนหลังบ้าน", read=Access.STAFF, slug="staff"),
        }
        self.topic = make_topic(self._one("starter"), self.boards["public"], title=TITLE)
        for network in (self.network, self.other):
            TopicNetwork.objects.create(
                topic=self.topic, network=network, state=State.JOINED, first_at=timezone.now()
            )
        set_view(member=coordinator, topic=self.topic, network=self.network, body="อยากให้ร่มรื่น")
        self.elsewhere = make_topic(board=self.boards["public"], title="อีกกระทู้หนึ่ง")
        self._say(author)
        self._ask(author)
        self.round = self._vote()
        self.topic.refresh_from_db()
        looked(self._one("insider"), self.topic)
        self.clients = {
            who: signed_in(member, raise_request_exception=False)
            for who, member in self.people.items()
        }

    def _one(self, who: str) -> Member:
        found = self.people[who]
        assert found
        return found

    def _say(self, author: Member) -> None:
        looks, topic = steward(), self.topic

        def said(fate: str, **how: Any) -> Statement:
            return make_statement(topic, author, f"ทุกบ้านควรปลูก{FRUITS[fate]}", **how)

        self.open = [make_statement(topic) for _ in range(3)]  # with one more, and two parts: six
        found = {
            fate: said(fate, looked=fate not in ("waiting", "refused", "merged")) for fate in FATES
        }
        refuse(member=looks, statement=found["refused"], refusal=Refusal.UNCLEAR)
        merge(member=looks, statement=found["merged"], into=self.open[0])
        self.open += part(member=looks, statement=found["split"], bodies=["ปลูกหน้าบ้าน", "ปลูกหลังบ้าน"])
        take_back(member=author, statement=found["withdrawn"])
        withdraw_statement(moderator=self._one("moderator"), statement=found["hidden"], reason=WHY)
        self.open.append(found["open"])
        Statement.objects.update(created_at=timezone.now() - timedelta(days=4))
        for each in found.values():
            each.refresh_from_db()
        self.statements = found

    def _ask(self, author: Member) -> None:
        found = {
            name: make_poll(self.topic, author, question=f"ปลูก{FRUITS[name]}วันไหนดี")
            for name in POLLS
        }
        close_poll(member=author, poll=found["closed poll"])
        take_poll_back(member=author, poll=found["withdrawn poll"])
        withdraw_poll(moderator=self._one("moderator"), poll=found["hidden poll"], reason=WHY)
        self.polls = found

    def _vote(self) -> Round:
        """A round of which all is told already; it is open again, for there to be something to answer."""
        round_ = make_round(self.topic)
        for each in self.open:
            vote(member=self._one("insider"), round_=round_, statement=each, choice=Answered.AGREE)
        for side, network in enumerate([self.network, self.other]):
            for person in range(10):
                said = dict.fromkeys(self.open, 1 if person < 6 else -1)
                ballot_of(round_, network, said | {self.statements["open"]: -1 if side else 1})
        close_round(member=steward(), round_=round_)
        publish(round_=round_)
        Round.objects.filter(pk=round_.pk).update(closed_at=None)
        round_.refresh_from_db()
        return round_

    def over(self) -> None:
        """The round is over."""
        Round.objects.filter(pk=self.round.pk).update(closed_at=timezone.now())

    def topic_is(self, state: str, board: str = "public") -> None:
        """Let the topic stand in this board, in this state."""
        now = timezone.now()
        said: dict[str, Any] = {f"{each}_at": now for each in STATES[state]}
        if state == "merged":
            said |= {"merged_into": self.elsewhere, "merged_base": 1}
        Topic.objects.filter(pk=self.topic.pk).update(board=self.boards[board], **said)


@contextmanager
def undone() -> Iterator[None]:
    """What is written in here is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    caches["process"].clear()
