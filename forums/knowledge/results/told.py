"""The votes as they were last told. All that is published follows from these alone.

They move five people at a time: how a network answered a statement is told anew when at least five of its people
answer it otherwise than was told last (or not at all any more), all of them at once; until then it stays as it was. So of any two
states that were told, what differs comes of five people, and who is one of fewer stands in none of them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import batched
from operator import add
from typing import Any, Self

from forums.knowledge.opinions.tallies import HEARD
from forums.knowledge.opinions.votes import CODES, Vote, Votes

type Person = tuple[int, int]  # for which network, and the number of her ballot
type Rows = Mapping[Person, bytes]

# A byte a statement: what was said (`votes.CODES`, 0 for nothing), and whether it is important to her.
IMPORTANT = 4
SAID = bytes(code & 3 for code in range(256))
_MATTERS = bytes(CODES[Vote.AGREE] if code & IMPORTANT else 0 for code in range(256))
_ANY = bytes(bool(code) for code in range(256))
DIGITS = bytes(48 + (code & 7) for code in range(256))
_CODES = bytes((code - 48) & 7 for code in range(256))
_ALL = bytes(255 if code else 0 for code in range(256))


@dataclass(frozen=True, slots=True)
class ToldVotes:
    """A row of bytes a person, a byte for each of `statements` (ids, ascending)."""

    statements: tuple[int, ...] = ()
    rows: Rows = field(default_factory=dict)

    @property
    def people(self) -> tuple[Person, ...]:
        """In the order of the numbers that `votes` and `important` give them."""
        return tuple(sorted(self.rows))

    def without(self, networks: Collection[int]) -> Self:
        """The same, without the people of these networks."""
        kept = {person: row for person, row in self.rows.items() if person[0] not in networks}
        return replace(self, rows=kept)

    def votes(self, statements: Iterable[int]) -> Votes:
        """Of these statements only, and of whoever answered one; person i is `people[i]`."""
        return self._as(SAID, statements)

    def important(self, statements: Iterable[int]) -> dict[int, int]:
        """To whom each is important: a set of people."""
        return dict(self._as(_MATTERS, statements).agree)

    def networks(self, people: Votes) -> dict[int, int]:
        """The people of each network, as sets."""
        members: dict[int, list[int]] = {}
        for index, (network, _ballot) in enumerate(self.people):
            members.setdefault(network, []).append(index)
        return {network: people.set_of(some) for network, some in sorted(members.items())}

    def _as(self, table: bytes, statements: Iterable[int]) -> Votes:
        asked = set(statements)
        wanted = [each for each in self.statements if each in asked]
        over = self._over(wanted)
        rows = {index: over[person] for index, person in enumerate(self.people)}
        return Votes.of_ballots(
            {index: row.translate(table) for index, row in rows.items() if row.strip(b"\0")},
            wanted,
        )

    def still(self, was: Self) -> Votes:
        """Of what `was` told of its statements, what is told now; person i is `people[i]`."""
        now = self._over(was.statements)
        return Votes.of_ballots(
            {
                index: _same(was.rows[person], now[person].translate(SAID))
                for index, person in enumerate(self.people)
                if person in was.rows
            },
            was.statements,
        )

    def taken(self, statements: Iterable[int], *, anew: Collection[int], now: Self) -> Self:
        """What was said of these statements alone: of those `anew` as it is `now`, else as it was here."""
        what = sorted(statements)
        fresh = int.from_bytes(bytes(255 if each in anew else 0 for each in what))
        before, after, nothing = self._over(what), now._over(what), bytes(len(what))
        rows: dict[Person, bytes] = {}
        for person in {*before, *after}:
            was, is_ = before.get(person, nothing), after.get(person, nothing)
            row = _mixed(was, is_, fresh, fresh).translate(SAID)
            if row.strip(b"\0"):
                rows[person] = row
        return type(self)(tuple(what), rows)

    def moved(self, now: Self) -> Self:
        """What may be told next, where all votes are `now`: cells of a network and a statement as a whole, or not at all."""
        what = sorted({*self.statements, *now.statements})
        before, after = self._over(what), now._over(what)
        _wait_for_her_last_network(before, after)
        people: dict[int, list[Person]] = {}
        for person in {*before, *after}:
            people.setdefault(person[0], []).append(person)
        nothing = bytes(len(what))
        rows: dict[Person, bytes] = {}
        for some in people.values():
            old = [before.get(person, nothing) for person in some]
            new = [after.get(person, nothing) for person in some]
            moves = _columns(map(_differing, old, new), len(what), at_least=HEARD)
            fit = _columns((row.translate(_ANY) for row in new), len(what), at_least=HEARD)
            for person, was, is_ in zip(some, old, new, strict=True):
                row = _mixed(was, is_, moves, fit)
                if row.strip(b"\0"):
                    rows[person] = row
        return type(self)(tuple(what), rows)

    def _over(self, statements: Sequence[int]) -> dict[Person, bytes]:
        if tuple(statements) == self.statements:
            return dict(self.rows)
        at = {statement: index for index, statement in enumerate(self.statements)}
        # The last byte, of no column, is nothing.
        columns = [at.get(statement, -1) for statement in statements]
        return {
            person: bytes(map((row + b"\0").__getitem__, columns))
            for person, row in self.rows.items()
        }

    def to_json(self) -> dict[str, Any]:
        return {
            "statements": self.statements,
            "rows": [
                [*person, row.translate(DIGITS).decode()] for person, row in self.rows.items()
            ],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The other way round."""
        return cls(
            tuple(stored["statements"]),
            {
                (network, ballot): row.encode().translate(_CODES)
                for network, ballot, row in stored["rows"]
            },
        )


def _wait_for_her_last_network(before: Rows, after: dict[Person, bytes]) -> None:
    """Who counts for another network now is told there when she is told no more where she was."""
    elsewhere: dict[int, list[Person]] = {}
    for person in before:
        elsewhere.setdefault(person[1], []).append(person)
    for person, row in after.items():
        for other in elsewhere.get(person[1], ()):
            if other != person:
                told = int.from_bytes(before[other].translate(_ALL))
                row = (int.from_bytes(row) & ~told).to_bytes(len(row))
        after[person] = row


def _same(was: bytes, is_: bytes) -> bytes:
    """What was told where nothing differs, else nothing."""
    differs = int.from_bytes(_differing(was, is_).translate(_ALL))
    return (int.from_bytes(was) & ~differs).to_bytes(len(was))


def _differing(was: bytes, is_: bytes) -> bytes:
    size = len(was)
    return (int.from_bytes(was) ^ int.from_bytes(is_)).to_bytes(size).translate(_ANY)


def _columns(rows: Iterable[bytes], size: int, *, at_least: int) -> int:
    """A mask with all bits of the columns in which so many rows have a 1."""
    counts = [0] * size
    # As numbers, a byte a column: no sum of 255 of these is more than a byte.
    for some in batched(rows, 255, strict=False):
        summed = sum(map(int.from_bytes, some)).to_bytes(size)
        counts = list(map(add, counts, summed))
    return int.from_bytes(bytes(255 if count >= at_least else 0 for count in counts))


def _mixed(was: bytes, is_: bytes, moves: int, fit: int) -> bytes:
    """What was told where nothing moves, else what is, else (of too few) nothing."""
    kept = int.from_bytes(was) & ~moves
    return (kept | int.from_bytes(is_) & moves & fit).to_bytes(len(was))
