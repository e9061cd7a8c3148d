"""Who voted how on what: a ballot a person, and of each statement the sets of people who said this or that.

A set is a number with a bit a person, so that counting a group is one operation.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Self


class Vote(IntEnum):
    """What one person says of one statement."""

    DISAGREE = -1
    PASS = 0
    AGREE = 1


# What stands in a ballot; nothing said is 0.
CODES = {Vote.AGREE: 1, Vote.DISAGREE: 2, Vote.PASS: 3}


@dataclass(frozen=True, slots=True)
class Votes:
    """All votes of one round. Person `people[i]` is bit i of every set; ids stand in ascending order."""

    people: tuple[int, ...]
    statements: tuple[int, ...]
    ballots: tuple[bytes, ...]  # a byte a statement (CODES), in their order
    agree: Mapping[int, int]
    disagree: Mapping[int, int]
    passed: Mapping[int, int]

    @classmethod
    def of(
        cls,
        cast: Iterable[tuple[int, int, int]],
        *,
        people: Iterable[int] = (),
        statements: Iterable[int] = (),
    ) -> Self:
        """From (person, statement, vote); who votes twice on one statement has changed her mind.

        `people` and `statements` name those who may have no vote at all. KeyError for a vote that is none
        of -1, 0, 1.
        """
        votes = {(person, statement): CODES[Vote(vote)] for person, statement, vote in cast}
        who = sorted({person for person, _ in votes} | set(people))
        what = sorted({statement for _, statement in votes} | set(statements))
        column = {statement: index for index, statement in enumerate(what)}
        rows = {person: bytearray(len(what)) for person in who}
        for (person, statement), code in votes.items():
            rows[person][column[statement]] = code
        return cls.of_ballots({person: bytes(row) for person, row in rows.items()}, what)

    @classmethod
    def of_ballots(cls, ballots: Mapping[int, bytes], statements: Sequence[int]) -> Self:
        """From a ballot a person, a byte (CODES) for each of `statements`, whatever their order."""
        order = sorted(range(len(statements)), key=lambda index: statements[index])
        who = sorted(ballots)
        rows = [ballots[person] for person in who]
        columns = [*map(bytes, zip(*rows, strict=True))] if rows else [b""] * len(order)
        if order != list(range(len(order))):
            rows = [bytes(row[index] for index in order) for row in rows]
        what = tuple(statements[index] for index in order)
        agree, disagree, passed = (
            {
                statement: _set(columns[index], code)
                for statement, index in zip(what, order, strict=True)
            }
            for code in (CODES[Vote.AGREE], CODES[Vote.DISAGREE], CODES[Vote.PASS])
        )
        return cls(tuple(who), what, tuple(rows), agree, disagree, passed)

    def seen(self, statement: int) -> int:
        """Who answered it, in whatever way."""
        return self.agree[statement] | self.disagree[statement] | self.passed[statement]

    def set_of(self, people: Iterable[int]) -> int:
        """The set of those named; whoever is not here is left out."""
        named = set(people)
        return _set(bytes(person in named for person in self.people), 1)

    def named(self, bits: int) -> tuple[int, ...]:
        """The ids of a set, ascending."""
        return tuple(self.people[index] for index in indices(bits))

    def answered(self) -> list[int]:
        """How many statements each person answered, in the order of `people`."""
        return [len(ballot) - ballot.count(0) for ballot in self.ballots]

    def without(self, bits: int) -> Self:
        """As if these people had never voted."""
        left = list(self.ballots)
        for index in indices(bits):
            left[index] = bytes(len(self.statements))
        said = (
            {statement: each & ~bits for statement, each in sets.items()}
            for sets in (self.agree, self.disagree, self.passed)
        )
        return type(self)(self.people, self.statements, tuple(left), *said)


def indices(bits: int) -> Iterator[int]:
    """The places of a set's bits, ascending."""
    for index, digit in enumerate(f"{bits:b}"[::-1] if bits else ""):
        if digit == "1":
            yield index


def union(sets: Iterable[int]) -> int:
    """Whoever is in one of the sets."""
    bits = 0
    for each in sets:
        bits |= each
    return bits


def _set(column: bytes, code: int) -> int:
    """The set of those who said `code`. Read as digits, for that costs as much as there are people, no more."""
    digits = bytes(49 if each == code else 48 for each in range(256))
    return int(column.translate(digits)[::-1] or b"0", 2)
