"""What made-up posts say: put together from a store of phrases, or drawn from a real corpus.

Of a phrase its words and its clusters are found once, so a text of some of them costs a tenth of what a text that
somebody typed does, and hardly two are the same. What comes out is what `text.render` and `search.index.entries`
would have made of it (tests/imports/load/test_texts.py).
"""

from collections.abc import Iterable, Sequence
from functools import cache
from random import Random
from typing import NamedTuple

from forums.pictures.bodies import rendered
from forums.text.clusters import plain_clusters
from forums.text.words import runs

WORDS = """
    ชุมชน เรา บ้าน หมู่บ้าน น้ำ ป่า ข้าว ตลาด เด็ก ผู้สูงอายุ ครู หมอ อาสา เพื่อนบ้าน ลอง ช่วยกัน คุย ฟัง ประชุม
    วางแผน ทำงาน ปลูก ดูแล เรียนรู้ แบ่งปัน จัดเวร เยี่ยม เก็บ ขาย ซ่อม สร้าง เริ่ม หยุด รอ ถาม ตอบ เล่า จด นับ
    ปีนี้ ปีที่แล้ว เมื่อวาน วันนี้ พรุ่งนี้ หน้าฝน หน้าแล้ง ตอนเช้า ตอนเย็น ทุกวัน บางครั้ง เสมอ ยัง แล้ว ก็ แต่ และ หรือ
    เพราะ ถ้า จึง ที่ ของ ใน กับ จาก ถึง ให้ ได้ ไม่ มาก น้อย ดี ยาก ง่าย ใหม่ เก่า ใหญ่ เล็ก ไกล ใกล้ ร่วม จริง
    งบประมาณ ข้อมูล ตัวเลข ปัญหา ทางออก ความคิด ประสบการณ์ เครือข่าย กลุ่ม สมาชิก กิจกรรม โครงการ คำถาม ผล
""".split()
# Names of villages: a few of them are on everybody's lips, most are named once in a while.
_LANDS = "หนอง โนน ดอน ห้วย คำ นา โคก ท่า วัง บึง คลอง ปาก เขา ทุ่ง ป่า สวน ไร่ บ่อ ศรี สระ".split()
_WHAT = """
    บัว แก้ว ไผ่ ยาง ทราย ม่วง สะอาด สว่าง สมบูรณ์ งาม เจริญ ทอง เงิน แดง ขาว ดำ หลวง น้อย ใหญ่ กลาง เหนือ ใต้ ตะวัน จันทร์
    มะขาม มะเดื่อ ตาล กุง แคน จาน สัก ประดู่ หญ้า ปลา ช้าง เสือ กวาง ม้า นกยูง เต่า กระต่าย หิน ผา ลาด แสง ชัย สุข คู เกลือ
    กระเจียว ขาม โพธิ์ ไทร เม็ก พอก หว้า ขี้เหล็ก กอก ยาว
""".split()
PLACES = [land + what for what in _WHAT for land in _LANDS]
STORE = 20_000  # phrases
_ONE_IN = 12  # words is the name of a village

type Cluster = tuple[str, bool, bool]


class Worded(NamedTuple):
    """What a piece of text is found by: its words as `words.runs`, and their clusters."""

    runs: list[list[str]]
    clusters: list[Cluster]

    @classmethod
    def of(cls, plain: str) -> "Worded":
        found = runs(plain)
        return cls(found, plain_clusters(found))

    @classmethod
    def all(cls, pieces: Iterable["Worded"]) -> "Worded":
        """Pieces with a space between: no word and no cluster spans two."""
        found, clusters = list[list[str]](), list[Cluster]()
        for piece in pieces:
            found += piece.runs
            clusters += piece.clusters
        return cls(found, clusters)


NOTHING = Worded([], [])


class MadeText(NamedTuple):
    body: str
    html: str
    plain: str
    said: Worded


class Texts:
    """What topics and posts say; from a corpus where there is one."""

    def __init__(self, topics: Sequence[tuple[str, str]] = (), posts: Sequence[str] = ()) -> None:
        self.topics, self.posts = topics, posts
        self._known: dict[str, MadeText] = {}

    def topic(self, rng: Random) -> tuple[str, MadeText]:
        """Its title and its text."""
        if self.topics:
            title, body = rng.choice(self.topics)
            return title, self._read(body)
        title = f"{_phrase(rng.randrange(STORE))} {rng.choice(PLACES)}"
        parts = [paragraph(rng)]
        for _ in range(rng.randint(0, 3)):
            parts.append(paragraph(rng, lists=not parts[-1].body.startswith("-")))
        return title, MadeText(
            "\n\n".join(part.body for part in parts),
            "".join(part.html for part in parts),
            "\n".join(part.plain for part in parts),
            Worded.all(part.said for part in parts),
        )

    def post(self, rng: Random) -> MadeText:
        return self._read(rng.choice(self.posts)) if self.posts else paragraph(rng)

    def _read(self, body: str) -> MadeText:
        found = self._known.get(body)
        if found is None:
            html = rendered(body, reader=None)
            found = MadeText(body, html.html, html.plain, Worded.of(html.plain))
            self._known[body] = found
        return found


@cache
def said(piece: str) -> Worded:
    """What a piece without a space in it is found by."""
    return Worded.of(piece)


@cache
def _phrase(number: int) -> str:
    return phrase(Random(f"phrase {number}"), 4, 16)  # noqa: S311 - nothing here is a secret


def phrase(rng: Random, fewest: int, most: int) -> str:
    """Words in a row, some of them names; the first names more often than the last."""
    return "".join(
        PLACES[int(len(PLACES) * rng.random() ** 3)] if not rng.randrange(_ONE_IN) else word
        for word in rng.choices(WORDS, k=rng.randint(fewest, most))
    )


def paragraph(rng: Random, *, lists: bool = True) -> MadeText:
    """Some phrases of the store, in one of four forms; a list after a list (not `lists`) would be one with it."""
    phrases = [_phrase(rng.randrange(STORE)) for _ in range(rng.randint(1, 6))]
    form = rng.random()
    found = Worded.all(map(said, phrases))
    plain = " ".join(phrases)
    if form < 0.08 and len(phrases) > 2 and lists:
        items = "\n".join(f"<li>{phrase}</li>" for phrase in phrases)
        body = "\n".join(f"- {phrase}" for phrase in phrases)
        return MadeText(body, f"<ul>\n{items}\n</ul>\n", "\n".join(phrases), found)
    if 0.08 <= form < 0.16 and len(phrases) > 1:
        first, others = phrases[0], " ".join(phrases[1:])
        html = f"<blockquote>\n<p>{first}</p>\n</blockquote>\n<p>{others}</p>\n"
        return MadeText(f"> {first}\n\n{others}", html, f"{first}\n{others}", found)
    if 0.16 <= form < 0.24:
        before, last = plain[: -len(phrases[-1])], phrases[-1]
        return MadeText(
            f"{before}**{last}**", f"<p>{before}<strong>{last}</strong></p>\n", plain, found
        )
    return MadeText(plain, f"<p>{plain}</p>\n", plain, found)
