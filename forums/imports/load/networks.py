"""Made-up networks for `manage.py seed_load`: who is in them, and who speaks from them in a topic.

Each network is drawn from a generator of its own. How large each is follows from its number (Zipf's
law, with exponent 0.8): of two thousand with fifty thousand memberships the first three have more
than a thousand members, the middle one about ten.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from accounts.provinces import ALL
from forums.activities.models import Answer, Open
from forums.base.appearance import Colour, Emblem
from forums.discussions.boards.models import OpenTo
from forums.groups.memberships.models import Role
from forums.groups.networks.models import Audience, Joining, NetworkKind, Sector
from forums.imports.load.discussions import BEGIN, END, Joined, Setting, handle_of
from forums.imports.load.texts import paragraph, phrase
from forums.imports.network_records import (
    ActivityRecord,
    NetworkBoardRecord,
    NetworkRecord,
    OrganisationRecord,
    PlaceRecord,
)
from forums.text.slugs import slugify

SHARED = 10  # so many topics, the long one first, are shared by five networks and more
_EXPONENT = 0.8
_BODIES = ("เครือข่าย", "กลุ่ม", "ชมรม", "ประชาคม", "คน", "เพื่อน")
_MATTERS = tuple(
    """ป่าชุมชน คลองสวย บ้านมั่นคง อาสาสาธารณสุข เกษตรอินทรีย์ ธนาคารเมล็ดพันธุ์ ออมทรัพย์ ประมงพื้นบ้าน ผ้าทอมือ
    ดูแลผู้สูงอายุ ครูข้างถนน หมอพื้นบ้าน จักรยาน แยกขยะ น้ำสะอาด ฝายชะลอน้ำ ตลาดนัดสีเขียว วิทยุชุมชน เตือนภัยน้ำท่วม
    เลี้ยงผึ้ง รักษ์ทะเล ห้องสมุดชาวบ้าน แรงงานนอกระบบ คนพิการ เยาวชนอาสา ลมหายใจสะอาด กองทุนสวัสดิการ ดนตรีพื้นบ้าน
    สิทธิผู้บริโภค พลังงานแสงอาทิตย์""".split()
)
_NAMED = (*(each.name for each in ALL), "ลุ่มน้ำโขง", "ลุ่มน้ำชี", "ลุ่มน้ำยม", "ชายฝั่งอันดามัน",
          "ที่ราบสูง", "เมืองหลวง", "ชายแดนใต้", "ล้านนา")  # fmt: skip
_HOUSES = ("มูลนิธิ", "สมาคม", "สหกรณ์", "วิสาหกิจชุมชน", "ศูนย์เรียนรู้")
_ROOMS = {
    OpenTo.EVERYONE: ("ลานหน้าบ้าน", "ถามได้ตอบด้วย", "เล่าสู่กันฟัง"),
    OpenTo.READERS: ("งานของเรา", "บันทึกการประชุม", "ข่าวจากพื้นที่"),
    OpenTo.NETWORK: ("วงใน", "หารือคณะทำงาน"),
}
_DEEDS = ("ประชุมประจำเดือน", "ลงพื้นที่", "อบรม", "เวทีแลกเปลี่ยน", "ช่วยกันทำความสะอาด", "เยี่ยมบ้าน", "ตลาดนัด")
_DUTIES = ("ประธาน", "เลขานุการ", "เหรัญญิก")
_ANSWERS = (Answer.GOING, Answer.GOING, Answer.GOING, Answer.MAYBE, Answer.NOT)


class Society:
    """`networks` networks, in which `members` members have `memberships` places altogether.

    Raises ValueError for numbers that cannot be: each network has a member, nobody is in one twice.
    """

    def __init__(self, *, networks: int, memberships: int, members: int, seed: int) -> None:
        if not 1 <= networks <= memberships <= networks * members:
            raise ValueError("each network needs a member, and has each member once at most")
        self.networks, self.members, self.seed = networks, members, seed
        self.sizes = _sizes(networks, memberships, members)
        self._people: dict[int, list[int]] = {}
        self._slugs: dict[int, str] = {}

    def records(self) -> Iterator[NetworkRecord]:
        for number in range(self.networks):
            yield self._network(number)

    def people(self, number: int) -> list[int]:
        """The numbers of the members of a network, who has a duty first.

        A small network's are near one another: neighbours share members, others hardly any.
        """
        found = self._people.get(number)
        if found is None:
            rng, size = self._rng(number, "people"), self.sizes[number]
            if size > self.members // 4:
                found = rng.sample(range(self.members), size)
            else:
                centre, near = rng.randrange(self.members), dict[int, None]()
                while len(near) < size:
                    near[int(rng.gauss(centre, size + 3)) % self.members] = None
                found = list(near)
            self._people[number] = found
        return found

    def name(self, number: int) -> str:
        """Another one for each number: all the combinations, in an order that looks like none."""
        body, matter, place = self._parts(number)
        rounds = number // (len(_BODIES) * len(_MATTERS) * len(_NAMED))
        more = f" {rounds + 1}" if rounds else ""
        return f"{body}{matter} {place}{more}" + (f" รุ่น {self.seed}" if self.seed != 1 else "")

    def slug(self, number: int) -> str:
        found = self._slugs.get(number)
        if found is None:
            found = f"{slugify(self.name(number), max_length=50)}-{number + 1}"
            self._slugs[number] = found
        return found

    def slugs(self) -> Iterator[str]:
        return map(self.slug, range(self.networks))

    def is_open(self, number: int) -> bool:
        """One in a hundred has ended."""
        return number % 97 != 96

    def speakers(self, number: int) -> int:
        """How many of a network's people, the first ones, may speak in its name."""
        return 1 + min(9, self.sizes[number] // 10)

    def boards(self, number: int) -> list[NetworkBoardRecord]:
        """Two or three of each degree of openness."""
        rng, slug = self._rng(number, "boards"), self.slug(number)
        return [
            NetworkBoardRecord(f"{slug}-{open_to}-{place + 1}", name, open_to)
            for open_to, names in _ROOMS.items()
            for place, name in enumerate(names[: rng.choice((2, 2, 3))])
        ]

    def fewest(self, number: int) -> int:
        """What five networks share is a topic in which each has room to speak."""
        return 40 if number < SHARED else 1

    def scene(self, number: int, rng: Random) -> Setting:
        """Who speaks in topic `number`, and where it stands."""
        if number < SHARED:
            most = min(self.networks, 5 + number % 4)
            others = rng.sample(range(min(self.networks, 60)), most)
            return NetworkSetting(
                self, rng, [n for n in others if self.is_open(n)], taking_part=1.0
            )
        draw = rng.random()
        if draw < 0.45:
            return Setting(self.members)
        at_home = [self._any(rng) for _ in range(rng.choice((1, 1, 2, 3, 4)))]
        networks = [n for n in dict.fromkeys(at_home) if self.is_open(n)]
        if not networks:
            return Setting(self.members)
        if draw < 0.65:
            return NetworkSetting(self, rng, networks, taking_part=0.6)
        board = rng.choice(self.boards(networks[0]))
        if board.open_to == OpenTo.NETWORK:
            networks = networks[:1]
        guests = {OpenTo.EVERYONE: 0.4, OpenTo.READERS: 1.0, OpenTo.NETWORK: 0.0}
        return NetworkSetting(
            self, rng, networks, taking_part=guests[OpenTo(board.open_to)], board=board
        )

    def _any(self, rng: Random) -> int:
        """A network, the large ones more often."""
        return int(self.networks * rng.random() ** 3)

    def _rng(self, number: int, what: str) -> Random:
        return Random(f"{self.seed} network {number} {what}")  # noqa: S311 - nothing here is a secret

    def _parts(self, number: int) -> tuple[str, str, str]:
        total = len(_BODIES) * len(_MATTERS) * len(_NAMED)
        at = number % total * 7477 % total  # a prime that divides none of the three
        at, body = divmod(at, len(_BODIES))
        place, matter = divmod(at, len(_MATTERS))
        return _BODIES[body], _MATTERS[matter], _NAMED[place]

    def _network(self, number: int) -> NetworkRecord:
        rng, people, slug = self._rng(number, "page"), self.people(number), self.slug(number)
        _body, matter, place = self._parts(number)
        codes = [each.code for each in ALL if each.name == place]
        created = BEGIN - timedelta(days=rng.randint(0, 900))
        provinces = codes or [each.code for each in rng.sample(ALL, rng.randint(1, 4))]
        return NetworkRecord(
            key=slug,
            name=self.name(number),
            aim=f"ช่วยกันเรื่อง{matter}ที่{place} {phrase(rng, 3, 8)}",
            story="\n\n".join(paragraph(rng).body for _ in range(rng.randint(1, 5))),
            kind=rng.choice(
                (NetworkKind.PHYSICAL, NetworkKind.PHYSICAL, NetworkKind.ONLINE, NetworkKind.BOTH)
            ),
            sectors=tuple(rng.sample(Sector.values, rng.choice((1, 1, 2)))),
            provinces=tuple(provinces),
            nationwide=number < 5 or rng.random() < 0.05,
            colour=rng.choice(Colour.values),
            emblem=rng.choice(Emblem.values),
            since_year=rng.randint(1980, 2024),
            joining=rng.choice(Joining.values),
            created_at=created,
            confirmed_at=max(created, END - timedelta(days=rng.randint(0, 600))),
            archived_at=None if self.is_open(number) else END,
            tags=tuple(dict.fromkeys((matter, *rng.sample(_MATTERS, rng.randint(0, 2))))),
            contacts=(
                ("โทรศัพท์", f"08{rng.randint(10_000_000, 99_999_999)}", Audience.MEMBERS),
                (
                    "ที่ทำการ",
                    f"{rng.randint(1, 200)} หมู่ {rng.randint(1, 12)} {place}",
                    Audience.NETWORK,
                ),
            ),
            offices=tuple((duty, phrase(rng, 1, 2)) for duty in _DUTIES[: len(people)]),
            members=tuple(self._places(rng, number, people, created)),
            boards=tuple(self.boards(number)),
            organisations=tuple(self._organisations(rng)),
            linked=(self.slug(rng.randrange(number)),) if number and rng.random() < 0.4 else (),
            activities=tuple(self._activities(rng, people, place, provinces[0])),
        )

    def _places(
        self, rng: Random, number: int, people: list[int], created: datetime
    ) -> Iterator[PlaceRecord]:
        speakers = self.speakers(number)
        for at, person in enumerate(people):
            role = Role.MEMBER
            if at < (speakers + 1) // 2:
                role = Role.COORDINATOR
            elif at < speakers:
                role = Role.SPOKESPERSON
            elif at < speakers + len(people) // 100:
                role = Role.MODERATOR
            joined = created if at == 0 else created + (END - created) * rng.random()
            yield PlaceRecord(handle_of(person), role, joined)

    def _organisations(self, rng: Random) -> Iterator[OrganisationRecord]:
        """From a common store, so that some are in several networks."""
        for number in {rng.randrange(self.networks // 2 + 1) for _ in range(rng.randint(0, 4))}:
            own = self._rng(number, "organisation")
            house, province = own.choice(_HOUSES), own.choice(ALL)
            name = f"{house}{own.choice(_MATTERS)}{province.name} {number + 1}"
            yield OrganisationRecord(
                name, own.choice(Sector.values), province.code, rng.random() < 0.8
            )

    def _activities(
        self, rng: Random, people: list[int], place: str, province: str
    ) -> Iterator[ActivityRecord]:
        """Held, and for two years to come: whenever one looks, some are ahead."""
        for _ in range(min(30, rng.randint(0, 3) + len(people) // 100)):
            starts = BEGIN + (END - BEGIN) * rng.uniform(0, 2)
            coming = rng.sample(people, min(len(people), rng.randint(0, 12)))
            title = f"{rng.choice(_DEEDS)} {place} ครั้งที่ {rng.randint(1, 40)}"
            yield ActivityRecord(
                title=title,
                body=paragraph(rng).body,
                starts_at=starts.replace(
                    hour=rng.randint(1, 10), minute=0, second=0, microsecond=0
                ),
                hours=rng.randint(1, 8),
                place=f"ศาลาประชาคม {place}",
                province=province,
                open_to=rng.choice((Open.EVERYONE, Open.EVERYONE, Open.MEMBERS)),
                answers=tuple((handle_of(one), rng.choice(_ANSWERS)) for one in coming),
                report=paragraph(rng).body if starts < END and rng.random() < 0.6 else "",
            )


class NetworkSetting(Setting):
    """A topic in which `networks` speak: first each of them once, then most posts are theirs.

    With `board` it stands in a board of the first of them. Who takes part beside that one stands on its
    page too, by chance (`taking_part`); in a board where only members write, all who speak do.
    """

    def __init__(
        self,
        society: Society,
        rng: Random,
        networks: Sequence[int],
        *,
        taking_part: float,
        board: NetworkBoardRecord | None = None,
    ) -> None:
        super().__init__(society.members)
        self.society, self.networks = society, networks
        self.board = board.key if board else None
        self.among_members = board is not None and board.open_to != OpenTo.EVERYONE
        self.waiting = list(networks)
        self.chosen: dict[int, int | None] = {}
        guests = networks[1:] if board else networks
        self.joined = tuple(
            self._joined(rng, number) for number in guests if rng.random() < taking_part
        )

    def speak(self, rng: Random) -> tuple[int, int | None, bool]:
        if self.waiting:
            person = self._from(rng, self.waiting.pop(0))
        elif self.among_members or rng.random() < 0.6:
            person = self._from(rng, rng.choice(self.networks))
        else:
            person = rng.randrange(self.society.members)
            self.chosen.setdefault(person, None)
        number = self.chosen[person]
        if number is None:
            return person, None, False
        firsts = self.society.people(number)[: self.society.speakers(number)]
        in_name = person in firsts and rng.random() < 0.2
        return person, number, in_name

    def _from(self, rng: Random, number: int) -> int:
        """Somebody of a network; from where she speaks she has chosen with her first post."""
        person = rng.choice(self.society.people(number))
        self.chosen.setdefault(person, number)
        return person

    def _joined(self, rng: Random, number: int) -> Joined:
        if rng.random() > 0.4:
            return Joined(number)
        signed_by = rng.choice(self.society.people(number)[: self.society.speakers(number)])
        return Joined(number, paragraph(rng).body[:400].strip(), signed_by)


def _sizes(networks: int, memberships: int, members: int) -> list[int]:
    """How many members each network has: `memberships` in all, 1 to `members` each, largest first."""
    weights = [(rank + 1) ** -_EXPONENT for rank in range(networks)]
    whole = sum(weights)
    most = max(1, members * 3 // 5) if memberships <= networks * members * 3 // 5 else members
    sizes = [max(1, min(most, int(memberships * weight / whole))) for weight in weights]
    left = memberships - sum(sizes)
    while left:
        for rank in range(networks) if left > 0 else reversed(range(networks)):
            step = (left > 0) - (left < 0)
            if left and 1 <= sizes[rank] + step <= most:
                sizes[rank] += step
                left -= step
    return sizes
