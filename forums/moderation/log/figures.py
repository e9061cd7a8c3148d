"""A year's figures: what was decided, how often, by whom, how soon; and what came of asking again. Counted once an hour."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.aggregates import Aggregate
from django.utils import timezone

from forums.moderation.appeals.models import Appeal, AppealOutcome
from forums.moderation.log.filters import in_year
from forums.moderation.models import Act, Decision
from forums.moderation.queue.models import Case, CaseState
from forums.moderation.queue.registry import case_kinds

KEPT = 60 * 60  # seconds; a year that is over changes no more, but its appeals may


class Percentile(Aggregate):
    """percentile_cont: so much of a group lies below."""

    function = "percentile_cont"
    template = "%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()

    def __init__(self, expression: ExpressionWrapper | F, part: float) -> None:
        super().__init__(expression, part=part)


@dataclass(frozen=True, slots=True)
class OfAct:
    """How often something was decided: in all, by the site's moderators, by those of networks, by a rule alone."""

    act: str
    label: str
    all: int
    site: int
    networks: int
    rule: int


@dataclass(frozen=True, slots=True)
class OfKind:
    """How many cases of a kind ended, how many of them were refused, and after how many hours."""

    kind: str
    label: str
    ended: int
    refused: int
    median: float
    p90: float


@dataclass(frozen=True, slots=True)
class OfAppeals:
    """How often somebody was asked to look again, what came of it, after how many hours."""

    asked: int
    upheld: int
    overturned: int
    undone: int
    waiting: int
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """A year, as it was counted."""

    year: int
    acts: list[OfAct]
    kinds: list[OfKind]
    appeals: OfAppeals
    counted_at: datetime


def of_year(year: int) -> Figures:
    """The figures of a year, an hour old at most: each visit would else count the whole year."""
    kept: Figures | None = cache.get(key := f"moderation-figures-{year}")
    if kept is None:
        kept = _counted(year)
        cache.set(key, kept, KEPT)
    return kept


def _counted(year: int) -> Figures:
    start, end = in_year(year)
    return Figures(
        year=year,
        acts=_acts(Decision.objects.filter(created_at__gte=start, created_at__lt=end)),
        kinds=_kinds(Case.objects.filter(ended_at__gte=start, ended_at__lt=end)),
        appeals=_appeals(Appeal.objects.filter(created_at__gte=start, created_at__lt=end)),
        counted_at=timezone.now(),
    )


def _acts(decisions: QuerySet[Decision]) -> list[OfAct]:
    in_name = Q(details__has_key="network")
    rows = decisions.values("act").annotate(
        all=Count("pk"),
        networks=Count("pk", filter=in_name & Q(moderator__isnull=False)),
        rule=Count("pk", filter=Q(moderator=None)),
    )
    found = [
        OfAct(
            act=row["act"],
            label=str(Act(row["act"]).label),
            all=row["all"],
            site=row["all"] - row["networks"] - row["rule"],
            networks=row["networks"],
            rule=row["rule"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (-each.all, each.act))


def _kinds(cases: QuerySet[Case]) -> list[OfKind]:
    took = ExpressionWrapper(F("ended_at") - F("opened_at"), output_field=DurationField())
    rows = cases.values("kind").annotate(
        ended=Count("pk"),
        refused=Count("pk", filter=Q(state=CaseState.REFUSED)),
        median=Percentile(took, 0.5),
        p90=Percentile(took, 0.9),
    )
    labels = case_kinds()
    found = [
        OfKind(
            kind=row["kind"],
            label=str(labels[row["kind"]].label) if row["kind"] in labels else row["kind"],
            ended=row["ended"],
            refused=row["refused"],
            median=hours(row["median"].total_seconds()),
            p90=hours(row["p90"].total_seconds()),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (-each.ended, each.kind))


def _appeals(appeals: QuerySet[Appeal]) -> OfAppeals:
    took = ExpressionWrapper(F("answered_at") - F("created_at"), output_field=DurationField())
    counts = {outcome: Count("pk", filter=Q(outcome=outcome)) for outcome in AppealOutcome.values}
    row = appeals.aggregate(
        asked=Count("pk"), median=Percentile(took, 0.5), p90=Percentile(took, 0.9), **counts
    )
    median, p90 = row["median"], row["p90"]
    return OfAppeals(
        asked=row["asked"],
        upheld=row["upheld"],
        overturned=row["overturned"],
        undone=row["undone"],
        waiting=row["asked"] - row["upheld"] - row["overturned"] - row["undone"],
        median=hours(median.total_seconds()) if median is not None else None,
        p90=hours(p90.total_seconds()) if p90 is not None else None,
    )


def hours(seconds: float) -> float:
    """To a tenth of an hour."""
    return round(seconds / 3600, 1)


def years(now: datetime, first: int) -> list[int]:
    """Those there may be figures of, the newest first."""
    return list(range(timezone.localtime(now).year, first - 1, -1))
