"""Made-up members, topics and posts in any number, the same ones each time: `manage.py seed_load`.

Networks, and what is said from them, come from `imports.load.networks`.

Each topic is drawn from a generator of its own, seeded with its number: a longer run begins with
what a shorter one made, so a run that was stopped goes on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Protocol

from forums.discussions.posts.models import ReactionKind
from forums.discussions.topics.models import TopicKind
from forums.imports.network_records import JoinedRecord, NetworkRecord
from forums.imports.records import BoardRecord, MemberRecord, PostRecord, Record, TopicRecord

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
_WORDS = _list("""
    ชุมชน เรา บ้าน หมู่บ้าน น้ำ ป่า ข้าว ตลาด เด็ก ผู้สูงอายุ ครู หมอ อาสา เพื่อนบ้าน ลอง ช่วยกัน คุย ฟัง ประชุม
    วางแผน ทำงาน ปลูก ดูแล เรียนรู้ แบ่งปัน จัดเวร เยี่ยม เก็บ ขาย ซ่อม สร้าง เริ่ม หยุด รอ ถาม ตอบ เล่า จด นับ
    ปีนี้ ปีที่แล้ว เมื่อวาน วันนี้ พรุ่งนี้ หน้าฝน หน้าแล้ง ตอนเช้า ตอนเย็น ทุกวัน บางครั้ง เสมอ ยัง แล้ว ก็ แต่ และ หรือ
    เพราะ ถ้า จึง ที่ ของ ใน กับ จาก ถึง ให้ ได้ ไม่ มาก น้อย ดี ยาก ง่าย ใหม่ เก่า ใหญ่ เล็ก ไกล ใกล้ ร่วม จริง
    งบประมาณ ข้อมูล ตัวเลข ปัญหา ทางออก ความคิด ประสบการณ์ เครือข่าย กลุ่ม สมาชิก กิจกรรม โครงการ คำถาม ผล
