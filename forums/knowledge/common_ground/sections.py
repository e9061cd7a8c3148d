"""The three columns, and the list of what is none of them: which statements, in which order, how many at first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forums.groups.networks.references import NetworkRef
from forums.knowledge.common_ground import marks
from forums.knowledge.common_ground.named import StatementRef
from forums.knowledge.common_ground.strands import Measured, Strands
from forums.knowledge.differences.told import ToldDifference
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.reasons.quoted import QuotedReason, Quotes
from forums.knowledge.results.figures import NetworkShare, RoundFigures, StatementFigures
from forums.knowledge.voting.models import Answered

FIRST = 5  # of a column; of each alike
LINES = 6  # of a statement; where more networks answered, there is a crowd, and of it and the column less
FIRST_OF_CROWD = 3
NAMED = 3  # of those not heard
REST = "rest"
NO_QUOTES = Quotes({}, {})
NO_DIFFERENCES: Mapping[int, ToldDifference] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SectionTraits:
    """What a column is called and says; `measured`: what its figures count."""

    key: str
    title: Promise
    hint: Promise
    lacks: Promise
    measured: Measured = Measured.AGREE


# In the order of the page; none weighs more than another.
COLUMNS = {
    Finding.SHARED: SectionTraits(
        "shared",
        _("They agree"),
        _("More agree than not in each network that was heard; first those in which most people find themselves"),
        _("No statement is shared by all networks that were heard yet."),
    ),
    Finding.DIFFERS: SectionTraits(
        "differs",
        _("They differ"),
        _("Between two networks lie at least four in ten"),
        _("No statement parts the networks that far yet."),
    ),
    Finding.UNSURE: SectionTraits(
        "unsure",
        _("Not sure yet"),
        _("At least four in ten passed"),
        _("No statement was passed on by four in ten yet."),
        Measured.PASS,
    ),
}  # fmt: skip
BY_KEY = {traits.key: finding for finding, traits in COLUMNS.items()}


@dataclass(slots=True)
class StatementCard:
    """A statement with what is said of it. `more`: networks heard that are not among the lines."""

    statement: StatementRef
    network: NetworkRef | None
    strands: SafeString
    more: int
    unheard: list[NetworkRef]
    more_unheard: int
    mark: str
    why: str
    missing: str
    quotes: list[QuotedReason]
    difference: ToldDifference | None


@dataclass(slots=True)
class StatementColumn:
    """A column: `count` statements, of which `cards` are shown."""

    traits: SectionTraits
    count: int
    cards: list[StatementCard] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.cards)

    @property
    def said(self) -> str:
        """How many, in words."""
        return ngettext("%(n)d statement", "%(n)d statements", self.count) % {"n": self.count}


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """Of a column's `count` statements those that are shown."""

    traits: SectionTraits
    count: int
    some: list[StatementFigures]


def is_crowd(figures: RoundFigures) -> bool:
    """Are there more networks than a card has lines?"""
    return len(figures.heard) > LINES


def chosen(
    figures: RoundFigures,
    finding: Finding,
    statements: Collection[int],
    *,
    start: int = 0,
    size: int | None = None,
) -> ColumnChoice:
    """Those of one finding that are still put to the vote, from the `start`th on: first of them those shown for all, then
    as they are told. Without a `size` the first few."""
    if size is None:
        size = FIRST_OF_CROWD if is_crowd(figures) else FIRST
    place = {statement: at for at, statement in enumerate(figures.shown)}
    told = [each for each in figures.found(finding) if each.statement in statements]
    told.sort(key=lambda each: place.get(each.statement, len(place)))
    return ColumnChoice(COLUMNS[finding], len(told), told[start : start + size])


def rest_of(figures: RoundFigures, statements: dict[int, StatementRef]) -> list[StatementRef]:
    """What is in no column: not heard on yet, or neither of the three."""
    told = {each.statement for finding in COLUMNS for each in figures.found(finding)}
    return [each for pk, each in statements.items() if pk not in told]


class Cards:
    """Makes the cards of one page. `is_over`: the round is; `mine`: the network the reader counts for, whose line is never left out."""

    def __init__(
        self,
        statements: dict[int, StatementRef],
        strands: Strands,
        *,
        is_over: bool,
        mine: int | None = None,
        silent: Collection[int] = (),
        quotes: Quotes = NO_QUOTES,
        differences: Mapping[int, ToldDifference] = NO_DIFFERENCES,
    ) -> None:
        """`silent`: networks that are not heard on anything, which the page says once; `quotes`: reasons; `differences`:
        of what kind they are, by statement."""
        self.statements = statements
        self.strands = strands
        self.is_over = is_over
        self.mine = mine
        self.silent = silent
        self.quotes = quotes
        self.differences = differences

    def column(self, chosen: ColumnChoice) -> StatementColumn:
        measured = chosen.traits.measured
        cards = [self.card(each, measured) for each in chosen.some]
        return StatementColumn(chosen.traits, chosen.count, cards)

    def card(
        self, figures: StatementFigures, measured: Measured, *, whole: bool = False
    ) -> StatementCard:
        """Of a statement that is put to the vote; `whole`: every network, else of a crowd the ends."""
        statement = self.statements[figures.statement]
        named = self.strands.networks
        heard = [share for share in self.in_order(figures.shares) if share.network in named]
        some = heard if whole else self._widest(heard, measured)
        unheard = [named[pk] for pk in figures.unheard if pk in named and pk not in self.silent]
        mark = marks.shown(figures)
        return StatementCard(
            statement=statement,
            network=named.get(statement.network or 0),
            strands=self.strands.of_shares(some, measured),
            more=len(heard) - len(some),
            unheard=unheard if whole else unheard[:NAMED],
            more_unheard=0 if whole else max(0, len(unheard) - NAMED),
            mark=mark,
            why=marks.why(figures) if mark else "",
            missing=marks.missing(figures, is_over=self.is_over),
            quotes=self._quotes(figures),
            difference=self.differences.get(figures.statement),
        )

    def _quotes(self, figures: StatementFigures) -> list[QuotedReason]:
        """Why: against what is shared, from both ends of what differs, for passing on what is not sure; else whatever
        somebody said."""
        wanted = {
            Finding.SHARED: [self.quotes.strongest_dissent(figures)],
            Finding.DIFFERS: [
                self.quotes.best(figures.statement, Answered.AGREE),
                self.quotes.strongest_dissent(figures),
            ],
            Finding.UNSURE: [self.quotes.best(figures.statement, Answered.PASS)],
        }
        found = [each for each in wanted.get(figures.finding, []) if each]
        if not found:
            some = (self.quotes.best(figures.statement, side) for side in Answered)
            found = [each for each in some if each][:1]
        return found

    def in_order(self, shares: Iterable[NetworkShare]) -> list[NetworkShare]:
        """As the networks stand in the topic, on every card alike."""
        place = {pk: at for at, pk in enumerate(self.strands.networks)}
        return sorted(shares, key=lambda share: place.get(share.network, len(place)))

    def _widest(self, shares: Sequence[NetworkShare], measured: Measured) -> list[NetworkShare]:
        """Of a crowd the two ends and the reader's own: what lies between is a link away."""
        if len(shares) <= LINES:
            return list(shares)
        passed = measured is Measured.PASS
        by_size = sorted(shares, key=lambda share: share.passed if passed else share.agree)
        kept = {by_size[0].network, by_size[-1].network, self.mine}
        return [share for share in shares if share.network in kept]
