"""A place with something of everything to decide about, and everybody who might try."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Member, TrustLevel
from forums.discussions.voices.models import View
from forums.groups.memberships.models import Role
from forums.groups.staff_requests.models import StaffRequest
from forums.knowledge.glossary.models import Meaning, Word
from forums.knowledge.portrayals.models import Portrayal
from forums.knowledge.restatements.models import Restatement
from forums.ledger.actions import open_ledger
from forums.moderation.models import Decision
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.reading.messages.actions import begin
from tests.clients import signed_in
from tests.discussions.polls.making import make_poll
from tests.groups.organisations.make import make_organisation
from tests.knowledge.making import make_statement
from tests.ledger.make import make_line
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
from tests.security.world import png

PEOPLE = (
    *("visitor", "level 0", "level 1", "level 2", "level 3", "author"),
    *("network moderator", "moderator of another", "moderator", "administrator"),
)
ANYBODY = frozenset(PEOPLE)
MEMBERS = ANYBODY - {"visitor"}
OTHERS = MEMBERS - {"author"}
HEAD = frozenset({"administrator"})
SITE = HEAD | {"moderator"}
NETWORK = SITE | {"network moderator"}
NOBODY: frozenset[str] = frozenset()
WORDS = "ข้อความที่ถูกแจ้งว่าไม่เหมาะ"
WHY = "ตามกติกา"


@dataclass
class Place:
    """A topic of a network's board with a comment, both the author's; and whatever else is decided about."""

    people: dict[str, Member | None] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        coordinator, author = make_member(), make_member("author", trust_level=1)
        here, there = make_network("ที่นี่", coordinator), make_network("ที่อื่น", make_member())
        keeper, other = make_member("keeper"), make_member()
        join(here, author)
        join(here, keeper, role=Role.MODERATOR)
        join(there, other, role=Role.MODERATOR)
        self.people = {
            "visitor": None,
            **{f"level {n}": make_member(trust_level=TrustLevel(n)) for n in range(4)},
            "author": author,
            "network moderator": keeper,
            "moderator of another": other,
            "moderator": make_member(is_staff=True),
            "administrator": make_member(is_staff=True, is_superuser=True),
        }
        board = make_board_of(here, "everyone")
        picture = save_picture(uploader=author, file=png(), alt="ป้าย")
        topic = make_topic(author, board, body=f"{WORDS}\n\n{markdown(picture)}")
        open_ledger(keeper=coordinator, network=here)
        listener = self.people["level 1"]
        assert listener is not None
        self.things = {
            "topic": topic,
            "post": make_post(topic, author, body=WORDS),
            "member": author,
            "network": here,
            "organisation": make_organisation("มูลนิธิที่นี่"),
            "activity": make_activity(here, coordinator),
            "picture": picture,
            "line": make_line(here, coordinator, document_link=""),
            "poll": make_poll(topic, author),
            "statement": make_statement(topic, author, WORDS),
            "message": begin(writer=author, people=[listener], body=WORDS),
            "verify": StaffRequest.objects.create(
                network=here, member=coordinator, kind="verify", reason=WHY
            ),
            "take_over": StaffRequest.objects.create(
                network=here, member=keeper, kind="take_over", reason=WHY
            ),
            "restatement": Restatement.objects.create(
                topic=topic,
                post=make_post(topic, coordinator),
                author=author,
                number=1,
                body=WORDS,
                fits=True,
                answered_at=timezone.now(),
            ),
            "meaning": Meaning.objects.create(
                word=Word.objects.create(topic=topic, term="เวร", key="เวร", made_by=author),
                network=here,
                body=WORDS,
                author=author,
            ),
            "portrayal": Portrayal.objects.create(
                topic=topic,
                network=there,
                target=here,
                author=author,
                against=View.objects.create(
                    topic=topic, network=here, number=1, body=WORDS, author=coordinator
                ),
                body=WORDS,
                judges=5,
                given=20,
                own_given=20,
                ended_at=timezone.now(),
                passed=True,
            ),
            # into what
            "into topic": make_topic(make_member(), board, title="อีกกระทู้"),
            "into network": there,
            "into organisation": make_organisation("มูลนิธิที่อื่น"),
            "board": make_board("ย้ายไป"),
        }

    def pk(self, name: str) -> Any:
        return self.things[name].pk

    def fields(self, kind: str) -> dict[str, str]:
        """What every act's form may ask."""
        into = self.things.get(f"into {kind}")
        return {
            "reason": WHY,
            "days": "3",
            "day": "1/1/2570",
            "minutes": "5",
            "numbers": "1",
            "title": "กระทู้ใหม่",
            "name": "ชื่อใหม่",
            "level": "2",
            "words": WORDS,
            "member": "keeper",
            "board": str(self.pk("board")),
            "into": str(into.pk) if into else "",
            "sure": f"{into.pk}-{self.pk(kind)}" if into else "",
        }


_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
_ANYWAY = {"django_session", "forums_adminact", "django_cache"}  # whatever comes of the form


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables in which a row was written, changed or deleted meanwhile."""
    tables: set[str] = set()

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if (found := _WRITES.match(sql)) and context["cursor"].rowcount:
            tables.add(found[1])
        return answer

    with connection.execute_wrapper(look):
        yield tables


def does(place: Place, who: str, url: str, fields: dict[str, Any]) -> bool:
    """Whether this one's form does something; what it wrote is undone."""
    with transaction.atomic():
        before = Decision.objects.count()
        with written() as tables:
            answer = signed_in(place.people[who]).post(url, fields)
        made = Decision.objects.count() - before
        transaction.set_rollback(True)
    went = answer.status_code == 302 and not answer.url.startswith("/accounts/")
    assert went or not made, (who, url, answer.status_code)
    return went and bool(tables - _ANYWAY)


def who_does(
    place: Place, url: str, fields: dict[str, Any], people: Iterable[str] = PEOPLE
) -> set[str]:
    return {who for who in people if does(place, who, url, fields)}
