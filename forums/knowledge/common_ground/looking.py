"""One statement by its number: what became of it, what is told of it, and what the reader said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from forums.discussions.topics.beside import VoiceRow
from forums.discussions.topics.models import Topic
from forums.groups.networks.references import NetworkRef
from forums.knowledge.common_ground.named import StatementRef, networks_named
from forums.knowledge.common_ground.reading import Reading
from forums.knowledge.common_ground.sections import COLUMNS, Cards, StatementCard
from forums.knowledge.common_ground.strands import Measured, Strands, people
from forums.knowledge.differences.asking import AskedDifference, asked_of
from forums.knowledge.differences.told import kinds_of_difference
from forums.knowledge.glossary.cards import WordRef, words_in
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.reasons.quoted import QuotedReason, quoted
from forums.knowledge.results.beads import Beads
from forums.knowledge.results.figures import NetworkShare, StatementFigures
from forums.knowledge.statements.models import Fate, Statement
from forums.knowledge.voting.models import Answered


@dataclass(frozen=True, slots=True)
class FiguresRow:
    """All figures of one network, as a table has them."""

    network: NetworkRef
    agree: str
    disagree: str
    passed: str
    important: str
    people: str


@dataclass(frozen=True, slots=True)
class ToldStatement:
    """What is told of a statement where results may be told."""

    finding: str
    card: StatementCard
    rows: list[FiguresRow]
    drawings: list[Beads]


@dataclass(frozen=True, slots=True)
class ToldReasons:
    """Why, of one side: some of its reasons, the most useful first; `left` follow, from `next` on."""

    side: Answered
    some: list[QuotedReason]
    next: int
    left: int

    @property
    def key(self) -> str:
        """As addresses have it."""
        return self.side.name.lower()


SIDES = {side.name.lower(): side for side in Answered}
FEW, PAGE = 3, 20  # reasons of a side: beside the figures, on a page of its own


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """`answer`: what the reader said of it, in words, or ""; `asked`: she is asked what kind of difference it is;
    `reasons`: of each side one of each network, the most useful first; `words`: those in it that have cards; `came_from`: what it was parted from; `parts`: what it was
    parted into; `merged`: how many others said the same."""

    statement: Statement
    is_open: bool
    told: ToldStatement | None
    answer: str
    asked: AskedDifference | None
    reasons: list[ToldReasons]
    words: list[WordRef]
    came_from: Statement | None
    parts: list[Statement]
    merged: int


def one_statement(
    topic: Topic,
    member: Any,
    number: int,
    *,
    reading: Reading,
    there: Sequence[VoiceRow],
    why: Answered | None = None,
    start: int = 0,
) -> ShownStatement | None:
    """With the first few reasons of each side, or those of `why` from the `start`th on. None where `member` may not see one of this number: seven queries at most, whatever there is."""
    seen = Statement.objects.visible_to(member).filter(topic=topic.pk)
    statement = seen.filter(number=number).select_related("network", "merged_into").first()
    if statement is None:
        return None
    statement.topic = topic
    is_open = statement.fate is Fate.OPEN
    figures = reading.figures.of(statement.pk) if reading.figures and is_open else None
    related = Q(part_of=statement.pk) | Q(merged_into=statement.pk) | Q(pk=statement.part_of_id)
    near = list(Statement.objects.filter(related, topic=topic.pk).order_by("number"))
    said = reading.votes.get(statement.pk)
    return ShownStatement(
        statement=statement,
        is_open=is_open,
        told=_told(statement, figures, reading, there) if figures else None,
        answer="" if said is None else str(Answered(said).label),
        asked=asked_of(member, reading.access, figures, statement) if figures else None,
        reasons=_reasons(statement, member, why, start) if is_open else [],
        words=words_in(topic, statement.body),
        came_from=next((each for each in near if each.fate is Fate.SPLIT), None),
        parts=[each for each in near if each.part_of_id == statement.pk and each.fate is Fate.OPEN],
        merged=sum(1 for each in near if each.merged_into_id),
    )


def _reasons(
    statement: Statement, member: Any, why: Answered | None, start: int
) -> list[ToldReasons]:
    """In the order of the answers, none of which has more to say than another; of one side alone a page."""
    by_side: dict[Answered, list[QuotedReason]] = {}
    for (_of, side, _network), each in quoted([statement.pk], member).said.items():
        by_side.setdefault(side, []).append(each)
    told = []
    for side in Answered if why is None else [why]:
        found = sorted(by_side.get(side, []), key=lambda each: (-each.useful, each.key))
        later = start + (FEW if why is None else PAGE)
        if some := found[start:later]:
            told.append(ToldReasons(side, some, later, max(0, len(found) - later)))
    return told


def found_elsewhere(topic: Topic, number: int) -> str:
    """Where one stands that is not put to the vote any more, since it was put together with another, or parted: the
    address of that one, or of its first part; "" where it is nowhere."""
    gone = Statement.objects.shown().filter(topic=topic.pk, number=number)
    moved = gone.values_list("pk", "merged_into").first()
    if moved is None:
        return ""
    pk, into = moved
    successors = Statement.objects.open().filter(Q(pk=into) | Q(part_of=pk), topic=topic.pk)
    found = successors.order_by("number").values_list("number", flat=True).first()
    return f"/t/{topic.pk}/common/{found}/" if found else ""


def _told(
    statement: Statement,
    figures: StatementFigures,
    reading: Reading,
    there: Sequence[VoiceRow],
) -> ToldStatement:
    assert reading.figures  # noqa: S101 - hers are of them
    strands = Strands(networks_named(reading.figures, there, [statement.network_id]))
    ref = StatementRef(
        statement.pk,
        statement.topic_id,
        statement.number,
        statement.body,
        statement.network_id,
        statement.in_name,
    )
    traits = COLUMNS.get(figures.finding)
    measured = traits.measured if traits else Measured.AGREE
    cards = Cards(
        {statement.pk: ref},
        strands,
        is_over=not reading.is_open,
        differences=kinds_of_difference([figures]),
    )
    none_of_them = {
        Finding.UNHEARD: _("Not heard enough to say anything"),
        Finding.NEITHER: _("Neither shared, nor far apart, nor passed on by many"),
    }
    return ToldStatement(
        finding=str(traits.title) if traits else none_of_them[figures.finding],
        card=cards.card(figures, measured, whole=True),
        rows=[
            _row(strands.networks[share.network], share)
            for share in cards.in_order(figures.shares)
            if share.network in strands.networks
        ],
        drawings=sorted(strands.drawings),
    )


def _row(network: NetworkRef, share: NetworkShare) -> FiguresRow:
    about = _("about %(percent)d%%") if share.is_about else "%(percent)d%%"

    def said(percent: int) -> str:
        return about % {"percent": percent}

    return FiguresRow(
        network,
        said(share.agree),
        said(share.disagree),
        said(share.passed),
        said(share.important),
        people(share.people),
    )
