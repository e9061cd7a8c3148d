"""Published conversations, and made ones of which the answer is known."""

import csv
import random
from dataclasses import dataclass
from pathlib import Path

from forums.knowledge.opinions import exports
from forums.knowledge.opinions.votes import Votes
from tests.needs import needs_shared

PUBLISHED = (
    "austria-climate.7z7ejpbmv5",
    "brexit-consensus",
    "football-concussions",
    "scoop-hivemind.freshwater",
    "scoop-hivemind.taxes",
)


@dataclass(frozen=True)
class Published:
    """`groups`: person → the group Pol.is itself found."""

    folder: Path
    conversation: exports.Export
    groups: dict[int, str]


def published(name: str) -> Published:
    folder = needs_shared("data", "polis", name)
    conversation = exports.read(folder / "participants-votes.csv", folder / "comments.csv")
    with (folder / "participants-votes.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    groups = {int(row["participant"]): row["group-id"] for row in rows if row["group-id"]}
    return Published(folder, conversation, groups)


def camps(count: int, *, people: int = 60, statements: int = 30, seed: int = 1) -> Votes:
    """So many camps of like minds; person i is of camp i mod count. A third of the votes is missing, and three in ten are not her camp's."""
    chance = random.Random(seed)
    minds = [[chance.choice((1, -1)) for _ in range(statements)] for _ in range(count)]
    return Votes.of(
        (
            person,
            statement,
            minds[person % count][statement] * chance.choice((1, 1, 1, 1, 1, 1, 1, 0, 0, -1)),
        )
        for person in range(people)
        for statement in range(statements)
        if chance.random() < 0.7
    )
