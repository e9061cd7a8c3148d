"""The ballots of a round as they are: read here for the computing, and told nowhere."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, F, Sum, When

from forums.knowledge.opinions.votes import CODES
from forums.knowledge.results.told import IMPORTANT, SAID, Person, ToldVotes
from forums.knowledge.voting.models import Ballot, Round, StatementVote

# Of one network, the same in so many answers and begun, or last changed, within an hour of each other, ballots are one.
ALIKE = 7
WITHIN = timedelta(hours=1)
_CODES = 8  # so many a byte of `ToldVotes` may be
# So many that are one are told to moderators: two alike happen among honest people.
TOLD_FROM = 3


@dataclass(frozen=True, slots=True)
class BallotsCast:
    """What stands in the ballots of a round. `apart`: how many answered and do not count; `votes`: answers of all.

    `repeated`: ballots that are alike, with their network; the first of each counts.
    """

    now: ToldVotes
    apart: int
    votes: int
    repeated: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A ballot: for which network it counts, what it says, when it was begun and last changed."""

    number: int
    network: int
    row: bytes
    first: datetime
    last: datetime

    def is_near(self, other: "Sent") -> bool:
        """Begun or last changed within an hour: one answer changed and changed back makes two of them none the less."""
        return abs(self.first - other.first) <= WITHIN or abs(self.last - other.last) <= WITHIN


def cast_in(round_: Round) -> BallotsCast:
    """All of it, but for members who are suspended or banned: as long as they are, they say nothing. Three queries."""
    counted = StatementVote.objects.filter(
        ballot__round=round_, ballot__counts=True, ballot__member__is_active=True
    )
    answer = Case(*(When(vote=vote, then=code) for vote, code in CODES.items()))
    code = answer + Case(When(important=True, then=IMPORTANT), default=0)
    # A number an answer, and few rows at a time: there may be two million of them.
    said = counted.values("ballot_id").annotate(said=ArrayAgg(F("statement_id") * _CODES + code))
    rows = [
        (ballot, array("q", some))
        for ballot, some in said.values_list("ballot_id", "said").iterator(chunk_size=500)
    ]
    statements = sorted({each // _CODES for _ballot, some in rows for each in some})
    at = {statement: index for index, statement in enumerate(statements)}
    ballots = Ballot.objects.filter(round=round_, answered__gt=0, member__is_active=True)
    known = {
        pk: (network, first, last)
        for pk, network, first, last in ballots.filter(counts=True).values_list(
            "pk", "network_id", "first_at", "last_at"
        )
    }
    sent = []
    for ballot, some in rows:
        if ballot not in known:  # came between the two queries
            continue
        row = bytearray(len(statements))
        for each in some:
            row[at[each // _CODES]] = each % _CODES
        network, first, last = known[ballot]
        sent.append(Sent(ballot, network, bytes(row), first, last))
    alike = list(repeated(sent))
    left_out = {number for _network, some in alike for number in some[1:]}
    now: dict[Person, bytes] = {
        (each.network, each.number): each.row for each in sent if each.number not in left_out
    }
    return BallotsCast(
        ToldVotes(tuple(statements), now),
        ballots.filter(counts=False).count(),
        votes_in(round_),
        tuple((network, tuple(some)) for network, some in alike),
    )


def votes_in(round_: Round) -> int:
    """How many answers its ballots hold."""
    total: int | None = Ballot.objects.filter(round=round_).aggregate(all=Sum("answered"))["all"]
    return total or 0


def repeated(sent: Iterable[Sent]) -> Iterable[tuple[int, list[int]]]:
    """Ballots of one network that say the same and came when the first of them did, earliest first."""
    same: dict[tuple[int, bytes], list[Sent]] = {}
    for each in sent:
        if len(each.row) - each.row.count(0) >= ALIKE:
            same.setdefault((each.network, each.row.translate(SAID)), []).append(each)
    for (network, _row), some in sorted(same.items()):
        some.sort(key=lambda each: (each.first, each.number))
        while some:
            together = [each for each in some if each.is_near(some[0])]
            if len(together) > 1:
                yield network, [each.number for each in together]
            some = [each for each in some if not each.is_near(some[0])]
