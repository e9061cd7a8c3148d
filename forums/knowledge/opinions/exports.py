"""Pol.is's own files of a conversation: participants-votes.csv, comments.csv, votes.csv."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from forums.knowledge.opinions.votes import CODES, Vote, Votes

# What Pol.is writes of a statement its moderators took out.
REFUSED = "-1"
# Of votes: 10,000 people × 5,000 statements. A file of more is no export of a conversation.
MOST_CELLS = 50_000_000
CELLS = {"": 0, **{str(vote.value): code for vote, code in CODES.items()}}


class BadExport(ValueError):
    """A file that is no such export; says which file, which line, and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Export:
    """`counted`: whom the export says its groups were built on; None where it says nothing of groups."""

    votes: Votes
    refused: frozenset[int]
    counted: int | None


@dataclass(frozen=True, slots=True)
class Cast:
    """One vote in the order they came. `at`: seconds since 1970."""

    at: float
    person: int
    statement: int
    vote: Vote


def read(votes: Path, comments: Path) -> Export:
    """The conversation of two files. BadExport where they are no such files."""
    refused = frozenset(
        _number(comments, line, row["comment-id"])
        for line, row in _rows(comments, ("comment-id", "moderated"))
        if row["moderated"].strip() == REFUSED
    )
    ballots: dict[int, bytes] = {}
    lines: dict[int, int] = {}
    counted: list[int] = []
    statements: list[str] = []
    for line, row in _rows(votes, ("participant",)):
        person = _number(votes, line, row["participant"])
        if person in lines:
            raise BadExport(
                f"{votes.name}, line {line}: person {person} stands twice (first in line {lines[person]})"
            )
        lines[person] = line
        statements = statements or [name for name in row if name.isascii() and name.isdigit()]
        if len(lines) * len(statements) > MOST_CELLS:
            raise BadExport(f"{votes.name}: more than {MOST_CELLS:,} votes could stand here")
        if (row.get("group-id") or "").strip():
            counted.append(person)
        try:
            ballots[person] = bytes([CELLS[row[name]] for name in statements])
        except KeyError:
            ballots[person] = bytes(_code(votes, line, row[name]) for name in statements)
    made = Votes.of_ballots(ballots, [int(name) for name in statements])
    return Export(made, refused, made.set_of(counted) if counted else None)


def read_cast(votes: Path) -> list[Cast]:
    """Each vote with its time, oldest first; of the same moment in the order of the file."""
    cast = [
        Cast(
            _number(votes, line, row["timestamp"]) / 1000,
            _number(votes, line, row["voter-id"]),
            _number(votes, line, row["comment-id"]),
            _vote(votes, line, row["vote"]),
        )
        for line, row in _rows(votes, ("timestamp", "comment-id", "voter-id", "vote"))
    ]
    return sorted(cast, key=lambda each: each.at)


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            names = next(reader, None)
            if names is None:
                raise BadExport(f"{path.name}: the file is empty")
            missing = [name for name in needed if name not in names]
            if missing:
                raise BadExport(f"{path.name}: no column {', '.join(missing)}")
            twice = {name for name in names if names.count(name) > 1}
            if twice:
                raise BadExport(f"{path.name}: column {min(twice)} stands twice")
            for cells in reader:
                if not cells:
                    continue
                if len(cells) != len(names):
                    raise BadExport(
                        f"{path.name}, line {reader.line_num}: {len(cells)} cells, {len(names)} in the head"
                    )
                yield reader.line_num, dict(zip(names, cells, strict=True))
    except OSError as error:
        raise BadExport(f"{path.name}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BadExport(f"{path.name}: is not UTF-8") from error
    except csv.Error as error:
        raise BadExport(f"{path.name}: {error}") from error


def _number(path: Path, line: int, text: str) -> int:
    text = text.strip()
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise BadExport(f"{path.name}, line {line}: {text[:40]!r} is no number")
    return int(text)


def _vote(path: Path, line: int, text: str) -> Vote:
    text = text.strip()
    if text not in ("1", "0", "-1"):
        raise BadExport(f"{path.name}, line {line}: {text[:40]!r} is no vote (1, 0 or -1)")
    return Vote(int(text))


def _code(path: Path, line: int, text: str) -> int:
    return CODES[_vote(path, line, text)] if text.strip() else 0
