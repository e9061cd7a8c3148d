"""How well networks know each other, from what they guessed of each other. Reads only."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Count, F, Q
from django.db.models.functions import Abs

from forums.groups.networks.models import Network
from forums.groups.networks.references import NetworkRef
from forums.knowledge.guesses.models import ENOUGH, Acquaintance, NetworkGuess

STEP = 5  # percent
SHOWN = 12
type Pair = tuple[int, int]  # who guessed, about whom


@dataclass(frozen=True, slots=True)
class PairGuesses:
    """What one network guessed of another: how often, and how far off on average (percent, to the nearest five)."""

    guesses: int
    off: int
    months: tuple[tuple[date, int], ...]  # oldest first; none where one could be had of too few


def to_step(percent: float) -> int:
    """To the nearest five."""
    return STEP * round(percent / STEP)


def of_ten(percent: int) -> str:
    """15: "1.5" people of ten."""
    return f"{percent / 10:g}"


def guessed_pairs() -> dict[Pair, PairGuesses]:
    """All there is, for the worker: mean |guess − told|, of each pair, and of each month of it. One query."""
    off = Avg(Abs(F("guess") * 10 - F("told")))
    rows = (
        NetworkGuess.objects.values("viewer", "target", "month")
        .annotate(count=Count("pk"), off=off)
        .order_by("viewer", "target", "month")
    )
    found: dict[Pair, list[tuple[date, int, float]]] = {}
    for row in rows:
        pair = (row["viewer"], row["target"])
        found.setdefault(pair, []).append((row["month"], row["count"], float(row["off"])))
    return {pair: _of(months) for pair, months in found.items()}


def _of(months: list[tuple[date, int, float]]) -> PairGuesses:
    guesses = sum(count for _month, count, _off in months)
    off = sum(count * each for _month, count, each in months) / guesses
    enough = [each for each in months if each[1] >= ENOUGH]
    rest = guesses - sum(count for _month, count, _off in enough)
    if 0 < rest < ENOUGH:  # what all say less what these months say would tell of so few
        enough = []
    return PairGuesses(
        guesses, to_step(off), tuple((month, to_step(off)) for month, _count, off in enough)
    )


@dataclass(frozen=True, slots=True)
class Sight:
    """One direction: how many of ten people a guess is off, and what it was in the first month, where that is another."""

    guesses: int
    percent: int
    before: int | None

    @property
    def off(self) -> str:
        return of_ten(self.percent)

    @property
    def was(self) -> str:
        """'' where there is nothing to compare with."""
        return "" if self.before is None else of_ten(self.before)


@dataclass(frozen=True, slots=True)
class AcquaintedRow:
    """Another network: how it guesses this one (`theirs`), and this one it (`ours`)."""

    network: NetworkRef
    theirs: Sight
    ours: Sight


@dataclass(frozen=True, slots=True)
class Acquainted:
    """How a network and others know each other, those first who guessed most. `theirs`, `ours`: over all of them."""

    rows: tuple[AcquaintedRow, ...] = ()
    theirs: str = ""
    ours: str = ""


def acquainted(network: Network) -> Acquainted:
    """For its page: the same for everybody; no hidden or archived network. One query."""
    listed = Network.objects.listed()
    told = (
        Acquaintance.objects.filter(Q(viewer=network) | Q(target=network))
        .filter(viewer__in=listed, target__in=listed)
        .select_related("viewer", "target")
    )
    about: dict[int, Sight] = {}
    by: dict[int, Sight] = {}
    others: dict[int, Network] = {}
    for each in told:
        theirs = each.target_id == network.pk
        other = each.viewer if theirs else each.target
        others[other.pk] = other
        (about if theirs else by)[other.pk] = _sight(each)
    both = sorted(
        about.keys() & by.keys(), key=lambda pk: (-about[pk].guesses - by[pk].guesses, pk)
    )
    if not both:
        return Acquainted()
    return Acquainted(
        rows=tuple(
            AcquaintedRow(_ref(others[pk]), theirs=about[pk], ours=by[pk]) for pk in both[:SHOWN]
        ),
        theirs=_over([about[pk] for pk in both]),
        ours=_over([by[pk] for pk in both]),
    )


def _sight(each: Acquaintance) -> Sight:
    first = each.months[0][1] if len(each.months) > 1 else None
    return Sight(each.guesses, each.months[-1][1] if first is not None else each.off, first)


def _over(sights: list[Sight]) -> str:
    guesses = sum(each.guesses for each in sights)
    return of_ten(to_step(sum(each.guesses * each.percent for each in sights) / guesses))


def _ref(network: Network) -> NetworkRef:
    return NetworkRef.of(network.name, network.slug, network.colour, network.emblem)
