"""Every write to what is told of votes: one of a round, by one worker at a time."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from forums.base.advisory_locks import Lock, give_back, take
from forums.base.database import is_away
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.groups.networks.models import NETWORK_SHOWN, Network
from forums.knowledge.results.ballots import TOLD_FROM, cast_in
from forums.knowledge.results.computing import CountedVotes, figures_of
from forums.knowledge.results.dealing import dealt
from forums.knowledge.results.figures import RoundFigures
from forums.knowledge.results.marks import Marks
from forums.knowledge.results.models import PublishedResults
from forums.knowledge.results.places import OpinionsFound, opinions
from forums.knowledge.results.registry import were_repeated
from forums.knowledge.results.told import ToldVotes
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.asking import pull
from forums.knowledge.voting.models import Round
from forums.knowledge.voting.permissions import is_open

logger = logging.getLogger(__name__)

# Computed anew when votes grew by a tenth; so long after the last time when anything else moved, or a mark falls due; and
# in any case now and then, for what other hands change: statements, networks, for whom somebody counts.
GROWN = 1.1
EVERY = timedelta(minutes=10)
AT_LEAST = timedelta(hours=1)
UNDER_WAY = timedelta(minutes=1)  # longer than a vote takes from its moment to its row
# What speaks for asking a statement is written when it moved so much.
MOVED = 0.01
# When this worker could not compute a round: it looks every few seconds, and tries that one again after `EVERY`.
_FAILED: dict[int, datetime] = {}
type Stop = Callable[[], bool]


def carry_on(*, stop: Stop = lambda: False) -> int:
    """Publish what is due until nothing is, or `stop` says so; returns how many rounds were. None while another
    worker does."""
    if not take(Lock.RESULTS):
        return 0
    try:
        done, now = 0, timezone.now()
        for round_ in due(now):
            if stop():
                break
            if round_.pk in _FAILED and now - _FAILED[round_.pk] < EVERY:
                continue
            try:
                publish(round_=round_)
                _FAILED.pop(round_.pk, None)
                done += 1
            except Exception as error:  # one that fails keeps no other waiting
                if is_away(error):
                    raise
                _FAILED[round_.pk] = now
                logger.exception("What came of round %s could not be computed", round_.pk)
        return done
    finally:
        give_back(Lock.RESULTS)


def due(now: datetime) -> list[Round]:
    """Rounds to be computed: open ones that have votes, when it is time; closed ones once more, for the last time."""
    # What was dealt was told for good. Moments would not do: the clock of whoever closed the round may be ahead of this one.
    rounds = Round.objects.filter(published__dealt__isnull=True).select_related("published")
    # Asked every few seconds: what was told and what it came from are megabytes.
    rounds = rounds.defer("published__figures", "published__course", "published__dealt")
    counted = rounds.annotate(votes=Sum("ballots__answered"), moved_at=Max("ballots__last_at"))
    return [each for each in counted.order_by("pk") if _is_due(each, now)]


def _is_due(round_: Any, now: datetime) -> bool:
    last: PublishedResults | None = getattr(round_, "published", None)
    votes: int = round_.votes or 0
    if not is_open(round_, at=now):
        return True
    if last is None:
        return votes > 0
    if votes >= max(last.votes * GROWN, last.votes + 1):
        return True
    since = now - last.computed_at
    if since < EVERY or since >= AT_LEAST:
        return since >= AT_LEAST
    moved = round_.moved_at is not None and round_.moved_at > last.computed_at - UNDER_WAY
    return moved or votes != last.votes or _a_mark_falls_due(last, now)


def _a_mark_falls_due(last: PublishedResults, now: datetime) -> bool:
    told = RoundFigures.from_json(last.figures).statements
    return any(each.due_at and datetime.fromisoformat(each.due_at) <= now for each in told)


@transaction.atomic
def publish(*, round_: Round, now: datetime | None = None) -> RoundFigures:
    """Compute and store what is told of a round; of a closed one once, for good: from then on nobody's row is kept."""
    now = now or timezone.now()
    round_ = Round.objects.get(pk=round_.pk)
    last = PublishedResults.objects.select_for_update().filter(round=round_).first()
    if last and last.dealt is not None:
        return RoundFigures.from_json(last.figures)
    course: dict[str, Any] = last.course if last else {}
    cast = cast_in(round_)
    told = ToldVotes.from_json(course["told"]) if course else ToldVotes()
    told = told.moved(cast.now)
    # What was told of a network moves on while it is hidden: told anew when it is shown again, it would tell of one.
    hidden = Network.objects.exclude(NETWORK_SHOWN.q()).values_list("pk", flat=True)
    shown = told.without(set(hidden))
    over = not is_open(round_, at=now)
    open_ = Statement.objects.open().filter(topic=round_.topic_id).order_by("number")
    pulls = dict(open_.values_list("pk", "pull"))
    counted = CountedVotes.of(shown, list(pulls))
    marks = Marks.from_json(course["marks"]) if course else Marks()
    marks = marks.go_on(counted.spreads, shown, now.timestamp(), final=over)
    found = _opinions(counted)
    figures = figures_of(
        counted,
        statements=list(pulls),
        networks=_networks(round_),
        marks=marks,
        told=shown,
        apart=cast.apart,
        map=found.map,
    )
    repeated = [[*each] for each in cast.repeated if len(each[1]) >= TOLD_FROM]
    PublishedResults.objects.update_or_create(
        round=round_,
        defaults={
            "figures": figures.to_json(),
            "course": {"repeated": repeated}
            if over
            else {
                "told": told.to_json(),
                "marks": marks.to_json(),
                "repeated": repeated,
            },
            "votes": cast.votes,
            "computed_at": now,
            "dealt": dealt(shown, found.groups) if over else None,
        },
    )
    _tell_repeated(round_, repeated, course.get("repeated", []))
    _keep_pulls(pulls, counted, found)
    return figures


