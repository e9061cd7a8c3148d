"""All that is said of a conversation: Pol.is's consensus, and the same whatever the files look like."""

import csv
import random
from dataclasses import dataclass
from math import prod
from pathlib import Path

import pytest

from forums.knowledge.opinions import exports
from forums.knowledge.opinions.groups import find
from forums.knowledge.opinions.results import Results, results
from tests.knowledge.opinions.conversations import PUBLISHED, published

# Of freshwater Pol.is remembered a group of nine, which its votes alone do not show (docs/decisions/071-groups-of-opinion.md).
ITS_OWN = {
    "austria-climate.7z7ejpbmv5": 8,
    "brexit-consensus": 8,
    "football-concussions": 8,
    "scoop-hivemind.freshwater": 7,
    "scoop-hivemind.taxes": 8,
}
SMALL = "brexit-consensus", "scoop-hivemind.freshwater", "scoop-hivemind.taxes"


@dataclass(frozen=True)
class Said:
    """What the command says of two files."""

    groups: dict[int, int]
    of: Results


def said_of(export: exports.Export) -> Said:
    found = find(export.votes, left_out=export.refused, counted=export.counted)
    return Said(found.of, results(export.votes, found.sets(export.votes), left_out=export.refused))


def by_hand(rows: list[dict[str, str]], groups: dict[int, object], refused: set[str]) -> list[int]:
    """∏ (A+1)/(n+2) over the groups, counted from the file's own cells."""
    camps = sorted(set(groups.values()), key=str)
    of = {int(row["participant"]): row for row in rows}
    product = {}
    for statement in (name for name in rows[0] if name.isdigit() and name not in refused):
        cells = [
            [of[person][statement] for person, group in groups.items() if group == camp]
            for camp in camps
        ]
        product[int(statement)] = prod(
            (some.count("1") + 1) / (len(some) - some.count("") + 2) for some in cells
        )
    return sorted(product, key=lambda each: (-product[each], each))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", PUBLISHED)
def test_consensus_is_pol_is_product_over_the_groups_that_were_found(name):
    of = published(name)
    said = said_of(of.conversation)
    refused = {str(each) for each in of.conversation.refused}
    rows = rows_of(of.folder / "participants-votes.csv")
    assert list(said.of.consensus()[:10]) == by_hand(rows, said.groups, refused)[:10]
    its_own = by_hand(rows, of.groups, refused)[:10]
    assert len(set(said.of.consensus()[:10]) & set(its_own)) >= ITS_OWN[name]


def write(folder: Path, rows: list[dict[str, str]], comments: list[dict[str, str]]) -> Said:
    paths = folder / "participants-votes.csv", folder / "comments.csv"
    for path, lines in zip(paths, (rows, comments), strict=True):
        with path.open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, list(lines[0]))
            table.writeheader()
            table.writerows(lines)
    return said_of(exports.read(*paths))


def files_of(name: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    folder = published(name).folder
    return rows_of(folder / "participants-votes.csv"), rows_of(folder / "comments.csv")


@pytest.mark.parametrize("name", PUBLISHED)
def test_rows_and_columns_in_any_order_say_the_same(name, tmp_path):
    """Four times each of five: twenty of twenty."""
    rows, comments = files_of(name)
    before = said_of(published(name).conversation)
    for seed in range(4):
        chance = random.Random(seed)
        chance.shuffle(rows)
        chance.shuffle(comments)
        names = list(rows[0])
        chance.shuffle(names)
        again = write(tmp_path, [{each: row[each] for each in names} for row in rows], comments)
        assert again == before


@pytest.mark.parametrize("name", SMALL)
def test_what_an_export_may_lack_or_have_besides_changes_nothing(name, tmp_path):
    """Without columns nobody needs, with others; with people who voted on nothing; line ends of another system, and a mark of order."""
    rows, comments = files_of(name)
    before = said_of(published(name).conversation)
    silent = dict.fromkeys(rows[0], "")
    fewer = [
        {each: row[each] for each in row if each.isdigit() or each in ("participant", "group-id")}
        for row in [*rows, *({**silent, "participant": str(10**6 + n)} for n in range(40))]
    ]
    more = [{**each, "is-meta": "true", "importance": "2"} for each in comments]
    again = write(tmp_path, fewer, more)
    assert (again.groups, again.of) == (before.groups, before.of)
    paths = tmp_path / "participants-votes.csv", tmp_path / "comments.csv"
    for path in paths:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\r\n", b"\r"))
    again = said_of(exports.read(*paths))
    assert (again.groups, again.of) == (before.groups, before.of)


@pytest.mark.parametrize("name", SMALL)
def test_statements_with_other_numbers_and_no_groups_named_say_the_same(name, tmp_path):
    rows, comments = files_of(name)
    bare = [{each: row[each] for each in row if each != "group-id"} for row in rows]
    before = write(tmp_path, bare, comments)
    later = [
        {str(int(each) + 5000) if each.isdigit() else each: row[each] for each in row}
        for row in bare
    ]
    moved = [{**each, "comment-id": str(int(each["comment-id"]) + 5000)} for each in comments]
    again = write(tmp_path, later, moved)
    assert again.groups == before.groups
    assert again.of.shown == tuple(each + 5000 for each in before.of.shown)
    assert again.of.consensus() == tuple(each + 5000 for each in before.of.consensus())


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("kept", [0.7, 0.3, 0.08, 0.01])
def test_of_fewer_people_less_is_said_and_nothing_breaks(name, kept, tmp_path):
    rows, comments = files_of(name)
    few = random.Random(3).sample(rows, max(1, round(kept * len(rows))))
    few = [{**row, "group-id": ""} for row in few]
    said = write(tmp_path, few, comments)
    assert set(said.groups) <= {int(row["participant"]) for row in few}
    assert len(said.of.shown) <= 5
    for statement in said.of.shown:
        assert not said.of.spreads[statement].unheard
    assert 0 <= said.of.reached <= 1


def test_where_all_statements_were_refused_or_all_are_of_one_mind_nothing_is_made_up(tmp_path):
    rows, comments = files_of("brexit-consensus")
    refused = write(tmp_path, rows, [{**each, "moderated": "-1"} for each in comments])
    assert (refused.of.shown, refused.of.consensus()) == ((), ())
    alike = [{each: "1" if each.isdigit() else row[each] for each in row} for row in rows]
    one = write(tmp_path, alike, comments)
    assert set(one.groups.values()) == {0}
    assert one.of.shown == ()
