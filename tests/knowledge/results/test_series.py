"""A whole round is watched, every figure of it: who knows when each of them voted, and reads all that is told, solves for
one vote. The solver is exact (whole numbers, all worlds that fit at once)."""

import random
from collections import Counter
from itertools import pairwise, product

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from forums.knowledge.results.told import ToldVotes

VOTES = (1, 2, 3)
HERE, STATEMENT = 1, 7
type Versions = dict[int, int]  # of each person who is told, the how-manieth of her answers


class Watched:
    """A round of one statement and network; `moments`: whose which answer is told, and how many said what."""

    def __init__(self, seed: int, voters: int, *, changes: float = 0, leaves: float = 0) -> None:
        self.chance = random.Random(seed)
        self.said: dict[int, list[int]] = {}
        self.moments: list[tuple[Versions, Counter[int]]] = []
        told, here = ToldVotes(), list[int]()
        for person in range(voters):
            self._votes(person)
            here.append(person)
            told = self._told(told, here)
            if self.chance.random() < changes:
                self._votes(self.chance.choice(here))
                told = self._told(told, here)
            if self.chance.random() < leaves:
                here.remove(self.chance.choice(here))
                told = self._told(told, here)

    def _votes(self, person: int) -> None:
        before = self.said.setdefault(person, [])
        open_ = [vote for vote in VOTES if vote not in before[-1:]]
        before.append(self.chance.choices(open_, [{1: 6, 2: 3, 3: 1}[vote] for vote in open_])[0])

    def _told(self, told: ToldVotes, here: list[int]) -> ToldVotes:
        now = {(HERE, person): bytes([self.said[person][-1]]) for person in here}
        after = told.moved(ToldVotes((STATEMENT,), now))
        if after.rows != told.rows:
            last = self.moments[-1][0] if self.moments else {}
            versions = {
                person: last[person]
                if told.rows.get((HERE, person)) == row and person in last
                else len(self.said[person]) - 1
                for (_network, person), row in after.rows.items()
            }
            self.moments.append((versions, Counter(row[0] for row in after.rows.values())))
        return after

    def read(self) -> set[int]:
        """Of whom an answer can be computed."""
        if not self.moments:
            return set()
        classes: dict[tuple[int | None, ...], list[int]] = {}
        for person in self.said:
            seen = [versions.get(person) for versions, _count in self.moments]
            if any(each is not None for each in seen):
                order = sorted({each for each in seen if each is not None})
                sign = tuple(None if each is None else order.index(each) for each in seen)
                classes.setdefault(sign, []).append(person)
        unknown = [
            (sign, answers)
            for sign in classes
            for answers in product(VOTES, repeat=1 + max(each for each in sign if each is not None))
        ]
        rows, sums = list[list[int]](), list[int]()
        for sign, people in classes.items():
            rows.append([int(of == sign) for of, _answers in unknown])
            sums.append(len(people))
        for at, (_versions, count) in enumerate(self.moments):
            for vote in VOTES:
                rows.append(
                    [int((v := of[at]) is not None and said[v] == vote) for of, said in unknown]
                )
                sums.append(count[vote])
        fits = LinearConstraint(np.array(rows), sums, sums)
        found = set[int]()
        for sign, people in classes.items():
            for version in {each for each in sign if each is not None}:
                vote, *others = {
                    self.said[person][self._of(person, sign, version)] for person in people
                }
                if others:  # as it is, they said different things: who did which nobody knows
                    continue
                otherwise = [int(of == sign and said[version] != vote) for of, said in unknown]
                most = milp(
                    -np.array(otherwise),
                    constraints=fits,
                    integrality=np.ones(len(unknown)),
                    bounds=Bounds(0, np.inf),
                )
                assert most.success
                if round(-most.fun) == 0:  # in every world all of them said just this
                    found |= set(people)
        return found

    def _of(self, person: int, sign: tuple[int | None, ...], version: int) -> int:
        """Which of her answers is the `version`th of those that were told."""
        return self.moments[sign.index(version)][0][person]

    def alike(self) -> set[int]:
        """Of five and more who were told together all said the same: what nothing can hide."""
        found = set[int]()
        for before, after in pairwise([({}, Counter()), *self.moments]):
            fresh = {p for p, version in after[0].items() if before[0].get(p) != version}
            gone = {p for p, version in before[0].items() if after[0].get(p) != version}
            for some, versions in ((fresh, after[0]), (gone, before[0]), (set(after[0]), after[0])):
                if len({self.said[person][versions[person]] for person in some}) == 1:
                    found |= fresh | gone | set(after[0] if some == set(after[0]) else ())
        return found


@pytest.mark.parametrize("voters", [4, 5, 9, 14, 22, 40])
def test_no_vote_can_be_computed_from_all_figures_of_a_round(voters):
    """But where five and more who were told together all said the same: docs/common-ground.md says so."""
    for seed in range(8):
        watched = Watched(seed, voters, leaves=0.1)
        assert watched.read() <= watched.alike(), seed


def test_the_solver_reads_what_can_be_read():
    """Five who all say the same are read; so it would find others, if steps were smaller."""
    watched = Watched(0, 0)
    watched.said = {person: [1] for person in range(5)}
    watched.moments = [(dict.fromkeys(range(5), 0), Counter({1: 5}))]
    assert watched.read() == watched.alike() == set(range(5))
    watched.said[5] = [2]
    watched.moments.append((dict.fromkeys(range(6), 0), Counter({1: 5, 2: 1})))
    assert watched.read() == set(range(6))
