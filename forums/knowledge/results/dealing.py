"""Rows for whoever wants to compute herself, of which none is anybody's ballot.

Who signed why she agrees with two statements could be found among ballots, and with her all she said. So the answers to each
statement are dealt out anew among those of one network who stand in one group of opinion: what each network and each
group answered stays, and so does whom a computing like ours finds; what one person answered does not.
"""

import random
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from forums.knowledge.opinions.tallies import HEARD
from forums.knowledge.results.told import DIGITS, SAID, ToldVotes

NO_GROUP = -1


def dealt(
    told: ToldVotes, group_of: Mapping[int, int], *, chance: random.Random | None = None
) -> dict[str, Any]:
    """JSON: statements (ids), and rows of (network, group, a digit a statement), in no order.

    `group_of`: of person i of `told.people`; whoever is in none has NO_GROUP.
    """
    chance = chance or random.SystemRandom()
    rows = [bytearray(told.rows[person].translate(SAID)) for person in told.people]
    groups = [group_of.get(index, NO_GROUP) for index in range(len(rows))]
    networks: dict[int, dict[int, list[int]]] = {}
    for index, (network, _ballot) in enumerate(told.people):
        networks.setdefault(network, {}).setdefault(groups[index], []).append(index)
    for column in range(len(told.statements)):
        said = bytes(map(itemgetter(column), rows))
        for cells in networks.values():
            for some in _together(list(cells.values()), said):
                answers = _shuffled([said[index] for index in some], chance)
                for index, answer in zip(some, answers, strict=True):
                    rows[index][column] = answer
    made = [
        [network, group, row.translate(DIGITS).decode()]
        for (network, _ballot), group, row in zip(told.people, groups, rows, strict=True)
    ]
    chance.shuffle(made)
    return {"statements": list(told.statements), "rows": made}


def _shuffled(answers: list[int], chance: random.Random) -> list[int]:
    """In an order that is drawn at once: ten thousand people answer two hundred statements."""
    drawn = memoryview(chance.randbytes(8 * len(answers))).cast("Q")
    return [answers[at] for at in sorted(range(len(answers)), key=drawn.__getitem__)]


def _together(cells: Sequence[list[int]], said: bytes) -> list[list[int]]:
    """The cells of a network; those in which fewer than five answered are one, if need be with the largest."""
    enough, few = list[list[int]](), list[int]()
    answered = 0
    for cell in sorted(cells, key=len):
        here = len(cell) - bytes(map(said.__getitem__, cell)).count(0)
        if here >= HEARD:
            enough.append(cell)
        elif here:
            few += cell
            answered += here
    if few and answered < HEARD and enough:
        few += enough.pop()
    return [*enough, few]