def _opinions(counted: CountedVotes) -> OpinionsFound:
    """All but the map is told where what finds groups is not installed."""
    try:
        return opinions(counted)
    except ImportError as error:
        _say_once(str(error.name))
        return OpinionsFound()


@cache
def _say_once(name: str) -> None:
    logger.warning("%s is not installed (uv sync --extra groups): no map of opinions is told", name)


def _networks(round_: Round) -> list[int]:
    """Those that take part in the topic, and the one in whose board it stands."""
    here = TopicNetwork.objects.filter(
        topic=round_.topic_id, state__in=(State.JOINED, State.PRESENT)
    ).values_list("network_id", flat=True)
    board = Topic.objects.values_list("board__network_id", flat=True).get(pk=round_.topic_id)
    return sorted({*here, *([board] if board else [])})


def _tell_repeated(round_: Round, repeated: list[list[Any]], before: list[list[Any]]) -> None:
    """Of ballots that are one moderators hear once; when more join them, again."""
    known = {ballot for _network, some in before for ballot in some}
    fresh = [each for each in repeated if not known.issuperset(each[1])]
    if fresh:
        were_repeated(round_, [(network, some) for network, some in fresh])


def _keep_pulls(before: dict[int, float], counted: CountedVotes, found: OpinionsFound) -> None:
    """What speaks for asking each statement next follows from what is told, too."""
    votes, now = counted.votes, dict[int, float]()
    for statement in counted.statements:
        now[statement] = pull(
            people=votes.seen(statement).bit_count(),
            agree=votes.agree[statement].bit_count(),
            passed=votes.passed[statement].bit_count(),
            extremity=found.extremity.get(statement, 0.0),
        )
    moved = [
        Statement(pk=statement, pull=value)
        for statement, value in now.items()
        if abs(value - before[statement]) >= MOVED
    ]
    Statement.objects.bulk_update(moved, ["pull"])
