"""Who voted how on what, as sets of people: a bit a person, so that counting a group is one operation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Self


class Vote(IntEnum):
    """What one person says of one statement."""

    DISAGREE = -1
    PASS = 0
    AGREE = 1


@dataclass(frozen=True, slots=True)
class Votes:
    """All votes of one round. Person `people[i]` is bit i of every set; ids stand in ascending order."""

    people: tuple[int, ...]
    statements: tuple[int, ...]
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

        `people` and `statements` name those who may have no vote at all. ValueError for a vote that is
        none of -1, 0, 1.
        """
        last: dict[tuple[int, int], Vote] = {
            (person, statement): Vote(vote) for person, statement, vote in cast
        }
        who = tuple(sorted({person for person, _ in last} | set(people)))
        what = tuple(sorted({statement for _, statement in last} | set(statements)))
        bit = {person: index for index, person in enumerate(who)}
        sets = {
            vote: {statement: bytearray(len(who) // 8 + 1) for statement in what} for vote in Vote
        }
        for (person, statement), vote in last.items():
            index = bit[person]
            sets[vote][statement][index >> 3] |= 1 << (index & 7)
        agree, disagree, passed = (
            {statement: int.from_bytes(bits, "little") for statement, bits in sets[vote].items()}
            for vote in (Vote.AGREE, Vote.DISAGREE, Vote.PASS)
        )
        return cls(who, what, agree, disagree, passed)

    @property
    def everybody(self) -> int:
        """The set of all people."""
        return (1 << len(self.people)) - 1

    def seen(self, statement: int) -> int:
        """Who answered it, in whatever way."""
        return self.agree[statement] | self.disagree[statement] | self.passed[statement]

    def set_of(self, people: Iterable[int]) -> int:
        """The set of those named; whoever is not here is left out."""
        bit = {person: index for index, person in enumerate(self.people)}
        bits = 0
        for person in people:
            if person in bit:
                bits |= 1 << bit[person]
        return bits

    def named(self, bits: int) -> tuple[int, ...]:
        """The ids of a set, ascending."""
        return tuple(self.people[index] for index in indices(bits))

    def answered(self) -> list[int]:
        """How many statements each person answered, in the order of `people`."""
        counts = [0] * len(self.people)
        for statement in self.statements:
            for index in indices(self.seen(statement)):
                counts[index] += 1
        return counts

    def without(self, bits: int) -> Self:
        """As if these people had never voted."""
        keep = self.everybody & ~bits
        return type(self)(
            self.people,
            self.statements,
            {statement: kept & keep for statement, kept in self.agree.items()},
            {statement: kept & keep for statement, kept in self.disagree.items()},
            {statement: kept & keep for statement, kept in self.passed.items()},
        )

    def ballots(self) -> list[bytes]:
        """What each person said of everything, in the order of `people`: alike where all her votes are."""
        rows = [bytearray(len(self.statements)) for _ in self.people]
        for column, statement in enumerate(self.statements):
            for mark, said in ((1, self.agree), (2, self.disagree), (3, self.passed)):
                for index in indices(said[statement]):
                    rows[index][column] = mark
        return [bytes(row) for row in rows]


def indices(bits: int) -> Iterator[int]:
    """The places of a set's bits, ascending."""
    for place, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        while byte:
            lowest = byte & -byte
            yield place * 8 + lowest.bit_length() - 1
            byte ^= lowest


def union(sets: Iterable[int]) -> int:
    """Whoever is in one of the sets."""
    bits = 0
    for each in sets:
        bits |= each
    return bits