""")
BEGIN, END = datetime(2024, 10, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
# How many replies a comment gets, and how often: 0.7 on average, some threads longer than ten.
_REPLIES = ((0, 700), (1, 160), (2, 70), (3, 30), (5, 20), (8, 12), (14, 6), (30, 2))
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Texts:
    """What topics and posts say; drawn from a real corpus, or put together from words."""

    topics: Sequence[tuple[str, str]] = ()
    posts: Sequence[str] = ()

    def topic(self, rng: Random) -> tuple[str, str]:
        if self.topics:
            return rng.choice(self.topics)
        return phrase(rng, 6, 14), "\n\n".join(paragraph(rng) for _ in range(rng.randint(1, 4)))

    def post(self, rng: Random) -> str:
        return rng.choice(self.posts) if self.posts else paragraph(rng)


class Setting:
    """Who speaks in a topic, and where it stands: anybody, as herself, in a board of the house."""

    board: str | None = None
    joined: tuple[JoinedRecord, ...] = ()
    fewest = 1  # posts it has at least

    def __init__(self, members: int) -> None:
        self.members = members

    def speak(self, rng: Random) -> tuple[str, str | None, bool]:
        """Whoever writes next; the network she speaks from, if any; whether she does so in its name."""
        return _member(rng, self.members), None, False


class Networks(Protocol):
    def records(self) -> Iterator[NetworkRecord]: ...

    def scene(self, number: int, rng: Random) -> Setting: ...


def make_load(
    *,
    posts: int,
    members: int,
    long_topic: int,
    seed: int,
    texts: Texts,
    networks: Networks | None = None,
) -> Iterator[Record | NetworkRecord]:
    """Boards, `members` members, `networks`, a topic of `long_topic` posts, then others until there are `posts`."""
    for slug, name in BOARDS.items():
        yield BoardRecord(slug, name)
    for number in range(members):
        rng = Random(f"{seed} member {number}")  # noqa: S311 - nothing here is a secret
        handle = handle_of(number)
        yield MemberRecord(handle, handle, f"{rng.choice(_FIRST)} {rng.choice(_LAST)}")
    if networks:
        yield from networks.records()
    number = made = 0
    while made < posts:
        rng = Random(f"{seed} topic {number}")  # noqa: S311
        scene = Setting(members)
        if networks:
            scene = networks.scene(number, Random(f"{seed} topic {number} networks"))  # noqa: S311
        longest = max(1, min(600, long_topic // 2))
        size = long_topic if number == 0 else min(longest, int(rng.paretovariate(1.2) * 5))
        size = min(max(size, scene.fewest), posts - made)
        for record in _topic(rng, f"load:{seed}:{number}", size, members, texts, scene):
            made += 1
            yield record
        number += 1


def _topic(
    rng: Random, key: str, size: int, members: int, texts: Texts, scene: Setting
) -> Iterator[Record]:
    """A topic with `size` posts, its own text among them."""
    moment = BEGIN + (END - BEGIN) * rng.random()
    longest = (END - moment + timedelta(days=30)) / size
    title, body = texts.topic(rng)
    board = rng.choice(list(BOARDS))
    author, network, in_name = scene.speak(rng)
    yield TopicRecord(
        key=key,
        board=scene.board or board,
        author=author,
        kind=rng.choice(TopicKind.values),
        title=title,
        body=body,
        created_at=moment,
        tags=tuple(rng.sample(_WORDS[:12], rng.choice((0, 0, 1, 2, 3)))),
        marks=_marks(rng, members),
        network=network,
        in_name=in_name,
        joined=scene.joined,
    )
    place = 1
    while place < size:
        thread: list[tuple[str, int]] = []  # posts of one thread with their level
        for _ in range(min(1 + _draw(rng), size - place)):
            moment += min(longest, timedelta(minutes=5)) * rng.uniform(0.1, 1)
            parent, level = _answered(rng, thread)
            post = f"{key}:{place}"
            author, network, in_name = scene.speak(rng)
            yield PostRecord(
                key=post,
                topic=key,
                parent=parent,
                author=author,
                body=texts.post(rng),
                created_at=moment,
                marks=_marks(rng, members),
                network=network,
                in_name=in_name,
            )
            thread.append((post, level + 1))
            place += 1


def _answered(rng: Random, thread: Sequence[tuple[str, int]]) -> tuple[str | None, int]:
    """What the next post of a thread answers, and at what level that stands."""
    if not thread:
        return None, 0
    if rng.random() < 0.5:
        return thread[0]
    return rng.choice([post for post in thread if post[1] < _DEPTH])


def _draw(rng: Random) -> int:
    counts, weights = zip(*_REPLIES, strict=True)
    return rng.choices(counts, weights)[0]


def handle_of(number: int) -> str:
    return f"load{number + 1:05}"


def _member(rng: Random, members: int) -> str:
    return handle_of(rng.randint(1, members) - 1)


def _marks(rng: Random, members: int) -> tuple[tuple[str, ReactionKind], ...]:
    if rng.random() > 0.2:
        return ()
    people = {_member(rng, members) for _ in range(rng.randint(1, 5))}
    return tuple((who, rng.choice(list(ReactionKind))) for who in sorted(people))


def phrase(rng: Random, fewest: int, most: int) -> str:
    return "".join(rng.choices(_WORDS, k=rng.randint(fewest, most)))


def paragraph(rng: Random) -> str:
    phrases = [phrase(rng, 4, 16) for _ in range(rng.randint(1, 6))]
    form = rng.random()
    if form < 0.08 and len(phrases) > 2:
        return "\n".join(f"- {phrase}" for phrase in phrases)
    if form < 0.16 and len(phrases) > 1:
        return f"> {phrases[0]}\n\n{' '.join(phrases[1:])}"
    if form < 0.24:
        phrases[-1] = f"**{phrases[-1]}**"
    return " ".join(phrases)
