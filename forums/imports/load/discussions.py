"""Made-up members and topics in any number, the same ones each time: `manage.py seed_load`.

Networks, and what is said from them, come from `imports.load.networks`.

Each topic is drawn from a generator of its own, seeded with its number: a longer run begins with
what a shorter one made, any part of it can be made alone, and a run that was stopped goes on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple, Protocol
from zlib import crc32

from forums.discussions.posts.models import ReactionKind
from forums.discussions.topics.models import TopicKind
from forums.imports.load.texts import WORDS, MadeText, Texts
from forums.imports.network_records import NetworkRecord

BOARDS = {
    "load-health": "สุขภาพใกล้บ้าน",
    "load-farming": "ไร่นาและอาหาร",
    "load-water": "น้ำ ป่า อากาศ",
    "load-learning": "เรียนรู้ด้วยกัน",
    "load-home": "บ้านและชุมชน",
    "load-money": "ปากท้อง",
    "load-craft": "งานมือและวัฒนธรรม",
    "load-talk": "คุยกันทั่วไป",
}


def _list(words: str) -> list[str]:
    return words.split()


_FIRST = _list("มาลี สมชาย บุญมี จันทร์เพ็ญ วิชัย ดวงใจ ประสิทธิ์ สายฝน ทองดี รัตนา อำนวย ศรีนวล กมล พิมพ์")
_LAST = _list("คำหล้า ตั้งใจดี ใจงาม ทุ่งทอง ริมน้ำ สวนแก้ว ดอนเมฆ ป่าสัก ศรีบ้านนา นาคำ บุญรอด แสงเดือน")
BEGIN, END = datetime(2024, 10, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
# How many replies a comment gets, and how often: 0.7 on average, some threads longer than ten.
_REPLIES = ((0, 700), (1, 160), (2, 70), (3, 30), (5, 20), (8, 12), (14, 6), (30, 2))
_COUNTS, _WEIGHTS = zip(*_REPLIES, strict=True)
_DEPTH = 3
TAGS = WORDS[:12]
_LONGEST = 600  # posts of a topic, but for the one
_KINDS, _MARKS, _SLUGS = TopicKind.values, list(ReactionKind), list(BOARDS)


@dataclass(slots=True)
class MadePost:
    """What was said at `place` in its topic. Members and networks by their numbers; `parent` and `root` are places."""

    place: int
    author: int
    text: MadeText
    at: datetime
    parent: int | None
    root: int | None
    marks: Sequence[tuple[int, ReactionKind]]
    network: int | None
    in_name: bool


class Joined(NamedTuple):
    """A network that takes part in a topic, with its view of it and who signed that (its number)."""

    network: int
    view: str = ""
    signed_by: int | None = None


@dataclass(slots=True)
class MadeTopic:
    """`threads` can be read once: first its own text, then each comment with its replies."""

    number: int
    board: str
    kind: TopicKind
    title: str
    at: datetime
    tags: Sequence[str]
    joined: Sequence[Joined]
    threads: Iterator[list[MadePost]]


class Setting:
    """Who speaks in a topic, and where it stands: anybody, as herself, in a board of the house."""

    board: str | None = None
    joined: tuple[Joined, ...] = ()

    def __init__(self, members: int) -> None:
        self.members = members

    def speak(self, rng: Random) -> tuple[int, int | None, bool]:
        """Whoever writes next; the network she speaks from, if any; whether she does so in its name."""
        return rng.randrange(self.members), None, False


class Networks(Protocol):
    def slugs(self) -> Iterator[str]: ...

    def records(self) -> Iterator[NetworkRecord]: ...

    def fewest(self, number: int) -> int:
        """Posts that topic `number` has at least."""

    def scene(self, number: int, rng: Random) -> Setting: ...


@dataclass(frozen=True, slots=True)
class Load:
    """Everything that is made up, by its numbers."""

    members: int
    long_topic: int
    seed: int
    texts: Texts
    networks: Networks | None = None

    def name(self, member: int) -> str:
        drawn = crc32(f"{self.seed} {member}".encode())
        return f"{_FIRST[drawn % len(_FIRST)]} {_LAST[drawn // 1000 % len(_LAST)]}"

    def key(self, topic: int | str) -> str:
        """What is remembered of a topic that is in."""
        return f"load:{self.seed}:{topic}"

    def sizes(self, posts: int, *, there: Mapping[int, int]) -> Iterator[tuple[int, int]]:
        """Number and size of each topic that is to be made until there are `posts`, beside those that are `there`.

        The first has `long_topic` posts, unless one that is there has as many.
        """
        long = max(there.values(), default=0) >= self.long_topic
        left, number = posts - sum(there.values()), 0
        longest = max(1, min(_LONGEST, self.long_topic // 2))
        while left > 0:
            if number not in there:
                size = min(left, self._size(number, longest) if long else self.long_topic)
                long = True
                left -= size
                yield number, size
            number += 1

    def _size(self, number: int, longest: int) -> int:
        fewest = self.networks.fewest(number) if self.networks else 1
        return max(fewest, min(longest, int(self._rng(number).paretovariate(1.2) * 5)))

    def topic(self, number: int, size: int) -> MadeTopic:
        """The topic with `size` posts, its own text among them."""
        rng, scene = self._rng(number), self._scene(number)
        rng.paretovariate(1.2)  # its size
        at = BEGIN + (END - BEGIN) * rng.random()
        title, text = self.texts.topic(rng)
        board = rng.choice(_SLUGS)
        author, network, in_name = scene.speak(rng)
        first = MadePost(0, author, text, at, None, None, self._marks(rng), network, in_name)
        return MadeTopic(
            number,
            scene.board or board,
            TopicKind(rng.choice(_KINDS)),
            title,
            at,
            rng.sample(TAGS, rng.choice((0, 0, 1, 2, 3))),
            scene.joined,
            self._threads(rng, first, size, scene),
        )

    def _threads(
        self, rng: Random, first: MadePost, size: int, scene: Setting
    ) -> Iterator[list[MadePost]]:
        yield [first]
        at, place = first.at, 1
        longest = min((END - at + timedelta(days=30)) / size, timedelta(minutes=5))
        while place < size:
            thread: list[MadePost] = []
            answered: list[tuple[int, int]] = []  # posts of the thread with their level
            for _ in range(min(1 + rng.choices(_COUNTS, _WEIGHTS)[0], size - place)):
                at += longest * rng.uniform(0.1, 1)
                parent, level = _answered(rng, answered)
                author, network, in_name = scene.speak(rng)
                text, marks = self.texts.post(rng), self._marks(rng)
                root = thread[0].place if thread else None
                thread.append(
                    MadePost(place, author, text, at, parent, root, marks, network, in_name)
                )
                answered.append((place, level + 1))
                place += 1
            yield thread

    def _marks(self, rng: Random) -> Sequence[tuple[int, ReactionKind]]:
        if rng.random() > 0.2:
            return ()
        people = {rng.randrange(self.members) for _ in range(rng.randint(1, 5))}
        return [(who, rng.choice(_MARKS)) for who in sorted(people)]

    def _rng(self, number: int) -> Random:
        return Random(f"{self.seed} topic {number}")  # noqa: S311 - nothing here is a secret

    def _scene(self, number: int) -> Setting:
        if self.networks is None:
            return Setting(self.members)
        return self.networks.scene(number, Random(f"{self.seed} topic {number} networks"))  # noqa: S311


def _answered(rng: Random, thread: Sequence[tuple[int, int]]) -> tuple[int | None, int]:
    """What the next post of a thread answers, and at what level that stands."""
    if not thread:
        return None, 0
    if rng.random() < 0.5:
        return thread[0]
    return rng.choice([post for post in thread if post[1] < _DEPTH])


def handle_of(number: int) -> str:
    return f"load{number + 1:05}"
